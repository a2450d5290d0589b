# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prints lines, and dots in between, so that a long step does not look like a hang."""

from __future__ import annotations

import os
import sys
import threading

SECONDS = 1.0  # of silence before the first dot, and between dots
DOTS = 60  # in a line


def has_color() -> bool:
    """Whether the output is a terminal, and NO_COLOR (https://no-color.org) is not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


class Screen:
    """Prints lines. As a context, it prints a dot for each second without a line; on a terminal, dots are removed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._is_quiet = threading.Event()
        self._dots = 0
        self._thread = threading.Thread(target=self._wait, daemon=True)

    def __enter__(self) -> Screen:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._end.set()
        self._thread.join()
        with self._lock:
            self._clear()

    def say(self, text: str) -> None:
        with self._lock:
            self._clear()
            print(text, flush=True)
            self._is_quiet.clear()

    def _wait(self) -> None:
        while not self._end.wait(SECONDS):
            with self._lock:
                if self._is_quiet.is_set():
                    self._dot()
                self._is_quiet.set()

    def _dot(self) -> None:
        if self._dots == DOTS:
            self._clear()
        print("." if self._dots else "  .", end="", flush=True)
        self._dots += 1

    def _clear(self) -> None:
        if self._dots:
            print("\r\x1b[K" if sys.stdout.isatty() else "\n", end="", flush=True)
        self._dots = 0
