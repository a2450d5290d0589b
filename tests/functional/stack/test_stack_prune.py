# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What pruning must not do: destroy what was to be replaced, or what is in another organization than the one meant."""

from typing import Any

import pytest
from organizations import Options, alert, dashboard, webhook
from watched import WatchedRunner

OPS: Options = {"name": "ops", "config": webhook("ops")}
EVERYTHING: Options = {
    "channels": [OPS, {"name": "night", "config": webhook("night")}],
    "projects": [
        {
            "name": "shop",
            "alerts": [alert("Errors", "ops"), alert("Slow", "ops")],
            "dashboards": [dashboard("overview"), dashboard("latency")],
        },
        {"name": "web", "alerts": [alert("Down")]},
    ],
}
#: As before, but each kind has a new object in the place of an old one, and something is changed.
REPLACED: Options = {
    "channels": [OPS, {"name": "day", "config": webhook("day")}],
    "projects": [
        {
            "name": "shop",
            "description": "It",
            "alerts": [alert("Errors", "ops", description="It"), alert("Late", "ops")],
            "dashboards": [dashboard("overview", "Bye"), dashboard("speed")],
        },
        {"name": "site", "alerts": [alert("Down")]},
    ],
}
ALL: dict[str, Any] = {"prune": ["channels", "projects", "alerts", "dashboards"], "prune_projects_limit": 1}
GONE = ["night", "web", "Slow", "latency"]


@pytest.fixture
def made(run: WatchedRunner) -> WatchedRunner:
    """An organization that holds everything."""
    run.stack(EVERYTHING)
    return run


def names(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["name"] for entry in entries]


#: What cannot be done: a creation or a change of each kind.
FAILING = [
    ("POST", "/channels/$", "day"),
    ("POST", "/projects/$", "site"),
    ("POST", "/alerts/$", "Late"),
    ("POST", "/dashboards/$", "speed"),
    ("PUT", "/projects/[^/]+/$", "shop"),
    ("PUT", "/alerts/", "Errors"),
    ("PUT", "/dashboards/", "overview"),
]


@pytest.mark.parametrize("status", [403, 422, 500])
@pytest.mark.parametrize(("method", "path", "failing"), FAILING)
def test_nothing_is_pruned_when_something_fails(
    made: WatchedRunner, waits: list[float], method: str, path: str, failing: str, status: int
) -> None:
    """The old one is not removed when the new one could not be made. The next run does it."""
    fault = {"action": "status", "method": method, "path": path, "status": status}
    made.emulator.faults.add(**fault, count=None if status == 500 else 1)
    failed = made.fails("logfire_stack", **REPLACED, **ALL, concurrency=1)
    assert failing in names(failed.result["failures"])
    assert [call for call in failed.writes if call.startswith("DELETE")] == []
    assert set(GONE) <= set(names(failed.result["not_tried"]))
    reasons = [entry["msg"] for entry in failed.result["not_tried"] if entry["name"] in GONE]
    assert all(reason.startswith("nothing is pruned after a failure, and ") for reason in reasons)
    made.emulator.faults.clear()
    assert made.stack(REPLACED, **ALL).result["summary"]["deleted"] == len(GONE)
    assert not made.stack(REPLACED, **ALL).changed


@pytest.mark.parametrize("check", [True, False])
def test_what_fails_before_anything_is_done_counts_too(made: WatchedRunner, check: bool) -> None:
    path = f"/projects/{made.id('shop')}/alerts/$"
    made.emulator.faults.add(action="status", method="GET", path=path, status=403, count=None)
    failed = made.fails("logfire_stack", **EVERYTHING, **ALL, check=check)
    assert not failed.writes
    description = {**EVERYTHING, "channels": [OPS], "projects": EVERYTHING["projects"][:1]}
    description["projects"] = [{**description["projects"][0], "dashboards": []}]
    failed = made.fails("logfire_stack", **description, **ALL, check=check)
    assert not failed.writes
    assert sorted(names(failed.result["not_tried"])) == ["latency", "night", "overview", "web"]


def test_what_is_described_as_absent_is_removed_all_the_same(made: WatchedRunner) -> None:
    """Only pruning is held back: who says that an object is to go means that."""
    made.emulator.faults.add(action="status", method="POST", path="/alerts/$", status=422)
    alerts = [alert("Late"), {"name": "Slow", "state": "absent"}]
    failed = made.fails("logfire_stack", projects=[{"name": "shop", "alerts": alerts}])
    assert [(change["name"], change["action"]) for change in failed.result["changes"]] == [("Slow", "delete")]


def test_a_removal_that_fails_holds_back_no_pruning(made: WatchedRunner) -> None:
    made.emulator.faults.add(action="status", method="DELETE", path=f"/{made.id('Slow')}/", status=403)
    alerts = [{"name": "Errors"}, {"name": "Slow", "state": "absent"}]
    description = {"projects": [{"name": "shop", "alerts": alerts, "dashboards": [{"slug": "latency"}]}]}
    failed = made.fails("logfire_stack", **description, prune=["alerts", "dashboards"])
    assert names(failed.result["failures"]) == ["Slow"]
    assert names(failed.result["changes"]) == ["overview"]


