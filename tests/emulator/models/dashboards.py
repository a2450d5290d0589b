# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dashboards: Perses documents. Typed all the way down to the plugins, whose ``spec`` is free-form."""

from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from .common import FirstChoiceDocumented

#: What becomes of members that the schema does not know is a setting, so it is not decided here.
OPEN = ConfigDict(extra="allow")

#: Its member's name is no Python name.
PanelRef = TypedDict("PanelRef", {"$ref": str})


class PlainPanelRef(TypedDict):
    """The same as some tools write it."""

    ref: str


PerseDuration = Annotated[
    str,
    Field(
        pattern=r"^((([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?|0)$",
    ),
]


@with_config(OPEN)
class DashboardDisplay(TypedDict):
    """How a dashboard or a data source is called."""

    name: str | None
    description: NotRequired[str | None]


@with_config(OPEN)
class DashboardPlugin(TypedDict):
    """A plugin by its kind; what it is told is its own business."""

    kind: Annotated[str, Field(min_length=1)]
    spec: Any


@with_config(OPEN)
class DashboardQuery(TypedDict):
    """A query of a panel; what it is told is its own business."""

    kind: str
    spec: Any


@with_config(OPEN)
class DashboardDatasourceSpec(TypedDict):
    """A data source."""

    display: DashboardDisplay | None
    default: NotRequired[Annotated[bool, Field(json_schema_extra={"default": False})]]
    plugin: DashboardPlugin


@with_config(OPEN)
class DashboardVariableDisplay(TypedDict, total=False):
    """How a variable is called."""

    name: str
    description: str
    hidden: bool


@with_config(OPEN)
class DashboardTextVariableSpec(TypedDict):
    """A variable that is typed in."""

    name: str
    display: NotRequired[DashboardVariableDisplay]
    value: str
    constant: NotRequired[bool]


@with_config(OPEN)
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


@with_config(OPEN)
class DashboardTextVariable(TypedDict):
    """A variable that is typed in."""

    kind: Literal["TextVariable"]
    spec: DashboardTextVariableSpec


@with_config(OPEN)
class DashboardListVariable(TypedDict):
    """A variable that is chosen from a list."""

    kind: Literal["ListVariable"]
    spec: DashboardListVariableSpec


DashboardVariable = Annotated[DashboardTextVariable | DashboardListVariable, Field(discriminator="kind")]


@with_config(OPEN)
class DashboardPanelDisplay(TypedDict):
    """How a panel is called."""

    name: str
    description: NotRequired[str]


@with_config(OPEN)
class DashboardPanelLink(TypedDict, total=False):
    """A link on a panel."""

    name: str
    url: str
    tooltip: str
    renderVariables: bool
    targetBlank: bool


@with_config(OPEN)
class DashboardPanelSpec(TypedDict):
    """What a panel shows."""

    display: DashboardPanelDisplay
    plugin: DashboardPlugin
    queries: NotRequired[list[DashboardQuery]]
    links: NotRequired[list[DashboardPanelLink]]
    variables: NotRequired[list[DashboardVariable]]


@with_config(OPEN)
class DashboardPanel(TypedDict):
    """A panel."""

    kind: Literal["Panel"]
    spec: DashboardPanelSpec


@with_config(OPEN)
class DashboardCollapse(TypedDict):
    """Whether a row of the grid is open."""

    open: bool


@with_config(OPEN)
class DashboardGridDisplay(TypedDict, total=False):
    """The head of a row of the grid."""

    title: str
    collapse: DashboardCollapse


@with_config(OPEN)
class DashboardGridItem(TypedDict):
    """Where a panel is."""

    x: int
    y: int
    width: int
    height: int
    content: Annotated[PanelRef | PlainPanelRef, FirstChoiceDocumented()]


@with_config(OPEN)
class DashboardGridSpec(TypedDict):
    """A row of the grid."""

    display: NotRequired[DashboardGridDisplay]
    items: list[DashboardGridItem]


@with_config(OPEN)
class DashboardLayout(TypedDict):
    """A layout."""

    kind: Literal["Grid"]
    spec: DashboardGridSpec


@with_config(OPEN)
class DashboardCreateSpec(TypedDict):
    """What is on a dashboard: on writes."""

    display: DashboardDisplay | None
    datasources: NotRequired[dict[str, DashboardDatasourceSpec]]
    variables: NotRequired[list[DashboardVariable]]
    panels: dict[str, DashboardPanel] | None
    layouts: list[DashboardLayout]
    duration: NotRequired[Annotated[PerseDuration | None, Field(json_schema_extra={"default": "1h"})]]
    refreshInterval: NotRequired[Annotated[PerseDuration, Field(json_schema_extra={"default": "0s"})]]


@with_config(OPEN)
class DashboardSpec(DashboardCreateSpec):
    """What is on a dashboard: in answers, where ``variables`` is always there."""

    # A typed dictionary cannot make a member required that its base leaves optional; pydantic, which reads it, can.
    variables: list[DashboardVariable]  # type: ignore[misc]


@with_config(OPEN)
class DashboardMetadataCreate(TypedDict):
    """The metadata that a client may send; everything else of it belongs to the server."""

    name: str
    project: str


@with_config(OPEN)
class DashboardProjectMetadataRead(TypedDict):
    """The metadata in answers."""

    name: str
    createdAt: NotRequired[datetime]
    updatedAt: NotRequired[datetime]
    version: NotRequired[int]
    layoutUpdatedAt: NotRequired[datetime | None]
    project: str


@with_config(OPEN)
class DashboardCreate(TypedDict):
    """A definition on writes."""

    kind: Literal["Dashboard"]
    metadata: DashboardMetadataCreate
    spec: DashboardCreateSpec


@with_config(OPEN)
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
