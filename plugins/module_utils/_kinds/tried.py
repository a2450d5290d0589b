# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kinds whose objects query the telemetry of a project, so that the query can be tried before they are saved."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from .._api.query import Query
from .field import State
from .kind import Kind


class Verdict(NamedTuple):
    """Whether an object would fire. If C(fires) is None, that depends on its previous result; C(why) explains it."""

    fires: bool | None
    why: str = ""


class Tried(Kind):
    """A kind of objects with a query. All methods are pure functions."""

    def question(self, state: State, now: datetime, limit: int) -> Query:
        """Return the query of an object when it is evaluated at C(now), for at most C(limit) rows."""
        raise NotImplementedError

    def verdict(self, state: State, is_new: bool, rows: int) -> Verdict:
        """Return whether an object fires if it finds that many rows. A new object has no previous result."""
        raise NotImplementedError
