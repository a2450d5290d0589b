# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules for kinds of which the service has exactly one document."""

from __future__ import annotations

from typing import Any

from .._engine.engine import Engine
from .._engine.plan import Item
from .._kinds.document import Document
from .._kinds.field import State
from .module import LogfireModule, connect, make_module, run_safely


def run_document(kind: Document) -> None:
    """Run a module that manages a document."""
    module = make_module(kind.argument_spec())
    run_safely(module, lambda: _ensure(module, kind))


def run_document_info(kind: Document) -> None:
    """Run a module that reads a document."""
    module = make_module({})

    def read() -> dict[str, Any]:
        (wire,) = connect(module).all(kind)
        return {"changed": False, kind.name: _shown(module, kind, kind.read(wire, ""))}

    run_safely(module, read)


def _ensure(module: LogfireModule, kind: Document) -> dict[str, Any]:
    wanted = kind.parse(module.params)
    organization = connect(module)
    outcome = Engine(organization).ensure(Item(kind, wanted, id=kind.name))
    for warning in organization.warnings:
        module.warn(warning)
    before, after = outcome.current or {}, outcome.state or {}
    only_read = {member: before[member] for member in kind.read_only if after[member] is None}
    result = {"changed": outcome.changed, kind.name: _shown(module, kind, {**after, **only_read})}
    return {**result, "diff": outcome.plan.diff} if module._diff else result


def _shown(module: LogfireModule, kind: Document, state: State) -> State:
    for warning in kind.live_warnings(state):
        module.warn(warning)
    return {member: value for member, value in state.items() if member != "id"}
