# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state: what the emulator stores, secrets in clear. Its JSON form is what ``/_emulator/state`` shows and takes.

Values that only requests restrict are open here, so that those of a release to come can be seeded.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from .text import GivenId

T = TypeVar("T")


def _by_id(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    keyed = {item["id"] if isinstance(item, dict) else item.id: item for item in value}
    if len(keyed) != len(value):
        raise ValueError("two objects have the same id")
    return keyed


def _as_list(value: dict[UUID, T]) -> list[T]:
    return list(value.values())


#: A list in JSON, found by id in Python, in order of insertion.
Keyed = Annotated[dict[UUID, T], BeforeValidator(_by_id), PlainSerializer(_as_list)]


class Record(BaseModel):
    """Something with an id. Unknown members are refused: a misspelt seed should not pass for a state."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    created_at: datetime


class Authored(Record):
    """A record that tells who made and who changed it; ``updated_at`` is null until the first change."""

    updated_at: datetime | None = None
    created_by_name: str | None = None
    updated_by_name: str | None = None


class Token(Record):
    """A write token or a read token."""

    token: str
    description: str | None = "Created by Public API"
    expires_at: datetime | None = None
    created_by_name: str | None = None
    revoked: bool = False


class WriteToken(Token):
    """A write token; one that belongs to a frontend application is not ended through these routes."""

    frontend_application_id: UUID | None = None
    frontend_application_name: str | None = None
    frontend_application_deleted: bool = False


class Assignment(BaseModel):
    """A channel of an alert."""

    model_config = ConfigDict(extra="forbid")

    channel_id: UUID
    schedule_id: GivenId | None = None


class Alert(Authored):
    """An alert, what its last run brought, and what made it: a client, an integration or an SLO."""

    name: str
    description: str = ""
    query: str = "SELECT 1"
    time_window: timedelta = timedelta(minutes=5)
    frequency: timedelta = timedelta(minutes=5)
    watermark: timedelta = timedelta(seconds=10)
    notify_when: str = "has_matches"
    active: bool = True
    environments: list[str] = Field(default_factory=list)
    channel_assignments: list[Assignment] = Field(default_factory=list)
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


class Place(BaseModel):
    """Where on the grid a panel was moved to."""

    model_config = ConfigDict(extra="forbid")

    x: int
    y: int
    width: int
    height: int


class Dashboard(Authored):
    """A dashboard; ``definition`` without what the server adds on reading.

    ``layout_overrides`` are the panels, by reference (``#/spec/panels/...``), that people moved in the browser.
    """

    slug: str
    name: str
    version: int = 1
    definition: dict[str, Any]
    layout_updated_at: datetime | None = None
    layout_overrides: dict[str, Place] = Field(default_factory=dict)


class Channel(Authored):
    """A channel; ``config`` is open, so that a type of tomorrow can be seeded."""

    label: str
    active: bool = True
    config: dict[str, Any]


class Project(Record):
    """A project with all that ends with it."""

    project_name: str
    description: str | None = None
    visibility: str = "public"
    updated_at: datetime
    write_tokens: Keyed[WriteToken] = Field(default_factory=dict)
    read_tokens: Keyed[Token] = Field(default_factory=dict)
    alerts: Keyed[Alert] = Field(default_factory=dict)
    dashboards: Keyed[Dashboard] = Field(default_factory=dict)


class Organization(BaseModel):
    """The organization that every key belongs to."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str = "acme"


class State(BaseModel):
    """Everything."""

    model_config = ConfigDict(extra="forbid")

    organization: Organization
    channels: Keyed[Channel] = Field(default_factory=dict)
    projects: Keyed[Project] = Field(default_factory=dict)
