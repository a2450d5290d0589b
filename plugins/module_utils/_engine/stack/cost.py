# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Predicts how many requests it takes to apply a plan."""

from __future__ import annotations

from contextlib import suppress

from ..._api.client import Wire
from ..._api.errors import LogfireError
from ..._kinds.kinds import CONTAINER
from ..._values.placeholders import is_placeholder
from ..duplicates import may_be_duplicate
from ..organization import Organization
from ..users import users_of
from .stack import Stack


def requests_to_apply(stack: Stack, preview: Organization) -> int:
    """Return how many requests L(apply) sends for a stack that was planned on C(preview), if nothing fails."""
    outcomes = [(node, node.outcome) for node in stack.nodes if node.outcome and node.changed]
    writes = sum(outcome.plan.requests for _node, outcome in outcomes)
    looks_again = {(node.kind, node.owner) for node, outcome in outcomes if may_be_duplicate(node.kind, outcome)}
    return writes + len(looks_again) + _reads_of_users(stack, preview)


def _reads_of_users(stack: Stack, preview: Organization) -> int:
    """Count the lists that were not read yet of objects that may use a removed object."""
    removed = [node for node in stack.nodes if node.changed and not node.item.present]
    kinds = list(dict.fromkeys(user for node in removed for user in users_of(node.kind)))
    if not kinds:
        return 0
    gone = {node.id for node in removed}
    projects: list[Wire] = []
    with suppress(LogfireError):
        # The list of projects is read for this in any case, but only once: in check mode, the preview reads it.
        projects = (preview if stack.organization.check_mode else stack.organization).all(CONTAINER)
    ids = [item["id"] for item in projects if item["id"] not in gone and not is_placeholder(item["id"])]
    return sum(not stack.organization.has_read(kind, id_) for kind in kinds for id_ in ids)
