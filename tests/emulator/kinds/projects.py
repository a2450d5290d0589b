# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects: unique names, a partial update, and everything below ends with the project."""

from .. import text
from ..errors import refusal
from ..models.projects import ProjectCreate, ProjectUpdate
from ..ordering import arrange
from ..records import Project
from ..store import Store
from .views import View


def _description(store: Store, value: str | None) -> str | None:
    """An empty description is none; whether it comes back as null or as "" is open."""
    kept = text.description(store.settings, value or "")
    return kept or (None if store.settings.cleared_description == "null" or value is None else "")


def _claim_name(store: Store, name: str, holder: Project | None = None) -> None:
    """Names are unique in the organization; the status of a refusal is open."""
    for project in store.state.projects.values():
        if project.project_name == name and project is not holder:
            status = store.settings.duplicate_project_status
            raise refusal(status, "project_name", "A project with this name already exists", name)


def create(store: Store, body: ProjectCreate) -> Project:
    """A new project."""
    _claim_name(store, body.project_name)
    now = store.clock.now()
    project = Project(
        id=store.ids.new(),
        created_at=now,
        updated_at=now,
        project_name=body.project_name,
        description=_description(store, body.description),
        visibility=body.visibility,
    )
    store.state.projects[project.id] = project
    return project


def update(store: Store, project: Project, body: ProjectUpdate) -> None:
    """Change what is given. null changes neither name nor visibility; for the description that is open."""
    if body.project_name is not None:
        _claim_name(store, body.project_name, project)
        project.project_name = body.project_name
    if body.description is not None:
        project.description = _description(store, body.description)
    elif "description" in body.model_fields_set and store.settings.null_description == "clear":
        project.description = None
    if body.visibility is not None:
        project.visibility = body.visibility
    if body.model_fields_set:
        project.updated_at = store.clock.now()


def delete(store: Store, project: Project) -> None:
    """The project, its tokens, alerts and dashboards."""
    del store.state.projects[project.id]


def arranged(store: Store, projects: list[Project]) -> list[Project]:
    """Projects in the server's order."""
    return arrange(projects, store.settings.list_order, lambda project: project.id)


def view(store: Store, project: Project) -> View:
    """A project as answers show it."""
    return {
        "id": project.id,
        "project_name": project.project_name,
        "created_at": project.created_at,
        "updated_at": project.updated_at,
        "description": project.description,
        "organization_name": store.state.organization.name,
        "visibility": project.visibility,
    }
