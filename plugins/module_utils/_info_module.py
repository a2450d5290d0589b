# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that only read: C(logfire_*_info)."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial
from typing import Any

from ._client import Wire
from ._module import LogfireModule, blank, connect, make_module, run_safely
from ._organization import Organization, Parent
from ._resources.dashboard import DASHBOARD
from ._resources.kind import Kind, State
from ._resources.token import TokenType, is_active, load_token


def run_kind_info(kind: Kind) -> None:
    """The whole of a module that reads objects of a kind, with filters."""
    options: dict[str, Any] = {kind.key: {"type": "str"}, "id": {"type": "str"}}
    if kind.in_project:
        options["project"] = {"type": "str", "required": True}
    if kind is DASHBOARD:
        options["definitions"] = {"type": "bool", "default": False}
    module = make_module(options)
    run_safely(module, lambda: {"changed": False, f"{kind.name}s": _read_kind(module, kind, connect(module))})


def _read_kind(module: LogfireModule, kind: Kind, organization: Organization) -> list[State]:
    params = module.params
    name, object_id = blank(params, kind.key), blank(params, "id")
    parent = _parent(module, organization) if kind.in_project else None
    items = organization.all(kind, parent)
    _warn_of_missing(module, parent)
    if object_id is not None:
        items = [item for item in items if item["id"].lower() == object_id.lower()]
    if name is not None:
        items = [item for item in items if item.get(kind.wire_key) == name]
    if params.get("definitions"):
        items = [organization.complete(kind, parent, item) for item in items]
    states = []
    for item in sorted(items, key=lambda item: (str(item.get(kind.wire_key)), item["id"])):
        state = kind.public(kind.read(item))
        if kind is DASHBOARD and not params["definitions"]:
            del state["definition"]
        states.append({**state, **{member: item.get(member) for member in kind.live}})
    return states


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
    wanted, parent, now = module.params["active"], _parent(module, organization), datetime.now(timezone.utc)
    states = []
    for token_type in [module.params["type"]] if module.params["type"] else ["write", "read"]:
        for token in organization.in_project(parent, partial(_list_tokens, organization, token_type)):
            state = {**load_token(token, token_type, parent.name), "active": is_active(token, now)}
            if wanted is None or state["active"] == wanted:
                states.append(state)
    _warn_of_missing(module, parent)
    return sorted(states, key=lambda state: (state["type"], str(state["created_at"]), state["id"]))


def _list_tokens(organization: Organization, token_type: str, project_id: str) -> list[Wire]:
    return TokenType(token_type, organization.client, project_id).read_all()


def _parent(module: LogfireModule, organization: Organization) -> Parent:
    blank(module.params, "project")
    return organization.parent(module.params["project"])


def _warn_of_missing(module: LogfireModule, parent: Parent | None) -> None:
    if parent is not None and parent.id is None:
        module.warn(f"There is no project {parent.reference!r}.")
