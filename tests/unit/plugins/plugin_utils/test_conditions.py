# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a module runs in Ansible's own process."""

from __future__ import annotations

import os
import pwd
import sys
from types import SimpleNamespace

import pytest
from ansible import constants as C
from ansible.playbook.play_context import PlayContext
from ansible.plugins.connection.local import Connection

from ansible_collections.community.logfire.plugins.plugin_utils import _conditions
from ansible_collections.community.logfire.plugins.plugin_utils._conditions import why_as_module

USER = pwd.getpwuid(os.geteuid()).pw_name


class Elsewhere(Connection):
    """A connection plugin that inherits from local, and more than that."""

    transport = "elsewhere"


@pytest.fixture
def action() -> SimpleNamespace:
    """A task on localhost without any keywords."""
    return SimpleNamespace(
        _connection=Connection(PlayContext(), os.devnull),
        _task=SimpleNamespace(async_val=0, delegate_to=None),
        _templar=SimpleNamespace(template=lambda value: value),
        _get_remote_user=lambda: USER,
        get_become_option=lambda option: USER,
    )


def settings(monkeypatch, **changed):
    """Settings of Ansible's configuration that are not as they are."""
    original = C.config.get_config_value
    monkeypatch.setattr(C.config, "get_config_value", lambda name, **more: changed.get(name, original(name, **more)))


@pytest.mark.parametrize(
    "python",
    [
        *("auto", "auto_silent", "auto_legacy", "auto_legacy_silent", "", sys.executable, f"{sys.executable} "),
        os.path.join(os.path.dirname(sys.executable), ".", os.path.basename(sys.executable)),
    ],
)
def test_ansibles_own_python(action, python, monkeypatch):
    settings(monkeypatch, INTERPRETER_PYTHON=python)
    assert why_as_module(action, {}, {"HTTPS_PROXY": "x"}) == ""


def test_ansibles_own_python_by_another_name_in_its_folder(action, tmp_path, monkeypatch):
    names = [tmp_path / "bin" / name for name in ("python", "python3")]
    names[0].parent.mkdir()
    names[0].symlink_to(sys.executable)
    names[1].symlink_to("python")
    monkeypatch.setattr(sys, "executable", str(names[0]))
    assert why_as_module(action, {"ansible_python_interpreter": str(names[1])}, {}) == ""


@pytest.mark.parametrize("python", ["/usr/bin/other", "python3", "/usr/bin/env python3", f"{sys.executable} -I"])
def test_another_python(action, python):
    reason = why_as_module(action, {"ansible_python_interpreter": python}, {})
    assert reason == f"ansible_python_interpreter is {python}"


def test_the_python_of_another_environment(action, tmp_path):
    """It is the same program, and has other packages."""
    link = tmp_path / os.path.basename(sys.executable)
    link.symlink_to(os.path.realpath(sys.executable))
    assert why_as_module(action, {"ansible_python_interpreter": str(link)}, {})


def test_a_delegate_has_its_own_python(action):
    other = {"ansible_python_interpreter": "/usr/bin/other"}
    action._task.delegate_to = "there"
    assert why_as_module(action, {**other, "ansible_delegated_vars": {"there": {}}}, {}) == ""
    assert why_as_module(action, {"ansible_delegated_vars": {"there": other}}, {})


def test_another_connection(action):
    action._connection = Elsewhere(PlayContext(), os.devnull)
    assert why_as_module(action, {}, {}) == "the connection is elsewhere"


def test_an_asynchronous_task(action):
    action._task.async_val = 30
    assert why_as_module(action, {}, {}) == "the task is asynchronous"


@pytest.mark.parametrize(
    ("become_user", "remote_user", "always", "stays"),
    [
        (USER, USER, False, True),
        (USER, USER, True, False),  # Ansible is told to become whoever it is
        (USER, "someone", False, False),
        ("someone", "someone", False, False),
        ("someone", USER, False, False),
        (None, None, False, False),
    ],
)
def test_another_user(action, become_user, remote_user, always, stays, monkeypatch):
    settings(monkeypatch, BECOME_ALLOW_SAME_USER=always)
    action._connection.become = "sudo"
    action._get_remote_user = lambda: remote_user
    action.get_become_option = lambda option: become_user
    assert (why_as_module(action, {}, {}) == "") is stays


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONHASHSEED", "LD_PRELOAD", "OPENSSL_CONF"])
def test_a_variable_that_only_a_start_heeds(action, name):
    assert why_as_module(action, {}, {"TZ": "UTC", name: "x"}) == f"the environment sets {name}"


def test_files_that_are_kept(action, monkeypatch):
    settings(monkeypatch, DEFAULT_KEEP_REMOTE_FILES=True)
    assert why_as_module(action, {}, {}) == "the files of the task must be kept"


def test_no_requests(action, monkeypatch):
    monkeypatch.setattr(_conditions, "REQUESTS_MISSING", "ImportError")
    assert why_as_module(action, {}, {}) == "the Python library requests is missing in Ansible's Python"


def test_macos(action, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "macOS" in why_as_module(action, {}, {})
