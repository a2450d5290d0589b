# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that only read: filters, what is missing, and secrets. What they send is in :mod:`api_calls`."""

from typing import Any

import pytest
from organizations import Options
from watched import WatchedRunner, documented, shape

SHOP_ID = "11111111-1111-4111-8111-111111111111"
OPS_ID = "22222222-2222-4222-8222-222222222222"
UNKNOWN_ID = "44444444-4444-4444-8444-444444444444"
SEED: Options = {
    "channels": [
        {"id": OPS_ID, "label": "ops"},
        {"label": "night", "config": {"type": "opsgenie", "auth_key": "GenieKey secret-key-12345"}},
        {"label": "ops"},
    ],
    "projects": [
        {
            "id": SHOP_ID,
            "project_name": "shop",
            "alerts": [
                {"name": "Slow", "query": "SELECT 2"},
                {"name": "Errors", "query": "SELECT 1", "channels": ["night"]},
                {"name": "Slow", "query": "SELECT 3"},
            ],
            "dashboards": ["overview", "latency"],
            "write_tokens": [{}, {"expires_at": "2020-01-01T00:00:00Z"}],
            "read_tokens": [{}],
        },
        {"project_name": "web"},
    ],
}


@pytest.fixture
def seeded(run: WatchedRunner) -> WatchedRunner:
    run.emulator.store.load(SEED)
    return run


def listed(run: WatchedRunner, kind: str, **options: Any) -> list[Options]:
    """What a module lists. It reads as much in check mode, and the result is the same."""
    normal, check = (run.ok(f"logfire_{kind}_info", check=mode, **options) for mode in (False, True))
    assert normal.result == check.result
    assert sorted(normal.calls) == sorted(check.calls)  # some are sent side by side
    assert not normal.changed
    items: list[Options] = normal.result[f"{kind}s"]
    return items


FILTERS: list[tuple[str, Options, list[str]]] = [
    ("project", {}, ["shop", "web"]),
    ("project", {"name": "web"}, ["web"]),
    ("project", {"name": "we"}, []),
    ("project", {"id": SHOP_ID}, ["shop"]),
    ("project", {"id": SHOP_ID.upper(), "name": "shop"}, ["shop"]),
    ("project", {"id": SHOP_ID, "name": "web"}, []),
    ("channel", {}, ["night", "ops", "ops"]),
    ("channel", {"name": "ops"}, ["ops", "ops"]),
    ("channel", {"id": OPS_ID}, ["ops"]),
    ("channel", {"id": UNKNOWN_ID}, []),
    ("alert", {"project": "shop"}, ["Errors", "Slow", "Slow"]),
    ("alert", {"project": SHOP_ID, "name": "Slow"}, ["Slow", "Slow"]),
    ("alert", {"project": "shop", "name": "slow"}, []),
    ("alert", {"project": "web"}, []),
    ("dashboard", {"project": "shop"}, ["latency", "overview"]),
    ("dashboard", {"project": "shop", "slug": "latency"}, ["latency"]),
    ("dashboard", {"project": "shop", "id": UNKNOWN_ID, "definitions": True}, []),
]


EVERYWHERE: list[tuple[str, Options, list[tuple[str, str]]]] = [
    ("alert", {}, [("shop", "Errors"), ("shop", "Slow"), ("shop", "Slow"), ("web", "Errors")]),
    ("alert", {"name": "Errors"}, [("shop", "Errors"), ("web", "Errors")]),
    ("dashboard", {"definitions": True}, [("shop", "latency"), ("shop", "overview"), ("web", "overview")]),
    ("slo", {}, []),
    ("variable", {}, []),
    ("token", {"type": "write", "active": True}, [("shop", "write"), ("web", "write")]),
]


@pytest.mark.parametrize(("kind", "options", "expected"), EVERYWHERE)
def test_all_projects(run: WatchedRunner, kind: str, options: Options, expected: list[tuple[str, str]]) -> None:
    """One list each, whatever is in them; each object says which project it is of."""
    web = {"project_name": "web", "alerts": ["Errors"], "dashboards": ["overview"], "write_tokens": [{}]}
    projects = [web, *(project for project in SEED["projects"] if project["project_name"] == "shop")]
    run.emulator.store.load({**SEED, "projects": projects})
    key = {"dashboard": "slug", "token": "type"}.get(kind, "name")
    items = listed(run, kind, **options)
    assert [(item["project_name"], item[key]) for item in items] == expected
    ids = {project["id"]: project["project_name"] for project in run.emulator.store.snapshot()["projects"]}
    assert all(ids[item["project_id"]] == item["project_name"] for item in items)
    calls = run.ok(f"logfire_{kind}_info", **options).calls
    assert len(calls) == 1 + 2 + (3 if kind == "dashboard" else 0)


@pytest.mark.parametrize(("kind", "options", "names"), FILTERS)
def test_filters(seeded: WatchedRunner, kind: str, options: Options, names: list[str]) -> None:
    key = "slug" if kind == "dashboard" else "name"
    assert [item[key] for item in listed(seeded, kind, **options)] == names


@pytest.mark.parametrize("kind", ["alert", "dashboard"])
def test_by_id(seeded: WatchedRunner, kind: str) -> None:
    wanted = listed(seeded, kind, project="shop")[0]
    assert listed(seeded, kind, project="shop", id=wanted["id"]) == [wanted]


