# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A description beside the organization that it describes: what reading, planning and applying share."""

from __future__ import annotations

from dataclasses import dataclass

from ..._api.client import Wire
from ..._kinds.kind import Kind
from ..._kinds.kinds import CONTAINER
from ..._values.option_errors import OptionError
from ..lookup import by_id, by_name
from ..organization import Organization, Parent
from .description import Description
from .node import Node


@dataclass
class Stack:
    """The nodes of a description, and the organization that they are read from and applied to."""

    organization: Organization
    description: Description
    requests: int = 0  # that it takes to apply the plan, when nothing goes wrong
    digest: str = ""  # of the plan
    is_approved: bool = False  # only what was planned first may be done
    refused: bool = False  # the plan is another than was expected, and was not applied

    @property
    def nodes(self) -> list[Node]:
        """All nodes in the order of the description; those that are pruned come last."""
        return self.description.nodes

    def nodes_of(self, kind: Kind, owner: Node | None) -> list[Node]:
        """The nodes of one list."""
        return [node for node in self.nodes if node.kind is kind and node.owner is owner]

    def existing(self, kind: Kind, owner: Node | None) -> list[Wire]:
        """The objects of a list as they were read; none in a project that does not exist."""
        parent = self.existing_project(owner) if owner else None
        return self.organization.all(kind, parent) if owner is None or parent is not None else []

    def existing_project(self, owner: Node) -> Parent | None:
        """The project of a node, if it exists."""
        found = find(owner, self.organization.all(CONTAINER))
        return self.organization.parent(found["id"]) if found else None


def find(node: Node, objects: list[Wire]) -> Wire | None:
    """The object that a node describes, as far as reading needs it; planning reports what is ambiguous."""
    if node.item.id is not None:
        return by_id(objects, node.item.id)
    try:
        return by_name(node.kind, objects, str(node.item.wanted.get(node.kind.key)))
    except OptionError:
        return None
