# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization as it is, as the description that makes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from .._api.client import Wire
from .._api.errors import LogfireError, OptionError
from .._api.parallel import side_by_side, workers
from .._kinds.alert import ALERT
from .._kinds.channel import CHANNEL, CONFIG_TYPES
from .._kinds.dashboard import DASHBOARD
from .._kinds.kind import Kind, State
from .._kinds.kinds import PROJECT_KINDS
from .._kinds.project import PROJECT
from .._values.types import canonical_name
from .organization import Organization, Parent, id_of, known, named


def describe_organization(organization: Organization, only: list[str] | None, concurrency: int) -> dict[str, Any]:
    """All channels and projects, or C(only) the projects of these names, in the shape that a stack takes.

    Sorted by name, without ids, secrets and what the service owns: organizations that are the same look the same.
    What shares its name with another object has its id, since nothing else tells them apart. Raises OptionError for an
    unknown project, and LogfireError.
    """
    with workers(concurrency, organization.client) as pool:
        _raise_first(side_by_side(pool, organization.all, [CHANNEL, PROJECT]))
        projects = organization.all(PROJECT)
        if only is not None:
            for name in only:
                if not named(PROJECT, projects, name):
                    raise OptionError("projects", f"there is no project {name!r}; {known(PROJECT, projects)}")
            projects = [project for name in dict.fromkeys(only) for project in named(PROJECT, projects, name)]
        parents = {project["id"]: organization.parent(project["id"]) for project in projects}
        lists = [(kind, parent) for parent in parents.values() for kind in PROJECT_KINDS]
        _raise_first(side_by_side(pool, lambda place: organization.all(*place), lists))
        boards = [(parent, board) for parent in parents.values() for board in organization.all(DASHBOARD, parent)]
        _raise_first(side_by_side(pool, lambda board: organization.complete(DASHBOARD, *board), boards))
    return {
        "channels": [channel for _wire, channel in _describe(organization, CHANNEL, organization.all(CHANNEL))],
        "projects": [
            {**options, **_describe_inside(organization, parents[project["id"]])}
            for project, options in _describe(organization, PROJECT, projects)
        ],
    }


def _describe_inside(organization: Organization, parent: Parent) -> dict[str, Any]:
    return {
        kind.plural: [
            options for _wire, options in _describe(organization, kind, organization.all(kind, parent), parent)
        ]
        for kind in PROJECT_KINDS
    }


def _describe(
    organization: Organization, kind: Kind, items: list[Wire], parent: Parent | None = None
) -> Iterator[tuple[Wire, dict[str, Any]]]:
    """The objects that can be described, each with the options that describe it."""
    counts = _count_names(kind, items)
    for item in _sorted(kind, items):
        try:
            state = kind.read(item, id_of(parent))
        except LogfireError as error:
            organization.warnings.append(f"The {kind.name} {item['id']} is left out: {error.problem}.")
            continue
        if kind is ALERT:
            _drop_unclear_names(organization, state)
        if kind.owner(item):
            continue
        options = _without_unknown(organization, kind, kind.describe(state), state)
        if not (options.get(kind.key) or "").strip():
            organization.warnings.append(f"The {kind.name} {item['id']} has no {kind.key}: no description can name it.")
            if kind.unique:
                continue
            options = {"id": item["id"], **{option: value for option, value in options.items() if option != kind.key}}
        elif counts[canonical_name(options[kind.key])] > 1:
            options["id"] = item["id"]
            organization.warnings.append(
                f"There are several {kind.name}s {state[kind.key]!r}; they are described with their ids,"
                " which no other organization has."
            )
        if kind is CHANNEL and "config" not in options:
            organization.warnings.append(
                f"The channel {state[kind.key]!r} is of a type that this version does not know"
                f" ({', '.join(CONFIG_TYPES)}); its configuration is left out."
            )
        yield item, options


def _drop_unclear_names(organization: Organization, alert: State) -> None:
    """Leave only the id of a channel whose name is another channel's too, or another's id."""
    channels = organization.all(CHANNEL)
    counts = _count_names(CHANNEL, channels)
    ids = {channel["id"] for channel in channels}
    for channel in alert["channels"]:
        if counts[canonical_name(channel["name"] or "")] > 1 or channel["name"] in ids:
            channel["name"] = None


def _without_unknown(organization: Organization, kind: Kind, options: dict[str, Any], state: State) -> dict[str, Any]:
    """Options without values that only a later version can apply; what a new object needs stays."""
    for field in kind.fields:
        if options.get(field.option) is None:
            continue
        value, unknown = field.type.without_unknown(options[field.option])
        if unknown and (value is not None or not field.required):
            options = {**options, field.option: value}
            names = ", ".join(f"{field.option}.{member}" if member else field.option for member in unknown)
            organization.warnings.append(
                f"The {kind.name} {state[kind.key]!r} has a value for {names} that this version does not know; it is"
                " left out."
            )
    return {option: value for option, value in options.items() if value is not None}


def _count_names(kind: Kind, items: list[Wire]) -> Counter[str]:
    names = (item.get(kind.wire_key) for item in items)
    return Counter(canonical_name(name) for name in names if isinstance(name, str))


def _sorted(kind: Kind, items: list[Wire]) -> list[Wire]:
    return sorted(items, key=lambda item: (str(item.get(kind.wire_key)), item["id"]))


def _raise_first(errors: list[Any]) -> None:
    for error in errors:
        if error is not None:
            raise error
