# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The result and the diff of credentials, which are the same in check mode as in a real run."""

from __future__ import annotations

from typing import Any

from .._api.client import Wire, is_uuid
from .._engine.organization import Parent
from .._engine.unfinished import Review
from .._kinds.credential import Credential
from .._kinds.field import State
from .._kinds.lifecycle import Plan
from .._values.diff import Diff
from .._values.durations import format_duration
from .._values.instants import format_instant
from .._values.placeholders import is_placeholder, placeholder


def show_one(kind: Credential, plan: Plan, answer: Wire | None, parent: Parent | None) -> State | None:
    """Return the credential that is kept, changed, revoked or created, without its secret; None if there is none.

    C(answer) is the answer to its creation or change, which may be incomplete; None in check mode.
    """
    replaced = None
    if plan.makes:
        wire = {**plan.body, "expires_at": format_instant(plan.expires_at) if plan.expires_at else None}
        name = plan.body.get(kind.wire_key)
        foreseen = {"id": placeholder(kind.name, name)} if name else {}
        wire = {**({"project_id": parent.id} if parent else {}), **wire, **(foreseen if answer is None else answer)}
        replaced = plan.current["id"] if plan.current else None
    elif plan.current is not None:
        wire = answer or kind.foresee(plan.current, plan.body)
    else:
        return None
    return {**kind.result(wire, parent.name if parent else None), "replaced": replaced}


def show_changes(kind: Credential, plan: Plan, found: Review, parent: Parent | None, options: dict[str, Any]) -> Diff:
    """Return the diff of the credentials. A time relative to now is shown as the user wrote it."""
    named = _names(kind, plan, parent, options)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    changes = {**plan.changes, **({"project": options["project"]} if "project" in plan.changes else {})}
    if plan.action != "none" and plan.current is not None:
        before = {**named, **kind.show_before(plan.changes, plan.current)}
        if plan.action != "change":
            before.update(id=plan.current["id"], expires_at=plan.current.get("expires_at"))
    if plan.action == "change":
        after = {**named, **kind.show(changes)}
    if plan.makes:
        after = {**named, **kind.show(changes), "id": f"(a new {kind.word})"}
        asked = ("expires_at", "expires_in")
        after.update({option: options[option] for option in asked if options[option] is not None})
        if plan.lifetime is not None:
            after["expires_in"] = format_duration(plan.lifetime)
    if plan.reason:
        after["reason"] = plan.reason
    if found.endings:
        before = {**named, **before, "left_by_an_earlier_run": [ending.id for ending in found.endings]}
    if found.was_delivered:
        after = {**named, **after, "delivered_by_an_earlier_run": True}
    return {"before": before, "after": after}


def _names(kind: Credential, plan: Plan, parent: Parent | None, options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that identify a credential in a diff."""
    if parent is None:
        name = plan.current.get(kind.wire_key) if plan.current else options[kind.key]
        return {kind.key: name} if name is not None else {}
    if is_uuid(parent.reference) or is_placeholder(parent.reference):
        return {"type": kind.type}  # in check mode, the ID of a new project is unknown
    return {"project": str(parent), "type": kind.type}
