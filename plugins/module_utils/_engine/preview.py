# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the query of an object before the object is saved, to show whether it would fire."""

from __future__ import annotations

import threading
from datetime import datetime, timezone
from typing import Any, Callable, NamedTuple, TypedDict

from .._api.query import QueryClient, QueryFailed
from .._kinds.tried import Tried, Verdict
from .plan import Item, Plan


class Place(NamedTuple):
    """The project to query: its current ID and name, if known, and C(reference), by which the user refers to it.

    C(id) is None for a project that does not exist yet.
    """

    id: str | None
    name: str | None
    reference: str


class TrialResult(TypedDict):
    """A trial in the result of a module."""

    would_fire: bool | None
    row_count: int | None
    rows: list[dict[str, Any]] | None
    error: str | None


class Trial(NamedTuple):
    """The result of a trial. All but C(error) and C(words) is None if no query could be run."""

    would_fire: bool | None = None
    row_count: int | None = None
    rows: list[dict[str, Any]] | None = None
    error: str | None = None
    words: str = ""

    @property
    def result(self) -> TrialResult:
        return {"would_fire": self.would_fire, "row_count": self.row_count, "rows": self.rows, "error": self.error}


class Preview:
    """Runs queries, in any thread. Each project has its own client, because a read token belongs to one project."""

    def __init__(self, client_of: Callable[[Place], QueryClient], limit: int) -> None:
        """C(client_of) may raise OptionError. C(limit) is the largest number of rows of a query."""
        self._client_of = client_of
        self._limit = limit
        self._locks: dict[str, threading.Lock] = {}
        self._clients: dict[str, QueryClient | QueryFailed] = {}
        self._now = datetime.now(timezone.utc)  # the same time for all queries

    def close(self) -> None:
        """Send no more requests."""
        for client in list(self._clients.values()):
            if isinstance(client, QueryClient):
                client.close()

    def concerns(self, plan: Plan) -> bool:
        """Whether a plan has a query to try."""
        return isinstance(plan.kind, Tried) and plan.action in ("create", "update")

    def try_out(self, item: Item, plan: Plan, place: Place) -> Trial:
        """Run the query of the planned object. Raises QueryFailed, and OptionError if there is no read token."""
        kind, state = plan.kind, plan.after
        if not isinstance(kind, Tried) or state is None:
            raise AssertionError("only plans that it concerns are tried")
        if place.id is None:
            error = "the project does not exist yet, so there is nothing to query"
            return Trial(error=error, words=f"not tried: {error}")
        try:
            client = self._client(place)
            found = client.run(kind.question(state, self._now, self._limit))
        except QueryFailed as error:
            error.task = f"try the query of {item}"
            raise
        count = len(found.rows)
        verdict = kind.verdict(state, plan.action == "create", count)
        return Trial(verdict.fires, count, found.rows, None, self._words(verdict, count))

    def _client(self, place: Place) -> QueryClient:
        """Return the client of a project. The first time, the project of its token is verified. Raises OptionError."""
        with self._locks.setdefault(place.reference, threading.Lock()):
            if place.reference not in self._clients:
                client = self._client_of(place)
                named = client.project_name() if place.name is not None else None
                problem = f"the read token belongs to the project {named!r}, not to {place.name!r}"
                is_other = named not in (None, place.name)
                other = QueryFailed(problem, method="GET", path="/v1/read-token-info") if is_other else None
                self._clients[place.reference] = other or client
            known = self._clients[place.reference]
        if isinstance(known, QueryFailed):
            raise QueryFailed(known.problem, method=known.method, path=known.path)
        return known

    def _words(self, verdict: Verdict, count: int) -> str:
        answer = {True: "yes", False: "no", None: "that depends"}[verdict.fires]
        why = f" ({verdict.why})" if verdict.why else ""
        more = " or more" if count >= self._limit else ""
        return f"would fire now: {answer}{why}, {count} row{'s' * (count != 1)}{more}"
