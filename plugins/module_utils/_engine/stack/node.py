# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One object of a stack, from its description to its result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict

from ..._api.errors import LogfireError
from ..._kinds.kind import Kind
from ..._values.option_errors import OptionError
from ..._values.placeholders import is_placeholder, placeholder
from ..engine import Outcome
from ..plan import Item
from ..preview import Trial

PRUNED = "prune"  # the place of a node whose object is not described and will be removed


class Identity(TypedDict):
    """Identifies an object in results."""

    kind: str
    project: str | None
    name: str | None
    id: str | None


@dataclass(eq=False)
class Node:
    """An object that is described or pruned. Its outcome is a prediction until the plan was applied."""

    place: str  # where it is described, such as projects[1].alerts[0], or PRUNED
    item: Item
    owner: Node | None = None  # the project that contains it
    outcome: Outcome | None = None
    error: LogfireError | OptionError | None = None
    skipped: str = ""  # why it was not applied
    trial: Trial | None = None  # the result of its query, if that was run
    contents: dict[str, list[str]] = field(default_factory=dict)  # names of objects that are removed with it, by kind

    @property
    def kind(self) -> Kind:
        return self.item.kind

    @property
    def id(self) -> str | None:
        """The ID of the object; None if it does not exist yet."""
        if isinstance(self.error, LogfireError) and self.error.object_id:
            return self.error.object_id
        known = self.outcome.state["id"] if self.outcome and self.outcome.state else self.item.id
        return None if is_placeholder(known) else known

    @property
    def name(self) -> str | None:
        state = self.outcome.state if self.outcome else None
        name: str | None = state[self.kind.key] if state else self.item.wanted.get(self.kind.key)
        return name

    @property
    def changes_name(self) -> bool:
        """Whether it gives up its name, or may do so, if that is not known yet."""
        if self.item.id is None or self.item.wanted.get(self.kind.key) is None:
            return False
        current = self.outcome.current if self.outcome else None
        return current is None or current[self.kind.key] != self.name

    @property
    def pruned(self) -> bool:
        """Whether it exists in the organization, but not in the description."""
        return self.place == PRUNED

    @property
    def broken(self) -> bool:
        return self.error is not None or self.skipped != ""

    @property
    def changed(self) -> bool:
        """Whether it was changed, or would be. A failed object may have been changed nevertheless."""
        if self.broken:
            return self.error is not None and self.error.changed
        return self.outcome is not None and self.outcome.changed

    @property
    def placed(self) -> Item:
        """The item, with the ID or placeholder of its project."""
        if self.owner is None:
            return self.item
        project = self.owner.id or placeholder(self.owner.kind.name, self.owner.name or "")
        return self.item._replace(project=project, project_name=self.owner.name)

    @property
    def subject(self) -> str:
        """Its name in messages, such as C(alert 'Errors' of project 'shop'); empty if it has no name."""
        project = (self.owner.name or self.owner.item.id) if self.owner else None
        is_named = any(isinstance(name, str) and name.strip() for name in (self.name, self.item.id))
        return str(self.item._replace(project_name=project)) if is_named else ""

    def identity(self) -> Identity:
        return {
            "kind": self.kind.name,
            "project": self.owner.name if self.owner else None,
            "name": self.name,
            "id": self.id if self.kind.has_ids else None,
        }
