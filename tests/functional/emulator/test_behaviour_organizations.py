# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations by both routes, and tokens that are exchanged for one of them; group mappings by both routes."""

from typing import TYPE_CHECKING, Any

import pytest
import requests
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
LIST = "instance/organizations/"
ROLE = {"organization_name": "acme", "role": "member"}
BOTH = pytest.mark.parametrize("path", ["group-mappings/", "instance/group-mappings/"])


def exchange(emulator: "RunningEmulator", key: str, name: str, **more: Any) -> requests.Response:
    """Ask for a token of an organization."""
    form = {
        "grant_type": GRANT,
        "subject_token": key,
        "subject_token_type": ACCESS_TOKEN,
        "audience": f"{emulator.base_url}/{name}",
        "scope": "organization:read organization:write",
        "expires_in": 900,
        **more,
    }
    return requests.post(f"{emulator.base_url}/api/oauth/token", data=form, timeout=10)


@pytest.fixture
def inside(emulator: "RunningEmulator", emulator_key: str, api: Api) -> Api:
    """Calls with a token of the organization globex."""
    emulator.store.load({"organizations": ["globex"]})
    token = exchange(emulator, emulator_key, "globex").json()["access_token"]
    return Api(emulator, token)


def test_both_routes_make_and_list(api: Api) -> None:
    """The answers are the same, and one name is one organization."""
    made = api.ok("POST", LIST, {"organization_name": "globex", "description": "It", "billing_email": "a@b.co"})
    assert (made["description"], made["billing_email"]) == ("It", None)
    other = api.ok("POST", "organizations/", {"organization_name": "initech"})
    assert api.call("POST", LIST, {"organization_name": "initech"}).status_code == 409
    for path in (LIST, "organizations/"):
        assert sorted(each["id"] for each in api.ok("GET", path)) == sorted([made["id"], other["id"]])


@pytest.mark.parametrize("name", ["a", "A-b", "a--b", "-a", "x" * 51])
def test_names(api: Api, name: str) -> None:
    """As those of projects."""
    assert api.call("POST", LIST, {"organization_name": name}).status_code == 422


def test_a_token_reaches_one_organization(inside: Api, api: Api) -> None:
    """It changes that and nothing else; the admin's key has no organization of this route."""
    assert inside.ok("GET", "organization/")["organization_name"] == "globex"
    changed = inside.ok("PUT", "organization/", {"billing_email": "a@b.co", "location": ""})
    assert (changed["billing_email"], changed["location"]) == ("a@b.co", None)
    assert inside.call("GET", LIST).status_code == 403
    assert inside.call("GET", "projects/").status_code == 403
    assert api.call("GET", "organization/").status_code == 404
    assert inside.call("DELETE", "organization/").status_code == 204
    assert api.ok("GET", LIST) == []


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_token_of_what_is_gone(inside: Api, api: Api, emulator: "RunningEmulator", status: int) -> None:
    """The status is open."""
    emulator.settings.patch({"gone_organization_status": status})
    assert inside.call("DELETE", "organization/").status_code == 204
    assert inside.call("GET", "organization/").status_code == status


@pytest.mark.parametrize(("setting", "status"), [("keep", 200), ("end", 401)])
def test_a_token_after_a_rename(inside: Api, emulator: "RunningEmulator", setting: str, status: int) -> None:
    """It is open whether it lives on."""
    emulator.settings.patch({"renamed_organization_tokens": setting})
    assert inside.ok("PUT", "organization/", {"organization_name": "hooli"})["organization_name"] == "hooli"
    assert inside.call("GET", "organization/").status_code == status


def test_tokens_end(inside: Api, emulator: "RunningEmulator") -> None:
    """After what the answer said."""
    emulator.settings.patch({"clock_offset": 901.0})
    assert inside.call("GET", "organization/").status_code == 401


@pytest.mark.parametrize(
    ("more", "status", "error"),
    [
        ({"audience": "https://other.example.com/globex"}, 400, "invalid_target"),
        ({"subject_token": "unknown"}, 401, "invalid_client"),
        ({"subject_token": "limited"}, 400, "unauthorized_client"),
        ({"scope": "organization:admin"}, 400, "invalid_scope"),
        ({"grant_type": "password"}, 400, "invalid_request"),
    ],
)
def test_refused_exchanges(
    inside: Api, emulator: "RunningEmulator", emulator_key: str, more: Any, status: int, error: str
) -> None:
    """In the shape of OAuth."""
    emulator.settings.patch({"keys": [{"key": "limited", "scopes": ["instance:admin"]}]})
    answer = exchange(emulator, emulator_key, "globex", **more)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_an_unknown_organization(emulator: "RunningEmulator", emulator_key: str) -> None:
    """The words are those of the service."""
    answer = exchange(emulator, emulator_key, "acme").json()
    assert answer == {"error": "invalid_target", "error_description": "unknown organization: 'acme'"}


@BOTH
def test_mappings_are_replaced(api: Api, emulator: "RunningEmulator", path: str) -> None:
    """All at once; only a read tells the status."""
    mappings = [{"group_id": "a", "organization_roles": [ROLE]}, {"group_id": "b", "organization_roles": []}]
    written = api.ok("PUT", path, {"group_organization_mapping": mappings})
    assert written.keys() == {"group_organization_mapping"}
    read = api.ok("GET", path)
    assert read["api_mapping_status"] == "active"
    assert {each["group_id"] for each in read["group_organization_mapping"]} == {"a", "b"}
    emulator.settings.patch({"group_without_roles": "drop"})
    assert api.ok("PUT", path, {"group_organization_mapping": mappings[1:]}) == {"group_organization_mapping": []}


@BOTH
def test_what_mappings_name_must_exist(api: Api, emulator: "RunningEmulator", path: str) -> None:
    """Organizations and projects."""
    emulator.store.load(
        {"organizations": [{"organization_name": "globex", "project_names": ["ads"]}], "projects": ["shop"]}
    )
    for organization, project, status in (
        ("acme", "shop", 200),
        ("globex", "ads", 200),
        ("globex", "shop", 400),
        ("initech", "ads", 400),
    ):
        roles = [
            {"organization_name": organization, "role": "x", "project_roles": [{"project_name": project, "role": "y"}]}
        ]
        body = {"group_organization_mapping": [{"group_id": "a", "organization_roles": roles}]}
        assert api.call("PUT", path, body).status_code == status


@BOTH
@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"group_mappings_status": "overridden_by_environment"}, 409),
        ({"group_mappings_status": "overridden_by_environment", "overridden_mappings_status": None}, 200),
        ({"duplicate_mapping_status": 422}, 422),
        ({}, 200),
    ],
)
def test_open_questions_of_mappings(
    api: Api, emulator: "RunningEmulator", path: str, settings: dict[str, Any], status: int
) -> None:
    """An environment that sets others, and what is named twice."""
    emulator.settings.patch(settings)
    twice = [{"group_id": "a", "organization_roles": [ROLE, ROLE]}]
    assert api.call("PUT", path, {"group_organization_mapping": twice}).status_code == status
