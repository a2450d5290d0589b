# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts: limits of durations, assignments of channels, the check of the query, the results of the last run.

Stand-in without a setting: an alert of an SLO or integration can be changed and deleted like any other.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Body, Request, Security
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from .. import text
from ..answers import Answer, AnswerRoute
from ..durations import respell, spell
from ..errors import InvalidError, refusal
from ..kind import Kind
from ..models import RATE_LIMITED, FirstChoiceDocumented, JSONBData, View, authored
from ..ordering import arrange
from ..records import Collection, Raw, taken
from ..security import StoreDep
from ..seeding import Seeding
from ..shared_settings import Refusal, SharedSettings
from ..store import Store
from ..text import GivenId
from . import channels
from .channels import (
    CHANNELS,
    AlertChannelAssignment,
    AlertChannelAssignmentRead,
    Assignment,
    ChannelRead,
    Notifier,
)
from .projects import PROJECTS, Project, parent_project

#: Members of a body that are stored unchanged.
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
#: Members that identify the integration or SLO that an alert belongs to.
ORIGIN = ("integration_id", "slo_id", "slo_bucket_tier", "slo_tier", "slo_tier_viable")
DURATIONS = ("time_window", "frequency", "watermark")

QueryCheckStatus = Literal["ok", "slow", "timed_out", "not_checked"]


class WindowLimit(BaseModel):
    """The shortest interval between evaluations, for time windows up to this one."""

    model_config = ConfigDict(extra="forbid")

    time_window: timedelta
    frequency: timedelta


def _default_window_limits() -> list[WindowLimit]:
    return [
        WindowLimit(time_window=timedelta(days=1), frequency=timedelta(minutes=1)),
        WindowLimit(time_window=timedelta(days=7), frequency=timedelta(hours=1)),
        WindowLimit(time_window=timedelta(days=30), frequency=timedelta(days=1)),
    ]


def _default_query_checks() -> dict[str, QueryCheckStatus]:
    return {"/* slow */": "slow", "/* timed_out */": "timed_out", "/* not_checked */": "not_checked"}


class Settings(SharedSettings):
    """Open questions about alerts, and older releases."""

    alert_environments: bool = Field(default=True, description="older releases: false")
    alert_channel_assignments: bool = Field(default=True, description="in responses; older releases: false")
    alert_create_channels: Literal["full", "empty", "absent"] = Field(
        default="full", description="member channels in the response to a POST of an alert; older releases: absent"
    )
    alert_status_members: bool = Field(
        default=True, description="fired, snoozed_until, suppression, query_check; older releases: false"
    )
    window_limits: list[WindowLimit] = Field(
        default_factory=_default_window_limits,
        description="shortest interval between evaluations for time windows (stand-in)",
    )
    frequency_max: timedelta | None = Field(
        default=timedelta(days=1), description="longest interval between evaluations; null: no limit (stand-in)"
    )
    duplicate_alert_status: Refusal = Field(
        default=None, description="status for a duplicate name; null: accepted (stand-in)"
    )
    alert_origin_members: Literal["set", "always"] = Field(
        default="set", description="integration_id and slo_* are present only if not null, or always (stand-in)"
    )
    slo_tier_alerts: Literal["listed", "hidden"] = Field(
        default="listed", description="whether the list of alerts contains those of SLOs (stand-in)"
    )
    alert_empty_description: Literal["empty", "null"] = Field(
        default="empty", description='representation of "" in responses (stand-in)'
    )
    query_checks: dict[str, QueryCheckStatus] = Field(
        default_factory=_default_query_checks, description="text in a query -> status of its query_check"
    )


# Stored data


