# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The limits of an API key for the AI gateway: claims that belong to one scope of the key."""

from __future__ import annotations

from typing import Any

from .._api.client import Wire
from .._values.option_errors import OptionError
from .._values.types import ValueType
from .field import State

SCOPE = "project:gateway_proxy"
LIMITS = ("spending_limit_daily", "spending_limit_weekly", "spending_limit_monthly", "spending_limit_total")
MOST_DOLLARS = 500_000_000
SWITCHES = {"true": True, "yes": True, "false": False, "no": False}


class GatewayLimits(ValueType):
    """The spending limits of a key at the AI gateway, and whether to cache. An empty text removes a limit."""

    spec = {
        "type": "dict",
        "options": {**{limit: {"type": "str"} for limit in LIMITS}, "cache_enabled": {"type": "str"}},
    }

    def parse(self, option: dict[str, str | None]) -> State:
        given = {member: text.strip() for member, text in option.items() if text is not None}
        return {
            member: (_switch(text) if member == "cache_enabled" else _dollars(member, text)) if text else None
            for member, text in given.items()
        }

    def same(self, left: Any, right: Any) -> bool:
        """Members that the user did not set are ignored."""
        return all(right.get(member) == value for member, value in left.items())

    def changed(self, wanted: Any, current: Any) -> Any:
        return {member: value for member, value in wanted.items() if current[member] != value}

    def decode(self, wire: Any) -> State:
        claims = (wire or {}).get(SCOPE) or {}
        return {member: claims.get(member) for member in (*LIMITS, "cache_enabled")}

    def encode(self, value: State) -> Wire:
        return {SCOPE: value}


def limits_of_new(before: State, wanted: State) -> State | None:
    """Return the limits of a key that replaces one with the limits C(before), or None."""
    return {member: value for member, value in {**before, **wanted}.items() if value is not None} or None


def changed_claims(before: Wire | None, changes: Wire) -> Wire:
    """Predict the answer after an update: members that it omits are kept."""
    return {SCOPE: {**((before or {}).get(SCOPE) or {}), **changes[SCOPE]}}


def _dollars(member: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_DOLLARS):
        raise OptionError(member, f"{text!r} is not an amount of whole US dollars; allowed: 0 to {MOST_DOLLARS}")
    return int(text)


def _switch(text: str) -> bool:
    try:
        return SWITCHES[text.lower()]
    except KeyError:
        raise OptionError("cache_enabled", f"{text!r} is neither true nor false, nor empty") from None
