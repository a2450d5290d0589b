# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dashboards: unique slugs, a version that locks, metadata that the server owns."""

import copy
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from .. import text
from ..errors import ConflictError, InvalidError
from ..models.dashboards import DashboardCreate, DashboardCreateRequest, DashboardUpdateRequest
from ..ordering import arrange
from ..records import Dashboard, Project
from ..store import Store
from .views import UNKNOWN, View, authored

Definition = dict[str, Any]
SCHEMA = TypeAdapter(DashboardCreate)
#: Metadata that the server writes, whatever a client sends.
SERVER_METADATA = {"createdAt", "updatedAt", "version", "layoutUpdatedAt", *UNKNOWN}


def create(store: Store, project: Project, body: DashboardCreateRequest) -> Dashboard:
    """A new dashboard; its slug is its own within the project."""
    slug = text.name(store.settings, body.slug)
    if any(board.slug == slug for board in project.dashboards.values()):
        raise ConflictError("Dashboard with this slug already exists")
    now = store.clock.now()
    dashboard = Dashboard(
        id=store.ids.new(),
        created_at=now,
        created_by_name=store.settings.actor_name,
        slug=slug,
        name=text.name(store.settings, body.name),
        version=store.settings.dashboard_first_version,
        definition=_complete(store, body.definition),
        layout_updated_at=now,
    )
    project.dashboards[dashboard.id] = dashboard
    return dashboard


def update(store: Store, dashboard: Dashboard, body: DashboardUpdateRequest, *, replace_layout: bool) -> None:
    """Change what is given and not null, if the version that the client saw is still the current one.

    What people moved in the browser lies over the layouts of a definition; how a new definition ends that is a setting.
    """
    if body.version is not None and body.version != dashboard.version:
        raise ConflictError("Dashboard version conflict")
    if body.name is None and body.definition is None:
        return
    if body.name is not None:
        dashboard.name = text.name(store.settings, body.name)
    store.touch(dashboard)
    if body.definition is not None:
        before = _layouts(store, dashboard)
        dashboard.definition = _complete(store, body.definition)
        if store.settings.layout_overrides == "drop" or (
            replace_layout and store.settings.layout_overrides == "replaceable"
        ):
            dashboard.layout_overrides = {}
        if _layouts(store, dashboard) != before:
            dashboard.layout_updated_at = dashboard.updated_at
    dashboard.version += 1


def delete(project: Project, dashboard: Dashboard) -> None:
    """The dashboard; its slug is free again."""
    del project.dashboards[dashboard.id]


def _complete(store: Store, definition: Any) -> Definition:
    """A definition with the defaults that the schema states; that the service writes them down is open."""
    settings = store.settings
    keeps = settings.dashboard_unknown_members == "keep"
    known = SCHEMA.validate_python(definition, extra="allow" if keeps else "ignore")
    result: Definition = copy.deepcopy(dict(known))
    spec = result["spec"]
    result["metadata"] = {name: value for name, value in result["metadata"].items() if name not in SERVER_METADATA}
    if settings.grid_content == "$ref" and any("ref" in item["content"] for item in _grid_items(spec["layouts"])):
        raise InvalidError("definition", "the content of a grid item is {'$ref': ...}", spec["layouts"])
    if settings.dashboard_defaults:
        for name, default in (("variables", []), ("duration", "1h"), ("refreshInterval", "0s")):
            spec.setdefault(name, default)
        for source in spec.get("datasources", {}).values():
            source.setdefault("default", False)
    return result


def _grid_items(layouts: list[Any]) -> Iterator[dict[str, Any]]:
    return (item for layout in layouts for item in layout["spec"]["items"])


def _layouts(store: Store, dashboard: Dashboard) -> list[Any]:
    """The layouts with what people moved, and with the references spelt as answers spell them."""
    layouts = copy.deepcopy(dashboard.definition["spec"]["layouts"])
    for item in _grid_items(layouts):
        [reference] = item["content"].values()
        moved = dashboard.layout_overrides.get(reference)
        item.update(moved.model_dump() if moved else {})
        if store.settings.grid_content != "as_given":
            item["content"] = {store.settings.grid_content: reference}
    return list(layouts)


def arranged(store: Store, project: Project) -> list[Dashboard]:
    """Dashboards in the server's order."""
    return arrange(project.dashboards.values(), store.settings.list_order, lambda dashboard: dashboard.id)


def definition_view(store: Store, project: Project, dashboard: Dashboard) -> View:
    """The definition with the metadata that the server owns; ``variables`` is always there."""
    sent = dashboard.definition["metadata"]
    from_definition = store.settings.dashboard_metadata_name == "definition"
    metadata = {
        **sent,
        "name": sent["name"] if from_definition else dashboard.name,
        "project": project.project_name,
        "createdAt": dashboard.created_at,
        "updatedAt": dashboard.updated_at or dashboard.created_at,
        "version": dashboard.version,
    }
    if store.settings.dashboard_layout_updated_at:
        metadata["layoutUpdatedAt"] = dashboard.layout_updated_at or dashboard.created_at
    spec = {"variables": [], **dashboard.definition["spec"], "layouts": _layouts(store, dashboard)}
    return {**dashboard.definition, "metadata": metadata, "spec": spec}


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