class Alert(Notifier):
    """An alert, the results of its last run, and the integration or SLO that it belongs to, if any."""

    name: str
    description: str = ""
    query: str = "SELECT 1"
    time_window: timedelta = timedelta(minutes=5)
    frequency: timedelta = timedelta(minutes=5)
    watermark: timedelta = timedelta(seconds=10)
    notify_when: str = "has_matches"
    active: bool = True
    environments: list[str] = Field(default_factory=list)
    last_run: datetime | None = None
    has_matches: bool | None = None
    has_errors: bool | None = None
    fired: bool | None = None
    result: Any = None
    result_length: int | None = None
    snoozed_until: datetime | None = None
    integration_id: str | None = None
    slo_id: UUID | None = None
    slo_bucket_tier: int | None = None
    slo_tier: int | None = None
    slo_tier_viable: bool | None = None


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    if record.get("channels") is not None:
        ids = [seeding.id_of(CHANNELS, name) for name in record["channels"]]
        record["channel_assignments"] = [{"channel_id": channel_id} for channel_id in ids]
    record.pop("channels", None)


ALERTS = Collection("alerts", Alert, "Alert not found", within=PROJECTS, complete=_complete)


# Bodies of requests and responses

NotifyWhen = Literal["has_matches", "has_matches_changed", "matches_changed", "starts_having_matches"]


#: Responses can contain a value of a future release, from a seed.
NotifyWhenRead = Annotated[NotifyWhen | str, FirstChoiceDocumented()]


class AlertChannelRead(ChannelRead):
    """A channel inside an alert."""

    schedule_id: GivenId | None


class AlertCreate(BaseModel):
    """A new alert. The description is required, and may be empty. The watermark has no default."""

    name: str
    description: str
    query: str
    time_window: timedelta
    frequency: timedelta
    watermark: timedelta
    active: bool = True
    environments: Annotated[list[str], Field(default_factory=list)]
    channel_ids: list[UUID] | None = None
    channel_assignments: list[AlertChannelAssignment] | None = None
    notify_when: NotifyWhen


class AlertUpdate(TypedDict, total=False):
    """A partial update: omitted members keep their values. Only the legacy ``channel_ids`` can be null."""

    name: str
    description: str
    time_window: timedelta
    frequency: timedelta
    watermark: timedelta
    active: bool
    query: str
    environments: list[str]
    channel_ids: list[UUID] | None
    channel_assignments: list[AlertChannelAssignment]
    notify_when: NotifyWhen


class QueryCheck(BaseModel):
    """The result of the check of a query, which the service runs when the query is saved."""

    status: Literal["ok", "slow", "timed_out", "not_checked"]
    message: str
    duration_ms: int | None
    timed_out: bool


class Suppression(BaseModel):
    """Why an alert currently sends no notifications."""

    evaluated: bool
    reason: Literal["paused", "snoozed", "target_too_low"]
    until: datetime | None


class AlertBase(BaseModel):
    """The members of an alert in all responses."""

    id: UUID
    organization_id: UUID
    project_id: UUID
    created_at: datetime
    updated_at: datetime | None
    created_by_name: str | None
    updated_by_name: str | None
    name: str
    description: str | None
    query: str
    time_window: timedelta
    frequency: timedelta
    watermark: timedelta
    environments: list[str]
    channels: list[AlertChannelRead]
    channel_assignments: list[AlertChannelAssignmentRead]
    notify_when: NotifyWhenRead
    active: bool
    snoozed_until: datetime | None
    suppression: Suppression | None
    integration_id: str | None = None
    slo_id: UUID | None = None
    slo_bucket_tier: int | None = None
    slo_tier: int | None = None
    slo_tier_viable: bool | None = None


class AlertRead(AlertBase):
    """An alert in responses to a creation and an update."""

    query_check: QueryCheck | None


class AlertWithLastRun(AlertBase):
    """An alert in the list, and by its ID."""

    last_run: datetime | None
    has_matches: bool | None
    has_errors: bool | None
    fired: bool | None
    result: JSONBData
    result_length: int | None


# Rules

MINIMUM = timedelta(minutes=1)


def create(store: Store, project: Project, body: AlertCreate) -> Alert:
    """Create an alert, which is active by default."""
    values = _kept(store, project, dict(body))
    _check_durations(store, body.time_window, body.frequency)
    assignments = _assignments(store, values) or []
    known = {name: values[name] for name in _known(store) if name in values}
    return store.add(ALERTS, project, channel_assignments=assignments, **known)


