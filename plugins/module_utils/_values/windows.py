# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time windows of a week: days, and the time of day of start and end."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, TypedDict

from .types import ValueType

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = range(60, 24 * 60)
SECONDS = range(60 * 60, 24 * 60 * 60)


class Window(TypedDict):
    """C(days) are sorted, from 1 (Monday) to 7; times are C(HH:MM), or C(HH:MM:SS) if the seconds are not 0."""

    days: list[int]
    start: str
    end: str


class Windows(ValueType):
    """Time windows. Their order does not matter, nor does that of the days."""

    spec = {
        "type": "list",
        "elements": "dict",
        "options": {
            "days": {"type": "list", "elements": "str", "required": True},
            "start": {"type": "str", "required": True},
            "end": {"type": "str", "required": True},
        },
    }

    def parse(self, option: list[dict[str, Any]]) -> list[Window]:
        if not option:
            raise ValueError("must not be empty")
        return [_window(item["days"], item["start"], item["end"]) for item in option]

    def canonical(self, value: list[Window]) -> Any:
        return Counter((tuple(window["days"]), window["start"], window["end"]) for window in value)

    def decode(self, wire: Any) -> list[Window]:
        return [_window(item["days"], item["start_time"], item["end_time"]) for item in wire or []]

    def encode(self, value: list[Window]) -> list[dict[str, Any]]:
        return [{"days": window["days"], "start_time": window["start"], "end_time": window["end"]} for window in value]


def _window(days: list[Any], start: str, end: str) -> Window:
    if not days:
        raise ValueError("days must not be empty")
    return {"days": sorted(set(map(parse_day, days))), "start": parse_time(start), "end": parse_time(end)}


def parse_day(day: Any) -> int:
    """Return the number of a day, which may be a number or a name. Raises ValueError."""
    word = str(day).strip().lower()
    if word in DAYS:
        return DAYS.index(word) + 1
    if word in map(str, range(1, 8)):
        return int(word)
    raise ValueError(f"{day!r} is not a day; use 1 (Monday) to 7 (Sunday), or one of {', '.join(DAYS)}")


def parse_time(time: Any) -> str:
    """Return a time of day, without seconds if they are 0. Raises ValueError.

    YAML parses C(18:00) without quotes as a base-60 number, 1080, so numbers are converted back.
    """
    text = str(time).strip()
    if re.fullmatch("[0-9]+", text):
        text = _from_base_60(int(text)) or text
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", text):
        raise ValueError(f"{time!r} is not a time of day; use HH:MM or HH:MM:SS, from 00:00 to 23:59:59")
    return text[:-3] if text.count(":") == 2 and text.endswith(":00") else text


def _from_base_60(number: int) -> str | None:
    if number in MINUTES:
        return f"{number // 60:02}:{number % 60:02}"
    if number in SECONDS:
        return f"{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}"
    return None
