# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Group mappings of a self-hosted instance: one document, which each write replaces as a whole.

Known: the organizations and projects in it must exist; a read also returns whether the mappings are in use, since
environment variables of the deployment can replace them. The older route, which the vendor's client uses, is the same.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Security
from pydantic import BaseModel, Field

from ..answers import Answer, AnswerRoute
from ..errors import ApiError, BadRequestError, refusal
from ..kind import Kind
from ..models import RATE_LIMITED, View
from ..records import Collection, Record
from ..security import Caller, StoreDep, authenticate
from ..shared_settings import SharedSettings
from ..store import Store
from .organizations import ORGANIZATIONS
from .projects import PROJECTS

MappingStatus = Literal["active", "overridden_by_environment"]


class Settings(SharedSettings):
    """Open questions about group mappings, and the configuration of the deployment."""

    group_mappings_status: MappingStatus = Field(
        default="active", description="whether environment variables of the deployment set the mappings"
    )
    overridden_mappings_status: Literal[400, 409, 422] | None = Field(
        default=409, description="status of a write while they do; null: it is stored (stand-in)"
    )
    duplicate_mapping_status: Literal[400, 409, 422] | None = Field(
        default=None,
        description="status for a duplicate group, or duplicate organization of a group; null: accepted (stand-in)",
    )
    group_without_roles: Literal["keep", "drop"] = Field(default="keep", description="groups without roles (stand-in)")
    mapping_order: Literal["keep", "reverse"] = Field(
        default="keep", description="order of roles in responses (stand-in)"
    )


# Bodies of requests and responses


class ProjectRoleDefinition(BaseModel):
    """A role in a project."""

    project_name: str
    role: str


class OrganizationRoleDefinition(BaseModel):
    """A role in an organization, and in projects of it."""

    organization_name: str
    role: str
    project_roles: list[ProjectRoleDefinition] = []


class GroupOrganizationMapping(BaseModel):
    """The roles of the members of a group."""

    group_id: str
    organization_roles: list[OrganizationRoleDefinition]


class GroupOrganizationMappingUpdate(BaseModel):
    """All mappings."""

    group_organization_mapping: list[GroupOrganizationMapping]


class GroupOrganizationMappingRead(BaseModel):
    """All mappings, in the response to a write."""

    group_organization_mapping: list[GroupOrganizationMapping]


class GroupOrganizationMappingStatusRead(GroupOrganizationMappingRead):
    """All mappings, and whether they are in use."""

    api_mapping_status: MappingStatus


# Stored data


class StoredMapping(Record):
    """A group with its roles."""

    group_id: str
    organization_roles: list[OrganizationRoleDefinition] = Field(default_factory=list)


MAPPINGS = Collection("group_mappings", StoredMapping, "Group not found", naming="group_id")


# Rules


def replace(store: Store, mappings: list[GroupOrganizationMapping]) -> None:
    """Replace all mappings."""
    settings = Settings.of(store.settings)
    overridden = settings.group_mappings_status == "overridden_by_environment"
    if overridden and settings.overridden_mappings_status is not None:
        problem = "The mappings are set by the environment"
        raise refusal(settings.overridden_mappings_status, "group_organization_mapping", problem, None)
    if settings.duplicate_mapping_status is not None:
        _refuse_duplicates(mappings, settings.duplicate_mapping_status)
    for mapping in mappings:
        for role in mapping.organization_roles:
            _check_names(store, role)
    MAPPINGS.of(store.state).clear()
    for mapping in mappings:
        if mapping.organization_roles or settings.group_without_roles == "keep":
            store.add(MAPPINGS, store.state, **dict(mapping))


def _check_names(store: Store, role: OrganizationRoleDefinition) -> None:
    """Check that the organizations and projects exist. Projects are emulated only in the organization of the keys."""
    projects = {
        store.state.organization.name: {each.project_name for each in PROJECTS.of(store.state).values()},
        **{each.organization_name: set(each.project_names) for each in ORGANIZATIONS.of(store.state).values()},
    }
    if role.organization_name not in projects:
        raise BadRequestError(f"Organization '{role.organization_name}' does not exist")
    for project in role.project_roles:
        if project.project_name not in projects[role.organization_name]:
            raise BadRequestError(f"Project '{project.project_name}' does not exist")


def _refuse_duplicates(mappings: list[GroupOrganizationMapping], status: int) -> None:
    groups = [mapping.group_id for mapping in mappings]
    named = [groups, *([role.organization_name for role in mapping.organization_roles] for mapping in mappings)]
    if any(len(set(names)) < len(names) for names in named):
        raise ApiError(status, "A group or an organization is named twice")


def view(store: Store) -> list[View]:
    """Return the mappings as in responses."""
    mappings = store.arranged(MAPPINGS.of(store.state).values())
    return [{"group_id": each.group_id, "organization_roles": each.organization_roles} for each in mappings]


# Routes


class MappingRoute(AnswerRoute):
    """Responses with roles in another order."""

    named = ("group_organization_mapping", "organization_roles", "project_roles")

    @staticmethod
    def respell(settings: SharedSettings, request: Request, item: Answer) -> Answer:
        if Settings.of(settings).mapping_order == "keep":
            return item
        mappings = [
            {**each, "organization_roles": each["organization_roles"][::-1]}
            for each in item["group_organization_mapping"]
        ]
        return {**item, "group_organization_mapping": mappings}


CanAdminister = Annotated[Caller, Security(authenticate, scopes=["instance:admin"])]

router = APIRouter(responses=RATE_LIMITED, route_class=MappingRoute)


@router.get("/v1/group-mappings/", tags=["Group Mappings"], response_model=GroupOrganizationMappingStatusRead)
@router.get("/v1/instance/group-mappings/", tags=["Instance"], response_model=GroupOrganizationMappingStatusRead)
async def get_group_mappings(store: StoreDep, caller: CanAdminister) -> View:
    """Get the mappings, and whether they are in use."""
    status = Settings.of(store.settings).group_mappings_status
    return {"group_organization_mapping": view(store), "api_mapping_status": status}


@router.put("/v1/group-mappings/", tags=["Group Mappings"], response_model=GroupOrganizationMappingRead)
@router.put("/v1/instance/group-mappings/", tags=["Instance"], response_model=GroupOrganizationMappingRead)
async def update_group_mappings(store: StoreDep, caller: CanAdminister, body: GroupOrganizationMappingUpdate) -> View:
    """Replace all mappings."""
    replace(store, body.group_organization_mapping)
    return {"group_organization_mapping": view(store)}


KIND = Kind(settings=Settings, collections=(MAPPINGS,), routers=(router,))
