# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects: the API's section I(projects)."""

from __future__ import annotations

from .._values.checks import check_tenant_name
from .._values.types import Choice, Name, Text
from .field import Field, Scopes
from .kind import Kind


def check_name(name: str) -> None:
    """The rule for new names."""
    check_tenant_name(name, "project")


class Project(Kind):
    name = "project"
    wire_key = "project_name"
    scopes = Scopes("project:read", "project:write", create="organization:create_project")
    unique = True
    fields = (
        Field("name", Name(check_name), "project_name", required=True),
        Field("description", Text(), default=""),
        Field("visibility", Choice("private", "public"), default="public"),
    )
    read_only = ("organization_name", "created_at", "updated_at")


PROJECT = Project()
