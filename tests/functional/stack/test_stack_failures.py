# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One object fails: what does not depend on it is done all the same, and the next run does the rest, once."""

from pathlib import Path
from typing import Any

import pytest
from organizations import Options, alert, board, count, dashboard, webhook
from watched import WatchedRunner, documented, shape

CHANNELS: list[Options] = [
    {"name": "ops", "config": webhook("ops")},
    {"name": "night", "config": webhook("night"), "active": False},
]
DESCRIPTION: Options = {
    "channels": CHANNELS,
    "projects": [
        {
            "name": "shop",
            "alerts": [alert("Errors", "ops"), alert("Slow", "night"), alert("Quiet")],
            "dashboards": [dashboard("overview"), dashboard("latency")],
        },
        {"name": "web", "alerts": [alert("Down", "ops")], "dashboards": [dashboard("home")]},
    ],
}
EVERYTHING = count(DESCRIPTION)


def whole(run: WatchedRunner) -> None:
    """A clean run reaches the state that is described, with nothing twice."""
    run.emulator.faults.clear()
    run.stack(DESCRIPTION)
    for mode in (True, False):
        again = run.stack(DESCRIPTION, check=mode)
        assert not again.changed
        assert again.result["summary"]["unchanged"] == EVERYTHING
    state = run.state()
    assert [item["label"] for item in state["channels"]] == ["night", "ops"]
    assert [[item["name"] for item in project["alerts"]] for project in state["projects"]] == [
        ["Errors", "Quiet", "Slow"],
        ["Down"],
    ]
    assert [[item["slug"] for item in project["dashboards"]] for project in state["projects"]] == [
        ["latency", "overview"],
        ["home"],
    ]
    assert sorted(item["url"] for item in (channel["config"] for channel in state["channels"])) == sorted(
        channel["config"]["url"] for channel in CHANNELS
    )


def named(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["name"] for entry in entries]


#: What fails (which request of those that match), and what is not tried because of it.
FAILING: dict[str, tuple[str, str, int, list[str], list[str]]] = {
    "a channel": ("POST", "/channels/$", 0, ["ops"], ["Errors", "Down"]),
    "a channel's second request": ("PUT", "/channels/", 0, ["night"], []),
    "a project": ("POST", "/projects/$", 0, ["shop"], ["Errors", "Slow", "Quiet", "overview", "latency"]),
    "an alert": ("POST", "/alerts/$", 1, ["Slow"], []),
    "a dashboard": ("POST", "/dashboards/$", 2, ["home"], []),
}


@pytest.mark.parametrize("status", [403, 422, 500])
@pytest.mark.parametrize("which", FAILING)
def test_one_failure(run: WatchedRunner, waits: list[float], which: str, status: int) -> None:
    method, path, skip, failing, not_tried = FAILING[which]
    # A server error is tried again, so it has to last; with one worker the requests come in order.
    lasting = 2 if method == "POST" else 5
    fault = {"status": status, "count": lasting if status == 500 else 1, "body": {"detail": "Not today"}}
    run.emulator.faults.add(action="status", method=method, path=path, skip=skip, **fault)
    failed = run.fails("logfire_stack", **DESCRIPTION, concurrency=1)
    result = failed.result
    assert named(result["failures"]) == failing
    assert named(result["not_tried"]) == not_tried
    assert sum(result["summary"].values()) == EVERYTHING
    assert result["summary"]["created"] == EVERYTHING - len(failing) - len(not_tried)
    failure = result["failures"][0]
    assert "Not today" in failure["msg"]
    assert failing[0] in failure["msg"]
    assert result["failure"] == failure["failure"]
    assert (failure["failure"]["status"], failure["failure"]["method"]) == (status, method)
    assert result["msg"].startswith(f"1 of {EVERYTHING} objects failed: ")
    whole(run)


def test_many_failures(run: WatchedRunner) -> None:
    """All are told, with the parents by their names."""
    run.emulator.faults.add(action="status", method="POST", path="/(alerts|dashboards)/$", count=None, status=403)
    result = run.fails("logfire_stack", **DESCRIPTION).result
    assert named(result["failures"]) == ["Errors", "Slow", "Quiet", "overview", "latency", "Down", "home"]
    assert result["msg"].startswith("7 of 11 objects failed: Could not create alert 'Errors' of project 'shop': ")
    assert "Could not create dashboard 'home' of project 'web': " in result["msg"]
    whole(run)


@pytest.mark.parametrize("check", [True, False])
def test_one_list_that_fails(run: WatchedRunner, check: bool) -> None:
    """Concerns the objects in it, and no others; nothing at all is pruned."""
    run.stack(DESCRIPTION)
    before = run.state()
    run.emulator.faults.add(
        action="status", method="GET", path=f"{run.id('shop')}/alerts/", count=None, status=403, body={"detail": "No"}
    )
    changed = [{**project, "dashboards": []} for project in DESCRIPTION["projects"]]
    options = {"prune": ["alerts", "dashboards"]}
    result = run.fails("logfire_stack", check=check, channels=CHANNELS, projects=changed, **options).result
    assert named(result["failures"]) == ["Errors", "Slow", "Quiet"]
    assert {entry["failure"]["status"] for entry in result["failures"]} == {403}
    assert result["msg"].count("Could not read the alerts of project 'shop': ") == 1
    assert result["changes"] == []
    assert sorted(named(result["not_tried"])) == ["home", "latency", "overview"]
    assert run.state() == before
    whole(run)


