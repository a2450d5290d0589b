# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out the plan, one phase after the other; the nodes of a phase are handled concurrently."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from functools import lru_cache
from typing import Callable

from ..._api import progress
from ..._api.errors import LogfireError
from ..._api.parallel import side_by_side
from ..._kinds.kinds import CONTAINER, PROJECT_KINDS
from ..._values.option_errors import OptionError
from ..duplicates import may_be_duplicate, refresh_list, remove_duplicate
from ..engine import Engine, Outcome
from ..lookup import named
from ..organization import Organization, Parent
from ..plan import Item, Plan
from .node import Node
from .order import phases
from .prune import why_not_pruned
from .references import is_among, refers_to
from .stack import Stack


def apply(stack: Stack, pool: Executor) -> None:
    """Create and change objects of the organization first, then those in projects; remove in the opposite order.

    Afterwards, each node with planned changes has its actual outcome, an error, or the reason why it was skipped.
    """
    engine = Engine(stack.organization, guards=False)  # planning has already checked everything
    is_missing = lru_cache(maxsize=None)(lambda node: _is_missing(stack.organization, node))
    changing = [node for node in stack.nodes if node.changed]
    progress.current.expect(len(changing))
    for phase in phases(changing):
        broken = [node for node in stack.nodes if node.broken]
        for node in phase:
            node.skipped = _blocked_reason(node, broken, is_missing) or (why_not_pruned(broken) if node.pruned else "")
        ready = [node for node in phase if not node.skipped]
        _each(pool, ready, lambda node: _ensure(stack, node))
        _start_empty(stack.organization, ready)
        _settle(engine, ready, pool)
    stack.organization.warnings += _lost_creations(changing)


def _lost_creations(nodes: list[Node]) -> Iterator[str]:
    """Warn of created objects that the next run cannot find, because all objects that would use them failed."""
    for made in nodes:
        if made.kind.is_listed or not made.id or not made.outcome or not made.outcome.made:
            continue
        if not any(refers_to(user, made) and not user.broken for user in nodes):
            yield (
                f"The {made.kind.word} {made.name!r} was created but is unused, because the objects that use it failed."
                f" Add id={made.id} to its description: otherwise, the next run creates another one."
            )


def _ensure(stack: Stack, node: Node) -> Outcome:
    engine = Engine(stack.organization, guards=False, before=_only_planned_changes() if stack.is_approved else None)
    outcome = engine.ensure(node.placed)
    progress.current.finish()
    return outcome


def _only_planned_changes() -> Callable[[Item, Plan, Parent | None], None]:
    """Return a function that refuses any plan but the first of an object: somebody else has changed it since."""
    first: list[Plan] = []

    def check(item: Item, plan: Plan, parent: Parent | None) -> None:
        first.append(plan)
        if (plan.action, plan.diff) != (first[0].action, first[0].diff):
            problem = f"{item} was changed by somebody else during this run and no longer matches the approved plan"
            raise OptionError("expected_plan", problem)

    return check


def _each(pool: Executor, nodes: list[Node], work: Callable[[Node], Outcome]) -> None:
    """Set the outcome of each node to what C(work) returns, or its error to what C(work) raises."""

    def attempt(node: Node) -> None:
        try:
            node.outcome = work(node)
        except OptionError as error:
            raise error.within(node.place, node.subject) from None

    for node, error in zip(nodes, side_by_side(pool, attempt, nodes)):
        node.error = error


def _start_empty(organization: Organization, nodes: list[Node]) -> None:
    """Mark the lists of projects that were just created as empty, so that they are not read."""
    for node in nodes:
        if node.kind is CONTAINER and node.id and node.outcome and node.outcome.made:
            for kind in PROJECT_KINDS:
                organization.start_empty(kind, node.id)


def _settle(engine: Engine, nodes: list[Node], pool: Executor) -> None:
    """Look for duplicates by other runs. Each list is read only once, however many objects were created in it."""
    created = [
        (node, node.outcome)
        for node in nodes
        if node.outcome and not node.error and may_be_duplicate(node.kind, node.outcome)
    ]
    lists = list(dict.fromkeys((node.kind, node.placed.project) for node, _outcome in created))
    side_by_side(pool, lambda place: refresh_list(engine.organization, *place), lists)
    outcomes = dict(created)
    _each(pool, list(outcomes), lambda node: remove_duplicate(engine, node.placed, outcomes[node]))


def _is_missing(organization: Organization, node: Node) -> bool:
    """Whether the object of a failed node does not exist, so that the objects that refer to it cannot be applied."""
    if node.outcome and node.outcome.current and (node.kind is CONTAINER or not node.changes_name):
        return False
    try:  # it may have been created nevertheless
        return not named(node.kind, organization.all(node.kind), node.name)
    except LogfireError:
        return True


def _blocked_reason(node: Node, broken: list[Node], is_missing: Callable[[Node], bool]) -> str:
    """Return why a node cannot be applied after failures in earlier phases, or an empty text."""
    for other in broken:
        if (node.owner is other or (node.item.present and refers_to(node, other))) and is_missing(other):
            return f"the {other.kind.word} {other.name!r} failed"
        if node.kind in other.kind.uses and not node.item.present:
            before = other.outcome.current if other.outcome else None
            if other.outcome is None or (before and is_among(other.kind.references(before), node)):
                return f"the {other.kind.word} {other.name!r} failed and may still use it"
    return ""
