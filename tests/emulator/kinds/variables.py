# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Managed variables: identified by name, with numbered versions of the value, labels, rollouts and overrides.

Known: reads have a different format than writes and the responses to writes. Stand-ins without a setting: a name that
begins with ``prompt__`` creates a prompt; values are not checked against the JSON schema.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from fastapi import APIRouter, Body, Security
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from .. import text
from ..answers import AnswerRoute
from ..errors import ApiError, ForbiddenError, InvalidError, NotFoundError, refusal
from ..kind import Kind
from ..models import RATE_LIMITED, JSONBData, View, authored
from ..records import Authored, Collection, taken
from ..security import CallerDep, StoreDep
from ..shared_settings import SharedSettings
from ..store import Store
from .projects import PROJECTS, Project, parent_project
from .projects import find as find_project

NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
RESERVED = ("latest", "code_default")


class Settings(SharedSettings):
    """Open questions about variables."""

    duplicate_variable_status: Literal[400, 409, 422] = Field(
        default=409, description="status for a duplicate name (stand-in)"
    )
    variable_deletion: Literal["works", "not_found", "not_allowed"] = Field(
        default="works",
        description="a DELETE of a variable works, or gets a 404 or 405 as for an unknown route (stand-in)",
    )
    variable_labels_on_update: Literal["merge", "replace"] = Field(
        default="merge", description="labels in a PUT are added to the others, or replace them (stand-in)"
    )
    variable_same_value: Literal["keep", "new_version"] = Field(
        default="keep", description="a write with the value of the latest version creates none or a new one (stand-in)"
    )


# Stored data


class Version(BaseModel):
    """A version of the value, which never changes."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    created_at: datetime
    version: int
    serialized_value: str


class Label(BaseModel):
    """A label, with the version or label that it points to."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    updated_at: datetime
    target_type: str
    target_label: str | None = None
    version: int | None = None


class Variable(Authored):
    """A variable with all its versions."""

    name: str
    description: str | None = None
    json_schema: Any = None
    template_inputs_schema: Any = None
    type_id: UUID | None = None
    rollout: dict[str, Any] = Field(default_factory=lambda: {"labels": {}})
    overrides: list[dict[str, Any]] = Field(default_factory=list)
    aliases: list[str] | None = None
    example: str | None = None
    external: bool = False
    labels: dict[str, Label] = Field(default_factory=dict)
    versions: list[Version] = Field(default_factory=list)


VARIABLES = Collection("variables", Variable, "Variable not found", within=PROJECTS)


# Bodies of requests and responses

Schema = dict[str, Any]
LabelName = Annotated[str, Field(min_length=1, max_length=200)]


class RolloutData(TypedDict):
    """Weights of labels. The rest, up to 1, is the weight of the default in the code."""

    labels: dict[str, float]
    latest_weight: NotRequired[float]


class ConditionData(TypedDict, total=False):
    """A condition. Its members depend on its kind."""

    kind: str
    attribute: str
    value: Any
    values: list[Any]
    pattern: str


class OverrideData(TypedDict):
    """A rollout that applies if all conditions are met."""

    name: NotRequired[str | None]
    description: NotRequired[str | None]
    conditions: list[ConditionData]
    rollout: RolloutData


class VersionLabelData(TypedDict):
    """A label that points to a value."""

    target_type: Literal["version"]
    serialized_value: str
    version: NotRequired[int]


class LatestLabelData(TypedDict):
    """A label that points to the latest version."""

    target_type: Literal["latest"]


class CodeDefaultLabelData(TypedDict):
    """A label that points to the default in the code."""

    target_type: Literal["code_default"]


class LabelRefLabelData(TypedDict):
    """A label that points to another."""

    target_type: Literal["label"]
    target_label: str


LabelData = VersionLabelData | LatestLabelData | CodeDefaultLabelData | LabelRefLabelData


