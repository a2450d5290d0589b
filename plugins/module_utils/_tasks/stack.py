# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Ansible side of whole organizations that are applied: C(logfire_stack)."""

from __future__ import annotations

import gc
from typing import Any

from .._api.parallel import CONCURRENCY, concurrency
from .._engine.stack import BY_LIST, Stack, parse_description, stack_options
from .module import LogfireModule, connect, make_module, run_safely


def run_stack() -> None:
    """The whole of C(logfire_stack)."""
    module = make_module(
        {
            **stack_options(),
            "prune": {"type": "list", "elements": "str", "choices": list(BY_LIST), "default": []},
            "prune_limit": {"type": "int", "default": 20},
            "concurrency": CONCURRENCY,
        }
    )
    gc.freeze()  # what is here by now stays to the end; looking it through for garbage would take a tenth of the time
    run_safely(module, lambda: _apply(module), long_arguments=True)


def _apply(module: LogfireModule) -> dict[str, Any]:
    params = module.params
    description = parse_description(params)
    stack = Stack(connect(module), description, concurrency(module.params))
    stack.run(params["prune"], params["prune_limit"])
    for warning in sorted(set(stack.organization.warnings)):  # threads give them in any order
        module.warn(warning)
    result = stack.result()
    if module._diff:
        result["diff"] = stack.diff()
    return result
