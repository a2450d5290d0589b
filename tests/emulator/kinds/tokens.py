# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write tokens and read tokens. They are shown once, listed with a prefix, rotated, expired and revoked.

Known: the fixed description. Stand-ins without a setting: limits of ``grace_period_hours`` (0 to 8760); a rotation
never extends the lifetime of the old token.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter, Body, Request, Security
from pydantic import BaseModel, Field

from ..answers import Answer, AnswerRoute
from ..errors import BadRequestError, InvalidError, NotFoundError
from ..kind import Kind
from ..models import RATE_LIMITED, HTTPExceptionError, Responses, View
from ..records import Collection, Raw, Record
from ..security import StoreDep
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from ..store import Store
from .projects import PROJECTS, Project, parent_project

WRITE_NOT_FOUND = "Project token not found"
READ_NOT_FOUND = "Project read token not found"


class Settings(SharedSettings):
    """Open questions about tokens, and older releases."""

    token_frontend_members: bool = Field(default=True, description="frontend_* of write tokens; older releases: false")
    rotate_grace_period: bool = Field(default=True, description="grace_period_hours applies; older releases: false")
    token_prefix_length: int = Field(
        default=19, ge=1, description="number of characters of a token in lists (stand-in)"
    )
    expires_at_echo: Literal["utc", "as_given"] = Field(default="utc", description="time zone of expires_at (stand-in)")
    rotate_keeps_expiry: bool = Field(default=False, description="the new token inherits expires_at (stand-in)")
    revoked_tokens: Literal["hidden", "listed"] = Field(
        default="hidden", description="revoked tokens in lists (stand-in)"
    )
    expired_tokens: Literal["listed", "hidden"] = Field(
        default="listed", description="expired tokens in lists (stand-in)"
    )
    past_expires_at: Literal["accept", "refuse"] = Field(
        default="accept", description="an expiration in the past is accepted, or gets a 422 (stand-in)"
    )
    token_create_answer: Literal["full", "minimal"] = Field(
        default="full", description="responses to creations and rotations. minimal: only ID and token"
    )


# Stored data


class Token(Record):
    """A read token, and the members that write tokens also have."""

    token: str
    description: str | None = "Created by Public API"
    expires_at: datetime | None = None
    created_by_name: str | None = None
    revoked: bool = False


class WriteToken(Token):
    """A write token. These routes cannot revoke or expire one of a frontend application."""

    frontend_application_id: UUID | None = None
    frontend_application_name: str | None = None
    frontend_application_deleted: bool = False


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("token", seeding.ids.secret())


WRITE_TOKENS = Collection(
    "write_tokens", WriteToken, WRITE_NOT_FOUND, within=PROJECTS, naming="token", complete=_complete
)
READ_TOKENS = Collection("read_tokens", Token, READ_NOT_FOUND, within=PROJECTS, naming="token", complete=_complete)


# Bodies of requests and responses


class CreateWriteTokenInput(BaseModel):
    """A new token, with an optional expiration."""

    expires_at: datetime | None = None


class CreateReadTokenInput(BaseModel):
    """A new token, as for write tokens."""

    expires_at: datetime | None = None


class RotateWriteTokenInput(BaseModel):
    """The grace period of the old write token; omitted or null: it expires immediately. The limits are a stand-in."""

    grace_period_hours: Annotated[int, Field(ge=0, le=8760)] | None = None


class CreateWriteTokenOutput(BaseModel):
    """The only response with the secret."""

    id: UUID
    project_id: UUID
    created_at: datetime
    description: str | None
    expires_at: datetime | None
    token: str


class RotateWriteTokenOutput(CreateWriteTokenOutput):
    """The new token, and the expiration of the old one."""

    previous_token_expires_at: datetime | None


class ReadTokenPublicAPIRead(CreateWriteTokenOutput):
    """A read token in responses to a creation and a rotation."""


class ReadTokenRead(BaseModel):
    """A read token in the list, with only its first characters."""

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
    """A write token in the list, with its frontend application, if any."""

    frontend_application_id: UUID | None
    frontend_application_name: str | None
    frontend_application_deleted: bool


# Rules

T = TypeVar("T", bound=Token)


def callers(store: Store, key: str) -> Iterator[None]:
    """Yield None for write and read tokens: the API does not accept them as API keys."""
    for project in PROJECTS.of(store.state).values():
        for token in [*WRITE_TOKENS.of(project).values(), *READ_TOKENS.of(project).values()]:
            if token.token == key:
                yield None


