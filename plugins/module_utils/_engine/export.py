# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Describes the current state of an organization, in the format that logfire_stack applies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import Executor
from functools import partial
from typing import Any, Callable, Optional

from .._api.client import Wire
from .._api.errors import LogfireError
from .._api.parallel import side_by_side, workers
from .._kinds.field import State
from .._kinds.kind import Kind
from .._kinds.kinds import CONTAINER, ORGANIZATION_KINDS, PROJECT_KINDS, STACK_KINDS
from .._values.option_errors import OptionError
from .lookup import is_absent, missing, named
from .organization import Organization, Parent, id_of

Options = dict[str, Any]
Lists = set[tuple[Kind, str]]  # kinds and IDs of projects; the ID is empty for kinds outside of projects
Amendment = Callable[[Kind, Wire, Options], Optional[Options]]


def describe_organization(
    organization: Organization,
    only: list[str] | None,
    concurrency: int,
    more: Collection[Kind] = (),
    amend: Amendment = lambda _kind, _item, options: options,
) -> dict[str, Any]:
    """Describe the whole organization, or C(only) the projects of these names, as options of logfire_stack.

    C(more) are kinds that are left out by default; for C(amend), see L(describe_lists). The description is sorted by
    name, and has no IDs, secrets or objects that the service manages, so equal organizations have equal descriptions.
    Only objects that share their name with another object have their ID. Raises OptionError for an unknown project,
    and LogfireError.
    """
    kinds = [kind for kind in STACK_KINDS if kind.is_listed and (kind.is_exported or kind in more)]
    with workers(concurrency, organization.client) as pool:
        outer = [kind for kind in kinds if kind.parent is None]
        absent = _absent(organization, outer, side_by_side(pool, organization.all, outer))
        projects = organization.all(CONTAINER)
        if only is not None:
            for name in only:
                if not named(CONTAINER, projects, name):
                    raise OptionError("projects", missing(CONTAINER, name, projects))
            projects = [project for name in dict.fromkeys(only) for project in named(CONTAINER, projects, name)]
        parents = {project["id"]: organization.parent(project["id"]) for project in projects}
        lists = [(kind, parent) for parent in parents.values() for kind in kinds if kind.parent is CONTAINER]
        errors = side_by_side(pool, lambda place: organization.all(*place), lists)
        absent |= _absent(organization, [kind for kind, _parent in lists], errors)
        incomplete = [
            (kind, parent, item)
            for kind, parent in lists
            if kind.detail_option
            for item in organization.all(kind, parent)
        ]
        _raise_first(side_by_side(pool, lambda item: organization.complete(*item), incomplete))
        outer += _read_used(organization, [place for place in lists if place[0] not in absent], pool)
    everything = [(kind, "") for kind in outer] + [(kind, id_of(parent)) for kind, parent in lists]
    return describe_lists(organization, projects, {place for place in everything if place[0] not in absent}, amend)


def with_id(kind: Kind, item: Wire, options: Options) -> Options:
    """An amendment that adds the ID of an object to the options that describe it."""
    return {"id": item["id"], **options} if kind.has_ids else options


def describe_lists(
    organization: Organization,
    projects: list[Wire],
    lists: Lists,
    amend: Amendment = lambda _kind, _item, options: options,
) -> dict[str, Any]:
    """Describe lists that were read, including details that lists omit, as options of logfire_stack.

    C(projects) are the projects to describe. C(amend) gets a kind, an object, and the options that describe it, and
    returns the options, or None to leave the object out.
    """

    def describe(kind: Kind, items: list[Wire], parent: Parent | None = None) -> list[Options]:
        """Describe objects, including their contents."""
        described = []
        for item, options in _describe(organization, kind, items, parent):
            amended = amend(kind, item, options)
            if amended is not None:
                described.append({**amended, **(describe_inside(item) if kind is CONTAINER else {})})
        return described

    def describe_inside(project: Wire) -> dict[str, Any]:
        inside = [kind for kind in PROJECT_KINDS if (kind, project["id"]) in lists]
        parent = organization.parent(project["id"])
        return {kind.plural: describe(kind, organization.all(kind, parent), parent) for kind in inside}

    return {
        kind.plural: describe(kind, projects if kind is CONTAINER else organization.all(kind))
        for kind in ORGANIZATION_KINDS
        if (kind, "") in lists
    }


