# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects: a whole description is read for, planned, and applied in the order that dependencies ask for.

Each object goes through the same engine as in its own module. What is added: reads and writes run side by side, all is
planned before anything is done, and one failure does not hide the rest.
"""

from __future__ import annotations

from concurrent.futures import Executor
from math import ceil
from typing import Callable

from ..._api import progress
from ..._api.parallel import workers
from ..organization import Organization
from ..preview import Preview
from .apply import apply
from .description import Description
from .digest import digest
from .plan import plan
from .prune import Pruning
from .read import check_organization, read
from .stack import Stack
from .trials import hold_back, try_out


def run(
    organization: Organization,
    description: Description,
    pruning: Pruning,
    concurrency: int,
    name: str | None = None,
    expected: str | None = None,
    preview: Preview | None = None,
    keep: Callable[[Stack, Executor], None] | None = None,
) -> Stack:
    """Read, plan, and unless in check mode apply. Each node has an outcome then, an error, or why it was skipped.

    C(concurrency) is the number of requests that may be under way at a time, C(name) the organization that is meant,
    C(expected) the digest of the plan that may be applied. Another plan is refused, unless there is nothing to do.
    C(preview) tries the queries of what is planned; when one fails, nothing is applied.
    C(keep) is called before the first write.

    Raises OptionError, before anything is done, when the organization is another or when the description does not fit
    it, and LogfireError when its lists cannot be read.
    """
    stack = Stack(organization, description, is_approved=expected is not None)
    with workers(concurrency, organization.client, *([preview] if preview else [])) as pool:
        if name is not None:
            check_organization(organization, name)
        read(stack, pruning.kinds, pool)
        plan(stack, pruning)
        stack.digest = digest(stack.nodes)
        is_change = any(node.changed for node in stack.nodes)
        stack.refused = is_change and expected not in (None, stack.digest)
        passes = stack.refused or preview is None or try_out(stack, preview, pool)
        if not (organization.check_mode or stack.refused or passes):
            hold_back(stack)
        elif not (organization.check_mode or stack.refused):
            if keep is not None and is_change:
                keep(stack, pool)
            progress.current.announce(_cost(stack.requests, organization.client.seconds_for(stack.requests)))
            apply(stack, pool)
    return stack


def _cost(requests: int, seconds: float | None) -> str:
    """What applying takes, in words; C(seconds) is None where the service said nothing of a limit."""
    if not requests:
        return "nothing to apply"
    about = f", about {_approximate(seconds)} at the rate that the service allows" if seconds else ""
    return f"it takes {requests} request{'s' * (requests > 1)} to apply{about}"


def _approximate(seconds: float) -> str:
    return f"{ceil(seconds)} s" if seconds < 120 else f"{ceil(seconds / 60)} min"
