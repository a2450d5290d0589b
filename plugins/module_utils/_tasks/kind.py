# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Ansible side of one object: the modules that manage a project, channel, alert or dashboard."""

from __future__ import annotations

from typing import Any

from .._engine.duplicates import ensure_alone
from .._engine.engine import Engine
from .._engine.plan import Item
from .._kinds.field import State
from .._kinds.kind import Kind
from .fingerprints import OPTIONS as FINGERPRINTS
from .fingerprints import fingerprints
from .module import STRICT, LogfireModule, blank, connect, make_module, run_safely


def run_kind(kind: Kind) -> None:
    """The whole of a module that manages one object of a kind."""
    options = kind.argument_spec()
    if kind.parent is not None:
        options.update({"project": {"type": "str", "required": True}}, **STRICT)
    if kind.keeps_secrets:
        options.update(FINGERPRINTS)
    module = make_module(options, **kind.rules)
    too_long_for_lists = bool(kind.left_out)
    run_safely(module, lambda: _ensure(module, kind), long_arguments=too_long_for_lists)


def _ensure(module: LogfireModule, kind: Kind) -> dict[str, Any]:
    params = module.params
    present = params["state"] == "present"
    kind.check_named(params)
    project = blank(params, "project")
    wanted = kind.parse(params) if present else {kind.key: params[kind.key]}
    with fingerprints(params, module.check_mode) as known:
        organization = connect(module, known)
        outcome = ensure_alone(Engine(organization), Item(kind, wanted, params.get("id"), project, present))
    for warning in organization.warnings:
        module.warn(warning)
    result: dict[str, Any] = {"changed": outcome.changed}
    if outcome.state is not None:
        result[kind.name] = shown(kind, outcome.state)
    if module._diff:
        result["diff"] = outcome.plan.diff
    return result


def shown(kind: Kind, state: State) -> State:
    """A state as results have it: an ID is the API's own, and where names take its place there is none."""
    return {member: value for member, value in state.items() if member != "id" or kind.has_ids}
