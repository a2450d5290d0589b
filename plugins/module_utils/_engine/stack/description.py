# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Parses a description: from options to nodes, without any request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..._api.errors import article
from ..._kinds.kind import Kind
from ..._kinds.kinds import CONTAINER, ORGANIZATION_KINDS, PROJECT_KINDS, STACK_KINDS
from ..._values.option_errors import OptionError, OptionErrors, Problems
from ..plan import Item
from .node import Node


@dataclass
class Description:
    """The nodes in their order, and which lists are set: an empty list differs from an omitted one when pruning."""

    nodes: list[Node] = field(default_factory=list)
    lists: set[tuple[str, str]] = field(default_factory=set)  # kind, and place of the project or ""
    is_whole: bool = False  # options that an object omits are set to their defaults

    def has_list(self, kind: Kind, owner: Node | None = None) -> bool:
        return (kind.name, owner.place if owner else "") in self.lists


def stack_options() -> dict[str, Any]:
    """Return the argument spec of a description, which nests those of the kinds."""
    inside = {kind.plural: _list_of(kind) for kind in PROJECT_KINDS}
    return {kind.plural: _list_of(kind, inside if kind is CONTAINER else {}) for kind in ORGANIZATION_KINDS}


def _list_of(kind: Kind, more: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "list", "elements": "dict", "options": {**kind.argument_spec(), **(more or {})}, **kind.rules}


def parse_description(params: dict[str, Any], is_whole: bool = False) -> Description:
    """Parse the options of a description. Raises OptionError with all problems that need no request, and their places.

    With C(is_whole), options that an object omits are set to their defaults.
    """
    description, problems = Description(is_whole=is_whole), Problems()
    for kind in ORGANIZATION_KINDS:
        for node, options in _parse_list(description, kind, params, None, problems):
            for inner in PROJECT_KINDS if kind is CONTAINER else ():
                if options.get(inner.plural) and not node.item.present:
                    problem = OptionError(inner.plural, f"cannot be set in {article(kind.word)} with state=absent")
                    problems.add(problem.within(node.place, str(node.item)))
                list(_parse_list(description, inner, options, node, problems))
    problems.raise_any()
    return description


def name_place(error: OptionError, params: dict[str, Any]) -> OptionError:
    """Return the error with the name of the object before its path, such as C(project 'shop') (projects[1])."""
    if isinstance(error, OptionErrors):
        return OptionErrors([name_place(each, params) for each in error.errors])
    owner: Node | None = None
    place, rest = "", error.option
    while match := re.match(r"\.?(([a-z]+)\[([0-9]+)\])", rest):
        kind = next((kind for kind in STACK_KINDS if kind.plural == match[2]), None)
        items = params.get(match[2])
        item = items[int(match[3])] if isinstance(items, list) else None
        if kind is None or not isinstance(item, dict):
            break
        place, rest, params = f"{place}.{match[1]}".lstrip("."), rest[match.end() :], item
        owner = Node(place, Item(kind, {kind.key: item.get(kind.key)}, item.get("id")), owner)
    return error.of(rest.lstrip(".")).within(place, owner.subject) if owner and owner.subject else error


def _parse_list(
    description: Description, kind: Kind, options: dict[str, Any], owner: Node | None, problems: Problems
) -> Iterator[tuple[Node, dict[str, Any]]]:
    place = f"{owner.place}.{kind.plural}" if owner else kind.plural
    items = options.get(kind.plural)
    if items is None:
        return
    description.lists.add((kind.name, owner.place if owner else ""))
    seen: dict[tuple[str, str], str] = {}
    for index, item in enumerate(items):
        node = Node(f"{place}[{index}]", Item(kind, {kind.key: item.get(kind.key)}, item.get("id")), owner)
        try:
            node.item = _parse_item(kind, item, description.is_whole)
        except OptionError as error:
            problems.add(error.within(node.place, node.subject))
        named_by = "id" if item.get("id") is not None else kind.key  # objects with IDs may share a name
        meaning = kind.canonical_key(item[named_by]) if named_by == kind.key else item[named_by]
        first = seen.setdefault((named_by, meaning), node.place)
        if first != node.place:
            of = f" in {owner.item}" if owner else ""
            problem = f"duplicate {kind.word} {named_by} {item[named_by]!r}{of}; first used in {first}"
            problems.add(OptionError(named_by, problem).within(node.place, node.subject))
        description.nodes.append(node)
        yield node, item


def _parse_item(kind: Kind, options: dict[str, Any], is_whole: bool) -> Item:
    kind.check_named(options)
    present = options["state"] == "present"
    wanted = kind.parse(options) if present else {kind.key: options.get(kind.key)}
    if present and is_whole:
        wanted = kind.with_defaults(wanted)
    return Item(kind, wanted, options.get("id"), None, present)
