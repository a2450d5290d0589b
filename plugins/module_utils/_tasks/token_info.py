# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module that reads tokens: C(logfire_token_info)."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial

from .._api.parallel import CONCURRENCY, workers
from .._engine.organization import Organization, Parent
from .._kinds.credential import is_active
from .._kinds.field import State
from .._kinds.token import TOKEN_KINDS
from .info import find_parents, warn_of_missing
from .module import LogfireModule, connect, make_module, run_safely


def run_token_info() -> None:
    """Run the module C(logfire_token_info)."""
    module = make_module(
        {
            "project": {"type": "str"},
            "type": {"type": "str", "choices": ["write", "read"]},
            "active": {"type": "bool"},
        }
    )
    run_safely(module, lambda: {"changed": False, "tokens": _read_tokens(module, connect(module))})


def _read_tokens(module: LogfireModule, organization: Organization) -> list[State]:
    wanted, now = module.params["active"], datetime.now(timezone.utc)
    kinds = [kind for kind in TOKEN_KINDS if module.params["type"] in (None, kind.type)]

    def read(parent: Parent) -> list[State]:
        states = []
        for kind in kinds:
            for wire in organization.in_project(parent, partial(kind.read_all, organization.client)):
                state = {**kind.result(wire, parent.name), "active": is_active(wire, now)}
                if wanted is None or state["active"] == wanted:
                    states.append(state)
        return sorted(states, key=lambda state: (state["type"], str(state["created_at"]), state["id"]))

    parents = find_parents(module, organization)
    with workers(CONCURRENCY["default"], organization.client) as pool:
        each = pool.map if len(parents) > 1 else map  # map uses the connection of this thread
        states = [state for states in each(read, parents) for state in states]
    warn_of_missing(module, parents)
    return states
