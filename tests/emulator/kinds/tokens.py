# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write tokens and read tokens: shown once, listed by prefix, rotated, expired, revoked."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from ..errors import BadRequestError, InvalidError, NotFoundError
from ..ordering import arrange
from ..records import Project, Token, WriteToken
from ..store import Store
from .views import View

T = TypeVar("T", bound=Token)

WRITE_NOT_FOUND = "Project token not found"
READ_NOT_FOUND = "Project read token not found"


def find(tokens: dict[UUID, T], token_id: UUID, missing: str) -> T:
    """A token that has not been revoked, and that these routes may end."""
    token = tokens.get(token_id)
    if token is None or token.revoked:
        raise NotFoundError(missing)
    if isinstance(token, WriteToken) and token.frontend_application_id is not None:
        raise BadRequestError("This token is managed by a frontend application")
    return token


def create(store: Store, tokens: dict[UUID, T], kind: type[T], expires_at: datetime | None) -> T:
    """A new token; its description is fixed."""
    end = _end(store, expires_at)
    if store.settings.past_expires_at == "refuse" and end is not None and end <= store.clock.peek():
        raise InvalidError("expires_at", "the end has to be in the future", end.isoformat())
    token = kind(
        id=store.ids.new(),
        created_at=store.clock.now(),
        token=store.ids.secret(),
        expires_at=end,
        created_by_name=store.settings.actor_name,
    )
    tokens[token.id] = token
    return token


def rotate(store: Store, tokens: dict[UUID, T], old: T, grace_hours: int | None = None) -> T:
    """A new token for an old one, which ends now or after the grace period, never later than it would have."""
    keeps = store.settings.rotate_keeps_expiry
    new = create(store, tokens, type(old), old.expires_at if keeps else None)
    if not store.settings.rotate_grace_period:
        grace_hours = None
    ends = store.clock.now() + timedelta(hours=grace_hours or 0)
    old.expires_at = ends if old.expires_at is None else min(ends, old.expires_at)
    return new


def expire(store: Store, token: Token) -> None:
    """End a token now; it stays in the list."""
    now = store.clock.now()
    token.expires_at = now if token.expires_at is None else min(now, token.expires_at)


def revoke(store: Store, tokens: dict[UUID, T], token: T) -> None:
    """End a token and take it off the list; whether the service does the latter is open."""
    if store.settings.revoked_tokens == "listed":
        token.revoked = True
    else:
        del tokens[token.id]


def expired(store: Store, token: Token) -> bool:
    """Whether a token's time is over."""
    return token.expires_at is not None and token.expires_at <= store.clock.peek()


def active(store: Store, token: Token) -> bool:
    """Whether a token still works."""
    return not token.revoked and not expired(store, token)


def arranged(store: Store, tokens: dict[UUID, T]) -> list[T]:
    """Tokens in the server's order, expired ones among them unless a setting says otherwise."""
    hidden = store.settings.expired_tokens == "hidden"
    listed = [token for token in tokens.values() if not (hidden and expired(store, token))]
    return arrange(listed, store.settings.list_order, lambda token: token.id)


def _end(store: Store, value: datetime | None) -> datetime | None:
    """An end in UTC, or as it was given; without an offset it is UTC."""
    if value is None:
        return None
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value.astimezone(UTC) if store.settings.expires_at_echo == "utc" else value


def created_view(project: Project, token: Token) -> View:
    """The one answer that carries the secret; without prefix, project name and creator."""
    return {
        "id": token.id,
        "project_id": project.id,
        "created_at": token.created_at,
        "description": token.description,
        "expires_at": token.expires_at,
        "token": token.token,
    }


def listed_view(store: Store, project: Project, token: Token) -> View:
    """A token in the list: a prefix in the place of the secret."""
    view: View = {
        "id": token.id,
        "project_id": project.id,
        "project_name": project.project_name,
        "created_at": token.created_at,
        "created_by_name": token.created_by_name,
        "description": token.description,
        "expires_at": token.expires_at,
        "token_prefix": token.token[: store.settings.token_prefix_length],
        "active": active(store, token),
    }
    if isinstance(token, WriteToken):
        view["frontend_application_id"] = token.frontend_application_id
        view["frontend_application_name"] = token.frontend_application_name
        view["frontend_application_deleted"] = token.frontend_application_deleted
    return view
