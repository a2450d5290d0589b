# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that manage one object, such as a project, channel or alert."""

from __future__ import annotations

from typing import Any, Callable

from .._engine.duplicates import ensure_alone
from .._engine.engine import Engine
from .._engine.organization import Parent
from .._engine.plan import Item, Plan
from .._engine.preview import Place, Preview, Trial
from .._kinds.field import State
from .._kinds.kind import Kind
from .._kinds.tried import Tried
from .._values.placeholders import is_placeholder
from .fingerprints import OPTIONS as FINGERPRINTS
from .fingerprints import fingerprints
from .module import STRICT, LogfireModule, blank, connect, make_module, run_safely
from .preview import OPTION, preview_of


def run_kind(kind: Kind) -> None:
    """Run a module that manages one object of a kind."""
    options = kind.argument_spec()
    if kind.parent is not None:
        options.update({"project": {"type": "str", "required": True}}, **STRICT)
    if kind.keeps_secrets:
        options.update(FINGERPRINTS)
    if isinstance(kind, Tried):
        options.update(OPTION)
    module = make_module(options, **kind.rules)
    too_long_for_lists = bool(kind.detail_option)
    run_safely(module, lambda: _ensure(module, kind), long_arguments=too_long_for_lists)


def _ensure(module: LogfireModule, kind: Kind) -> dict[str, Any]:
    params = module.params
    present = params["state"] == "present"
    kind.check_named(params)
    project = blank(params, "project")
    wanted = kind.parse(params) if present else kind.parse_removal(params)
    with fingerprints(params, module.check_mode) as known:
        organization = connect(module, known)
        trials: list[Trial] = []
        engine = Engine(organization, before=_trying(preview_of(module), trials))
        outcome = ensure_alone(engine, Item(kind, wanted, params.get("id"), project, present))
    for warning in organization.warnings:
        module.warn(warning)
    result: dict[str, Any] = {"changed": outcome.changed}
    if outcome.state is not None:
        result[kind.name] = shown(kind, outcome.state)
    diff = outcome.plan.diff
    for trial in trials[-1:]:
        result["preview"] = trial.result
        diff["after"]["preview"] = trial.words
    if module._diff:
        result["diff"] = diff
    return result


def _trying(preview: Preview | None, trials: list[Trial]) -> Callable[[Item, Plan, Parent | None], None] | None:
    """Return a function that runs the query of a plan before it is applied, and appends the result to C(trials)."""
    if preview is None:
        return None

    def try_out(item: Item, plan: Plan, parent: Parent | None) -> None:
        if parent is not None and preview.concerns(plan):
            project_id = None if is_placeholder(parent.id) else parent.id
            trials.append(preview.try_out(item, plan, Place(project_id, parent.name, parent.reference)))

    return try_out


def shown(kind: Kind, state: State) -> State:
    """Return a state as results show it: without the ID for kinds that the API identifies by name."""
    return {member: value for member, value in state.items() if member != "id" or kind.has_ids}
