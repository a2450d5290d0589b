# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects: unique names, partial updates, deletion with everything in the project.

Known: the message of the 403, which is also the response for a deleted project.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Security
from pydantic import BaseModel, Field

from .. import text
from ..answers import AnswerRoute
from ..errors import ForbiddenError, NotFoundError, refusal
from ..kind import Kind
from ..models import RATE_LIMITED, FirstChoiceDocumented, View
from ..records import Collection, Raw, Record, taken
from ..security import Caller, CallerDep, StoreDep, authenticate
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from ..store import Store

NO_ACCESS = "You do not have permission to access this project"


class Settings(SharedSettings):
    """Open questions about projects."""

    duplicate_project_status: Literal[400, 409, 422] = Field(
        default=409, description="status for a duplicate name (stand-in)"
    )
    null_description: Literal["keep", "clear"] = Field(
        default="keep", description="description null in a PUT (stand-in)"
    )
    cleared_description: Literal["null", "empty"] = Field(
        default="null", description='representation of "" in responses (stand-in)'
    )
    missing_project_status: Literal[403, 404] = Field(
        default=404, description="status of the route of a deleted project (stand-in)"
    )
    missing_project_child_status: Literal[403, 404] = Field(
        default=403, description="status of routes below a deleted project (stand-in)"
    )


# Stored data


class Project(Record):
    """A project. Other kinds add the objects in it, which are deleted with it."""

    project_name: str
    description: str | None = None
    visibility: str = "public"
    updated_at: datetime


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("updated_at", record["created_at"])


PROJECTS = Collection("projects", Project, "Project not found", naming="project_name", complete=_complete)


# Bodies of requests and responses

