# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plan, carried out: one phase after the other, the nodes of a phase side by side."""

from __future__ import annotations

from concurrent.futures import Executor

from ..._api.errors import OptionError
from ..._api.parallel import side_by_side
from ..._kinds.alert import ALERT
from ..._kinds.channel import CHANNEL
from ..._kinds.dashboard import DASHBOARD
from ..._kinds.project import PROJECT
from ..engine import Engine
from .node import Node
from .order import phases
from .references import channels_of, uses
from .stack import Stack


def apply(stack: Stack, pool: Executor) -> None:
    """Make and change what lies in the organization, then what lies in projects; remove the other way round.

    Afterwards each node that was to be changed has its real outcome, an error, or why it was skipped.
    """
    engine = Engine(stack.organization)
    for phase in phases([node for node in stack.nodes if node.outcome and node.outcome.changed]):
        broken = [node for node in stack.nodes if node.broken]
        for node in phase:
            node.skipped = _blocked_reason(node, broken)
        ready = [node for node in phase if not node.skipped]
        for node, error in zip(ready, side_by_side(pool, lambda node: _ensure(engine, node), ready)):
            node.error = error


def _ensure(engine: Engine, node: Node) -> None:
    try:
        node.outcome = engine.ensure(node.placed)
    except OptionError as error:
        raise error.within(node.place) from None
    if node.kind is PROJECT and node.outcome.action == "create" and node.id:
        engine.organization.start_empty(DASHBOARD, node.id)


def _blocked_reason(node: Node, broken: list[Node]) -> str:
    """Why a node cannot be tried after what failed in earlier phases, or nothing."""
    if node.owner is not None and node.owner.broken:
        return f"the project {node.owner.name!r} failed"
    for other in broken:
        if node.item.present and other.kind is CHANNEL and uses(channels_of(node), other):
            return f"the channel {other.name!r} failed"
        if node.kind is CHANNEL and not node.item.present and other.kind is ALERT:
            before = other.outcome.current if other.outcome else None
            if other.outcome is None or (before and uses(before["channels"], node)):
                return f"the alert {other.name!r} failed and may still use it"
    return ""
