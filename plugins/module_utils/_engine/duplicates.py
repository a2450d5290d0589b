# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Duplicates that two runs create at the same time, for kinds whose names the API does not keep unique.

After a creation, the list is read once more. If another object of the same name has appeared, every run keeps the
oldest one, and removes its own if that is younger. So one object remains, and no run removes one that another created.
"""

from __future__ import annotations

from .._api.client import Wire
from .._api.errors import LogfireError
from .._kinds.field import State
from .._kinds.kind import Kind
from .apply import apply
from .engine import Engine, Outcome
from .lookup import namesakes, oldest_first
from .organization import Organization, Parent
from .plan import Item, make_plan


def ensure_alone(engine: Engine, item: Item) -> Outcome:
    """Apply a task that manages a single object, and check for duplicates. Raises OptionError, LogfireError."""
    outcome = engine.ensure(item)
    if engine.check_mode or not may_be_duplicate(item.kind, outcome):
        return outcome
    refresh_list(engine.organization, item.kind, item.project)
    return remove_duplicate(engine, item, outcome)


def may_be_duplicate(kind: Kind, outcome: Outcome) -> bool:
    """Whether another run may have created the same object at the same time."""
    return outcome.action == "create" and kind.is_listed and not kind.unique


def refresh_list(organization: Organization, kind: Kind, project: str | None) -> None:
    """Read the list of an object that this run created once more. If that fails, there is only a warning."""
    try:
        organization.read_again(kind, _parent(organization, project))
    except LogfireError as error:
        error.task = f"check whether another run created the same {kind.word}s at the same time"
        organization.warnings.append(str(error))


def remove_duplicate(engine: Engine, item: Item, outcome: Outcome) -> Outcome:
    """Return the outcome of a creation after its list was read again.

    If an older object has the same name, the object that this run created is removed, and the older one is updated.
    Raises OptionError, LogfireError.
    """
    organization, kind, state = engine.organization, item.kind, outcome.state or {}
    parent = _parent(organization, item.project)
    found = namesakes(kind, organization.all(kind, parent), state[kind.key], organization.ids_losing_names)
    oldest, *younger = oldest_first(found) or [state]
    for other in younger:  # the run that created it removes it, so nothing should refer to it
        organization.remove(kind, parent, other["id"])
    if oldest["id"] != state["id"]:
        if outcome.made:
            _withdraw(organization, item, state, oldest)
        return outcome._replace(state=engine.ensure(item).state)
    if outcome.unsure and (younger or outcome.made):
        organization.warnings.append(_unsure(item, oldest, younger))
    return outcome


def _withdraw(organization: Organization, item: Item, own: State, oldest: Wire) -> None:
    kind = item.kind
    try:
        apply(organization, item, make_plan(kind, {}, own, present=False), _parent(organization, item.project))
    except LogfireError as error:
        error.task = f"remove {item} ({own['id']}), a duplicate of the one that another run created ({oldest['id']})"
        raise
    organization.warnings.append(
        f"Another run created {item} at the same time. Its {kind.word} was kept ({oldest['id']}), and the one from this"
        f" run was removed ({own['id']})."
    )


def _parent(organization: Organization, project: str | None) -> Parent | None:
    return organization.parent(project) if project is not None else None


def _unsure(item: Item, kept: Wire, others: list[Wire]) -> str:
    """Return the warning that a creation without an answer may have been carried out, or may be later."""
    start = f"A request to create {item} received no response, and "
    if not others:
        return (
            f"{start}it was retried. If the service still carries out the first request, there will be two objects of"
            " that name: the next run reports their IDs."
        )
    ids = ", ".join(other["id"] for other in others)
    return (
        f"{start}more than one object has that name now. This run continues with {kept['id']}; remove the others by"
        f" their IDs, with state=absent: {ids}"
    )
