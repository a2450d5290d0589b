# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One object: from what is wanted and what exists to a plan, and from the plan to the API.

Planning is a pure function. Check mode is a plan that is not applied.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ._client import Wire
from ._diff import minimal
from ._errors import Conflict, LogfireError, NotFound, OptionError
from ._organization import PLANNED, Organization, Parent, by_id, by_name, known
from ._resources.kind import Kind, State

FRESH = 0.5  # seconds: a list that was read longer ago is not what a creation should rely on
SENT_AGAIN = "(a secret is sent again)"


@dataclass(frozen=True)
class Item:
    """One object as the user describes it. C(wanted) holds the fields that were set, C(project) a name or an id.

    C(project_name) is what messages call the project.
    """

    kind: Kind
    wanted: State
    id: str | None = None
    project: str | None = None
    present: bool = True
    project_name: str | None = None

    def __str__(self) -> str:
        name = self.wanted.get(self.kind.key)
        project = self.project_name or self.project
        of = f" of project {project!r}" if project else ""
        return f"{self.kind.name} {name!r}{of}" if name else f"{self.kind.name} {self.id}{of}"


@dataclass(frozen=True)
class Plan:
    """What is to be done. C(after) is the state to come, None for one that is removed or was never there."""

    action: str  # create, update, delete or none
    current: State | None
    after: State | None
    changes: State = field(default_factory=dict)
    before_shown: dict[str, Any] = field(default_factory=dict)
    after_shown: dict[str, Any] = field(default_factory=dict)

    @property
    def diff(self) -> dict[str, Any]:
        return {"before": self.before_shown, "after": self.after_shown}


@dataclass
class Outcome:
    """What became of an item, or would. C(state) is the object as it is then, or was before it was removed."""

    action: str
    state: State | None
    diff: dict[str, Any]
    current: State | None = None  # as it was before

    @property
    def changed(self) -> bool:
        return self.action != "none"


def make_plan(kind: Kind, wanted: State, current: State | None, present: bool = True) -> Plan:
    """The plan that turns C(current) into C(wanted). Raises OptionError when it cannot be done. Asks nobody."""
    if not present:
        shown = kind.show(current) if current else {}
        return Plan("delete" if current else "none", current, None, before_shown=shown)
    if current is None:
        new = kind.new(wanted)
        return Plan("create", None, new, new, after_shown=kind.show(new))
    changes = kind.changes(wanted, current)
    if not changes:
        return Plan("none", current, current)
    before, after = minimal(kind.show({option: current[option] for option in changes}), kind.show(changes))
    after.update((option, SENT_AGAIN) for option in changes if option not in {**before, **after})
    name = {kind.key: current[kind.key]}
    return Plan("update", current, {**current, **changes}, changes, {**name, **before}, {**name, **after})


