# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

READ = {"id", "project_name", "created_at", "description", "organization_name", "visibility"}


def test_answers(api: Api) -> None:
    """``updated_at`` is told on reading only."""
    created = api.ok("POST", "projects/", {"project_name": "shop"})
    path = f"projects/{created['id']}/"
    assert set(created) == set(api.ok("PUT", path, {})) == READ
    assert set(api.ok("GET", path)) == READ | {"updated_at"}
    assert api.ok("GET", "projects/") == [api.ok("GET", path)]
    assert created["visibility"] == "public"
    assert created["description"] is None


def test_visibility_is_answered_201(api: Api) -> None:
    """Status codes of the life of a project; unknown members are dropped."""
    created = api.call("POST", "projects/", {"project_name": "shop", "visibility": "private", "organization": "x"})
    assert created.status_code == 201
    assert created.json()["visibility"] == "private"
    path = f"projects/{created.json()['id']}/"
    assert api.call("PUT", path, {"project_name": "shop"}).status_code == 200
    assert api.call("DELETE", path).status_code == 204


@pytest.mark.parametrize(
    ("body", "changes", "settings"),
    [
        ({}, {}, {}),
        ({"project_name": "new"}, {"project_name": "new"}, {}),
        ({"project_name": None}, {}, {}),
        ({"visibility": "public"}, {"visibility": "public"}, {}),
        ({"visibility": None}, {}, {}),
        ({"description": "new"}, {"description": "new"}, {}),
        ({"description": "x" * 501}, {"description": "x" * 501}, {}),
        ({"description": ""}, {"description": None}, {}),
        ({"description": ""}, {"description": ""}, {"cleared_description": "empty"}),
        ({"description": None}, {}, {}),
        ({"description": None}, {"description": None}, {"null_description": "clear"}),
    ],
)
def test_partial_update(
    emulator: "RunningEmulator", api: Api, body: dict[str, Any], changes: dict[str, Any], settings: dict[str, Any]
) -> None:
    """What is left out stays; null and the empty text are words of their own."""
    emulator.settings.patch(settings)
    before = api.ok("POST", "projects/", {"project_name": "old", "description": "old", "visibility": "private"})
    assert api.ok("PUT", f"projects/{before['id']}/", body) == {**before, **changes}


@pytest.mark.parametrize("status", [400, 409, 422])
def test_names_are_unique(emulator: "RunningEmulator", api: Api, status: int) -> None:
    """On creation as on a rename; a project may keep its own name. The status is a setting."""
    from emulator.kinds.projects import find

    emulator.settings.patch({"duplicate_project_status": status})
    emulator.store.load({"projects": ["shop", "other"]})
    other = find(emulator.store, "other")
    assert other is not None
    for answer in (
        api.call("POST", "projects/", {"project_name": "shop"}),
        api.call("PUT", f"projects/{other.id}/", {"project_name": "shop"}),
    ):
        assert answer.status_code == status
        assert isinstance(answer.json()["detail"], list if status == 422 else str)
    assert api.call("PUT", f"projects/{other.id}/", {"project_name": "other"}).status_code == 200


def test_a_visibility_of_a_release_to_come(emulator: "RunningEmulator", api: Api) -> None:
    """A request is refused with it; what a seed brought is shown, and kept by changes of other members."""
    emulator.store.load({"projects": [{"project_name": "Shop of tomorrow", "visibility": "neighbours"}]})
    [project] = api.ok("GET", "projects/")
    assert (project["project_name"], project["visibility"]) == ("Shop of tomorrow", "neighbours")
    path = f"projects/{project['id']}/"
    assert api.ok("PUT", path, {"description": "new"})["visibility"] == "neighbours"
    assert api.call("PUT", path, {"visibility": "neighbours"}).status_code == 422


@pytest.mark.parametrize(("own", "child"), [(404, 403), (403, 403), (404, 404)])
def test_deleted_project(emulator: "RunningEmulator", api: Api, project: str, own: int, child: int) -> None:
    """It ends with all below it; how that is told is a setting, and the 403 has the text of a missing permission."""
    emulator.settings.patch({"missing_project_status": own, "missing_project_child_status": child})
    api.ok("POST", f"{project}write-tokens/", {})
    api.ok("DELETE", project)
    for method in ("GET", "PUT", "DELETE"):
        assert api.call(method, project, {}).status_code == own
    for kind in ("alerts", "dashboards", "write-tokens", "read-tokens"):
        answer = api.call("GET", f"{project}{kind}/")
        assert answer.status_code == child
        assert child == 404 or answer.json()["detail"] == "You do not have permission to access this project"
    assert api.ok("GET", "projects/") == []


@pytest.mark.parametrize("order", ["shuffled", "reversed", "insertion"])
def test_order_of_lists(emulator: "RunningEmulator", api: Api, order: str) -> None:
    """Always the same, and not the order of insertion unless that is asked for."""
    emulator.settings.patch({"list_order": order})
    for count in range(2, 6):
        names = [f"project-{number}" for number in range(count)]
        emulator.store.load({"projects": names})
        listed = [item["project_name"] for item in api.ok("GET", "projects/")]
        assert sorted(listed) == names
        assert (listed == names) is (order == "insertion")
        assert listed == [item["project_name"] for item in api.ok("GET", "projects/")]
