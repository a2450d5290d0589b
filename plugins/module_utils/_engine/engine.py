# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Manages one object: find it, plan its changes, and apply the plan.

In check mode, the plan is not applied.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Callable, NamedTuple

from .._api.client import Wire
from .._api.errors import Conflict, LogfireError, NotFound
from .._api.query import QueryFailed
from .._kinds.field import State
from .._kinds.kind import Kind
from .._values.option_errors import OptionError
from .._values.placeholders import placeholder, planned_name
from .._values.suggestions import did_you_mean
from .apply import apply
from .lookup import by_id, missing, named, namesakes, oldest_first
from .organization import Organization, Parent, id_of
from .plan import Item, Plan, make_plan
from .unlisted import candidates
from .users import warn_of_users


class Outcome(NamedTuple):
    """The actual or predicted result of an item. C(state) is the object afterwards, or before it was removed."""

    plan: Plan
    state: State | None
    current: State | None  # as it was before
    made: bool = False  # the API answered that it created the object for this run
    unsure: bool = False  # a request to create it got no answer

    @property
    def action(self) -> str:
        return self.plan.action

    @property
    def changed(self) -> bool:
        return self.action != "none"


class Engine:
    """Brings objects of an organization into the described state."""

    def __init__(
        self,
        organization: Organization,
        guards: bool = True,
        before: Callable[[Item, Plan, Parent | None], None] | None = None,
    ) -> None:
        """C(guards) enables the checks that refuse dangerous changes; see L(Kind.guard).

        C(before) is called with each plan that changes something. If it raises OptionError or QueryFailed, the plan is
        not applied.
        """
        self.organization = organization
        self._guards = guards
        self._before = before

    def ensure(self, item: Item) -> Outcome:
        """Plan an item and, unless in check mode, apply the plan.

        If another client interfered (409, or 404 on a change), or if the outcome of a creation is unknown, the list is
        read again and the item is planned once more. An object that has appeared in the meantime is adopted. Raises
        OptionError, LogfireError.
        """
        done: Plan | None = None  # a plan that may have been carried out
        unknown_outcomes: list[LogfireError] = []  # the error that left it unknown
        for last_attempt in (False, True):
            parent = self.organization.parent(item.project) if item.project is not None else None
            plan = None
            try:
                plan = self._plan(item, parent, adopt=done is not None)
                state = plan.current
                if plan.action != "none":
                    if self._before:
                        self._before(item, plan, parent)
                    state = self._carry_out(item, plan, parent)
                if state is not None:
                    self.organization.name_references(item.kind, state)
                if state is not None and parent is not None:
                    state = {**state, "project_id": parent.id}  # predicted, or left out of an answer
                made = plan.action == "create" and not self.check_mode
                public = item.kind.public(state, item.wanted) if state else None
                return Outcome(done or plan, public, plan.current, made, unsure=done is not None)
            except QueryFailed:
                raise
            except LogfireError as error:
                error.task = error.task or f"{plan.action if plan else 'read'} {item}"
                if isinstance(error, NotFound) and plan is not None and plan.current is not None:
                    self.organization.remove(item.kind, parent, plan.current["id"])
                self.organization.forget(item.kind, parent)
                if unknown_outcomes and plan is None:
                    raise unknown_outcomes[0] from None  # the outcome stays unknown
                if error.outcome_unknown and not item.kind.is_listed:
                    error.is_listed = False
                    raise
                if last_attempt or not (self._may_differ_now(error) or self._appeared(item, parent, plan, error)):
                    raise
                if error.outcome_unknown or error.repeated:
                    done, unknown_outcomes = plan, [error]
        raise AssertionError("the second attempt returns or raises")

    @staticmethod
    def _may_differ_now(error: LogfireError) -> bool:
        """Whether the organization may have changed since the plan was made."""
        return error.outcome_unknown or isinstance(error, (Conflict, NotFound))

    def _appeared(self, item: Item, parent: Parent | None, plan: Plan | None, error: LogfireError) -> bool:
        """Whether a creation was refused because an object of that name has appeared in the meantime.

        The list is read, since services use different statuses for this.
        """
        if plan is None or plan.action != "create" or error.method != "POST" or error.status not in (400, 422):
            return False
        try:
            return self._find(item, parent) is not None
        except (LogfireError, OptionError):
            return False  # the first error is the relevant one for the user

    @property
    def check_mode(self) -> bool:
        return self.organization.check_mode

    def _plan(self, item: Item, parent: Parent | None, adopt: bool) -> Plan:
        """Plan an item. With C(adopt), an object that has appeared may be its own; of several, the oldest is used."""
        kind = item.kind
        current = self._find(item, parent, adopt)
        wanted = kind.resolve(item.wanted, current, self.organization) if item.present else item.wanted
        if current is not None:
            self.organization.name_references(kind, current)
        try:
            plan = make_plan(kind, wanted, current, item.present)
        except OptionError as error:
            if current is not None:
                raise
            raise error.noting(self._similar(item, parent)) from None
        if self._guards and current is not None and plan.action != "none":
            others = [other for other in self.organization.all(kind, parent) if other["id"] != current["id"]]
            kind.guard(self.organization, current, plan.after, others)
        return plan

    def _similar(self, item: Item, parent: Parent | None) -> str:
        """Return the remark for an object that does not exist, but may exist under a similar name."""
        kind, name = item.kind, item.wanted.get(item.kind.key)
        if kind.not_creatable or not kind.is_listed:
            return ""
        question = did_you_mean(name, [str(each.get(kind.wire_key)) for each in self.organization.all(kind, parent)])
        return f". There is no {kind.word} {name!r}{question}" if question else ""

    def _find(self, item: Item, parent: Parent | None, adopt: bool = False) -> State | None:
        """Return the current state, or None. Raises OptionError for a required object or project that is missing."""
        kind, organization = item.kind, self.organization
        objects = candidates(organization, kind, parent, item.id)
        if parent is not None and item.present:
            organization.require(parent)
        name = item.wanted.get(kind.key)
        planned = planned_name(kind.name, item.id or "")
        if planned is not None and item.id is not None:  # only its name is known
            organization.check_foreseen(kind, item.id, "id")
            return kind.load({"id": item.id, kind.wire_key: planned})
        if item.id is None and adopt:
            found = next(iter(oldest_first(namesakes(kind, objects, name, organization.ids_losing_names))), None)
        elif item.id is None:
            found = organization.by_name(kind, parent, str(name))
        else:
            found = by_id(objects, item.id)
            if item.present:
                self._check_new_name(kind, objects, item.id, found, name, organization.ids_losing_names)
        if found is None:
            return None
        if item.present:
            found = organization.complete(kind, parent, found)
        return kind.read(found, id_of(parent))

    @staticmethod
    def _check_new_name(
        kind: Kind,
        objects: list[Wire],
        object_id: str,
        found: Wire | None,
        name: str | None,
        given_up: AbstractSet[str],
    ) -> None:
        """Raise OptionError for an unknown ID, or a new name of another object that does not give it up in time."""
        if found is None:
            raise OptionError("id", missing(kind, object_id, objects))
        if name is None or kind.is_called(found, name):
            return
        others = [other["id"] for other in named(kind, objects, name)]
        others = [other for other in others if kind.unique or other.lower() not in given_up]
        if others:
            raise OptionError(kind.key, f"another {kind.word} already has the {kind.key} {name!r}: {', '.join(others)}")

    def _carry_out(self, item: Item, plan: Plan, parent: Parent | None) -> State | None:
        """Apply a plan and return the state, as L(apply) does. In check mode, only record it for later plans."""
        kind, organization = item.kind, self.organization
        # The planning of a real run gives no warnings: they come when the plan is applied.
        is_rehearsal = self.check_mode and not organization.accepts_placeholders
        if plan.action == "delete" and plan.current is not None and not is_rehearsal:
            warn_of_users(organization, kind, plan.current)
        if not self.check_mode:
            return apply(organization, item, plan, parent)
        if plan.after is None:
            if plan.current is not None:
                organization.remove(kind, parent, plan.current["id"])
            return plan.current
        state = {**plan.after, "id": plan.after["id"] or placeholder(kind.name, plan.after[kind.key])}
        organization.remember(kind, parent, kind.as_listed(state))
        return state