#: A kind, and a description of another organization, as far as that kind tells.
OTHER_ORGANIZATIONS: dict[str, Options] = {
    "channels": {"channels": [{"name": "other", "config": webhook("other")}]},
    "projects": {"projects": [{"name": "other"}]},
    "alerts": {"projects": [{"name": "shop", "alerts": [alert("Other")]}]},
    "dashboards": {"projects": [{"name": "shop", "dashboards": [dashboard("other")]}]},
}


@pytest.mark.parametrize("kind", OTHER_ORGANIZATIONS)
def test_nothing_is_pruned_where_nothing_described_exists(made: WatchedRunner, kind: str) -> None:
    """It may be the wrong key. The plan says so, the run makes what is described, and the next run prunes."""
    description = OTHER_ORGANIZATIONS[kind]
    options: Options = {"prune": [kind], "prune_projects_limit": 2}
    check = made.stack(description, **options, check=True)
    real = made.stack(description, **options)
    for run in (check, real):
        assert [change["action"] for change in run.result["changes"]] == ["create"]
        assert len(run.result["not_tried"]) == 2
        (warning,) = run.warnings
        assert f"No {kind} are pruned, since none of the described {kind} exist" in warning
    assert check.result["not_tried"] == real.result["not_tried"]
    assert made.stack(description, **options).result["summary"]["deleted"] == 2


def test_some_that_exist_are_enough(made: WatchedRunner) -> None:
    """One alert in one project, found by name or by id; and an empty list, which says that there is to be nothing."""
    projects = [{"name": "shop", "alerts": [alert("Other")]}, {"name": "web", "alerts": [{"name": "Down"}]}]
    assert made.stack({"projects": projects}, prune=["alerts"], check=True).result["summary"]["deleted"] == 2
    renamed = [{"id": made.id("Slow"), "name": "Late"}]
    shop = {"projects": [{"name": "shop", "alerts": renamed}]}
    assert names(made.stack(shop, prune=["alerts"], check=True).result["changes"]) == ["Late", "Errors"]
    assert made.stack({"channels": []}, prune=["channels"]).result["summary"]["deleted"] == 2


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("description", [EVERYTHING, {"channels": []}, {}])
def test_the_organization_that_is_meant(made: WatchedRunner, description: Options, check: bool) -> None:
    """Another one is refused before anything is written, also where the description has no projects."""
    name = made.ok("logfire_project_info").result["projects"][0]["organization_name"]
    options = {**description, "prune": ["channels"] * ("channels" in description), "check": check}
    refused = made.fails("logfire_stack", **options, organization="another")
    assert refused.result["msg"] == (
        f"organization: the description is for the organization 'another', but the API token belongs to {name!r}"
    )
    assert made.told(refused) == ["GET projects/"]
    fitting = made.stack(options, organization=name)
    assert all("is removed from: alert " in warning for warning in fitting.warnings)


def test_an_organization_that_does_not_tell_its_name(run: WatchedRunner) -> None:
    """Since it has no project: that is how each of them begins."""
    made = run.stack(EVERYTHING, organization="acme")
    (warning,) = made.warnings
    assert "Could not verify that the API token belongs to the organization 'acme'" in warning
    assert "organization: must not be empty" in run.fails("logfire_stack", **EVERYTHING, organization=" ").result["msg"]


@pytest.mark.parametrize("check", [True, False])
def test_projects_have_a_limit_of_their_own(made: WatchedRunner, check: bool) -> None:
    """Of 0; and what is removed with them counts, and is named in the message and in the diff."""
    only_web: Options = {"projects": [{"name": "web"}], "prune": ["projects"]}
    refused = made.fails("logfire_stack", **only_web, check=check)
    lost = "project 'shop' (with 2 alerts, 2 dashboards and its telemetry)"
    assert refused.result["msg"] == f"prune_projects_limit: 1 projects would be deleted, but the limit is 0: {lost}"
    refused = made.fails("logfire_stack", **only_web, prune_projects_limit=1, prune_limit=4, check=check)
    assert refused.result["msg"] == f"prune_limit: 5 objects would be deleted, but the limit is 4: {lost}"
    assert not refused.writes
    done = made.stack(only_web, prune_projects_limit=1, prune_limit=5, check=check)
    (warning,) = done.warnings
    assert f"Pruning removes {lost}." in warning.replace("\\'", "'")
    (section,) = done.result["diff"]
    assert (section["before"]["alerts"], section["before"]["dashboards"]) == (
        ["Errors", "Slow"],
        ["latency", "overview"],
    )


@pytest.mark.parametrize("same", [True, False])
def test_a_removal_beside_a_creation_may_be_meant_as_a_rename(made: WatchedRunner, same: bool) -> None:
    """When both have the same content: the warning says how to rename, and with which ID."""
    slow = next(item for item in EVERYTHING["projects"][0]["alerts"] if item["name"] == "Slow")
    alerts = [alert("Errors", "ops"), {**slow, "name": "Late", "time_window": "5m" if same else "10m"}]
    description: Options = {"projects": [{"name": "shop", "alerts": alerts}]}
    check = made.stack(description, prune=["alerts"], check=True)
    assert len(check.warnings) == same
    if same:
        assert f"add id={made.id('Slow')} to the description of 'Late'" in check.warnings[0].replace("\\'", "'")
