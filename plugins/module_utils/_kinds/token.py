# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write and read tokens: the API's section I(write and read tokens).

A token has no name, cannot be changed and shows its secret once. So it is not one of the kinds that are compared field
by field: it is matched by its id or by the prefix of its secret, and what changes is which token there is.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from .._api.client import LogfireClient, Wire
from .._api.errors import OptionError, unexpected
from .._values.durations import DAY, HOUR, format_duration, parse_duration
from .._values.instants import from_now, parse_instant
from .kind import State

FIELDS = ("id", "project_id", "project_name", "description", "token_prefix", "active", "created_at", "expires_at")
DURATIONS = ("expires_in", "renew_before", "max_age", "grace_period")
LONGEST = 36500 * DAY
CLOCK_SLACK = timedelta(minutes=5)  # by which the clocks of this host and the service may differ


class TokenType:
    """The routes of one of the two types of token."""

    def __init__(self, name: str, client: LogfireClient, project_id: str) -> None:
        self.name = name
        self._client = client
        self._project_id = project_id

    def read_all(self) -> list[Wire]:
        read = self._client.list_write_tokens if self.name == "write" else self._client.list_read_tokens
        tokens = read(self._project_id)
        texts = [token.get(member) for token in tokens for member in ("token_prefix", "created_at", "expires_at")]
        if not all(isinstance(text, (str, type(None))) for text in texts):
            raise unexpected("the answer has a token in a shape that is not the API's", "GET", f"/{self.name}-tokens/")
        return tokens

    def create(self, expires_at: str | None) -> Wire:
        create = self._client.create_write_token if self.name == "write" else self._client.create_read_token
        return create(self._project_id, expires_at=expires_at)

    def rotate(self, token_id: str, grace_hours: int | None) -> Wire:
        if self.name == "read":
            return self._client.rotate_read_token(self._project_id, token_id)
        return self._client.rotate_write_token(self._project_id, token_id, grace_period_hours=grace_hours)

    def revoke(self, token_id: str) -> None:
        revoke = self._client.delete_write_token if self.name == "write" else self._client.delete_read_token
        revoke(self._project_id, token_id)


class TokenWish(NamedTuple):
    """What the user wants of a token. Durations are seconds.

    It is the token C(id); or, with C(held), the one whose value C(secret) the user holds, if any; or any active one.
    """

    present: bool = True
    id: str | None = None
    held: bool = False
    secret: str | None = None
    expires_at: datetime | None = None
    expires_in: int | None = None
    renew_before: int | None = None
    max_age: int | None = None
    rotate: bool = False
    grace_hours: int | None = None
    keep_previous: bool = False


class TokenPlan(NamedTuple):
    """C(action) is none, create, replace or revoke.

    C(reason) says why a token is replaced, C(expires_at) when a new one is to expire, and C(lifetime) is the number of
    seconds that it takes over from the one that it replaces.
    """

    action: str
    current: Wire | None = None
    reason: str = ""
    expires_at: datetime | None = None
    lifetime: int | None = None

    @property
    def makes(self) -> bool:
        """Whether a token is to be made."""
        return self.action in ("create", "replace")


def parse_wish(options: dict[str, Any], held: bool, secret: str | None) -> TokenWish:
    """The wish that options describe. Raises OptionError."""
    seconds = {option: _parse_seconds(option, options[option]) for option in DURATIONS}
    expires_in, renew_before, grace = seconds["expires_in"], seconds["renew_before"], seconds["grace_period"]
    if expires_in is not None and renew_before is not None and renew_before >= expires_in:
        raise OptionError("renew_before", "must be shorter than expires_in, or every run would renew the token")
    if grace is not None and grace % HOUR:
        raise OptionError("grace_period", f"{options['grace_period']!r} is not in whole hours, as the API takes it")
    if grace is not None and options["type"] == "read":
        raise OptionError("grace_period", "not allowed for type read; the API has it for write tokens only")
    try:
        expires_at = parse_instant(options["expires_at"]) if options["expires_at"] is not None else None
    except ValueError as error:
        raise OptionError("expires_at", str(error)) from None
    return TokenWish(
        present=options["state"] == "present",
        id=options["id"],
        held=held,
        secret=secret,
        expires_at=expires_at,
        expires_in=expires_in,
        renew_before=renew_before,
        max_age=seconds["max_age"],
        rotate=options["rotate"],
        grace_hours=grace // HOUR if grace is not None else None,
        keep_previous=options["keep_previous"],
    )


def _parse_seconds(option: str, value: str | None) -> int | None:
    if value is None:
        return None
    try:
        seconds = parse_duration(value)
    except ValueError as error:
        raise OptionError(option, str(error)) from None
    if not 0 < seconds <= LONGEST:
        raise OptionError(option, f"{value!r} is out of range; allowed is 1s to {format_duration(LONGEST)}")
    return seconds


def load_token(wire: Wire, token_type: str, project_name: str | None) -> State:
    """A token as results have it, without the secret. A new one's answer leaves out what only lists have."""
    state: State = {member: wire.get(member) for member in FIELDS}
    state["active"] = wire.get("active", True)
    state["project_name"] = wire.get("project_name") or project_name
    return {**state, "type": token_type}


def is_active(token: Wire, now: datetime) -> bool:
    """Whether a token of the list can be used: revoked and expired ones may stay listed."""
    expires_at = instant(token.get("expires_at"))
    return token.get("active", True) is not False and (expires_at is None or expires_at > now)


