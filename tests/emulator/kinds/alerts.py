# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts: limits of their durations, assignments of channels, the check of the query, what the last run brought."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from .. import text
from ..durations import too_rare, too_short, window_refused
from ..errors import InvalidError, refusal
from ..models.alerts import AlertChannelAssignment, AlertCreate, AlertUpdate
from ..ordering import arrange
from ..records import Alert, Assignment, Project
from ..settings import Settings
from ..store import Store
from . import channels
from .views import View, authored

#: Members of a body that go into the record as they are.
PLAIN = (
    "name",
    "description",
    "query",
    "time_window",
    "frequency",
    "watermark",
    "notify_when",
    "active",
    "environments",
)
#: Members that tell what made an alert, if no client of this API did.
ORIGIN = ("integration_id", "slo_id", "slo_bucket_tier", "slo_tier", "slo_tier_viable")


def create(store: Store, project: Project, body: AlertCreate) -> Alert:
    """A new alert. It is active unless the body says otherwise."""
    values = _kept(store, project, dict(body))
    _check_durations(store, body.time_window, body.frequency)
    assignments = _assignments(store, values) or []
    alert = Alert(
        id=store.ids.new(),
        created_at=store.clock.now(),
        created_by_name=store.settings.actor_name,
        channel_assignments=assignments,
        **{name: values[name] for name in _known(store) if name in values},
    )
    project.alerts[alert.id] = alert
    return alert


def update(store: Store, project: Project, alert: Alert, body: AlertUpdate) -> None:
    """Change what is given; assignments are replaced as a whole."""
    values = _kept(store, project, cast("Mapping[str, Any]", body), alert)
    _check_durations(
        store, values.get("time_window", alert.time_window), values.get("frequency", alert.frequency), set(values)
    )
    assignments = _assignments(store, values)
    for name in _known(store):
        if name in values:
            setattr(alert, name, values[name])
    if assignments is not None:
        alert.channel_assignments = assignments
    if values:
        store.touch(alert)


def delete(project: Project, alert: Alert) -> None:
    """The alert."""
    del project.alerts[alert.id]


def _kept(store: Store, project: Project, values: Mapping[str, Any], holder: Alert | None = None) -> dict[str, Any]:
    """Values as they are stored; whether a name has to be the only one of its kind in the project is open."""
    steps: dict[str, Callable[[Settings, Any], Any]]
    steps = {"name": text.name, "description": text.description, "query": text.query, "environments": text.names}
    kept = {name: steps[name](store.settings, value) if name in steps else value for name, value in values.items()}
    status = store.settings.duplicate_alert_status
    if status and any(each.name == kept.get("name") and each is not holder for each in project.alerts.values()):
        raise refusal(status, "name", "An alert with this name already exists", values["name"])
    return kept


def _known(store: Store) -> Iterable[str]:
    """Older releases know no environments, and drop them."""
    return [name for name in PLAIN if name != "environments" or store.settings.alert_environments]


def _check_durations(
    store: Store, window: timedelta, frequency: timedelta, given: Iterable[str] = ("time_window", "frequency")
) -> None:
    """Refuse the durations that a body asks for; what was stored before and is not touched passes."""
    if not {"time_window", "frequency"} & set(given):
        return
    settings = store.settings
    problems = (
        ("time_window", window, too_short(window)),
        ("frequency", frequency, too_short(frequency) or too_rare(frequency, settings.frequency_max)),
        ("time_window", window, window_refused(window, frequency, settings.window_limits)),
    )
    for member, value, problem in problems:
        if problem:
            raise InvalidError(member, problem, value)


def _assignments(store: Store, values: Mapping[str, Any]) -> list[Assignment] | None:
    """The assignments that a body asks for: the newer member wins over the legacy list of ids; neither: None.

    A channel that is given twice is refused, or kept once, with what was said of it last.
    """
    given: list[AlertChannelAssignment] | None = values.get("channel_assignments")
    ids: list[UUID] | None = values.get("channel_ids")
    if given is None and ids is not None:
        given = [AlertChannelAssignment(channel_id=channel_id) for channel_id in ids]
    if given is None:
        return None
    unknown, repeated = store.settings.unknown_channel_status, store.settings.repeated_channel_status
    for item in given:
        if item.channel_id not in store.state.channels:
            message = "Channel not found" if unknown == 404 else "there is no such channel"
            raise refusal(unknown, "channel_assignments", message, str(item.channel_id))
    found = {item.channel_id: item.schedule_id for item in given}
    if repeated and len(found) < len(given):
        raise refusal(
            repeated, "channel_assignments", "a channel is given twice", [str(item.channel_id) for item in given]
        )
    return [
        Assignment(channel_id=channel_id, schedule_id=schedule_id and text.identifier(store.settings, schedule_id))
        for channel_id, schedule_id in found.items()
    ]


def query_check(store: Store, query: str) -> View:
    """What came of trying the query."""
    status = next((status for text, status in store.settings.query_checks.items() if text in query), "ok")
    messages = {
        "ok": "The query ran.",
        "slow": "The query took long.",
        "timed_out": "The query ran out of time.",
        "not_checked": "The query was not tried.",
    }
    durations = {"ok": 12, "slow": 9000, "timed_out": 30000, "not_checked": None}
    return {
        "status": status,
        "message": messages[status],
        "duration_ms": durations[status],
        "timed_out": status == "timed_out",
    }


def arranged(store: Store, project: Project) -> list[Alert]:
    """Alerts in the server's order."""
    return arrange(project.alerts.values(), store.settings.list_order, lambda alert: alert.id)


def _suppression(store: Store, alert: Alert) -> View | None:
    if not alert.active:
        return {"evaluated": False, "reason": "paused", "until": None}
    if alert.snoozed_until is not None and alert.snoozed_until > store.clock.peek():
        return {"evaluated": True, "reason": "snoozed", "until": alert.snoozed_until}
    return None


def view(store: Store, project: Project, alert: Alert) -> View:
    """What every answer about an alert carries; channels are whole ones, masked."""
    order = store.settings.list_order
    assignments = arrange(alert.channel_assignments, order, lambda item: item.channel_id)
    shown = [item for item in assignments if item.channel_id in store.state.channels]
    return {
        **authored(alert),
        "organization_id": store.state.organization.id,
        "project_id": project.id,
        **{name: getattr(alert, name) for name in PLAIN},
        "description": alert.description or (None if store.settings.alert_empty_description == "null" else ""),
        "environments": arrange(alert.environments, order),
        "channels": [
            {**channels.view(store, store.state.channels[item.channel_id]), "schedule_id": item.schedule_id}
            for item in shown
        ],
        "channel_assignments": [item.model_dump() for item in shown],
        "snoozed_until": alert.snoozed_until,
        "suppression": _suppression(store, alert),
        **{name: getattr(alert, name) for name in ORIGIN},
    }


def run_view(store: Store, project: Project, alert: Alert) -> View:
    """The same with what the last run brought."""
    run = ("last_run", "has_matches", "has_errors", "fired", "result", "result_length")
    return {**view(store, project, alert), **{name: getattr(alert, name) for name in run}}
