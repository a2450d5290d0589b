# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects: unique names, a partial update, and everything below ends with the project.

Known: the text of the 403 that also stands for a project that is gone.
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

    duplicate_project_status: Literal[400, 409, 422] = Field(default=409, description="a name that is taken (stand-in)")
    null_description: Literal["keep", "clear"] = Field(default="keep", description="PUT description null (stand-in)")
    cleared_description: Literal["null", "empty"] = Field(default="null", description='how "" comes back (stand-in)')
    missing_project_status: Literal[403, 404] = Field(default=404, description="project item is gone (stand-in)")
    missing_project_child_status: Literal[403, 404] = Field(
        default=403, description="so are the routes below it (stand-in)"
    )


# What is stored


class Project(Record):
    """A project; other kinds add what lies in it, and ends with it."""

    project_name: str
    description: str | None = None
    visibility: str = "public"
    updated_at: datetime


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("updated_at", record["created_at"])


PROJECTS = Collection("projects", Project, "Project not found", naming="project_name", complete=_complete)


# Bodies and answers

ProjectName = Annotated[str, Field(min_length=2, max_length=50, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Visibility = Literal["private", "public"]


#: Answers may carry one of a release to come, which was seeded.
VisibilityRead = Annotated[Visibility | str, FirstChoiceDocumented()]


class ProjectCreate(BaseModel):
    """A new project; without a visibility it is public."""

    project_name: ProjectName
    description: Annotated[str, Field(max_length=500)] | None = None
    visibility: Visibility = "public"


class ProjectUpdate(BaseModel):
    """A partial update: what is left out stays."""

    project_name: ProjectName | None = None
    description: str | None = None
    visibility: Visibility | None = None


class ProjectRead(BaseModel):
    """The answer to a create and an update: without ``updated_at``."""

    id: UUID
    project_name: str
    created_at: datetime
    description: str | None
    organization_name: str
    visibility: VisibilityRead


class ProjectListRead(ProjectRead):
    """A project in the list and by its id."""

    updated_at: datetime


# Rules


def find(store: Store, reference: str) -> Project | None:
    """A project by id or name; an id wins."""
    projects = list(PROJECTS.of(store.state).values())
    by_id = [project for project in projects if str(project.id) == reference]
    by_name = [project for project in projects if project.project_name == reference]
    return next(iter(by_id + by_name), None)


def reaches(store: Store, caller: Caller, project_id: UUID) -> bool:
    """Whether the key reaches a project."""
    if caller.project is None:
        return True
    own = find(store, caller.project)
    return str(project_id) == caller.project if own is None else own.id == project_id


def reached(project_id: UUID, store: Store, caller: Caller, *, child: bool = False) -> Project:
    """A project by its id, for its own routes or for a child's.

    One that never was, one that is no more and one that the key does not reach answer alike, but which refusal that is
    remains open: the text of the 403 is known, and that it also stands for "gone"; the item route is believed to answer
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
    """The project that a project route is about."""
    return reached(project_id, store, caller)


async def parent_project(project_id: UUID, store: StoreDep, caller: CallerDep) -> Project:
    """The project that the route of something in a project is below."""
    return reached(project_id, store, caller, child=True)


def _description(store: Store, value: str | None) -> str | None:
    """An empty description is none; whether it comes back as null or as "" is open."""
    kept = text.description(store.settings, value or "")
    return kept or (None if Settings.of(store.settings).cleared_description == "null" or value is None else "")


def _claim_name(store: Store, name: str, holder: Project | None = None) -> None:
    """Names are unique in the organization; the status of a refusal is open."""
    if taken(PROJECTS.of(store.state).values(), "project_name", name, holder):
        status = Settings.of(store.settings).duplicate_project_status
        raise refusal(status, "project_name", "A project with this name already exists", name)


def create(store: Store, body: ProjectCreate) -> Project:
    """A new project."""
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
    """Change what is given. null changes neither name nor visibility; for the description that is open."""
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
    """A project as answers show it."""
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
    """The projects that the key reaches; no pagination."""
    there_are = PROJECTS.of(store.state).values()
    reached_ = [project for project in there_are if reaches(store, caller, project.id)]
    return [view(store, project) for project in store.arranged(reached_)]


@router.post("/", status_code=201, response_model=ProjectRead)
async def create_project(store: StoreDep, caller: CanCreate, body: ProjectCreate) -> View:
    """A new project."""
    return view(store, create(store, body))


@router.get("/{project_id}/", response_model=ProjectListRead)
async def get_project_info(store: StoreDep, project: Readable) -> View:
    """A project."""
    return view(store, project)


@router.put("/{project_id}/", response_model=ProjectRead)
async def update_project(store: StoreDep, project: Writable, body: ProjectUpdate) -> View:
    """Change a project in part."""
    update(store, project, body)
    return view(store, project)


@router.delete("/{project_id}/", status_code=204)
async def delete_project(store: StoreDep, project: Writable) -> None:
    """End a project and all below it."""
    del PROJECTS.of(store.state)[project.id]


KIND = Kind(settings=Settings, collections=(PROJECTS,), routers=(router,))
