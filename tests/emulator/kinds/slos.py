# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Service level objectives: a target, and three alerts that the service creates. Not in the published document.

Known: every change to the definition of an SLO increments ``predicate_version``; writes do not change omitted tiers;
the channels of a tier are those of its alert; the next update creates missing alerts of tiers. Stand-ins without a
setting: the number of each tier; all tiers are viable.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Body, Request, Security
from pydantic import BaseModel, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from .. import text
from ..answers import Answer, AnswerRoute
from ..durations import respell
from ..errors import InvalidError, refusal
from ..kind import Kind
from ..models import RATE_LIMITED, View, authored
from ..ordering import arrange
from ..records import Authored, Collection, Raw, taken
from ..security import StoreDep
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from ..store import Store
from . import channels
from .alerts import ALERTS, Alert
from .channels import AlertChannelAssignment, AlertChannelAssignmentRead
from .projects import PROJECTS, Project, parent_project

TIERS = {"fast": timedelta(hours=1), "medium": timedelta(hours=6), "slow": timedelta(days=3)}
HISTOGRAM = "histogram_threshold"


class Settings(SharedSettings):
    """Open questions about SLOs, and older releases."""

    duplicate_slo_status: Literal[400, 409, 422] = Field(
        default=409, description="status for a duplicate name (stand-in)"
    )
    slo_cleared_description: Literal["null", "empty"] = Field(
        default="null", description='representation of "" in responses'
    )
    slo_alerts: Literal["full", "read_only", "absent"] = Field(
        default="full",
        description="tiers in requests and responses; older releases ignored them in requests, or had none",
    )
    slo_deletion_keeps_alerts: bool = Field(
        default=False, description="whether a deletion keeps the alerts of the tiers (stand-in)"
    )
    slo_limit_status: Literal[402, 403, 422] | None = Field(
        default=None, description="status if the plan does not include SLOs; null: it does (stand-in)"
    )


# Stored data


class Slo(Authored):
    """An SLO. Its tiers are the alerts of the project that have its ID as ``slo_id``."""

    name: str
    scope_kind: str = "service"
    scope_value: str = "shop"
    description: str | None = None
    source: str = "records"
    metric_aggregation: str = "additive"
    total_query: str = "true"
    bad_query: str = "is_exception"
    threshold: Decimal | None = None
    comparison: str | None = None
    target_percent: Decimal = Decimal("99.9")
    rolling_window: timedelta = timedelta(days=30)
    environments: list[str] = Field(default_factory=list)
    predicate_version: int = 1


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    """Add the alerts of a seeded SLO unless they exist."""
    alerts = holder.setdefault("alerts", [])
    there_are = {alert.get("slo_id") for alert in alerts}
    if not {record["id"], str(record["id"])} & there_are:
        for number, tier in enumerate(TIERS, 1):
            identity = {"id": seeding.ids.new(), "created_at": record["created_at"], "slo_id": record["id"]}
            alerts.append({**identity, **_tier_members(record["name"], tier, number)})


SLOS = Collection("slos", Slo, "SLO not found", within=PROJECTS, complete=_complete)


# Bodies of requests and responses

Number = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
Text = Annotated[str, Field(min_length=1)]
Window = Annotated[int, Field(ge=3600, le=7776000)]
Source = Literal["records", "metrics"]
Aggregation = Literal["additive", "gauge_fraction", "counter_rate", "histogram_threshold"]
Comparison = Literal["less_than", "greater_than"]


class TierWrite(TypedDict, total=False):
    """The channels of a tier."""

    channel_assignments: list[AlertChannelAssignment]


@with_config(ConfigDict(extra="forbid"))
class TiersWrite(TypedDict, total=False):
    """The channels of tiers. Omitted tiers do not change."""

    fast: TierWrite
    medium: TierWrite
    slow: TierWrite


class SloUpdate(TypedDict, total=False):
    """A partial update."""

    name: Text
    description: str | None
    source: Source
    metric_aggregation: Aggregation
    total_query: str
    bad_query: Text
    threshold: Number | None
    comparison: Comparison | None
    target_percent: Number
    rolling_window_seconds: Window
    environments: list[str]
    alerts: TiersWrite


class SloCreate(SloUpdate, total=False):
    """A new SLO."""

    scope_kind: Literal["service", "provider"]
    scope_value: Text


NEEDED = ("scope_value", "name", "total_query", "target_percent", "rolling_window_seconds")


