# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decides whether to create, replace or revoke a credential: pure functions."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from .._api.client import Wire
from .._values.durations import DAY, HOUR, format_duration, parse_duration
from .._values.instants import from_now, parse_instant
from .._values.option_errors import OptionError
from .credential import CLOCK_SLACK, Credential, CredentialSpec, instant, is_active
from .field import State

DURATIONS = ("expires_in", "renew_before", "max_age", "grace_period")
LONGEST = 36500 * DAY


class Plan(NamedTuple):
    """C(action) is none, create, replace, change or revoke.

    C(reason) says why a credential is replaced, C(changes) are the fields with new values, and C(body) is the body of
    the update. C(expires_at) is the expiry of a new credential, and C(lifetime) is its lifetime in seconds, if it is
    that of the replaced one.
    """

    action: str
    current: Wire | None = None
    reason: str = ""
    changes: State = {}
    body: Wire = {}
    expires_at: datetime | None = None
    lifetime: int | None = None

    @property
    def makes(self) -> bool:
        """Whether the plan creates one."""
        return self.action in ("create", "replace")


def parse_spec(kind: Credential, options: dict[str, Any], held: bool, secret: str | None) -> CredentialSpec:
    """Return the spec that options describe. Raises OptionError."""
    seconds = {option: parse_seconds(option, options.get(option)) for option in DURATIONS}
    expires_in, renew_before, grace = seconds["expires_in"], seconds["renew_before"], seconds["grace_period"]
    if expires_in is not None and renew_before is not None and renew_before >= expires_in:
        raise OptionError(
            "renew_before", f"must be shorter than expires_in; otherwise, every run would renew the {kind.word}"
        )
    if grace is not None and grace % HOUR:
        raise OptionError("grace_period", f"{options['grace_period']!r} must be whole hours")
    if grace is not None and not kind.has_grace:
        raise OptionError(
            "grace_period", f"not allowed for type {kind.type}; the API supports it for write tokens only"
        )
    try:
        expires_at = parse_instant(options["expires_at"]) if options["expires_at"] is not None else None
    except ValueError as error:
        raise OptionError("expires_at", str(error)) from None
    return CredentialSpec(
        present=options["state"] == "present",
        id=options["id"],
        held=held,
        secret=secret,
        wanted=kind.parse(options),
        expires_at=expires_at,
        expires_in=expires_in,
        renew_before=renew_before,
        max_age=seconds["max_age"],
        rotate=options["rotate"],
        grace_hours=grace // HOUR if grace is not None else None,
        keep_previous=options["keep_previous"],
    )


def parse_seconds(option: str, value: str | None) -> int | None:
    """Return the seconds of an option that is a duration, or None if it is not set. Raises OptionError."""
    if value is None:
        return None
    try:
        seconds = parse_duration(value)
    except ValueError as error:
        raise OptionError(option, str(error)) from None
    if not 0 < seconds <= LONGEST:
        raise OptionError(option, f"{value!r} is out of range; allowed: 1s to {format_duration(LONGEST)}")
    return seconds


def make_plan(kind: Credential, spec: CredentialSpec, listed: list[Wire], now: datetime) -> Plan:
    """Plan how to fulfill C(spec), given the C(listed) credentials. Sends nothing.

    Raises OptionError if the spec refers to a missing credential, or to several, or if it is impossible, and
    LogfireError if the list has an unexpected format.
    """
    current = kind.choose(spec, [wire for wire in listed if is_active(wire, now)], now)
    if not spec.present:
        return Plan("revoke", current) if current else Plan("none")
    if current is None:
        if spec.id:
            raise OptionError("id", f"there is no active {kind.word} {spec.id}, and a new one would have another ID")
        plan = Plan("create", changes=spec.wanted, body=kind.new_body(spec.wanted, None))
        return _with_expiry(plan, kind, spec, now)
    changes = kind.differences(spec.wanted, current)
    reason = due(spec, current, now) or kind.why_new(changes)
    if reason:
        plan = Plan("replace", current, reason, changes, kind.new_body(spec.wanted, current))
        return _with_expiry(plan, kind, spec, now)
    if changes:
        return Plan("change", current, changes=changes, body=kind.change_body(changes, current))
    return Plan("none", current)


def _with_expiry(plan: Plan, kind: Credential, spec: CredentialSpec, now: datetime) -> Plan:
    """Return the plan with the expiry of a new credential: as wished, or else with the lifetime of the replaced one."""
    if spec.expires_at is not None:
        if spec.expires_at <= now:
            raise OptionError("expires_at", f"is in the past, but a new {kind.word} is needed")
        return plan._replace(expires_at=spec.expires_at)
    if spec.expires_in is not None:
        return plan._replace(expires_at=from_now(spec.expires_in, now))
    lifetime = _lifetime(plan.current, now) if plan.current else None
    if lifetime is None:
        return plan
    if spec.renew_before is not None and lifetime <= spec.renew_before:
        raise OptionError(
            "renew_before",
            f"must be shorter than {format_duration(lifetime)}, the lifetime of the {kind.word} that is replaced;"
            f" otherwise, every run would renew the {kind.word}. To change the lifetime, set expires_in",
        )
    return plan._replace(expires_at=from_now(lifetime, now), lifetime=lifetime)


def _lifetime(wire: Wire, now: datetime) -> int | None:
    """Return the lifetime of a credential in seconds, or None if it never expires.

    If its creation time is unknown, the remaining seconds are returned. The lifetime is rounded to minutes: since it is
    computed shortly before the creation, the difference would add up with every replacement.
    """
    expires_at, created_at = instant(wire.get("expires_at")), instant(wire.get("created_at"))
    if expires_at is None:
        return None
    minutes = (expires_at - (created_at or now)) / timedelta(minutes=1)
    return max(1, math.ceil(minutes)) * 60


def due(spec: CredentialSpec, wire: Wire, now: datetime) -> str:
    """Return why a credential has to be replaced, or an empty text."""
    expires_at, created_at = instant(wire.get("expires_at")), instant(wire.get("created_at"))
    if spec.rotate:
        return "rotate is set"
    if spec.expires_at is not None:
        if expires_at is None or abs(expires_at - spec.expires_at) >= timedelta(seconds=1):
            return "it expires at another time than expires_at"
    elif spec.renew_before is not None and expires_at is not None and expires_at - now < _seconds(spec.renew_before):
        return f"it expires in less than {format_duration(spec.renew_before)}"
    if spec.expires_in is not None:
        latest = from_now(spec.expires_in, now) + CLOCK_SLACK
        if expires_at is None or expires_at > latest:
            return f"it lives longer than {format_duration(spec.expires_in)}"
    if spec.max_age is not None and created_at is not None and now - created_at > _seconds(spec.max_age):
        return f"it is older than {format_duration(spec.max_age)}"
    return ""


def _seconds(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)