class _NewVariable(TypedDict):
    """The members that both sets of routes accept."""

    name: str
    description: Annotated[str, Field(max_length=500)] | None
    template_inputs_schema: NotRequired[Schema | None]
    type_id: NotRequired[UUID | None]
    rollout: RolloutData
    overrides: list[OverrideData]
    aliases: NotRequired[list[str]]
    example: NotRequired[str | None]
    external: NotRequired[bool]
    labels: NotRequired[dict[str, LabelData]]
    initial_serialized_value: NotRequired[str]


class VariableDefinitionCreateRequest(_NewVariable):
    """A new variable."""

    json_schema: Schema | None


class BoundCreateRequest(_NewVariable):
    """A new variable in the project of the key. The vendor's SDK omits the schema if there is none."""

    json_schema: NotRequired[Schema | None]


class VariableDefinitionUpdateRequest(TypedDict, total=False):
    """A partial update: omitted members keep their values, null clears them."""

    name: str
    description: Annotated[str, Field(max_length=500)] | None
    json_schema: Schema | None
    template_inputs_schema: Schema | None
    type_id: UUID | None
    rollout: RolloutData
    overrides: list[OverrideData]
    aliases: list[str] | None
    example: str | None
    external: bool
    labels: dict[str, LabelData]


class VersionRead(BaseModel):
    """A version in the response to a write."""

    id: UUID
    variable_definition_id: UUID
    version: int
    serialized_value: str
    description: str | None
    created_at: datetime
    created_by: UUID | None
    created_by_name: str | None


class LabelRead(BaseModel):
    """A label in the response to a write."""

    id: UUID
    variable_definition_id: UUID
    label: str
    target_type: str
    target_label: str | None
    version_id: UUID | None
    version_number: int | None
    serialized_value: str | None
    updated_at: datetime
    updated_by: UUID | None
    updated_by_name: str | None


class VariableDefinitionRead(BaseModel):
    """A variable in the response to a write."""

    id: UUID
    project_id: UUID
    type_id: UUID | None
    type_name: str | None
    kind: Literal["general", "prompt"]
    name: str
    display_name: str | None
    prompt_slug: str | None
    description: str | None
    json_schema: JSONBData
    template_inputs_schema: JSONBData
    labels: dict[str, LabelRead]
    latest_version: VersionRead | None
    rollout: RolloutData
    overrides: list[OverrideData]
    aliases: list[str] | None
    example: str | None
    external: bool
    created_at: datetime
    updated_at: datetime
    created_by_name: str | None
    updated_by_name: str | None


class LabeledValue(BaseModel):
    """A label that points to a value, as it is read."""

    version: int
    serialized_value: str


class LabelRef(BaseModel):
    """A label that points to another, as it is read."""

    version: int | None = None
    ref: str


class Rollout(BaseModel):
    """Weights of labels, as they are read."""

    labels: dict[LabelName, float]


class _OfAttribute(BaseModel):
    attribute: str


class _WithValue(_OfAttribute):
    value: Any


class _WithValues(_OfAttribute):
    values: list[Any]


class _WithPattern(_OfAttribute):
    pattern: str


class ValueEquals(_WithValue):
    """A condition, as it is read."""

    kind: Literal["value-equals"] = "value-equals"


class ValueDoesNotEqual(_WithValue):
    """A condition, as it is read."""

    kind: Literal["value-does-not-equal"] = "value-does-not-equal"


class ValueIsIn(_WithValues):
    """A condition, as it is read."""

    kind: Literal["value-is-in"] = "value-is-in"


class ValueIsNotIn(_WithValues):
    """A condition, as it is read."""

    kind: Literal["value-is-not-in"] = "value-is-not-in"


class ValueMatchesRegex(_WithPattern):
    """A condition, as it is read."""

    kind: Literal["value-matches-regex"] = "value-matches-regex"


class ValueDoesNotMatchRegex(_WithPattern):
    """A condition, as it is read."""

    kind: Literal["value-does-not-match-regex"] = "value-does-not-match-regex"


class KeyIsPresent(_OfAttribute):
    """A condition, as it is read."""

    kind: Literal["key-is-present"] = "key-is-present"


