# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of a token, carried out: made, replaced, revoked, without ever losing a secret in silence."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Callable

from .._api.client import Wire
from .._api.errors import LogfireError, NotFound, OptionError
from .._kinds.token import TokenPlan, TokenType, TokenWish, is_active
from .._values.instants import format_instant

Keep = Callable[[str], None]  # puts a new secret where it belongs; may raise


class TokenKeeper:
    """Applies plans for the tokens of one type in one project. C(known) is the list that the plan was made from."""

    def __init__(self, tokens: TokenType, known: list[Wire], now: datetime) -> None:
        self._tokens = tokens
        self._known = {token["id"] for token in known}
        self._now = now
        self.warnings: list[str] = []

    def apply(self, wish: TokenWish, plan: TokenPlan, keep: Keep | None) -> Wire | None:
        """Carry out a plan and return the new token with its secret, or None.

        With C(keep) a new secret is put away before the old token is ended; without, it is for the caller to return,
        and so what goes wrong afterwards is a warning. Raises LogfireError.
        """
        old = plan.current
        if plan.action == "revoke" and old is not None:
            self._revoke(old["id"])
            return None
        expires_at = format_instant(plan.expires_at) if plan.expires_at else None
        # The atomic rotation can set no expiry, and ends the old token before the new secret is put away.
        if (
            old is not None
            and not wish.keep_previous
            and keep is None
            and expires_at is None
            and not old.get("expires_at")
        ):
            old_id = old["id"]
            return self._make(lambda: self._tokens.rotate(old_id, wish.grace_hours))
        new = self._make(lambda: self._tokens.create(expires_at))
        if keep is not None:
            self._put_away(new, keep)
        if old is not None and not wish.keep_previous:
            self._end(old["id"], wish.grace_hours, fail=keep is not None)
        return new

    def _make(self, request: Callable[[], Wire]) -> Wire:
        """Send a request that makes a token. When its outcome is unknown, look, and try once more if nothing came."""
        for last_attempt in (False, True):
            try:
                return request()
            except LogfireError as error:
                error.task = f"make a {self._tokens.name} token"
                if not error.outcome_unknown:
                    raise
                try:
                    listed = self._tokens.read_all()
                except LogfireError:
                    error.outcome_unknown = False
                    error.problem = (
                        f"{error.problem}. A {self._tokens.name} token may have been made, whose secret is lost; the"
                        " list of tokens, which would tell, could not be read"
                    )
                    raise error from None
                new = [
                    token["id"] for token in listed if token["id"] not in self._known and is_active(token, self._now)
                ]
                if new:
                    error.outcome_unknown = False
                    error.problem = f"{error.problem}. {self._lost(new)}"
                if new or last_attempt:
                    raise
        raise AssertionError("the second attempt returns or raises")

    def _lost(self, ids: list[str]) -> str:
        """What to say of a token that exists and whose secret nobody has."""
        return (
            f"A {self._tokens.name} token was made whose secret is lost: {', '.join(ids)}."
            f" Revoke it with logfire_token (type={self._tokens.name} id={ids[0]} state=absent) and run again"
        )

    def _put_away(self, new: Wire, keep: Keep) -> None:
        try:
            keep(new["token"])
        except OSError as error:
            raise OptionError("path", f"cannot be written: {error.strerror}. {self._lost([new['id']])}") from None

    def _end(self, token_id: str, grace_hours: int | None, fail: bool) -> None:
        try:
            if grace_hours is None:
                self._revoke(token_id)
            else:
                # Only a rotation can end a token later; the token that it makes is not wanted.
                self._revoke(self._tokens.rotate(token_id, grace_hours)["id"])
        except LogfireError as error:
            error.task = f"end the token {token_id}, which is replaced"
            if fail:
                raise
            self.warnings.append(str(error))

    def _revoke(self, token_id: str) -> None:
        with suppress(NotFound):  # it is gone, which is what was wanted
            self._tokens.revoke(token_id)
