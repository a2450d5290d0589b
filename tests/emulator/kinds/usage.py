# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage and billing: the amount of telemetry by day, month and project. The usage of each project comes from seeds.

Known: the limit of the routes by day is three months, or ninety days for the route by project, which is paginated.
Stand-ins without a setting: prices, and the length of a billing period, which is a month.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Security
from pydantic import BaseModel, Field

from ..answers import AnswerRoute
from ..errors import refusal
from ..kind import Kind
from ..models import RATE_LIMITED, View
from ..records import Collection, Record
from ..security import Caller, StoreDep, authenticate
from ..shared_settings import SharedSettings
from ..store import Store
from .projects import PROJECTS, Project, own_project


class Settings(SharedSettings):
    """Open questions about usage."""

    usage_end_included: bool = Field(default=True, description="whether a range includes its last day (stand-in)")
    usage_month_date: Literal["first", "last"] = Field(
        default="first", description="day that represents a month (stand-in)"
    )
    usage_empty_days: bool = Field(
        default=False, description="whether days and months without usage have a row (stand-in)"
    )
    usage_range_status: Literal[400, 422] = Field(
        default=422, description="status for a range that is too long (stand-in)"
    )


# Stored data


class Usage(Record):
    """The usage of a project on a day."""

    date: date
    records_count: int = 0
    metrics_count: int = 0


USAGE = Collection("usage", Usage, "No usage", within=PROJECTS, naming="date")


# Responses


class UsageRowV1(BaseModel):
    """The usage on a day or in a month."""

    date: date
    records_count: int
    metrics_count: int
    total_observations: int


class ProjectUsageRowV1(UsageRowV1):
    """The usage of a project on a day or in a month."""

    project_id: UUID
    project_name: str


class Range(BaseModel):
    """The range in the request."""

    start_date: date
    end_date: date


class Totals(Range):
    """The totals of all rows."""

    total_records_count: int
    total_metrics_count: int
    total_observations: int


class UsageResponseV1(Totals):
    """The usage of one project, or the total of all."""

    usage: list[UsageRowV1]


class ProjectsUsageResponseV1(Totals):
    """The usage of each project."""

    usage: list[ProjectUsageRowV1]


class PaginatedProjectsUsageResponseV1(Range):
    """A page of the usage of each project."""

    total: int
    usage: list[ProjectUsageRowV1]


class BillingPeriod(BaseModel):
    """A month that begins on the anchor day."""

    start: date
    end: date
    anchor_day: int


class UsageBreakdown(BaseModel):
    """Usage by type of telemetry."""

    spans: int
    metrics: int


class ProjectUsage(BaseModel):
    """Usage by project."""

    project_name: str
    project_id: UUID
    observations: int


class UsageSummary(BaseModel):
    """Usage of a billing period."""

    total_observations: int
    breakdown: UsageBreakdown
    included_observations: int
    billable_observations: int
    project_breakdown: list[ProjectUsage]


class CostSummary(BaseModel):
    """The costs of a billing period."""

    currency: str
    price_per_million_observations: float
    included_observations_value: float
    usage_cost: float
    discount: float
    total_cost: float


class BillingUsageResponse(BaseModel):
    """A billing period."""

    organization: str
    billing_period: BillingPeriod
    plan: str
    usage: UsageSummary
    cost: CostSummary


# Rules

Days = tuple[date, date]
INCLUDED, PRICE = 10_000_000, 2.0


