# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many workers, and many runs, at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from organizations import Options, alert, dashboard, organization, webhook
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


@pytest.mark.parametrize("kind", ["channel", "alert"])
def test_a_pair_of_old(run: WatchedRunner, kind: str) -> None:
    """Is reported with both ids, and nothing is guessed."""
    ids = ["22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"]
    old = [{"id": object_id, "created_at": "2026-01-01T00:00:00Z"} for object_id in ids]
    description: Options = {"channels": [{"name": "ops", "config": webhook("ops")}]}
    seed: Options = {"channels": [{"label": "ops", **each} for each in old]}
    if kind == "alert":
        description = {"projects": [{"name": "shop", "alerts": [alert("Errors")]}]}
        seed = {"projects": [{"project_name": "shop", "alerts": [{"name": "Errors", **each} for each in old]}]}
    run.emulator.store.load(seed)
    for check in (True, False):
        refused = run.fails("logfire_stack", **description, check=check)
        place = "channel 'ops' (channels[0])" if kind == "channel" else "(projects[0].alerts[0])"
        assert f"{place}: name: there are 2 {kind}s " in refused.result["msg"]
        assert all(object_id in refused.result["msg"] for object_id in ids)
        assert not refused.writes
