# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kinds whose objects watch the telemetry of a project, and so can be tried before they are saved."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from .._api.query import Query
from .field import State
from .kind import Kind


class Verdict(NamedTuple):
    """Whether an object would fire. C(fires) None means that it depends on what it found before; C(why) says so."""

    fires: bool | None
    why: str = ""


class Tried(Kind):
    """Pure functions: what an object asks, and what the number of rows means to it."""

    def question(self, state: State, now: datetime, limit: int) -> Query:
        """What an object of a state asks when it is evaluated at C(now)."""
        raise NotImplementedError

    def verdict(self, state: State, is_new: bool, rows: int) -> Verdict:
        """Whether an object of a state fires, when it finds so many rows. One that is new has found nothing before."""
        raise NotImplementedError
