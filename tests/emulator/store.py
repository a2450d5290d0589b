# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The store: the state, and the settings, ids and clock that changes of it need. Knows nothing of HTTP."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from . import seeding
from .errors import ForbiddenError, NotFoundError
from .identity import Clock, Ids
from .records import Alert, Authored, Channel, Dashboard, Project
from .settings import Settings

NO_ACCESS = "You do not have permission to access this project"


class Store:
    """One organization and what is in it."""

    def __init__(self, settings: Settings, seed: Mapping[str, Any] | None = None) -> None:
        self.settings = settings
        self.clock = Clock(settings)
        self.load(seed)

    def load(self, seed: Mapping[str, Any] | None) -> None:
        """Start again from a seed; ids and secrets start again too."""
        ids = Ids(self.settings.random_seed)
        self.state = seeding.load(seed, ids, self.clock)
        self.ids = ids

    def snapshot(self) -> dict[str, Any]:
        """The whole state as JSON, secrets in clear: a seed that :meth:`load` takes."""
        return self.state.model_dump(mode="json")

    def find_project(self, reference: str) -> Project | None:
        """A project by id or name; an id wins."""
        projects = list(self.state.projects.values())
        by_id = [project for project in projects if str(project.id) == reference]
        by_name = [project for project in projects if project.project_name == reference]
        return next(iter(by_id + by_name), None)

    def project(self, project_id: UUID, *, child: bool) -> Project:
        """A project by its id, for its own routes or for a child's.

        One that never was and one that is no more answer alike, but which refusal that is remains open: the text of the
        403 is known, and that it also stands for "gone"; the item route is believed to answer 404.
        """
        found = self.state.projects.get(project_id)
        if found is not None:
            return found
        settings = self.settings
        status = settings.missing_project_child_status if child else settings.missing_project_status
        if status == 403:
            raise ForbiddenError(NO_ACCESS)
        raise NotFoundError("Project not found")

    def channel(self, channel_id: UUID) -> Channel:
        """A channel by its id."""
        found = self.state.channels.get(channel_id)
        if found is None:
            raise NotFoundError("Channel not found")
        return found

    def alert(self, project: Project, alert_id: UUID) -> Alert:
        """An alert of a project by its id."""
        found = project.alerts.get(alert_id)
        if found is None:
            raise NotFoundError("Alert not found")
        return found

    def dashboard(self, project: Project, dashboard_id: UUID) -> Dashboard:
        """A dashboard of a project by its id."""
        found = project.dashboards.get(dashboard_id)
        if found is None:
            raise NotFoundError("Dashboard not found")
        return found

    def touch(self, record: Authored) -> None:
        """Note that a record was changed, when and by whom."""
        record.updated_at = self.clock.now()
        record.updated_by_name = self.settings.actor_name
