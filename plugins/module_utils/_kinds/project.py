# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects: the API's section I(projects)."""

from __future__ import annotations

import re
from typing import Any

from .._api.client import LogfireClient, Wire
from .kind import Field, Kind, text

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def project_name(value: str) -> str:
    """The rule for names of the published document: 2 to 50 characters of a-z, 0-9 and single hyphens inside."""
    if not (2 <= len(value) <= 50 and _NAME.fullmatch(value)):
        raise ValueError(
            f"{value!r} cannot be a project's name: 2 to 50 lower-case letters and digits, with single hyphens between"
        )
    return value


class Project(Kind):
    name = "project"
    wire_key = "project_name"
    in_project = False
    unique = True
    fields = (
        Field("name", "project_name", parse=project_name, required=True),
        Field("description", "description", load=text, default=""),
        Field("visibility", "visibility", default="public"),
    )
    read_only = ("organization_name", "created_at", "updated_at")

    def argument_spec(self) -> dict[str, Any]:
        return {
            "name": {"type": "str"},
            "id": {"type": "str"},
            "description": {"type": "str"},
            "visibility": {"type": "str", "choices": ["private", "public"]},
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        }

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        return client.list_projects()

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        return client.create_project(**body)

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        return client.update_project(object_id, **body)

    def delete(self, client: LogfireClient, project_id: str, object_id: str) -> None:
        client.delete_project(object_id)


PROJECT = Project()
