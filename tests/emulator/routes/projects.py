# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/v1/projects/``."""

from fastapi import APIRouter

from ..answers import AnswerRoute
from ..kinds import projects
from ..kinds.views import View
from ..models.common import RATE_LIMITED
from ..models.projects import ProjectCreate, ProjectListRead, ProjectRead, ProjectUpdate
from ..security import CanCreateProject, CanListProjects, ReadableProject, StoreDep, WritableProject

router = APIRouter(prefix="/v1/projects", tags=["Projects"], responses=RATE_LIMITED, route_class=AnswerRoute)


@router.get("/", response_model=list[ProjectListRead])
async def list_projects(store: StoreDep, caller: CanListProjects) -> list[View]:
    """The projects that the key reaches; no pagination."""
    reached = [project for project in store.state.projects.values() if caller.reaches(store, project.id)]
    return [projects.view(store, project) for project in projects.arranged(store, reached)]


@router.post("/", status_code=201, response_model=ProjectRead)
async def create_project(store: StoreDep, caller: CanCreateProject, body: ProjectCreate) -> View:
    """A new project."""
    return projects.view(store, projects.create(store, body))


@router.get("/{project_id}/", response_model=ProjectListRead)
async def get_project_info(store: StoreDep, project: ReadableProject) -> View:
    """A project."""
    return projects.view(store, project)


@router.put("/{project_id}/", response_model=ProjectRead)
async def update_project(store: StoreDep, project: WritableProject, body: ProjectUpdate) -> View:
    """Change a project in part."""
    projects.update(store, project, body)
    return projects.view(store, project)


@router.delete("/{project_id}/", status_code=204)
async def delete_project(store: StoreDep, project: WritableProject) -> None:
    """End a project and all below it."""
    projects.delete(store, project)
