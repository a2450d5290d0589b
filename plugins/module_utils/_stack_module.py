# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Ansible side of whole organizations: C(logfire_stack) and C(logfire_stack_info)."""

from __future__ import annotations

from typing import Any

from ._errors import OptionError
from ._export import describe_organization
from ._module import LogfireModule, connect, make_module, run_safely
from ._stack import BY_LIST, Stack, parse_description, stack_options

CONCURRENCY: dict[str, Any] = {"type": "int", "default": 8}


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
    run_safely(module, lambda: _apply(module))


def _apply(module: LogfireModule) -> dict[str, Any]:
    params = module.params
    description = parse_description(params)
    stack = Stack(connect(module), description, _concurrency(module))
    stack.run(params["prune"], params["prune_limit"])
    for warning in sorted(set(stack.organization.warnings)):  # threads give them in any order
        module.warn(warning)
    result = stack.result()
    if not module._diff:
        result.pop("diff")
    return result


def run_stack_info() -> None:
    """The whole of C(logfire_stack_info)."""
    options: dict[str, Any] = {"projects": {"type": "list", "elements": "str"}, "concurrency": CONCURRENCY}
    module = make_module(options)
    run_safely(module, lambda: _describe(module))


def _describe(module: LogfireModule) -> dict[str, Any]:
    organization = connect(module)
    stack = describe_organization(organization, module.params["projects"], _concurrency(module))
    for warning in organization.warnings:
        module.warn(warning)
    return {"changed": False, "stack": stack}


def _concurrency(module: LogfireModule) -> int:
    concurrency: int = module.params["concurrency"]
    if not 1 <= concurrency <= 64:
        raise OptionError("concurrency", f"{concurrency} is out of range; allowed is 1 to 64")
    return concurrency
