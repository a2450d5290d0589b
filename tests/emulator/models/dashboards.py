# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dashboards: Perses documents. Typed all the way down to the plugins, whose ``spec`` is free-form."""

from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypedDict

#: Its member's name is no Python name.
PanelRef = TypedDict("PanelRef", {"$ref": str})

PerseDuration = Annotated[
    str,
    Field(
        pattern=r"^((([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?|0)$",
    ),
]


class DashboardDisplay(TypedDict):
    """How a dashboard or a data source is called."""

    name: str | None
    description: NotRequired[str | None]


class DashboardPlugin(TypedDict):
    """A plugin by its kind; what it is told is its own business."""

    kind: Annotated[str, Field(min_length=1)]
    spec: Any


class DashboardQuery(TypedDict):
    """A query of a panel; what it is told is its own business."""

    kind: str
    spec: Any


class DashboardDatasourceSpec(TypedDict):
    """A data source."""

    display: DashboardDisplay | None
    default: NotRequired[Annotated[bool, Field(json_schema_extra={"default": False})]]
    plugin: DashboardPlugin


class DashboardVariableDisplay(TypedDict, total=False):
    """How a variable is called."""

    name: str
    description: str
    hidden: bool


class DashboardTextVariableSpec(TypedDict):
    """A variable that is typed in."""

    name: str
    display: NotRequired[DashboardVariableDisplay]
    value: str
    constant: NotRequired[bool]


class DashboardListVariableSpec(TypedDict):
    """A variable that is chosen from a list."""

    name: str
    display: NotRequired[DashboardVariableDisplay]
    defaultValue: NotRequired[str | list[str] | None]
    allowMultiple: bool
    allowAllValue: bool
    customAllValue: NotRequired[str]
    capturingRegexp: NotRequired[str]
    sort: NotRequired[str]
    plugin: DashboardPlugin


class DashboardTextVariable(TypedDict):
    """A variable that is typed in."""

    kind: Literal["TextVariable"]
    spec: DashboardTextVariableSpec


class DashboardListVariable(TypedDict):
    """A variable that is chosen from a list."""

    kind: Literal["ListVariable"]
    spec: DashboardListVariableSpec


DashboardVariable = Annotated[DashboardTextVariable | DashboardListVariable, Field(discriminator="kind")]


class DashboardPanelDisplay(TypedDict):
    """How a panel is called."""

    name: str
    description: NotRequired[str]


class DashboardPanelLink(TypedDict, total=False):
    """A link on a panel."""

    name: str
    url: str
    tooltip: str
    renderVariables: bool
    targetBlank: bool


class DashboardPanelSpec(TypedDict):
    """What a panel shows."""

    display: DashboardPanelDisplay
    plugin: DashboardPlugin
    queries: NotRequired[list[DashboardQuery]]
    links: NotRequired[list[DashboardPanelLink]]
    variables: NotRequired[list[DashboardVariable]]


class DashboardPanel(TypedDict):
    """A panel."""

    kind: Literal["Panel"]
    spec: DashboardPanelSpec


class DashboardCollapse(TypedDict):
    """Whether a row of the grid is open."""

    open: bool


class DashboardGridDisplay(TypedDict, total=False):
    """The head of a row of the grid."""

    title: str
    collapse: DashboardCollapse


class DashboardGridItem(TypedDict):
    """Where a panel is."""

    x: int
    y: int
    width: int
    height: int
    content: PanelRef


class DashboardGridSpec(TypedDict):
    """A row of the grid."""

    display: NotRequired[DashboardGridDisplay]
    items: list[DashboardGridItem]


class DashboardLayout(TypedDict):
    """A layout."""

    kind: Literal["Grid"]
    spec: DashboardGridSpec


class DashboardCreateSpec(TypedDict):
    """What is on a dashboard: on writes."""

    display: DashboardDisplay | None
    datasources: NotRequired[dict[str, DashboardDatasourceSpec]]
    variables: NotRequired[list[DashboardVariable]]
    panels: dict[str, DashboardPanel] | None
    layouts: list[DashboardLayout]
    duration: NotRequired[Annotated[PerseDuration | None, Field(json_schema_extra={"default": "1h"})]]
    refreshInterval: NotRequired[Annotated[PerseDuration, Field(json_schema_extra={"default": "0s"})]]


class DashboardSpec(DashboardCreateSpec):
    """What is on a dashboard: in answers, where ``variables`` is always there."""

    # A typed dictionary cannot make a member required that its base leaves optional; pydantic, which reads it, can.
    variables: list[DashboardVariable]  # type: ignore[misc]


class DashboardMetadataCreate(TypedDict):
    """The metadata that a client may send; everything else of it belongs to the server."""

    name: str
    project: str


class DashboardProjectMetadataRead(TypedDict):
    """The metadata in answers."""

    name: str
    createdAt: NotRequired[datetime]
    updatedAt: NotRequired[datetime]
    version: NotRequired[int]
    layoutUpdatedAt: NotRequired[datetime | None]
    project: str


class DashboardCreate(TypedDict):
    """A definition on writes."""

    kind: Literal["Dashboard"]
    metadata: DashboardMetadataCreate
    spec: DashboardCreateSpec


class DashboardDefinitionRead(TypedDict):
    """A definition in answers."""

    kind: Literal["Dashboard"]
    metadata: DashboardProjectMetadataRead
    spec: DashboardSpec


class DashboardCreateRequest(BaseModel):
    """A new dashboard."""

    name: str
    slug: str
    definition: DashboardCreate


class DashboardUpdateRequest(BaseModel):
    """A partial update; null changes nothing either. ``version`` is the one that the client saw last."""

    name: str | None = None
    definition: DashboardCreate | None = None
    version: int | None = None


class DashboardSummary(BaseModel):
    """A dashboard in the list: the only place that tells id, slug and version of a dashboard that is there already."""

    id: UUID
    project_id: UUID
    created_at: datetime
    updated_at: datetime | None
    created_by_name: str | None
    updated_by_name: str | None
    dashboard_name: str
    dashboard_slug: str
    version: int


class Dashboard(DashboardSummary):
    """The answer to a create and an update."""

    definition: DashboardDefinitionRead


class GetDashboardResponse(BaseModel):
    """A dashboard by its id: the definition, and nothing beside it."""

    dashboard: DashboardDefinitionRead
