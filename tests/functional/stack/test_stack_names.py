# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names that two objects have, names that move, and what an object needs that failed."""

from typing import Any

import pytest
from organizations import Options, alert, dashboard, webhook
from watched import WatchedRunner

OPS, NIGHT = ({"name": name, "config": webhook(name)} for name in ("ops", "night"))
ERRORS, SLOW = alert("Errors", "ops"), alert("Slow", "night")
SHOP: Options = {"name": "shop", "alerts": [ERRORS, SLOW], "dashboards": [dashboard("overview")]}
WEB: Options = {"name": "web", "alerts": [alert("Down", "night")]}
EVERYTHING: Options = {"channels": [OPS, NIGHT], "projects": [SHOP, WEB]}
TWIN = "22222222-2222-4222-8222-222222222222"


@pytest.fixture
def made(run: WatchedRunner) -> WatchedRunner:
    """An organization that holds everything."""
    run.stack(EVERYTHING)
    return run


def double(run: WatchedRunner, kind: str, name: str, **more: Any) -> str:
    """Put a second, younger object of that name there; the id of the first."""
    snapshot = run.emulator.store.snapshot()
    shop = next(project for project in snapshot["projects"] if project["project_name"] == "shop")
    records = snapshot["channels"] if kind == "channels" else shop["alerts"]
    (first,) = [record for record in records if record.get("label", record.get("name")) == name]
    records.append({**first, "id": TWIN, "created_at": "2099-01-01T00:00:00Z", **more})
    run.emulator.store.load(snapshot)
    object_id: str = first["id"]
    return object_id


def names(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["name"] for entry in entries]


#: A kind and a name that two objects have, and which objects of the description that concerns.
DOUBLES = [("channels", "ops", ["ops", "Errors"]), ("alerts", "Errors", ["Errors"])]


def changed_everything(kind: str) -> Options:
    """The description with a change of each alert and project."""
    projects = [
        {**project, "description": "It", "alerts": [{**item, "description": "It"} for item in project["alerts"]]}
        for project in (SHOP, WEB)
    ]
    return {"channels": [OPS, NIGHT], "projects": projects}


@pytest.mark.parametrize(("kind", "name", "concerned"), DOUBLES)
def test_a_double_name_concerns_only_its_own(made: WatchedRunner, kind: str, name: str, concerned: list[str]) -> None:
    """All else is done; the message has both ids, and what to do."""
    first = double(made, kind, name)
    for check in (True, False):
        failed = made.fails("logfire_stack", **changed_everything(kind), check=check)
        assert names(failed.result["failures"]) == concerned
        assert failed.result["summary"]["updated"] == 5 - ("Errors" in concerned)
        for failure in failed.result["failures"]:
            assert f"there are 2 {kind} '{name}'; name one by its id: " in failure["msg"]
            assert first in failure["msg"]
            assert TWIN in failure["msg"]
            assert "remove the other by its id, with state=absent: " in failure["msg"]


@pytest.mark.parametrize("gone", ["older", "younger"])
@pytest.mark.parametrize("keep_by", ["name", "id"])
@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name, _concerned in DOUBLES])
def test_a_double_is_removed_by_its_id(made: WatchedRunner, kind: str, name: str, keep_by: str, gone: str) -> None:
    """In the run that describes all the rest; whichever of the two it is."""
    before = made.state()
    older = double(made, kind, name)
    removed, kept = (older, TWIN) if gone == "older" else (TWIN, older)
    channels, alerts = [dict(OPS), NIGHT], [dict(ERRORS), SLOW]
    items = channels if kind == "channels" else alerts
    if keep_by == "id":
        items[0]["id"] = kept
    items.append({"id": removed, "state": "absent"})
    description = {"channels": channels, "projects": [{**SHOP, "alerts": alerts}, WEB]}
    check = made.stack(description, check=True)
    real = made.stack(description)
    assert check.result["diff"] == real.result["diff"]
    assert [call for call in real.writes if "DELETE" in call][0].endswith(f"/{removed}/")
    assert made.state() == before


@pytest.mark.parametrize("list_order", ["insertion", "reversed"])
@pytest.mark.parametrize("described_by", ["name", "id"])
@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name, _concerned in DOUBLES])
def test_a_double_is_pruned(made: WatchedRunner, kind: str, name: str, described_by: str, list_order: Any) -> None:
    """Of two of a described name the older stays, whatever the younger one is; the plan shows which goes."""
    before = made.state()
    made.emulator.settings.list_order = list_order
    first = double(made, kind, name, active=False)
    channels, alerts = [dict(OPS), NIGHT], [dict(ERRORS), SLOW]
    if described_by == "id":
        (channels if kind == "channels" else alerts)[0]["id"] = first
    description = {"channels": channels, "projects": [{**SHOP, "alerts": alerts}, WEB]}
    refused = made.fails("logfire_stack", **description, prune=[kind], prune_limit=0)
    assert refused.result["msg"].startswith("prune_limit: 1 object")
    check = made.stack(description, prune=[kind], check=True)
    real = made.stack(description, prune=[kind])
    assert check.result["diff"] == real.result["diff"]
    assert real.writes[-1].endswith(f"/{TWIN}/")
    assert len(real.writes) == 1
    assert [(change["action"], change["id"]) for change in check.result["changes"]] == [("delete", TWIN)]
    assert made.state() == before


