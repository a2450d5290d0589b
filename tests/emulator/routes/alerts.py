# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/v1/projects/{project_id}/alerts/``."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body

from ..answers import AnswerRoute
from ..kinds import alerts
from ..kinds.views import View
from ..models.alerts import AlertCreate, AlertRead, AlertUpdate, AlertWithLastRun
from ..models.common import RATE_LIMITED
from ..security import AlertReadProject, AlertWriteProject, StoreDep

router = APIRouter(
    prefix="/v1/projects/{project_id}/alerts",
    tags=["Projects", "Alerts"],
    responses=RATE_LIMITED,
    route_class=AnswerRoute,
)


@router.get("/", response_model=list[AlertWithLastRun])
async def list_alerts(store: StoreDep, project: AlertReadProject) -> list[View]:
    """The alerts of a project."""
    return [alerts.run_view(store, project, alert) for alert in alerts.arranged(store, project)]


@router.post("/", status_code=201, response_model=AlertRead)
async def create_alert(store: StoreDep, project: AlertWriteProject, body: AlertCreate) -> View:
    """A new alert."""
    alert = alerts.create(store, project, body)
    return {**alerts.view(store, project, alert), "query_check": alerts.query_check(store, alert.query)}


@router.get("/{alert_id}/", response_model=AlertWithLastRun)
async def get_alert(store: StoreDep, project: AlertReadProject, alert_id: UUID) -> View:
    """An alert."""
    return alerts.run_view(store, project, store.alert(project, alert_id))


@router.put("/{alert_id}/", response_model=AlertRead)
async def update_alert(
    store: StoreDep, project: AlertWriteProject, alert_id: UUID, body: Annotated[AlertUpdate, Body()]
) -> View:
    """Change an alert in part. A query that is not touched is not tried again."""
    alert = store.alert(project, alert_id)
    alerts.update(store, project, alert, body)
    check = alerts.query_check(store, alert.query) if "query" in body else None
    return {**alerts.view(store, project, alert), "query_check": check}


@router.delete("/{alert_id}/", status_code=204)
async def delete_alert(store: StoreDep, project: AlertWriteProject, alert_id: UUID) -> None:
    """End an alert."""
    alerts.delete(project, store.alert(project, alert_id))
