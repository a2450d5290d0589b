# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The channels that an alert or the alerts of an SLO notify, with their schedules."""

from __future__ import annotations

from typing import Any, TypedDict

from .._api.client import Wire, is_uuid
from .._values.checks import canonical_name, not_blank, optional_text, text
from .._values.option_errors import OptionError, Problems
from .._values.placeholders import is_placeholder
from .._values.types import ValueType
from .channel import CHANNEL
from .field import Lookup, Reference, naming
from .kind import Kind
from .schedule import SCHEDULE


class Assignment(TypedDict):
    """A channel in a state, by its ID and, if known, its name; and the schedule in which it is notified."""

    id: str
    name: str | None
    schedule_id: str | None  # None: at all times
    schedule: str | None  # its name


class _Described(TypedDict):
    channel: str


class Description(_Described, total=False):
    """An assignment in options. Without a schedule, the current one is kept."""

    schedule_id: str | None
    schedule: str


USED = (CHANNEL, SCHEDULE)

#: The options for assignments, which are mutually exclusive.
OPTIONS: dict[str, Any] = {
    "channels": {"type": "list", "elements": "str"},
    "channel_assignments": {
        "type": "list",
        "elements": "dict",
        "options": {
            "channel": {"type": "str", "required": True},
            "schedule": {"type": "str"},
            "schedule_id": {"type": "str"},
        },
        "mutually_exclusive": [["schedule", "schedule_id"]],
    },
}
EXCLUSIVE = ("channels", "channel_assignments")


class Assignments(ValueType):
    """The channels to notify: a list of L(Assignment), in the order of the service.

    Options refer to channels and schedules by name or ID; see L(resolve).
    """

    spec = {"type": "list", "elements": "str"}

    def parse(self, option: list[Description]) -> list[Description]:
        """Raises ValueError for a blank or duplicate channel."""
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
        """Return the assignments without names, which the answer has elsewhere."""
        assignments: list[Assignment] = [
            {
                "id": text(assignment["channel_id"]),
                "name": None,
                "schedule_id": optional_text(assignment.get("schedule_id")),
                "schedule": None,
            }
            for assignment in wire or []
        ]
        return by_name(assignments)

    def encode(self, value: list[Assignment]) -> list[Wire]:
        """Return the assignments; those without a schedule omit that member."""
        return [
            {"channel_id": each["id"], **({"schedule_id": each["schedule_id"]} if each["schedule_id"] else {})}
            for each in value
        ]

    def show(self, value: list[Assignment]) -> list[Any]:
        """Return the assignments by name, since a new channel has no ID yet."""
        return [_described(each) if each["schedule_id"] else each["name"] or each["id"] for each in value]


def _described(assignment: Assignment) -> dict[str, Any]:
    """Describe an assignment, by names if they are known."""
    channel = assignment["name"] or assignment["id"]
    if assignment["schedule"]:
        return {"channel": channel, "schedule": assignment["schedule"]}
    return {"channel": channel, "schedule_id": assignment["schedule_id"]}


def by_name(assignments: list[Assignment]) -> list[Assignment]:
    """Sort assignments by their content."""
    return sorted(assignments, key=lambda assignment: (assignment["name"] or "", assignment["id"] or ""))


def names_used(described: list[Description]) -> list[tuple[Kind, str]]:
    """Return the names and IDs of the channels and schedules to which descriptions refer."""
    schedules: list[tuple[Kind, str]] = [(SCHEDULE, each["schedule"]) for each in described if "schedule" in each]
    return [*((CHANNEL, each["channel"]) for each in described), *schedules]


def references(assignments: list[Any]) -> list[Reference]:
    """Return the channels and schedules of assignments."""
    schedules = [Reference(SCHEDULE, each, "schedule_id", "schedule") for each in assignments if each["schedule_id"]]
    return [*(Reference(CHANNEL, each) for each in assignments), *schedules]


def public(assignments: list[Assignment]) -> list[dict[str, Any]]:
    """Return assignments as results show them: without names of schedules, which are not always known."""
    return [{member: each[member] for member in ("id", "name", "schedule_id")} for each in assignments]


def with_defaults(described: list[Description]) -> list[Description]:
    """Return descriptions in which channels without a schedule are notified at all times."""
    return [each if "schedule" in each else {"schedule_id": None, **each} for each in described]


def given(options: dict[str, Any]) -> tuple[str, list[Description] | None]:
    """Return the name of the option that describes assignments, and the descriptions: C(channels) has no schedules.

    The descriptions are None if neither option is set. Raises OptionError if both are.
    """
    if options.get("channels") is not None and options.get("channel_assignments") is not None:
        raise OptionError("channels", "mutually exclusive with channel_assignments")
    if options.get("channels") is not None:
        return "channels", [{"channel": name} for name in options["channels"]]
    if options.get("channel_assignments") is None:
        return "channels", None
    return "channel_assignments", [
        {"channel": assignment["channel"], "schedule": assignment["schedule"]}
        if assignment.get("schedule") is not None
        else {"channel": assignment["channel"], "schedule_id": assignment.get("schedule_id") or None}
        for assignment in options["channel_assignments"]
    ]


