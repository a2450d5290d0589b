# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""References between nodes: for example, alerts refer to the channels that they notify."""

from __future__ import annotations

from ..._kinds.field import Reference
from ..._values.placeholders import placeholder
from .node import Node


def used_by(node: Node) -> list[Reference]:
    """Return the references of a node, as described or existing."""
    state = node.outcome.state if node.outcome and node.item.present else None
    return node.kind.references(state) if state else []


def is_among(references: list[Reference], node: Node) -> bool:
    """Whether one of the references is to the object of a node."""
    id_or_placeholder = node.id or placeholder(node.kind.name, node.name or "")
    return any(reference.kind is node.kind and reference.id == id_or_placeholder for reference in references)


def refers_to(node: Node, other: Node) -> bool:
    """Whether a node refers to another by its name."""
    return (other.kind, other.name) in node.kind.names_used(node.item.wanted)
