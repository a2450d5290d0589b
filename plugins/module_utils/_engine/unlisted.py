# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of kinds that the API does not list: each is read by its ID, which those that use it tell."""

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
    """What was read by its ID, as it is since. Any number of threads may share it."""

    def __init__(self, client: LogfireClient) -> None:
        self._client = client
        self._known: dict[tuple[str, str], Wire | None] = {}  # None: there is none

    def copy(self) -> Singles:
        """What is known here; what is noted there stays there."""
        copy = Singles(self._client)
        copy._known = dict(self._known)
        return copy

    def read(self, kind: Kind, object_id: str) -> Wire | None:
        """An object, or None if there is none. Two threads that ask at the same time may both read it.

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
        """The objects of a kind that were read."""
        return [item for (name, _id), item in list(self._known.items()) if name == kind.name and item is not None]

    def read_all(self, kind: Kind, ids: Iterable[str]) -> list[Wire]:
        """The existing objects of these IDs. Raises LogfireError."""
        found = [self.read(kind, object_id) for object_id in dict.fromkeys(ids)]
        return [item for item in found if item is not None]

    def note(self, kind: Kind, object_id: str, item: Wire | None) -> None:
        """Take note of an object that was made or changed, or of one that is gone."""
        if not kind.is_listed:
            self._known[kind.name, object_id.lower()] = item

    def forget(self, kind: Kind) -> None:
        """Read the objects of a kind again when they are needed next."""
        self._known = {place: item for place, item in self._known.items() if place[0] != kind.name}


def candidates(organization: Organization, kind: Kind, parent: Parent | None, object_id: str | None) -> list[Wire]:
    """The objects in which one is looked for; where the API has no list, its ID saves asking who uses any."""
    if not kind.is_listed and object_id is not None and not organization.has_read(kind, ""):
        organization.read_by_ids(kind, [object_id])
    return organization.all(kind, parent)


def lists_of_users(organization: Organization, kind: Kind) -> list[tuple[Kind, Parent]]:
    """The lists in which something may use an object of C(kind), by their kinds and projects. Raises LogfireError."""
    using = [other for other in PROJECT_KINDS if kind in other.uses]
    return [(other, organization.parent(project["id"])) for project in organization.all(CONTAINER) for other in using]


def read_used(organization: Organization, kind: Kind, known_ids: Iterable[str]) -> list[Wire]:
    """The objects of a kind without a list that something uses, and those of C(known_ids). Raises LogfireError."""
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
