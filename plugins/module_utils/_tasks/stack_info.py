# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Ansible side of whole organizations that are described: C(logfire_stack_info)."""

from __future__ import annotations

from typing import Any

from .._api.parallel import CONCURRENCY, concurrency
from .._engine.export import describe_organization
from .module import LogfireModule, connect, make_module, run_safely


def run_stack_info() -> None:
    """The whole of C(logfire_stack_info)."""
    options: dict[str, Any] = {"projects": {"type": "list", "elements": "str"}, "concurrency": CONCURRENCY}
    module = make_module(options)
    run_safely(module, lambda: _describe(module))


def _describe(module: LogfireModule) -> dict[str, Any]:
    organization = connect(module)
    stack = describe_organization(organization, module.params["projects"], concurrency(module.params))
    for warning in dict.fromkeys(organization.warnings):  # before ansible-core 2.19 each would be shown
        module.warn(warning)
    return {"changed": False, "stack": stack}