def update(store: Store, project: Project, alert: Alert, body: AlertUpdate) -> None:
    """Change the members in the body. Assignments are replaced as a whole."""
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


def _kept(store: Store, project: Project, values: Mapping[str, Any], holder: Alert | None = None) -> dict[str, Any]:
    """Return the values to store. Whether names must be unique in the project is a setting."""
    steps: dict[str, Callable[[SharedSettings, Any], Any]]
    steps = {"name": text.name, "description": text.description, "query": text.query, "environments": text.names}
    kept = {name: steps[name](store.settings, value) if name in steps else value for name, value in values.items()}
    status = Settings.of(store.settings).duplicate_alert_status
    if status and taken(ALERTS.of(project).values(), "name", kept.get("name"), holder):
        raise refusal(status, "name", "An alert with this name already exists", values["name"])
    return kept


def _known(store: Store) -> Iterable[str]:
    """Return the members to store: older releases drop environments."""
    return [name for name in PLAIN if name != "environments" or Settings.of(store.settings).alert_environments]


def _check_durations(
    store: Store, window: timedelta, frequency: timedelta, given: Iterable[str] = ("time_window", "frequency")
) -> None:
    """Reject invalid durations in a body. Stored durations that do not change are not checked."""
    if not {"time_window", "frequency"} & set(given):
        return
    settings = Settings.of(store.settings)
    problems = (
        ("time_window", window, _too_short(window)),
        ("frequency", frequency, _too_short(frequency) or _too_rare(frequency, settings.frequency_max)),
        ("time_window", window, _window_refused(window, frequency, settings.window_limits)),
    )
    for member, value, problem in problems:
        if problem:
            raise InvalidError(member, problem, value)


def _too_short(value: timedelta) -> str | None:
    """Return what is wrong with a window or frequency: the service requires at least a minute."""
    return None if value >= MINIMUM else "must be at least one minute"


def _too_rare(frequency: timedelta, longest: timedelta | None) -> str | None:
    """Return what is wrong with a frequency. The longest preset is a day. Whether that is enforced is not known."""
    return None if longest is None or frequency <= longest else f"must be at most {spell(longest)}"


def _window_refused(time_window: timedelta, frequency: timedelta, limits: list[WindowLimit]) -> str | None:
    """Return what is wrong with a window: 30 days require a frequency of a day. The other limits are stand-ins."""
    if not limits:
        return None
    for limit in sorted(limits, key=lambda item: item.time_window):
        if time_window <= limit.time_window:
            if frequency >= limit.frequency:
                return None
            return f"a window of {spell(time_window)} needs a frequency of {spell(limit.frequency)} or longer"
    return f"must be at most {spell(max(limit.time_window for limit in limits))}"


def _assignments(store: Store, values: Mapping[str, Any]) -> list[Assignment] | None:
    """Return the assignments in a body, or None. The newer member takes precedence over the legacy list of IDs."""
    given: list[AlertChannelAssignment] | None = values.get("channel_assignments")
    ids: list[UUID] | None = values.get("channel_ids")
    if given is None and ids is not None:
        given = [AlertChannelAssignment(channel_id=channel_id) for channel_id in ids]
    return None if given is None else channels.assignments(store, given)


def query_check(store: Store, query: str) -> View:
    """Return the result of checking the query."""
    status = next((status for part, status in Settings.of(store.settings).query_checks.items() if part in query), "ok")
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


def _suppression(store: Store, alert: Alert) -> View | None:
    if not alert.active:
        return {"evaluated": False, "reason": "paused", "until": None}
    if alert.snoozed_until is not None and alert.snoozed_until > store.clock.peek():
        return {"evaluated": True, "reason": "snoozed", "until": alert.snoozed_until}
    return None


