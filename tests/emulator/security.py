# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who asks, what the key may do, which projects it reaches: 401 and 403."""

import re
from dataclasses import dataclass
from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Request, Security
from fastapi.security import OAuth2AuthorizationCodeBearer, SecurityScopes

from .core import Emulator
from .errors import ForbiddenError, UnauthorizedError
from .records import Project
from .settings import SCOPES
from .store import NO_ACCESS, Store

LOCAL_KEY = re.compile(
    r"pylf_v1_local_[A-Za-z0-9]+|pylf_v2_local_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_[A-Za-z0-9]+"
)

scheme = OAuth2AuthorizationCodeBearer(
    authorizationUrl="api/oauth/authorize",
    tokenUrl="/api/oauth/token",
    refreshUrl="/api/oauth/token",
    scopes=SCOPES,
    auto_error=False,
)


@dataclass(frozen=True)
class Caller:
    """A key that was recognised. ``scopes`` None: all of them; ``project`` None: the whole organization."""

    scopes: frozenset[str] | None = None
    project: str | None = None

    def has(self, scope: str) -> bool:
        """Whether the key has a scope; a key of one project has none of the organization's."""
        if self.project is not None and scope.startswith("organization:"):
            return False
        return self.scopes is None or scope in self.scopes

    def reaches(self, store: Store, project_id: UUID) -> bool:
        """Whether the key reaches a project."""
        if self.project is None:
            return True
        own = store.find_project(self.project)
        return str(project_id) == self.project if own is None else own.id == project_id


def recognise(emulator: Emulator, authorization: str | None) -> Caller | None:
    """The caller behind an ``Authorization`` header. Write and read tokens are no API keys, whatever they look like."""
    kind, _space, key = (authorization or "").partition(" ")
    key = key.strip()
    if kind.lower() != "bearer" or not key:
        return None
    for known in emulator.settings.keys:
        if known.key == key:
            return Caller(None if known.scopes is None else frozenset(known.scopes), known.project)
    if not emulator.settings.accept_local_keys or not LOCAL_KEY.fullmatch(key):
        return None
    for project in emulator.store.state.projects.values():
        if any(token.token == key for token in [*project.write_tokens.values(), *project.read_tokens.values()]):
            return None
    return Caller()


async def get_emulator(request: Request) -> Emulator:
    """The emulator that this application serves."""
    return cast(Emulator, request.app.state.emulator)


EmulatorDep = Annotated[Emulator, Depends(get_emulator)]


async def get_store(emulator: EmulatorDep) -> Store:
    """Its store."""
    return emulator.store


StoreDep = Annotated[Store, Depends(get_store)]


async def authenticate(
    request: Request,
    emulator: EmulatorDep,
    required: SecurityScopes,
    token: Annotated[str | None, Depends(scheme)],
) -> Caller:
    """The caller, who has every scope that the route asks for."""
    caller = recognise(emulator, request.headers.get("authorization"))
    if caller is None:
        raise UnauthorizedError("Invalid token" if token else "Not authenticated")
    for scope in required.scopes:
        if not caller.has(scope):
            raise ForbiddenError(f"This token is missing the required scope: {scope}.")
    return caller


CallerDep = Annotated[Caller, Depends(authenticate)]


async def own_project(project_id: UUID, store: StoreDep, caller: CallerDep) -> Project:
    """The project that a project route is about."""
    return _reached(project_id, store, caller, child=False)


async def parent_project(project_id: UUID, store: StoreDep, caller: CallerDep) -> Project:
    """The project that the route of an alert, dashboard or token is below."""
    return _reached(project_id, store, caller, child=True)


def _reached(project_id: UUID, store: Store, caller: Caller, *, child: bool) -> Project:
    """The refusal is the same for another project's key and for a project that is no more."""
    if not caller.reaches(store, project_id):
        raise ForbiddenError(NO_ACCESS)
    return store.project(project_id, child=child)


CanCreateProject = Annotated[Caller, Security(authenticate, scopes=["organization:create_project"])]
CanListProjects = Annotated[Caller, Security(authenticate, scopes=["project:read"])]
CanReadChannels = Annotated[Caller, Security(authenticate, scopes=["organization:read_channel"])]
CanWriteChannels = Annotated[Caller, Security(authenticate, scopes=["organization:write_channel"])]
ReadableProject = Annotated[Project, Security(own_project, scopes=["project:read"])]
WritableProject = Annotated[Project, Security(own_project, scopes=["project:write"])]
WriteTokenProject = Annotated[Project, Security(parent_project, scopes=["project:write_token"])]
ReadTokenProject = Annotated[Project, Security(parent_project, scopes=["project:read_token"])]
AlertReadProject = Annotated[Project, Security(parent_project, scopes=["project:read_alert"])]
AlertWriteProject = Annotated[Project, Security(parent_project, scopes=["project:write_alert"])]
DashboardReadProject = Annotated[Project, Security(parent_project, scopes=["project:read_dashboard"])]
DashboardWriteProject = Annotated[Project, Security(parent_project, scopes=["project:write_dashboard"])]
