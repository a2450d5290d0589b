# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How fast the service accepts requests, as far as its answers show."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Mapping
from typing import NamedTuple

from .waiting import Clock

WINDOWS = (1, 60, 3600, 86400)  # seconds; services count per second, minute, hour or day
LATEST_DELAY = 1_000_000_000  # seconds; a larger reset is not a delay but a time, in seconds since the epoch


class Quota(NamedTuple):
    """What the headers of an answer say: C(left) requests until the time C(reset), then C(limit) in each window."""

    limit: int
    left: int
    reset: float
    window: float  # seconds


class Pace:
    """Learns the rate from each answer, in any thread.

    It is taken from the headers C(RateLimit-Limit), C(-Remaining) and C(-Reset), also with C(X-) before them. Without
    them, it is the rate of the requests that were accepted since the first refusal (429).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._quota: Quota | None = None
        self._refused_at: float | None = None
        self._passed = 0

    def answered(self, status: int, headers: Mapping[str, str], clock: Clock) -> None:
        """Take note of an answer."""
        now = clock.monotonic()
        with self._lock:
            self._quota = _quota(headers, clock) or self._quota
            if status == 429 and self._refused_at is None:
                self._refused_at = now
            elif status != 429 and self._refused_at is not None:
                self._passed += 1

    def seconds_for(self, requests: int, now: float) -> float | None:
        """Estimate the seconds that so many requests take: 0 if they can be sent now, None if the rate is unknown."""
        with self._lock:
            if self._quota:
                over = requests - self._quota.left
                windows = math.ceil(over / self._quota.limit)
                return max(0.0, self._quota.reset - now) + (windows - 1) * self._quota.window if over > 0 else 0.0
            if self._refused_at is None or not self._passed:
                return None
            return requests * (now - self._refused_at) / self._passed


def _quota(headers: Mapping[str, str], clock: Clock) -> Quota | None:
    limit, left, reset = (_number(headers, part) for part in ("Limit", "Remaining", "Reset"))
    if not limit or left is None or reset is None:
        return None
    delay = reset if reset < LATEST_DELAY else max(0.0, reset - clock.time())
    stated = re.search(r";\s*w=([0-9]{1,9})", headers.get("RateLimit-Policy") or headers.get("RateLimit-Limit") or "")
    window = int(stated.group(1)) if stated else next((each for each in WINDOWS if each >= delay), delay)
    return Quota(limit, left, clock.monotonic() + delay, window)


def _number(headers: Mapping[str, str], part: str) -> int | None:
    """Return the number at the beginning of a RateLimit header, or None."""
    for start in ("RateLimit-", "X-RateLimit-"):
        found = re.match(r"\s*([0-9]{1,10})", headers.get(start + part) or "")
        if found:
            return int(found.group(1))
    return None
