# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans the changes from the current to the wanted state of an object: pure functions."""

from __future__ import annotations

from typing import NamedTuple

from .._kinds.field import State
from .._kinds.kind import Kind
from .._values.diff import Diff, minimal, no_diff
from .._values.option_errors import Problems

SENT_AGAIN = "(a secret is sent again)"


class Item(NamedTuple):
    """One object as the user describes it. C(wanted) contains the fields that were set; C(project) is a name or ID.

    C(project_name) is the name of the project in messages.
    """

    kind: Kind
    wanted: State
    id: str | None = None
    project: str | None = None
    present: bool = True
    project_name: str | None = None

    def __str__(self) -> str:
        if self.kind.is_document:
            return self.kind.word
        name = self.wanted.get(self.kind.key)
        project = self.project_name or self.project
        of = f" of project {project!r}" if project else ""
        return f"{self.kind.word} {name!r}{of}" if name else f"{self.kind.word} {self.id}{of}"


class Plan(NamedTuple):
    """The changes to make. C(after) is the resulting state, None for an object that is removed or never existed.

    C(changes) are the fields to send.
    """

    kind: Kind
    action: str  # create, update, delete or none
    current: State | None
    after: State | None
    changes: State

    @property
    def requests(self) -> int:
        """Return the number of requests that the plan takes if nothing fails."""
        if self.action == "none":
            return 0
        late = [field for field in self.kind.fields if not field.creatable] if self.action == "create" else []
        reads_back = self.action == "update" and not self.kind.answers_updates
        return 1 + reads_back + any(self.changes[field.option] != field.default for field in late)

    @property
    def diff(self) -> Diff:
        """Return the diff. For an object that is kept, it has only the name and the fields that differ."""
        if self.action == "none":
            return no_diff()
        kind, current, after = self.kind, self.current or {}, self.after or {}
        if self.action != "update":
            return {"before": kind.show(current), "after": kind.show(after)}
        old, new = minimal(kind.show({option: current[option] for option in self.changes}), kind.show(self.changes))
        new.update((option, SENT_AGAIN) for option in self.changes if option not in {**old, **new})
        name = {} if kind.is_document else {kind.key: current[kind.key]}
        return {"before": {**name, **old}, "after": {**name, **new}}


def make_plan(kind: Kind, wanted: State, current: State | None, present: bool = True) -> Plan:
    """Plan how C(current) becomes C(wanted), without any request. Raises OptionError if that is impossible."""
    if not present:
        if current is not None:
            kind.check_removal(wanted, current)
        return Plan(kind, "delete" if current else "none", current, None, {})
    if current is None:
        problems = Problems()
        with problems.collected():
            kind.check(wanted, None)
        with problems.collected():
            new = kind.new(wanted)
        problems.raise_any()
        return Plan(kind, "create", None, new, new)
    changes = kind.changes(wanted, current)
    kind.check(changes, current)
    return Plan(kind, "update" if changes else "none", current, {**current, **changes}, changes)
