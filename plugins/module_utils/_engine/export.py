# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization as it is, as the description that makes it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .._api.client import Wire
from .._api.errors import OptionError
from .._api.parallel import side_by_side
from .._kinds.alert import ALERT
from .._kinds.channel import CHANNEL, CONFIG_TYPES
from .._kinds.dashboard import DASHBOARD
from .._kinds.kind import Kind, State
from .._kinds.kinds import PROJECT_KINDS
from .._kinds.project import PROJECT
from .organization import Organization, Parent, known


def describe_organization(organization: Organization, only: list[str] | None, concurrency: int) -> dict[str, Any]:
    """All channels and projects, or C(only) the projects of these names, in the shape that a stack takes.

    Sorted by name, without ids, secrets and what the service owns: organizations that are the same look the same.
    What shares its name with another object has its id, since nothing else tells them apart. Raises OptionError for an
    unknown project, and LogfireError.
    """
    with ThreadPoolExecutor(concurrency) as pool:
        _raise_first(side_by_side(pool, organization.all, [CHANNEL, PROJECT]))
        projects = organization.all(PROJECT)
        if only is not None:
            names = {project.get("project_name") for project in projects}
            for name in only:
                if name not in names:
                    raise OptionError("projects", f"there is no project {name!r}; {known(PROJECT, projects)}")
            projects = [project for project in projects if project.get("project_name") in only]
        parents = {project["id"]: organization.parent(project["id"]) for project in projects}
        lists = [(kind, parent) for parent in parents.values() for kind in PROJECT_KINDS]
        _raise_first(side_by_side(pool, lambda place: organization.all(*place), lists))
        boards = [(parent, board) for parent in parents.values() for board in organization.all(DASHBOARD, parent)]
        _raise_first(side_by_side(pool, lambda board: organization.complete(DASHBOARD, *board), boards))
    return {
        "channels": _describe_list(organization, CHANNEL, organization.all(CHANNEL)),
        "projects": [
            {**item, **_describe_inside(organization, parents[project["id"]])}
            for project, item in zip(_sorted(PROJECT, projects), _describe_list(organization, PROJECT, projects))
        ],
    }


def _describe_inside(organization: Organization, parent: Parent) -> dict[str, Any]:
    return {kind.plural: _describe_list(organization, kind, organization.all(kind, parent)) for kind in PROJECT_KINDS}


def _describe_list(organization: Organization, kind: Kind, items: list[Wire]) -> list[dict[str, Any]]:
    counts = Counter(item.get(kind.wire_key) for item in items)
    described = []
    for item in _sorted(kind, items):
        state = kind.read(item)
        if kind is ALERT:
            _drop_unclear_names(organization, state)
        options = kind.describe(state)
        if counts[item.get(kind.wire_key)] > 1:
            options["id"] = item["id"]
            organization.warnings.append(
                f"There are several {kind.name}s {options[kind.key]!r}; they are described with their ids,"
                " which no other organization has."
            )
        if kind is CHANNEL and "config" not in options:
            organization.warnings.append(
                f"The channel {options[kind.key]!r} is of a type that this version does not know"
                f" ({', '.join(CONFIG_TYPES)}); its configuration is left out."
            )
        described.append(options)
    return described


def _drop_unclear_names(organization: Organization, alert: State) -> None:
    """Leave only the id of a channel whose name is another channel's too, or another's id."""
    channels = organization.all(CHANNEL)
    counts = Counter(channel.get("label") for channel in channels)
    ids = {channel["id"] for channel in channels}
    for channel in alert["channels"]:
        if counts[channel["name"]] > 1 or channel["name"] in ids:
            channel["name"] = None


def _sorted(kind: Kind, items: list[Wire]) -> list[Wire]:
    return sorted(items, key=lambda item: (str(item.get(kind.wire_key)), item["id"]))


def _raise_first(errors: list[Any]) -> None:
    for error in errors:
        if error is not None:
            raise error
