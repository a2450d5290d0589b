# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from ..text import GivenId
from .channels import ChannelRead
from .common import FirstChoiceDocumented, JSONBData

NotifyWhen = Literal["has_matches", "has_matches_changed", "matches_changed", "starts_having_matches"]


#: Answers may carry one of a release to come, which was seeded.
NotifyWhenRead = Annotated[NotifyWhen | str, FirstChoiceDocumented()]


class AlertChannelAssignment(BaseModel):
    """A channel that an alert notifies, at all times or by a delivery schedule."""

    channel_id: UUID
    schedule_id: GivenId | None = None


class AlertChannelAssignmentRead(BaseModel):
    """The same in answers: both members are always there."""

    channel_id: UUID
    schedule_id: GivenId | None


class AlertChannelRead(ChannelRead):
    """A channel inside an alert."""

    schedule_id: GivenId | None


class AlertCreate(BaseModel):
    """A new alert. The description is a string, if an empty one, and the watermark has no default."""

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
    """A partial update: what is left out stays, and null is refused but for the legacy ``channel_ids``."""

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
    """The service tries a query when it is saved, and tells how that went."""

    status: Literal["ok", "slow", "timed_out", "not_checked"]
    message: str
    duration_ms: int | None
    timed_out: bool


class Suppression(BaseModel):
    """Why an alert notifies nobody now."""

    evaluated: bool
    reason: Literal["paused", "snoozed", "target_too_low"]
    until: datetime | None


class AlertBase(BaseModel):
    """What every answer about an alert carries."""

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
    """The answer to a create and an update."""

    query_check: QueryCheck | None


class AlertWithLastRun(AlertBase):
    """An alert in the list and by its id."""

    last_run: datetime | None
    has_matches: bool | None
    has_errors: bool | None
    fired: bool | None
    result: JSONBData
    result_length: int | None