class TierRead(BaseModel):
    """A tier: its alert, and the channels of the alert."""

    alert_id: UUID | None
    severity: Literal["page", "ticket"]
    viable: bool
    channel_assignments: list[AlertChannelAssignmentRead]


class SloRead(BaseModel):
    """An SLO in responses."""

    id: UUID
    project_id: UUID
    scope_kind: str
    scope_value: str
    name: str
    description: str | None
    source: str
    metric_aggregation: str
    total_query: str
    bad_query: str
    threshold: str | None
    comparison: str | None
    target_percent: str
    rolling_window: timedelta
    environments: list[str]
    created_at: datetime
    updated_at: datetime | None
    created_by_name: str | None
    updated_by_name: str | None
    current_sli_percent: str | None = None
    budget_remaining_percent: str | None = None
    last_checked_at: datetime | None = None
    predicate_version: int
    alerts: dict[str, TierRead]


# Rules

SHAPING = ("source", "metric_aggregation", "total_query", "bad_query", "threshold", "comparison")


def create(store: Store, project: Project, body: SloCreate) -> Slo:
    """Create an SLO with its three alerts."""
    for name in NEEDED:
        if name not in body:
            raise InvalidError(name, "Field required", None)
    status = Settings.of(store.settings).slo_limit_status
    if status:
        raise refusal(status, "name", "Your plan has no SLOs", body["name"])
    values = _values(store, project, body, None)
    slo = store.add(SLOS, project, **values)
    _add_tiers(store, project, slo)
    _assign(store, project, slo, body)
    return slo


def update(store: Store, project: Project, slo: Slo, body: SloUpdate) -> None:
    """Change the members in the body."""
    for name, value in _values(store, project, body, slo).items():
        setattr(slo, name, value)
    if any(name in body for name in SHAPING):
        slo.predicate_version += 1
    _add_tiers(store, project, slo)
    _assign(store, project, slo, body)
    if body:
        store.touch(slo)


def delete(store: Store, project: Project, slo: Slo) -> None:
    """Delete an SLO, and its alerts unless a setting keeps them."""
    if not Settings.of(store.settings).slo_deletion_keeps_alerts:
        for alert in tiers(project, slo).values():
            del ALERTS.of(project)[alert.id]
    del SLOS.of(project)[slo.id]


def tiers(project: Project, slo: Slo) -> dict[str, Alert]:
    """Return the alerts of an SLO by tier."""
    numbers = dict(enumerate(TIERS, 1))
    alerts = [alert for alert in ALERTS.of(project).values() if alert.slo_id == slo.id]
    return {numbers[alert.slo_tier]: alert for alert in alerts if alert.slo_tier in numbers}


def _add_tiers(store: Store, project: Project, slo: Slo) -> None:
    """Add missing alerts of an SLO: older releases did not create one for every tier."""
    there_are = tiers(project, slo)
    for number, tier in enumerate(TIERS, 1):
        if tier not in there_are:
            store.add(ALERTS, project, slo_id=slo.id, **_tier_members(slo.name, tier, number))


def _tier_members(name: str, tier: str, number: int) -> Raw:
    made = {"name": f"{name} ({tier})", "time_window": TIERS[tier], "query": "SELECT 1"}
    return {**made, "slo_tier": number, "slo_bucket_tier": number, "slo_tier_viable": True}


def _values(store: Store, project: Project, body: SloUpdate, holder: Slo | None) -> dict[str, Any]:
    """Return the members of a body in the form in which they are stored, if the combination is valid."""
    values: dict[str, Any] = {name: value for name, value in body.items() if name in Slo.model_fields}
    if "name" in values:
        values["name"] = text.name(store.settings, values["name"])
        if taken(SLOS.of(project).values(), "name", values["name"], holder):
            status = Settings.of(store.settings).duplicate_slo_status
            raise refusal(status, "name", "An SLO with this name already exists", body["name"])
    if values.get("description"):
        values["description"] = text.description(store.settings, values["description"])
    if "environments" in values:
        values["environments"] = text.names(store.settings, values["environments"])
    if "rolling_window_seconds" in body:
        values["rolling_window"] = timedelta(seconds=body["rolling_window_seconds"])
    for name in ("target_percent", "threshold"):
        if values.get(name) is not None:
            values[name] = Decimal(values[name]).quantize(Decimal("0.0001"))
    if "target_percent" in values and not 0 < values["target_percent"] < 100:
        raise InvalidError("target_percent", "must be more than 0 and less than 100", body["target_percent"])
    return _fitting(values, holder)


