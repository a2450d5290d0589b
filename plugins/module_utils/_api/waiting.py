# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting: how long one call may wait, and whose turn it is while the service limits the rate of requests."""

from __future__ import annotations

import math
import random
import re
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import mktime_tz, parsedate_tz
from typing import Protocol

from . import progress
from .errors import LogfireError, RateLimited

ATTEMPTS = 5  # of one call that fails; a refusal (429) does not count as a failure
LONGEST_DELAY = 15.0  # seconds between two attempts, where the service does not say how long to wait


class Clock(Protocol):
    """What is used of a clock."""

    def monotonic(self) -> float:
        """Seconds since some instant; never set back."""

    def time(self) -> float:
        """Seconds since the beginning of 1970 in UTC."""

    def sleep(self, seconds: float, /) -> None:
        """Return after so long."""


class SystemClock:
    """The clock of the system. Nobody sleeps on after C(ended) is set."""

    def __init__(self, ended: threading.Event) -> None:
        self.monotonic = time.monotonic
        self.time = time.time
        self._ended = ended

    def sleep(self, seconds: float, /) -> None:
        self._ended.wait(seconds)


class Call:
    """One call of the API: how many attempts failed so far, and how long it may still wait."""

    def __init__(self, method: str, path: str, retry_timeout: float, clock: Clock, repeatable: bool = True) -> None:
        self.method = method
        self.path = path
        self.repeatable = repeatable  # whether it may be sent again when nobody knows if it was carried out
        self.failures = 0  # attempts that broke off, or were answered 408 or 5xx
        self.refusals = 0  # attempts that were answered 429: nothing was done
        self.waited = 0.0  # seconds
        self._clock = clock
        self._end = clock.monotonic() + retry_timeout

    @property
    def left(self) -> float:
        """The seconds of C(retry_timeout) that are left."""
        return max(0.0, self._end - self._clock.monotonic())

    def wait(self, seconds: float) -> None:
        self._clock.sleep(seconds)
        self.waited += seconds

    def refused(self, retry_after: str | None) -> float:
        """Count a refusal. The seconds before the next attempt."""
        self.refusals += 1
        return self._delay(retry_after)

    def failed(self, retry_after: str | None = None) -> float | None:
        """Count a failure. The seconds before the next attempt; None after the last one."""
        self.failures += 1
        return self._delay(retry_after) if self.failures < ATTEMPTS else None

    def _delay(self, retry_after: str | None) -> float:
        """What C(Retry-After) asks for, else half of a delay that doubles, and a random rest.

        "At once" is accepted only after the first attempt: a service that keeps saying so must not be flooded.
        """
        attempts = self.failures + self.refusals
        asked = seconds_asked(retry_after, self._clock.time()) if retry_after else None
        if asked or (asked is not None and attempts == 1):
            return asked
        longest = min(LONGEST_DELAY, 0.5 * 2 ** min(attempts - 1, 5))
        return random.uniform(longest / 2, longest)


def seconds_asked(retry_after: str, now: float) -> float | None:
    """What C(Retry-After) asks for: a number of seconds or a date (RFC 9110, 10.2.3). None for anything else.

    C(now) is the time in seconds since the epoch.
    """
    if re.fullmatch(r"\s*[0-9]+\s*", retry_after):
        return float(retry_after)
    date = parsedate_tz(retry_after)
    if date is None:
        return None
    try:
        return max(0.0, mktime_tz((*date[:9], date[9] or 0)) - now)
    except (ValueError, OverflowError):  # no such day, or none that can be counted
        return None


class RateLimit:
    """What all threads know of the service's rate limit: until when to wait, and how many requests may be under way.

    After a refusal (429) one request is sent at a time, in the order of the calls, until one passes. Each one that
    passes lets one more go beside it. So a service at its limit refuses one request a wait, not one of each thread.
    Once C(ended) is set, nobody gets a turn any more.
    """

    def __init__(self, clock: Clock, ended: threading.Event) -> None:
        self._clock = clock
        self._ended = ended
        self._changed = threading.Condition()
        self._line: deque[Call] = deque()  # who waits for a turn
        self._under_way = 0
        self._refusals = 0
        self._passed = math.inf  # requests that were sent after the last refusal, and answered otherwise
        self._opens = -math.inf  # by the clock

    @contextmanager
    def turn(self, call: Call) -> Iterator[None]:
        """Wait until C(call) may send its request, which is under way in the block.

        Raises RateLimited when the wait would be too long, and LogfireError after the end.
        A RateLimited that the block raises makes all wait for its C(retry_in).
        """
        with self._changed:
            # Whoever was refused has waited longest.
            (self._line.appendleft if call.refusals else self._line.append)(call)
            try:
                self._await_turn(call)
                self._under_way += 1
                refusals = self._refusals
            finally:
                self._line.remove(call)
                self._changed.notify_all()
        refused_for = None
        try:
            yield
        except RateLimited as refusal:
            refused_for = refusal.retry_in or 0.0
            raise
        finally:
            with self._changed:
                self._under_way -= 1
                if refused_for is not None:
                    progress.current.refused(refused_for)
                    self._refusals, self._passed = self._refusals + 1, 0
                    self._opens = max(self._opens, self._clock.monotonic() + refused_for)
                elif refusals == self._refusals:
                    self._passed += 1
                self._changed.notify_all()

    def _await_turn(self, call: Call) -> None:
        """Return, with the lock held, when C(call) is the first in line and may go. Raises LogfireError."""
        while True:
            if self._ended.is_set():
                raise LogfireError("the task has ended", method=call.method, path=call.path)
            pause = self._opens - self._clock.monotonic()
            if pause > call.left:
                raise _no_turn(call, f"the service asks for another {pause:.0f} s before the next request")
            is_first = self._line[0] is call
            if is_first and pause > 0:
                self._changed.release()
                try:
                    call.wait(pause)
                finally:
                    self._changed.acquire()
            elif is_first and self._under_way < max(1, self._passed):
                return
            else:
                self._wait_for_others(call)

    def _wait_for_others(self, call: Call) -> None:
        start, left = self._clock.monotonic(), call.left
        if not left:
            raise _no_turn(call, "the service limits the rate of requests, and it was not yet the turn of this one")
        self._changed.wait(min(left, 60))  # threading bounds what it can wait
        call.waited += self._clock.monotonic() - start


def _no_turn(call: Call, problem: str) -> RateLimited:
    return RateLimited(problem, method=call.method, path=call.path, status=429, waited=call.waited)
