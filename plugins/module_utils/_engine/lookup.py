# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds objects in a list that was read, by ID or by name. Ambiguous names are errors."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime, timezone

from .._api.client import Wire, is_uuid
from .._api.errors import LogfireError
from .._kinds.kind import Kind
from .._values.instants import parse_instant
from .._values.option_errors import Ambiguous, OptionError
from .._values.suggestions import did_you_mean, not_among

#: Seconds in which two objects of one name may be duplicates by two runs, one of which is about to be removed.
UNSETTLED = 30
MOST_NAMES = 20  # in one message


#: Errors of an organization whose plan, release or API token does not support objects of a kind.
ABSENT = (402, 403, 404, 405, 422)


def is_absent(kind: Kind, error: object) -> bool:
    """Whether an error of reading objects means that they are not available in the organization."""
    return kind.is_optional and isinstance(error, LogfireError) and error.status in ABSENT


def by_id(objects: list[Wire], object_id: str) -> Wire | None:
    wanted = object_id.lower()
    return next((item for item in objects if item["id"].lower() == wanted), None)


def named(kind: Kind, objects: list[Wire], name: object) -> list[Wire]:
    """Return the objects of that name; those that the service manages only if there are no others."""
    found = [item for item in objects if isinstance(name, str) and kind.is_called(item, name)]
    return [item for item in found if not kind.owner(item)] or found


def namesakes(kind: Kind, objects: list[Wire], name: object, given_up: AbstractSet[str]) -> list[Wire]:
    """Return the objects of that name, without those whose IDs are in C(given_up), unless there are no others."""
    found = named(kind, objects, name)
    return [item for item in found if item["id"].lower() not in given_up] or found


def by_name(kind: Kind, objects: list[Wire], name: str, given_up: AbstractSet[str] = frozenset()) -> Wire | None:
    """Return the only object of that name, or None; of several, the one whose ID is not in C(given_up).

    Raises OptionError for an unknown name with whitespace around it, and Ambiguous, with the IDs, if there are several
    such objects.
    """
    found = namesakes(kind, objects, name, given_up)
    if not found and name != name.strip():
        raise OptionError(kind.key, f"{name!r} must not begin or end with whitespace")
    if len(found) > 1:
        oldest, *younger = [item["id"] for item in oldest_first(found)]
        others = "the other by its id" if len(younger) == 1 else "the others by their ids"
        raise Ambiguous(
            kind.key,
            f"there are {len(found)} {kind.word}s {name!r}; name one by its id: {', '.join([oldest, *younger])}."
            f" To keep only the oldest, {oldest}, remove {others}, with state=absent: {', '.join(younger)}",
        )
    return found[0] if found else None


def oldest_first(objects: list[Wire]) -> list[Wire]:
    """Sort objects by the time of their creation, then by ID; objects without that time come last."""
    return sorted(objects, key=lambda item: (_created_at(item), item["id"]))


def is_unsettled(namesakes: list[Wire]) -> bool:
    """Whether the youngest object is so young that the run that created it may be about to remove it."""
    age = datetime.now(timezone.utc) - _created_at(oldest_first(namesakes)[-1])
    return abs(age.total_seconds()) < UNSETTLED


def _created_at(item: Wire) -> datetime:
    try:
        return parse_instant(item.get("created_at"))
    except ValueError:
        return datetime.max.replace(tzinfo=timezone.utc)


def missing(kind: Kind, reference: str, objects: list[Wire]) -> str:
    """Return the message that no object has that name or ID, with the names of C(objects), which exist."""
    problem = f"there is no {kind.word} {reference!r}"
    names = {str(item.get(kind.wire_key)) for item in objects}
    if not kind.is_listed:
        hint = did_you_mean(reference, names) or f"; an unused {kind.word} is found only by its ID: set {kind.name}_id"
        return problem if is_uuid(reference) else f"{problem} in use{hint}"
    if not names:
        return f"{problem}; none exist yet"
    return not_among(problem, reference, names, f"existing {kind.word}s", MOST_NAMES)


def foreseen(kind: Kind, name: str, objects: list[Wire]) -> str:
    """Return the warning that check mode continues without an object."""
    names = [str(item.get(kind.wire_key)) for item in objects]
    question = did_you_mean(name, names).replace("; d", " D")
    word = f"{kind.word[0].upper()}{kind.word[1:]}"
    return f"{word} {name!r} does not exist; check mode assumes an earlier task creates it.{question}"
