# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts: the API's section I(alerts)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from .._api.client import LogfireClient, Wire, is_uuid
from .._api.errors import LogfireError, OptionError
from .._values.durations import DAY, MINUTE
from .._values.types import (
    Choice,
    Duration,
    Flag,
    Name,
    SetOf,
    Text,
    ValueType,
    canonical_name,
    not_blank,
    optional_text,
    text,
)
from .channel import CHANNEL
from .kind import Field, Kind, Lookup, State


class Assignments(ValueType):
    """The channels that an alert notifies, each with the schedule in which it does: C({id, name, schedule_id}).

    Options refer to channels by name or ID; see L(Alert.resolve). The order is the service's.
    """

    spec = {"type": "list", "elements": "str"}

    def parse(self, option: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """C({channel, schedule_id}); without C(schedule_id) an assignment keeps the schedule that it has."""
        seen: set[str] = set()
        for assignment in option:
            channel = canonical_name(not_blank(assignment["channel"]))
            if channel in seen:
                raise ValueError(f"the channel {channel!r} is given twice; an alert can have each channel once")
            seen.add(channel)
        return option

    def canonical(self, value: list[dict[str, Any]]) -> Any:
        return frozenset((each["id"].lower(), (each["schedule_id"] or "").lower()) for each in value)

    def encode(self, value: list[dict[str, Any]]) -> list[Wire]:
        """An assignment without a schedule leaves the member out."""
        return [
            {"channel_id": each["id"], **({"schedule_id": each["schedule_id"]} if each["schedule_id"] else {})}
            for each in value
        ]

    def show(self, value: list[dict[str, Any]]) -> list[Any]:
        """By name, since the ID of a channel that is yet to be made is not known."""
        return [
            {"channel": each["name"] or each["id"], "schedule_id": each["schedule_id"]}
            if each["schedule_id"]
            else each["name"] or each["id"]
            for each in value
        ]


def _by_name(assignments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(assignments, key=lambda assignment: (assignment["name"] or "", assignment["id"] or ""))


class Alert(Kind):
    name = "alert"
    exclusive = (("channels", "channel_assignments"),)
    uses = CHANNEL
    fields = (
        Field("name", Name(), required=True),
        # The API refuses a creation without a description; an empty text is none, and clears it.
        Field("description", Text(), default="", always_created_with=True),
        Field("query", Text(required=True), required=True),
        Field("time_window", Duration(MINUTE, 30 * DAY), required=True),
        Field("frequency", Duration(MINUTE, DAY), required=True),
        Field("watermark", Duration(0, DAY), default="10s", always_created_with=True),
        Field(
            "notify_when",
            Choice("has_matches", "has_matches_changed", "matches_changed", "starts_having_matches"),
            default="has_matches",
            always_created_with=True,
        ),
        Field("environments", SetOf(Name()), default=[]),
        Field("channels", Assignments(), "channel_assignments", default=[], always_created_with=True),
        Field("active", Flag(), default=True),
    )
    read_only = (
        *("organization_id", "project_id", "created_at", "updated_at", "created_by_name", "updated_by_name"),
        *("slo_id", "integration_id"),
    )
    live = ("last_run", "has_matches", "has_errors", "fired", "result_length", "snoozed_until", "suppression")

    def argument_spec(self) -> dict[str, Any]:
        assignment = {"channel": {"type": "str", "required": True}, "schedule_id": {"type": "str"}}
        return {
            **super().argument_spec(),
            "channel_assignments": {"type": "list", "elements": "dict", "options": assignment},
        }

    def parse(self, options: dict[str, Any]) -> State:
        """Both spellings of the channels become one: C(channels) says nothing of schedules."""
        option, assignments = "channels", None
        if options.get("channels") is not None and options.get("channel_assignments") is not None:
            raise OptionError("channels", "cannot be given together with channel_assignments")
        if options.get("channels") is not None:
            assignments = [{"channel": name} for name in options["channels"]]
        elif options.get("channel_assignments") is not None:
            option = "channel_assignments"
            assignments = [
                {"channel": assignment["channel"], "schedule_id": assignment.get("schedule_id") or None}
                for assignment in options["channel_assignments"]
            ]
        try:
            return super().parse({**options, "channels": assignments})
        except OptionError as error:
            raise OptionError(option if error.option == "channels" else error.option, error.problem) from None

    def load(self, wire: Wire) -> State:
        state = super().load(wire)
        names = {channel["id"]: optional_text(channel.get("label")) for channel in wire.get("channels") or []}
        assignments = wire.get("channel_assignments")
        if assignments is None:  # releases before v2026-09-23.01: only inside the channels; absent is not empty
            assignments = [
                {"channel_id": channel["id"], "schedule_id": channel.get("schedule_id")}
                for channel in wire.get("channels") or []
            ]
        state["channels"] = _by_name(
            [
                {
                    "id": text(assignment["channel_id"]),
                    "name": names.get(assignment["channel_id"]),
                    "schedule_id": optional_text(assignment.get("schedule_id")),
                }
                for assignment in assignments
            ]
        )
        if wire.get("query_check"):
            state["query_check"] = wire["query_check"]
        return state

    def is_user_of(self, wire: Wire, object_id: str) -> bool:
        try:
            channels = self.load(wire)["channels"]
        except (ValueError, LookupError, TypeError, AttributeError):  # it is reported where it is named
            return False
        return any(channel["id"].lower() == object_id.lower() for channel in channels)

    def owner(self, state_or_wire: dict[str, Any]) -> str | None:
        """An SLO or an integration, whose alerts are in the list beside those of people."""
        for member, words in (("slo_id", "the SLO"), ("integration_id", "the integration")):
            if state_or_wire.get(member):
                return f"{words} {state_or_wire[member]}"
        return None

    def check(self, changes: State, current: State | None) -> None:
        owner = self.owner(current or {})
        for option in ("name", "query", "time_window"):
            if owner and option in changes:
                raise OptionError(option, f"cannot be changed here: the alert belongs to {owner}, which sets it")
        super().check(changes, current)

    def with_defaults(self, wanted: State) -> State:
        state = super().with_defaults(wanted)
        return {**state, "channels": [{"schedule_id": None, **channel} for channel in state["channels"]]}

    def resolve(self, wanted: State, current: State | None, lookup: Lookup) -> State:
        """Channels as C({id, name, schedule_id}). Ids that the alert has already need no look-up."""
        if "channels" not in wanted:
            return wanted
        option = "channel_assignments" if any("schedule_id" in each for each in wanted["channels"]) else "channels"
        assigned = {channel["id"].lower(): channel for channel in (current or {}).get("channels", [])}
        resolved: dict[Any, dict[str, Any]] = {}
        for reference in wanted["channels"]:
            channel = assigned.get(reference["channel"].lower()) if is_uuid(reference["channel"]) else None
            if channel is None:
                try:
                    found = lookup.find(CHANNEL, reference["channel"])
                except OptionError as error:
                    raise error.of(option) from None
                channel = {"id": found["id"], "name": found.get(CHANNEL.wire_key)}
            key = channel["id"].lower()
            if key in resolved:
                raise OptionError(option, f"{reference['channel']!r} is a channel that is given already")
            kept = assigned.get(key, {}).get("schedule_id")
            resolved[key] = {
                "id": channel["id"],
                "name": channel["name"],
                "schedule_id": reference.get("schedule_id", kept),
            }
        return {**wanted, "channels": _by_name(list(resolved.values()))}

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        answer = super().create(client, project_id, body)
        if body["channel_assignments"] and not answer.get("channels"):
            # Some releases leave the channels out of this answer only. The alert is made, whatever becomes of the read.
            with suppress(LogfireError):
                return {**client.get_alert(project_id, answer["id"]), "query_check": answer.get("query_check")}
            return {**answer, "channel_assignments": body["channel_assignments"]}
        return answer

    def describe(self, state: State) -> dict[str, Any]:
        """With the schedules of the channels only where there are any."""
        options = super().describe(state)
        channels = options.pop("channels")
        if any(channel["schedule_id"] for channel in channels):
            options["channel_assignments"] = [
                {"channel": channel["name"] or channel["id"], "schedule_id": channel["schedule_id"]}
                for channel in channels
            ]
        else:
            options["channels"] = [channel["name"] or channel["id"] for channel in channels]
        return options

    def warnings(self, answer: Wire) -> list[str]:
        check = answer.get("query_check")
        if not isinstance(check, dict) or check.get("status") not in ("slow", "timed_out"):
            return []
        return [
            f"The service tried the query of the alert {answer.get('name')!r}:"
            f" {check['status']}. {check.get('message') or ''}"
        ]


ALERT = Alert()
