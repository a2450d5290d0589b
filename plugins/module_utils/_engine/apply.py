# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a plan to the API."""

from __future__ import annotations

from contextlib import suppress

from .._api.client import LogfireClient, Wire
from .._api.errors import LogfireError, NotFound
from .._kinds.kind import State
from .organization import Organization, Parent, id_of
from .plan import Item, Plan


def apply(organization: Organization, item: Item, plan: Plan, parent: Parent | None) -> State | None:
    """Carry out the plan for an item in the project C(parent), and take note of it in C(organization).

    The state as the API answers it, or as it was before the object was removed. Raises LogfireError.
    """
    kind = item.kind
    project_id = id_of(parent)
    if plan.action == "delete" and plan.current is not None:
        with suppress(NotFound):  # somebody was faster
            kind.delete(organization.client, project_id, plan.current["id"])
        organization.remove(kind, parent, plan.current["id"])
        return plan.current
    project_name = None
    if parent is not None and kind.needs_project_name(plan.current):
        project_name = organization.project_name(parent)
    if plan.current is None:
        answer = _create(organization.client, item, plan, project_id, project_name)
    else:
        body = kind.update_body(plan.changes, plan.current, project_name)
        answer = kind.update(organization.client, project_id, plan.current["id"], body)
    organization.remember(kind, parent, answer)
    return _read_back(organization, item, plan, answer)


def _create(client: LogfireClient, item: Item, plan: Plan, project_id: str, project_name: str | None) -> Wire:
    """A creation and, for what the API takes only from a change, the request that follows it."""
    kind, new = item.kind, plan.changes
    answer = kind.create(client, project_id, kind.create_body(new, item.wanted, project_name))
    made = kind.read(answer)
    late = {field.option for field in kind.fields if not field.creatable and new[field.option] != made[field.option]}
    if late:
        try:
            body = kind.update_body({option: new[option] for option in late}, made, project_name)
            answer = kind.update(client, project_id, made["id"], body)
        except LogfireError as error:
            error.task = f"set {', '.join(sorted(late))} of {item}, which was just created ({made['id']})"
            raise
    return answer


def _read_back(organization: Organization, item: Item, plan: Plan, answer: Wire) -> State:
    """The state that the API answers. What it accepted and did not keep is worth a warning."""
    kind = item.kind
    state = kind.read(answer)
    lost = kind.unkept(plan.changes, state)
    if lost:
        organization.warnings.append(
            f"The service accepted the {kind.name} {state[kind.key]!r} and does not keep what was sent for"
            f" {', '.join(lost)}: the next run will report a change again."
        )
    organization.warnings.extend(kind.warnings(answer))
    return state