@pytest.mark.parametrize("kind", ["alert", "dashboard", "token"])
@pytest.mark.parametrize("project", ["nope", UNKNOWN_ID])
def test_no_such_project(seeded: WatchedRunner, kind: str, project: str) -> None:
    """An empty list and a warning."""
    for status in (403, 404):
        seeded.emulator.settings.missing_project_child_status = status
        assert listed(seeded, kind, project=project) == []
        run = seeded.ok(f"logfire_{kind}_info", project=project)
        assert len(run.warnings) == 1
        assert f"Project '{project}' does not exist" in run.warnings[0]


@pytest.mark.parametrize("kind", ["project", "channel", "alert", "dashboard"])
@pytest.mark.parametrize("option", ["name", "id", "project"])
def test_blank_options(seeded: WatchedRunner, kind: str, option: str) -> None:
    inside = kind in ("alert", "dashboard")
    if option == "project" and not inside:
        return
    option = "slug" if (kind, option) == ("dashboard", "name") else option
    options = {**({"project": "shop"} if inside else {}), option: " "}
    refused = seeded.fails(f"logfire_{kind}_info", **options)
    assert refused.result["msg"] == f"{option}: must not be empty"
    assert refused.calls == []


def test_secrets_are_masked(seeded: WatchedRunner) -> None:
    """The runner looks for secrets in all that is printed."""
    night, ops, _other = listed(seeded, "channel")
    assert ops["config"]["url"] == "https://hooks.example.com/**********"
    assert night["config"]["auth_key"] == "**********2345"
    assert all("token" not in token for token in listed(seeded, "token", project="shop"))


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, [("read", True), ("write", False), ("write", True)]),
        ({"type": "write"}, [("write", False), ("write", True)]),
        ({"type": "read"}, [("read", True)]),
        ({"active": True}, [("read", True), ("write", True)]),
        ({"active": False}, [("write", False)]),
        ({"active": False, "type": "read"}, []),
    ],
)
def test_tokens(seeded: WatchedRunner, options: Options, found: list[tuple[str, bool]]) -> None:
    """A token that has expired is not active, whatever the list says of it."""
    tokens = listed(seeded, "token", project="shop", **options)
    assert sorted((token["type"], token["active"]) for token in tokens) == found
    assert {token["project_name"] for token in tokens} <= {"shop"}


def test_definitions(seeded: WatchedRunner) -> None:
    plain = listed(seeded, "dashboard", project="shop")
    whole = listed(seeded, "dashboard", project="shop", definitions=True)
    assert all("definition" not in item for item in plain)
    assert all(item["definition"]["kind"] == "Dashboard" for item in whole)
    assert [{name: item[name] for name in item if name != "definition"} for item in whole] == plain


def test_an_older_release(seeded: WatchedRunner) -> None:
    """Members that it does not send are null or empty."""
    for setting in ("alert_environments", "alert_channel_assignments", "alert_status_members"):
        setattr(seeded.emulator.settings, setting, False)
    seeded.emulator.settings.token_frontend_members = False
    errors = listed(seeded, "alert", project="shop", name="Errors")[0]
    assert [channel["name"] for channel in errors["channels"]] == ["night"]
    assert (errors["environments"], errors["fired"], errors["suppression"]) == ([], None, None)
    assert len(listed(seeded, "token", project="shop")) == 3


def test_ids_in_a_description(run: WatchedRunner) -> None:
    """With them it is the same description, and an object can be renamed in it."""
    shop = {**SEED["projects"][0], "alerts": SEED["projects"][0]["alerts"][:2]}
    run.emulator.store.load({"channels": SEED["channels"][:2], "projects": [shop]})
    state = run.emulator.store.snapshot()["projects"][0]
    stack = run.ok("logfire_stack_info", ids=True).result["stack"]
    (project,) = stack["projects"]
    assert (project["id"], stack["channels"][1]["id"]) == (SHOP_ID, OPS_ID)
    assert {alert["name"]: alert["id"] for alert in project["alerts"]} == {
        alert["name"]: alert["id"] for alert in state["alerts"]
    }
    assert {board["id"] for board in project["dashboards"]} == {board["id"] for board in state["dashboards"]}
    assert not run.ok("logfire_stack", **stack).changed
    project["alerts"][0]["name"] = "Failures"
    (change,) = run.ok("logfire_stack", **stack).result["changes"]
    assert (change["action"], change["id"]) == ("update", project["alerts"][0]["id"])


@pytest.mark.parametrize("kind", ["project", "channel", "alert", "dashboard", "token"])
def test_results_are_documented(seeded: WatchedRunner, kind: str) -> None:
    """All that RETURN names comes; the runner checks that nothing else does."""
    options: Options = {}  # of all projects, where an item says of which one it is
    if kind == "dashboard":
        options["definitions"] = True
    found = seeded.ok(f"logfire_{kind}_info", **options)
    seeded.emulator.faults.add(action="status", method="GET", count=None, status=403, body={"detail": "No"})
    failed = seeded.fails(f"logfire_{kind}_info", **options)
    assert failed.result["failure"]["status"] == 403
    assert shape(found.result) | shape(failed.result) == documented(f"logfire_{kind}_info")
