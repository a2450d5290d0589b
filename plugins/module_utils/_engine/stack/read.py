# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads all that planning requires, concurrently: each list once, and the definition of each described object."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from ..._api.errors import LogfireError
from ..._api.parallel import side_by_side
from ..._kinds.kind import Kind
from ..._kinds.kinds import CONTAINER, ORGANIZATION_KINDS, PROJECT_KINDS
from ..._values.option_errors import OptionError
from ..organization import Organization
from ..plan import Item
from ..unlisted import lists_of_users
from .node import Node
from .stack import Stack, find


def read(stack: Stack, prune: Sequence[str], pool: Executor) -> None:
    """Read lists and definitions. An error is recorded in the nodes that it affects.

    Raises LogfireError if a list of the organization cannot be read, because nothing can be planned then.
    """
    _read_organization(stack, pool)
    _read_projects(stack, prune, pool)
    _read_unlisted(stack, pool)
    _read_details(stack, pool)


def check_organization(organization: Organization, name: str) -> None:
    """Raise OptionError if the existing projects belong to another organization than C(name)."""
    try:
        projects = organization.all(CONTAINER)
    except LogfireError as error:
        raise _while_reading(error, f"the {CONTAINER.word}s") from None
    others = {str(project.get("organization_name")) for project in projects if project.get("organization_name")} - {
        name
    }
    if others:
        raise OptionError(
            "organization",
            f"the description is for the organization {name!r}, but the API token belongs to"
            f" {', '.join(sorted(others))!r}",
        )
    if not any(project.get("organization_name") for project in projects):
        organization.warnings.append(
            f"Could not verify that the API token belongs to the organization {name!r}: no project reports a name."
        )


def _read_organization(stack: Stack, pool: Executor) -> None:
    used = {kind for kind, _name in _names_used(stack)}
    listed = [kind for kind in ORGANIZATION_KINDS if kind.is_listed]
    kinds = [kind for kind in listed if stack.description.has_list(kind) or kind in used]
    for kind, error in zip(kinds, side_by_side(pool, stack.organization.all, kinds)):
        if error:
            raise _while_reading(error, f"the {kind.word}s")


def _read_projects(stack: Stack, prune: Sequence[str], pool: Executor) -> None:
    """Read the lists in projects for which objects are described or may be pruned."""
    lists = [
        (kind, owner)
        for owner in stack.nodes
        for kind in PROJECT_KINDS
        if owner.kind is CONTAINER and owner.item.present and stack.description.has_list(kind, owner)
        if kind.plural in prune or stack.nodes_of(kind, owner)
    ]
    for (kind, owner), error in zip(lists, side_by_side(pool, lambda place: stack.existing(*place), lists)):
        if error:
            error = _while_reading(error, f"the {kind.word}s of {owner.item}")
            stack.description.lists.discard((kind.name, owner.place))  # so nothing in it is pruned
            nodes = stack.nodes_of(kind, owner)
            if not nodes:  # an empty list: all of its objects would have been pruned
                nodes = [Node(f"{owner.place}.{kind.plural}", Item(kind, {}), owner)]
                stack.nodes.extend(nodes)
            for node in nodes:
                node.error = error


def _read_unlisted(stack: Stack, pool: Executor) -> None:
    """Read objects that the API does not list: by the IDs in the description, or else all that others use."""
    for kind in [kind for kind in ORGANIZATION_KINDS if not kind.is_listed]:
        described = stack.nodes_of(kind, None)
        ids = [node.item.id for node in described if node.item.id is not None]
        names = {name for used, name in _names_used(stack) if used is kind} - {node.name for node in described}
        try:
            if names or len(ids) < len(described):
                side_by_side(
                    pool, lambda place: stack.organization.all(*place), lists_of_users(stack.organization, kind)
                )
                ids += [item["id"] for item in stack.organization.all(kind)]
            if ids:
                stack.organization.read_by_ids(kind, ids)
        except LogfireError as error:
            raise _while_reading(error, f"the {kind.word}s") from None


def _names_used(stack: Stack) -> set[tuple[Kind, str]]:
    return {used for node in stack.nodes for used in node.kind.names_used(node.item.wanted)}


def _read_details(stack: Stack, pool: Executor) -> None:
    """Read the details of described objects that lists omit."""
    nodes = [node for node in stack.nodes if node.kind.detail_option and node.item.present and not node.error]
    for node, error in zip(nodes, side_by_side(pool, lambda node: _read_detail(stack, node), nodes)):
        node.error = error and _while_reading(error, str(node.placed))


def _read_detail(stack: Stack, node: Node) -> None:
    parent = stack.existing_project(node.owner) if node.owner else None
    found = find(node, stack.organization.all(node.kind, parent)) if parent else None
    if found is not None:
        stack.organization.complete(node.kind, parent, found)


def _while_reading(error: LogfireError | OptionError, what: str) -> LogfireError | OptionError:
    if isinstance(error, LogfireError):
        error.task = f"read {what}"
    return error
