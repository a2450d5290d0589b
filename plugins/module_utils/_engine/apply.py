# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out the plan for one object with the API."""

from __future__ import annotations

from contextlib import nullcontext, suppress

from .._api.client import LogfireClient, Wire
from .._api.errors import LogfireError, NotFound, article, unexpected
from .._kinds.field import State
from .organization import Organization, Parent, id_of
from .plan import Item, Plan


def apply(organization: Organization, item: Item, plan: Plan, parent: Parent | None) -> State | None:
    """Carry out the plan for an item in the project C(parent), and record the result in C(organization).

    Returns the state as the API answers it, or as it was before the object was removed. Raises LogfireError.
    """
    kind = item.kind
    project_id = id_of(parent)
    if plan.action == "delete" and plan.current is not None:
        with nullcontext() if kind.removal_needs_list else suppress(NotFound):  # somebody else has already removed it
            kind.delete(kind.client_for(organization.client, plan.current), project_id, plan.current["id"])
        organization.remove(kind, parent, plan.current["id"])
        if organization.fingerprints is not None:
            organization.fingerprints.discard(plan.current["id"])
        return plan.current
    project_name = None
    if parent is not None and kind.needs_project_name(plan.current):
        project_name = organization.project_name(parent)
    if plan.current is None:
        answer = _create(organization.client, item, plan, project_id, project_name)
        state = kind.read(answer, project_id, "POST")
    else:
        object_id = plan.current["id"]
        body = kind.update_body(plan.changes, plan.current, project_name)
        answer = kind.update(kind.client_for(organization.client, plan.current), project_id, object_id, body)
        state = kind.read(answer, project_id, "PUT", object_id)
        if kind.key in plan.changes and not kind.is_called(answer, plan.changes[kind.key]):
            raise _other_name(
                item,
                plan,
                answer,
                f"the object has that name now ({object_id})",
                "PUT",
                kind.path(project_id, object_id),
            )
    organization.remember(kind, parent, answer)
    secret = kind.secret_in(plan.changes)
    if organization.fingerprints is not None and secret is not None:
        organization.fingerprints.note(state["id"], secret)
    _tell_lost(organization, item, plan, answer, state)
    return state


def _create(client: LogfireClient, item: Item, plan: Plan, project_id: str, project_name: str | None) -> Wire:
    """Create an object, then update it with the fields that the API ignores in a creation. Returns the last answer."""
    kind, new = item.kind, plan.changes
    answer = kind.create(client, project_id, kind.create_body(new, item.wanted, project_name))
    made = kind.read(answer, project_id, "POST")
    if not isinstance(answer.get(kind.wire_key), str):
        raise unexpected(f"the answer has {article(kind.word)} without a {kind.key}", "POST", kind.path(project_id))
    if not kind.is_called(answer, new[kind.key]):
        raise _withdraw(client, item, plan, project_id, answer)
    late = {field.option for field in kind.fields if not field.creatable and new[field.option] != made[field.option]}
    if late:
        try:
            body = kind.update_body({option: new[option] for option in late}, made, project_name)
            answer = kind.update(kind.client_for(client, made), project_id, made["id"], body)
        except LogfireError as error:
            error.task = f"set {', '.join(sorted(late))} of {item}, which was just created ({made['id']})"
            error.changed, error.object_id = True, made["id"]
            raise
    return answer


def _withdraw(client: LogfireClient, item: Item, plan: Plan, project_id: str, answer: Wire) -> LogfireError:
    """Remove a created object whose name the service changed: the next run would not find it, and create another one.

    Returns the error to raise.
    """
    kind = item.kind
    try:
        kind.delete(kind.client_for(client, kind.load(answer)), project_id, answer["id"])
        fate = f"the object was removed again ({answer['id']})"
    except LogfireError as error:
        fate = f"the object exists ({answer['id']}) and could not be removed: {error.problem}"
    return _other_name(item, plan, answer, fate, "POST", kind.path(project_id))


def _other_name(item: Item, plan: Plan, answer: Wire, fate: str, method: str, path: str) -> LogfireError:
    kind = item.kind
    got, asked = answer.get(kind.wire_key), plan.changes[kind.key]
    problem = (
        f"the service turned the {kind.key} {asked!r} into {got!r}; {fate}. Set the {kind.key} to the form that the"
        " service stores"
    )
    return LogfireError(problem, method=method, path=path)


def _tell_lost(organization: Organization, item: Item, plan: Plan, answer: Wire, state: State) -> None:
    """Warn of fields that the API accepted but did not save, and of problems that its answer reports."""
    kind = item.kind
    lost = kind.not_persisted(plan.changes, state)
    if lost:
        name = "" if kind.is_document else f" {state[kind.key]!r}"
        organization.warnings.append(
            f"The service accepted the {kind.word}{name} but did not save {', '.join(lost)}: the next run"
            " will report a change again."
        )
    organization.warnings.extend(kind.warnings(answer))
