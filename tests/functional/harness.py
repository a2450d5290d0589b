# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run modules as Ansible does, but in this process, with options and results as JSON."""

import contextlib
import importlib
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from in_process import forget_warnings, module_arguments, shown

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

COLLECTION = "ansible_collections.community.logfire.plugins"


def path_first(message: str) -> str:
    """Return an error message without the names in front of its path, such as C(projects[0])."""
    names = r"^[^(]* \(((?:\w+\[\d+\]\.?)+)\): "
    return re.sub(names, r"\1: ", re.sub(rf"{names}(?=[\w.\[\]]+: )", r"\1.", message))


def is_write(request: Any) -> bool:
    """Return whether a request can change anything. Queries and exchanges of tokens cannot, although they are POSTs."""
    return request.method != "GET" and request.path not in ("/v2/query", "/api/oauth/token")


@dataclass
class Run:
    """A run of a module: its result, its output, and the requests that the emulator received during the run."""

    result: dict[str, Any]
    stdout: str
    stderr: str
    requests: list[Any]

    @property
    def failed(self) -> bool:
        return bool(self.result.get("failed"))

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed"))

    @property
    def calls(self) -> list[str]:
        """Methods and full paths, such as ``GET /api/v1/projects/``."""
        return [f"{request.method} {request.path}" for request in self.requests]

    @property
    def writes(self) -> list[str]:
        """The calls that can change something."""
        return [f"{request.method} {request.path}" for request in self.requests if is_write(request)]

    @property
    def warnings(self) -> list[str]:
        return [warning if isinstance(warning, str) else str(warning) for warning in self.result.get("warnings") or []]


class Runner:
    """Runs modules against an emulator."""

    def __init__(self, emulator: "RunningEmulator", key: str) -> None:
        self.emulator = emulator
        self.connection: dict[str, Any] = {"api_token": key, "base_url": emulator.base_url, "retry_timeout": 5}

    def __call__(self, module: str, /, *, check: bool = False, connect: bool = True, **options: Any) -> Run:
        """Run a module in diff mode. Unless ``connect`` is false, connection options that are not given are added."""
        forget_warnings()
        given = {**(self.connection if connect else {}), **options}
        arguments = {**given, "_ansible_check_mode": check, "_ansible_diff": True}
        seen = len(self.emulator.log)
        stdout, stderr = io.StringIO(), io.StringIO()
        main = importlib.import_module(f"{COLLECTION}.modules.{module}").main
        with (
            module_arguments(arguments),
            contextlib.redirect_stdout(stdout),
            contextlib.redirect_stderr(stderr),
        ):
            try:
                main()
            except SystemExit:
                pass
            else:
                raise AssertionError(f"{module} ended without a result")
        printed = shown(stdout.getvalue())
        result = json.loads(printed.splitlines()[-1])
        result.pop("invocation", None)
        assert not result.get("deprecations"), result["deprecations"]
        return Run(result, printed, stderr.getvalue(), list(self.emulator.log[seen:]))

    def ok(self, module: str, /, **options: Any) -> Run:
        """Run a module, which must succeed."""
        run = self(module, **options)
        assert not run.failed, run.result
        return run

    def fails(self, module: str, /, **options: Any) -> Run:
        """Run a module, which must fail with a message and without a traceback."""
        run = self(module, **options)
        assert run.failed, run.result
        assert "Traceback" not in run.stdout + run.stderr
        assert "Internal error" not in run.result["msg"]
        return run
