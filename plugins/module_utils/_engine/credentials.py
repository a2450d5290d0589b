# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out plans for credentials: create, deliver, replace, revoke. A lost secret is always reported."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Callable

from .._api.client import Wire
from .._api.errors import LogfireError, NotFound, article
from .._kinds.credential import Credential, CredentialSpec, Issuer, instant
from .._kinds.lifecycle import Plan
from .._values.fingerprints import make_fingerprint
from .._values.instants import format_instant
from .._values.option_errors import OptionError
from .unfinished import Attempt, Ending, Unfinished, could_be, has_rotated, is_ended, newest

Deliver = Callable[[str], None]  # stores a new secret; may raise OSError and OptionError
Remember = Callable[[Unfinished], None]  # stores unfinished work for the next run; may raise OptionError

ROUNDING = timedelta(seconds=1)  # by which the service may round an expiry


class CredentialRotation:
    """Applies plans for the credentials of one kind in one place (a project or the organization).

    C(listed) are the existing credentials, C(patience) is the longest time that creating one may take, and
    C(unfinished) is the unfinished work of earlier runs. Afterwards, and after an error, C(changed) says whether
    anything changed, as far as is known, C(failures) has the errors of credentials that could not be ended, and
    C(unfinished) the work that remains.
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

    def beginning(self, spec: CredentialSpec, plan: Plan) -> Unfinished:
        """Return the unfinished work to record before a plan is carried out."""
        endings, old = list(self.unfinished.endings), plan.current
        if old is not None and (plan.action == "revoke" or (plan.action == "replace" and not spec.keep_previous)):
            later = plan.makes and spec.grace_hours is not None
            ending = Ending(old["id"], self._after(timedelta(hours=spec.grace_hours or 0)) if later else None)
            if not is_ended(old, ending, self._now):
                endings.append(ending)
        attempt = self._attempt([_expires_at(plan)]) if plan.makes else None
        return self.unfinished._replace(attempt=attempt, endings=endings)

    def apply(self, spec: CredentialSpec, plan: Plan, deliver: Deliver | None) -> Wire | None:
        """Carry out a plan and return the new credential with its secret, or None.

        C(deliver) stores a new secret before the old credential is ended; without it, the caller has to return the
        secret. Raises LogfireError and OptionError.
        """
        if not plan.makes:
            self._note(self.beginning(spec, plan))
            changed = self._change(plan) if plan.action == "change" else None
            self.finish()
            return changed
        held_before = self.unfinished.holds
        if deliver is None and self._can_rotate(spec, plan):
            return self._rotate(spec, plan)
        try:
            body = {**plan.body, "expires_at": _expires_at(plan)}
            new = self._make(self.beginning(spec, plan), lambda: self._issuer.create(body))
            holds = self._held(new)
            if deliver is not None:
                self._store_secret(new, deliver, {**held_before, **holds})
        except (LogfireError, OptionError):
            old = plan.current["id"] if plan.current else None  # it is kept
            endings = [ending for ending in self.unfinished.endings if ending.id != old]
            with suppress(OptionError):
                self._note(self.unfinished._replace(endings=endings, holds=held_before))
            raise
        self.changed = True
        self.unfinished = self.unfinished._replace(is_unreported=True, holds=holds)
        self.finish()
        return new

    def _change(self, plan: Plan) -> Wire:
        """Change a credential in place, and return it as it is afterwards."""
        current = plan.current or {}
        try:
            changed = self._issuer.change(current["id"], plan.body)
        except LogfireError as error:
            error.task = f"change the {self._kind.title} {current['id']}"
            raise
        self.changed = True
        return changed

    def finish(self) -> None:
        """End the credentials that have to end. Errors go to C(failures), and these credentials stay recorded."""
        queue, left = list(self.unfinished.endings), []
        while queue:
            ending = queue.pop(0)
            try:
                queue += self._end(ending)
            except (LogfireError, OptionError) as error:
                if isinstance(error, LogfireError):
                    error.task = f"revoke the {self._kind.title} {ending.id}"
                self.failures.append(error)
                left.append(ending)
            else:
                self.changed = True
        with suppress(OptionError):  # if this fails, the next run finds that it is done
            is_over = self.unfinished.removes_file and not left
            holds = {} if is_over else self.unfinished.holds
            self._note(self.unfinished._replace(endings=left, is_unreported=False, holds=holds))

    def _end(self, ending: Ending) -> list[Ending]:
        """End one credential. Returns the endings that remain."""
        at = instant(ending.at)
        hours = math.ceil((at - self._now) / timedelta(hours=1)) if at else 0
        if hours <= 0:
            with suppress(NotFound):  # it does not exist any more, as intended
                self._issuer.revoke(ending.id)
            return []
        # Only a rotation can end a credential later; the new one that it creates is ended at once.
        expiries = [None, *(wire.get("expires_at") for wire in self._listed if wire["id"] == ending.id)]
        attempt = self._attempt(expiries)._replace(known=list(self._made), rotates=ending.id)
        spare = self._make(self.unfinished._replace(attempt=attempt), lambda: self._issuer.rotate(ending.id, hours))
        rest = [other for other in self.unfinished.endings if other != ending]
        self._note(self.unfinished._replace(endings=[*rest, Ending(spare["id"])]))
        return [Ending(spare["id"])]

    def _can_rotate(self, spec: CredentialSpec, plan: Plan) -> bool:
        """Whether the API's own rotation, which cannot set an expiry, does all that the user wants."""
        old = plan.current
        is_lasting = old is not None and not old.get("expires_at") and plan.expires_at is None
        return self._kind.can_rotate and is_lasting and not spec.keep_previous

    def _rotate(self, spec: CredentialSpec, plan: Plan) -> Wire:
        """Replace a credential by the API's own rotation, which creates the new and ends the old one in one request."""
        old = plan.current or {}
        unfinished = self.unfinished._replace(attempt=self._attempt([None]))
        new = self._make(unfinished, lambda: self._issuer.rotate(old["id"], spec.grace_hours))
        self.changed = True
        return new

    def _make(self, unfinished: Unfinished, request: Callable[[], Wire]) -> Wire:
        """Send a request that creates a credential. If its outcome is unknown, check, and retry it once if necessary.

        C(unfinished) is recorded before.
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
        """Return the credential that a failed request created nevertheless; None if it created none.

        Raises C(error), with what is known, if a secret that is required is lost, or if the outcome stays unknown.
        """
        attempt = self.unfinished.attempt
        try:
            listed = {wire["id"]: wire for wire in self._issuer.read_all()}
            if self._listed and not listed:  # a list that was not empty before proves nothing now
                raise error
        except LogfireError:
            lost = (
                f"{_one(self._kind)} may have been created and its secret lost; the list of {self._kind.word}s, which"
                " is required to verify this, could not be read"
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
                return {"id": new[0]}  # its secret is lost, and not required
            self._settle_attempt()
            lost = lost_secret(self._kind, new)
        self.changed = True
        error.outcome_unknown = False
        error.problem = f"{error.problem}. {lost}"
        raise error from None

    def _held(self, new: Wire) -> dict[str, str]:
        """Return the fingerprint by which a later run knows the secret of a new credential, if lists do not show it."""
        return {} if self._kind.shows_prefix else {new["id"]: make_fingerprint(new["token"])}

    def _store_secret(self, new: Wire, deliver: Deliver, holds: dict[str, str]) -> None:
        """Deliver the secret of a new credential; if that fails, revoke the credential.

        C(holds), the fingerprints of the secrets that may be stored after an interruption, is recorded before.
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
                told = f"{lost_secret(self._kind, [new['id']])}. This run could not revoke it: {refusal}"
            raise OptionError("path", f"{problem}. {told}") from None

    def _attempt(self, expiries: list[str | None]) -> Attempt:
        return Attempt(newest(self._listed), self._after(self._patience), expiries)

    def _after(self, delay: timedelta) -> str:
        return format_instant(self._now + delay)

    def _settle_attempt(self) -> None:
        """Note that the outcome of the attempt is known. The record keeps it until it has what follows."""
        self._last_attempt = self.unfinished.attempt
        self.unfinished = self.unfinished._replace(attempt=None)

    def _note(self, unfinished: Unfinished) -> None:
        """Record the unfinished work before it is started."""
        self.unfinished = unfinished
        if self._remember is not None:
            self._remember(unfinished)


def lost_secret(kind: Credential, ids: list[str]) -> str:
    """Return the message about a created credential whose secret is lost; C(ids) are those that it may be."""
    made = f"{_one(kind)} was created, but its secret is lost"
    revoke = f"revoke it with {kind.selector.format(ids[0])}"
    if len(ids) == 1:
        return f"{made}: {ids[0]}. Unless another run created it, {revoke}"
    by_prefix = " by the token_prefix" if kind.shows_prefix else ""
    return f"{made}. It is one of: {', '.join(ids)}. Identify the unused one{by_prefix}, and {revoke}"


def _one(kind: Credential) -> str:
    """Return the noun for a credential with its article, for the beginning of a sentence."""
    one = article(kind.title)
    return one[0].upper() + one[1:]


def _expires_at(plan: Plan) -> str | None:
    return format_instant(plan.expires_at) if plan.expires_at else None
