# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Durations against the vectors of the service's own clients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._values.durations import (
    DAY,
    HOUR,
    MINUTE,
    format_duration,
    parse_duration,
    read_duration,
    wire_duration,
)

SECONDS = st.integers(min_value=0, max_value=10**6 * DAY)


@pytest.mark.parametrize(
    ("spellings", "seconds"),
    [
        (["90m", "1h30m", "PT1H30M", "PT90M", "5400", 5400, "PT5400S", " 90m ", "pt90m", "PT5400.0S"], 90 * MINUTE),
        (["24h", "1d", "P1D", "PT24H", "86400"], DAY),
        (["2d", "48h", "P2D", "PT48H"], 2 * DAY),
        (["7d", "168h", "P7D", "P1W", "PT168H"], 7 * DAY),
        (["30d", "P30D", "PT720H", "29d24h"], 30 * DAY),
        (["120s", "2m", "PT2M"], 2 * MINUTE),
        (["1d2h3m4s", "P1DT2H3M4S"], DAY + 2 * HOUR + 3 * MINUTE + 4),
        (["0", "0s", "PT0S", 0], 0),
    ],
)
def test_spellings_of_one_duration(spellings, seconds):
    assert {parse_duration(spelling) for spelling in spellings} == {seconds}


@pytest.mark.parametrize(
    "text",
    ["", " ", "not-a-duration", "P", "PT", "-5m", "+5m", "1.5h", "5 m", "5min", "m5", "30m1h", "P1M", "P1Y", "PT1.5H"]
    + ["5M", "1h 30m", "9" * 30 + "s", "٥m", None, True, [], {}],
)
def test_what_is_no_duration(text):
    with pytest.raises(ValueError, match="write it like 5m, 1h30m or 7d"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "wire", "shown"),
    [
        ("5m", "PT5M", "5m"),
        ("20m", "PT20M", "20m"),
        ("47m", "PT47M", "47m"),
        ("90m", "PT1H30M", "1h30m"),
        ("2h", "PT2H", "2h"),
        ("24h", "PT24H", "24h"),
        ("1d", "PT24H", "24h"),
        ("7d", "PT168H", "7d"),
        ("30d", "PT720H", "30d"),
        ("10s", "PT10S", "10s"),
        ("0s", "PT0S", "0s"),
        ("25h", "PT25H", "25h"),
    ],
)
def test_durations_on_the_wire(text, wire, shown):
    """Hours, minutes and seconds only: the API is not known to take days."""
    assert wire_duration(text) == wire
    assert read_duration(wire) == shown


@pytest.mark.parametrize(
    ("wire", "shown"),
    [("P1D", "24h"), ("P30D", "30d"), ("PT1H30M", "1h30m"), ("P1DT1H", "25h"), ("PT10S", "10s"), ("P1M", "P1M")],
)
def test_durations_of_answers(wire, shown):
    assert read_duration(wire) == shown


@given(SECONDS)
def test_durations_survive_every_way(seconds):
    text = format_duration(seconds)
    assert parse_duration(text) == seconds
    assert parse_duration(wire_duration(text)) == seconds
    assert read_duration(wire_duration(text)) == text
    assert "D" not in wire_duration(text)


@given(st.text() | st.integers() | st.floats() | st.none())
def test_a_duration_is_a_whole_number_of_seconds_or_a_value_error(value):
    try:
        assert parse_duration(value) >= 0
    except ValueError:
        assert read_duration(value) == str(value)
