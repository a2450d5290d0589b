# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Arguments as Ansible hands them over: what templates and YAML make of them differs from core to core."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from argument_specs import WHOLE
from cases import seed
from playbooks import ansible, recorded, recording, write_play

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Options = dict[str, Any]
Task = tuple[str, Options]

ALERT = {key: value for key, value in WHOLE["logfire_alert"].items() if key != "channels"}
STORED = {"name": ALERT["name"], "channels": ["ops"], "environments": ["prod"]}
KEY = "pylf_v1_local_argumentsinplaybooks"


@pytest.fixture
def shop(emulator: "RunningEmulator") -> "RunningEmulator":
    """The project shop with an alert that has a channel and an environment."""
    emulator.store.load(seed(alerts=[STORED]))
    return emulator


def play(shop: "RunningEmulator", folder: Path, tasks: list[Task], **variables: Any) -> list[Options]:
    """The results of tasks, each a module and its options, on real Ansible; C(msg) says why one failed."""
    listed = [
        {"name": f"{number}", f"community.logfire.logfire_{module}": options, "ignore_errors": True}
        for number, (module, options) in enumerate(tasks)
    ]
    connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": shop.base_url}
    playbook = write_play(folder, listed, **variables)
    done = ansible("playbook", playbook, folder=folder, **connection, **recording(folder))
    assert done.status == 0, done.output
    assert "Traceback" not in done.output
    assert "MODULE FAILURE" not in done.output
    results = recorded(folder)
    assert [result["task"] for result in results] == [task["name"] for task in listed]
    return [{**result["result"], "failed": result["failed"]} for result in results]


def in_stack(options: Options) -> Task:
    return "stack", {"projects": [{"name": "shop", "alerts": [{"name": ALERT["name"], **options}]}]}


def test_an_empty_variable_in_a_list(shop: "RunningEmulator", tmp_path: Path) -> None:
    """It clears nothing: an alert that loses its channels tells nobody."""
    before = shop.store.snapshot()
    items = ["{{ empty }}", "{{ nothing }}", "{{ None }}", None, "", "{{ ' ' }}"]
    tasks: list[Task] = []
    for option in ("channels", "environments"):
        tasks += [("alert", {**ALERT, option: [item]}) for item in items]
        tasks += [in_stack({option: ["{{ good }}", item]}) for item in items]
    tasks += [("stack", {"channels": [], "prune": [item]}) for item in items]
    results = play(shop, tmp_path, tasks, empty="", nothing=None, good="ops")
    for (_module, options), result in zip(tasks, results, strict=True):
        assert result["failed"], options
        assert any(f"[{index}]: is {state}" in result["msg"] for index in (0, 1) for state in ("null", "empty"))
    assert shop.store.snapshot() == before
    assert len(shop.log) == 0


def test_an_empty_variable_in_place_of_a_list(shop: "RunningEmulator", tmp_path: Path) -> None:
    """Null is not set, empty text is an empty list."""
    kept, cleared = play(
        shop,
        tmp_path,
        [
            ("alert", {**ALERT, "channels": "{{ nothing }}", "environments": None}),
            ("alert", {**ALERT, "channels": "{{ empty }}", "environments": []}),
        ],
        empty="",
        nothing=None,
    )
    assert [channel["name"] for channel in kept["alert"]["channels"]] == ["ops"]
    assert kept["alert"]["environments"] == ["prod"]
    assert (cleared["alert"]["channels"], cleared["alert"]["environments"]) == ([], [])


def test_omit_in_a_list(shop: "RunningEmulator", tmp_path: Path) -> None:
    """Never an environment of that name."""
    (result,) = play(shop, tmp_path, [("alert", {**ALERT, "environments": ["a", "{{ missing | default(omit) }}"]})])
    assert "environments[1]: is omit" in result["msg"] if result["failed"] else result["alert"]["environments"] == ["a"]


def test_a_command_line_clears(shop: "RunningEmulator", tmp_path: Path) -> None:
    given = " ".join(f'{name}="{value}"' for name, value in ALERT.items())
    connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": shop.base_url}
    arguments = ("localhost", "-m", "community.logfire.logfire_alert", "-a", f"{given} channels= environments=")
    done = ansible("adhoc", *arguments, folder=tmp_path, **connection)
    assert done.status == 0, done.output
    (alert,) = shop.store.snapshot()["projects"][0]["alerts"]
    assert (alert["channel_assignments"], alert["environments"]) == ([], []), json.dumps(alert)


def test_null_is_not_set(shop: "RunningEmulator", tmp_path: Path) -> None:
    tasks: list[Task] = [
        ("alert", {**ALERT, "channels": None, "channel_assignments": [{"channel": "ops"}]}),
        ("alert", {**ALERT, "channels": ["ops"], "channel_assignments": "{{ nothing }}", "state": None}),
        ("alert", {**ALERT, "id": "{{ nothing }}", "api_key": None, "timeout": None}),
        in_stack({"channels": ["ops"], "channel_assignments": None, "id": None, "state": "{{ nothing }}"}),
        ("token", {"project": "shop", "id": None, "token": "{{ nothing }}", "path": str(tmp_path / "token")}),
        ("project", {"name": "shop", "id": None, "description": None}),
    ]
    results = play(shop, tmp_path, tasks, nothing=None)
    assert [result["msg"] for result in results if result["failed"]] == []


def test_ids_of_registered_results(shop: "RunningEmulator", tmp_path: Path) -> None:
    """The commonest way to refer to what an earlier task made: a check run foretells what the real run does."""
    tasks = [
        {"logfire_project": {"name": "web"}, "register": "project"},
        {"logfire_channel": {"name": "pager", "config": {"type": "email", "recipients": ["a@b.example"]}}},
        {"logfire_alert": {**ALERT, "project": "{{ project.project.id }}", "channels": ["{{ channel.channel.id }}"]}},
        {"logfire_alert": {"project": "shop", "name": ALERT["name"], "channels": ["{{ channel.channel.id }}", "ops"]}},
        {"logfire_token": {"project": "{{ project.project.id }}"}},
    ]
    tasks[1]["register"] = "channel"
    listed = [
        {
            "name": f"{number}",
            **{f"community.logfire.{key}" if key[:7] == "logfire" else key: of for key, of in task.items()},
        }
        for number, task in enumerate(tasks)
    ]
    playbook = write_play(tmp_path, listed)
    connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": shop.base_url}
    runs = []
    for mode in (["--check"], []):
        done = ansible("playbook", playbook, "--diff", *mode, folder=tmp_path, **connection, **recording(tmp_path))
        assert done.status == 0, done.output
        runs.append([result["result"]["diff"] for result in recorded(tmp_path)[-len(tasks) :]])
    assert runs[0] == runs[1]