def test_a_list_that_is_to_be_emptied_fails(run: WatchedRunner) -> None:
    """Is a failure too, although the description has no object in it."""
    run.stack(DESCRIPTION)
    run.emulator.faults.add(action="status", method="GET", path=f"{run.id('shop')}/alerts/", count=None, status=403)
    result = run.fails("logfire_stack", projects=[{"name": "shop", "alerts": []}], prune=["alerts"]).result
    assert [(entry["kind"], entry["project"]) for entry in result["failures"]] == [("alert", "shop")]
    assert "Could not read the alerts of project 'shop'" in result["msg"]
    assert result["changes"] == []


def test_one_definition_that_fails(run: WatchedRunner) -> None:
    run.stack(DESCRIPTION)
    path = f"/dashboards/{run.id('overview')}/"
    run.emulator.faults.add(action="status", method="GET", path=path, count=None, status=403)
    changed = [
        {**DESCRIPTION["projects"][0], "dashboards": [dashboard("overview", "New"), dashboard("latency", "New")]}
    ]
    result = run.fails("logfire_stack", channels=CHANNELS, projects=changed, prune=["dashboards"]).result
    assert named(result["failures"]) == ["overview"]
    assert "Could not read dashboard 'overview' of project 'shop'" in result["msg"]
    assert named(result["changes"]) == ["latency"]
    whole(run)


@pytest.mark.parametrize("path", ["/projects/$", "/channels/$"])
def test_a_list_of_the_organization_fails(run: WatchedRunner, path: str) -> None:
    """Then nothing can be planned."""
    run.emulator.faults.add(action="status", method="GET", path=path, count=None, status=401, body={"detail": "Who?"})
    failed = run.fails("logfire_stack", **DESCRIPTION)
    assert failed.result["msg"].startswith(f"Could not read the {path.strip('/$')}: ")
    assert failed.result["failure"]["status"] == 401
    assert not failed.writes
    assert "summary" not in failed.result


def test_a_removal_that_fails(run: WatchedRunner) -> None:
    """A channel stays as long as an alert that was to leave it may use it; a project's other objects go."""
    run.stack(DESCRIPTION)
    alerts = [alert("Errors", "night"), {"name": "Quiet", "state": "absent"}]
    projects = [{"name": "shop", "alerts": alerts}, {"name": "web", "state": "absent"}]
    description = {"channels": [{"name": "ops", "state": "absent"}], "projects": projects}
    run.emulator.faults.add(action="status", method="PUT", path=f"/alerts/{run.id('Errors')}/", status=422)
    result = run.fails("logfire_stack", **description).result
    assert named(result["failures"]) == ["Errors"]
    assert named(result["not_tried"]) == ["ops"]
    assert result["not_tried"][0]["msg"] == "the alert 'Errors' failed and may still use it"
    assert named(result["changes"]) == ["Quiet", "web"]
    assert run.stack(description).result["summary"] == {
        **dict.fromkeys(result["summary"], 0),
        "updated": 1,
        "deleted": 1,
        "unchanged": 3,
    }
    whole(run)


def test_a_conflict_is_adopted(run: WatchedRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that somebody else makes between the read and the write is taken as it is, and filled."""
    run.emulator.store.load({"channels": ["ops"]})
    faults = run.emulator.faults

    def find(method: str, path: str) -> None:
        if method == "POST" and path.endswith("/projects/"):
            run.emulator.store.load({"projects": ["web"], "channels": ["ops"]})

    monkeypatch.setattr(faults, "find", find)
    description = {"projects": [{**DESCRIPTION["projects"][1], "visibility": "private"}]}
    made = run.stack(description)
    assert [change["action"] for change in made.result["changes"]] == ["update", "create", "create"]
    assert not run.stack(description).changed


def test_another_edit_of_a_dashboard(run: WatchedRunner) -> None:
    """Caught by its version, and planned again once."""
    run.stack(DESCRIPTION)
    run.emulator.faults.add(action="status", method="PUT", path="/dashboards/", status=409, body={"detail": "Newer"})
    overview = {"slug": "overview", "definition": board("New")}
    changed = {"projects": [{"name": "shop", "dashboards": [overview]}]}
    made = run.stack(changed)
    assert made.result["summary"]["updated"] == 1
    assert sum(call.startswith("PUT") for call in made.calls) == 2
    run.emulator.faults.add(action="status", method="PUT", path="/dashboards/", count=2, status=409)
    overview["definition"] = board("Newer")
    assert run.fails("logfire_stack", **changed).result["summary"]["failed"] == 1


def test_results_are_documented(run: WatchedRunner, tmp_path: Path) -> None:
    """All that RETURN names comes, in some run; the runner checks that nothing else ever comes."""
    planned = run.ok("logfire_stack", check=True, **DESCRIPTION, preview={"read_tokens": {"other": "any"}})
    run.emulator.faults.add(action="status", method="POST", path="/projects/$", status=403)
    backup = {"backup": True, "backup_directory": str(tmp_path / "backups")}
    failed = run.fails("logfire_stack", **DESCRIPTION, concurrency=1, **backup)
    assert shape(planned.result) | shape(failed.result) == documented("logfire_stack")
    hours = {"name": "Nights", "timezone": "UTC", "windows": [{"days": [1], "start": "20:00", "end": "23:59"}]}
    assigned = alert("Errors") | {"channels": None, "channel_assignments": [{"channel": "ops", "schedule": "Nights"}]}
    run.emulator.faults.clear()
    run.ok("logfire_stack", schedules=[hours], projects=[{"name": "shop", "alerts": [assigned]}])
    described = run.ok("logfire_stack_info", members=True)
    run.emulator.faults.add(action="status", method="GET", count=None, status=403)
    failed = run.fails("logfire_stack_info")
    assert shape(described.result) | shape(failed.result) == documented("logfire_stack_info")
