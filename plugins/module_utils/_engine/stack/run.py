# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects: a whole description is read for, planned, and applied in the order that dependencies ask for.

Each object goes through the same engine as in its own module. What is added: reads and writes run side by side, all is
planned before anything is done, and one failure does not hide the rest.
"""

from __future__ import annotations

from ..._api.parallel import workers
from ..organization import Organization
from .apply import apply
from .description import Description
from .node import Node
from .plan import plan
from .prune import Pruning
from .read import check_organization, read
from .stack import Stack


def run(
    organization: Organization, description: Description, pruning: Pruning, concurrency: int, name: str | None = None
) -> list[Node]:
    """Read, plan, and unless in check mode apply. The nodes, each with an outcome, an error, or why it was skipped.

    C(concurrency) is the number of requests that may be under way at a time, C(name) the organization that is meant.
    Raises OptionError, before anything is done, when it is another or when the description does not fit it, and
    LogfireError when its lists cannot be read.
    """
    stack = Stack(organization, description)
    with workers(concurrency, organization.client) as pool:
        if name is not None:
            check_organization(organization, name)
        read(stack, pruning.kinds, pool)
        plan(stack, pruning)
        if not organization.check_mode:
            apply(stack, pool)
    return stack.nodes
