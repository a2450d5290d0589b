# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dashboards: unique slugs, optimistic locking with a version, metadata that the server sets.

They are Perses documents with a schema, except for the ``spec`` of plugins, which is free-form. Known: the version, the
metadata, ``variables`` that are always present. ``layout_overrides`` (positions of panels that users moved, by
reference) come only from seeds.
"""

import copy
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from fastapi import APIRouter, Request, Response, Security
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, with_config
from typing_extensions import TypedDict

from .. import text
from ..answers import UNKNOWN, Answer, AnswerRoute
from ..errors import ConflictError, InvalidError
from ..kind import Kind
from ..models import RATE_LIMITED, FirstChoiceDocumented, Responses, View, authored
from ..records import Authored, Collection, Raw, taken
from ..security import StoreDep
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from ..store import Store
from .projects import PROJECTS, Project, parent_project

Definition = dict[str, Any]
#: Metadata that the server sets. Values of clients are ignored.
SERVER_METADATA = {"createdAt", "updatedAt", "version", "layoutUpdatedAt", *UNKNOWN}


class Settings(SharedSettings):
    """Open questions about dashboards."""

    dashboard_defaults: bool = Field(default=True, description="adds variables, duration, refreshInterval (stand-in)")
    dashboard_first_version: int = Field(default=1, description="version of a new dashboard (stand-in)")
    dashboard_create_status: Literal[200, 201] = Field(default=200, description="status of a creation")
    dashboard_metadata_name: Literal["definition", "dashboard"] = Field(
        default="definition", description="metadata.name is that of the last definition, or always the name (stand-in)"
    )
    dashboard_layout_updated_at: bool = Field(default=True, description="metadata.layoutUpdatedAt (stand-in)")
    dashboard_display_nulls: bool = Field(default=False, description="omitted members of displays are null (stand-in)")
    dashboard_unknown_members: Literal["drop", "keep"] = Field(
        default="drop", description="unknown members of a definition (stand-in)"
    )
    grid_content: Literal["$ref", "ref", "as_given"] = Field(
        default="$ref", description="member for the content of grid items in responses; requests accept both (stand-in)"
    )
    layout_overrides: Literal["replaceable", "keep", "drop"] = Field(
        default="replaceable",
        description="a new definition keeps moved panels: unless ?replace_layout=true, always, or never (stand-in)",
    )


# Stored data


class Place(BaseModel):
    """The position on the grid to which a user moved a panel."""

    model_config = ConfigDict(extra="forbid")

    x: int
    y: int
    width: int
    height: int


class StoredDashboard(Authored):
    """A dashboard. ``definition`` lacks the members that only responses have.

    ``layout_overrides`` are the positions of panels that users moved, by reference (``#/spec/panels/...``).
    """

    slug: str
    name: str
    version: int = 1
    definition: dict[str, Any]
    layout_updated_at: datetime | None = None
    layout_overrides: dict[str, Place] = Field(default_factory=dict)


def _empty_definition(name: str, project: str) -> Raw:
    """Return the definition of an empty dashboard."""
    return {
        "kind": "Dashboard",
        "metadata": {"name": name, "project": project},
        "spec": {
            "display": {"name": name},
            "panels": {},
            "layouts": [],
            "variables": [],
            "duration": "1h",
            "refreshInterval": "0s",
        },
    }


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("name", record["slug"])
    empty = _empty_definition(record["name"], holder["project_name"])
    given = record.get("definition", {})
    record["definition"] = {**empty, **given, "metadata": {**empty["metadata"], **given.get("metadata", {})}}


DASHBOARDS = Collection(
    "dashboards", StoredDashboard, "Dashboard not found", within=PROJECTS, naming="slug", complete=_complete
)


# Bodies of requests and responses

#: A setting decides about members that are not in the schema, so they are accepted here.
OPEN = ConfigDict(extra="allow")

#: The name of its member is not a valid Python name.
PanelRef = TypedDict("PanelRef", {"$ref": str})


class PlainPanelRef(TypedDict):
    """The same, as some tools write it."""

    ref: str


PerseDuration = Annotated[
    str,
    Field(
        pattern=r"^((([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?|0)$",
    ),
]


@with_config(OPEN)
class DashboardDisplay(TypedDict):
    """The name of a dashboard or a data source."""

    name: str | None
    description: NotRequired[str | None]


@with_config(OPEN)
class DashboardPlugin(TypedDict):
    """A plugin of a kind, with any ``spec``."""

    kind: Annotated[str, Field(min_length=1)]
    spec: Any


@with_config(OPEN)
class DashboardQuery(TypedDict):
    """A query of a panel, with any ``spec``."""

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
    """The name of a variable."""

    name: str
    description: str
    hidden: bool


@with_config(OPEN)
class DashboardTextVariableSpec(TypedDict):
    """A variable that the user types."""

    name: str
    display: NotRequired[DashboardVariableDisplay]
    value: str
    constant: NotRequired[bool]


@with_config(OPEN)
class DashboardListVariableSpec(TypedDict):
    """A variable that the user selects from a list."""

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
    """A variable that the user types."""

    kind: Literal["TextVariable"]
    spec: DashboardTextVariableSpec


@with_config(OPEN)
class DashboardListVariable(TypedDict):
    """A variable that the user selects from a list."""

    kind: Literal["ListVariable"]
    spec: DashboardListVariableSpec


DashboardVariable = Annotated[DashboardTextVariable | DashboardListVariable, Field(discriminator="kind")]


@with_config(OPEN)
class DashboardPanelDisplay(TypedDict):
    """The name of a panel."""

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
    """The content of a panel."""

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
    """The header of a row of the grid."""

    title: str
    collapse: DashboardCollapse


@with_config(OPEN)
class DashboardGridItem(TypedDict):
    """The position of a panel."""

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
    """The content of a dashboard in requests."""

    display: DashboardDisplay | None
    datasources: NotRequired[dict[str, DashboardDatasourceSpec]]
    variables: NotRequired[list[DashboardVariable]]
    panels: dict[str, DashboardPanel] | None
    layouts: list[DashboardLayout]
    duration: NotRequired[Annotated[PerseDuration | None, Field(json_schema_extra={"default": "1h"})]]
    refreshInterval: NotRequired[Annotated[PerseDuration, Field(json_schema_extra={"default": "0s"})]]


@with_config(OPEN)
class DashboardSpec(DashboardCreateSpec):
    """The content of a dashboard in responses, where ``variables`` is always present."""

    # A TypedDict cannot require a member that is optional in its base class, but pydantic, which uses this, can.
    variables: list[DashboardVariable]  # type: ignore[misc]


@with_config(OPEN)
class DashboardMetadataCreate(TypedDict):
    """The metadata that a client can set. The server sets the rest."""

    name: str
    project: str


@with_config(OPEN)
class DashboardProjectMetadataRead(TypedDict):
    """The metadata in responses."""

    name: str
    createdAt: NotRequired[datetime]
    updatedAt: NotRequired[datetime]
    version: NotRequired[int]
    layoutUpdatedAt: NotRequired[datetime | None]
    project: str


@with_config(OPEN)
class DashboardCreate(TypedDict):
    """A definition in requests."""

    kind: Literal["Dashboard"]
    metadata: DashboardMetadataCreate
    spec: DashboardCreateSpec


@with_config(OPEN)
class DashboardDefinitionRead(TypedDict):
    """A definition in responses."""

    kind: Literal["Dashboard"]
    metadata: DashboardProjectMetadataRead
    spec: DashboardSpec


class DashboardCreateRequest(BaseModel):
    """A new dashboard."""

    name: str
    slug: str
    definition: DashboardCreate


class DashboardUpdateRequest(BaseModel):
    """A partial update: omitted and null members keep their values. ``version`` is the one that the client read."""

    name: str | None = None
    definition: DashboardCreate | None = None
    version: int | None = None


class DashboardSummary(BaseModel):
    """A dashboard in the list, the only response with ID, slug and version of an existing dashboard."""

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
    """A dashboard in responses to a creation and an update."""

    definition: DashboardDefinitionRead


class GetDashboardResponse(BaseModel):
    """A dashboard by its ID: only the definition."""

    dashboard: DashboardDefinitionRead


# Rules

SCHEMA = TypeAdapter(DashboardCreate)


def create(store: Store, project: Project, body: DashboardCreateRequest) -> StoredDashboard:
    """Create a dashboard with a slug that is unique in the project."""
    slug = text.name(store.settings, body.slug)
    if taken(DASHBOARDS.of(project).values(), "slug", slug):
        raise ConflictError("Dashboard with this slug already exists")
    definition, now = _complete_definition(store, body.definition), store.clock.now()
    return store.add(
        DASHBOARDS,
        project,
        created_at=now,
        slug=slug,
        name=text.name(store.settings, body.name),
        version=Settings.of(store.settings).dashboard_first_version,
        definition=definition,
        layout_updated_at=now,
    )


def update(store: Store, dashboard: StoredDashboard, body: DashboardUpdateRequest, *, replace_layout: bool) -> None:
    """Change the members in the body that are not null, if the version of the client is current.

    Positions of moved panels override the layouts of a definition. A setting decides when a new definition resets them.
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
        dashboard.definition = _complete_definition(store, body.definition)
        overrides = Settings.of(store.settings).layout_overrides
        if overrides == "drop" or (replace_layout and overrides == "replaceable"):
            dashboard.layout_overrides = {}
        if _layouts(store, dashboard) != before:
            dashboard.layout_updated_at = dashboard.updated_at
    dashboard.version += 1


def _complete_definition(store: Store, definition: Any) -> Definition:
    """Return a definition with the defaults of the schema. Whether the service stores them is a setting."""
    settings = Settings.of(store.settings)
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


def _layouts(store: Store, dashboard: StoredDashboard) -> list[Any]:
    """Return the layouts with the positions of moved panels, and references in the form of responses."""
    layouts = copy.deepcopy(dashboard.definition["spec"]["layouts"])
    for item in _grid_items(layouts):
        [reference] = item["content"].values()
        moved = dashboard.layout_overrides.get(reference)
        item.update(moved.model_dump() if moved else {})
        if Settings.of(store.settings).grid_content != "as_given":
            item["content"] = {Settings.of(store.settings).grid_content: reference}
    return list(layouts)


def definition_view(store: Store, project: Project, dashboard: StoredDashboard) -> View:
    """Return the definition with the metadata that the server sets, and always with ``variables``."""
    settings = Settings.of(store.settings)
    sent = dashboard.definition["metadata"]
    from_definition = settings.dashboard_metadata_name == "definition"
    metadata = {
        **sent,
        "name": sent["name"] if from_definition else dashboard.name,
        "project": project.project_name,
        "createdAt": dashboard.created_at,
        "updatedAt": dashboard.updated_at or dashboard.created_at,
        "version": dashboard.version,
    }
    if settings.dashboard_layout_updated_at:
        metadata["layoutUpdatedAt"] = dashboard.layout_updated_at or dashboard.created_at
    spec = {"variables": [], **dashboard.definition["spec"], "layouts": _layouts(store, dashboard)}
    return {**dashboard.definition, "metadata": metadata, "spec": spec}


def summary_view(store: Store, project: Project, dashboard: StoredDashboard) -> View:
    """Return a dashboard as in the list."""
    return {
        **authored(dashboard),
        "project_id": project.id,
        "dashboard_name": dashboard.name,
        "dashboard_slug": dashboard.slug,
        "version": dashboard.version,
    }


def view(store: Store, project: Project, dashboard: StoredDashboard) -> View:
    """Return a dashboard as in responses to a creation and an update."""
    return {
        **summary_view(store, project, dashboard),
        "definition": definition_view(store, project, dashboard),
    }


# Routes

#: Optional members of displays, by the path of the display.
DISPLAYS: dict[str, tuple[str, ...]] = {
    "dashboard": ("description",),
    "panel": ("description",),
    "layout": ("title", "collapse"),
    "variable": ("name", "description", "hidden"),
}


def with_display_nulls(definition: dict[str, Any]) -> dict[str, Any]:
    """Return a definition whose displays have null for omitted members."""
    spec = definition["spec"]
    holders = {
        "dashboard": [spec, *spec.get("datasources", {}).values()],
        "panel": [panel["spec"] for panel in (spec["panels"] or {}).values()],
        "layout": [layout["spec"] for layout in spec["layouts"]],
        "variable": [variable["spec"] for variable in spec["variables"]],
    }
    for where, members in DISPLAYS.items():
        for holder in holders[where]:
            if holder.get("display"):
                holder["display"] = {**dict.fromkeys(members), **holder["display"]}
    return definition


class DashboardRoute(AnswerRoute):
    """Responses with other displays. The status of a creation is a separate setting."""

    named = ("dashboard", "definition", "metadata")
    open_ = ("dashboard", "definition")
    status_of_its_own = True

    @staticmethod
    def respell(settings: SharedSettings, request: Request, item: Answer) -> Answer:
        for member in ("dashboard", "definition"):
            if member in item and Settings.of(settings).dashboard_display_nulls:
                item = {**item, member: with_display_nulls(item[member])}
        return item


router = APIRouter(
    prefix="/v1/projects/{project_id}/dashboards",
    tags=["Projects", "Dashboards"],
    responses=RATE_LIMITED,
    route_class=DashboardRoute,
)

Readable = Annotated[Project, Security(parent_project, scopes=["project:read_dashboard"])]
Writable = Annotated[Project, Security(parent_project, scopes=["project:write_dashboard"])]
TAKEN: Responses = {409: {"description": "Dashboard with this slug already exists"}}
OTHER_VERSION: Responses = {409: {"description": "Dashboard version conflict"}}


@router.get("/", response_model=list[DashboardSummary])
async def list_dashboards(store: StoreDep, project: Readable) -> list[View]:
    """List the dashboards of a project, without their definitions."""
    return [summary_view(store, project, item) for item in store.arranged(DASHBOARDS.of(project).values())]


@router.post("/", response_model=Dashboard, responses=TAKEN)
async def create_dashboard(
    store: StoreDep, project: Writable, body: DashboardCreateRequest, response: Response
) -> View:
    """Create a dashboard."""
    response.status_code = Settings.of(store.settings).dashboard_create_status
    return view(store, project, create(store, project, body))


@router.get("/{dashboard_id}/", response_model=GetDashboardResponse)
async def get_dashboard(store: StoreDep, project: Readable, dashboard_id: UUID) -> View:
    """Get only the definition of a dashboard."""
    return {"dashboard": definition_view(store, project, DASHBOARDS.find(project, dashboard_id))}


@router.put("/{dashboard_id}/", response_model=Dashboard, responses=OTHER_VERSION)
async def update_dashboard(
    store: StoreDep,
    project: Writable,
    dashboard_id: UUID,
    body: DashboardUpdateRequest,
    replace_layout: bool = False,
) -> View:
    """Update a dashboard."""
    dashboard = DASHBOARDS.find(project, dashboard_id)
    update(store, dashboard, body, replace_layout=replace_layout)
    return view(store, project, dashboard)


@router.delete("/{dashboard_id}/", status_code=204)
async def delete_dashboard(store: StoreDep, project: Writable, dashboard_id: UUID) -> None:
    """Delete a dashboard. Its slug can be used again."""
    DASHBOARDS.find(project, dashboard_id)
    del DASHBOARDS.of(project)[dashboard_id]


KIND = Kind(settings=Settings, collections=(DASHBOARDS,), routers=(router,))