def find(project: Project, tokens: Collection[T], token_id: UUID, missing: str | None = None) -> T:
    """Return a token that is not revoked, and that these routes can expire and revoke."""
    token = tokens.of(project).get(token_id)
    if token is None or token.revoked:
        raise NotFoundError(missing or tokens.missing)
    if isinstance(token, WriteToken) and token.frontend_application_id is not None:
        raise BadRequestError("This token is managed by a frontend application")
    return token


def create(store: Store, project: Project, tokens: Collection[T], expires_at: datetime | None) -> T:
    """Create a token with the fixed description."""
    settings = Settings.of(store.settings)
    end = end_of(store, expires_at)
    if settings.past_expires_at == "refuse" and end is not None and end <= store.clock.peek():
        raise InvalidError("expires_at", "the end has to be in the future", end.isoformat())
    return store.add(tokens, project, token=store.ids.secret(), expires_at=end)


def rotate(store: Store, project: Project, tokens: Collection[T], old: T, grace_hours: int | None = None) -> T:
    """Create a token and let the old one expire, immediately or after the grace period, but never later than before."""
    settings = Settings.of(store.settings)
    new = create(store, project, tokens, old.expires_at if settings.rotate_keeps_expiry else None)
    if not settings.rotate_grace_period:
        grace_hours = None
    ends = store.clock.now() + timedelta(hours=grace_hours or 0)
    old.expires_at = ends if old.expires_at is None else min(ends, old.expires_at)
    return new


def expire(store: Store, token: Token) -> None:
    """Let a token expire immediately. It remains in the list."""
    now = store.clock.now()
    token.expires_at = now if token.expires_at is None else min(now, token.expires_at)


def revoke(store: Store, project: Project, tokens: Collection[T], token: T) -> None:
    """Revoke a token. Whether it remains in the list is a setting."""
    if Settings.of(store.settings).revoked_tokens == "listed":
        token.revoked = True
    else:
        del tokens.of(project)[token.id]


def expired(store: Store, token: Token) -> bool:
    """Return whether a token has expired."""
    return token.expires_at is not None and token.expires_at <= store.clock.peek()


def end_of(store: Store, value: datetime | None) -> datetime | None:
    """Return an expiration in UTC, or with its own offset. Without an offset it is in UTC."""
    if value is None:
        return None
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value.astimezone(UTC) if Settings.of(store.settings).expires_at_echo == "utc" else value


def created_view(project: Project, token: Token) -> View:
    """Return a new token with its secret, but without prefix, project name and creator."""
    return {
        "id": token.id,
        "project_id": project.id,
        "created_at": token.created_at,
        "description": token.description,
        "expires_at": token.expires_at,
        "token": token.token,
    }


def listed_view(store: Store, project: Project, token: Token) -> View:
    """Return a token as in the list, with a prefix instead of the secret."""
    view: View = {
        "id": token.id,
        "project_id": project.id,
        "project_name": project.project_name,
        "created_at": token.created_at,
        "created_by_name": token.created_by_name,
        "description": token.description,
        "expires_at": token.expires_at,
        "token_prefix": token.token[: Settings.of(store.settings).token_prefix_length],
        "active": not token.revoked and not expired(store, token),
    }
    if isinstance(token, WriteToken):
        view["frontend_application_id"] = token.frontend_application_id
        view["frontend_application_name"] = token.frontend_application_name
        view["frontend_application_deleted"] = token.frontend_application_deleted
    return view


def listed(store: Store, project: Project, tokens: Collection[T]) -> list[View]:
    """Return the tokens of a project, without their secrets. Whether it includes expired ones is a setting."""
    hidden = Settings.of(store.settings).expired_tokens == "hidden"
    shown = [token for token in tokens.of(project).values() if not (hidden and expired(store, token))]
    return [listed_view(store, project, token) for token in store.arranged(shown)]


# Routes


class TokenRoute(AnswerRoute):
    """Responses of older releases, and minimal ones."""

    @staticmethod
    def respell(settings: SharedSettings, request: Request, item: Answer) -> Answer:
        own = Settings.of(settings)
        if "token" in item and own.token_create_answer == "minimal":
            return {name: item[name] for name in ("id", "token")}
        absent: set[str] = set()
        if not own.token_frontend_members:
            absent |= {"frontend_application_id", "frontend_application_name", "frontend_application_deleted"}
        if not own.rotate_grace_period:
            absent.add("previous_token_expires_at")
        return {name: value for name, value in item.items() if name not in absent}


router = APIRouter(
    prefix="/v1/projects/{project_id}", tags=["Projects"], responses=RATE_LIMITED, route_class=TokenRoute
)

