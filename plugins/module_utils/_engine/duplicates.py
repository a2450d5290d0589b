# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two of one name, made by two runs at the same moment, where the API does not keep names unique.

After a creation its list is read once more. Where another of the same name has appeared all runs keep the oldest, and
each withdraws its own if that is younger. So one is left, and no run ever removes what another made.
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
    """Make an object as it is wanted, as the only one of a task. Raises OptionError, LogfireError."""
    outcome = engine.ensure(item)
    if engine.check_mode or not may_be_double(item.kind, outcome):
        return outcome
    look_again(engine.organization, item.kind, item.project)
    return settle(engine, item, outcome)


def may_be_double(kind: Kind, outcome: Outcome) -> bool:
    """Whether another run may have made the same object at the same time."""
    return outcome.action == "create" and kind.is_listed and not kind.unique


def look_again(organization: Organization, kind: Kind, project: str | None) -> None:
    """Read a list once more in which this run made something. It is a check: when it fails, there is a warning."""
    try:
        organization.read_again(kind, _parent(organization, project))
    except LogfireError as error:
        error.task = f"check whether another run created the same {kind.word}s at the same time"
        organization.warnings.append(str(error))


def settle(engine: Engine, item: Item, outcome: Outcome) -> Outcome:
    """What is left of a creation, once its list was read again.

    If there is an older object of the name, what this run made is removed, and the older one made as it is wanted.
    Raises OptionError, LogfireError.
    """
    organization, kind, state = engine.organization, item.kind, outcome.state or {}
    parent = _parent(organization, item.project)
    found = namesakes(kind, organization.all(kind, parent), state[kind.key], organization.names_given_up)
    oldest, *younger = oldest_first(found) or [state]
    for other in younger:  # whoever made it removes it: nothing here should refer to it
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
        error.task = f"remove {item} ({own['id']}), which another run created at the same time too ({oldest['id']})"
        raise
    organization.warnings.append(
        f"Another run created {item} at the same time. Its {kind.word} is kept ({oldest['id']}), and that of this run"
        f" was removed ({own['id']})."
    )


def _parent(organization: Organization, project: str | None) -> Parent | None:
    return organization.parent(project) if project is not None else None


def _unsure(item: Item, kept: Wire, others: list[Wire]) -> str:
    """The warning that a creation without an answer may have been carried out, whatever was found or done since."""
    start = f"A request to create {item} received no response, and "
    if not others:
        return (
            f"{start}it was retried. If the service carries out the first one later, there are two of that name:"
            " the next run reports their ids."
        )
    ids = ", ".join(other["id"] for other in others)
    return (
        f"{start}there is more than one of that name now. This run goes on with {kept['id']}; remove the others by"
        f" their ids, with state=absent: {ids}"
    )
