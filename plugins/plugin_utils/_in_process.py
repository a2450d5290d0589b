# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module in the process that Ansible has forked for the task, instead of packaging it for a new Python process.

Ansible does everything else, as for a module with pipelining: it completes the arguments, and parses the result.
"""

from __future__ import annotations

import inspect
from typing import Any, Callable

from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.utils.display import Display

from ._conditions import is_wanted, why_as_module
from ._core import built_module, encode_arguments, module_state
from ._isolation import call, isolated
from ._progress import reporting_progress

display = Display()


class InProcessAction(NormalAction):
    """The base of the action plugins of our modules. If the conditions are not met, the module runs as usual."""

    #: The main function of the module.
    main: Callable[[], None]

    _in_process = False
    _started = False
    _payload = b""
    _environment: dict[str, str] = {}

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any]
        reason = "logfire_in_process is false"
        if is_wanted(self, task_vars or {}):
            self._started = False
            try:
                self._environment = self._read_environment()
                reason = why_as_module(self, task_vars or {}, self._environment)
                if not reason:
                    self._in_process = True
                    result = NormalAction.run(self, tmp, task_vars)
                    return result
            except Exception as error:
                if self._started:
                    raise  # to run it as a module would repeat its requests
                reason = f"{type(error).__name__} while preparing to run in process"
        self._in_process = False
        self._log_way(f"as a module: {reason}")
        result = NormalAction.run(self, tmp, task_vars)
        return result

    def _log_way(self, way: str) -> None:
        display.vvv(f"{self._task.action} runs {way}", host=self._host)

    def _tell_progress(self, text: str) -> None:
        """Show the progress on stderr, since a program may read the results on stdout."""
        display.display(f"{self._module_name}: {text}", stderr=True)

    def _announce(self, text: str) -> None:
        display.v(f"{self._module_name}: {text}", host=self._host)

    @property
    def _module_name(self) -> str:
        return str(self._task.action).rpartition(".")[2]

    @property
    def _host(self) -> str:
        """The name of the task's host in Ansible's messages."""
        return str(self._task.delegate_to or self._play_context.remote_addr)

    def _read_environment(self) -> dict[str, str]:
        """Return the variables of the keyword C(environment)."""
        environment: dict[str, Any] = {}
        NormalAction._compute_environment_string(self, environment)
        return {name: str(value) for name, value in environment.items()}

    # Methods that ansible-core's _execute_module() calls

    def _is_pipelining_enabled(self, *args: Any, **kwargs: Any) -> bool:
        """Return that no files are required on the target."""
        return self._in_process or bool(NormalAction._is_pipelining_enabled(self, *args, **kwargs))

    def _configure_module(self, module_name: str, module_args: dict[str, Any], task_vars: dict[str, Any]) -> Any:
        """Return the payload to send, here only the arguments, and the path of the module."""
        if not self._in_process:
            return NormalAction._configure_module(
                self, module_name=module_name, module_args=module_args, task_vars=task_vars
            )
        self._payload = encode_arguments(module_args)
        return built_module(self._payload, inspect.getfile(self.main))

    def _low_level_execute_command(self, cmd: str, *args: Any, **kwargs: Any) -> Any:
        """Run the module instead of a command, and return its output and status."""
        if not self._in_process or kwargs.get("in_data") is not self._payload:
            return NormalAction._low_level_execute_command(self, cmd, *args, **kwargs)
        self._log_way("in Ansible's own process")
        teller = reporting_progress(self._tell_progress, self._announce)
        with isolated(self._environment, self._loader.get_basedir()) as output, module_state(self._payload), teller:
            self._started = True
            status = call(self.main)
        stdout, stderr = output.texts()
        return {
            "rc": status,
            "stdout": stdout,
            "stdout_lines": stdout.splitlines(),
            "stderr": stderr,
            "stderr_lines": stderr.splitlines(),
        }
