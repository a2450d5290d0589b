# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Times: pure functions that convert between the formats of users, of the API, and of results."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import TypeVar

from .durations import parse_duration

LONGEST_RANGE = timedelta(days=3653)
Day = TypeVar("Day", bound=date)  # or a datetime
_RFC_3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)


def parse_instant(value: object) -> datetime:
    """Parse an RFC 3339 time; without an offset, it is UTC. Raises ValueError."""
    text = str(value).strip()
    match = _RFC_3339.fullmatch(text)
    try:
        if match:
            date, clock, fraction, offset = match.groups()
            offset = "+00:00" if offset in (None, "Z", "z") else offset
            microseconds = int((fraction or "0").ljust(6, "0")[:6])
            moment = datetime.fromisoformat(f"{date}T{clock}{offset}").replace(microsecond=microseconds)
            return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):  # no such day, or before the year 1 or after 9999 in UTC
        pass
    raise ValueError(f"{text!r} is not an RFC 3339 date and time, such as 2026-12-31T23:59:59Z")


def format_instant(moment: datetime) -> str:
    """Return RFC 3339 in UTC with C(Z), a format that the API is known to return unchanged."""
    utc = moment.astimezone(timezone.utc)
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds" if utc.microsecond else "seconds") + "Z"


def parse_moment(value: object, now: datetime) -> datetime:
    """Parse an RFC 3339 time, or a duration before C(now), such as C(15m). Raises ValueError."""
    try:
        return now - timedelta(seconds=parse_duration(value))
    except OverflowError:
        raise ValueError(f"{str(value).strip()!r} ago is before the year 1") from None
    except ValueError:
        pass
    try:
        return parse_instant(value)
    except ValueError as error:
        raise ValueError(f"{error}, and not a duration back from now, such as 15m") from None


def parse_day(value: object, now: datetime) -> date:
    """Parse a day such as C(2026-12-31), or a duration before today, such as C(30d). Days are in UTC.

    Raises ValueError.
    """
    text = str(value).strip()
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
        day = day or parse_moment(text, now).date()
    except ValueError:
        raise ValueError(
            f"{text!r} is not a date such as 2026-12-31, nor a duration back from today such as 30d"
        ) from None
    if day.year == 9999:
        raise ValueError(f"{text!r} is too late")
    return day


def from_now(seconds: int, now: datetime) -> datetime:
    """Return the time that many seconds after C(now), without fractions. Raises ValueError after the year 9999."""
    try:
        return (now + timedelta(seconds=seconds)).replace(microsecond=0)
    except OverflowError:
        raise ValueError("must not be later than the year 9999") from None


def parts(start: Day, end: Day, longest: timedelta) -> list[tuple[Day, Day]]:
    """Split a range into parts of at most C(longest), the latest first; each part ends where the next later one starts.

    Raises ValueError for a range of more than ten years, which is most likely a mistake.
    """
    if end - start > LONGEST_RANGE:
        raise ValueError("must not be more than ten years before the end")
    found = []
    while start < end:
        first = end - longest if end - start > longest else start
        found.append((first, end))
        end = first
    return found
