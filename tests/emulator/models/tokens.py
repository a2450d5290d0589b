# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write tokens and read tokens."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field


class CreateWriteTokenInput(BaseModel):
    """A token has nothing but an end to choose."""

    expires_at: datetime | None = None


class CreateReadTokenInput(BaseModel):
    """As for a write token."""

    expires_at: datetime | None = None


class RotateWriteTokenInput(BaseModel):
    """How long the replaced write token lives on; left out or null, it ends at once. The limits are a stand-in."""

    grace_period_hours: Annotated[int, Field(ge=0, le=8760)] | None = None


class CreateWriteTokenOutput(BaseModel):
    """The only answer that carries the secret."""

    id: UUID
    project_id: UUID
    created_at: datetime
    description: str | None
    expires_at: datetime | None
    token: str


class RotateWriteTokenOutput(CreateWriteTokenOutput):
    """The new token, and when the old one ends."""

    previous_token_expires_at: datetime | None


class ReadTokenPublicAPIRead(CreateWriteTokenOutput):
    """The same for a read token: its create and rotate answers."""


class ReadTokenRead(BaseModel):
    """A read token in the list: no secret, but its first characters."""

    id: UUID
    project_id: UUID
    created_at: datetime
    description: str | None
    expires_at: datetime | None
    created_by_name: str | None
    project_name: str
    token_prefix: str
    active: bool


class WriteTokenRead(ReadTokenRead):
    """A write token in the list also tells which frontend application it belongs to, if any."""

    frontend_application_id: UUID | None
    frontend_application_name: str | None
    frontend_application_deleted: bool
