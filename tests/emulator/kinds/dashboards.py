# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dashboards: unique slugs, a version that locks, metadata that the server owns."""

import copy
from typing import Any

from ..errors import ConflictError
from ..models.dashboards import DashboardCreateRequest, DashboardUpdateRequest
from ..ordering import arrange
from ..records import Dashboard, Project
from ..store import Store
from .views import View, authored


def create(store: Store, project: Project, body: DashboardCreateRequest) -> Dashboard:
    """A new dashboard; its slug is its own within the project."""
    if any(board.slug == body.slug for board in project.dashboards.values()):
        raise ConflictError("Dashboard with this slug already exists")
    now = store.clock.now()
    dashboard = Dashboard(
        id=store.ids.new(),
        created_at=now,
        created_by_name=store.settings.actor_name,
        slug=body.slug,
        name=body.name,
        version=store.settings.dashboard_first_version,
        definition=_complete(store, body.definition),
        layout_updated_at=now,
    )
    project.dashboards[dashboard.id] = dashboard
    return dashboard


def update(store: Store, dashboard: Dashboard, body: DashboardUpdateRequest) -> None:
    """Change what is given and not null, if the version that the client saw is still the current one."""
    if body.version is not None and body.version != dashboard.version:
        raise ConflictError("Dashboard version conflict")
    if body.name is None and body.definition is None:
        return
    if body.name is not None:
        dashboard.name = body.name
    store.touch(dashboard)
    if body.definition is not None:
        definition = _complete(store, body.definition)
        if definition["spec"]["layouts"] != dashboard.definition["spec"]["layouts"]:
            dashboard.layout_updated_at = dashboard.updated_at
        dashboard.definition = definition
    dashboard.version += 1


def delete(project: Project, dashboard: Dashboard) -> None:
    """The dashboard; its slug is free again."""
    del project.dashboards[dashboard.id]


def _complete(store: Store, definition: Any) -> dict[str, Any]:
    """A definition with the defaults that the schema states; that the service writes them down is open."""
    result: dict[str, Any] = copy.deepcopy(dict(definition))
    spec = result["spec"]
    if store.settings.dashboard_defaults:
        for name, default in (("variables", []), ("duration", "1h"), ("refreshInterval", "0s")):
            spec.setdefault(name, default)
        for source in spec.get("datasources", {}).values():
            source.setdefault("default", False)
    return result


def arranged(store: Store, project: Project) -> list[Dashboard]:
    """Dashboards in the server's order."""
    return arrange(project.dashboards.values(), store.settings.list_order, lambda dashboard: dashboard.id)


def definition_view(store: Store, project: Project, dashboard: Dashboard) -> View:
    """The definition with the metadata that the server owns; ``variables`` is always there."""
    sent = dashboard.definition["metadata"]
    from_definition = store.settings.dashboard_metadata_name == "definition"
    metadata = {
        "name": sent["name"] if from_definition else dashboard.name,
        "project": project.project_name,
        "createdAt": dashboard.created_at,
        "updatedAt": dashboard.updated_at or dashboard.created_at,
        "version": dashboard.version,
    }
    if store.settings.dashboard_layout_updated_at:
        metadata["layoutUpdatedAt"] = dashboard.layout_updated_at or dashboard.created_at
    spec = {"variables": [], **dashboard.definition["spec"]}
    return {"kind": dashboard.definition["kind"], "metadata": metadata, "spec": spec}


def summary_view(store: Store, project: Project, dashboard: Dashboard) -> View:
    """A dashboard in the list."""
    return {
        **authored(dashboard),
        "project_id": project.id,
        "dashboard_name": dashboard.name,
        "dashboard_slug": dashboard.slug,
        "version": dashboard.version,
    }


def view(store: Store, project: Project, dashboard: Dashboard) -> View:
    """The answer to a create and an update."""
    return {
        **summary_view(store, project, dashboard),
        "definition": definition_view(store, project, dashboard),
    }
