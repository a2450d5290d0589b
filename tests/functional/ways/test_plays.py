# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ways in which Ansible can come to a task: all lead to its own process, and to what the task asks for."""

import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from organizations import webhook

from playbooks import Command, Json, ansible

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

PROJECT = "community.logfire.logfire_project"
IN_PROCESS = re.compile(r"(\S*logfire_\w+) runs in Ansible's own process")
AS_MODULE = re.compile(r"(\S*logfire_\w+) runs as a module: (.*)")
HOSTS = [f"host{number:02}" for number in range(20)]
LOCAL = {"ansible_connection": "local"}
KEY = "pylf_v1_local_waysofplays"


def run(emulator: "RunningEmulator", folder: Path, command: str, *arguments: str, **more: Any) -> Command:
    inventory = {"all": {"hosts": {**dict.fromkeys(HOSTS, LOCAL), "far": {"ansible_connection": "ssh"}}}}
    (folder / "inventory.json").write_text(json.dumps(inventory))
    connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": emulator.base_url}
    return ansible(command, "-i", "inventory.json", "-vvv", *arguments, folder=folder, **{**connection, **more})


def names(emulator: "RunningEmulator") -> list[str]:
    return sorted(project["project_name"] for project in emulator.store.snapshot()["projects"])


def play(tasks: list[Json], hosts: str = "host*", **keywords: Any) -> Json:
    return {"name": "Test", "hosts": hosts, "gather_facts": False, "tasks": tasks, **keywords}


def project(name: str, **keywords: Any) -> Json:
    return {"name": name, PROJECT: {"name": name}, **keywords}


