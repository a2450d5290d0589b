# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Possible behaviors of the service: values of the emulator's settings, and text that these settings affect.

A new setting of the emulator is included automatically if its values can be listed. Others are listed here.
"""

import contextlib
import random
import unicodedata
from collections.abc import Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin
from unittest import mock
from uuid import UUID

from emulator.settings import Settings
from hypothesis import strategies as st

Reading = dict[str, Any]

#: Settings that do not affect the behavior of the service, or decide what it rejects. Other tests cover these.
OTHERWISE_TESTED = {
    *("random_seed", "latency_ms", "clock_offset", "accept_local_keys", "keys"),
    *("rate_limit_per_minute", "rate_limit_burst", "retry_after_format", "missing_routes", "channel_types"),
    *("alert_environments", "query_checks", "name_case"),
    *("query_accepts_bearer", "query_default_limit", "query_words", "query_failure", "query_bad_timezone_status"),
    *("query_data_types", "token_info_answers_keys"),
    *("slo_alerts", "slo_limit_status", "audit_log_plan_status", "usage_end_included", "usage_month_date"),
    *("usage_empty_days", "usage_range_status", "pagerduty_subdomain_case"),
    *("unknown_schedule_status", "schedule_overnight_status", "schedule_list_status"),
    "exchange_audience",
    *("gateway_error_echo", "gateway_refusal", "gateway_last_cursor", "gateway_page", "gateway_config"),
}
#: Values of settings whose values cannot be listed.
SOME_VALUES: dict[str, list[Any]] = {
    "release": [None],
    "release_header": ["x-backend-version"],
    "token_prefix_length": [24],
    "mask_entirely_below": [0, 12],
    "window_limits": [[]],
    "frequency_max": [None],
    "dashboard_first_version": [0, 7],
    "actor_name": [None],
    "exchanged_lifetime": [20, 40],
}


def _values(annotation: Any) -> list[Any]:
    """Return the values that an annotation allows: those of a C(Literal), of C(bool), and C(None)."""
    if annotation is bool:
        return [False, True]
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    if annotation is NoneType:
        return [None]
    return [value for part in get_args(annotation) for value in _values(part)]


_EVERY: dict[str, list[Any]] = {
    name: [value for value in SOME_VALUES.get(name) or _values(field.annotation) if value != field.get_default()]
    for name, field in Settings.model_fields.items()
    if name not in OTHERWISE_TESTED
}
#: Settings with their values other than the default, and settings whose values are missing in this file.
READINGS = {name: values for name, values in _EVERY.items() if values}
WITHOUT_VALUES = _EVERY.keys() - READINGS.keys()
#: Any combination of them.
WORLDS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in READINGS.items()})
ONE_AT_A_TIME: list[Reading] = [{name: value} for name, values in READINGS.items() for value in values]


def combined(count: int) -> list[Reading]:
    """Return a number of random combinations, always the same, of half of the settings each."""
    chance = random.Random(0)
    half = len(READINGS) // 2
    return [
        {name: chance.choice(READINGS[name]) for name in chance.sample(list(READINGS), half)} for _one in range(count)
    ]


@contextlib.contextmanager
def looked_at(settings: Settings) -> Iterator[set[str]]:
    """Yield the set of settings that the emulator reads in this context. Others cannot make a difference."""
    names: set[str] = set()
    read = Settings.__getattribute__

    def note(self: Settings, name: str) -> Any:
        if self is settings and name in READINGS:
            names.add(name)
        return read(self, name)

    with mock.patch.object(Settings, "__getattribute__", note):
        yield names


# Text

#: Options that identify objects by name. Names of projects consist of letters and digits.
NAMES = {"name", "slug", "environments"}
TEXTS = {"query", "description"}


def hostile(option: str, value: Any) -> Any:
    """Return the value of an option in a form that some services do not keep."""
    if option == "definition":
        return value
    if isinstance(value, dict):
        return {name: hostile(name, member) for name, member in value.items()}
    if isinstance(value, list):
        return [hostile(option, item) for item in value]
    if not isinstance(value, str) or not value:
        return value
    if option in NAMES:
        return f"{value} Bu\u0308ro"
    if option in TEXTS:
        return value.replace("\n", "\r\n") + " \t\r\n \r\n"
    if _is_uuid(value):  # with letters, which the IDs of the tests lack
        return value.translate(str.maketrans("567", "ABC"))
    return value.title() if option == "recipients" else value


def plain(value: Any) -> Any:
    """Return a value or a whole result in the form that each service keeps."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, str):
        return value
    if _is_uuid(value):
        return value.lower()
    local, at, domain = value.rpartition("@")
    text = f"{local}{at}{domain.lower()}" if at and " " not in value else value
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").rstrip())


def kept(result: Any) -> Any:
    """Return a result without the additions of the service, and in a form that does not depend on the service."""
    if isinstance(result, list):
        return [kept(item) for item in result]
    if not isinstance(result, dict):
        return plain(result)
    members = {name: kept(member) for name, member in result.items() if name != "of_a_release_to_come"}
    if set(members) == {"ref"}:
        return {"$ref": members["ref"]}
    displayed = {name: _without_nulls(member) if name == "display" else member for name, member in members.items()}
    return displayed


def _without_nulls(display: Any) -> Any:
    if not isinstance(display, dict):
        return display
    return {name: member for name, member in display.items() if member is not None}


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False
