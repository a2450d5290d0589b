# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PagerDuty services to which the organization is connected, by their IDs in PagerDuty.

A channel requires two other IDs of such a service, which only this look-up returns (vendor's Terraform provider).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from .._api.client import LogfireClient, api_path
from .._api.errors import NotFound, unexpected
from .._values.option_errors import OptionError
from .._values.types import Choice
from .field import Lookup, State
from .report import Report, with_query

MEMBERS = ("install_id", "service_id", "pagerduty_service_id", "service_name")
#: The options of a channel's configuration that are not sent, by the option of the look-up.
LOOKED_UP_BY = {"service_id": "pagerduty_service_id", "account_subdomain": "account_subdomain", "region": "region"}
TAKEN_FROM_IT = ("install_id", "service_id")
REGION = "us"


class PagerdutyService(Report):
    name = "service"
    scope = "organization:read_channel"
    always_there = False
    options = {
        "service_id": {"type": "str", "required": True},
        "account_subdomain": {"type": "str", "required": True},
        "region": {**Choice("us", "eu").spec, "default": REGION},
    }

    def parse(self, options: dict[str, Any], now: datetime | None = None) -> State:
        asked = {option: options[option].strip() for option in self.options}
        for option in ("service_id", "account_subdomain"):
            if not re.fullmatch(r"[A-Za-z0-9_-]{1,255}", asked[option]):
                raise OptionError(option, f"{asked[option]!r} contains characters that PagerDuty does not use there")
        return asked

    def read(self, client: LogfireClient, asked: State, project_id: str = "") -> State:
        """Return the IDs of the service in Logfire and in PagerDuty."""
        query = {"account_subdomain": asked["account_subdomain"], "region": asked["region"]}
        path = with_query(api_path("integrations", "pagerduty", "services", asked["service_id"]), query)
        with self.needing():
            service = client.read(path)
        if not all(isinstance(service.get(member), str) for member in TAKEN_FROM_IT):
            raise unexpected("the answer is not a PagerDuty service", "GET", path)
        return {member: service.get(member) for member in MEMBERS}


PAGERDUTY_SERVICE = PagerdutyService()


def check_config(config: State) -> None:
    """Raise OptionError if the configuration of a channel refers to a service incompletely, or in two ways."""
    given = [option for option in LOOKED_UP_BY.values() if option in config]
    if given:
        for option in ("pagerduty_service_id", "account_subdomain"):
            if option not in config:
                raise OptionError(option, f"required together with {given[0]}")
        for option in TAKEN_FROM_IT:
            if option in config:
                raise OptionError(option, "mutually exclusive with pagerduty_service_id, which determines it")
        _asked(config)


def with_ids(config: State, lookup: Lookup) -> State:
    """Return a configuration with the two IDs instead of the look-up options. Raises OptionError, and LogfireError."""
    if "pagerduty_service_id" not in config:
        return config
    asked = _asked(config)
    try:
        service = lookup.report(PAGERDUTY_SERVICE, asked)
    except NotFound:
        place = f"the account {asked['account_subdomain']!r} of the region {asked['region']!r}"
        raise OptionError(
            "config.pagerduty_service_id",
            f"there is no service {asked['service_id']!r} of {place} in Logfire. Check that these values are correct,"
            " that the account is connected, and that the release of Logfire is recent enough",
        ) from None
    kept = {option: value for option, value in config.items() if option not in LOOKED_UP_BY.values()}
    return {**kept, **{option: service[option] for option in TAKEN_FROM_IT}}


def _asked(config: State) -> State:
    options = {own: config.get(option, REGION) for own, option in LOOKED_UP_BY.items()}
    try:
        return PAGERDUTY_SERVICE.parse(options)
    except OptionError as error:
        raise error.of(LOOKED_UP_BY[error.option]) from None
