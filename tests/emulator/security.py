# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Authentication and scopes: 401 and 403."""

import re
from dataclasses import dataclass
from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import OAuth2AuthorizationCodeBearer, SecurityScopes

from .errors import ForbiddenError, UnauthorizedError
from .store import Store

LOCAL_KEY = re.compile(
    r"pylf_v1_local_[A-Za-z0-9]+|pylf_v2_local_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_[A-Za-z0-9]+"
)

scheme = OAuth2AuthorizationCodeBearer(
    authorizationUrl="api/oauth/authorize",
    tokenUrl="/api/oauth/token",
    refreshUrl="/api/oauth/token",
    auto_error=False,
)


@dataclass(frozen=True)
class Caller:
    """A key that was recognised. ``scopes`` None: all of them; ``project`` None: the whole organization.

    ``organization`` is the other organization of the instance that a token was exchanged for.
    """

    scopes: frozenset[str] | None = None
    project: str | None = None
    organization: UUID | None = None

    def has(self, scope: str) -> bool:
        """Whether the key has a scope; a key of one project has no scopes of the organization or the instance."""
        if self.project is not None and scope.startswith(("organization:", "instance:")):
            return False
        return self.scopes is None or scope in self.scopes


def recognise(store: Store, authorization: str | None) -> Caller | None:
    """Return the caller of an ``Authorization`` header."""
    kind, _space, key = (authorization or "").partition(" ")
    key = key.strip()
    if kind.lower() != "bearer" or not key:
        return None
    for known in store.settings.keys:
        if known.key == key:
            return Caller(None if known.scopes is None else frozenset(known.scopes), known.project)
    for caller in (caller for each in store.kinds for caller in each.callers(store, key)):
        return caller
    return Caller() if store.settings.accept_local_keys and LOCAL_KEY.fullmatch(key) else None


async def get_store(request: Request) -> Store:
    """The store of the emulator that this application serves."""
    return cast(Store, request.app.state.emulator.store)


StoreDep = Annotated[Store, Depends(get_store)]


async def authenticate(
    request: Request,
    store: StoreDep,
    required: SecurityScopes,
    token: Annotated[str | None, Depends(scheme)],
) -> Caller:
    """Return the caller, who has all scopes that the route requires."""
    caller = recognise(store, request.headers.get("authorization"))
    if caller is None:
        raise UnauthorizedError("Invalid token" if token else "Not authenticated")
    for scope in required.scopes:
        if not caller.has(scope):
            raise ForbiddenError(f"This token is missing the required scope: {scope}.")
    return caller


CallerDep = Annotated[Caller, Depends(authenticate)]