class Engine:
    """Makes objects of an organization as they are wanted."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization

    def ensure(self, item: Item) -> Outcome:
        """Plan an item and, unless in check mode, apply the plan.

        When another client came in between (409, or 404 on a change), or the outcome of a creation is unknown, the list
        is read again and the item planned once more: what has appeared is adopted. Raises OptionError, LogfireError.
        """
        done: Plan | None = None  # a plan that may have been carried out
        doubts: list[LogfireError] = []  # why that is not known
        for last_attempt in (False, True):
            parent = self.organization.parent(item.project) if item.project is not None else None
            plan = None
            try:
                plan = self._plan(item, parent)
                state = plan.current
                if plan.action != "none":
                    state = self._predict(item, plan, parent) if self.check_mode else self._apply(item, plan, parent)
                if state is not None and parent is not None:
                    state = {**state, "project_id": parent.id or None}  # predicted, or left out of an answer
                action = done or plan
                return Outcome(action.action, item.kind.public(state) if state else None, action.diff, plan.current)
            except LogfireError as error:
                error.task = error.task or f"{plan.action if plan else 'read'} {item}"
                self.organization.forget(item.kind, parent)
                if doubts and plan is None:
                    raise doubts[0] from None  # it could not be found out
                if last_attempt or not (error.outcome_unknown or isinstance(error, (Conflict, NotFound))):
                    raise
                if error.outcome_unknown or error.repeated:
                    done, doubts = plan, [error]
        raise AssertionError("the second attempt returns or raises")

    @property
    def check_mode(self) -> bool:
        return self.organization.check_mode

    def _plan(self, item: Item, parent: Parent | None) -> Plan:
        kind = item.kind
        current = self._find(item, parent)
        stale = not kind.unique and not self.check_mode and self.organization.age(kind, parent) > FRESH
        if current is None and item.present and stale:
            # Nothing keeps another client from making one of the same name: look again right before this one is made.
            self.organization.forget(kind, parent)
            current = self._find(item, parent)
        wanted = kind.resolve(item.wanted, current, self.organization) if item.present else item.wanted
        return make_plan(kind, wanted, current, item.present)

    def _find(self, item: Item, parent: Parent | None) -> State | None:
        """The object as it is, or None. Raises OptionError when it, or its project, must exist and does not."""
        kind, organization = item.kind, self.organization
        objects = organization.all(kind, parent)
        if parent is not None and item.present:
            organization.require(parent)
        name = item.wanted.get(kind.key)
        if item.id is None:
            found = by_name(kind, objects, str(name))
        else:
            found = by_id(objects, item.id)
            if item.present:
                self._check_new_name(kind, objects, item.id, found, name)
        if found is None:
            return None
        if item.present:
            found = organization.complete(kind, parent, found)
        return kind.read(found)

    @staticmethod
    def _check_new_name(kind: Kind, objects: list[Wire], object_id: str, found: Wire | None, name: str | None) -> None:
        if found is None:
            raise OptionError("id", f"there is no {kind.name} {object_id}; {known(kind, objects)}")
        if name is None or name == found.get(kind.wire_key):
            return
        others = ", ".join(other["id"] for other in objects if other.get(kind.wire_key) == name)
        if others:
            raise OptionError(kind.key, f"another {kind.name} has the {kind.key} {name!r} already: {others}")

    def _predict(self, item: Item, plan: Plan, parent: Parent | None) -> State | None:
        """The state to come, or that was, and a note of it for what is planned after it."""
        kind, organization = item.kind, self.organization
        if plan.after is None:
            if plan.current is not None:
                organization.remove(kind, parent, plan.current["id"])
            return plan.current
        organization.remember(kind, parent, {"id": plan.after["id"] or PLANNED, kind.wire_key: plan.after[kind.key]})
        return plan.after

    def _apply(self, item: Item, plan: Plan, parent: Parent | None) -> State | None:
        kind, organization = item.kind, self.organization
        project_id = (parent and parent.id) or ""
        if plan.action == "delete" and plan.current is not None:
            with suppress(NotFound):  # somebody was faster
                kind.delete(organization.client, project_id, plan.current["id"])
            organization.remove(kind, parent, plan.current["id"])
            return plan.current
        project_name = None
        if parent is not None and kind.needs_project_name(plan.current):
            project_name = organization.project_name(parent)
        if plan.current is None:
            answer = self._create(item, plan, project_id, project_name)
        else:
            body = kind.update_body(plan.changes, plan.current, project_name)
            answer = kind.update(organization.client, project_id, plan.current["id"], body)
        organization.remember(kind, parent, answer)
        return self._read_back(item, plan, answer)

    def _create(self, item: Item, plan: Plan, project_id: str, project_name: str | None) -> Wire:
        """A creation and, for what the API takes only from a change, the request that follows it."""
        kind, client = item.kind, self.organization.client
        new = plan.changes
        answer = kind.create(client, project_id, kind.create_body(new, item.wanted, project_name))
        made = kind.read(answer)
        late = {
            field.option for field in kind.fields if not field.creatable and new[field.option] != made[field.option]
        }
        if late:
            try:
                body = kind.update_body({option: new[option] for option in late}, made, project_name)
                answer = kind.update(client, project_id, made["id"], body)
            except LogfireError as error:
                error.task = f"set {', '.join(sorted(late))} of {item}, which was just created ({made['id']})"
                raise
        return answer

    def _read_back(self, item: Item, plan: Plan, answer: Wire) -> State:
        """The state that the API answers. What it accepted and did not keep is worth a warning."""
        kind = item.kind
        state = kind.read(answer)
        lost = kind.unkept(plan.changes, state)
        if lost:
            self.organization.warnings.append(
                f"The service accepted the {kind.name} {state[kind.key]!r} and does not keep what was sent for"
                f" {', '.join(lost)}: the next run will report a change again."
            )
        self.organization.warnings.extend(kind.warnings(answer))
        return state
