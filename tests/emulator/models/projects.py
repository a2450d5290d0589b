# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from .common import FirstChoiceDocumented

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