class KeyIsNotPresent(_OfAttribute):
    """A condition, as it is read."""

    kind: Literal["key-is-not-present"] = "key-is-not-present"


Condition = Annotated[
    ValueEquals
    | ValueDoesNotEqual
    | ValueIsIn
    | ValueIsNotIn
    | ValueMatchesRegex
    | ValueDoesNotMatchRegex
    | KeyIsPresent
    | KeyIsNotPresent,
    Field(discriminator="kind"),
]


class RolloutOverride(BaseModel):
    """An override, as it is read: without its name."""

    conditions: list[Condition]
    rollout: Rollout


class VariableConfig(BaseModel):
    """A variable, as it is read: without ID, dates and ``external``."""

    name: str
    kind: Literal["general", "prompt"] = "general"
    labels: dict[LabelName, LabeledValue | LabelRef]
    latest_version: LabeledValue | None = None
    rollout: Rollout
    overrides: list[RolloutOverride]
    description: str | None = None
    json_schema: Schema | None = None
    template_inputs_schema: Schema | None = None
    type_name: str | None = None
    aliases: list[str] | None = None
    example: str | None = None
    display_name: str | None = None
    prompt_slug: str | None = None


class VariablesConfig(BaseModel):
    """All variables of a project."""

    variables: dict[str, VariableConfig]


# Rules

PLAIN = (
    *("name", "description", "json_schema", "template_inputs_schema", "type_id", "rollout", "overrides"),
    *("aliases", "example", "external"),
)


def find(project: Project, name: str) -> Variable:
    """Return a variable by its name."""
    for variable in VARIABLES.of(project).values():
        if variable.name == name:
            return variable
    raise NotFoundError(VARIABLES.missing)


def create(store: Store, project: Project, body: VariableDefinitionCreateRequest | BoundCreateRequest) -> Variable:
    """Create a variable. The initial value, if any, is its first version."""
    _check(store, project, body, None)
    now = store.clock.now()
    variable = store.add(VARIABLES, project, created_at=now, updated_at=now, **_plain(store, body))
    if "initial_serialized_value" in body:
        _version(store, variable, body["initial_serialized_value"])
    _point(store, variable, body.get("labels", {}))
    return variable


def update(store: Store, project: Project, variable: Variable, body: VariableDefinitionUpdateRequest) -> None:
    """Change the members in the body."""
    _check(store, project, body, variable)
    for name, value in _plain(store, body).items():
        setattr(variable, name, value)
    if "labels" in body and Settings.of(store.settings).variable_labels_on_update == "replace":
        variable.labels = {}
    _point(store, variable, body.get("labels", {}))
    if body:
        store.touch(variable)


