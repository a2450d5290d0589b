# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is in the organization and is not described."""

from __future__ import annotations

from typing import NamedTuple

from ..._api.client import Wire
from ..._api.errors import OptionError
from ..._kinds.kind import Kind
from ..._kinds.kinds import ORGANIZATION_KINDS, STACK_KINDS
from ..._kinds.project import PROJECT
from ..organization import named, oldest_first
from ..plan import Item
from .node import PRUNED, Node
from .stack import Stack, find


class Pruning(NamedTuple):
    """What the user lets be removed: C(kinds) by their options, such as C(alerts), and how many objects at most."""

    kinds: list[str]
    limit: int


def undescribed(stack: Stack, pruning: Pruning) -> list[Node]:
    """Nodes that remove what is not described. Raises OptionError when they are more than may be."""
    pruned: list[Node] = []
    for kind in STACK_KINDS:
        if kind.plural not in pruning.kinds:
            continue
        if kind in ORGANIZATION_KINDS:
            if not stack.description.has_list(kind):
                raise OptionError(
                    "prune",
                    f"{kind.plural} cannot be pruned when {kind.plural} is not given (an empty list removes all)",
                )
            pruned += _undescribed(stack, kind, None)
            continue
        for owner in stack.nodes:
            if owner.kind is PROJECT and owner.item.present and stack.description.has_list(kind, owner):
                pruned += _undescribed(stack, kind, owner)
    _check_that_some_exist(stack, pruned)
    lost = [node for node in pruned if not node.skipped]
    if len(lost) > pruning.limit:
        names = ", ".join(str(node.placed) for node in lost[:10]) + (", ..." if len(lost) > 10 else "")
        raise OptionError("prune_limit", f"{len(lost)} objects would be removed, and {pruning.limit} may be: {names}")
    return pruned


def held_back(broken: list[Node]) -> str:
    """Why nothing is pruned: what could not be made or changed may be meant to take the place of what goes."""
    failed = [node for node in broken if node.item.present]
    return f"nothing is pruned when something fails, and {failed[0].item} did" if failed else ""


def _check_that_some_exist(stack: Stack, pruned: list[Node]) -> None:
    """Skip the kinds of which objects are described and none exists: the organization may be the wrong one."""
    for kind in dict.fromkeys(node.kind for node in pruned):
        described = [node for node in stack.nodes if node.kind is kind and node.item.present and not node.broken]
        if described and not any(find(node, stack.existing(kind, node.owner)) for node in described):
            reason = f"none of the {kind.plural} that are described exists: is this the right organization?"
            stack.organization.warnings.append(f"No {kind.plural} are pruned, since {reason}")
            for node in pruned:
                if node.kind is kind:
                    node.skipped = reason


def _undescribed(stack: Stack, kind: Kind, owner: Node | None) -> list[Node]:
    existing = stack.existing(kind, owner)
    described = _described(stack.nodes_of(kind, owner), existing)
    return [
        Node(PRUNED, Item(kind, {kind.key: item.get(kind.wire_key)}, item["id"], None, False), owner)
        for item in sorted(existing, key=lambda item: (str(item.get(kind.wire_key)), item["id"]))
        if item["id"].lower() not in described and not kind.owner(item)
    ]


def _described(nodes: list[Node], existing: list[Wire]) -> set[str]:
    """The ids of the objects that nodes describe. Of several that have a described name, the oldest is meant."""
    described = {node.item.id.lower() for node in nodes if node.item.id is not None}
    for node in nodes:
        if node.item.id is None:
            bearers = named(node.kind, existing, node.name)
            described.update(
                item["id"].lower()
                for item in oldest_first([item for item in bearers if item["id"].lower() not in described])[:1]
            )
    return described
