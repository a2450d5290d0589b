# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Durations: pure functions that convert between the formats of users, of the API, and of results."""

from __future__ import annotations

import re

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_AMOUNT = r"([0-9]{1,9})"
_FRIENDLY = re.compile(rf"(?:{_AMOUNT}d)?(?:{_AMOUNT}h)?(?:{_AMOUNT}m)?(?:{_AMOUNT}s)?")
_ISO_8601 = re.compile(
    rf"P(?:{_AMOUNT}W)?(?:{_AMOUNT}D)?(?:T(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}(?:\.0+)?S)?)?", re.IGNORECASE
)


def parse_duration(value: object) -> int:
    """Return the seconds of a duration: C(1h30m), C(7d), ISO 8601 (C(PT90M), C(P1D)) or a number of seconds.

    Raises ValueError, which names the valid formats, for anything else.
    """
    text = str(value).strip()
    if re.fullmatch(_AMOUNT, text):
        return int(text)
    for pattern, units in ((_FRIENDLY, (DAY, HOUR, MINUTE, 1)), (_ISO_8601, (7 * DAY, DAY, HOUR, MINUTE, 1))):
        match = pattern.fullmatch(text)
        if match and any(match.groups()):
            return sum(int(amount or 0) * unit for amount, unit in zip(match.groups(), units))
    raise ValueError(f"{text!r} is not a duration; write it like 5m, 1h30m or 7d, as ISO 8601 (PT90M), or in seconds")


def format_duration(seconds: int) -> str:
    """Return a duration in the format of results and diffs: C(5m), C(1h30m), C(24h), C(7d)."""
    if seconds > DAY and seconds % DAY == 0:
        return f"{seconds // DAY}d"
    return _units(seconds, "h", "m", "s") or "0s"


def wire_duration(text: str) -> str:
    """Return a duration in ISO 8601 with hours, minutes and seconds, a format that the API is known to accept."""
    return "PT" + (_units(parse_duration(text), "H", "M", "S") or "0S")


def read_duration(wire: object) -> str:
    """Return a duration of an answer in the format of results. C(P1D) equals C(PT24H). Other text is kept as it is."""
    try:
        return format_duration(parse_duration(wire))
    except ValueError:
        return str(wire)


def _units(seconds: int, *names: str) -> str:
    hours, rest = divmod(seconds, HOUR)
    amounts = (hours, *divmod(rest, MINUTE))
    return "".join(f"{amount}{name}" for amount, name in zip(amounts, names) if amount)
