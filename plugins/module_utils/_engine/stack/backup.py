# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Describes what a plan is about to change, so that it can be restored.

Lists that change are described completely. So the description can be applied with pruning, which removes only objects
that were created since.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from ..._api.client import Wire
from ..._api.parallel import side_by_side
from ..._kinds.kind import Kind
from ..._kinds.kinds import CONTAINER, PROJECT_KINDS
from ..export import Lists, Options, describe_lists
from ..lookup import is_absent
from ..organization import Organization, Parent
from ..users import users_of
from .node import Node
from .stack import Stack


def describe_before(stack: Stack, pool: Executor) -> dict[str, Any]:
    """Describe the lists in which objects will be created, changed or removed, as options of logfire_stack.

    Lists that were already read are not read again. Objects that could not be created again are left out, with a
    warning. Raises LogfireError.
    """
    organization = stack.organization
    changing = [node for node in stack.nodes if node.changed]
    lists = _read(organization, {place for node in changing for place in _touched(stack, node)}, pool)
    lists |= _of_users(organization, changing, pool)
    _complete(organization, lists, pool)
    projects = organization.all(CONTAINER) if (CONTAINER, "") in lists else []
    removed = {node.id for node in changing if not node.item.present and node.id}
    removed |= {
        item["id"] for kind, project in lists if project in removed for item in _items(organization, kind, project)
    }
    renamed = {node.id for node in changing if node.changes_name}

    def amend(kind: Kind, item: Wire, options: Options) -> Options | None:
        """Add the IDs of renamed objects, which restores their names; leave out objects that cannot be restored."""
        if item["id"] in renamed:
            return {"id": item["id"], **options}
        if item["id"] in removed and (kind.not_creatable or "id" in options):
            reason = kind.not_creatable or "another object has the same name, or it has no name"
            name = f"{kind.word} {item.get(kind.wire_key)!r} ({item['id']})"
            organization.warnings.append(f"The backup does not contain the {name}, which is removed: {reason}.")
            return None
        return options

    return describe_lists(organization, projects, lists, amend)


def _touched(stack: Stack, node: Node) -> Iterator[tuple[Kind, str]]:
    """Yield the lists that a node changes; for an object in a project, the list of projects too."""
    if node.owner is None:
        yield node.kind, ""
    else:
        parent = stack.existing_project(node.owner)
        if parent is not None and parent.id:
            yield node.kind, parent.id
            yield CONTAINER, ""
    if node.kind is CONTAINER and not node.item.present and node.id:
        yield from ((kind, node.id) for kind in PROJECT_KINDS)


def _of_users(organization: Organization, changing: list[Node], pool: Executor) -> Lists:
    """Return the lists of objects that use a removed object, since the service removes it from them too."""
    removed = [node for node in changing if not node.item.present and users_of(node.kind)]
    if not removed:
        return set()
    projects = organization.all(CONTAINER)
    users = {kind for node in removed for kind in users_of(node.kind, optional=True)}
    lists = _read(organization, {(kind, project["id"]) for project in projects for kind in users}, pool)
    using = {
        (kind, project)
        for kind, project in lists
        for item in _items(organization, kind, project)
        if any(node.id and node.id.lower() in kind.used_ids(item, node.kind) for node in removed)
    }
    return {*using, (CONTAINER, "")} if using else using


def _read(organization: Organization, lists: Lists, pool: Executor) -> Lists:
    """Read lists that were not read yet, and return those that exist. There is a warning for each of the others."""
    found = sorted(lists, key=lambda place: (place[0].name, place[1]))
    errors = side_by_side(pool, lambda place: _items(organization, *place), found)
    for (kind, project), error in zip(found, errors):
        if error is None:
            continue
        if not is_absent(kind, error):
            raise error
        organization.warnings.append(f"The backup does not contain the {kind.word}s: {error}")
        lists = lists - {(kind, project)}
    return lists


def _complete(organization: Organization, lists: Lists, pool: Executor) -> None:
    """Read the details that lists omit."""
    incomplete = [
        (kind, _parent(organization, project), item)
        for kind, project in lists
        for item in (_items(organization, kind, project) if kind.detail_option else ())
    ]
    for error in side_by_side(pool, lambda item: organization.complete(*item), incomplete):
        if error is not None:
            raise error


def _items(organization: Organization, kind: Kind, project: str) -> list[Wire]:
    return organization.all(kind, _parent(organization, project))


def _parent(organization: Organization, project: str) -> Parent | None:
    return organization.parent(project) if project else None
