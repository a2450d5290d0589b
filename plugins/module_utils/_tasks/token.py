# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Ansible side of tokens: options, the file, the result."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime, timezone
from typing import Any

from .._api.client import Wire, is_uuid
from .._api.errors import LogfireError
from .._engine.organization import Organization, Parent
from .._engine.tokens import TokenKeeper
from .._kinds.kind import State
from .._kinds.token import TokenPlan, TokenType, TokenWish, load_token, parse_wish, plan_token
from .._values.durations import format_duration
from .._values.instants import format_instant
from .._values.placeholders import is_placeholder
from .module import LogfireModule, blank, connect, make_module, run_safely
from .token_file import TokenFile

OPTIONS: dict[str, Any] = {
    "project": {"type": "str", "required": True},
    "type": {"type": "str", "choices": ["write", "read"], "default": "write"},
    "id": {"type": "str"},
    "token": {"type": "str", "no_log": True},
    "path": {"type": "path"},
    "owner": {"type": "str"},
    "group": {"type": "str"},
    "mode": {"type": "raw", "default": "0600"},
    "expires_at": {"type": "str"},
    "expires_in": {"type": "str"},
    "renew_before": {"type": "str"},
    "max_age": {"type": "str"},
    "rotate": {"type": "bool", "default": False},
    "grace_period": {"type": "str"},
    "keep_previous": {"type": "bool", "default": False},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
}


def run_token() -> None:
    """The whole of C(logfire_token)."""
    module = make_module(
        dict(OPTIONS),
        mutually_exclusive=[("id", "token", "path"), ("expires_at", "expires_in"), ("grace_period", "keep_previous")],
        required_if=[("state", "absent", ("id", "token", "path"), True)],
    )
    run_safely(module, lambda: TokenTask(module).run())


class TokenTask:
    """One run of the module. Raises OptionError and LogfireError."""

    def __init__(self, module: LogfireModule) -> None:
        params = module.params
        blank(params, "id")
        blank(params, "project")
        blank(params, "path")  # without it, a new secret would be in the result
        params["expires_at"] = (params["expires_at"] or "").strip() or None  # empty is not set: it never expires
        self.module = module
        self.type: str = params["type"]
        self.now = datetime.now(timezone.utc)
        self.file = TokenFile(module, params["path"]) if params["path"] else None
        secret = self.file.read() if self.file else (params["token"] or "").strip() or None
        if secret:
            module.no_log_values.add(secret)
        held = self.file is not None or params["token"] is not None
        self.wish: TokenWish = parse_wish(params, held, secret)
        self.organization: Organization = connect(module)

    def run(self) -> dict[str, Any]:
        wish = self.wish
        if not wish.present and wish.held and wish.secret is None:  # nothing is named: no file, or nothing in it
            return self._result(TokenPlan("none"), None, None)
        parent = self.organization.parent(self.module.params["project"])
        tokens, listed = self._read(parent)
        if wish.present:
            self.organization.require(parent)
        for warning in self.organization.warnings:
            self.module.warn(warning)
        plan = plan_token(wish, listed, self.now)
        if self.module.check_mode or plan.action == "none":
            return self._result(plan, self._predicted(plan, parent), parent)
        keeper = TokenKeeper(tokens, listed, self.now)
        with self.file.replacement() if self.file and wish.present else nullcontext() as put:
            new = keeper.apply(wish, plan, put)
        for warning in keeper.warnings:
            self.module.warn(warning)
        return self._result(plan, self._made(plan, new, parent), parent)

    def _read(self, parent: Parent) -> tuple[TokenType, list[Wire]]:
        """The tokens of the project, and the way to them."""
        client = self.organization.client
        try:
            listed = self.organization.in_project(
                parent, lambda project: TokenType(self.type, client, project).read_all()
            )
        except LogfireError as error:
            error.task = f"read the {self.type} tokens of project {str(parent)!r}"
            raise
        return TokenType(self.type, client, parent.id or ""), listed

    def _predicted(self, plan: TokenPlan, parent: Parent) -> State | None:
        """The token that stays, is to be revoked, or would be made."""
        if plan.makes:
            return self._new(plan, {}, parent)
        if plan.current is None:
            return None
        return {**load_token(plan.current, self.type, parent.name), "replaced": None}

    def _made(self, plan: TokenPlan, new: Wire | None, parent: Parent) -> State | None:
        """The new token, with its secret unless that went to the file; or the one that was revoked."""
        if new is None:
            return self._predicted(plan, parent)
        state = self._new(plan, new, parent)
        if self.file is None:
            state["token"] = new["token"]
        return state

    def _new(self, plan: TokenPlan, answer: Wire, parent: Parent) -> State:
        """A new token, as far as the plan and the answer to its making tell; some services answer little."""
        known = {"project_id": parent.id, "expires_at": format_instant(plan.expires_at) if plan.expires_at else None}
        state = load_token({**known, **answer}, self.type, parent.name)
        return {**state, "replaced": plan.current["id"] if plan.current else None}

    def _result(self, plan: TokenPlan, token: State | None, parent: Parent | None) -> dict[str, Any]:
        diff = self._diff(plan, parent)
        changed = plan.action != "none"
        if self.file is not None and not self.wish.present:
            if self.file.remove():
                diff["before"]["path"] = self.file.path
                changed = True
        elif self.file is not None and plan.action == "none":
            changed = self.file.fix_attributes(diff)
        result: dict[str, Any] = {"changed": changed}
        if token is not None:
            result["token"] = token
        if self.module._diff:
            result["diff"] = diff
        return result

    def _diff(self, plan: TokenPlan, parent: Parent | None) -> dict[str, Any]:
        """Which token goes and which comes; a moment that is counted from now is shown as it was asked for."""
        if plan.action == "none" or parent is None:
            return {"before": {}, "after": {}}
        named = {"project": str(parent), "type": self.type}
        if is_uuid(parent.reference) or is_placeholder(parent.reference):
            del named["project"]  # check mode does not know the ID of a project that is yet to be made
        before, after = {}, {}
        if plan.current is not None:
            before = {**named, "id": plan.current["id"], "expires_at": plan.current.get("expires_at")}
        if plan.makes:
            after = {**named, "id": "(a new token)"}
            for option in ("expires_at", "expires_in"):
                if self.module.params[option] is not None:
                    after[option] = self.module.params[option]
            if plan.lifetime is not None:
                after["expires_in"] = format_duration(plan.lifetime)
        if plan.reason:
            after["reason"] = plan.reason
        return {"before": before, "after": after}
