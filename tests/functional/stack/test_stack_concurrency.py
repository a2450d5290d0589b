# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many workers, and many runs, at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from organizations import Options, alert, count, dashboard, organization, webhook
from watched import WatchedRunner

from ansible_collections.community.logfire.plugins.module_utils._api.client import LogfireClient
from ansible_collections.community.logfire.plugins.module_utils._api.http import Connection, Transport
from ansible_collections.community.logfire.plugins.module_utils._engine.organization import Organization
from ansible_collections.community.logfire.plugins.module_utils._engine.stack import report
from ansible_collections.community.logfire.plugins.module_utils._engine.stack.description import (
    parse_description,
    stack_options,
)
from ansible_collections.community.logfire.plugins.module_utils._engine.stack.prune import Pruning
from ansible_collections.community.logfire.plugins.module_utils._engine.stack.run import run as apply_stack

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

DESCRIPTION: Options = organization(projects=4, channels=4, alerts=4, dashboards=2)


def without_ids(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in entry.items() if name != "id"} for entry in entries]


def test_any_concurrency(run: WatchedRunner) -> None:
    """Gives the same state and the same result, in the order of the description."""
    results, states = [], []
    for concurrency in (1, 2, 8, 16):
        run.emulator.store.load(None)
        made = run.stack(DESCRIPTION, concurrency=concurrency)
        results.append({**made.result, "changes": without_ids(made.result["changes"])})
        states.append(run.state())
        assert not run.stack(DESCRIPTION, concurrency=concurrency).changed
    assert all(result == results[0] for result in results)
    assert all(state == states[0] for state in states)


def apply(emulator: "RunningEmulator", description: Options, start: threading.Barrier) -> dict[str, Any]:
    """One run of a stack, as the module does it, in a thread; its result."""
    params = ArgumentSpecValidator(stack_options()).validate(description).validated_parameters
    connection = Connection(emulator.base_url, "pylf_v1_local_functionaltests", retry_timeout=5)
    organization, described = Organization(LogfireClient(Transport(connection))), parse_description(params)
    start.wait()
    result: dict[str, Any] = report.result(apply_stack(organization, described, Pruning([], 20), 8))
    return result


def at_once(emulator: "RunningEmulator", *descriptions: Options) -> list[dict[str, Any]]:
    """Results of runs that start at the same moment."""
    start = threading.Barrier(len(descriptions))
    with ThreadPoolExecutor(len(descriptions)) as pool:
        return list(pool.map(lambda description: apply(emulator, description, start), descriptions))


@pytest.mark.parametrize("latency", [0, 3])
def test_what_the_api_keeps_unique(run: WatchedRunner, latency: int) -> None:
    """Is made once, and both runs end well: who comes second adopts what the first made."""
    projects = [
        {"name": f"project-{number}", "dashboards": [dashboard(f"board-{other}") for other in range(3)]}
        for number in range(4)
    ]
    conflicts = 0
    for _round in range(5):
        run.emulator.store.load(None)
        run.emulator.log.clear()
        run.emulator.settings.latency_ms = latency
        results = at_once(run.emulator, {"projects": projects}, {"projects": projects[::-1]}, {"projects": projects})
        run.emulator.settings.latency_ms = 0
        conflicts += sum(request.status == 409 for request in run.emulator.log)
        assert [result["failures"] for result in results] == [[], [], []]
        assert sum(result["summary"]["created"] for result in results) == 16
        assert not run.stack({"projects": projects}).changed
        state = run.state()
        assert [project["project_name"] for project in state["projects"]] == [item["name"] for item in projects]
        assert all(len(project["dashboards"]) == 3 for project in state["projects"])
    assert conflicts > 0, "nothing was tested"


def test_what_the_api_does_not_keep_unique(run: WatchedRunner) -> None:
    """May come to be twice; the next run says so, with both ids, and guesses nothing."""
    channels = [{"name": f"channel-{number}", "config": webhook("ops")} for number in range(3)]
    alerts = [alert(f"Alert {number}") for number in range(3)]
    description = {"channels": channels, "projects": [{"name": "shop", "alerts": alerts}]}
    for _round in range(4):
        run.emulator.store.load({"projects": ["shop"]})
        at_once(run.emulator, description, description)
        snapshot = run.emulator.store.snapshot()
        made = [(record["label"], record["id"]) for record in snapshot["channels"]]
        made += [(record["name"], record["id"]) for record in snapshot["projects"][0]["alerts"]]
        names = [name for name, _id in made]
        pairs = {name: [object_id for other, object_id in made if other == name] for name in names}
        twice = [ids for ids in pairs.values() if len(ids) > 1]
        assert set(names) == {item["name"] for item in (*channels, *alerts)}
        if twice:
            refused = run.fails("logfire_stack", **description)
            assert any(all(object_id in refused.result["msg"] for object_id in ids) for ids in twice)
            assert not refused.writes
        else:
            assert not run.stack(description).changed


@pytest.mark.parametrize("kind", ["channel", "alert"])
def test_a_pair(run: WatchedRunner, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Somebody makes one of the same name at the very moment that we do."""
    description: Options = {"channels": [{"name": "ops", "config": webhook("ops")}]}
    twin: Options = {"channels": ["ops"], "projects": ["shop"]}
    if kind == "alert":
        description = {"projects": [{"name": "shop", "alerts": [alert("Errors")]}]}
        twin = {"projects": [{"project_name": "shop", "alerts": [{"name": "Errors", "query": "SELECT 1"}]}]}
    run.emulator.store.load({"projects": ["shop"]})
    shop = run.emulator.store.snapshot()["projects"][0]["id"]
    twin["projects"] = [
        {**(project if isinstance(project, dict) else {"project_name": project}), "id": shop}
        for project in twin["projects"]
    ]

    def find(method: str, path: str) -> None:
        if method == "POST":
            run.emulator.store.load(twin)

    with monkeypatch.context() as patch:
        patch.setattr(run.emulator.faults, "find", find)
        run.stack(description)
    snapshot = run.emulator.store.snapshot()
    ids = [record["id"] for record in (snapshot["channels"] or snapshot["projects"][0]["alerts"])]
    assert len(ids) == 2
    for check in (True, False):
        refused = run.fails("logfire_stack", **description, check=check)
        place = "channels[0].name" if kind == "channel" else "projects[0].alerts[0].name"
        assert f"{place}: there are 2 {kind}s " in refused.result["msg"]
        assert all(object_id in refused.result["msg"] for object_id in ids)
        assert not refused.writes


def test_a_list_is_read_again_before_a_late_creation(run: WatchedRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read long ago is not what a creation relies on; in one thread, since several may share a new look."""
    from ansible_collections.community.logfire.plugins.module_utils._engine import engine

    monkeypatch.setattr(engine, "FRESH", -1.0)
    made = run.stack(DESCRIPTION, concurrency=1)
    assert made.result["summary"]["created"] == count(DESCRIPTION)
    channels = [call for call in run.told(made) if call == "GET channels/"]
    alerts = [call for call in run.told(made) if call.endswith("/alerts/") and call.startswith("GET")]
    assert len(channels) == 1 + 4
    assert len(alerts) > 4
    assert not run.stack(DESCRIPTION).changed
