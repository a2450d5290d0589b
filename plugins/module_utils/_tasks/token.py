# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Ansible side of tokens: options, the file, the result."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime, timedelta, timezone
from typing import Any, Callable

from .._api.client import Wire
from .._api.errors import LogfireError, OptionError
from .._engine.organization import Organization, Parent
from .._engine.tokens import TokenKeeper, lost_secret
from .._engine.unfinished import Review, Unfinished, parse_unfinished, review
from .._kinds.token import TokenPlan, TokenType, TokenWish, is_listed, parse_wish, plan_token
from .._values.secret_text import is_secret
from .directories import locked_file
from .module import STRICT, LogfireModule, blank, connect, make_module, run_safely
from .ownership import OPTIONS as OWNERSHIP
from .ownership import parse_ownership
from .secret_file import SecretFile
from .token_result import show_changes, show_token

VARIABLES = {"write": "LOGFIRE_TOKEN", "read": "LOGFIRE_READ_TOKEN"}  # of environment files
OPTIONS: dict[str, Any] = {
    "project": {"type": "str", "required": True},
    "type": {"type": "str", "choices": ["write", "read"], "default": "write"},
    "id": {"type": "str"},
    "token": {"type": "str", "no_log": True},
    "path": {"type": "path"},
    "format": {"type": "str", "choices": ["token", "environment"]},
    **OWNERSHIP,
    "expires_at": {"type": "str"},
    "expires_in": {"type": "str"},
    "renew_before": {"type": "str"},
    "max_age": {"type": "str"},
    "rotate": {"type": "bool", "default": False},
    "grace_period": {"type": "str"},
    "keep_previous": {"type": "bool", "default": False},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "remembered": {"type": "dict"},
}


def run_token() -> None:
    """The whole of C(logfire_token)."""
    module = make_module(
        {**OPTIONS, **STRICT},
        mutually_exclusive=[("id", "token", "path"), ("expires_at", "expires_in"), ("grace_period", "keep_previous")],
        required_if=[("state", "absent", ("id", "token", "path"), True)],
    )

    def run() -> dict[str, Any]:
        with ExitStack() as stack:
            return TokenTask(module, stack).run()

    run_safely(module, run)