def _plain(store: Store, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members of a body that are stored unchanged."""
    plain = {name: body[name] for name in PLAIN if name in body}
    if plain.get("description"):
        plain["description"] = text.description(store.settings, plain["description"])
    return plain


def _check(store: Store, project: Project, body: Mapping[str, Any], holder: Variable | None) -> None:
    """Reject invalid names, labels and rollouts."""
    if "name" in body:
        if not NAME.fullmatch(body["name"]):
            raise InvalidError("name", "must be a Python identifier", body["name"])
        if taken(VARIABLES.of(project).values(), "name", body["name"], holder):
            status = Settings.of(store.settings).duplicate_variable_status
            raise refusal(status, "name", "A variable with this name already exists", body["name"])
    given = body.get("labels", {})
    merged = holder is not None and (
        "labels" not in body or Settings.of(store.settings).variable_labels_on_update == "merge"
    )
    old = {name: label.model_dump() for name, label in holder.labels.items()} if holder and merged else {}
    labels = {**old, **given}
    for name in given:
        if name in RESERVED or not 1 <= len(name) <= 200:
            raise InvalidError("labels", f"{name!r} is no name of a label", name)
    for name in labels:
        seen = [name]
        while (target := labels[seen[-1]].get("target_label")) is not None:
            if target not in labels or target in seen:
                raise InvalidError("labels", f"{name!r} leads to no value", name)
            seen.append(target)
    rollout = body.get("rollout", holder.rollout if holder else {"labels": {}})
    overrides = body.get("overrides", holder.overrides if holder else [])
    for member, each in [("rollout", rollout), *(("overrides", item["rollout"]) for item in overrides)]:
        weights = [*each["labels"].values(), each.get("latest_weight", 0)]
        if min(weights) < 0 or sum(weights) > 1 + 1e-9:
            raise InvalidError(member, "weights are 0 or more, and at most 1 together", each)
        if not each["labels"].keys() <= labels.keys():
            raise InvalidError(member, "there is no such label", each)


def _version(store: Store, variable: Variable, value: str) -> int:
    """Return the number of the version with a value: a new one, unless the latest version has that value."""
    latest = variable.versions[-1] if variable.versions else None
    if latest and latest.serialized_value == value and Settings.of(store.settings).variable_same_value == "keep":
        return latest.version
    number = latest.version + 1 if latest else 1
    variable.versions.append(
        Version(id=store.ids.new(), created_at=store.clock.now(), version=number, serialized_value=value)
    )
    return number


def _point(store: Store, variable: Variable, given: Mapping[str, Any]) -> None:
    """Set the targets of labels."""
    for name, data in given.items():
        value, version = data.get("serialized_value"), data.get("version")
        if value is not None and not any(
            (each.version, each.serialized_value) == (version, value) for each in variable.versions
        ):
            version = _version(store, variable, value)
        variable.labels[name] = Label(
            id=variable.labels[name].id if name in variable.labels else store.ids.new(),
            updated_at=store.clock.now(),
            target_type=data["target_type"],
            target_label=data.get("target_label"),
            version=version,
        )


def _resolved(variable: Variable, label: Label) -> Version | None:
    """Return the version to which a label resolves."""
    if label.target_type == "label" and label.target_label is not None:
        return _resolved(variable, variable.labels[label.target_label])
    if label.target_type == "latest":
        return variable.versions[-1] if variable.versions else None
    return next((each for each in variable.versions if each.version == label.version), None)


def _shared_view(variable: Variable) -> View:
    prompt = variable.name.startswith("prompt__")
    return {
        **{name: getattr(variable, name) for name in PLAIN},
        "kind": "prompt" if prompt else "general",
        "type_name": None,
        "display_name": None,
        "prompt_slug": variable.name.removeprefix("prompt__").replace("_", "-") if prompt else None,
    }


def config_view(variable: Variable) -> View:
    """Return a variable as it is read."""
    labels: View = {}
    for name, label in variable.labels.items():
        version = _resolved(variable, label)
        if label.target_type == "version" and version:
            labels[name] = {"version": version.version, "serialized_value": version.serialized_value}
        else:
            ref = label.target_label if label.target_type == "label" else label.target_type
            labels[name] = {"ref": ref, "version": version and version.version}
    latest = variable.versions[-1].model_dump() if variable.versions else None
    return {**_shared_view(variable), "labels": labels, "latest_version": latest}


def definition_view(project: Project, variable: Variable) -> View:
    """Return a variable as in the response to a write."""
    own = {"variable_definition_id": variable.id}
    labels = {}
    for name, label in variable.labels.items():
        version = _resolved(variable, label)
        labels[name] = {
            **label.model_dump(),
            **own,
            "label": name,
            "version_id": version and version.id,
            "version_number": version and version.version,
            "serialized_value": version and version.serialized_value,
            "updated_by": None,
            "updated_by_name": variable.updated_by_name,
        }
    latest = variable.versions[-1].model_dump() if variable.versions else None
    author = {"description": None, "created_by": None, "created_by_name": variable.created_by_name}
    return {
        **authored(variable),
        **_shared_view(variable),
        "project_id": project.id,
        "labels": labels,
        "latest_version": latest and {**latest, **own, **author},
    }


# Routes

router = APIRouter(
    prefix="/v1/projects/{project_id}/variables",
    tags=["Projects", "Variables"],
    responses=RATE_LIMITED,
    route_class=AnswerRoute,
)

Readable = Annotated[Project, Security(parent_project, scopes=["project:read_variables"])]
Writable = Annotated[Project, Security(parent_project, scopes=["project:write_variables"])]


@router.get("/", response_model=VariablesConfig)
async def get_variables_config(store: StoreDep, project: Readable) -> View:
    """List the variables of a project by name."""
    arranged = store.arranged(VARIABLES.of(project).values())
    return {"variables": {variable.name: config_view(variable) for variable in arranged}}


@router.post("/", status_code=201, response_model=VariableDefinitionRead)
async def create_variable(
    store: StoreDep, project: Writable, body: Annotated[VariableDefinitionCreateRequest, Body()]
) -> View:
    """Create a variable."""
    return definition_view(project, create(store, project, body))


@router.get("/{name}/", response_model=VariableConfig)
async def get_variable_by_name(project: Readable, name: str) -> View:
    """Get a variable."""
    return config_view(find(project, name))


@router.put("/{name}/", response_model=VariableDefinitionRead)
async def update_variable(
    store: StoreDep, project: Writable, name: str, body: Annotated[VariableDefinitionUpdateRequest, Body()]
) -> View:
    """Update a variable."""
    variable = find(project, name)
    update(store, project, variable, body)
    return definition_view(project, variable)


@router.delete("/{name}/", status_code=204)
async def delete_variable(store: StoreDep, project: Writable, name: str) -> None:
    """Delete a variable, if the settings allow it."""
    deletion = Settings.of(store.settings).variable_deletion
    if deletion == "not_found":
        raise NotFoundError("Not Found")
    if deletion == "not_allowed":
        raise ApiError(405, "Method Not Allowed")
    del VARIABLES.of(project)[find(project, name).id]


# The other set of routes, which the vendor's SDK uses: not below /api, and for the project of the key

bound_router = APIRouter(prefix="/v1/variables", tags=["Variables"], route_class=AnswerRoute)


async def bound_project(store: StoreDep, caller: CallerDep) -> Project:
    """Return the project of the key. How the service responds to keys of the organization is not known."""
    project = find_project(store, caller.project) if caller.project else None
    if project is None:
        raise ForbiddenError("This token is not bound to a project.")
    return project


BoundReadable = Annotated[Project, Security(bound_project, scopes=["project:read_variables"])]
BoundWritable = Annotated[Project, Security(bound_project, scopes=["project:write_variables"])]


@bound_router.get("/", response_model=VariablesConfig)
async def get_own_variables(store: StoreDep, project: BoundReadable) -> View:
    """List the variables of the key's project by name."""
    return await get_variables_config(store, project)


@bound_router.post("/", status_code=201, response_model=VariableDefinitionRead)
async def create_own_variable(
    store: StoreDep, project: BoundWritable, body: Annotated[BoundCreateRequest, Body()]
) -> View:
    """Create a variable in the key's project. A duplicate name always gets a 409 here."""
    if taken(VARIABLES.of(project).values(), "name", body["name"], None):
        raise ApiError(409, "A variable with this name already exists")
    return definition_view(project, create(store, project, body))


@bound_router.put("/{name}/", response_model=VariableDefinitionRead)
async def update_own_variable(
    store: StoreDep, project: BoundWritable, name: str, body: Annotated[VariableDefinitionUpdateRequest, Body()]
) -> View:
    """Update a variable of the key's project."""
    return await update_variable(store, project, name, body)


@bound_router.delete("/{name}/", status_code=204)
async def delete_own_variable(project: BoundWritable, name: str) -> None:
    """Delete a variable of the key's project. This always works, unlike with the other routes."""
    del VARIABLES.of(project)[find(project, name).id]


KIND = Kind(settings=Settings, collections=(VARIABLES,), routers=(router,), data_routers=(bound_router,))
