# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service tells of its rate limit, and how long requests take by it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ansible_collections.community.logfire.plugins.module_utils._api.pace import Pace

NOW = 2_000_000_000.0  # seconds since the epoch


def clock(now=100.0):
    return SimpleNamespace(monotonic=lambda: now, time=lambda: NOW)


def limit(limit=50, remaining=10, reset=30, start="RateLimit-", **more):
    return {f"{start}Limit": str(limit), f"{start}Remaining": str(remaining), f"{start}Reset": str(reset), **more}


@pytest.mark.parametrize(
    ("headers", "requests", "seconds"),
    [
        ({}, 5, None),
        (limit(), 10, 0),
        (limit(), 11, 30),
        (limit(), 60, 30),
        (limit(), 61, 30 + 60),
        (limit(), 400, 30 + 7 * 60),
        (limit(start="X-RateLimit-"), 61, 30 + 60),
        (limit(start="X-RateLimit-", reset=int(NOW) + 45), 61, 45 + 60),
        (limit(start="X-RateLimit-", reset=int(NOW) - 45), 11, 0),
        (limit(limit="50, 50;w=40"), 61, 30 + 40),
        (limit(**{"RateLimit-Policy": '"default";q=50;w=120'}), 61, 30 + 120),
        (limit(reset=100), 61, 100 + 3600),
        (limit(remaining=0, reset=1), 1, 1),
        (limit(limit=0), 5, None),
        (limit(limit="many"), 5, None),
        ({"RateLimit-Limit": "50"}, 5, None),
        ({"RateLimit-Limit": "50", "RateLimit-Remaining": "-1", "RateLimit-Reset": "1"}, 5, None),
    ],
)
def test_what_the_headers_of_answers_tell(headers, requests, seconds):
    pace = Pace()
    pace.answered(200, headers, clock())
    assert pace.seconds_for(requests, 100.0) == seconds


def test_the_last_answer_counts_and_time_passes():
    pace = Pace()
    pace.answered(200, limit(remaining=2), clock())
    pace.answered(429, limit(remaining=0), clock())
    pace.answered(404, {}, clock(110.0))
    assert pace.seconds_for(1, 120.0) == 10
    assert pace.seconds_for(1, 200.0) == 0


def test_what_has_passed_since_the_first_refusal():
    pace = Pace()
    pace.answered(200, {}, clock(100.0))
    assert pace.seconds_for(5, 100.0) is None
    pace.answered(429, {"Retry-After": "2"}, clock(101.0))
    assert pace.seconds_for(5, 102.0) is None
    pace.answered(200, {}, clock(103.0))
    pace.answered(429, {"Retry-After": "2"}, clock(103.0))
    pace.answered(200, {}, clock(105.0))
    assert pace.seconds_for(5, 105.0) == 10
