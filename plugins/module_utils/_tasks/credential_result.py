# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the task says of credentials: in its result, and in its diff. The same in check mode as in a real run."""

from __future__ import annotations

from typing import Any

from .._api.client import Wire, is_uuid
from .._engine.organization import Parent
from .._engine.unfinished import Review
from .._kinds.credential import Credential
from .._kinds.kind import State
from .._kinds.lifecycle import Plan
from .._values.durations import format_duration
from .._values.instants import format_instant
from .._values.placeholders import is_placeholder


def show_one(kind: Credential, plan: Plan, new: Wire | None, parent: Parent) -> State | None:
    """The credential that stays, is revoked, or is made, without its secret; None if there is none.

    C(new) is the answer to its making, which may tell little; None in check mode.
    """
    replaced = None
    if plan.makes:
        expires_at = format_instant(plan.expires_at) if plan.expires_at else None
        wire = {"project_id": parent.id, "expires_at": expires_at, **(new or {})}
        replaced = plan.current["id"] if plan.current else None
    elif plan.current is not None:
        wire = plan.current
    else:
        return None
    return {**kind.result(wire, parent.name), "replaced": replaced}


def show_changes(
    kind: Credential, plan: Plan, found: Review, parent: Parent, options: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Which one goes and which comes; a moment that is counted from now is shown as it was asked for."""
    named = {"project": str(parent), "type": kind.type}
    if is_uuid(parent.reference) or is_placeholder(parent.reference):
        del named["project"]  # check mode does not know the ID of a project that is yet to be made
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if plan.action != "none" and plan.current is not None:
        before = {**named, "id": plan.current["id"], "expires_at": plan.current.get("expires_at")}
    if plan.makes:
        after = {**named, "id": f"(a new {kind.word})"}
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
