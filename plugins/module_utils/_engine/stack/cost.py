# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it costs to apply a plan, told before it is applied."""

from __future__ import annotations

from contextlib import suppress

from ..._api.client import Wire
from ..._api.errors import LogfireError
from ..._kinds.kinds import CONTAINER
from ..._values.placeholders import is_placeholder
from ..duplicates import may_be_double
from ..organization import Organization
from ..users import users_of
from .stack import Stack


def requests_to_apply(stack: Stack, preview: Organization) -> int:
    """How many requests L(apply) sends for a stack that was planned on C(preview), when nothing goes wrong."""
    outcomes = [(node, node.outcome) for node in stack.nodes if node.outcome and node.changed]
    writes = sum(outcome.plan.requests for _node, outcome in outcomes)
    looks_again = {(node.kind, node.owner) for node, outcome in outcomes if may_be_double(node.kind, outcome)}
    return writes + len(looks_again) + _reads_of_users(stack, preview)


def _reads_of_users(stack: Stack, preview: Organization) -> int:
    """The lists that are not read yet of what may use an object that is removed."""
    removed = [node for node in stack.nodes if node.changed and not node.item.present]
    kinds = list(dict.fromkeys(user for node in removed for user in users_of(node.kind)))
    if not kinds:
        return 0
    gone = {node.id for node in removed}
    projects: list[Wire] = []
    with suppress(LogfireError):
        # It is read for this either way, and only once: in check mode by the preview.
        projects = (preview if stack.organization.check_mode else stack.organization).all(CONTAINER)
    ids = [item["id"] for item in projects if item["id"] not in gone and not is_placeholder(item["id"])]
    return sum(not stack.organization.has_read(kind, id_) for kind in kinds for id_ in ids)