def view(store: Store, project: Project, alert: Alert) -> View:
    """Return the members of an alert in all responses, with complete, masked channels."""
    shown = channels.shown_assignments(store, alert)
    empty = None if Settings.of(store.settings).alert_empty_description == "null" else ""
    return {
        **authored(alert),
        "organization_id": store.state.organization.id,
        "project_id": project.id,
        **{name: getattr(alert, name) for name in PLAIN},
        "description": alert.description or empty,
        "environments": arrange(alert.environments, store.settings.list_order),
        "channels": [
            {**channels.view(store, CHANNELS.find(store.state, item.channel_id)), "schedule_id": item.schedule_id}
            for item in shown
        ],
        "channel_assignments": [item.model_dump() for item in shown],
        "snoozed_until": alert.snoozed_until,
        "suppression": _suppression(store, alert),
        **{name: getattr(alert, name) for name in ORIGIN},
    }


def run_view(store: Store, project: Project, alert: Alert) -> View:
    """Return the same with the results of the last run."""
    run = ("last_run", "has_matches", "has_errors", "fired", "result", "result_length")
    return {**view(store, project, alert), **{name: getattr(alert, name) for name in run}}


# Routes


class AlertRoute(AnswerRoute):
    """Responses of older releases, and other forms of durations and null values."""

    named = ("channels", "channel_assignments", "config", "query_check", "suppression")

    @staticmethod
    def respell(settings: SharedSettings, request: Request, item: Answer) -> Answer:
        own = Settings.of(settings)
        respelt = {
            name: respell(value, own.duration_form) if name in DURATIONS else value for name, value in item.items()
        }
        absent = {name for name in ORIGIN if own.alert_origin_members == "set" and item.get(name) is None}
        if not own.alert_environments:
            absent.add("environments")
        if not own.alert_channel_assignments:
            absent.add("channel_assignments")
        if not own.alert_status_members:
            absent |= {"fired", "snoozed_until", "suppression", "query_check"}
        if request.method == "POST" and own.alert_create_channels == "absent":
            absent.add("channels")
        if request.method == "POST" and own.alert_create_channels == "empty":
            respelt["channels"] = []
        return {name: value for name, value in respelt.items() if name not in absent}


router = APIRouter(
    prefix="/v1/projects/{project_id}/alerts",
    tags=["Projects", "Alerts"],
    responses=RATE_LIMITED,
    route_class=AlertRoute,
)

Readable = Annotated[Project, Security(parent_project, scopes=["project:read_alert"])]
Writable = Annotated[Project, Security(parent_project, scopes=["project:write_alert"])]


@router.get("/", response_model=list[AlertWithLastRun])
async def list_alerts(store: StoreDep, project: Readable) -> list[View]:
    """List the alerts of a project."""
    hidden = Settings.of(store.settings).slo_tier_alerts == "hidden"
    shown = [alert for alert in ALERTS.of(project).values() if not (hidden and alert.slo_id is not None)]
    return [run_view(store, project, alert) for alert in store.arranged(shown)]


@router.post("/", status_code=201, response_model=AlertRead)
async def create_alert(store: StoreDep, project: Writable, body: AlertCreate) -> View:
    """Create an alert."""
    alert = create(store, project, body)
    return {**view(store, project, alert), "query_check": query_check(store, alert.query)}


@router.get("/{alert_id}/", response_model=AlertWithLastRun)
async def get_alert(store: StoreDep, project: Readable, alert_id: UUID) -> View:
    """Get an alert."""
    return run_view(store, project, ALERTS.find(project, alert_id))


@router.put("/{alert_id}/", response_model=AlertRead)
async def update_alert(
    store: StoreDep, project: Writable, alert_id: UUID, body: Annotated[AlertUpdate, Body()]
) -> View:
    """Update an alert. A query that does not change is not checked again."""
    alert = ALERTS.find(project, alert_id)
    update(store, project, alert, body)
    check = query_check(store, alert.query) if "query" in body else None
    return {**view(store, project, alert), "query_check": check}


@router.delete("/{alert_id}/", status_code=204)
async def delete_alert(store: StoreDep, project: Writable, alert_id: UUID) -> None:
    """Delete an alert."""
    ALERTS.find(project, alert_id)
    del ALERTS.of(project)[alert_id]


KIND = Kind(settings=Settings, collections=(ALERTS,), routers=(router,))
