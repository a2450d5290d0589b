# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that only read objects of a kind: C(logfire_*_info)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._api.client import Wire
from .._api.errors import LogfireError
from .._api.parallel import CONCURRENCY, workers
from .._engine.organization import Organization, Parent, id_of
from .._engine.unlisted import candidates
from .._kinds.field import State
from .._kinds.kind import Kind
from .._kinds.kinds import CONTAINER
from .kind import shown
from .module import LogfireModule, blank, connect, make_module, run_safely


def run_kind_info(kind: Kind) -> None:
    """Run a module that reads objects of a kind, with filters."""
    options: dict[str, Any] = {
        option: {"type": "str"} for option in ((kind.key, "id") if kind.has_ids else (kind.key,))
    }
    if kind.parent is not None:
        options["project"] = {"type": "str"}
    if kind.detail_option:
        options[f"{kind.detail_option}s"] = {"type": "bool", "default": False}
    module = make_module(options)
    run_safely(module, lambda: {"changed": False, f"{kind.name}s": _read_kind(module, kind, connect(module))})


def _read_kind(module: LogfireModule, kind: Kind, organization: Organization) -> list[State]:
    params = module.params
    name, object_id = blank(params, kind.key), blank(params, "id")
    whole = not kind.detail_option or params[f"{kind.detail_option}s"]

    def is_wanted(item: Wire) -> bool:
        is_that_one = object_id is None or item["id"].lower() == object_id.lower()
        return is_that_one and (name is None or kind.is_called(item, name))

    def complete(found: tuple[Parent | None, Wire]) -> tuple[Parent | None, Wire]:
        parent, item = found
        return parent, organization.complete(kind, parent, item) if whole else item

    parents: list[Parent | None] = [*find_parents(module, organization)] if kind.parent is not None else [None]
    with workers(CONCURRENCY["default"], organization.client) as pool:
        each = pool.map if len(parents) > 1 else map  # map uses the connection of this thread
        lists = zip(parents, each(lambda parent: candidates(organization, kind, parent, object_id), parents))
        wanted = [(parent, item) for parent, items in lists for item in _sorted(kind, items) if is_wanted(item)]
        found = list(each(complete, wanted))
    warn_of_missing(module, parents)
    states = []
    for parent, item in found:
        try:
            state = kind.public(kind.read(item, id_of(parent)), {})
        except LogfireError as error:
            if object_id is not None or name is not None:
                raise
            module.warn(f"The {kind.word} {item['id']} is left out: {error.problem}.")
            continue
        if not whole:
            del state[kind.detail_option]
        state.update({member: item.get(member) for member in kind.runtime_fields})
        if parent is not None and params["project"] is None:
            state["project_name"] = parent.name
        states.append(shown(kind, state))
    return states


def _sorted(kind: Kind, items: list[Wire]) -> list[Wire]:
    return sorted(items, key=lambda item: (str(item.get(kind.wire_key)), item["id"]))


def find_parent(module: LogfireModule, organization: Organization) -> Parent:
    """Return the project of the option. Raises OptionError if it is blank, and LogfireError."""
    blank(module.params, "project")
    return organization.parent(module.params["project"])


def find_parents(module: LogfireModule, organization: Organization) -> list[Parent]:
    """Return the project of the option, or all projects, sorted by name. Raises OptionError, LogfireError."""
    if module.params["project"] is not None:
        return [find_parent(module, organization)]
    projects = organization.all(CONTAINER)
    return [
        Parent(project["id"], project["id"], project.get(CONTAINER.wire_key), listed=True)
        for project in _sorted(CONTAINER, projects)
    ]


def warn_of_missing(module: LogfireModule, parents: Iterable[Parent | None]) -> None:
    """Warn of projects that do not exist, since an empty result would hide a misspelled name."""
    for parent in parents:
        if parent is not None and parent.id is None and module.params["project"] is not None:
            module.warn(f"Project {parent.reference!r} does not exist.")
