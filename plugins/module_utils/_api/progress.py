# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The progress of a task, for code that shows it to the user. A module on a remote host cannot show it."""

from __future__ import annotations

import threading
import time
from math import ceil
from typing import Callable


class Progress:
    """The progress as reported by the engine and the transport, from any thread."""

    def __init__(self, announce: Callable[[str], None] | None = None) -> None:
        self._announce = announce
        self._lock = threading.Lock()
        self._total = 0
        self._done = 0
        self._opens = 0.0  # when the service accepts requests again, by time.monotonic()
        self._attempts: list[float] = []  # when requests that failed are sent again

    def announce(self, text: str) -> None:
        """Announce the next step to a user who wants details."""
        if self._announce:
            self._announce(text)

    def expect(self, objects: int) -> None:
        """Set the number of objects that the task will create, change or delete."""
        self._total = objects

    def finish(self) -> None:
        """Count one more object as finished."""
        with self._lock:
            self._done += 1

    def refused(self, seconds: float) -> None:
        """Note that the service refuses requests for that many seconds, because of its rate limit."""
        self._opens = time.monotonic() + seconds

    def failed(self, seconds: float) -> None:
        """Note that a request failed for another reason, and is sent again after that many seconds."""
        with self._lock:
            self._attempts.append(time.monotonic() + seconds)

    def __str__(self) -> str:
        parts = [f"{self._done} of {self._total} objects"] if self._total else []
        now = time.monotonic()
        with self._lock:
            self._attempts = [attempt for attempt in self._attempts if attempt > now]
        if self._opens > now:
            parts.append(f"waiting {ceil(self._opens - now)} s, as the service asks")
        elif self._attempts:
            parts.append(f"waiting {ceil(min(self._attempts) - now)} s before another attempt")
        return "; ".join(parts) or "waiting for the service"


current = Progress()


def begin(announce: Callable[[str], None] | None = None) -> None:
    """Start the progress of a new task. C(announce) is called with each announcement."""
    global current
    current = Progress(announce)
