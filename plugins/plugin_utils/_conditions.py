# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decides whether a module can run in Ansible's own process."""

from __future__ import annotations

import os
import pwd
import sys
from collections.abc import Mapping
from typing import Any

from ansible import constants as C
from ansible.errors import AnsibleActionFail
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.plugins.connection.local import Connection as LocalConnection

from ..module_utils._api.http import REQUESTS_MISSING

SWITCH = "logfire_in_process"
#: Prefixes of environment variables that Python only reads when it starts.
AT_START = ("PYTHON", "LD_", "OPENSSL_")
AUTOMATIC = ("", "auto", "auto_silent", "auto_legacy", "auto_legacy_silent")


def is_wanted(action: ActionBase, task_vars: Mapping[str, Any]) -> bool:
    """Return the variable that can disable it. Raises AnsibleActionFail if it is not a boolean."""
    value = action._templar.template(_variables(action, task_vars).get(SWITCH, True))
    try:
        return bool(boolean(value))
    except TypeError:
        raise AnsibleActionFail(f"{SWITCH}: {value!r} is not a boolean") from None


def why_as_module(action: ActionBase, task_vars: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    """Return why the task must run as a module, or an empty text if it can run in process."""
    connection = action._connection
    if sys.platform == "darwin":
        return "a forked process cannot look up proxies on macOS"
    if REQUESTS_MISSING:
        return "the Python library requests is missing in Ansible's Python"
    if type(connection).__module__ != LocalConnection.__module__:
        return f"the connection is {connection.transport}"
    if action._task.async_val:
        return "the task is asynchronous"
    if connection.become and not _stays_user(action):
        return f"the task becomes the user {action.get_become_option('become_user')}"
    if C.config.get_config_value("DEFAULT_KEEP_REMOTE_FILES"):
        return "the files of the task must be kept"
    python = _chosen_python(action, _variables(action, task_vars))
    if python and not _is_own_python(python):
        return f"ansible_python_interpreter is {python}"
    for name in environment:
        if name.startswith(AT_START):
            return f"the environment sets {name}"
    return ""


def _variables(action: ActionBase, task_vars: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the variables of the host on which the task runs."""
    delegate = action._task.delegate_to
    variables: Mapping[str, Any] = task_vars["ansible_delegated_vars"][delegate] if delegate else task_vars
    return variables


def _stays_user(action: ActionBase) -> bool:
    """Whether Ansible need not change to another user, since it is the same one."""
    user = pwd.getpwuid(os.geteuid()).pw_name
    return bool(
        action.get_become_option("become_user") == action._get_remote_user() == user
        and not C.config.get_config_value("BECOME_ALLOW_SAME_USER")
    )


def _chosen_python(action: ActionBase, variables: Mapping[str, Any]) -> str:
    """Return the Python that the user set by variable or configuration, or an empty text for discovery."""
    setting = C.config.get_config_value("INTERPRETER_PYTHON", variables=variables)
    python = str(action._templar.template(setting)).strip()
    return "" if python in AUTOMATIC else python


def _is_own_python(python: str) -> bool:
    """Whether it runs Ansible, by any name in the same folder. Links are not resolved, as they may leave a venv."""
    if not os.path.isabs(python):
        return False
    own = sys.executable
    same_folder = os.path.realpath(os.path.dirname(python)) == os.path.realpath(os.path.dirname(own))
    return same_folder and os.path.realpath(python) == os.path.realpath(own)
