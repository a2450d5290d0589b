# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Service level objectives. The service creates three alerts for each. They are not in the published document.

An update of what an SLO counts resets its status, so only fields that differ are sent. What an SLO measures cannot be
changed: a new SLO would start without the history of the error budget.
"""

from __future__ import annotations

from typing import Any

from .._api.client import LogfireClient, Wire
from .._api.errors import LogfireError
from .._values.decimals import Decimal
from .._values.durations import DAY, HOUR
from .._values.option_errors import OptionError, Problems
from .._values.types import Choice, Duration, Name, SetOf, Text, Word
from . import assignments
from .assignments import TIERS, Tiers
from .field import Field, Lookup, Reference, Scopes, State
from .kind import Kind
from .project import PROJECT

HISTOGRAM = "histogram_threshold"
_OF_HISTOGRAMS = ("threshold", "comparison")
_WINDOW = Duration(HOUR, 90 * DAY, in_seconds=True)
ALERTS_SINCE = "v2026-09-23.01"  # earlier releases silently ignore the channels in requests


class Slo(Kind):
    name = "slo"
    title = "SLO"
    parent = PROJECT
    scopes = Scopes("project:read_alert", "project:write_alert")
    update_method = "PATCH"
    unique = True
    is_optional = True
    is_exported = False  # older releases and some plans have none, and it takes a request for each project
    uses = assignments.USED
    reference_option = "alerts"
    fields = (
        Field("name", Name(), required=True),
        Field("description", Text(), default=""),
        Field("scope_kind", Choice("service", "provider"), default="service", required_on_create=True, immutable=True),
        Field("scope_value", Word(), required=True, immutable=True),
        Field("source", Choice("records", "metrics"), default="records"),
        Field(
            "metric_aggregation", Choice("additive", "gauge_fraction", "counter_rate", HISTOGRAM), default="additive"
        ),
        Field("total_query", Text(required=True), required=True),
        Field("bad_query", Text(), default=""),
        Field("threshold", Decimal()),
        Field("comparison", Choice("less_than", "greater_than")),
        Field("target_percent", Decimal(above=0, below=100), required=True),
        Field("rolling_window", _WINDOW, "rolling_window_seconds", "rolling_window", required=True),
        Field("environments", SetOf(Name()), default=[]),
        Field("alerts", Tiers(), default=Tiers().decode(None)),
    )
    read_only = ("project_id", "created_at", "updated_at", "created_by_name", "updated_by_name")
    runtime_fields = ("current_sli_percent", "budget_remaining_percent", "last_checked_at", "predicate_version")

    def load(self, wire: Wire) -> State:
        """Convert an answer. The query that an SLO may still have after a change to a histogram is ignored."""
        state = super().load(wire)
        return {**state, "bad_query": ""} if state["metric_aggregation"] == HISTOGRAM else state

    def with_defaults(self, wanted: State) -> State:
        given = wanted.get("alerts", {})
        alerts = {tier: assignments.with_defaults(given.get(tier, [])) for tier in TIERS}
        return {**super().with_defaults(wanted), "alerts": alerts}

    def names_used(self, wanted: State) -> list[tuple[Kind, str]]:
        return [used for tier in wanted.get("alerts", {}).values() for used in assignments.names_used(tier)]

    def references(self, state: State) -> list[Reference]:
        return [each for alert in state["alerts"].values() for each in assignments.references(alert["channels"])]

    def public(self, state: State, wanted: State) -> State:
        alerts = {
            tier: {**alert, "channels": assignments.public(alert["channels"])}
            for tier, alert in state["alerts"].items()
        }
        return {**state, "alerts": alerts}

    def resolve(self, wanted: State, current: State | None, lookup: Lookup) -> State:
        if "alerts" not in wanted:
            return wanted
        alerts = dict((current or self.load({"id": None}))["alerts"])
        for tier, given in wanted["alerts"].items():
            channels = assignments.resolve(given, alerts[tier]["channels"], lookup, f"alerts.{tier}.")
            alerts[tier] = {**alerts[tier], "channels": sorted(channels, key=lambda channel: str(channel["id"]))}
        return {**wanted, "alerts": alerts}

    def changes(self, wanted: State, current: State) -> State:
        """Return the changes. If the aggregation changes, options of the previous aggregation are removed."""
        try:
            changes = super().changes(wanted, current)
        except OptionError as error:
            advice = "create an SLO with another name, and remove this one when its error budget is no longer needed"
            raise OptionError(error.option, f"{error.problem}: {advice}") from None
        if "metric_aggregation" in changes:
            others = {"bad_query": ""} if changes["metric_aggregation"] == HISTOGRAM else dict.fromkeys(_OF_HISTOGRAMS)
            changes = {**{option: none for option, none in others.items() if current[option] != none}, **changes}
        return changes

    def check(self, changes: State, current: State | None) -> None:
        super().check(changes, current)
        if current is not None and not changes.keys() & {"metric_aggregation", "source", "bad_query", *_OF_HISTOGRAMS}:
            return
        state = {**self.with_defaults({}), **(current or {}), **changes}
        histogram, problems = state["metric_aggregation"] == HISTOGRAM, Problems()
        if histogram and state["source"] != "metrics":
            problems.add(OptionError("source", f"must be metrics for metric_aggregation={HISTOGRAM}"))
        for option in ("bad_query", *_OF_HISTOGRAMS):
            needed = histogram is (option != "bad_query")
            if needed is not bool(state[option]):
                verb = "required for" if needed else "mutually exclusive with"
                problems.add(OptionError(option, f"{verb} metric_aggregation={state['metric_aggregation']}"))
        problems.raise_any()

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        return self._applied(super().create(client, project_id, body), body, project_id, "POST")

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        answer = super().update(client, project_id, object_id, body)
        return self._applied(answer, body, project_id, self.update_method, object_id)

    def _applied(self, answer: Wire, body: Wire, project_id: str, method: str, object_id: str = "") -> Wire:
        """Return the answer. Raises LogfireError if it does not have the channels that were sent."""
        tiers = Tiers()
        sent = tiers.canonical(tiers.decode(body.get("alerts")))
        kept = tiers.canonical(self.read(answer, project_id, method, object_id)["alerts"])
        if any(sent[tier] != kept[tier] for tier in body.get("alerts", {})):
            problem = (
                f"the SLO is saved, but the channels of its alerts were not applied; that needs release {ALERTS_SINCE}"
            )
            path = self.path(project_id, object_id)
            error = LogfireError(f"{problem} of the service or later", method=method, path=path)
            error.changed, error.object_id = True, answer["id"]
            raise error
        return answer

    def create_body(self, state: State, wanted: State, project_name: str | None) -> Wire:
        return self._without_same(super().create_body(state, wanted, project_name), self.load({"id": None}))

    def update_body(self, changes: State, current: State, project_name: str | None) -> Wire:
        return self._without_same(super().update_body(changes, current, project_name), current)

    @staticmethod
    def _without_same(body: Wire, current: State) -> Wire:
        """Return a body without unchanged tiers, and without an empty query, which the API refuses."""
        before = Tiers().encode(current["alerts"])
        alerts = {tier: sent for tier, sent in body.pop("alerts", {}).items() if sent != before[tier]}
        return {
            **{member: value for member, value in body.items() if (member, value) != ("bad_query", "")},
            **({"alerts": alerts} if alerts else {}),
        }

    def describe(self, state: State) -> dict[str, Any]:
        channels = {tier: assignments.by_name(alert["channels"]) for tier, alert in state["alerts"].items()}
        alerts = {tier: assignments.describe(each) for tier, each in channels.items()}
        return {**super().describe(state), "bad_query": state["bad_query"] or None, "alerts": alerts}


SLO = Slo()
