# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The record of work with credentials that a run has started but not finished, so that the next run can finish it.

The record has IDs, times and fingerprints, never a secret. It is the only way to identify a credential whose secret was
lost: tokens have no name, and the names of other credentials need not be unique.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from .._api.client import Wire
from .._kinds.credential import CLOCK_SLACK, instant, is_active
from .._values.fingerprints import is_fingerprint, is_fingerprint_of
from .._values.instants import parse_instant

GRACE_SLACK = timedelta(hours=1) + CLOCK_SLACK  # the API rounds to whole hours


class Attempt(NamedTuple):
    """A credential that is about to be created. Times are in RFC 3339 format."""

    after: str | None  # when the newest existing credential was created, by the clock of the service
    until: str  # the latest time of the creation, by the clock of this host
    expiries: list[str | None]  # the new credential will have one of these
    known: list[str] = []  # IDs of newer credentials that are not the result of this attempt
    rotates: str | None = None  # the ID of the credential that this rotation ends (only a rotation can end one later)


class Ending(NamedTuple):
    """A credential to end, at a time or, if C(at) is None, now."""

    id: str
    at: str | None = None


class Unfinished(NamedTuple):
    """The unfinished work with the credentials of one kind in one place."""

    project_id: str
    type: str
    attempt: Attempt | None = None
    endings: list[Ending] = []
    removes_file: bool = False  # the file must be removed when the endings are done
    is_unreported: bool = False  # a new secret was stored, but no run has reported that as a change
    holds: dict[str, str] = {}  # fingerprints of the secrets that may be stored, by ID; only if lists show no prefixes

    def as_dict(self) -> dict[str, Any]:
        """Return the record to store; it is empty if no work is left."""
        if not (self.attempt or self.endings or self.removes_file or self.is_unreported or self.holds):
            return {}
        attempt = self.attempt._asdict() if self.attempt else None
        stored = {**self._asdict(), "attempt": attempt, "endings": [ending._asdict() for ending in self.endings]}
        if not self.holds:
            del stored["holds"]
        return stored

    def known_id(self, secret: str) -> str | None:
        """Return the ID of the credential to which a secret belongs, if a fingerprint shows it."""
        held = [held_id for held_id, fingerprint in self.holds.items() if is_fingerprint_of(fingerprint, secret)]
        return held[0] if held else None


class Review(NamedTuple):
    """What remains to do after an unfinished run, given the existing credentials."""

    endings: list[Ending]  # still to be done
    lost: list[str] = []  # IDs of credentials, one of which may come from the attempt; its secret is lost
    was_delivered: bool = False  # a new secret was stored, but no run has reported that as a change


def parse_unfinished(stored: dict[str, Any]) -> Unfinished | None:
    """Parse a record that C(as_dict) returned; None if it is empty. Raises ValueError."""
    if not stored:
        return None
    try:
        attempt = Attempt(**stored["attempt"]) if stored["attempt"] else None
        endings = [Ending(**item) for item in stored["endings"]]
        left = Unfinished(**{**stored, "attempt": attempt, "endings": endings})
    except (KeyError, TypeError):
        raise ValueError("not what an unfinished run leaves") from None
    texts = [left.project_id, left.type, *(ending.id for ending in endings)]
    lists = [attempt.expiries, attempt.known] if attempt else []
    if not isinstance(left.holds, dict) or not all(map(is_fingerprint, left.holds.values())):
        raise ValueError("not what an unfinished run leaves")
    if not all(isinstance(text, str) and text for text in texts) or not all(isinstance(item, list) for item in lists):
        raise ValueError("not what an unfinished run leaves")
    return left


def newest(listed: list[Wire]) -> str | None:
    """Return when the newest of some credentials was created, as the API writes it."""
    made = [credential["created_at"] for credential in listed if instant(credential.get("created_at"))]
    return max(made, key=parse_instant, default=None)


def could_be(credential: Wire, expiries: list[str | None], slack: timedelta, now: datetime) -> bool:
    """Whether a credential may be one that was created with one of C(expiries)."""
    if credential.get("frontend_application_id") or not is_active(credential, now):
        return False
    expires_at = instant(credential.get("expires_at"))
    wanted = [instant(expiry) for expiry in expiries]
    return expires_at in wanted or any(expires_at and end and abs(expires_at - end) <= slack for end in wanted)


def is_ended(credential: Wire | None, ending: Ending, now: datetime) -> bool:
    """Whether a credential has ended as planned, or will; C(credential) is None if it is no longer listed."""
    if credential is None or not is_active(credential, now):
        return True
    expires_at, at = instant(credential.get("expires_at")), instant(ending.at)
    return expires_at is not None and at is not None and expires_at <= at + GRACE_SLACK


def has_rotated(left: Unfinished, credentials: dict[str, Wire], now: datetime) -> bool:
    """Whether the attempt was a rotation that took place, so that the new credential exists and must be ended.

    C(credentials) are the existing ones, by their IDs.
    """
    rotated = left.attempt.rotates if left.attempt else None
    endings = [ending for ending in left.endings if ending.id == rotated and rotated in credentials]
    return any(is_ended(credentials[ending.id], ending, now) for ending in endings)


def review(left: Unfinished, listed: list[Wire], held: str | None, now: datetime) -> Review:
    """Decide how to finish an unfinished run. C(held) is the ID of the credential whose secret is stored."""
    credentials = {credential["id"]: credential for credential in listed}
    endings = [
        ending for ending in left.endings if ending.id != held and not is_ended(credentials.get(ending.id), ending, now)
    ]
    attempt = left.attempt
    if attempt is None:
        return Review(endings, was_delivered=left.is_unreported)
    made = [credential["id"] for credential in listed if _is_of(attempt, credential, now)]
    if held in made:
        return Review(endings, was_delivered=True)
    if len(made) == 1 and has_rotated(left, credentials, now):
        return Review([*endings, Ending(made[0])], was_delivered=left.is_unreported)
    return Review(endings, made, left.is_unreported)


def _is_of(attempt: Attempt, credential: Wire, now: datetime) -> bool:
    created_at, after, until = instant(credential.get("created_at")), instant(attempt.after), instant(attempt.until)
    if created_at is None or until is None or credential["id"] in attempt.known:
        return False
    is_in_time = (after is None or created_at > after) and created_at <= until + CLOCK_SLACK
    return is_in_time and could_be(credential, attempt.expiries, CLOCK_SLACK, now)
