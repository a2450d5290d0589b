# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Applies a whole description: read, plan, and apply in the order of dependencies.

Each object is handled by the same engine as in its own module. In addition, reads and writes run concurrently, all is
planned before anything is written, and a failed object does not stop the others.
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
    """Read, plan and, unless in check mode, apply. Then each node has an outcome, an error, or a reason to be skipped.

    C(concurrency) is the maximum number of concurrent requests. C(name) is the expected organization. C(expected) is
    the digest of the approved plan: another plan is refused, unless it changes nothing. C(preview) tries the queries of
    planned objects; if one fails, nothing is applied. C(keep) is called before the first write, to make a backup.

    Raises OptionError, before anything is written, if the organization is another one or conflicts with the
    description, and LogfireError if the lists of the organization cannot be read.
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
    """Say how many requests and seconds it takes to apply the plan; C(seconds) is None if no rate limit is known."""
    if not requests:
        return "nothing to apply"
    about = f", about {_approximate(seconds)} at the rate that the service allows" if seconds else ""
    return f"it takes {requests} request{'s' * (requests > 1)} to apply{about}"


def _approximate(seconds: float) -> str:
    return f"{ceil(seconds)} s" if seconds < 120 else f"{ceil(seconds / 60)} min"