def _read_used(organization: Organization, lists: list[tuple[Kind, Parent]], pool: Executor) -> list[Kind]:
    """Read the objects that the API does not list and that C(lists) refer to; return the kinds that have any."""
    found = []
    for kind in [kind for kind in ORGANIZATION_KINDS if not kind.is_listed]:
        users = [(other, item) for other, parent in lists for item in organization.all(other, parent)]
        ids = sorted({used for other, item in users for used in other.used_ids(item, kind)})
        absent = _absent(
            organization, [kind] * len(ids), side_by_side(pool, partial(organization.singles.read, kind), ids)
        )
        organization.read_by_ids(kind, [] if absent else ids)
        found += [kind] if organization.all(kind) else []
    return found


def _absent(organization: Organization, kinds: list[Kind], errors: list[Any]) -> set[Kind]:
    """Return the kinds that are not available in the organization, and warn of each. Raises any other error."""
    absent: set[Kind] = set()
    for kind, error in zip(kinds, errors):
        if error is None:
            continue
        if not is_absent(kind, error):
            raise error
        if kind not in absent:
            organization.warnings.append(f"The {kind.word}s are left out: {error}")
        absent.add(kind)
    return absent


def _describe(
    organization: Organization, kind: Kind, items: list[Wire], parent: Parent | None = None
) -> Iterator[tuple[Wire, dict[str, Any]]]:
    """Yield each object that can be described, with the options that describe it."""
    items = [item for item in items if not kind.owner(item)]
    counts = _count_names(kind, items)
    for item in _sorted(kind, items):
        try:
            state = kind.read(item, id_of(parent))
        except LogfireError as error:
            organization.warnings.append(f"The {kind.word} {item['id']} is left out: {error.problem}.")
            continue
        _name_references(organization, kind, state)
        options = _without_unknown(organization, kind, kind.describe(state), state)
        if not (options.get(kind.key) or "").strip():
            organization.warnings.append(
                f"The {kind.word} {item['id']} has no {kind.key}, so no description can refer to it."
            )
            if kind.unique:
                continue
            options = {"id": item["id"], **{option: value for option, value in options.items() if option != kind.key}}
        elif counts[kind.canonical_key(options[kind.key])] > 1:
            options["id"] = item["id"]
            organization.warnings.append(
                f"There are several {kind.word}s named {state[kind.key]!r}; they are described with their IDs, which"
                " are valid only in this organization."
            )
        gap = kind.gap(state)
        if gap:
            organization.warnings.append(gap)
        yield item, options


def _name_references(organization: Organization, kind: Kind, state: State) -> None:
    """Refer to objects by name in a state, except where a name is ambiguous or the ID of another object."""
    organization.name_references(kind, state)
    for reference in kind.references(state):
        used = reference.kind
        objects = organization.all(used) if used.is_listed or organization.has_read(used, "") else []
        if reference.name in {item["id"] for item in objects} or (
            _count_names(used, objects)[used.canonical_key(reference.name or "")] > 1
        ):
            reference.call(None)


def _without_unknown(organization: Organization, kind: Kind, options: dict[str, Any], state: State) -> dict[str, Any]:
    """Return the options without values that this version cannot apply, unless a new object requires them."""
    for field in kind.fields:
        if options.get(field.option) is None:
            continue
        value, unknown = field.type.without_unknown(options[field.option])
        if unknown and (value is not None or not field.required):
            options = {**options, field.option: value}
            names = ", ".join(f"{field.option}.{member}" if member else field.option for member in unknown)
            organization.warnings.append(
                f"The {kind.word} {state[kind.key]!r} has a value for {names} that this version does not support; it is"
                " left out."
            )
    return {option: value for option, value in options.items() if value is not None}


def _count_names(kind: Kind, items: list[Wire]) -> Counter[str]:
    names = (item.get(kind.wire_key) for item in items)
    return Counter(kind.canonical_key(name) for name in names if isinstance(name, str))


def _sorted(kind: Kind, items: list[Wire]) -> list[Wire]:
    return sorted(items, key=lambda item: (str(item.get(kind.wire_key)), item["id"]))


def _raise_first(errors: list[Any]) -> None:
    for error in errors:
        if error is not None:
            raise error
