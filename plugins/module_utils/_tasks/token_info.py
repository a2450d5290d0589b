# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module that only reads tokens: C(logfire_token_info)."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial

from .._api.client import Wire
from .._engine.organization import Organization
from .._kinds.kind import State
from .._kinds.token import TokenType, is_active, load_token
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
    for token_type in [module.params["type"]] if module.params["type"] else ["write", "read"]:
        for token in organization.in_project(parent, partial(_list_tokens, organization, token_type)):
            state = {**load_token(token, token_type, parent.name), "active": is_active(token, now)}
            if wanted is None or state["active"] == wanted:
                states.append(state)
    warn_of_missing(module, parent)
    return sorted(states, key=lambda state: (state["type"], str(state["created_at"]), state["id"]))


def _list_tokens(organization: Organization, token_type: str, project_id: str) -> list[Wire]:
    return TokenType(token_type, organization.client, project_id).read_all()
