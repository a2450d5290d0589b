# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Durations, instants and masks: pure functions between what users write, what the API sends and what we show."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_AMOUNT = r"([0-9]{1,9})"
_FRIENDLY = re.compile(rf"(?:{_AMOUNT}d)?(?:{_AMOUNT}h)?(?:{_AMOUNT}m)?(?:{_AMOUNT}s)?")
_ISO_8601 = re.compile(
    rf"P(?:{_AMOUNT}W)?(?:{_AMOUNT}D)?(?:T(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}(?:\.0+)?S)?)?", re.IGNORECASE
)
_RFC_3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

MASK = "*" * 10


def is_uuid(text: str) -> bool:
    """Whether C(text) has the shape of an id of the API (a name can have it too)."""
    return _UUID.fullmatch(text) is not None


def parse_duration(value: object) -> int:
    """Seconds of a duration as users write it: C(1h30m), C(7d), ISO 8601 (C(PT90M), C(P1D)) or a number of seconds.

    Raises ValueError, with the spellings that are allowed, for anything else.
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
    """The one spelling that results and diffs use: C(5m), C(1h30m), C(24h), C(7d)."""
    if seconds > DAY and seconds % DAY == 0:
        return f"{seconds // DAY}d"
    return _units(seconds, "h", "m", "s") or "0s"


def wire_duration(text: str) -> str:
    """A duration as the API takes it: ISO 8601 in hours, minutes and seconds, which it is known to accept."""
    return "PT" + (_units(parse_duration(text), "H", "M", "S") or "0S")


def read_duration(wire: object) -> str:
    """A duration of an answer in our spelling; C(P1D) and C(PT24H) are one. What cannot be read is kept as it is."""
    try:
        return format_duration(parse_duration(wire))
    except ValueError:
        return str(wire)


def _units(seconds: int, *names: str) -> str:
    hours, rest = divmod(seconds, HOUR)
    amounts = (hours, *divmod(rest, MINUTE))
    return "".join(f"{amount}{name}" for amount, name in zip(amounts, names) if amount)


def parse_instant(value: object) -> datetime:
    """The moment that an RFC 3339 text names; without an offset it is UTC. Raises ValueError."""
    text = str(value).strip()
    match = _RFC_3339.fullmatch(text)
    try:
        if match:
            date, clock, fraction, offset = match.groups()
            offset = "+00:00" if offset in (None, "Z", "z") else offset
            microseconds = int((fraction or "0").ljust(6, "0")[:6])
            moment = datetime.fromisoformat(f"{date}T{clock}{offset}").replace(microsecond=microseconds)
            return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):  # no such day; or before the year 1 or after 9999 in UTC
        pass
    raise ValueError(f"{text!r} is not an RFC 3339 date and time, such as 2026-12-31T23:59:59Z")


def format_instant(moment: datetime) -> str:
    """RFC 3339 in UTC with C(Z), the form that the API is known to give back unchanged."""
    utc = moment.astimezone(timezone.utc)
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds" if utc.microsecond else "seconds") + "Z"


def from_now(seconds: int, now: datetime) -> datetime:
    """The moment that many seconds after C(now), on a whole second. Raises ValueError past the year 9999."""
    try:
        return (now + timedelta(seconds=seconds)).replace(microsecond=0)
    except OverflowError:
        raise ValueError("that is later than the year 9999") from None


def mask_url(url: str) -> str:
    """A webhook's URL as the API shows it: scheme, host and port, then ten asterisks."""
    try:
        parts = urlsplit(url)
    except ValueError:  # no URL; what it is may be a secret all the same
        return MASK
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/{MASK}"


def mask_key(key: str) -> str:
    """A key as the API shows it: ten asterisks and the last four characters, which a short key does not spare."""
    return MASK + (key[-4:] if len(key) > 12 else "")


def is_masked(text: str) -> bool:
    """Whether C(text) is a secret as the API shows it, with ten asterisks, which must never be sent back."""
    if "://" in text:
        try:
            parts = urlsplit(text)
        except ValueError:  # no URL, and the exception's text would show what may be a secret
            return False
        return parts.path == f"/{MASK}" and not parts.query and not parts.fragment
    return text == MASK or (text.startswith(MASK) and len(text) == len(MASK) + 4)


def mask_differs(secret: str, masked: str) -> bool:
    """Whether the part of a stored secret that C(masked) shows (a URL's host, a key's last four characters) is not that
    of C(secret). Where nothing can be seen there is no difference.
    """
    if not is_masked(masked):
        return masked not in ("", secret)
    if "://" in masked:
        return _origin(secret) != _origin(masked)
    return not secret.endswith(masked[len(MASK) :])


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