def resolve(wanted: list[Description], current: list[Assignment], lookup: Lookup, place: str = "") -> list[Assignment]:
    """Return the assignments that options describe, with the IDs of their channels and schedules.

    Those in C(current) require no look-up. C(place) is the prefix of the option in messages, with a dot. Raises
    OptionError for a channel or schedule that does not exist.
    """
    option = place + ("channel_assignments" if any(each.keys() != {"channel"} for each in wanted) else "channels")
    assigned = {channel["id"].lower(): channel for channel in current}
    resolved: dict[str, Assignment] = {}
    problems = Problems()
    for described in wanted:
        with problems.collected():
            known = assigned.get(described["channel"].lower()) if is_uuid(described["channel"]) else None
            if known is None:
                found = _find(lookup, CHANNEL, described["channel"], option)
                known = _assignment(found["id"], found.get(CHANNEL.wire_key))
            key = known["id"].lower()
            if key in resolved:
                problem = f"duplicate channel {described['channel']!r}: another item refers to the same channel"
                raise OptionError(option, problem)
            schedule_id, schedule = _schedule(described, assigned.get(key), lookup, f"{option}.schedule")
            resolved[key] = _assignment(known["id"], known["name"], schedule_id, schedule)
    problems.raise_any()
    return by_name(list(resolved.values()))


def _schedule(
    described: Description, current: Assignment | None, lookup: Lookup, option: str
) -> tuple[str | None, str | None]:
    """Return the ID and the name of the described schedule or, if none is described, of the current one."""
    before = (current["schedule_id"], current["schedule"]) if current else (None, None)
    schedule_id = described.get("schedule_id")
    reference = described.get("schedule") or (schedule_id if is_placeholder(schedule_id) else None)
    if reference is not None:
        found = _find(lookup, SCHEDULE, reference, option, before[0])
        return found["id"], found.get(SCHEDULE.wire_key)
    return (schedule_id, None) if "schedule_id" in described else before


def _find(lookup: Lookup, kind: Kind, reference: str, option: str, current_id: str | None = None) -> Wire:
    try:
        return lookup.find(kind, reference, current_id)
    except OptionError as error:
        raise error.of(option) from None


def _assignment(
    channel_id: str, name: str | None, schedule_id: str | None = None, schedule: str | None = None
) -> Assignment:
    return {"id": channel_id, "name": name, "schedule_id": schedule_id, "schedule": schedule}


def describe(assignments: list[Assignment]) -> dict[str, Any]:
    """Return the option that describes assignments: C(channels), or C(channel_assignments) if any has a schedule."""
    if any(channel["schedule_id"] for channel in assignments):
        return {"channel_assignments": [_described(channel) for channel in assignments]}
    return {"channels": [channel["name"] or channel["id"] for channel in assignments]}


TIERS = ("fast", "medium", "slow")
_ASSIGNMENTS = Assignments()


class Tier(TypedDict):
    """One of the alerts of an SLO, as the service has it. Older releases have only the channels."""

    alert_id: str | None
    severity: str | None
    viable: bool | None
    channels: list[Assignment]


class Tiers(ValueType):
    """The three alerts of an SLO, each with its channels. Options may omit tiers; a state has them all."""

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

    def parse(self, option: dict[str, Any]) -> dict[str, list[Description]]:
        """Return the assignments of the tiers that are set. The others are not changed."""
        parsed = {}
        for tier in TIERS:
            with naming(tier):
                name, channels = given(option.get(tier) or {})
                if channels is not None:
                    with naming(name):
                        parsed[tier] = _ASSIGNMENTS.parse(channels)
        return parsed

    def canonical(self, value: dict[str, Tier]) -> Any:
        return {tier: _ASSIGNMENTS.canonical(alert["channels"]) for tier, alert in value.items()}

    def decode(self, wire: Any) -> dict[str, Tier]:
        """Return the assignments. Releases before v2026-09-22.02 answer without tiers, so no channels are known."""
        return {tier: _tier((wire or {}).get(tier) or {}) for tier in TIERS}

    def encode(self, value: dict[str, Tier]) -> Wire:
        return {tier: {"channel_assignments": _ASSIGNMENTS.encode(alert["channels"])} for tier, alert in value.items()}

    def show(self, value: dict[str, Tier]) -> Any:
        return {tier: _ASSIGNMENTS.show(by_name(alert["channels"])) for tier, alert in value.items()}


def _tier(wire: Wire) -> Tier:
    return {
        "alert_id": wire.get("alert_id"),
        "severity": wire.get("severity"),
        "viable": wire.get("viable"),
        "channels": _ASSIGNMENTS.decode(wire.get("channel_assignments")),
    }
