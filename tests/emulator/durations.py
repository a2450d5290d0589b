# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Durations travel as ISO 8601 text.

pydantic reads any spelling (``PT24H``) and writes whole days as days (``P1D``), as the service answers them; other
spellings are a setting.
"""

from datetime import timedelta
from typing import Literal

from pydantic import TypeAdapter

Form = Literal["days", "hours", "seconds", "weeks", "all_parts", "decimal"]

_ISO_8601 = TypeAdapter(timedelta)


def spell(value: timedelta) -> str:
    """Return a duration for an error message, in its largest whole unit."""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if value.total_seconds() % size == 0 and value:
            return f"{int(value.total_seconds()) // size}{unit}"
    return f"{value.total_seconds():g}s"


def respell(text: str, form: Form) -> str:
    """Return another ISO 8601 form of the same duration."""
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
