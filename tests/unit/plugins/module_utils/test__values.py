# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Durations (api.md 4), instants (3) and masks (5) against the vectors of the service's own clients."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._values import (
    DAY,
    HOUR,
    MINUTE,
    format_duration,
    format_instant,
    from_now,
    is_masked,
    is_uuid,
    mask_differs,
    mask_key,
    mask_url,
    parse_duration,
    parse_instant,
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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-12-31T23:59:59Z", "2026-12-31T23:59:59Z"),
        ("2026-12-31t23:59:59z", "2026-12-31T23:59:59Z"),
        ("2026-12-31 23:59:59+00:00", "2026-12-31T23:59:59Z"),
        ("2026-03-02T12:34:56-07:00", "2026-03-02T19:34:56Z"),
        ("2026-03-02T12:34:56.789Z", "2026-03-02T12:34:56.789000Z"),
        ("2026-02-19T12:51:31.131766Z", "2026-02-19T12:51:31.131766Z"),
        ("2026-02-19T12:51:31.123456789Z", "2026-02-19T12:51:31.123456Z"),
        ("2026-03-02T12:34:56", "2026-03-02T12:34:56Z"),
        (" 2026-12-31T23:59:59Z\n", "2026-12-31T23:59:59Z"),
    ],
)
def test_instants(text, shown):
    assert format_instant(parse_instant(text)) == shown


@pytest.mark.parametrize(
    "text",
    ["", " ", "2026-03-02", "12:34:56Z", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-02T25:00:00Z"]
    + ["2026-03-02T12:34Z", "2026-03-02T12:34:56+7", "tomorrow", "1767225599", None, 5]
    # no moment that a computer can count
    + ["9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00"],
)
def test_what_is_no_instant(text):
    with pytest.raises(ValueError, match="is not an RFC 3339 date and time"):
        parse_instant(text)


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)), st.integers(-1439, 1439))
def test_instants_survive_and_are_compared_across_offsets(local, minutes):
    moment = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_instant(moment.isoformat()) == moment
    assert parse_instant(format_instant(moment)) == moment


@given(st.text() | st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}\Z"))
def test_what_can_be_parsed_can_be_shown(text):
    try:
        moment = parse_instant(text)
    except ValueError:
        return
    assert format_instant(moment).endswith("Z")


def test_moments_from_now():
    now = datetime(2026, 10, 1, 12, 0, 0, 999_999, tzinfo=timezone.utc)
    assert from_now(90, now) == datetime(2026, 10, 1, 12, 1, 30, tzinfo=timezone.utc)
    with pytest.raises(ValueError, match="9999"):
        from_now(3 * 10**6 * DAY, now)
    with pytest.raises(ValueError, match="9999"):
        from_now(int(timedelta.max.total_seconds()) + DAY, now)


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://example.com/webhook/primary", "https://example.com/**********"),
        ("https://example.com:8443/a?token=1#b", "https://example.com:8443/**********"),
        ("https://user:password@example.com/a", "https://example.com/**********"),
        ("http://[::1]:8080/", "http://[::1]:8080/**********"),
    ],
)
def test_masks_of_urls(url, masked):
    assert mask_url(url) == masked
    assert is_masked(masked)
    assert not is_masked(url)
    assert not mask_differs(url, masked)


@pytest.mark.parametrize(
    ("key", "masked"),
    [
        ("GenieKey secret-key-12345", "**********2345"),
        ("a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3", "**********c2d3"),
        ("short", "**********"),
        ("", "**********"),
    ],
)
def test_masks_of_keys(key, masked):
    assert mask_key(key) == masked
    assert is_masked(masked)
    assert not is_masked(key)
    assert not mask_differs(key, masked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.com/**********", True),
        ("https://example.com:8443/**********", True),
        ("https://example.com/webhook/updated", False),
        ("https://example.com/**********?q=1", False),
        ("https://example.com/**********#a", False),
        ("https://example.com/a/**********", False),
        ("https://example.com/*********", False),
        ("**********1234", True),
        ("**********", True),
        ("GenieKey secret-key-12345", False),
        ("**********12345", False),
        ("**********123", False),
        ("*********", False),
        ("", False),
        # no URL at all: no mask either, and no exception, whose text would hold the secret
        ("https://[secret/**********", False),
        ("https://example.com\uff0fsecret", False),
    ],
)
def test_what_is_a_mask(text, expected):
    assert is_masked(text) is expected


@pytest.mark.parametrize(
    ("secret", "masked", "expected"),
    [
        ("https://example.com/new", "https://example.com/**********", False),
        ("https://EXAMPLE.com:443/new", "https://example.com/**********", False),
        ("https://example.com/new", "https://example.org/**********", True),
        ("http://example.com/new", "https://example.com/**********", True),
        ("https://example.com:8443/new", "https://example.com/**********", True),
        ("secret-key-12345", "**********2345", False),
        ("secret-key-12345", "**********2346", True),
        ("secret-key-12345", "**********", False),  # nothing to be seen
        ("secret-key-12345", "", False),
        ("https://example.com/a", "https://example.com/a", False),  # a release that does not mask
        ("https://example.com/a", "https://example.com/b", True),
    ],
)
def test_what_a_mask_gives_away(secret, masked, expected):
    assert mask_differs(secret, masked) is expected


@given(st.from_regex(r"\A[!-.0-~]+\Z"))
def test_a_mask_shows_four_characters_at_most(key):
    masked = mask_key(key)
    assert is_masked(masked)
    assert not mask_differs(key, masked)
    assert len(masked.replace("*", "")) <= 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123e4567-e89b-12d3-a456-426614174000", True),
        ("123E4567-E89B-12D3-A456-426614174000", True),
        ("123e4567e89b12d3a456426614174000", False),
        ("123e4567-e89b-12d3-a456-426614174000\n", False),
        ("shop", False),
        ("", False),
    ],
)
def test_the_shape_of_ids(text, expected):
    assert is_uuid(text) is expected
