# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Query API of Logfire: SQL queries over the telemetry of one project. They change nothing, so they are retried.

It is on the same host as the API, but not below C(/api). In C(Authorization), its token has no scheme before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from .._values.instants import format_instant
from .errors import LogfireError
from .http import Connection, Transport

PATH = "/v2/query"
MOST_ROWS = 10_000  # in one answer
HINTS = {
    401: " Check that the read token is valid and active, and belongs to this region.",
    403: " An API key in place of a read token needs the scope project:read_otlp, and must be bound to the project.",
    404: " The service at base_url has no Query API. Check that it is Logfire and recent enough.",
    429: " Increase retry_timeout, or send fewer requests.",
}


class Query(NamedTuple):
    """A query of the telemetry from C(start) to C(end); None stands for now.

    C(environments) limits it to some environments; None or an empty list stands for all.
    """

    sql: str
    start: datetime
    end: datetime | None = None
    limit: int = 100
    timezone: str | None = None
    environments: list[str] | None = None

    @property
    def body(self) -> dict[str, Any]:
        """Return the body of the request."""
        body: dict[str, Any] = {"sql": self.sql, "min_timestamp": format_instant(self.start), "limit": self.limit}
        if self.end is not None:
            body["max_timestamp"] = format_instant(self.end)
        if self.timezone is not None:
            body["timezone"] = self.timezone
        if self.environments:
            body["deployment_environment"] = self.environments
        return {**body, "explain": False, "include_schema": True}


class Found(NamedTuple):
    """The answer: each column with C(name), C(data_type) and C(nullable), each row with its values by column."""

    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]


class QueryFailed(LogfireError):
    """A query that failed, for whatever reason. Nothing was changed."""

    sql = ""

    def hint(self) -> str:
        """Return what the user can do about it; for an SQL error with a position, the line of the query."""
        place = re.search(r"\bLine: ([0-9]{1,6}), Column: ([0-9]{1,6})", self.detail or "", re.IGNORECASE)
        lines = self.sql.splitlines()
        if self.status == 400 and place and 0 < int(place[1]) <= len(lines):
            return f" Line {place[1]} is: {lines[int(place[1]) - 1].strip()[:200]}"
        return HINTS.get(self.status or 0, "")


class QueryClient:
    """Queries the project of one read token. All methods raise QueryFailed."""

    def __init__(self, connection: Connection) -> None:
        """C(connection) has a read token, or an API key with the scope to query, as its token."""
        accept = "application/json, application/problem+json;q=0.9"
        self._transport = Transport(replace(connection, scheme="", accept=accept))

    def close(self) -> None:
        """Send no more requests."""
        self._transport.close()

    def run(self, query: Query) -> Found:
        """Return the rows that a query finds, at most as many as its limit."""
        answer = self._request("POST", PATH, query)
        if not isinstance(answer, dict):
            raise _not_an_answer()
        schema = answer.get("schema")
        columns = _objects(schema.get("fields") if isinstance(schema, dict) else None)
        kept = [{member: column.get(member) for member in ("name", "data_type", "nullable")} for column in columns]
        return Found(kept, _objects(answer.get("data"))[: query.limit])

    def project_name(self) -> str | None:
        """Return the name of the read token's project; None if the service does not report it."""
        try:
            answer = self._request("GET", "/v1/read-token-info")
        except QueryFailed:
            return None  # the route does not work with an API key; and if the token is invalid, the query fails
        name = answer.get("project_name") if isinstance(answer, dict) else None
        return name if isinstance(name, str) else None

    def _request(self, method: str, path: str, query: Query | None = None) -> Any:
        try:
            return self._transport.request(method, path, query and query.body, is_read=True)
        except LogfireError as error:
            failed = QueryFailed(
                error.problem,
                method=method,
                path=path,
                status=error.status,
                detail=error.detail,
                waited=error.waited,
            )
            failed.sql = query.sql if query else ""
            raise failed from None


def _objects(items: Any) -> list[dict[str, Any]]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _not_an_answer()
    return items


def _not_an_answer() -> QueryFailed:
    return QueryFailed("the answer is not a query result", method="POST", path=PATH)
