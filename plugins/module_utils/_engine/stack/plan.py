# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans the change of each node on a copy of what was read. Nothing is sent."""

from __future__ import annotations

from ..._api.errors import LogfireError
from ..._kinds.kinds import CONTAINER
from ..._values.option_errors import Ambiguous, OptionError, Problems
from ..engine import Engine
from ..lookup import by_id
from .cost import requests_to_apply
from .node import Node
from .order import phases
from .prune import Pruning, undescribed, why_not_pruned
from .references import is_among, refers_to, used_by
from .stack import Stack


def plan(stack: Stack, pruning: Pruning) -> None:
    """Predict the outcome of each node, add nodes for objects to prune, and count the requests to apply the plan.

    Raises OptionError with all conflicts between the description and the organization.
    """
    stack.nodes.extend(undescribed(stack, pruning))
    stack.organization.ids_losing_names.update(_ids_losing_names(stack))
    preview = stack.organization.preview()
    used = {kind for node in stack.nodes for kind in node.kind.uses}
    if any(map(stack.description.has_list, used)):  # unknown names are errors then, also in check mode
        preview.tolerates_missing = False
    engine, problems = Engine(preview), Problems()
    wrong: list[Node] = []
    for phase in phases(stack.nodes):
        wrong += _plan_nodes(engine, phase, wrong, problems)
    problems.raise_any()
    _check_identities(stack.nodes, problems)
    _check_unseen(stack.nodes, problems)
    _check_removed(stack.nodes, problems)
    problems.raise_any()
    stack.organization.warnings += _hints_at_renames(stack.nodes)
    broken = [node for node in stack.nodes if node.broken]
    for node in stack.nodes:
        if node.pruned and not node.broken:
            node.skipped = why_not_pruned(broken)
    stack.organization.warnings += preview.warnings
    stack.requests = requests_to_apply(stack, preview)


def _hints_at_renames(nodes: list[Node]) -> list[str]:
    """Return warnings where an object is pruned and another is created that differs only in its name."""
    hints = []
    for gone in nodes:
        before = gone.outcome.current if gone.outcome and gone.pruned and gone.changed else None
        if before is None or gone.kind is CONTAINER or gone.kind.detail_option:  # lists do not have their contents
            continue
        fields = [field for field in gone.kind.fields if field.option != gone.kind.key]
        for new in nodes:
            after = new.outcome.state if new.outcome and new.changed and new.outcome.action == "create" else None
            if after is None or new.kind is not gone.kind or new.owner is not gone.owner:
                continue
            if all(gone.kind.same(field, after[field.option], before[field.option]) for field in fields):
                hints.append(
                    f"{gone.placed} is removed, and {new.kind.word} {new.name!r} with the same content is created."
                    f" To rename it and keep its history, add id={gone.id} to the description of {new.name!r}."
                )
    return hints


def _ids_losing_names(stack: Stack) -> set[str]:
    """Return the IDs of objects that are removed or renamed, whose names refer to other objects afterwards."""
    ids = set()
    for node in stack.nodes:
        if node.item.id is not None and not node.broken:
            existing = by_id(stack.existing(node.kind, node.owner), node.item.id) if node.item.present else None
            new_name = node.item.wanted.get(node.kind.key)
            renamed = existing is not None and new_name not in (None, existing.get(node.kind.wire_key))
            if renamed or not node.item.present:
                ids.add(node.item.id.lower())
    return ids


def _plan_nodes(engine: Engine, nodes: list[Node], wrong: list[Node], problems: Problems) -> list[Node]:
    """Plan nodes, and return those with problems. Nodes that depend on C(wrong) ones are not planned."""
    found = []
    for node in nodes:
        if node.broken or any(node.owner is other or refers_to(node, other) for other in wrong):
            continue
        try:
            node.outcome = engine.ensure(node.placed)
        except Ambiguous as error:  # several objects of one name: this does not affect other nodes
            node.error = error.within(node.place, node.subject)
        except OptionError as error:
            problems.add(error.within(node.place, node.subject))
            found.append(node)
        except LogfireError as error:
            node.error = error
    return found


def _check_identities(nodes: list[Node], problems: Problems) -> None:
    """Refuse to describe one object twice, by its name and by its ID."""
    seen: dict[tuple[str, str], Node] = {}
    for node in nodes:
        if node.id is None:
            continue
        other = seen.setdefault((node.kind.name, node.id), node)
        if other is not node:
            problem = OptionError("", f"is the same {node.kind.word} as {other.place}: {node.id}")
            problems.add(problem.within(node.place, node.subject))


def _check_unseen(nodes: list[Node], problems: Problems) -> None:
    """Refuse to create an unlisted object that nothing uses: the next run could not find it, and create another one."""
    for made in nodes:
        if made.kind.is_listed or not made.outcome or made.outcome.action != "create":
            continue
        if not any(user.item.present and refers_to(user, made) for user in nodes):
            problem = (
                f"nothing in the description uses it. The API has no list of {made.kind.word}s, so each run would"
                " create another one. Use it, or set its ID"
            )
            problems.add(OptionError("", problem).within(made.place, made.subject))


def _check_removed(nodes: list[Node], problems: Problems) -> None:
    """Refuse described objects that use removed ones."""
    removed = [node for node in nodes if not node.item.present]
    for node in nodes:
        for other in removed if node.kind.reference_option in node.item.wanted else ():
            if is_among(used_by(node), other):
                problem = f"the {other.kind.word} {other.name!r} will be removed ({other.place})"
                error = OptionError(node.kind.reference_option, problem)
                problems.add(error.within(node.place, node.subject))
