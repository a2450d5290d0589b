# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Audit logs, the record of who did what in the organization: the published document's section I(audit logs).

The API accepts a range of at most 90 days, which includes its start and excludes its end. It has no pagination.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .._api.client import LogfireClient, Wire, api_path
from .._api.errors import unexpected
from .._values.checks import check_range
from .._values.instants import format_instant, parse_instant, parts
from .._values.types import Choice
from .field import State, naming
from .report import Report, parse_range, with_query

#: Less than 90 days: a range without an end ends now by the clock of the service, which may be ahead.
LONGEST = timedelta(days=89)
MOST = 10_000
ACTIONS = Choice(
    *("INSERT", "UPDATE", "DELETE", "VIEW", "LOGIN", "FAILED_LOGIN", "LOGOUT"),
    *("CLAIM_INVITATION", "REVOKE_INVITATION", "VERIFY", "SSO_SIGN_IN_ATTEMPT"),
)
MEMBERS = (
    *("id", "created_at", "action", "user_name", "resource_type", "record_id"),
    *("project_name", "organization_name", "ip_address"),
)


class AuditLog(Report):
    name = "entries"
    scope = "organization:auditlog"
    options = {
        "start_time": {"type": "str", "required": True},
        "end_time": {"type": "str"},
        "action": dict(ACTIONS.spec),
        "limit": {"type": "int", "default": 1000},
    }

    def parse(self, options: dict[str, Any], now: datetime) -> State:
        start, end = parse_range(options, "start_time", "end_time", now)
        with naming("limit"):
            check_range(options["limit"], 1, MOST)
        with naming("start_time"):
            ranges = parts(start, end or now, LONGEST)
        asked = [(first, end if last == (end or now) else last) for first, last in ranges]
        return {"ranges": asked, "action": options["action"], "limit": options["limit"]}

    def read(self, client: LogfireClient, asked: State, project_id: str = "") -> list[State]:
        """Return the newest entries, newest first, with as few requests as possible."""
        entries: list[Wire] = []
        for start, end in asked["ranges"]:
            query = {"start_time": format_instant(start), "end_time": end and format_instant(end)}
            path = with_query(api_path("audit-logs"), {**query, "action": asked["action"]})
            with self.needing():
                found = client.read_list(path)
            try:
                entries += sorted(found, key=_when, reverse=True)
            except ValueError:
                raise unexpected("the answer has an entry that does not say when it was made", "GET", path) from None
            if len(entries) >= asked["limit"]:
                break
        return [{member: entry.get(member) for member in MEMBERS} for entry in entries[: asked["limit"]]]


def _when(entry: Wire) -> tuple[datetime, str]:
    return parse_instant(entry.get("created_at")), entry["id"]


AUDIT_LOG = AuditLog()
