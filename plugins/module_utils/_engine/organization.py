# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects of an organization: a cache of lists, and the look-ups that all objects of a task share."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Callable

from .._api.client import LogfireClient, Wire, is_uuid
from .._api.errors import Forbidden, LogfireError, NotFound, article, unexpected
from .._kinds.field import Fingerprints, State
from .._kinds.kind import Kind
from .._kinds.kinds import CONTAINER
from .._kinds.report import Report
from .._values.option_errors import OptionError
from .._values.placeholders import is_placeholder, placeholder, planned_name
from . import unlisted
from .listing import Listing
from .lookup import by_id, by_name, foreseen, is_unsettled, missing, namesakes

PATIENCE = (0.5, 1.0, 2.0, 4.0)  # seconds between checks whether a duplicate was removed


@dataclass
class Parent:
    """The project of an object. C(name) is None if only the ID is known.

    C(id) is None for a project that does not exist, and a placeholder for one that check mode assumes to be created.
    """

    reference: str
    id: str | None = None
    name: str | None = None
    listed: bool = False  # seen in the list of projects; False: a UUID that was not verified

    def __str__(self) -> str:
        return self.name or self.reference


class Organization:
    """Reads lists, caches them, and finds objects in them by ID or name. Any number of threads may share it."""

    def __init__(
        self, client: LogfireClient, check_mode: bool = False, fingerprints: Fingerprints | None = None
    ) -> None:
        self.client = client
        self.fingerprints = fingerprints
        self.check_mode = check_mode
        self.tolerates_missing = check_mode  # whether to assume that an earlier task would create an unknown name
        self.accepts_placeholders = check_mode
        self.ids_losing_names: set[str] = set()  # ids of objects that this run renames or removes
        self.warnings: list[str] = []
        self._listings: dict[tuple[str, str], Listing] = {}
        self._reports: dict[tuple[str, str], Any] = {}
        self.singles = unlisted.Singles(client)

    def preview(self) -> Organization:
        """Return a copy for planning. Changes that are recorded in the copy do not affect this organization."""
        copy = Organization(self.client, check_mode=True, fingerprints=self.fingerprints)
        copy.tolerates_missing, copy.accepts_placeholders = self.tolerates_missing, self.accepts_placeholders
        copy.ids_losing_names, copy._reports = self.ids_losing_names, self._reports
        copy.singles = self.singles.copy()
        copy._listings = {
            place: Listing(None if listing.items is None else list(listing.items), set(listing.ids))
            for place, listing in self._listings.items()
        }
        return copy

    def all(self, kind: Kind, parent: Parent | None = None) -> list[Wire]:
        """Return the objects of a kind; none in a project that does not exist."""
        if parent is None:
            return self._list(kind, "")
        return self.in_project(parent, lambda project_id: self._list(kind, project_id))

    def read_by_ids(self, kind: Kind, ids: Iterable[str]) -> None:
        """For a kind that the API does not list, treat the objects of these IDs and those already known as the list."""
        listing = self._listing(kind, "")
        items = self.singles.read_all(kind, [*listing.ids, *ids])
        with listing.lock:
            listing.items = items
            listing.ids.update(item["id"] for item in items)

    def report(self, report: Report, asked: State) -> Any:
        """Return the content of a report. Two threads that ask at the same time may both read it."""
        key = (report.name, repr(sorted(asked.items())))
        if key not in self._reports:
            self._reports[key] = report.read(self.client, asked)
        return self._reports[key]

    def in_project(self, parent: Parent, read: Callable[[str], list[Wire]]) -> list[Wire]:
        """Return C(read(parent.id)). If the project does not exist, return [] and set C(parent.id) to None."""
        if not parent.id or is_placeholder(parent.id):
            return []
        try:
            return read(parent.id)
        except (NotFound, Forbidden) as refusal:
            # For a deleted project, the API may answer either; the list of projects shows which of them it is.
            if parent.listed:
                self.remove(CONTAINER, None, parent.id)
                self.forget(CONTAINER)
            try:
                found = self.parent(parent.reference, by_list=True)
            except LogfireError:
                raise refusal from None  # the first error is the relevant one for the user
            if found.id == parent.id:
                raise
            vars(parent).update(vars(found))
            return self.in_project(parent, read)

    def name_references(self, kind: Kind, state: State) -> None:
        """Add the names of the objects that a state refers to, if the answer has none and these objects were read."""
        nameless = [reference for reference in kind.references(state) if reference.name is None]
        for used in dict.fromkeys(reference.kind for reference in nameless):
            items = self.all(used) if self.has_read(used, "") else []
            names = {item["id"].lower(): item.get(used.wire_key) for item in [*items, *self.singles.of(used)]}
            for reference in nameless:
                if reference.kind is used:
                    reference.call(names.get(reference.id.lower()))

    def has_read(self, kind: Kind, project_id: str) -> bool:
        """Whether a list was read."""
        return self._listing(kind, project_id).items is not None

    def complete(self, kind: Kind, parent: Parent | None, item: Wire) -> Wire:
        """Return an item of a list with the details that the list omits."""
        whole = kind.complete(self.client, id_of(parent), item)
        if whole is not item:
            self.remember(kind, parent, whole)
        return whole

    def remember(self, kind: Kind, parent: Parent | None, item: Wire) -> None:
        """Record an object that was created or changed, so that its list need not be read again."""
        listing = self._listing(kind, id_of(parent))
        self.singles.note(kind, item["id"], item)
        with listing.lock:
            listing.ids.add(item["id"])
            if listing.items is not None:
                listing.items = [*(other for other in listing.items if other["id"] != item["id"]), item]

    def remove(self, kind: Kind, parent: Parent | None, object_id: str) -> None:
        """Record that an object was removed."""
        self.singles.note(kind, object_id, None)
        listing = self._listing(kind, id_of(parent))
        with listing.lock:
            listing.ids.discard(object_id)
            if listing.items is not None:
                listing.items = [item for item in listing.items if item["id"] != object_id]

    def forget(self, kind: Kind, parent: Parent | None = None) -> None:
        """Make the next use of a list read it again."""
        listing = self._listing(kind, id_of(parent))
        with listing.lock:
            listing.items = None
            self.singles.forget(kind)

    def read_again(self, kind: Kind, parent: Parent | None = None) -> None:
        """Read a list again. Objects that are known here but not in the answer are kept: an answer may lag behind."""
        if parent is not None and not parent.id:
            return  # the project does not exist
        fresh = self._read(kind, id_of(parent))
        ids = {item["id"] for item in fresh}
        listing = self._listing(kind, id_of(parent))
        with listing.lock:
            listing.items = [*fresh, *(item for item in listing.items or [] if item["id"] not in ids)]

    def start_empty(self, kind: Kind, project_id: str) -> None:
        """Assume that a list of a project that was just created is empty."""
        listing = self._listing(kind, project_id)
        with listing.lock:
            listing.items, listing.ids = [], set()

    def _list(self, kind: Kind, project_id: str) -> list[Wire]:
        listing = self._listing(kind, project_id)
        earlier_error = listing.error
        with listing.lock:  # a second thread waits, and then uses the list, or the error after all retries
            if listing.items is None:
                if listing.error is not None and listing.error is not earlier_error:
                    raise listing.error.copy()
                try:
                    items = self._read(kind, project_id)
                except LogfireError as error:
                    listing.error = error.copy()
                    raise
                if kind.is_listed and not items and listing.ids:  # missing objects would be created again
                    problem = f"the list of {kind.word}s is empty, although this run knows of {len(listing.ids)}"
                    raise unexpected(problem, "GET", kind.path(project_id))
                listing.items, listing.ids = items, {item["id"] for item in items}
            return listing.items

    def _read(self, kind: Kind, project_id: str) -> list[Wire]:
        if not kind.is_listed:
            return unlisted.read_used(self, kind, self._listing(kind, project_id).ids)
        items = kind.read_all(self.client, project_id)
        if items and not any(kind.wire_key in item for item in items):
            problem = f"the answer has {article(kind.word)} without a {kind.key}"
            raise unexpected(problem, "GET", kind.path(project_id))
        return items

    def _listing(self, kind: Kind, project_id: str) -> Listing:
        return self._listings.setdefault((kind.name, project_id), Listing())

    def parent(self, reference: str, by_list: bool = False) -> Parent:
        """Return the project of a name or ID. With a UUID, no request is necessary, unless C(by_list) is true."""
        planned = planned_name(CONTAINER.name, reference)
        if planned is not None:
            if by_id(self._listing(CONTAINER, "").items or [], reference) is None:
                self.check_foreseen(CONTAINER, reference, "project")
            return Parent(reference, reference, planned)
        if is_uuid(reference) and not by_list and self._listing(CONTAINER, "").items is None:
            return Parent(reference, id=reference.lower())
        try:
            project = self.by_reference(CONTAINER, reference)
        except OptionError as error:
            raise error.of("project") from None
        if project is None:
            return Parent(reference)
        if is_uuid(reference) and project["id"].lower() != reference.lower():
            # It may be the ID of a deleted project, and then the other project would be changed by mistake.
            raise OptionError(
                "project",
                f"there is no project with the ID {reference}; a project has it as its name: use the ID of that"
                f" project, {project['id']}",
            )
        return Parent(reference, project["id"], project.get(CONTAINER.wire_key), listed=True)

    def check_foreseen(self, kind: Kind, placeholder_id: str, option: str) -> None:
        """In a real run, raise OptionError for a placeholder, which check mode returned as an ID."""
        if not self.accepts_placeholders:
            raise OptionError(
                option,
                f"{placeholder_id!r} is a placeholder that check mode returned for {article(kind.word)} that did not"
                " exist; it cannot be used in a real run",
            )

    def project_name(self, parent: Parent) -> str | None:
        """Return the name of a project of which maybe only the ID is known."""
        if parent.name is None and parent.id is not None:
            parent.name = CONTAINER.read_one(self.client, "", parent.id).get(CONTAINER.wire_key)
        return parent.name

    def by_name(self, kind: Kind, parent: Parent | None, name: str) -> Wire | None:
        """Return the only object of that name, or None. Raises Ambiguous if there are several, also after a while."""
        for delay in PATIENCE:
            found = namesakes(kind, self.all(kind, parent), name, self.ids_losing_names)
            if len(found) < 2 or not is_unsettled(found):
                break
            time.sleep(delay)
            left = {item["id"] for item in self._read(kind, id_of(parent))}
            for item in found:
                if item["id"] not in left:
                    self.remove(kind, parent, item["id"])
        return by_name(kind, self.all(kind, parent), name, self.ids_losing_names)

    def by_reference(self, kind: Kind, reference: str) -> Wire | None:
        """Return an object outside of projects by ID or name, or None. IDs have priority: a name may look like one."""
        return by_id(self.all(kind), reference) or self.by_name(kind, None, reference)

    def require(self, parent: Parent) -> None:
        """Raise OptionError for a project that does not exist, except in check mode: an earlier task may create it."""
        if parent.id is not None:
            return
        if not self.tolerates_missing or is_uuid(parent.reference) or parent.reference != parent.reference.strip():
            projects = self.all(CONTAINER)
            raise OptionError("project", missing(CONTAINER, parent.reference, projects))
        self.warnings.append(foreseen(CONTAINER, parent.reference, self.all(CONTAINER)))
        parent.id = placeholder(CONTAINER.name, parent.reference)

    def find(self, kind: Kind, reference: str, current_id: str | None = None) -> Wire:
        """Return an object outside of projects by name or ID; see L(Lookup.find).

        In check mode, an object with an unknown name is assumed to be created by an earlier task. Raises OptionError.
        """
        if current_id is not None and not kind.is_listed:  # so the objects that use it need not be read
            current = self.singles.read(kind, current_id)
            if current is not None and kind.is_called(current, reference):
                return current
        found = self.by_reference(kind, reference)
        if found is not None:
            return found
        planned = planned_name(kind.name, reference)
        if planned is not None:
            self.check_foreseen(kind, reference, f"{kind.name}s")
            return {"id": reference, kind.wire_key: planned}
        if (
            self.tolerates_missing and kind.is_listed and not is_uuid(reference)
        ):  # of others, a new one is not found by its name
            self.warnings.append(foreseen(kind, reference, self.all(kind)))
            return {"id": placeholder(kind.name, reference), kind.wire_key: reference}
        raise OptionError(kind.plural, missing(kind, reference, self.all(kind)))


def id_of(parent: Parent | None) -> str:
    """Return the ID of a project; an empty text for None, or for a project that does not exist."""
    return (parent and parent.id) or ""