class TokenTask:
    """One run of the module. Raises OptionError and LogfireError."""

    def __init__(self, module: LogfireModule, stack: ExitStack) -> None:
        """C(stack) is what the file is kept open and locked in: from before it is read until all is done."""
        params = module.params
        blank(params, "id")
        blank(params, "project")
        blank(params, "path")  # without it, a new secret would be in the result
        params["expires_at"] = (params["expires_at"] or "").strip() or None  # empty is not set
        self.module = module
        self.type: str = params["type"]
        self.now = datetime.now(timezone.utc)
        held = params["path"] is not None or params["token"] is not None
        self.wish: TokenWish = parse_wish(params, held, (params["token"] or "").strip() or None)
        self.organization: Organization = connect(module)
        self.file = stack.enter_context(self._open_file()) if params["path"] else None
        if self.file is not None:
            self.layout = self.file.layout.changed_to(params["format"], None, VARIABLES[self.type])
            self.wish = self.wish._replace(secret=self.file.secret)
        if self.wish.secret:
            module.no_log_values.add(self.wish.secret)
        self.left = self._recall()
        self.must_be_found = self.file is not None or params["remembered"] is not None  # or the file must stay

    def _open_file(self) -> SecretFile:
        params, check_mode = self.module.params, self.module.check_mode
        return SecretFile(params["path"], parse_ownership(params), check_mode)

    def _recall(self) -> Unfinished | None:
        """What earlier runs left to be done."""
        record = self.file.recall() if self.file else self.module.params["remembered"]
        try:
            return parse_unfinished(record or {})
        except ValueError:
            self.module.warn("What an earlier run remembered cannot be read and is ignored.")
            return None

    def _remember(self, unfinished: Unfinished) -> None:
        if self.file is not None:
            self.file.remember(unfinished.as_dict())

    def run(self) -> dict[str, Any]:
        wish = self.wish
        if self.file is not None and not self.file.has_directory:
            self.module.warn(f"There is no directory of {self.file.path} yet; check mode goes on as if there were.")
        if not wish.present and wish.held and wish.secret is None and self.left is None:
            return self._nothing()  # is named: no file, or nothing in it
        parent = self.organization.parent(self.module.params["project"])
        is_alone = self._turn(parent) if wish.present and not self.module.check_mode else nullcontext()
        with is_alone:
            return self._ensure(parent)

    def _nothing(self) -> dict[str, Any]:
        diff: dict[str, Any] = {"before": {}, "after": {}}
        result: dict[str, Any] = {"changed": self.file is not None and self._adjust_file(self.file, diff)}
        if self.module.params["remembered"] is not None:
            result["remembered"] = {}
        return {**result, "diff": diff} if self.module._diff else result

    @contextmanager
    def _turn(self, parent: Parent) -> Iterator[None]:
        """Let no two runs of a user on a machine make tokens of a project at once.

        So a token that appears while a run makes one is its own, unless another machine made it.
        """
        folder = os.open(tempfile.gettempdir(), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            with locked_file(folder, f".logfire-token-{os.geteuid()}-{self.type}-{parent.id}.lock"):
                yield
        except TimeoutError as error:
            raise OptionError("project", f"no token of it can be made: {error.strerror}") from None
        finally:
            os.close(folder)

    def _ensure(self, parent: Parent) -> dict[str, Any]:
        tokens, listed = self._read(parent)
        if self.wish.present:
            self.organization.require(parent)
        for warning in self.organization.warnings:
            self.module.warn(warning)
        plan = plan_token(self.wish, listed, self.now)
        if plan.current is None and not is_listed(self.wish, listed):
            self._check_value(parent)
        found = self._review(plan, listed, parent)
        keeper = TokenKeeper(
            tokens,
            listed,
            self.now,
            self._patience(),
            Unfinished(
                parent.id or "",
                self.type,
                endings=found.endings,
                removes_file=not self.wish.present,
                is_unreported=found.was_delivered,
            ),
            self._remember if self.file else None,
        )
        try:
            new = None if self.module.check_mode else self._carry_out(plan, keeper, found)
            return self._result(plan, found, keeper, new, parent)
        except (LogfireError, OptionError) as error:
            error.changed = keeper.changed
            raise

    def _patience(self) -> timedelta:
        """How long it may take until a token is made: it is tried twice, and so is a rotation that ends the old one."""
        return timedelta(seconds=4 * (self.module.params["timeout"] + self.module.params["retry_timeout"]))

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

    def _check_value(self, parent: Parent) -> None:
        """Say what it means that no token is what the user names: one of that value may be alive all the same.

        Raises OptionError where going on would lose the only trace of it.
        """
        wish, option = self.wish, "path" if self.file else "token"
        none = f"no active {self.type} token of project {str(parent)!r}" + (
            "" if parent.id else ", which does not exist"
        )
        if wish.secret is not None and not is_secret(wish.secret):
            raise OptionError(option, "the value is no token of Logfire (not shown here)")
        if wish.present:
            if self.file is not None and wish.secret is not None:
                self.module.warn(
                    f"{self.file.path} held a token that is {none}. It is replaced; if it is one of another project or"
                    " type, it is still active."
                )
        elif wish.id is not None:
            self.module.warn(f"{wish.id} is {none}: nothing was revoked. Check project, type and id.")
        elif wish.secret is not None and not (self.left and self.left.removes_file):
            if self.must_be_found:
                raise OptionError(
                    option,
                    f"the token in it is {none}, so it was not revoked and the file stays. Check project and type; if"
                    " the token has ended, remove the file",
                )
            self.module.warn(f"The value of {option} is that of {none}: nothing was revoked. Check project and type.")

    def _review(self, plan: TokenPlan, listed: list[Wire], parent: Parent) -> Review:
        """What is to be done about the runs before this one."""
        left = self.left
        if left is None:
            return Review([])
        if (left.project_id, left.type) != (parent.id, self.type):
            ids = ", ".join(ending.id for ending in left.endings)
            self.module.warn(
                f"An earlier run did not finish what it began with {left.type} tokens of project {left.project_id}."
                + (f" These are still to be revoked: {ids}." if ids else " One may have been made that nobody holds.")
            )
            return Review([])
        found = review(left, listed, plan.current["id"] if plan.current else None, self.now)
        if found.lost:
            self.module.warn(f"An earlier run was interrupted. {lost_secret(self.type, found.lost)}.")
        return found

    def _carry_out(self, plan: TokenPlan, keeper: TokenKeeper, found: Review) -> Wire | None:
        """The new token, if any."""
        new = None
        if plan.action != "none":
            with self._delivery() as deliver:
                new = keeper.apply(self.wish, plan, deliver)
        elif self.left is not None:
            keeper.finish()
        if keeper.failures and (plan.action == "revoke" or not (keeper.changed or found.was_delivered)):
            raise keeper.failures[0]
        for failure in keeper.failures:  # the new secret is where it belongs, and handlers have to hear of it
            self.module.warn(f"{failure}{' The next run tries again.' if self.file else ''}")
        return new

    @contextmanager
    def _delivery(self) -> Iterator[Callable[[str], None] | None]:
        """What puts a new secret into the file; without one the secret is for the result."""
        if self.file is None or not self.wish.present:
            yield None
            return
        with self.file.replacement(self.layout) as put:

            def deliver(secret: str) -> None:
                self.module.no_log_values.add(secret)  # from here on nothing in the result may show it
                put(secret)

            yield deliver

    def _result(
        self, plan: TokenPlan, found: Review, keeper: TokenKeeper, new: Wire | None, parent: Parent
    ) -> dict[str, Any]:
        diff = show_changes(plan, found, self.type, parent, self.module.params)
        changed = plan.action != "none" or bool(found.endings) or found.was_delivered
        if self.file is not None and (not self.wish.present or plan.action == "none"):
            changed = self._adjust_file(self.file, diff) or changed
        result: dict[str, Any] = {"changed": changed}
        token = show_token(plan, new, self.type, parent)
        if token is not None:
            result["token"] = token
            if new is not None and self.file is None:
                token["token"] = new["token"]
        if self.module.params["remembered"] is not None:
            left = keeper.beginning(self.wish, plan) if self.module.check_mode else keeper.unfinished
            result["remembered"] = left.as_dict()
        if self.module._diff:
            result["diff"] = diff
        return result

    def _adjust_file(self, file: SecretFile, diff: dict[str, Any]) -> bool:
        """Remove the file, or give it the format and owner it is to have; whether that changed anything (or would)."""
        if self.wish.present:
            return file.adjust(self.layout, diff)
        was_there = file.remove()
        if was_there:
            diff["before"]["path"] = file.path
        return was_there
