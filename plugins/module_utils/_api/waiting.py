# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting: how long one call may wait, and in which order calls are sent while the service limits their rate."""

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
    """The methods of a clock that are used here."""

    def monotonic(self) -> float:
        """Return the seconds since an arbitrary time; they never decrease."""

    def time(self) -> float:
        """Return the seconds since the beginning of 1970 in UTC."""

    def sleep(self, seconds: float, /) -> None:
        """Wait that many seconds."""


class SystemClock:
    """The clock of the system. Setting C(ended) ends all sleeping."""

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
        self.repeatable = repeatable  # whether it may be sent again if it is unknown whether it was carried out
        self.failures = 0  # attempts that were interrupted, or answered with 408 or 5xx
        self.refusals = 0  # attempts that were answered with 429: nothing was done
        self.waited = 0.0  # seconds
        self._clock = clock
        self._end = clock.monotonic() + retry_timeout

    @property
    def left(self) -> float:
        """Return the seconds of C(retry_timeout) that are left."""
        return max(0.0, self._end - self._clock.monotonic())

    def wait(self, seconds: float) -> None:
        self._clock.sleep(seconds)
        self.waited += seconds

    def refused(self, retry_after: str | None) -> float:
        """Count a refusal (429); return the seconds before the next attempt."""
        self.refusals += 1
        return self._delay(retry_after)

    def failed(self, retry_after: str | None = None) -> float | None:
        """Count a failure; return the seconds before the next attempt, or None if there is none."""
        self.failures += 1
        return self._delay(retry_after) if self.failures < ATTEMPTS else None

    def _delay(self, retry_after: str | None) -> float:
        """Return the seconds of C(Retry-After); without it, half of a delay that doubles, plus up to as much at random.

        A C(Retry-After) of 0 is respected only after the first attempt, so that a service that always sends it is not
        flooded.
        """
        attempts = self.failures + self.refusals
        asked = seconds_asked(retry_after, self._clock.time()) if retry_after else None
        if asked or (asked is not None and attempts == 1):
            return asked
        longest = min(LONGEST_DELAY, 0.5 * 2 ** min(attempts - 1, 5))
        return random.uniform(longest / 2, longest)


def seconds_asked(retry_after: str, now: float) -> float | None:
    """Return the seconds that C(Retry-After) asks for, as a number or a date (RFC 9110, 10.2.3); None for other text.

    C(now) is the time in seconds since the epoch.
    """
    if re.fullmatch(r"\s*[0-9]+\s*", retry_after):
        return float(retry_after)
    date = parsedate_tz(retry_after)
    if date is None:
        return None
    try:
        return max(0.0, mktime_tz((*date[:9], date[9] or 0)) - now)
    except (ValueError, OverflowError):  # no such day, or out of range
        return None


class RateLimit:
    """What all threads know of the service's rate limit: until when to wait, and how many requests may run at a time.

    After a refusal (429), one request is sent at a time, in the order of the calls, until one is accepted. Each
    accepted request allows one more to run concurrently. So a service at its limit refuses only one request per wait,
    instead of one per thread. Once C(ended) is set, no more requests are sent.
    """

    def __init__(self, clock: Clock, ended: threading.Event) -> None:
        self._clock = clock
        self._ended = ended
        self._changed = threading.Condition()
        self._line: deque[Call] = deque()  # the calls that wait for their turn
        self._under_way = 0
        self._refusals = 0
        self._passed = math.inf  # requests that were sent after the last refusal, and not refused
        self._opens = -math.inf  # when requests are accepted again, by clock.monotonic()

    @contextmanager
    def turn(self, call: Call) -> Iterator[None]:
        """A context in which C(call) sends its request: entering it waits for its turn.

        Raises RateLimited if the wait would be too long, and LogfireError if the task has ended. A RateLimited that the
        block raises makes all calls wait for its C(retry_in).
        """
        with self._changed:
            # A call that was refused has waited longest.
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
        """Return, with the lock held, when C(call) is the first in line and may be sent. Raises LogfireError."""
        while True:
            if self._ended.is_set():
                raise LogfireError("the task has ended", method=call.method, path=call.path)
            pause = self._opens - self._clock.monotonic()
            if pause > call.left:
                raise _no_turn(call, f"the service asks to wait another {pause:.0f} s before the next request")
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
            raise _no_turn(call, "the service limits the rate of requests, and other requests were ahead of this one")
        self._changed.wait(min(left, 60))  # threading limits the timeout of a wait
        call.waited += self._clock.monotonic() - start


def _no_turn(call: Call, problem: str) -> RateLimited:
    return RateLimited(problem, method=call.method, path=call.path, status=429, waited=call.waited)
