# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Members: users with a role. They are added by invitations or seeds, and can be removed, except for the last admin.

Known: an update gets a 204 without a body. Custom roles can be read but not set. Seeds can contain them.
"""

from datetime import datetime
from typing import Annotated, Literal, NoReturn, get_args
from uuid import NAMESPACE_OID, UUID, uuid5

from fastapi import APIRouter, Request, Security
from pydantic import BaseModel, Field

from ..answers import Answer, AnswerRoute
from ..errors import refusal
from ..kind import Kind
from ..models import RATE_LIMITED, View
from ..records import Collection, Raw, Record
from ..security import Caller, StoreDep, authenticate
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from ..store import Store


class Settings(SharedSettings):
    """Open questions about members."""

    member_role_form: Literal["lower", "capitalized"] = Field(
        default="lower", description="format of built-in roles in responses (stand-in)"
    )
    unknown_member_status: Literal[400, 403, 404, 422] = Field(
        default=404, description="status for a user who is not a member (stand-in)"
    )
    last_admin_status: Literal[400, 403, 409, 422] | None = Field(
        default=409,
        description="status if the last admin would be removed or get another role; null: accepted (stand-in)",
    )


# Stored data


class Member(Record):
    """A user in the organization. The ID is that of the user."""

    name: str
    email: str
    role: str
    github_username: str | None = None
    avatar: str | None = None


class Personal(Record):
    """An object that can belong to a user, and is then deleted with the membership."""

    user_id: UUID | None = None


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("name", record["email"].partition("@")[0])
    record.setdefault("role", "member")


MEMBERS = Collection("members", Member, "Member not found", naming="email", complete=_complete)


# Bodies of requests and responses

Role = Literal["admin", "member", "guest", "billing"]
ROLES = get_args(Role)


class OrganizationMemberUpdateV1(BaseModel):
    """A new role, which must be a built-in one."""

    role: Role


class OrganizationMemberReadV1(BaseModel):
    """A member in the list."""

    id: UUID
    name: str
    email: str
    role: str
    role_id: UUID
    member_since: datetime
    github_username: str | None
    avatar: str | None


# Rules


def role_id(role: str) -> UUID:
    """Return the ID of a role of the organization."""
    return uuid5(NAMESPACE_OID, role.casefold())


def find(store: Store, user_id: UUID) -> Member:
    """Return an existing member."""
    member = MEMBERS.of(store.state).get(user_id)
    if member is None:
        _refuse(Settings.of(store.settings).unknown_member_status, MEMBERS.missing, user_id)
    return member


def change_role(store: Store, member: Member, role: str) -> None:
    """Change the role of a member."""
    if role != "admin":
        _keep_an_admin(store, member)
    member.role = role


def remove(store: Store, member: Member) -> None:
    """Remove a member with all personal objects."""
    _keep_an_admin(store, member)
    for collection in store.types.inside(None):
        records = collection.of(store.state)
        for record in [each for each in records.values() if isinstance(each, Personal) and each.user_id == member.id]:
            del records[record.id]
    del MEMBERS.of(store.state)[member.id]


def _keep_an_admin(store: Store, leaving: Member) -> None:
    status = Settings.of(store.settings).last_admin_status
    admins = [member for member in MEMBERS.of(store.state).values() if member.role.casefold() == "admin"]
    if status and admins == [leaving]:
        _refuse(status, "An organization needs at least one admin", leaving.id)


def _refuse(status: int, message: str, user_id: UUID) -> NoReturn:
    raise refusal(status, "user_id", message, str(user_id))


def view(member: Member) -> View:
    """Return a member as in responses."""
    return {**dict(member), "role_id": role_id(member.role), "member_since": member.created_at}


# Routes


class MemberRoute(AnswerRoute):
    """Responses with roles in another format."""

    @staticmethod
    def respell(settings: SharedSettings, request: Request, item: Answer) -> Answer:
        if Settings.of(settings).member_role_form == "capitalized" and item["role"] in ROLES:
            return {**item, "role": item["role"].capitalize()}
        return item


router = APIRouter(prefix="/v1/members", tags=["Members"], responses=RATE_LIMITED, route_class=MemberRoute)

CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:read_member"])]
CanWrite = Annotated[Caller, Security(authenticate, scopes=["organization:write_member"])]


@router.get("/", response_model=list[OrganizationMemberReadV1])
async def list_members(store: StoreDep, caller: CanRead) -> list[View]:
    """List the members of the organization."""
    return [view(member) for member in store.arranged(MEMBERS.of(store.state).values())]


@router.patch("/{user_id}/", status_code=204)
async def update_member(store: StoreDep, caller: CanWrite, user_id: UUID, body: OrganizationMemberUpdateV1) -> None:
    """Change the role of a member."""
    change_role(store, find(store, user_id), body.role)


@router.delete("/{user_id}/", status_code=204)
async def delete_member(store: StoreDep, caller: CanWrite, user_id: UUID) -> None:
    """Remove a member."""
    remove(store, find(store, user_id))


KIND = Kind(settings=Settings, collections=(MEMBERS,), routers=(router,))
