# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A description and the organization to which it applies, as used to read, plan and apply."""

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
    """The nodes of a description, and the organization for which they are read, planned and applied."""

    organization: Organization
    description: Description
    requests: int = 0  # that it takes to apply the plan if nothing fails
    digest: str = ""  # of the plan
    is_approved: bool = False  # only the first plan of each object may be applied
    refused: bool = False  # the plan differs from the approved one, and was not applied

    @property
    def nodes(self) -> list[Node]:
        """All nodes in the order of the description, followed by the pruned ones."""
        return self.description.nodes

    def nodes_of(self, kind: Kind, owner: Node | None) -> list[Node]:
        """Return the described nodes of one list."""
        return [node for node in self.nodes if node.kind is kind and node.owner is owner]

    def existing(self, kind: Kind, owner: Node | None) -> list[Wire]:
        """Return the objects of a list as they were read; none in a project that does not exist."""
        parent = self.existing_project(owner) if owner else None
        return self.organization.all(kind, parent) if owner is None or parent is not None else []

    def existing_project(self, owner: Node) -> Parent | None:
        """Return the project that a node describes, or None if it does not exist."""
        found = find(owner, self.organization.all(CONTAINER))
        return self.organization.parent(found["id"]) if found else None


def find(node: Node, objects: list[Wire]) -> Wire | None:
    """Return the object that a node describes, or None, also for an ambiguous name: planning reports that."""
    if node.item.id is not None:
        return by_id(objects, node.item.id)
    try:
        return by_name(node.kind, objects, str(node.item.wanted.get(node.kind.key)))
    except OptionError:
        return None
