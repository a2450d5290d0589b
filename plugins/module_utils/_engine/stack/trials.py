# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the queries of planned objects concurrently, before anything is written."""

from __future__ import annotations

from concurrent.futures import Executor

from ..._api.parallel import side_by_side
from ..._values.option_errors import OptionError
from ..preview import Place, Preview
from .node import Node
from .stack import Stack

HELD_BACK = "a query in the description fails, so nothing was changed"


def try_out(stack: Stack, preview: Preview, pool: Executor) -> bool:
    """Run the queries of objects to create or change; return whether none failed. A failure is the node's error.

    Raises OptionError if there is no read token for a project.
    """
    nodes = [node for node in stack.nodes if node.changed and node.outcome and preview.concerns(node.outcome.plan)]
    errors = side_by_side(pool, lambda node: _try(preview, node), nodes)
    for node, error in zip(nodes, errors):
        if isinstance(error, OptionError):
            raise error
        node.error = error
    return not any(errors)


def hold_back(stack: Stack) -> None:
    """Mark all nodes with planned changes as skipped."""
    for node in stack.nodes:
        if node.changed:
            node.skipped = HELD_BACK


def _try(preview: Preview, node: Node) -> None:
    owner, outcome = node.owner, node.outcome
    if owner is None or outcome is None:
        raise AssertionError("only changes of what lies in a project are tried")
    current = (owner.outcome.current if owner.outcome else None) or {"id": None}
    place = Place(current["id"], current.get(owner.kind.key), owner.name or "")
    node.trial = preview.try_out(node.placed, outcome.plan, place)
