# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of kinds that the API does not list. Each is read by its ID, which is found in the objects that use it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .._api.client import LogfireClient, Wire, is_uuid
from .._api.errors import LogfireError, NotFound, unexpected
from .._kinds.kind import Kind
from .._kinds.kinds import CONTAINER, PROJECT_KINDS
from .lookup import is_absent

if TYPE_CHECKING:
    from .organization import Organization, Parent


class Singles:
    """Objects that were read by their IDs, with later changes. Any number of threads may share it."""

    def __init__(self, client: LogfireClient) -> None:
        self._client = client
        self._known: dict[tuple[str, str], Wire | None] = {}  # None: it does not exist

    def copy(self) -> Singles:
        """Return a copy; changes that are recorded in it do not affect this one."""
        copy = Singles(self._client)
        copy._known = dict(self._known)
        return copy

    def read(self, kind: Kind, object_id: str) -> Wire | None:
        """Return an object, or None if it does not exist. Two threads that ask at the same time may both read it.

        Raises LogfireError.
        """
        place = (kind.name, object_id.lower())
        if place not in self._known:
            self._known[place] = self._read(kind, object_id) if is_uuid(object_id) else None
        return self._known[place]

    def _read(self, kind: Kind, object_id: str) -> Wire | None:
        try:
            item = kind.read_one(self._client, "", object_id)
        except NotFound:
            return None
        if str(item.get("id")).lower() != object_id.lower():
            raise unexpected(f"the answer has another {kind.word}", "GET", kind.path("", object_id))
        return item

    def of(self, kind: Kind) -> list[Wire]:
        """Return the objects of a kind that were read."""
        return [item for (name, _id), item in list(self._known.items()) if name == kind.name and item is not None]

    def read_all(self, kind: Kind, ids: Iterable[str]) -> list[Wire]:
        """Return the existing objects of these IDs. Raises LogfireError."""
        found = [self.read(kind, object_id) for object_id in dict.fromkeys(ids)]
        return [item for item in found if item is not None]

    def note(self, kind: Kind, object_id: str, item: Wire | None) -> None:
        """Record an object that was created or changed, or with None, one that was removed."""
        if not kind.is_listed:
            self._known[kind.name, object_id.lower()] = item

    def forget(self, kind: Kind) -> None:
        """Make the next use of the objects of a kind read them again."""
        self._known = {place: item for place, item in self._known.items() if place[0] != kind.name}


def candidates(organization: Organization, kind: Kind, parent: Parent | None, object_id: str | None) -> list[Wire]:
    """Return the objects among which to look for one. For an unlisted kind with C(object_id), only that one is read."""
    if not kind.is_listed and object_id is not None and not organization.has_read(kind, ""):
        organization.read_by_ids(kind, [object_id])
    return organization.all(kind, parent)


def lists_of_users(organization: Organization, kind: Kind) -> list[tuple[Kind, Parent]]:
    """Return the kinds and projects of the lists whose objects may use one of C(kind). Raises LogfireError."""
    using = [other for other in PROJECT_KINDS if kind in other.uses]
    return [(other, organization.parent(project["id"])) for project in organization.all(CONTAINER) for other in using]


def read_used(organization: Organization, kind: Kind, known_ids: Iterable[str]) -> list[Wire]:
    """Return the objects of an unlisted kind that others use, and those of C(known_ids). Raises LogfireError."""
    ids = sorted(known_ids)
    for other, parent in lists_of_users(organization, kind):
        try:
            users = organization.all(other, parent)
        except LogfireError as error:
            if not is_absent(other, error):
                raise
            continue
        ids += [used for user in users for used in sorted(other.used_ids(user, kind))]
    return organization.singles.read_all(kind, ids)
