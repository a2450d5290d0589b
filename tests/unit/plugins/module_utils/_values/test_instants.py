# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Instants (RFC 3339) as users write them, as the API sends them and as we show them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._values.instants import (
    format_instant,
    from_now,
    parse_instant,
)

DAY = 24 * 60 * 60


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
