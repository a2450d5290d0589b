# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that only read objects of a kind: C(logfire_*_info)."""

from __future__ import annotations

from typing import Any

from .._api.errors import LogfireError
from .._engine.organization import Organization, Parent, id_of
from .._kinds.field import State
from .._kinds.kind import Kind
from .kind import shown
from .module import LogfireModule, blank, connect, make_module, run_safely


def run_kind_info(kind: Kind) -> None:
    """The whole of a module that reads objects of a kind, with filters."""
    options: dict[str, Any] = {
        option: {"type": "str"} for option in ((kind.key, "id") if kind.has_ids else (kind.key,))
    }
    if kind.parent is not None:
        options["project"] = {"type": "str", "required": True}
    if kind.left_out:
        options[f"{kind.left_out}s"] = {"type": "bool", "default": False}
    module = make_module(options)
    run_safely(module, lambda: {"changed": False, f"{kind.name}s": _read_kind(module, kind, connect(module))})


def _read_kind(module: LogfireModule, kind: Kind, organization: Organization) -> list[State]:
    params = module.params
    name, object_id = blank(params, kind.key), blank(params, "id")
    parent = find_parent(module, organization) if kind.parent is not None else None
    items = organization.all(kind, parent)
    warn_of_missing(module, parent)
    if object_id is not None:
        items = [item for item in items if item["id"].lower() == object_id.lower()]
    if name is not None:
        items = [item for item in items if kind.is_called(item, name)]
    whole = not kind.left_out or params[f"{kind.left_out}s"]
    if whole:
        items = [organization.complete(kind, parent, item) for item in items]
    states = []
    for item in sorted(items, key=lambda item: (str(item.get(kind.wire_key)), item["id"])):
        try:
            state = kind.public(kind.read(item, id_of(parent)), {})
        except LogfireError as error:
            if object_id is not None or name is not None:
                raise
            module.warn(f"The {kind.word} {item['id']} is left out: {error.problem}.")
            continue
        if not whole:
            del state[kind.left_out]
        states.append({**shown(kind, state), **{member: item.get(member) for member in kind.live}})
    return states


def find_parent(module: LogfireModule, organization: Organization) -> Parent:
    """The project that the option names. Raises OptionError when it is blank, LogfireError."""
    blank(module.params, "project")
    return organization.parent(module.params["project"])


def warn_of_missing(module: LogfireModule, parent: Parent | None) -> None:
    """Nothing is found in a project that does not exist, and a misspelled name should not look like an empty one."""
    if parent is not None and parent.id is None:
        module.warn(f"There is no project {parent.reference!r}.")