def months_later(day: date, months: int) -> date:
    """Return the same day of another month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return min(end, date(year, month + 1, day.day)) if day.day <= end.day else end


def rows(store: Store, projects: Iterable[Project], days: Days, *, monthly: bool = False) -> list[View]:
    """Return the total usage of some projects, with dates in the order of the server."""
    settings = Settings.of(store.settings)
    start, end = days[0], days[1] + timedelta(days=settings.usage_end_included)
    counts: dict[date, list[int]] = {}
    if settings.usage_empty_days:
        all_days = (start + timedelta(days=number) for number in range((end - start).days))
        counts = {row_date(settings, day, monthly=monthly): [0, 0] for day in all_days}
    for each in (each for project in projects for each in USAGE.of(project).values()):
        of = counts.setdefault(row_date(settings, each.date, monthly=monthly), [0, 0])
        of[:] = of[0] + each.records_count, of[1] + each.metrics_count
    return [_row(day, *counts[day]) for day in sorted(counts, reverse=True) if start <= day < end]


def row_date(settings: Settings, day: date, *, monthly: bool) -> date:
    """Return the date of the row that includes a day."""
    if not monthly:
        return day
    first = day.replace(day=1)
    return first if settings.usage_month_date == "first" else months_later(first, 1) - timedelta(days=1)


def _row(day: date, records: int, metrics: int) -> View:
    return {"date": day, "records_count": records, "metrics_count": metrics, "total_observations": records + metrics}


def by_project(store: Store, days: Days, *, monthly: bool = False) -> list[View]:
    """Return the usage of each project."""
    return [
        {**row, "project_id": project.id, "project_name": project.project_name}
        for project in PROJECTS.of(store.state).values()
        for row in rows(store, [project], days, monthly=monthly)
    ]


def report(days: Days, found: list[View]) -> View:
    """Return rows with their totals."""
    counts = ("records_count", "metrics_count", "total_observations")
    totals = {f"total_{name.removeprefix('total_')}": sum(row[name] for row in found) for name in counts}
    return {"start_date": days[0], "end_date": days[1], **totals, "usage": found}


def check_length(store: Store, days: Days, last: date) -> None:
    """Reject a range that ends after ``last``."""
    if days[1] > last:
        status = Settings.of(store.settings).usage_range_status
        raise refusal(status, "end_date", "The range is too long", str(days[1]))


# Routes

Count = Annotated[int, Query(ge=1, le=200)]


async def three_months(store: StoreDep, start_date: date, end_date: date) -> Days:
    """Return a range of days of at most three months."""
    check_length(store, (start_date, end_date), months_later(start_date, 3))
    return start_date, end_date


async def ninety_days(store: StoreDep, start_date: date, end_date: date) -> Days:
    """Return a range of days of at most ninety days."""
    check_length(store, (start_date, end_date), start_date + timedelta(days=90))
    return start_date, end_date


async def any_range(start_date: date, end_date: date) -> Days:
    """Return a range of months."""
    return start_date, end_date


class UsageRoute(AnswerRoute):
    """Responses whose rows have members that the service defines."""

    named = ("usage",)


router = APIRouter(prefix="/v1/usage", tags=["Usage"], responses=RATE_LIMITED, route_class=UsageRoute)
billing = APIRouter(prefix="/v1/billing", tags=["Billing"], responses=RATE_LIMITED, route_class=AnswerRoute)

CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:payment"])]
Readable = Annotated[Project, Depends(own_project)]
ThreeMonths = Annotated[Days, Depends(three_months)]
NinetyDays = Annotated[Days, Depends(ninety_days)]
AnyRange = Annotated[Days, Depends(any_range)]


def _everything(store: Store) -> list[Any]:
    return list(PROJECTS.of(store.state).values())


@router.get("/daily/", response_model=UsageResponseV1)
async def get_organization_daily_usage(store: StoreDep, caller: CanRead, days: ThreeMonths) -> View:
    """Get the total usage of all projects by day."""
    return report(days, rows(store, _everything(store), days))


@router.get("/monthly/", response_model=UsageResponseV1)
async def get_organization_monthly_usage(store: StoreDep, caller: CanRead, days: AnyRange) -> View:
    """Get the total usage of all projects by month."""
    return report(days, rows(store, _everything(store), days, monthly=True))


@router.get("/projects/daily/", response_model=PaginatedProjectsUsageResponseV1)
async def get_all_projects_daily_usage(
    store: StoreDep,
    caller: CanRead,
    days: NinetyDays,
    limit: Count = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> View:
    """Get a page of the usage of each project by day."""
    found = by_project(store, days)
    page = found[offset : offset + limit]
    return {"start_date": days[0], "end_date": days[1], "total": len(found), "usage": page}


@router.get("/projects/monthly/", response_model=ProjectsUsageResponseV1)
async def get_all_projects_monthly_usage(store: StoreDep, caller: CanRead, days: AnyRange) -> View:
    """Get the usage of each project by month."""
    return report(days, by_project(store, days, monthly=True))


@router.get("/projects/{project_id}/daily/", response_model=UsageResponseV1)
async def get_project_daily_usage(store: StoreDep, caller: CanRead, project: Readable, days: ThreeMonths) -> View:
    """Get the usage of a project by day."""
    return report(days, rows(store, [project], days))


@router.get("/projects/{project_id}/monthly/", response_model=UsageResponseV1)
async def get_project_monthly_usage(store: StoreDep, caller: CanRead, project: Readable, days: AnyRange) -> View:
    """Get the usage of a project by month."""
    return report(days, rows(store, [project], days, monthly=True))


@billing.get("/usage/", response_model=BillingUsageResponse)
async def get_billing_usage(
    store: StoreDep, caller: CanRead, period_offset: Annotated[int, Query(alias="periodOffset", ge=-2, le=0)] = 0
) -> View:
    """Get the usage of the current billing period, or an earlier one."""
    start = months_later(store.clock.now().date().replace(day=1), period_offset)
    end = months_later(start, 1)
    used = [
        (project, [each for each in USAGE.of(project).values() if start <= each.date < end])
        for project in _everything(store)
    ]
    spans, metrics = (
        sum(getattr(each, name) for _project, days in used for each in days)
        for name in ("records_count", "metrics_count")
    )
    billable = max(0, spans + metrics - INCLUDED)
    cost = billable / 1_000_000 * PRICE
    return {
        "organization": store.state.organization.name,
        "plan": "enterprise_cloud",
        "billing_period": {"start": start, "end": end, "anchor_day": 1},
        "usage": {
            "total_observations": spans + metrics,
            "breakdown": {"spans": spans, "metrics": metrics},
            "included_observations": INCLUDED,
            "billable_observations": billable,
            "project_breakdown": [
                {
                    "project_id": project.id,
                    "project_name": project.project_name,
                    "observations": sum(each.records_count + each.metrics_count for each in days),
                }
                for project, days in used
            ],
        },
        "cost": {
            "currency": "USD",
            "price_per_million_observations": PRICE,
            "included_observations_value": INCLUDED / 1_000_000 * PRICE,
            "usage_cost": cost,
            "discount": 0.0,
            "total_cost": cost,
        },
    }


KIND = Kind(settings=Settings, collections=(USAGE,), routers=(router, billing))