SWAPPED = {
    "alerts": ("Errors", "Slow"),
    "channels": ("ops", "night"),
}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("kind", SWAPPED)
def test_two_names_are_swapped(made: WatchedRunner, kind: str, order: int) -> None:
    """By their ids; the service lets two have one name meanwhile. What refers to a name means its new owner."""
    one, other = SWAPPED[kind]
    ids = {name: made.id(name) for name in (one, other)}
    items = [{"id": ids[one], "name": other}, {"id": ids[other], "name": one}][::order]
    if kind == "channels":
        description = {"channels": items, "projects": [{"name": "shop", "alerts": [alert("Errors", "ops")]}]}
    else:
        description = {"projects": [{"name": "shop", "alerts": items}]}
    check = made.stack(description, check=True)
    real = made.stack(description, concurrency=16)
    assert check.result["diff"] == real.result["diff"]
    assert {name: made.id(name) for name in (one, other)} == {one: ids[other], other: ids[one]}
    if kind == "channels":
        shown = made.ok("logfire_alert_info", project="shop", name="Errors").result["alerts"][0]
        assert [channel["id"] for channel in shown["channels"]] == [ids["night"]]
    assert not made.stack(description).changed


def test_a_name_of_what_is_removed_is_taken(made: WatchedRunner) -> None:
    removed = {"id": made.id("Slow"), "state": "absent"}
    description = {"projects": [{"name": "shop", "alerts": [{"id": made.id("Errors"), "name": "Slow"}, removed]}]}
    made.stack(description)
    assert [item["name"] for item in made.state()["projects"][0]["alerts"]] == ["Slow"]


@pytest.mark.parametrize("kind", ["projects", "alerts"])
def test_a_name_that_nobody_gives_up(made: WatchedRunner, kind: str) -> None:
    """Is refused before anything is done; of projects also a swap, since the service keeps their names unique."""
    if kind == "projects":
        description: Options = {
            "projects": [{"id": made.id("shop"), "name": "web"}, {"id": made.id("web"), "name": "shop"}]
        }
    else:
        description = {"projects": [{"name": "shop", "alerts": [{"id": made.id("Errors"), "name": "Slow"}, SLOW]}]}
    refused = made.fails("logfire_stack", **description)
    assert "already" in refused.result["msg"]
    assert not refused.writes


#: What of the organization fails to change, and how it is described then.
FAILING: dict[str, tuple[str, Options]] = {
    "channel": ("channels", {"name": "ops", "active": False}),
    "project": ("projects", {"name": "shop", "description": "It"}),
}


@pytest.mark.parametrize("kind", FAILING)
def test_what_exists_serves_although_it_could_not_be_changed(made: WatchedRunner, kind: str) -> None:
    option, item = FAILING[kind]
    alerts = [{**ERRORS, "time_window": "10m"}, alert("New", "ops")]
    description: Options = {"channels": [OPS], "projects": [{"name": "shop", "alerts": alerts}]}
    description[option] = [{**description[option][0], **item}]
    made.emulator.faults.add(action="status", method="PUT", path=f"/{option}/[^/]+/$", status=422)
    failed = made.fails("logfire_stack", **description)
    assert names(failed.result["failures"]) == [item["name"]]
    assert failed.result["not_tried"] == []
    assert names(failed.result["changes"]) == ["Errors", "New"]


def test_a_project_that_could_not_be_renamed(made: WatchedRunner) -> None:
    """Is there by its id: what lies in it is changed all the same."""
    made.emulator.faults.add(action="status", method="PUT", path="/projects/[^/]+/$", status=422)
    shop = {"id": made.id("shop"), "name": "store", "alerts": [{"name": "Errors", "time_window": "10m"}]}
    failed = made.fails("logfire_stack", projects=[shop])
    assert names(failed.result["failures"]) == ["store"]
    assert names(failed.result["changes"]) == ["Errors"]


@pytest.mark.parametrize("reference", ["name", "id"])
def test_a_channel_that_could_not_be_renamed(made: WatchedRunner, reference: str) -> None:
    """Is not there by its new name, and is by its id."""
    ops = made.id("ops")
    made.emulator.faults.add(action="status", method="PUT", path="/channels/[^/]+/$", status=422)
    alerts = [{"name": "Slow", "channels": [ops if reference == "id" else "operators"]}]
    description = {"channels": [{"id": ops, "name": "operators"}], "projects": [{"name": "shop", "alerts": alerts}]}
    failed = made.fails("logfire_stack", **description)
    assert names(failed.result["failures"]) == ["operators"]
    by_name = reference == "name"
    assert names(failed.result["not_tried"]) == ["Slow"] * by_name
    assert names(failed.result["changes"]) == ["Slow"] * (not by_name)


@pytest.mark.parametrize("lists_fail", [False, True])
def test_what_does_not_exist_is_waited_for_by_nobody(run: WatchedRunner, waits: list[float], lists_fail: bool) -> None:
    """And when it cannot be found out either, the list is asked for once, not once for each that needs it."""
    run.emulator.faults.add(action="status", method="POST", path="/channels/$", status=403)
    if lists_fail:
        run.emulator.faults.add(action="status", method="GET", path="/channels/$", skip=1, count=None, status=500)
    alerts = [alert(f"Alert {number}", "ops") for number in range(9)]
    failed = run.fails("logfire_stack", channels=[OPS], projects=[{"name": "shop", "alerts": alerts}])
    assert len(failed.result["not_tried"]) == 9
    assert {entry["msg"] for entry in failed.result["not_tried"]} == {"the channel 'ops' failed"}
    assert sum(call == "GET channels/" for call in run.told(failed)) <= (1 + 5 if lists_fail else 2)