def is_listed(wish: TokenWish, tokens: list[Wire]) -> bool:
    """Whether the token that the user names is one of those, if only one that has ended."""
    if wish.id is not None:
        return any(token["id"].lower() == wish.id.lower() for token in tokens)
    return bool(wish.secret) and bool(_with_prefix(wish.secret or "", tokens))


def plan_token(wish: TokenWish, tokens: list[Wire], now: datetime) -> TokenPlan:
    """What has to happen so that there is the token that C(wish) describes among C(tokens). Asks nobody.

    Raises OptionError when the wish names a token that is not there, or more than one, or cannot be fulfilled.
    """
    active = [token for token in tokens if is_active(token, now)]
    if wish.id is not None:
        current = next((token for token in active if token["id"].lower() == wish.id.lower()), None)
    elif wish.held:
        current = _matching(wish.secret or "", active)
    else:
        current = _best(wish, active, now)
    if not wish.present:
        return TokenPlan("revoke", current) if current else TokenPlan("none")
    if current is None:
        if wish.id:
            raise OptionError("id", f"there is no active token {wish.id}; a new one would have another id")
        plan = TokenPlan("create")
    else:
        reason = due(wish, current, now)
        plan = TokenPlan("replace" if reason else "none", current, reason)
    return _with_expiry(plan, wish, now) if plan.makes else plan


def _with_expiry(plan: TokenPlan, wish: TokenWish, now: datetime) -> TokenPlan:
    """The plan with the expiry of the new token: as wished, or else as far away as that of the replaced one was."""
    if wish.expires_at is not None:
        if wish.expires_at <= now:
            raise OptionError("expires_at", "is in the past, and a new token is needed")
        return plan._replace(expires_at=wish.expires_at)
    if wish.expires_in is not None:
        return plan._replace(expires_at=from_now(wish.expires_in, now))
    lifetime = _lifetime(plan.current, now) if plan.current else None
    if lifetime is None:
        return plan
    if wish.renew_before is not None and lifetime <= wish.renew_before:
        raise OptionError(
            "renew_before",
            f"must be shorter than {format_duration(lifetime)}, the lifetime of the token that is replaced, or every"
            " run would renew the token; set expires_in to give the new one another",
        )
    return plan._replace(expires_at=from_now(lifetime, now), lifetime=lifetime)


def _lifetime(token: Wire, now: datetime) -> int | None:
    """The seconds for which a token was made, or None for ever; what is left where nobody knows since when.

    On whole minutes: a token is made a little later than its expiry is counted, and that must not add up.
    """
    expires_at, created_at = instant(token.get("expires_at")), instant(token.get("created_at"))
    if expires_at is None:
        return None
    minutes = (expires_at - (created_at or now)) / timedelta(minutes=1)
    return max(1, math.ceil(minutes)) * 60


def due(wish: TokenWish, token: Wire, now: datetime) -> str:
    """Why a token has to be replaced, or an empty text."""
    expires_at, created_at = instant(token.get("expires_at")), instant(token.get("created_at"))
    if wish.rotate:
        return "rotate is set"
    if wish.expires_at is not None:
        if expires_at is None or abs(expires_at - wish.expires_at) >= timedelta(seconds=1):
            return "expires_at is another"
    elif wish.renew_before is not None and expires_at is not None and expires_at - now < _seconds(wish.renew_before):
        return f"it expires in less than {format_duration(wish.renew_before)}"
    if wish.expires_in is not None:
        latest = from_now(wish.expires_in, now) + CLOCK_SLACK
        if expires_at is None or expires_at > latest:
            return f"it lives longer than {format_duration(wish.expires_in)}"
    if wish.max_age is not None and created_at is not None and now - created_at > _seconds(wish.max_age):
        return f"it is older than {format_duration(wish.max_age)}"
    return ""


def _matching(secret: str, active: list[Wire]) -> Wire | None:
    """The token of which the API shows the beginning of C(secret)."""
    found = _with_prefix(secret, active)
    if len(found) > 1:
        ids = ", ".join(token["id"] for token in found)
        raise OptionError("token", f"its prefix is that of {len(found)} active tokens; name one by its id: {ids}")
    return found[0] if found else None


def _with_prefix(secret: str, tokens: list[Wire]) -> list[Wire]:
    """The tokens with the longest prefix that fits."""
    found = [token for token in tokens if token.get("token_prefix") and secret.startswith(token["token_prefix"])]
    longest = max((len(token["token_prefix"]) for token in found), default=0)
    return [token for token in found if len(token["token_prefix"]) == longest]


def _best(wish: TokenWish, active: list[Wire], now: datetime) -> Wire | None:
    """Of the tokens that nothing identifies, one that need not be replaced, that lives longest, that is newest.

    A frontend application's tokens belong to it.
    """
    free = [token for token in active if not token.get("frontend_application_id")]
    return max(
        free,
        key=lambda token: (
            not due(wish, token, now),
            token.get("expires_at") is None,
            str(token.get("expires_at")),
            str(token.get("created_at")),
            token["id"],
        ),
        default=None,
    )


def _seconds(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)


def instant(wire: Any) -> datetime | None:
    """A moment as the API writes it, or None."""
    try:
        return parse_instant(wire) if wire else None
    except ValueError:
        return None
