# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Delivery schedules. They are not in the published document. The source is the vendor's Terraform provider.

Known: there is no list; labels are not unique; responses have times with seconds; after the deletion of a schedule, its
channels are notified at all times.
"""

from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import available_timezones

from fastapi import APIRouter, Security
from pydantic import AfterValidator, BaseModel, Field
from typing_extensions import TypedDict

from .. import text
from ..answers import AnswerRoute
from ..errors import ApiError, InvalidError, refusal
from ..kind import Kind
from ..models import RATE_LIMITED, View
from ..records import Authored, Collection, Raw
from ..security import Caller, StoreDep, authenticate
from ..seeding import Seeding
from ..shared_settings import Refusal, SharedSettings
from ..store import Store


class Settings(SharedSettings):
    """Open questions about schedules."""

    schedule_list_status: Literal[404, 405] = Field(
        default=405, description="status of a request for the list (stand-in)"
    )
    schedule_days: Literal["kept", "sorted"] = Field(default="kept", description="order of days (stand-in)")
    schedule_overnight_status: Refusal = Field(
        default=None, description="status for a window that ends before it starts; null: accepted (stand-in)"
    )
    unknown_schedule_status: Literal[404, 422] | None = Field(
        default=None, description="status for the assignment of an unknown schedule; null: accepted (stand-in)"
    )


# Stored data


class Schedule(Authored):
    """A schedule. Its author is stored, as for all records, but not returned."""

    label: str
    timezone: str = "UTC"
    windows: list[dict[str, Any]]


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("windows", [{"days": [1, 2, 3, 4, 5], "start_time": "09:00:00", "end_time": "18:00:00"}])


SCHEDULES = Collection(
    "schedules", Schedule, "No schedule with that ID in this organization.", naming="label", complete=_complete
)


# Bodies of requests and responses


def _once(days: list[int]) -> list[int]:
    if len(set(days)) < len(days):
        raise ValueError("a day is given twice")
    return days


Day = Annotated[int, Field(ge=1, le=7)]
Time = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]


class ScheduleWindow(BaseModel):
    """A range of hours on some days. Monday is 1."""

    days: Annotated[list[Day], Field(min_length=1), AfterValidator(_once)]
    start_time: Time
    end_time: Time


Windows = Annotated[list[ScheduleWindow], Field(min_length=1)]
Label = Annotated[str, Field(min_length=1)]


class ScheduleCreate(BaseModel):
    """A new schedule."""

    label: Label
    timezone: str
    windows: Windows


class ScheduleUpdate(TypedDict, total=False):
    """A partial update. No member can be null."""

    label: Label
    timezone: str
    windows: Windows


# Rules


def _values(store: Store, given: Raw) -> Raw:
    """Return values in the form in which they are stored."""
    values = dict(given)
    if "label" in values:
        values["label"] = text.name(store.settings, values["label"])
    if "timezone" in values and values["timezone"] not in available_timezones():
        raise InvalidError("timezone", "not a time zone", values["timezone"])
    if "windows" in values:
        values["windows"] = [_window(store, window) for window in values["windows"]]
    return values


def _window(store: Store, window: ScheduleWindow) -> Raw:
    settings = Settings.of(store.settings)
    start, end = (f"{time}:00" if time.count(":") == 1 else time for time in (window.start_time, window.end_time))
    if settings.schedule_overnight_status and end < start:
        raise refusal(settings.schedule_overnight_status, "windows", "a window ends before it starts", [start, end])
    days = sorted(window.days) if settings.schedule_days == "sorted" else window.days
    return {"days": days, "start_time": start, "end_time": end}


def delete(store: Store, schedule: Schedule) -> None:
    """Delete a schedule, and remove it from all assignments."""
    del SCHEDULES.of(store.state)[schedule.id]
    for record in store.records():
        for assignment in getattr(record, "channel_assignments", ()):
            if assignment.schedule_id is not None and UUID(assignment.schedule_id) == schedule.id:
                assignment.schedule_id = None


def check_known(store: Store, schedule_id: str) -> None:
    """Reject an unknown schedule if a setting requires it."""
    status = Settings.of(store.settings).unknown_schedule_status
    if status and UUID(schedule_id) not in SCHEDULES.of(store.state):
        raise refusal(status, "channel_assignments", SCHEDULES.missing, schedule_id)


def view(store: Store, schedule: Schedule) -> View:
    """Return a schedule as in responses."""
    return {
        "id": schedule.id,
        "organization_id": store.state.organization.id,
        "label": schedule.label,
        "timezone": schedule.timezone,
        "windows": schedule.windows,
        "created_at": schedule.created_at,
        "updated_at": schedule.updated_at,
    }


# Routes


class ScheduleRoute(AnswerRoute):
    """Responses with members that the service defines."""

    named = ("windows",)


router = APIRouter(prefix="/v1/schedules", tags=["Schedules"], responses=RATE_LIMITED, route_class=ScheduleRoute)

CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:read_channel"])]
CanWrite = Annotated[Caller, Security(authenticate, scopes=["organization:write_channel"])]


@router.get("/", include_in_schema=False)
async def list_schedules(store: StoreDep, caller: CanRead) -> None:
    """Reject the request: there is no list."""
    status = Settings.of(store.settings).schedule_list_status
    raise ApiError(status, "Not Found" if status == 404 else "Method Not Allowed")


@router.post("/", status_code=201)
async def create_schedule(store: StoreDep, caller: CanWrite, body: ScheduleCreate) -> View:
    """Create a schedule."""
    return view(store, store.add(SCHEDULES, store.state, **_values(store, dict(body))))


@router.get("/{schedule_id}/")
async def get_schedule(store: StoreDep, caller: CanRead, schedule_id: UUID) -> View:
    """Get a schedule."""
    return view(store, SCHEDULES.find(store.state, schedule_id))


@router.put("/{schedule_id}/")
async def update_schedule(store: StoreDep, caller: CanWrite, schedule_id: UUID, body: ScheduleUpdate) -> View:
    """Update a schedule."""
    schedule = SCHEDULES.find(store.state, schedule_id)
    values = _values(store, dict(body))
    for name, value in values.items():
        setattr(schedule, name, value)
    if values:
        store.touch(schedule)
    return view(store, schedule)


@router.delete("/{schedule_id}/", status_code=204)
async def delete_schedule(store: StoreDep, caller: CanWrite, schedule_id: UUID) -> None:
    """Delete a schedule."""
    delete(store, SCHEDULES.find(store.state, schedule_id))


KIND = Kind(settings=Settings, collections=(SCHEDULES,), routers=(router,))
