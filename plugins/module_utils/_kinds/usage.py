# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage, the amount of telemetry of the organization or a project: the published document's section I(usage).

It is not documented whether a range includes its last day, and which day represents a month. So one more day or month
is requested, and excess rows are removed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from .._api.client import LogfireClient, Wire, api_path
from .._api.errors import unexpected
from .._values.instants import parse_day, parts
from .._values.option_errors import OptionError
from .field import State, naming
from .report import Report, with_query

LONGEST = timedelta(days=88)  # the maximum is three months: 89 days from February on, maybe with the end
DAY = timedelta(days=1)
MEMBERS = ("date", "records_count", "metrics_count", "total_observations")


class Usage(Report):
    name = "usage"
    scope = "organization:payment"
    of_project = True
    options = {
        "period": {"type": "str", "choices": ["daily", "monthly"], "default": "daily"},
        "start": {"type": "str", "required": True},
        "end": {"type": "str"},
    }

    def parse(self, options: dict[str, Any], now: datetime) -> State:
        days = []
        for option in ("start", "end"):
            with naming(option):
                days.append(now.date() if options[option] is None else parse_day(options[option], now))
        first, last = days
        if first > last:
            raise OptionError("start", "must not be after " + ("today" if options["end"] is None else "end"))
        monthly = options["period"] == "monthly"
        if monthly:
            first, last = first.replace(day=1), last.replace(day=28) + 4 * DAY
            last -= last.day * DAY
        after = last + DAY
        with naming("start"):
            ranges = parts(first, after, timedelta.max if monthly else LONGEST)
        return {"period": options["period"], "first": first, "last": last, "ranges": ranges}

    def read(self, client: LogfireClient, asked: State, project_id: str = "") -> list[State]:
        """Return the rows by date. Parts of a range share a day, which may be in both answers."""
        found: dict[date, Wire] = {}
        for start, end in asked["ranges"]:
            place = ("usage", "projects", project_id, asked["period"]) if project_id else ("usage", asked["period"])
            path = with_query(api_path(*place), {"start_date": start, "end_date": end})
            with self.needing(project_id):
                answer = client.read(path)
            try:
                found.update((date.fromisoformat(row["date"][:10]), row) for row in answer["usage"])
            except (LookupError, TypeError, ValueError):
                raise unexpected("the answer contains no usage by date", "GET", path) from None
        rows = [found[day] for day in sorted(found) if asked["first"] <= day <= asked["last"]]
        return [{member: row.get(member) for member in MEMBERS} for row in rows]


USAGE = Usage()
