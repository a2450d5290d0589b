# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Members: roles, who is no member, the last admin."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ADA = {"email": "ada@example.com", "name": "Ada", "role": "admin", "github_username": "ada"}
ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"


@pytest.fixture
def people(emulator: "RunningEmulator", api: Api) -> dict[str, Any]:
    """An admin, a member whom the seed only names, and an auditor, whose role is the organization's own."""
    emulator.store.load({"members": [ADA, "Bob@Example.com", {"email": "cy@example.com", "role": "auditor"}]})
    return {member["name"]: member for member in api.ok("GET", "members/")}


def test_list(people: dict[str, Any]) -> None:
    """A plain array; a role has the same id wherever it is."""
    ada = people["Ada"]
    assert set(ada) == {"id", "name", "email", "role", "role_id", "member_since", "github_username", "avatar"}
    assert {name: ada[name] for name in ADA} == ADA
    assert [people[name]["role"] for name in ("Ada", "Bob", "cy")] == ["admin", "member", "auditor"]
    assert people["Bob"]["email"] == "Bob@Example.com"
    assert len({member["role_id"] for member in people.values()}) == 3


def test_a_new_role(api: Api, people: dict[str, Any]) -> None:
    """The answer has no body; the list shows the role, with its id."""
    answer = api.call("PATCH", f"members/{people['Bob']['id']}/", {"role": "admin"})
    assert (answer.status_code, answer.content) == (204, b"")
    [bob] = [member for member in api.ok("GET", "members/") if member["name"] == "Bob"]
    assert bob == {**people["Bob"], "role": "admin", "role_id": people["Ada"]["role_id"]}


@pytest.mark.parametrize("body", [{}, {"role": None}, {"role": "auditor"}, {"role": "Admin"}])
def test_only_built_in_roles_are_set(api: Api, people: dict[str, Any], body: dict[str, Any]) -> None:
    """Others can be read."""
    assert api.call("PATCH", f"members/{people['Bob']['id']}/", body).status_code == 422


def test_removal(api: Api, people: dict[str, Any]) -> None:
    """Who was removed is no member."""
    path = f"members/{people['Bob']['id']}/"
    assert api.call("DELETE", path).status_code == 204
    assert {member["name"] for member in api.ok("GET", "members/")} == {"Ada", "cy"}
    answer = api.call("DELETE", path)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Member not found"})


@pytest.mark.parametrize("status", [400, 403, 404, 422])
def test_who_is_no_member(emulator: "RunningEmulator", api: Api, status: int) -> None:
    """The status is a setting."""
    emulator.settings.patch({"unknown_member_status": status})
    assert api.call("PATCH", f"members/{ID}/", {"role": "guest"}).status_code == status
    assert api.call("DELETE", f"members/{ID}/").status_code == status


@pytest.mark.parametrize("status", [400, 403, 409, 422, None])
def test_the_last_admin(emulator: "RunningEmulator", api: Api, people: dict[str, Any], status: int | None) -> None:
    """Stays one, unless the service does not mind; the status is a setting."""
    emulator.settings.patch({"last_admin_status": status})
    path = f"members/{people['Ada']['id']}/"
    assert api.call("PATCH", path, {"role": "admin"}).status_code == 204
    assert api.call("PATCH", path, {"role": "guest"}).status_code == (status or 204)
    assert api.call("PATCH", path, {"role": "admin"}).status_code == 204
    assert api.call("DELETE", path).status_code == (status or 204)
    api.call("PATCH", f"members/{people['Bob']['id']}/", {"role": "admin"})
    assert api.call("DELETE", path).status_code == (204 if status else 404)


def test_role_form(emulator: "RunningEmulator", api: Api, people: dict[str, Any]) -> None:
    """Built-in roles may come back with a capital letter; custom ones stay."""
    emulator.settings.patch({"member_role_form": "capitalized"})
    listed = {member["name"]: member for member in api.ok("GET", "members/")}
    assert [listed[name]["role"] for name in ("Ada", "Bob", "cy")] == ["Admin", "Member", "auditor"]
    assert listed["Ada"]["role_id"] == people["Ada"]["role_id"]
