# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the objects that use a removed object: the service removes it from them silently."""

from __future__ import annotations

from collections.abc import Iterator

from .._api.errors import LogfireError
from .._kinds.field import State
from .._kinds.kind import Kind
from .._kinds.kinds import CONTAINER, PROJECT_KINDS
from .organization import Organization

MOST_NAMES = 10


def users_of(kind: Kind, optional: bool = False) -> list[Kind]:
    """Return the kinds whose objects may use those of C(kind); optional kinds only if C(optional) is true."""
    return [other for other in PROJECT_KINDS if kind in other.uses and (optional or not other.is_optional)]


def warn_of_users(organization: Organization, kind: Kind, state: State) -> None:
    """Warn with the names of the objects that use an object that is about to be removed.

    This takes a request for the list of projects, and one for each project in which the list of users was not read yet.
    If they cannot be read, there is a warning too.
    """
    if not users_of(kind):
        return
    name = f"{kind.word} {state[kind.key]!r}"
    try:
        users = list(_users(organization, kind, state["id"]))
    except LogfireError as error:
        organization.warnings.append(f"Could not check whether anything uses the {name}: {error.problem}.")
        return
    if users:
        more = f" and {len(users) - MOST_NAMES} more" if len(users) > MOST_NAMES else ""
        loss = f" {kind.loss}" if kind.loss else ""
        organization.warnings.append(f"The {name} is removed from: {', '.join(users[:MOST_NAMES])}{more}.{loss}")


def _users(organization: Organization, kind: Kind, object_id: str) -> Iterator[str]:
    """Yield the objects that use an object, in words; those of optional kinds only if their lists were already read.

    Objects that belong to one of an optional kind, such as the alerts of an SLO, are skipped if that kind was read.
    """
    projects = organization.all(CONTAINER)
    for project in sorted(projects, key=lambda project: (str(project.get(CONTAINER.wire_key)), project["id"])):
        parent = organization.parent(project["id"])
        owners = [other for other in users_of(kind, optional=True) if other.is_optional]
        known = [other for other in owners if organization.has_read(other, project["id"])]
        for other in (*users_of(kind), *known):
            for wire in organization.all(other, parent):
                if object_id.lower() in other.used_ids(wire, kind) and not (known and other.owner(wire)):
                    yield f"{other.word} {wire.get(other.wire_key)!r} of project {project.get(CONTAINER.wire_key)!r}"
