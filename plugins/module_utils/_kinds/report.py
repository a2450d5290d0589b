# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports: what the service tells and nobody manages. One is declared like a kind, and read with options of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from .._api.client import LogfireClient
from .._api.errors import needing
from .._values.instants import parse_moment
from .._values.option_errors import OptionError
from .field import State, naming


class Report:
    """Something to read."""

    name: ClassVar[str]  # the key of the result
    scope: ClassVar[str]  # what the API asks of the API token
    since: ClassVar[str] = ""  # the first release of the service that has the route, where it is known
    options: ClassVar[dict[str, Any]]  # its argument spec
    of_project: ClassVar[bool] = False  # whether it can be of one project, which the option C(project) names
    always_there: ClassVar[bool] = True  # whether a 404 can only mean that the service has no such route

    def parse(self, options: dict[str, Any], now: datetime) -> State:
        """What the options ask for. Raises OptionError."""
        raise NotImplementedError

    def read(self, client: LogfireClient, asked: State, project_id: str = "") -> Any:
        """The report. Raises LogfireError."""
        raise NotImplementedError

    def needing(self, project_id: str = "") -> Any:
        """A context in which errors of requests state what these require."""
        return needing(self.scope, self.since, of_collection=self.always_there and not project_id)


def with_query(path: str, query: dict[str, Any]) -> str:
    """The path with those parameters that are not None."""
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path


def parse_range(options: dict[str, Any], start: str, end: str, now: datetime) -> tuple[datetime, datetime | None]:
    """The times of the options that C(start) and C(end) name. Raises OptionError."""
    moments = []
    for option in (start, end):
        with naming(option):
            moments.append(None if options[option] is None else parse_moment(options[option], now))
    first, last = moments
    if first is None:
        raise OptionError(start, "required")
    if first >= (last or now):
        raise OptionError(start, "must be before " + ("now" if last is None else end))
    return first, last
