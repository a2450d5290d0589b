# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module that only reads tokens: C(logfire_token_info)."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial

from .._engine.organization import Organization
from .._kinds.credential import is_active
from .._kinds.field import State
from .._kinds.token import TOKEN_KINDS
from .info import find_parent, warn_of_missing
from .module import LogfireModule, connect, make_module, run_safely


def run_token_info() -> None:
    """The whole of C(logfire_token_info)."""
    module = make_module(
        {
            "project": {"type": "str", "required": True},
            "type": {"type": "str", "choices": ["write", "read"]},
            "active": {"type": "bool"},
        }
    )
    run_safely(module, lambda: {"changed": False, "tokens": _read_tokens(module, connect(module))})


def _read_tokens(module: LogfireModule, organization: Organization) -> list[State]:
    wanted, parent, now = module.params["active"], find_parent(module, organization), datetime.now(timezone.utc)
    states = []
    for kind in TOKEN_KINDS:
        if module.params["type"] in (None, kind.type):
            for wire in organization.in_project(parent, partial(kind.read_all, organization.client)):
                state = {**kind.result(wire, parent.name), "active": is_active(wire, now)}
                if wanted is None or state["active"] == wanted:
                    states.append(state)
    warn_of_missing(module, parent)
    return sorted(states, key=lambda state: (state["type"], str(state["created_at"]), state["id"]))
