# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How often an alert may run, and over how long a window.

Durations travel as ISO 8601 text. pydantic reads any spelling (``PT24H``) and writes whole days as days (``P1D``), as
the service answers them; other spellings are a setting.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, Protocol

from pydantic import TypeAdapter

Form = Literal["days", "hours", "seconds", "weeks", "all_parts", "decimal"]

_ISO_8601 = TypeAdapter(timedelta)
MINIMUM = timedelta(minutes=1)


class Limit(Protocol):
    """Up to ``time_window``, at most every ``frequency``."""

    time_window: timedelta
    frequency: timedelta


def spell(value: timedelta) -> str:
    """A duration for an error text: its greatest whole unit."""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if value.total_seconds() % size == 0 and value:
            return f"{int(value.total_seconds()) // size}{unit}"
    return f"{value.total_seconds():g}s"


def too_short(value: timedelta) -> str | None:
    """The service wants at least a minute, for the window as for the frequency."""
    return None if value >= MINIMUM else "must be at least one minute"


def too_rare(frequency: timedelta, longest: timedelta | None) -> str | None:
    """The service's presets end at a day; whether it enforces that is not known (stand-in)."""
    return None if longest is None or frequency <= longest else f"must be at most {spell(longest)}"


def window_refused(time_window: timedelta, frequency: timedelta, limits: Sequence[Limit]) -> str | None:
    """A longer window needs a rarer evaluation: 30 days go with a daily one. The other steps are a stand-in."""
    if not limits:
        return None
    for limit in sorted(limits, key=lambda item: item.time_window):
        if time_window <= limit.time_window:
            if frequency >= limit.frequency:
                return None
            return f"a window of {spell(time_window)} needs a frequency of {spell(limit.frequency)} or longer"
    return f"must be at most {spell(max(limit.time_window for limit in limits))}"


def respell(text: str, form: Form) -> str:
    """Another ISO 8601 spelling of the same duration."""
    value = _ISO_8601.validate_python(text)
    seconds = int(value.total_seconds())
    days, hours, minutes = seconds // 86400, seconds // 3600, seconds // 60
    if form == "hours":
        parts = ((hours, "H"), (minutes % 60, "M"), (seconds % 60, "S"))
        return "PT" + ("".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0S")
    if form == "seconds":
        return f"PT{seconds}S"
    if form == "weeks":
        return f"P{days // 7}W" if seconds and seconds % (7 * 86400) == 0 else text
    if form == "all_parts":
        return f"P{days}DT{hours % 24}H{minutes % 60}M{seconds % 60}S"
    if form == "decimal":
        return f"P{days}DT{seconds % 86400}.0S"
    return text
