# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Windows of time: spellings of days and times, also as YAML reads them, and which windows are the same."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._values.windows import Windows, parse_day, parse_time

WINDOWS = Windows()


@pytest.mark.parametrize(("spellings", "day"), [([1, "1", "mon", "Mon", " MON "], 1), ([7, "7", "sun"], 7)])
def test_days(spellings, day):
    assert {parse_day(spelling) for spelling in spellings} == {day}


@pytest.mark.parametrize("day", [0, 8, "", "monday", "mo", True, None])
def test_what_is_no_day(day):
    with pytest.raises(ValueError, match="is not a day"):
        parse_day(day)


@given(st.integers(10, 23), st.integers(0, 59), st.integers(0, 59))
def test_a_time_without_quotes_means_what_was_written(hour, minute, second):
    written = f"{hour:02}:{minute:02}"
    assert parse_time(str(yaml.safe_load(written))) == parse_time(written) == parse_time(f"{written}:00") == written
    if second:
        written += f":{second:02}"
        assert parse_time(str(yaml.safe_load(written))) == parse_time(written) == written


@pytest.mark.parametrize(
    "time", ["", "9", "59", "1440", "1800", "86400", "9:00", "24:00", "09:60", "09:00:60", "9 am", None]
)
def test_what_is_no_time(time):
    with pytest.raises(ValueError, match="is not a time of day"):
        parse_time(time)


def test_order_does_not_matter_and_repetition_of_windows_does():
    early = {"days": ["mon", "sun"], "start": "06:00", "end": "07:00"}
    late = {"days": [7, 1, 7], "start": "20:00:00", "end": "21:00"}
    both = WINDOWS.parse([early, late])
    wire = [
        {"days": [1, 7], "start_time": "20:00:00", "end_time": "21:00:00"},
        {"days": [7, 1], "start_time": "06:00:00", "end_time": "07:00:00"},
    ]
    assert WINDOWS.same(both, WINDOWS.decode(wire))
    assert WINDOWS.same(WINDOWS.decode(WINDOWS.encode(both)), both)
    assert not WINDOWS.same(both, WINDOWS.parse([early, late, late]))
    assert not WINDOWS.same(both, WINDOWS.parse([early]))
