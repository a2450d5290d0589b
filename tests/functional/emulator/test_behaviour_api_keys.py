# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API keys: a secret that is shown once, what can be handed on, claims, revocation; they open the emulator's doors."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

GATEWAY = "project:gateway_proxy"
ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"
NO_LIMITS = dict.fromkeys(
    [
        *(f"spending_limit_{window}" for window in ("daily", "weekly", "monthly", "total")),
        "cache_enabled",
    ]
)


def make(api: Api, **members: Any) -> dict[str, Any]:
    """A new key: the answer to its creation."""
    made: dict[str, Any] = api.ok("POST", "api-keys/", {"name": "ci", "scopes": ["project:read"], **members})
    return made


def test_creation(api: Api) -> None:
    """The secret is in that answer alone; what was left out is null."""
    made = make(api)
    key = made["api_key"]
    assert set(made) == {"api_key", "token"}
    assert key == {
        **{name: key[name] for name in ("id", "organization_id", "created_at")},
        **{"name": "ci", "scopes": ["project:read"], "all_projects": True, "active": True, "claims": {}},
        "created_by_name": "Emulator",
        **dict.fromkeys(["description", "project_id", "project_name", "created_by", "last_used_at", "expires_at"]),
        **dict.fromkeys(["user_id", "updated_at", "updated_by"]),
    }
    assert api.ok("GET", "api-keys/") == [key]
    assert made["token"] not in api.call("GET", "api-keys/").text
    assert api.call("GET", f"api-keys/{key['id']}/").status_code == 405
    assert make(api)["api_key"]["id"] != key["id"]  # names are not unique


def test_a_key_of_a_project(api: Api, project: str) -> None:
    """The name of the project is told too."""
    project_id = project.split("/")[1]
    key = make(api, project_id=project_id, expires_at="2030-01-01T01:00:00+01:00")["api_key"]
    assert [key[name] for name in ("project_id", "project_name", "all_projects")] == [project_id, "shop", False]
    assert key["expires_at"] == "2030-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": ""}, 422),
        ({"name": None}, 422),
        ({"scopes": []}, 422),
        ({"scopes": ["project:fly"]}, 422),
        ({"scopes": ["project:write_otlp"]}, 422),
        ({"scopes": ["project:read_otlp"], "project_id": None}, 422),
        ({"scopes": [GATEWAY]}, 422),
        ({"claims": {"project:read": {}}}, 422),
        ({"claims": {GATEWAY: {"spending_limit_daily": 1}}}, 422),
        ({"project_id": ID}, 404),
    ],
)
def test_what_is_refused(api: Api, change: dict[str, Any], status: int) -> None:
    """And makes no key."""
    answer = api.call("POST", "api-keys/", {"name": "ci", "scopes": ["project:read"], **change})
    assert answer.status_code == status, answer.text
    assert api.ok("GET", "api-keys/") == []


def test_what_a_key_may_do(api: Api, connect: Callable[..., Api], emulator: "RunningEmulator", project: str) -> None:
    """Its scopes, where it may go; it is known by its secret until it is revoked or its time is over."""
    emulator.store.clock.peek()
    end = (emulator.store.clock.peek() + timedelta(hours=1)).isoformat()
    made = make(api, project_id=project.split("/")[1], expires_at=end)
    other = api.ok("POST", "projects/", {"project_name": "other"})
    key = connect(made["token"])
    assert key.ok("GET", project)["project_name"] == "shop"
    assert key.call("GET", f"projects/{other['id']}/").status_code == 403
    assert key.call("PUT", project, {}).status_code == 403
    [listed] = api.ok("GET", "api-keys/")
    assert listed["last_used_at"] is not None
    emulator.settings.clock_offset = 7200
    assert key.call("GET", project).status_code == 401
    assert [item["active"] for item in api.ok("GET", "api-keys/")] == [False]
    emulator.settings.patch({"expired_api_keys": "hidden"})
    assert api.ok("GET", "api-keys/") == []
    emulator.settings.clock_offset = 0
    assert api.call("DELETE", f"api-keys/{listed['id']}/").status_code == 204
    assert key.call("GET", project).status_code == 401


def test_nothing_is_handed_on_that_the_caller_lacks(api: Api, connect: Callable[..., Api], project: str) -> None:
    """A scope that it has only to hand on is fine."""
    scopes = ["organization:create_api_key", "project:read_alert"]
    caller = connect(make(api, scopes=scopes)["token"])
    assert make(caller, scopes=["project:read_alert"])["api_key"]["scopes"] == ["project:read_alert"]
    refused = caller.call("POST", "api-keys/", {"name": "more", "scopes": ["project:read_alert", "project:write"]})
    detail = "The project:write scope is not granted to the calling credential and cannot be delegated"
    assert (refused.status_code, refused.json()) == (403, {"detail": detail})


