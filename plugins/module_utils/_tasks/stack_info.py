# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module that describes whole organizations: C(logfire_stack_info)."""

from __future__ import annotations

from typing import Any

from .._api.parallel import CONCURRENCY, concurrency
from .._engine.export import describe_organization, with_id
from .._kinds.kinds import STACK_KINDS
from .._values.option_errors import OptionError
from .._values.secrets import place_of_secret
from .module import LogfireModule, connect, make_module, run_safely

ON_REQUEST = [kind for kind in STACK_KINDS if not kind.is_exported]


def run_stack_info() -> None:
    """Run the module C(logfire_stack_info)."""
    options: dict[str, Any] = {
        "projects": {"type": "list", "elements": "str"},
        "ids": {"type": "bool", "default": False},
        "concurrency": CONCURRENCY,
    }
    options.update((kind.plural, {"type": "bool", "default": False}) for kind in ON_REQUEST)
    module = make_module(options)
    run_safely(module, lambda: _describe(module))


def _describe(module: LogfireModule) -> dict[str, Any]:
    organization = connect(module)
    more = [kind for kind in ON_REQUEST if module.params[kind.plural]]
    amend = {"amend": with_id} if module.params["ids"] else {}
    stack = describe_organization(organization, module.params["projects"], concurrency(module.params), more, **amend)
    for warning in dict.fromkeys(organization.warnings):  # ansible-core before 2.19 shows duplicates
        module.warn(warning)
    _refuse_secrets(stack, module.no_log_values)
    return {"changed": False, "stack": stack}


def _refuse_secrets(stack: dict[str, Any], secrets: set[str]) -> None:
    """Raise OptionError if a secret is in the description: to apply one with asterisks instead would be a change."""
    place = place_of_secret(stack, secrets)
    if place is not None:
        raise OptionError(
            "api_token",
            f"the API token occurs in the organization, in {place}; it cannot be shown, and a description with"
            " asterisks in its place would change the object when applied. Remove the token from there, and"
            " replace it: whoever can read the organization can use it",
        )
