# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The channels that something notifies: alerts have them, and the alerts of SLOs."""

from __future__ import annotations

from typing import Any

from .._api.client import Wire, is_uuid
from .._api.errors import OptionError
from .._values.checks import canonical_name, not_blank, optional_text, text
from .._values.types import ValueType
from .channel import CHANNEL
from .field import Lookup, naming

Assignment = dict[str, Any]  # id, name and schedule_id of a channel; where options describe one: channel, schedule_id

#: The options that hold assignments; only one of them can be given.
OPTIONS: dict[str, Any] = {
    "channels": {"type": "list", "elements": "str"},
    "channel_assignments": {
        "type": "list",
        "elements": "dict",
        "options": {"channel": {"type": "str", "required": True}, "schedule_id": {"type": "str"}},
    },
}
EXCLUSIVE = ("channels", "channel_assignments")


class Assignments(ValueType):
    """The channels that are notified, each with the schedule in which it is: C({id, name, schedule_id}).

    Options refer to channels by name or ID; see L(resolve). The order is the service's.
    """

    spec = {"type": "list", "elements": "str"}

    def parse(self, option: list[Assignment]) -> list[Assignment]:
        """C({channel, schedule_id}); without C(schedule_id) an assignment keeps the schedule that it has."""
        seen: set[str] = set()
        for assignment in option:
            channel = canonical_name(not_blank(assignment["channel"]))
            if channel in seen:
                raise ValueError(f"duplicate channel {channel!r}; an alert can use each channel only once")
            seen.add(channel)
        return option

    def canonical(self, value: list[Assignment]) -> Any:
        return frozenset((each["id"].lower(), (each["schedule_id"] or "").lower()) for each in value)

    def decode(self, wire: Any) -> list[Assignment]:
        """Without names, which the answer has elsewhere."""
        assignments = [
            {
                "id": text(assignment["channel_id"]),
                "name": None,
                "schedule_id": optional_text(assignment.get("schedule_id")),
            }
            for assignment in wire or []
        ]
        return by_name(assignments)

    def encode(self, value: list[Assignment]) -> list[Wire]:
        """An assignment without a schedule leaves the member out."""
        return [
            {"channel_id": each["id"], **({"schedule_id": each["schedule_id"]} if each["schedule_id"] else {})}
            for each in value
        ]

    def show(self, value: list[Assignment]) -> list[Any]:
        """By name, since the ID of a channel that is yet to be made is not known."""
        return [
            {"channel": each["name"] or each["id"], "schedule_id": each["schedule_id"]}
            if each["schedule_id"]
            else each["name"] or each["id"]
            for each in value
        ]


def by_name(assignments: list[Assignment]) -> list[Assignment]:
    """In an order that depends on nothing but their content."""
    return sorted(assignments, key=lambda assignment: (assignment["name"] or "", assignment["id"] or ""))


def given(options: dict[str, Any]) -> tuple[str, list[Assignment] | None]:
    """The option that describes assignments, and what it describes: C(channels) says nothing of schedules.

    None if neither is given. Raises OptionError if both are.
    """
    if options.get("channels") is not None and options.get("channel_assignments") is not None:
        raise OptionError("channels", "mutually exclusive with channel_assignments")
    if options.get("channels") is not None:
        return "channels", [{"channel": name} for name in options["channels"]]
    if options.get("channel_assignments") is None:
        return "channels", None
    return "channel_assignments", [
        {"channel": assignment["channel"], "schedule_id": assignment.get("schedule_id") or None}
        for assignment in options["channel_assignments"]
    ]


def resolve(wanted: list[Assignment], current: list[Assignment], lookup: Lookup, place: str = "") -> list[Assignment]:
    """The assignments that options describe, with the ids of the channels. C(current) ones need no look-up.

    C(place) is what the option lies in, with its dot. Raises OptionError for a channel that does not exist.
    """
    option = place + ("channel_assignments" if any("schedule_id" in each for each in wanted) else "channels")
    assigned = {channel["id"].lower(): channel for channel in current}
    resolved: dict[Any, Assignment] = {}
    for reference in wanted:
        channel = assigned.get(reference["channel"].lower()) if is_uuid(reference["channel"]) else None
        if channel is None:
            try:
                found = lookup.find(CHANNEL, reference["channel"])
            except OptionError as error:
                raise error.of(option) from None
            channel = {"id": found["id"], "name": found.get(CHANNEL.wire_key)}
        key = channel["id"].lower()
        if key in resolved:
            raise OptionError(option, f"duplicate channel {reference['channel']!r}: another item is the same channel")
        resolved[key] = {
            "id": channel["id"],
            "name": channel["name"],
            "schedule_id": reference.get("schedule_id", assigned.get(key, {}).get("schedule_id")),
        }
    return by_name(list(resolved.values()))


def describe(assignments: list[Assignment]) -> dict[str, Any]:
    """The option that describes assignments, with schedules only where there are any."""
    if any(channel["schedule_id"] for channel in assignments):
        return {
            "channel_assignments": [
                {"channel": channel["name"] or channel["id"], "schedule_id": channel["schedule_id"]}
                for channel in assignments
            ]
        }
    return {"channels": [channel["name"] or channel["id"] for channel in assignments]}


TIERS = ("fast", "medium", "slow")
_ASSIGNMENTS = Assignments()


class Tiers(ValueType):
    """The three alerts of an SLO, each with its channels. Options name some of the tiers; a state has them all."""

    spec = {
        "type": "dict",
        "options": {
            tier: {
                "type": "dict",
                "options": OPTIONS,
                "mutually_exclusive": [list(EXCLUSIVE)],
            }
            for tier in TIERS
        },
    }

    def parse(self, option: dict[str, Any]) -> dict[str, Any]:
        """The assignments of the tiers that have any options. The others are not changed."""
        parsed = {}
        for tier in TIERS:
            with naming(tier):
                name, channels = given(option.get(tier) or {})
                if channels is not None:
                    with naming(name):
                        parsed[tier] = _ASSIGNMENTS.parse(channels)
        return parsed

    def canonical(self, value: dict[str, Any]) -> Any:
        return {tier: _ASSIGNMENTS.canonical(alert["channels"]) for tier, alert in value.items()}

    def decode(self, wire: Any) -> dict[str, Any]:
        """Releases before v2026-09-22.02 answer without the tiers: then no channels are known."""
        return {tier: _tier((wire or {}).get(tier) or {}) for tier in TIERS}

    def encode(self, value: dict[str, Any]) -> Wire:
        return {tier: {"channel_assignments": _ASSIGNMENTS.encode(alert["channels"])} for tier, alert in value.items()}

    def show(self, value: dict[str, Any]) -> Any:
        return {tier: _ASSIGNMENTS.show(by_name(alert["channels"])) for tier, alert in value.items()}


def _tier(wire: Wire) -> dict[str, Any]:
    known = {member: wire.get(member) for member in ("alert_id", "severity", "viable")}
    return {**known, "channels": _ASSIGNMENTS.decode(wire.get("channel_assignments"))}