ProjectName = Annotated[str, Field(min_length=2, max_length=50, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Visibility = Literal["private", "public"]


#: Responses can contain a value of a future release, from a seed.
VisibilityRead = Annotated[Visibility | str, FirstChoiceDocumented()]


class ProjectCreate(BaseModel):
    """A new project, which is public by default."""

    project_name: ProjectName
    description: Annotated[str, Field(max_length=500)] | None = None
    visibility: Visibility = "public"


class ProjectUpdate(BaseModel):
    """A partial update: omitted members keep their values."""

    project_name: ProjectName | None = None
    description: str | None = None
    visibility: Visibility | None = None


class ProjectRead(BaseModel):
    """A project in responses to a creation and an update, without ``updated_at``."""

    id: UUID
    project_name: str
    created_at: datetime
    description: str | None
    organization_name: str
    visibility: VisibilityRead


class ProjectListRead(ProjectRead):
    """A project in the list, and by its ID."""

    updated_at: datetime


# Rules


def find(store: Store, reference: str) -> Project | None:
    """Return a project by ID or name. IDs take precedence."""
    projects = list(PROJECTS.of(store.state).values())
    by_id = [project for project in projects if str(project.id) == reference]
    by_name = [project for project in projects if project.project_name == reference]
    return next(iter(by_id + by_name), None)


def reaches(store: Store, caller: Caller, project_id: UUID) -> bool:
    """Return whether the key has access to a project."""
    if caller.project is None:
        return True
    own = find(store, caller.project)
    return str(project_id) == caller.project if own is None else own.id == project_id


def reached(project_id: UUID, store: Store, caller: Caller, *, child: bool = False) -> Project:
    """Return a project by its ID, for its own routes or those below it.

    The error is the same whether the project never existed, was deleted, or the key has no access to it. Its status is
    a setting: the message of the 403 is known, and that it also means "gone"; the item route probably responds with
    404.
    """
    if reaches(store, caller, project_id):
        found = PROJECTS.of(store.state).get(project_id)
        if found is not None:
            return found
        settings = Settings.of(store.settings)
        if (settings.missing_project_child_status if child else settings.missing_project_status) == 404:
            raise NotFoundError(PROJECTS.missing)
    raise ForbiddenError(NO_ACCESS)


async def own_project(project_id: UUID, store: StoreDep, caller: CallerDep) -> Project:
    """Return the project in the path of a route for projects."""
    return reached(project_id, store, caller)


async def parent_project(project_id: UUID, store: StoreDep, caller: CallerDep) -> Project:
    """Return the project in the path of a route below a project."""
    return reached(project_id, store, caller, child=True)


def _description(store: Store, value: str | None) -> str | None:
    """Return the description to store. Whether responses have null or "" for an empty one is a setting."""
    kept = text.description(store.settings, value or "")
    return kept or (None if Settings.of(store.settings).cleared_description == "null" or value is None else "")


def _claim_name(store: Store, name: str, holder: Project | None = None) -> None:
    """Reject a name that is not unique in the organization. The status is a setting."""
    if taken(PROJECTS.of(store.state).values(), "project_name", name, holder):
        status = Settings.of(store.settings).duplicate_project_status
        raise refusal(status, "project_name", "A project with this name already exists", name)


def create(store: Store, body: ProjectCreate) -> Project:
    """Create a project."""
    _claim_name(store, body.project_name)
    now = store.clock.now()
    return store.add(
        PROJECTS,
        store.state,
        created_at=now,
        updated_at=now,
        project_name=body.project_name,
        description=_description(store, body.description),
        visibility=body.visibility,
    )


def update(store: Store, project: Project, body: ProjectUpdate) -> None:
    """Update a project. null changes neither name nor visibility. A setting decides about the description."""
    if body.project_name is not None:
        _claim_name(store, body.project_name, project)
        project.project_name = body.project_name
    if body.description is not None:
        project.description = _description(store, body.description)
    elif "description" in body.model_fields_set and Settings.of(store.settings).null_description == "clear":
        project.description = None
    if body.visibility is not None:
        project.visibility = body.visibility
    if body.model_fields_set:
        project.updated_at = store.clock.now()


def view(store: Store, project: Project) -> View:
    """Return a project as in responses."""
    own = {name: getattr(project, name) for name in Project.model_fields}
    return {**own, "organization_name": store.state.organization.name}


# Routes

router = APIRouter(prefix="/v1/projects", tags=["Projects"], responses=RATE_LIMITED, route_class=AnswerRoute)

CanCreate = Annotated[Caller, Security(authenticate, scopes=["organization:create_project"])]
CanList = Annotated[Caller, Security(authenticate, scopes=["project:read"])]
Readable = Annotated[Project, Security(own_project, scopes=["project:read"])]
Writable = Annotated[Project, Security(own_project, scopes=["project:write"])]


@router.get("/", response_model=list[ProjectListRead])
async def list_projects(store: StoreDep, caller: CanList) -> list[View]:
    """List the projects to which the key has access, without pagination."""
    there_are = PROJECTS.of(store.state).values()
    reached_ = [project for project in there_are if reaches(store, caller, project.id)]
    return [view(store, project) for project in store.arranged(reached_)]


@router.post("/", status_code=201, response_model=ProjectRead)
async def create_project(store: StoreDep, caller: CanCreate, body: ProjectCreate) -> View:
    """Create a project."""
    return view(store, create(store, body))


@router.get("/{project_id}/", response_model=ProjectListRead)
async def get_project_info(store: StoreDep, project: Readable) -> View:
    """Get a project."""
    return view(store, project)


@router.put("/{project_id}/", response_model=ProjectRead)
async def update_project(store: StoreDep, project: Writable, body: ProjectUpdate) -> View:
    """Update a project."""
    update(store, project, body)
    return view(store, project)


@router.delete("/{project_id}/", status_code=204)
async def delete_project(store: StoreDep, project: Writable) -> None:
    """Delete a project and everything in it."""
    del PROJECTS.of(store.state)[project.id]


KIND = Kind(settings=Settings, collections=(PROJECTS,), routers=(router,))
