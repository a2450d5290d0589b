# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/v1/projects/{project_id}/write-tokens/`` and ``/read-tokens/``."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body

from ..answers import AnswerRoute
from ..kinds import tokens
from ..kinds.views import View
from ..models.common import RATE_LIMITED, HTTPExceptionError, Responses
from ..models.tokens import (
    CreateReadTokenInput,
    CreateWriteTokenInput,
    CreateWriteTokenOutput,
    ReadTokenPublicAPIRead,
    ReadTokenRead,
    RotateWriteTokenInput,
    RotateWriteTokenOutput,
    WriteTokenRead,
)
from ..records import Token, WriteToken
from ..security import ReadTokenProject, StoreDep, WriteTokenProject

router = APIRouter(
    prefix="/v1/projects/{project_id}", tags=["Projects"], responses=RATE_LIMITED, route_class=AnswerRoute
)

NO_WRITE_TOKEN: Responses = {
    400: {"model": HTTPExceptionError, "description": "The token belongs to a frontend application"},
    404: {"description": tokens.WRITE_NOT_FOUND},
}
NO_READ_TOKEN: Responses = {404: {"description": tokens.READ_NOT_FOUND}}
#: The published document gives the revocation of a read token the other text.
NO_TOKEN_TO_REVOKE: Responses = {404: {"description": tokens.WRITE_NOT_FOUND}}


@router.post("/write-tokens/", status_code=201, response_model=CreateWriteTokenOutput)
async def create_write_token(
    store: StoreDep, project: WriteTokenProject, body: Annotated[CreateWriteTokenInput | None, Body()] = None
) -> View:
    """A new write token. The body may be left out or null."""
    token = tokens.create(store, project.write_tokens, WriteToken, body.expires_at if body else None)
    return tokens.created_view(project, token)


@router.get("/write-tokens/", response_model=list[WriteTokenRead])
async def list_write_tokens(store: StoreDep, project: WriteTokenProject) -> list[View]:
    """The write tokens of a project, without their secrets."""
    return [tokens.listed_view(store, project, token) for token in tokens.arranged(store, project.write_tokens)]


@router.post(
    "/write-tokens/{token_id}/rotate/", status_code=201, response_model=RotateWriteTokenOutput, responses=NO_WRITE_TOKEN
)
async def rotate_write_token(
    store: StoreDep,
    project: WriteTokenProject,
    token_id: UUID,
    body: Annotated[RotateWriteTokenInput | None, Body()] = None,
) -> View:
    """A new token in the place of an old one, which ends now or after a grace period."""
    old = tokens.find(project.write_tokens, token_id, tokens.WRITE_NOT_FOUND)
    new = tokens.rotate(store, project.write_tokens, old, body.grace_period_hours if body else None)
    return {**tokens.created_view(project, new), "previous_token_expires_at": old.expires_at}


@router.patch("/write-tokens/{token_id}/expire/", status_code=204, responses=NO_WRITE_TOKEN)
async def expire_write_token(store: StoreDep, project: WriteTokenProject, token_id: UUID) -> None:
    """End a token now; it stays in the list."""
    tokens.expire(store, tokens.find(project.write_tokens, token_id, tokens.WRITE_NOT_FOUND))


@router.delete("/write-tokens/{token_id}/", status_code=204, responses=NO_WRITE_TOKEN)
async def revoke_write_token(store: StoreDep, project: WriteTokenProject, token_id: UUID) -> None:
    """End a token for good."""
    token = tokens.find(project.write_tokens, token_id, tokens.WRITE_NOT_FOUND)
    tokens.revoke(store, project.write_tokens, token)


@router.post("/read-tokens/", status_code=201, response_model=ReadTokenPublicAPIRead)
async def create_read_token(
    store: StoreDep, project: ReadTokenProject, body: Annotated[CreateReadTokenInput | None, Body()] = None
) -> View:
    """A new read token. The body may be left out or null."""
    token = tokens.create(store, project.read_tokens, Token, body.expires_at if body else None)
    return tokens.created_view(project, token)


@router.get("/read-tokens/", response_model=list[ReadTokenRead])
async def list_read_tokens(store: StoreDep, project: ReadTokenProject) -> list[View]:
    """The read tokens of a project, without their secrets."""
    return [tokens.listed_view(store, project, token) for token in tokens.arranged(store, project.read_tokens)]


@router.post(
    "/read-tokens/{token_id}/rotate/", status_code=201, response_model=ReadTokenPublicAPIRead, responses=NO_READ_TOKEN
)
async def rotate_read_token(store: StoreDep, project: ReadTokenProject, token_id: UUID) -> View:
    """A new token in the place of an old one, which ends now: a read token knows no grace period."""
    old = tokens.find(project.read_tokens, token_id, tokens.READ_NOT_FOUND)
    return tokens.created_view(project, tokens.rotate(store, project.read_tokens, old))


@router.patch("/read-tokens/{token_id}/expire/", status_code=204, responses=NO_READ_TOKEN)
async def expire_read_token(store: StoreDep, project: ReadTokenProject, token_id: UUID) -> None:
    """End a token now; it stays in the list."""
    tokens.expire(store, tokens.find(project.read_tokens, token_id, tokens.READ_NOT_FOUND))


@router.delete("/read-tokens/{token_id}/", status_code=204, responses=NO_TOKEN_TO_REVOKE)
async def revoke_read_token(store: StoreDep, project: ReadTokenProject, token_id: UUID) -> None:
    """End a token for good."""
    token = tokens.find(project.read_tokens, token_id, tokens.WRITE_NOT_FOUND)
    tokens.revoke(store, project.read_tokens, token)
