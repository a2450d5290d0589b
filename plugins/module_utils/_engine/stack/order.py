# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order in which objects are planned and applied."""

from __future__ import annotations

from ..._kinds.kinds import CONTAINER, ORGANIZATION_KINDS, PROJECT_KINDS
from .node import Node


def phases(nodes: list[Node]) -> list[list[Node]]:
    """Return the nodes in groups; those of one group do not depend on each other.

    Objects that others use are created first and removed last. Another object may take a name that one gives up, so
    changes of names come first, one by one.
    """
    groups = []
    for kinds in (ORGANIZATION_KINDS, PROJECT_KINDS):
        kept = [node for node in nodes if node.kind in kinds and node.item.present]
        groups += [[node] for node in kept if node.changes_name]
        groups.append([node for node in kept if not node.changes_name])
    others = tuple(kind for kind in ORGANIZATION_KINDS if kind is not CONTAINER)
    for kinds in (PROJECT_KINDS, (CONTAINER,), others):
        groups.append([node for node in nodes if node.kind in kinds and not node.item.present])
    return groups