WriteTokenProject = Annotated[Project, Security(parent_project, scopes=["project:write_token"])]
ReadTokenProject = Annotated[Project, Security(parent_project, scopes=["project:read_token"])]
NO_WRITE_TOKEN: Responses = {
    400: {"model": HTTPExceptionError, "description": "The token belongs to a frontend application"},
    404: {"description": WRITE_NOT_FOUND},
}
NO_READ_TOKEN: Responses = {404: {"description": READ_NOT_FOUND}}
#: In the published document, the description of revoking a read token is different.
NO_TOKEN_TO_REVOKE: Responses = {404: {"description": WRITE_NOT_FOUND}}


@router.post("/write-tokens/", status_code=201, response_model=CreateWriteTokenOutput)
async def create_write_token(
    store: StoreDep, project: WriteTokenProject, body: Annotated[CreateWriteTokenInput | None, Body()] = None
) -> View:
    """Create a write token. The body can be omitted or null."""
    return created_view(project, create(store, project, WRITE_TOKENS, body.expires_at if body else None))


@router.get("/write-tokens/", response_model=list[WriteTokenRead])
async def list_write_tokens(store: StoreDep, project: WriteTokenProject) -> list[View]:
    """List the write tokens of a project, without their secrets."""
    return listed(store, project, WRITE_TOKENS)


@router.post(
    "/write-tokens/{token_id}/rotate/", status_code=201, response_model=RotateWriteTokenOutput, responses=NO_WRITE_TOKEN
)
async def rotate_write_token(
    store: StoreDep,
    project: WriteTokenProject,
    token_id: UUID,
    body: Annotated[RotateWriteTokenInput | None, Body()] = None,
) -> View:
    """Replace a token. The old one expires immediately or after a grace period."""
    old = find(project, WRITE_TOKENS, token_id)
    new = rotate(store, project, WRITE_TOKENS, old, body.grace_period_hours if body else None)
    return {**created_view(project, new), "previous_token_expires_at": old.expires_at}


@router.patch("/write-tokens/{token_id}/expire/", status_code=204, responses=NO_WRITE_TOKEN)
async def expire_write_token(store: StoreDep, project: WriteTokenProject, token_id: UUID) -> None:
    """Let a token expire immediately. It remains in the list."""
    expire(store, find(project, WRITE_TOKENS, token_id))


@router.delete("/write-tokens/{token_id}/", status_code=204, responses=NO_WRITE_TOKEN)
async def revoke_write_token(store: StoreDep, project: WriteTokenProject, token_id: UUID) -> None:
    """Revoke a token."""
    revoke(store, project, WRITE_TOKENS, find(project, WRITE_TOKENS, token_id))


@router.post("/read-tokens/", status_code=201, response_model=ReadTokenPublicAPIRead)
async def create_read_token(
    store: StoreDep, project: ReadTokenProject, body: Annotated[CreateReadTokenInput | None, Body()] = None
) -> View:
    """Create a read token. The body can be omitted or null."""
    return created_view(project, create(store, project, READ_TOKENS, body.expires_at if body else None))


@router.get("/read-tokens/", response_model=list[ReadTokenRead])
async def list_read_tokens(store: StoreDep, project: ReadTokenProject) -> list[View]:
    """List the read tokens of a project, without their secrets."""
    return listed(store, project, READ_TOKENS)


@router.post(
    "/read-tokens/{token_id}/rotate/", status_code=201, response_model=ReadTokenPublicAPIRead, responses=NO_READ_TOKEN
)
async def rotate_read_token(store: StoreDep, project: ReadTokenProject, token_id: UUID) -> View:
    """Replace a token. The old one expires immediately: read tokens have no grace period."""
    return created_view(project, rotate(store, project, READ_TOKENS, find(project, READ_TOKENS, token_id)))


@router.patch("/read-tokens/{token_id}/expire/", status_code=204, responses=NO_READ_TOKEN)
async def expire_read_token(store: StoreDep, project: ReadTokenProject, token_id: UUID) -> None:
    """Let a token expire immediately. It remains in the list."""
    expire(store, find(project, READ_TOKENS, token_id))


@router.delete("/read-tokens/{token_id}/", status_code=204, responses=NO_TOKEN_TO_REVOKE)
async def revoke_read_token(store: StoreDep, project: ReadTokenProject, token_id: UUID) -> None:
    """Revoke a token."""
    revoke(store, project, READ_TOKENS, find(project, READ_TOKENS, token_id, WRITE_NOT_FOUND))


KIND = Kind(settings=Settings, collections=(WRITE_TOKENS, READ_TOKENS), routers=(router,), callers=callers)
