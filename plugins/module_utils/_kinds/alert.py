# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts: the API's section I(alerts)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from .._api.client import LogfireClient, Wire
from .._api.errors import LogfireError
from .._api.query import Query
from .._values.checks import optional_text
from .._values.durations import DAY, MINUTE, parse_duration
from .._values.option_errors import OptionError
from .._values.types import Choice, Duration, Flag, Name, SetOf, Text
from . import assignments
from .assignments import Assignments
from .field import Field, Lookup, Reference, Scopes, State
from .kind import Kind
from .project import PROJECT
from .tried import Tried, Verdict


class Alert(Tried):
    name = "alert"
    parent = PROJECT
    scopes = Scopes("project:read_alert", "project:write_alert")
    exclusive = (assignments.EXCLUSIVE,)
    uses = assignments.USED
    reference_option = "channels"
    fields = (
        Field("name", Name(), required=True),
        # The API refuses a creation without a description; an empty text means none, and removes it.
        Field("description", Text(), default="", required_on_create=True),
        Field("query", Text(required=True), required=True),
        Field("time_window", Duration(MINUTE, 30 * DAY), required=True),
        Field("frequency", Duration(MINUTE, DAY), required=True),
        Field("watermark", Duration(0, DAY), default="10s", required_on_create=True),
        Field(
            "notify_when",
            Choice("has_matches", "has_matches_changed", "matches_changed", "starts_having_matches"),
            default="has_matches",
            required_on_create=True,
        ),
        Field("environments", SetOf(Name()), default=[]),
        Field("channels", Assignments(), "channel_assignments", default=[], required_on_create=True),
        Field("active", Flag(), default=True),
    )
    read_only = (
        *("organization_id", "project_id", "created_at", "updated_at", "created_by_name", "updated_by_name"),
        *("slo_id", "integration_id"),
    )
    runtime_fields = ("last_run", "has_matches", "has_errors", "fired", "result_length", "snoozed_until", "suppression")

    def argument_spec(self) -> dict[str, Any]:
        return {**super().argument_spec(), **assignments.OPTIONS}

    def parse(self, options: dict[str, Any]) -> State:
        """Convert both options for channels to one field."""
        option, channels = assignments.given(options)
        try:
            return super().parse({**options, "channels": channels})
        except OptionError as error:
            raise error.renamed("channels", option) from None

    def load(self, wire: Wire) -> State:
        state = super().load(wire)
        names = {channel["id"]: optional_text(channel.get("label")) for channel in wire.get("channels") or []}
        if wire.get("channel_assignments") is None:
            # Releases before v2026-09-23.01 have it only inside the channels; absent does not mean empty.
            channels = [{**channel, "channel_id": channel["id"]} for channel in wire.get("channels") or []]
            state["channels"] = Assignments().decode(channels)
        for channel in state["channels"]:
            channel["name"] = names.get(channel["id"])
        state["channels"] = assignments.by_name(state["channels"])
        if wire.get("query_check"):
            state["query_check"] = wire["query_check"]
        return state

    def names_used(self, wanted: State) -> list[tuple[Kind, str]]:
        return assignments.names_used(wanted.get("channels", []))

    def references(self, state: State) -> list[Reference]:
        return assignments.references(state["channels"])

    def public(self, state: State, wanted: State) -> State:
        return {**state, "channels": assignments.public(state["channels"])}

    def owner(self, state_or_wire: dict[str, Any]) -> str | None:
        """An SLO or an integration, whose alerts are in the same list as those that people created."""
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
        return {**state, "channels": assignments.with_defaults(state["channels"])}

    def resolve(self, wanted: State, current: State | None, lookup: Lookup) -> State:
        if "channels" not in wanted:
            return wanted
        channels = assignments.resolve(wanted["channels"], (current or {}).get("channels", []), lookup)
        return {**wanted, "channels": channels}

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        answer = super().create(client, project_id, body)
        if body["channel_assignments"] and not answer.get("channels"):
            # Only in this answer, some releases omit the channels. The alert exists, even if the read fails.
            with suppress(LogfireError):
                made = self.read_one(client, project_id, answer["id"])
                return {**made, "query_check": answer.get("query_check")}
            return {**answer, "channel_assignments": body["channel_assignments"]}
        return answer

    def question(self, state: State, now: datetime, limit: int) -> Query:
        """Return the alert's query of its time window, which ends before now by the watermark."""
        end = now - timedelta(seconds=parse_duration(state["watermark"]))
        start = end - timedelta(seconds=parse_duration(state["time_window"]))
        return Query(state["query"], start, end, limit, environments=state["environments"])

    def verdict(self, state: State, is_new: bool, rows: int) -> Verdict:
        if not state["active"]:
            return Verdict(False, "it is not active")
        if is_new or state["notify_when"] == "has_matches":
            return Verdict(rows > 0)
        if state["notify_when"] == "starts_having_matches":
            return Verdict(None, "only if it had no matches before") if rows else Verdict(False)
        return Verdict(None, "only if the result differs from the previous one")

    def describe(self, state: State) -> dict[str, Any]:
        options = super().describe(state)
        channels = options.pop("channels")
        return {**options, **assignments.describe(channels)}

    def warnings(self, answer: Wire) -> list[str]:
        check = answer.get("query_check")
        if not isinstance(check, dict) or check.get("status") not in ("slow", "timed_out"):
            return []
        return [
            f"The service tested the query of the alert {answer.get('name')!r}:"
            f" {check['status']}. {check.get('message') or ''}"
        ]


ALERT = Alert()
