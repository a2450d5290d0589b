# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports: read-only data such as usage. They are declared like kinds, and read with their own options."""

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
    """A report."""

    name: ClassVar[str]  # the key of the result
    scope: ClassVar[str]  # the scope that the API requires
    since: ClassVar[str] = ""  # the first release of the service that has the route, where it is known
    options: ClassVar[dict[str, Any]]  # its argument spec
    of_project: ClassVar[bool] = False  # whether the option C(project) can limit it to one project
    always_there: ClassVar[bool] = True  # whether a 404 can only mean that the service has no such route

    def parse(self, options: dict[str, Any], now: datetime) -> State:
        """Return the parsed options. Raises OptionError."""
        raise NotImplementedError

    def read(self, client: LogfireClient, asked: State, project_id: str = "") -> Any:
        """Return the content of the report. Raises LogfireError."""
        raise NotImplementedError

    def needing(self, project_id: str = "") -> Any:
        """A context that adds to the errors of requests what the requests require."""
        return needing(self.scope, self.since, of_collection=self.always_there and not project_id)


def with_query(path: str, query: dict[str, Any]) -> str:
    """Return the path with those query parameters that are not None."""
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path


def parse_range(options: dict[str, Any], start: str, end: str, now: datetime) -> tuple[datetime, datetime | None]:
    """Return the times of the options with the names C(start) and C(end). Raises OptionError."""
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
