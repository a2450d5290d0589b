# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invitations: each is a link for one person. They can be listed and created, but not revoked or used here.

Known: a creation returns only the link, and lists contain the ID of the role, not its name.
"""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Security
from pydantic import BaseModel, Field

from ..answers import AnswerRoute
from ..kind import Kind
from ..models import RATE_LIMITED, View
from ..records import Collection, Raw, Record
from ..security import Caller, StoreDep, authenticate
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from .members import Role, role_id


class Settings(SharedSettings):
    """Open questions about invitations."""

    invitation_lifetime: timedelta | None = Field(
        default=timedelta(days=7),
        description="lifetime of an invitation without an expiration; null: unlimited (stand-in)",
    )


# Stored data


class Invitation(Record):
    """An invitation, with its link."""

    role: str
    invite_url: str
    expiration: datetime | None = None
    max_usage_count: int = 1
    usage_count: int = 0
    last_used_at: datetime | None = None


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("invite_url", link(seeding.ids.secret()))


INVITATIONS = Collection("invitations", Invitation, "Invitation not found", naming="role", complete=_complete)


# Bodies of requests and responses


class OrganizationInvitationCreateV1(BaseModel):
    """A new invitation."""

    role: Role
    expiration: datetime = Field(default=None)  # type: ignore[assignment]


class OrganizationInvitationCreateResponseV1(BaseModel):
    """The link."""

    invite_url: str


class OrganizationInvitationReadV1(BaseModel):
    """An invitation in the list."""

    id: UUID
    organization_id: UUID
    invite_url: str
    expiration: datetime | None
    max_usage_count: int
    role_id: UUID
    usage_count: int
    created_at: datetime
    last_used_at: datetime | None


# Rules


def link(secret: str) -> str:
    """Return the link of an invitation."""
    return f"https://logfire-eu.pydantic.dev/join/{secret.rpartition('_')[2]}"


# Routes

router = APIRouter(prefix="/v1/invitations", tags=["Invitations"], responses=RATE_LIMITED, route_class=AnswerRoute)

CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:read_invitation"])]
CanWrite = Annotated[Caller, Security(authenticate, scopes=["organization:write_invitation"])]


@router.get("/", response_model=list[OrganizationInvitationReadV1])
async def list_invitations(store: StoreDep, caller: CanRead) -> list[View]:
    """List the invitations of the organization."""
    organization = {"organization_id": store.state.organization.id}
    return [
        {**dict(each), "role_id": role_id(each.role), **organization}
        for each in store.arranged(INVITATIONS.of(store.state).values())
    ]


@router.post("/", status_code=201, response_model=OrganizationInvitationCreateResponseV1)
async def create_invitation(store: StoreDep, caller: CanWrite, body: OrganizationInvitationCreateV1) -> View:
    """Create an invitation."""
    lifetime = Settings.of(store.settings).invitation_lifetime
    end = body.expiration or (store.clock.now() + lifetime if lifetime else None)
    made = store.add(INVITATIONS, store.state, role=body.role, expiration=end, invite_url=link(store.ids.secret()))
    return {"invite_url": made.invite_url}


KIND = Kind(settings=Settings, collections=(INVITATIONS,), routers=(router,))