def test_many_hosts_in_every_order(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """Twenty at a time, each as it comes, a few at a time, in handlers, in a role, once, and for somebody else."""
    (tmp_path / "roles/some/tasks").mkdir(parents=True)
    (tmp_path / "roles/some/tasks/main.yml").write_text(json.dumps([project("role-{{ inventory_hostname }}")]))
    handler = project("handled-{{ inventory_hostname }}", listen="made")
    plays = [
        play([project("linear-{{ inventory_hostname }}", notify="made")], handlers=[handler]),
        play([project("free-{{ inventory_hostname }}")], strategy="free"),
        play([project("serial-{{ inventory_hostname }}")], hosts=":".join(HOSTS[:6]), serial=4),
        play([], hosts=":".join(HOSTS[:2]), roles=["some"]),
        play([project("once", run_once=True)]),
        play([project("delegated", delegate_to="localhost")], hosts="far"),
    ]
    (tmp_path / "site.yml").write_text(json.dumps(plays))
    done = run(emulator, tmp_path, "playbook", "--forks", "20", "site.yml")
    assert done.status == 0, done.output
    expected = [f"{word}-{host}" for word in ("linear", "handled", "free") for host in HOSTS]
    expected += (
        [f"serial-{host}" for host in HOSTS[:6]] + [f"role-{host}" for host in HOSTS[:2]] + ["once", "delegated"]
    )
    assert names(emulator) == sorted(expected)
    assert Counter(IN_PROCESS.findall(done.output)) == {PROJECT: len(expected)}
    assert not AS_MODULE.search(done.output)


def test_names_of_the_module(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """By its short name, with defaults for the group and for the module, ad hoc, and on Ansible's console."""
    short = {"name": "Short", "logfire_project": {"name": "short"}}
    defaults = {
        "group/community.logfire.logfire": {"api_token": KEY},
        PROJECT: {"description": "by default"},
    }
    plays = [
        play([short], hosts="localhost", collections=["community.logfire"], module_defaults=defaults),
        play([project("full")], hosts="localhost", module_defaults=defaults),
    ]
    (tmp_path / "site.yml").write_text(json.dumps(plays))
    done = run(emulator, tmp_path, "playbook", "site.yml", LOGFIRE_API_TOKEN="")
    assert done.status == 0, done.output
    assert IN_PROCESS.findall(done.output) == ["logfire_project", PROJECT]
    ad_hoc = run(emulator, tmp_path, "adhoc", "localhost", "-m", PROJECT, "-a", "name=ad-hoc")
    assert (ad_hoc.status, len(IN_PROCESS.findall(ad_hoc.output))) == (0, 1), ad_hoc.output
    console = run(emulator, tmp_path, "console", "localhost", typed=f"{PROJECT} name=console\nexit\n")
    assert (console.status, len(IN_PROCESS.findall(console.output))) == (0, 1), console.output
    described = {item["project_name"]: item["description"] for item in emulator.store.snapshot()["projects"]}
    assert described == {"short": "by default", "full": "by default", "ad-hoc": None, "console": None}


def test_a_task_that_takes_too_long(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """Its timeout ends it, with all its threads: what has not begun is not sent, and the play goes on."""
    emulator.faults.add(action="delay", seconds=3, method="POST", commit=True, count=5)
    stack = {"projects": [{"name": f"made-{number}"} for number in range(20)], "concurrency": 4}
    # A channel that is created inactive takes a second request.
    in_two_steps = {"channels": [{"name": "off", "active": False, "config": webhook("off")}]}
    limit = {"timeout": 2, "ignore_errors": True}
    tasks = [
        {"name": "Apply", "community.logfire.logfire_stack": stack, **limit},
        {"name": "Apply in two steps", "community.logfire.logfire_stack": in_two_steps, **limit},
        project("after"),
    ]
    (tmp_path / "site.yml").write_text(json.dumps([play(tasks, hosts="localhost")]))
    done = run(emulator, tmp_path, "playbook", "--forks", "1", "site.yml")
    assert done.status == 0, done.output
    assert "ignored=2" in done.output
    assert len(names(emulator)) == 5, names(emulator)
    assert [request.path for request in emulator.log if request.method == "PUT"] == []


def test_a_task_that_waits_too_long(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """Its timeout ends its waiting too, in each thread, so that nothing keeps the next task from its turn."""
    emulator.faults.add(action="status", status=429, path="/channels/", headers={"Retry-After": "90"})
    emulator.faults.add(action="status", status=503, path="/projects/", headers={"Retry-After": "90"})
    stack = {"projects": [{"name": "made"}]}
    limit = {"timeout": 2, "ignore_errors": True}
    tasks = [
        {"name": "List", "community.logfire.logfire_channel_info": None, **limit},
        {"name": "Apply", "community.logfire.logfire_stack": stack, **limit},
        {"name": "Read", "community.logfire.logfire_project_info": None},
    ]
    (tmp_path / "site.yml").write_text(json.dumps([play(tasks, hosts="localhost")]))
    start = time.monotonic()
    done = run(emulator, tmp_path, "playbook", "--forks", "1", "site.yml")
    assert done.status == 0, done.output
    assert "ignored=2" in done.output
    assert time.monotonic() - start < 60


OTHERWISE: dict[str, tuple[Json, str]] = {
    "variable": ({"vars": {"logfire_in_process": False}}, "logfire_in_process is false"),
    "environment": ({"environment": {"PYTHONHASHSEED": "0"}}, "the environment sets PYTHONHASHSEED"),
    "async": ({"async": 30, "poll": 1}, "the task is asynchronous"),
}


@pytest.mark.parametrize(("keywords", "reason"), OTHERWISE.values(), ids=OTHERWISE)
def test_where_it_does_not_apply(keywords: Json, reason: str, emulator: "RunningEmulator", tmp_path: Path) -> None:
    (tmp_path / "site.yml").write_text(json.dumps([play([project("made", **keywords)], hosts="localhost")]))
    done = run(emulator, tmp_path, "playbook", "site.yml")
    assert done.status == 0, done.output
    assert AS_MODULE.findall(done.output) == [(PROJECT, reason)]
    assert names(emulator) == ["made"]
