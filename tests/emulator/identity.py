# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ids, secrets and the time: the same seed gives the same ids and secrets in the same order."""

import random
import string
import uuid
from datetime import UTC, datetime, timedelta

from .shared_settings import SharedSettings

TOKEN_START = "pylf_v1_local_"
TOKEN_LENGTH = 43


class Ids:
    """A reproducible source of ids and token secrets."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def new(self) -> uuid.UUID:
        """A random (version 4) id."""
        return uuid.UUID(int=self._random.getrandbits(128), version=4)

    def secret(self) -> str:
        """Return a token in the format of the service: kind, version, region, then letters and digits."""
        return TOKEN_START + "".join(self._random.choices(string.ascii_letters + string.digits, k=TOKEN_LENGTH))


class Clock:
    """The wall clock, with an offset from the settings; it never returns the same time twice."""

    def __init__(self, settings: SharedSettings) -> None:
        self._settings = settings
        self._last = datetime.min.replace(tzinfo=UTC)

    def peek(self) -> datetime:
        """Return the time, for comparisons."""
        return datetime.now(UTC) + timedelta(seconds=self._settings.clock_offset)

    def now(self) -> datetime:
        """Return the time for a timestamp: later than the previous one, unless the clock was set back."""
        value = self.peek()
        if timedelta(0) <= self._last - value < timedelta(seconds=1):
            value = self._last + timedelta(microseconds=1)
        self._last = value
        return value
