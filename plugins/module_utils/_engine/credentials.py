# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of a credential, carried out: made, delivered, replaced, revoked, and no secret is ever lost in silence."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Callable

from .._api.client import Wire
from .._api.errors import LogfireError, NotFound, article
from .._kinds.credential import Credential, Issuer, Wish, instant
from .._kinds.lifecycle import Plan
from .._values.fingerprints import make_fingerprint
from .._values.instants import format_instant
from .._values.option_errors import OptionError
from .unfinished import Attempt, Ending, Unfinished, could_be, has_rotated, is_ended, newest

Deliver = Callable[[str], None]  # puts a new secret where it belongs; may raise OSError and OptionError
Remember = Callable[[Unfinished], None]  # keeps for the next run what is unfinished; may raise OptionError

ROUNDING = timedelta(seconds=1)  # that the service may do to an expiry


class Keeper:
    """Applies plans for the credentials of one kind in one place.

    C(listed) are the existing ones, C(patience) is how long the making of one may take, C(unfinished) is what
    earlier runs left. Afterwards, and after an error, C(changed) says whether anything changed, as far as can be known,
    C(failures) what could not be ended, and C(unfinished) what is left then.
    """

    def __init__(
        self,
        issuer: Issuer,
        listed: list[Wire],
        now: datetime,
        patience: timedelta,
        unfinished: Unfinished,
        remember: Remember | None = None,
    ) -> None:
        self._issuer = issuer
        self._kind = issuer.kind
        self._listed = listed
        self._made: list[str] = []
        self._now = now
        self._patience = patience
        self._remember = remember
        self._last_attempt: Attempt | None = None
        self.unfinished = unfinished
        self.changed = False
        self.failures: list[LogfireError | OptionError] = []

    def beginning(self, wish: Wish, plan: Plan) -> Unfinished:
        """What is unfinished when a plan is about to be carried out."""
        endings, old = list(self.unfinished.endings), plan.current
        if old is not None and (plan.action == "revoke" or (plan.action == "replace" and not wish.keep_previous)):
            later = plan.makes and wish.grace_hours is not None
            ending = Ending(old["id"], self._after(timedelta(hours=wish.grace_hours or 0)) if later else None)
            if not is_ended(old, ending, self._now):
                endings.append(ending)
        attempt = self._attempt([_expires_at(plan)]) if plan.makes else None
        return self.unfinished._replace(attempt=attempt, endings=endings)

    def apply(self, wish: Wish, plan: Plan, deliver: Deliver | None) -> Wire | None:
        """Carry out a plan and return the new credential with its secret, or None.

        With C(deliver) a new secret is put away before the old one is ended; without, it is for the caller to return.
        Raises LogfireError and OptionError.
        """
        if not plan.makes:
            self._note(self.beginning(wish, plan))
            changed = self._change(plan) if plan.action == "change" else None
            self.finish()
            return changed
        held_before = self.unfinished.holds
        if deliver is None and self._can_rotate(wish, plan):
            return self._rotate(wish, plan)
        try:
            body = {**plan.body, "expires_at": _expires_at(plan)}
            new = self._make(self.beginning(wish, plan), lambda: self._issuer.create(body))
            holds = self._held(new)
            if deliver is not None:
                self._put_away(new, deliver, {**held_before, **holds})
        except (LogfireError, OptionError):
            old = plan.current["id"] if plan.current else None  # it stays
            endings = [ending for ending in self.unfinished.endings if ending.id != old]
            with suppress(OptionError):
                self._note(self.unfinished._replace(endings=endings, holds=held_before))
            raise
        self.changed = True
        self.unfinished = self.unfinished._replace(is_unreported=True, holds=holds)
        self.finish()
        return new

    def _change(self, plan: Plan) -> Wire:
        """Change one in place; returns it as it is then."""
        current = plan.current or {}
        try:
            changed = self._issuer.change(current["id"], plan.body)
        except LogfireError as error:
            error.task = f"change the {self._kind.title} {current['id']}"
            raise
        self.changed = True
        return changed

    def finish(self) -> None:
        """End what has to end. What cannot be ended is in C(failures), and stays remembered."""
        queue, left = list(self.unfinished.endings), []
        while queue:
            ending = queue.pop(0)
            try:
                queue += self._end(ending)
            except (LogfireError, OptionError) as error:
                if isinstance(error, LogfireError):
                    error.task = f"end the {self._kind.title} {ending.id}"
                self.failures.append(error)
                left.append(ending)
            else:
                self.changed = True
        with suppress(OptionError):  # then the next run finds out that it is done
            is_over = self.unfinished.removes_file and not left
            holds = {} if is_over else self.unfinished.holds
            self._note(self.unfinished._replace(endings=left, is_unreported=False, holds=holds))

    def _end(self, ending: Ending) -> list[Ending]:
        """End one. Returns what still has to end."""
        at = instant(ending.at)
        hours = math.ceil((at - self._now) / timedelta(hours=1)) if at else 0
        if hours <= 0:
            with suppress(NotFound):  # it is gone, which is what was wanted
                self._issuer.revoke(ending.id)
            return []
        # Only a rotation can end one later; the one that it makes is not wanted.
        expiries = [None, *(wire.get("expires_at") for wire in self._listed if wire["id"] == ending.id)]
        attempt = self._attempt(expiries)._replace(known=list(self._made), rotates=ending.id)
        spare = self._make(self.unfinished._replace(attempt=attempt), lambda: self._issuer.rotate(ending.id, hours))
        rest = [other for other in self.unfinished.endings if other != ending]
        self._note(self.unfinished._replace(endings=[*rest, Ending(spare["id"])]))
        return [Ending(spare["id"])]

    def _can_rotate(self, wish: Wish, plan: Plan) -> bool:
        """Whether the API's own rotation does all that is wished: it can set no expiry."""
        old = plan.current
        is_lasting = old is not None and not old.get("expires_at") and plan.expires_at is None
        return self._kind.can_rotate and is_lasting and not wish.keep_previous

    def _rotate(self, wish: Wish, plan: Plan) -> Wire:
        """Replace one by the API's own rotation, which makes one and ends the other in one request."""
        old = plan.current or {}
        unfinished = self.unfinished._replace(attempt=self._attempt([None]))
        new = self._make(unfinished, lambda: self._issuer.rotate(old["id"], wish.grace_hours))
        self.changed = True
        return new

    def _make(self, unfinished: Unfinished, request: Callable[[], Wire]) -> Wire:
        """Send a request that makes one. When its outcome is unknown, look, and try once more if nothing came.

        C(unfinished) is remembered before.
        """
        self._note(unfinished)
        for last_attempt in (False, True):
            try:
                new = request()
            except LogfireError as error:
                error.task = f"create {article(self._kind.title)}"
                found = self._look_for_made(error) if error.outcome_unknown else None
                if found is None and not last_attempt and error.outcome_unknown:
                    continue
                self._settle_attempt()
                if found is None:
                    raise
                new = found
            self._settle_attempt()
            self._made.append(new["id"])
            return new
        raise AssertionError("the second attempt returns or raises")

    def _look_for_made(self, error: LogfireError) -> Wire | None:
        """What a request made although it failed; None if it made none.

        Raises C(error), with what is known, when a secret that is wanted is lost, or when nobody can tell.
        """
        attempt = self.unfinished.attempt
        try:
            listed = {wire["id"]: wire for wire in self._issuer.read_all()}
            if self._listed and not listed:  # what held some does not tell that none was made
                raise error
        except LogfireError:
            lost = (
                f"{_one(self._kind)} may have been made, whose secret is lost; the list of {self._kind.word}s, which"
                " would tell, could not be read"
            )
        else:
            known = {*self._made, *(wire["id"] for wire in self._listed)}
            new = [
                object_id
                for object_id, wire in listed.items()
                if attempt and object_id not in known and could_be(wire, attempt.expiries, ROUNDING, self._now)
            ]
            if not new:
                return None
            if len(new) == 1 and has_rotated(self.unfinished, listed, self._now):
                return {"id": new[0]}  # its secret is lost, and not wanted
            self._settle_attempt()
            lost = lost_secret(self._kind, new)
        self.changed = True
        error.outcome_unknown = False
        error.problem = f"{error.problem}. {lost}"
        raise error from None

    def _held(self, new: Wire) -> dict[str, str]:
        """What tells later that a secret is that of a new credential, where lists do not."""
        return {} if self._kind.shows_prefix else {new["id"]: make_fingerprint(new["token"])}

    def _put_away(self, new: Wire, deliver: Deliver, holds: dict[str, str]) -> None:
        """Deliver the secret of a new credential; when that fails, revoke it.

        C(holds) is remembered before: the new secret, or the old one if this is interrupted.
        """
        try:
            if holds and self._remember is not None:
                self.unfinished = self.unfinished._replace(holds=holds)
                self._remember(self.unfinished._replace(attempt=self._last_attempt))
            deliver(new["token"])
        except (OSError, OptionError) as error:
            problem = error.problem if isinstance(error, OptionError) else f"cannot be written: {error.strerror}"
            try:
                self._issuer.revoke(new["id"])
                told = f"The new {self._kind.word} was revoked"
            except LogfireError as refusal:
                self.changed = True
                self.unfinished = self.unfinished._replace(endings=[*self.unfinished.endings, Ending(new["id"])])
                told = f"{lost_secret(self._kind, [new['id']])}. This run could not: {refusal}"
            raise OptionError("path", f"{problem}. {told}") from None

    def _attempt(self, expiries: list[str | None]) -> Attempt:
        return Attempt(newest(self._listed), self._after(self._patience), expiries)

    def _after(self, delay: timedelta) -> str:
        return format_instant(self._now + delay)

    def _settle_attempt(self) -> None:
        """Its outcome is known now. It stays remembered until what follows is, or a kill in between would lose it."""
        self._last_attempt = self.unfinished.attempt
        self.unfinished = self.unfinished._replace(attempt=None)

    def _note(self, unfinished: Unfinished) -> None:
        """Remember, before it is begun, what is unfinished from now on."""
        self.unfinished = unfinished
        if self._remember is not None:
            self._remember(unfinished)


def lost_secret(kind: Credential, ids: list[str]) -> str:
    """What to say of credentials one of which was made and has a secret that nobody knows."""
    made, revoke = f"{_one(kind)} was made whose secret is lost", f"revoke it with {kind.selector.format(ids[0])}"
    if len(ids) == 1:
        return f"{made}: {ids[0]}. Unless another run made it, {revoke}"
    by_prefix = " by their token_prefix" if kind.shows_prefix else ""
    return f"{made}, one of these: {', '.join(ids)}. Find out{by_prefix} which of them nobody uses, and {revoke}"


def _one(kind: Credential) -> str:
    """One of the kind, at the beginning of a sentence."""
    one = article(kind.title)
    return one[0].upper() + one[1:]


def _expires_at(plan: Plan) -> str | None:
    return format_instant(plan.expires_at) if plan.expires_at else None
