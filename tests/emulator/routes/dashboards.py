# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/v1/projects/{project_id}/dashboards/``."""

from uuid import UUID

from fastapi import APIRouter, Response

from ..answers import AnswerRoute
from ..kinds import dashboards
from ..kinds.views import View
from ..models.common import RATE_LIMITED
from ..models.dashboards import (
    Dashboard,
    DashboardCreateRequest,
    DashboardSummary,
    DashboardUpdateRequest,
    GetDashboardResponse,
)
from ..security import DashboardReadProject, DashboardWriteProject, StoreDep

router = APIRouter(
    prefix="/v1/projects/{project_id}/dashboards",
    tags=["Projects", "Dashboards"],
    responses=RATE_LIMITED,
    route_class=AnswerRoute,
)


@router.get("/", response_model=list[DashboardSummary])
async def list_dashboards(store: StoreDep, project: DashboardReadProject) -> list[View]:
    """The dashboards of a project, without their definitions."""
    return [dashboards.summary_view(store, project, item) for item in dashboards.arranged(store, project)]


@router.post("/", response_model=Dashboard, responses={409: {"description": "Dashboard with this slug already exists"}})
async def create_dashboard(
    store: StoreDep, project: DashboardWriteProject, body: DashboardCreateRequest, response: Response
) -> View:
    """A new dashboard."""
    response.status_code = store.settings.dashboard_create_status
    return dashboards.view(store, project, dashboards.create(store, project, body))


@router.get("/{dashboard_id}/", response_model=GetDashboardResponse)
async def get_dashboard(store: StoreDep, project: DashboardReadProject, dashboard_id: UUID) -> View:
    """The definition of a dashboard, and nothing beside it."""
    dashboard = store.dashboard(project, dashboard_id)
    return {"dashboard": dashboards.definition_view(store, project, dashboard)}


@router.put(
    "/{dashboard_id}/", response_model=Dashboard, responses={409: {"description": "Dashboard version conflict"}}
)
async def update_dashboard(
    store: StoreDep,
    project: DashboardWriteProject,
    dashboard_id: UUID,
    body: DashboardUpdateRequest,
    replace_layout: bool = False,
) -> View:
    """Change a dashboard in part."""
    dashboard = store.dashboard(project, dashboard_id)
    dashboards.update(store, dashboard, body, replace_layout=replace_layout)
    return dashboards.view(store, project, dashboard)


@router.delete("/{dashboard_id}/", status_code=204)
async def delete_dashboard(store: StoreDep, project: DashboardWriteProject, dashboard_id: UUID) -> None:
    """End a dashboard."""
    dashboards.delete(project, store.dashboard(project, dashboard_id))
