# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds objects of the organization that are not described."""

from __future__ import annotations

from typing import NamedTuple

from ..._api.client import Wire
from ..._kinds.kind import Kind
from ..._kinds.kinds import CONTAINER, ORGANIZATION_KINDS, PROJECT_KINDS, STACK_KINDS
from ..._values.option_errors import OptionError
from ..lookup import by_id, named, oldest_first
from ..plan import Item
from .node import PRUNED, Node
from .stack import Stack


class Pruning(NamedTuple):
    """What may be removed: C(kinds) by their options, such as C(alerts), and how many objects at most."""

    kinds: list[str]
    limit: int
    projects_limit: int = 0


def undescribed(stack: Stack, pruning: Pruning) -> list[Node]:
    """Return nodes that remove objects that are not described. Raises OptionError if there are too many of them."""
    pruned: list[Node] = []
    for kind in STACK_KINDS:
        if kind.plural not in pruning.kinds:
            continue
        if kind in ORGANIZATION_KINDS:
            if not stack.description.has_list(kind):
                raise OptionError(
                    "prune",
                    f"{kind.word}s cannot be pruned when {kind.plural} is not set (an empty list removes all)",
                )
            pruned += _undescribed(stack, kind, None)
            continue
        for owner in stack.nodes:
            if owner.kind is CONTAINER and owner.item.present and stack.description.has_list(kind, owner):
                pruned += _undescribed(stack, kind, owner)
    _check_that_some_exist(stack, pruned)
    lost = [node for node in pruned if not node.skipped]
    _note_contents(stack, lost)
    _check_limits(lost, pruning)
    return pruned


def _note_contents(stack: Stack, pruned: list[Node]) -> None:
    """Read what is removed with projects: it is counted, and shown in plans. Raises LogfireError."""
    for node in pruned:
        if node.kind is CONTAINER:
            for kind in [kind for kind in PROJECT_KINDS if not kind.is_optional]:  # not every API token may read those
                names = sorted(str(item.get(kind.wire_key)) for item in stack.existing(kind, node))
                node.contents[kind.plural] = names
            stack.organization.warnings.append(f"Pruning removes {_with_contents(node)}.")


def _with_contents(node: Node) -> str:
    if node.kind is not CONTAINER:
        return str(node.placed)
    counts = ", ".join(f"{len(names)} {plural}" for plural, names in node.contents.items())
    return f"{node.placed} (with {counts} and its telemetry)"


def _check_limits(lost: list[Node], pruning: Pruning) -> None:
    """Raise OptionError if too many objects would be removed, including those in removed projects."""
    projects = [node for node in lost if node.kind is CONTAINER]
    number = len(lost) + sum(len(names) for node in lost for names in node.contents.values())
    for option, nodes, count, what, limit in (
        ("prune_projects_limit", projects, len(projects), "projects", pruning.projects_limit),
        ("prune_limit", lost, number, "objects", pruning.limit),
    ):
        if count > limit:
            names = ", ".join(map(_with_contents, nodes[:10])) + (", ..." if len(nodes) > 10 else "")
            raise OptionError(option, f"{count} {what} would be deleted, but the limit is {limit}: {names}")


def why_not_pruned(broken: list[Node]) -> str:
    """Return why nothing is pruned after a failure: the failed object may be the replacement for a removed one."""
    failed = [node for node in broken if node.item.present]
    return f"nothing is pruned after a failure, and {failed[0].item} failed" if failed else ""


def _check_that_some_exist(stack: Stack, pruned: list[Node]) -> None:
    """Do not prune kinds of which none of the described objects exists: the organization may be the wrong one."""
    for kind in dict.fromkeys(node.kind for node in pruned):
        described = [node for node in stack.nodes if node.kind is kind and node.item.present and not node.broken]
        if described and not any(_exists(node, stack.existing(kind, node.owner)) for node in described):
            reason = f"none of the described {kind.word}s exist: is this the right organization?"
            stack.organization.warnings.append(f"No {kind.word}s are pruned, since {reason}")
            for node in pruned:
                if node.kind is kind:
                    node.skipped = reason


def _exists(node: Node, existing: list[Wire]) -> bool:
    """Whether any object matches a node, even if several have its name."""
    if node.item.id is not None:
        return by_id(existing, node.item.id) is not None
    return bool(named(node.kind, existing, node.name))


def _undescribed(stack: Stack, kind: Kind, owner: Node | None) -> list[Node]:
    existing = stack.existing(kind, owner)
    described = _described(stack.nodes_of(kind, owner), existing)
    return [
        Node(PRUNED, _removal(kind, item), owner)
        for item in sorted(existing, key=lambda item: (str(item.get(kind.wire_key)), item["id"]))
        if item["id"] not in described and not kind.owner(item)
    ]


def _removal(kind: Kind, item: Wire) -> Item:
    """Return the item that removes an object, by its ID because its name may be ambiguous."""
    return Item(kind, {kind.key: item.get(kind.wire_key)}, item["id"] if kind.has_ids else None, None, False)


def _described(nodes: list[Node], existing: list[Wire]) -> set[str]:
    """Return the IDs of the objects that nodes describe; of several of the same name, that of the oldest."""
    found = [by_id(existing, node.item.id) for node in nodes if node.item.id is not None]
    described = {item["id"] for item in found if item is not None}
    for node in nodes:
        if node.item.id is None:
            bearers = named(node.kind, existing, node.name)
            described.update(
                item["id"] for item in oldest_first([item for item in bearers if item["id"] not in described])[:1]
            )
    return described
