# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far a task is, for whoever wants to tell its user. A module on a target has nobody to tell."""

from __future__ import annotations

import threading
import time


class Progress:
    """What the engine and the transport note, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total = 0
        self._done = 0
        self._until = 0.0  # by time.monotonic()

    def expect(self, objects: int) -> None:
        """So many objects are to be created, changed or deleted."""
        self._total = objects

    def finish(self) -> None:
        """One more of them is finished."""
        with self._lock:
            self._done += 1

    def wait(self, seconds: float) -> None:
        """The service limits the rate of requests and takes none for so long."""
        self._until = time.monotonic() + seconds

    def __str__(self) -> str:
        parts = [f"{self._done} of {self._total} objects"] if self._total else []
        left = self._until - time.monotonic()
        if left > 0:
            parts.append(f"waiting {left:.0f} s, as the service asks")
        return "; ".join(parts) or "waiting for the service"


current = Progress()


def begin() -> None:
    """Forget how far the task before was."""
    global current
    current = Progress()