def test_changes(api: Api) -> None:
    """Name and description; the rest stays, and a body with nothing in it is refused."""
    before = make(api, description="For CI")["api_key"]
    path = f"api-keys/{before['id']}/"
    changed = api.ok("PATCH", path, {"name": "build", "scopes": ["project:write"], "project_id": ID})
    assert changed == {**before, "name": "build", "updated_at": changed["updated_at"]}
    assert changed["updated_at"] is not None
    assert api.ok("PATCH", path, {"description": None})["description"] is None
    for wrong in ({}, {"name": None}, {"name": ""}, {"claims": None}, {"claims": {GATEWAY: {"cache_enabled": True}}}):
        assert api.call("PATCH", path, wrong).status_code == 422
    assert api.call("PATCH", f"api-keys/{ID}/", {"name": "x"}).json() == {"detail": "API key not found"}


def test_claims(api: Api, emulator: "RunningEmulator", project: str) -> None:
    """Each is changed alone; null clears one."""
    gateway = {"scopes": [GATEWAY], "project_id": project.split("/")[1]}
    key = make(api, **gateway, claims={GATEWAY: {"spending_limit_daily": 10, "cache_enabled": True}})["api_key"]
    assert key["claims"] == {GATEWAY: {**NO_LIMITS, "spending_limit_daily": 10, "cache_enabled": True}}
    path = f"api-keys/{key['id']}/"
    claims = {GATEWAY: {"spending_limit_daily": None, "spending_limit_total": 0}}
    left = {"spending_limit_total": 0, "cache_enabled": True}
    assert api.ok("PATCH", path, {"claims": claims})["claims"] == {GATEWAY: {**NO_LIMITS, **left}}
    assert api.ok("PATCH", path, {"claims": {GATEWAY: {}}})["claims"] == {GATEWAY: {**NO_LIMITS, **left}}
    emulator.settings.patch({"api_key_no_limits": "absent"})
    assert api.ok("GET", "api-keys/")[0]["claims"] == {GATEWAY: left}
    for wrong in ({"spending_limit_daily": -1}, {"spending_limit_daily": 500000001}, {"spending_limit_yearly": 1}):
        assert api.call("PATCH", path, {"claims": {GATEWAY: wrong}}).status_code == 422


@pytest.mark.parametrize(("setting", "shown"), [("empty", {"claims": {}}), ("null", {"claims": None}), ("absent", {})])
def test_no_claims(api: Api, emulator: "RunningEmulator", setting: str, shown: dict[str, Any]) -> None:
    """Are empty, null or left out."""
    emulator.settings.patch({"api_key_no_claims": setting})
    made = make(api)["api_key"]
    assert {name: value for name, value in made.items() if name == "claims"} == shown
    assert api.ok("GET", "api-keys/") == [made]


@pytest.mark.parametrize("setting", ["hidden", "listed"])
def test_revocation(api: Api, emulator: "RunningEmulator", setting: str) -> None:
    """Happens once; the list may still have the key."""
    emulator.settings.patch({"revoked_api_keys": setting})
    path = f"api-keys/{make(api)['api_key']['id']}/"
    assert api.call("DELETE", path).status_code == 204
    assert [key["active"] for key in api.ok("GET", "api-keys/")] == ([False] if setting == "listed" else [])
    for answer in (api.call("DELETE", path), api.call("PATCH", path, {"name": "x"})):
        assert (answer.status_code, answer.json()) == (404, {"detail": "API key not found"})


def test_personal_keys(api: Api, connect: Callable[..., Api], emulator: "RunningEmulator") -> None:
    """Are hidden from a service key, and end with the membership of their owner."""
    personal = {"name": "mine", "user_id": ID, "token": "pylf_v1_us_mine"}
    emulator.store.load(
        {
            "members": [{"id": ID, "email": "bob@example.com"}],
            "projects": ["shop"],
            "api_keys": ["ours", personal, {"name": "of shop", "project": "shop", "active": False}],
        }
    )
    listed = {key["name"]: key for key in api.ok("GET", "api-keys/")}
    assert set(listed) == {"ours", "of shop"}
    assert (listed["of shop"]["project_name"], listed["of shop"]["active"]) == ("shop", False)
    [hidden] = [key["id"] for key in emulator.store.snapshot()["api_keys"] if key["name"] == "mine"]
    assert api.call("DELETE", f"api-keys/{hidden}/").status_code == 404
    mine = connect("pylf_v1_us_mine")
    assert mine.call("GET", "projects/").status_code == 200
    assert api.call("DELETE", f"members/{ID}/").status_code == 204
    assert mine.call("GET", "projects/").status_code == 401
