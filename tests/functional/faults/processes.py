# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run modules in separate processes, which can be killed, and which run concurrently, as with Ansible."""

import contextlib
import importlib
import io
import json
import multiprocessing
from collections.abc import Sequence
from multiprocessing.context import ForkServerContext
from typing import Any

from in_process import module_arguments

MODULES = "ansible_collections.community.logfire.plugins.modules"


def fork_server(modules: Sequence[str]) -> ForkServerContext:
    """Return a fork server whose processes have imported these modules, and inherit no threads of this process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["in_process", "processes", *(f"{MODULES}.{module}" for module in modules)])
    return context


def run_module(module: str, arguments: dict[str, Any], start: Any = None, result: Any = None) -> None:
    """Run a module in such a process. Waits for the barrier C(start), and puts the result into the queue C(result)."""
    stdout = io.StringIO()
    main = importlib.import_module(f"{MODULES}.{module}").main
    if start is not None:
        start.wait()
    with contextlib.redirect_stdout(stdout), module_arguments(arguments), contextlib.suppress(SystemExit):
        main()
    if result is not None:
        result.put(json.loads(stdout.getvalue().splitlines()[-1]))