def _fitting(values: dict[str, Any], holder: Slo | None) -> dict[str, Any]:
    """Check that histograms have a threshold, and everything else has a bad query."""

    def settled(name: str) -> Any:
        return values.get(name, getattr(holder, name) if holder else None)

    histogram = settled("metric_aggregation") == HISTOGRAM
    if histogram and settled("source") != "metrics":
        raise InvalidError("source", "a histogram needs metrics", settled("source"))
    if histogram and values.get("bad_query") is not None:
        raise InvalidError("bad_query", "a histogram has none", values["bad_query"])
    if not histogram and not settled("bad_query"):
        raise InvalidError("bad_query", "Field required", None)
    for name in ("threshold", "comparison"):
        if (settled(name) is not None) is not histogram:
            raise InvalidError(name, "is for histograms, which need it", str(settled(name)))
    if histogram and holder is None:
        values["bad_query"] = ""
    return values


def _assign(store: Store, project: Project, slo: Slo, body: SloUpdate) -> None:
    """Replace the channels of the tiers in the body."""
    if Settings.of(store.settings).slo_alerts == "full":
        alerts = tiers(project, slo)
        for tier, given in body.get("alerts", {}).items():
            assignments = cast(TierWrite, given).get("channel_assignments")
            if assignments is not None:
                alerts[tier].channel_assignments = channels.assignments(store, assignments)


def view(store: Store, project: Project, slo: Slo) -> View:
    """Return an SLO as in responses."""
    alerts = tiers(project, slo)
    empty = None if Settings.of(store.settings).slo_cleared_description == "null" else ""
    own = {name: getattr(slo, name) for name in Slo.model_fields}
    return {
        **own,
        **authored(slo),
        "project_id": project.id,
        "description": slo.description or empty,
        "threshold": None if slo.threshold is None else f"{slo.threshold:.4f}",
        "target_percent": f"{slo.target_percent:.4f}",
        "environments": arrange(slo.environments, store.settings.list_order),
        "alerts": {tier: _tier_view(store, tier, alerts.get(tier)) for tier in TIERS},
    }


def _tier_view(store: Store, tier: str, alert: Alert | None) -> View:
    assignments = channels.shown_assignments(store, alert) if alert else []
    return {
        "alert_id": alert and alert.id,
        "severity": "ticket" if tier == "slow" else "page",
        "viable": alert is None or alert.slo_tier_viable is not False,
        "channel_assignments": [item.model_dump() for item in assignments],
    }


# Routes


class SloRoute(AnswerRoute):
    """Responses of older releases, and other forms of the window."""

    @staticmethod
    def respell(settings: SharedSettings, request: Request, item: Answer) -> Answer:
        respelt = {**item, "rolling_window": respell(item["rolling_window"], settings.duration_form)}
        absent = Settings.of(settings).slo_alerts == "absent"
        return {name: value for name, value in respelt.items() if not (absent and name == "alerts")}


router = APIRouter(
    prefix="/v1/projects/{project_id}/slos", tags=["Projects", "SLOs"], responses=RATE_LIMITED, route_class=SloRoute
)

Readable = Annotated[Project, Security(parent_project, scopes=["project:read_alert"])]
Writable = Annotated[Project, Security(parent_project, scopes=["project:write_alert"])]


@router.get("/", response_model=list[SloRead])
async def list_slos(store: StoreDep, project: Readable) -> list[View]:
    """List the SLOs of a project."""
    return [view(store, project, slo) for slo in store.arranged(SLOS.of(project).values())]


@router.post("/", status_code=201, response_model=SloRead)
async def create_slo(store: StoreDep, project: Writable, body: Annotated[SloCreate, Body()]) -> View:
    """Create an SLO."""
    return view(store, project, create(store, project, body))


@router.get("/{slo_id}/", response_model=SloRead)
async def get_slo(store: StoreDep, project: Readable, slo_id: UUID) -> View:
    """Get an SLO."""
    return view(store, project, SLOS.find(project, slo_id))


@router.patch("/{slo_id}/", response_model=SloRead)
async def update_slo(store: StoreDep, project: Writable, slo_id: UUID, body: Annotated[SloUpdate, Body()]) -> View:
    """Update an SLO."""
    slo = SLOS.find(project, slo_id)
    update(store, project, slo, body)
    return view(store, project, slo)


@router.delete("/{slo_id}/", status_code=204)
async def delete_slo(store: StoreDep, project: Writable, slo_id: UUID) -> None:
    """Delete an SLO."""
    delete(store, project, SLOS.find(project, slo_id))


KIND = Kind(settings=Settings, collections=(SLOS,), routers=(router,))
