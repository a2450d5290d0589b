# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is planned, tried before anything is written: queries side by side."""

from __future__ import annotations

from concurrent.futures import Executor

from ..._api.parallel import side_by_side
from ..._values.option_errors import OptionError
from ..preview import Place, Preview
from .node import Node
from .stack import Stack

HELD_BACK = "the query of what is described fails, and so nothing was changed"


def try_out(stack: Stack, preview: Preview, pool: Executor) -> bool:
    """Run the queries of what would be made or changed. Whether none failed; those that did have an error then.

    Raises OptionError when there is no read token of a project.
    """
    nodes = [node for node in stack.nodes if node.changed and node.outcome and preview.concerns(node.outcome.plan)]
    errors = side_by_side(pool, lambda node: _try(preview, node), nodes)
    for node, error in zip(nodes, errors):
        if isinstance(error, OptionError):
            raise error
        node.error = error
    return not any(errors)


def hold_back(stack: Stack) -> None:
    """Say of all that was to be changed that it was not tried."""
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
