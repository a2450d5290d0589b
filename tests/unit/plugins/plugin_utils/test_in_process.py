# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module in Ansible's own process, with the ansible-core at hand: what it gets, and what becomes of its result."""

from __future__ import annotations

import gc
import locale
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleActionFail
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.warnings import get_warning_messages
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.plugins.connection.local import Connection
from ansible.template import Templar

from ansible_collections.community.logfire.plugins.plugin_utils import _in_process

VARIABLES = {"ansible_python_interpreter": sys.executable, "ansible_facts": {}}


class KilledError(BaseException):
    """What ends a task from outside, as its timeout does."""


def program() -> None:
    """A module that tells how it was started, and leaves traces of every kind."""
    module = AnsibleModule(
        {"data": {"type": "str"}, "end": {"choices": ["fail", "break", "kill", "say nothing"]}},
        supports_check_mode=True,
    )
    module.warn(f"about {module.params['data']}")
    told = {
        "data": module.params["data"],
        "process": os.getpid(),
        "check": module.check_mode,
        "name": module._name,
        "variable": os.environ.get("LOGFIRE_TEST"),
        "folder": os.getcwd(),
    }
    leave_traces()
    end = module.params["end"]
    if end == "fail":
        module.fail_json("as it was asked to", **told)
    if end == "break":
        raise ZeroDivisionError
    if end == "kill":
        raise KilledError
    if end is None:
        module.exit_json(**told)


def leave_traces() -> None:
    os.environ["LOGFIRE_TEST"] = "left behind"
    os.chdir("/")
    os.umask(0o123)
    locale.setlocale(locale.LC_ALL, "C")
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    gc.freeze()


def traces() -> list[Any]:
    """All that leave_traces() changes."""
    mask = os.umask(0)
    os.umask(mask)
    return [
        dict(os.environ),
        os.getcwd(),
        mask,
        locale.setlocale(locale.LC_ALL),
        signal.getsignal(signal.SIGUSR1),
        gc.get_freeze_count(),
        get_warning_messages(),
        sys.stdout,
        sys.stderr,
    ]


class Action(_in_process.InProcessAction):
    main = staticmethod(program)


@pytest.fixture
def action(tmp_path: Path) -> Action:
    loader = DataLoader()
    loader.set_basedir(str(tmp_path))
    task, context = Task(), PlayContext()
    task.action = "community.logfire.logfire_test"
    task.args = {"data": "some"}
    return Action(
        task=task,
        connection=Connection(context, os.devnull),
        play_context=context,
        loader=loader,
        templar=Templar(loader=loader, variables={}),
        shared_loader_obj=None,
    )


def test_what_a_module_gets(action, tmp_path):
    action._task.check_mode = True
    action._task.environment = [{"LOGFIRE_TEST": 5}]
    result = action.run(task_vars=VARIABLES)
    told = {name: result[name] for name in ("data", "process", "check", "name", "variable", "folder")}
    assert told == {
        "data": "some",
        "process": os.getpid(),
        "check": True,
        "name": "community.logfire.logfire_test",
        "variable": "5",
        "folder": str(tmp_path),
    }


def test_a_failure(action):
    action._task.args["end"] = "fail"
    result = action.run(task_vars=VARIABLES)
    assert (result["failed"], result["msg"], result["data"]) == (True, "as it was asked to", "some")


@pytest.fixture
def other_state(tmp_path, monkeypatch):
    """A process in which all is otherwise than the module leaves it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGFIRE_TEST", "as it was")
    mask, handler = os.umask(0o027), signal.signal(signal.SIGUSR1, signal.SIG_DFL)
    words = locale.setlocale(locale.LC_ALL)
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
    gc.unfreeze()
    yield
    os.umask(mask)
    signal.signal(signal.SIGUSR1, handler)
    locale.setlocale(locale.LC_ALL, words)


@pytest.mark.parametrize("end", [None, "fail", "break", "kill", "say nothing"])
@pytest.mark.usefixtures("other_state")
def test_nothing_is_left_behind(action, end):
    """Of however many tasks one process runs: those of a loop."""
    before = traces()
    for data, other in (("one", "two"), ("two", "one")):
        action._task.args = {"data": data, **({"end": end} if end else {})}
        try:
            warnings = str(action.run(task_vars=VARIABLES).get("warnings"))
        except KilledError:
            assert end == "kill"
        else:
            assert (f"about {data}" in warnings) is (end in (None, "fail"))
            assert f"about {other}" not in warnings
        assert traces() == before


@pytest.mark.parametrize("end", ["break", "say nothing"])
def test_an_end_without_a_result_is_a_failure(action, end, monkeypatch):
    """And what was sent is not sent again."""
    monkeypatch.setattr(NormalAction, "_configure_module", None)
    action._task.args["end"] = end
    assert action.run(task_vars=VARIABLES)["failed"]


def test_what_ends_the_task_is_not_caught(action, monkeypatch):
    monkeypatch.setattr(NormalAction, "_configure_module", None)
    action._task.args["end"] = "kill"
    with pytest.raises(KilledError):
        action.run(task_vars=VARIABLES)


class ModuleRuns(Exception):
    """Ansible begins to pack the module."""


@pytest.fixture
def as_module(monkeypatch):
    def configure(*arguments, **keywords):
        raise ModuleRuns

    monkeypatch.setattr(NormalAction, "_configure_module", configure)
    monkeypatch.setattr(NormalAction, "_make_tmp_path", lambda *arguments: None)


@pytest.mark.parametrize("step", ["encode_arguments", "built_module", "isolated", "module_state"])
def test_what_cannot_be_arranged_runs_as_a_module(action, step, monkeypatch, as_module):
    def fail(*arguments):
        raise AttributeError("a name of ansible-core is no longer there")

    monkeypatch.setattr(_in_process, step, fail)
    with pytest.raises(ModuleRuns):
        action.run(task_vars=VARIABLES)


@pytest.mark.parametrize("value", [False, "no", 0])
def test_it_can_be_switched_off(action, value, as_module):
    with pytest.raises(ModuleRuns):
        action.run(task_vars={**VARIABLES, "logfire_in_process": value})


@pytest.mark.parametrize("value", ["perhaps", [], None])
def test_the_switch_is_a_boolean(action, value):
    with pytest.raises(AnsibleActionFail, match="logfire_in_process"):
        action.run(task_vars={**VARIABLES, "logfire_in_process": value})


def test_the_way_is_told(action, monkeypatch):
    said = []
    monkeypatch.setattr(_in_process.display, "vvv", lambda text, host=None: said.append(text))
    action.run(task_vars=VARIABLES)
    assert [text for text in said if " runs " in text] == [
        "community.logfire.logfire_test runs in Ansible's own process"
    ]
