# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API keys with scopes and claims, whose secret is shown once. The emulator accepts them.

Known: there is no route to get a key by its ID, and its scopes, project and expiration cannot be changed. Keys of users
are seeded (with a ``user_id``). Service keys, such as those of all callers here, cannot see them. Stand-ins without a
setting: claims without the scope are rejected; empty claims change nothing.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Request, Security
from pydantic import BaseModel, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from .. import text
from ..answers import Answer, AnswerRoute
from ..errors import ApiError, ForbiddenError, InvalidError, NotFoundError
from ..kind import Kind
from ..models import RATE_LIMITED, FirstChoiceDocumented, Responses, View
from ..records import Collection, Raw
from ..security import Caller, StoreDep, authenticate
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from ..store import Store
from .members import Personal
from .projects import PROJECTS, reaches
from .tokens import end_of

GATEWAY = "project:gateway_proxy"
#: Scopes that a key can have only for a single project.
PROJECT_BOUND = ("project:read_otlp", "project:write_otlp", GATEWAY)


class Settings(SharedSettings):
    """Open questions about API keys."""

    revoked_api_keys: Literal["hidden", "listed"] = Field(
        default="hidden", description="revoked keys in lists (stand-in)"
    )
    expired_api_keys: Literal["listed", "hidden"] = Field(
        default="listed", description="expired keys in lists (stand-in)"
    )
    api_key_no_claims: Literal["empty", "null", "absent"] = Field(
        default="empty", description="claims in responses, for a key without claims"
    )
    api_key_no_limits: Literal["null", "absent"] = Field(
        default="null", description="claims in responses that are not set (stand-in)"
    )


# Stored data


class ApiKey(Personal):
    """An API key of a user, or without one, of a service."""

    name: str
    token: str
    description: str | None = None
    scopes: list[str] = Field(default_factory=lambda: ["project:read"])
    project_id: UUID | None = None
    expires_at: datetime | None = None
    active: bool = True
    revoked: bool = False
    claims: dict[str, dict[str, Any]] = Field(default_factory=dict)
    created_by: UUID | None = None
    created_by_name: str | None = None
    last_used_at: datetime | None = None
    updated_at: datetime | None = None
    updated_by: UUID | None = None


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("token", seeding.ids.secret())
    project = record.pop("project", None)
    if project is not None:
        record["project_id"] = seeding.id_of(PROJECTS, project)


API_KEYS = Collection("api_keys", ApiKey, "API key not found", complete=_complete)


# Bodies of requests and responses

OAuthScopeId = Literal[
    "instance:admin",
    "instance:billing",
    "instance:scim",
    "organization:admin",
    "organization:read",
    "organization:write",
    "organization:create_project",
    "organization:scim",
    "organization:read_invitation",
    "organization:write_invitation",
    "organization:read_member",
    "organization:write_member",
    "organization:read_channel",
    "organization:write_channel",
    "organization:create_api_key",
    "organization:read_api_key",
    "organization:write_api_key",
    "organization:auditlog",
    "organization:payment",
    "organization:read_trust_policy",
    "organization:write_trust_policy",
    "organization:read_gateway",
    "organization:write_gateway",
    "project:read",
    "project:write",
    "project:write_token",
    "project:read_token",
    "project:read_dashboard",
    "project:write_dashboard",
    "project:read_alert",
    "project:write_alert",
    "project:read_workflow",
    "project:write_workflow",
    "project:trigger_workflow",
    "project:read_datasets",
    "project:write_datasets",
    "project:read_variables",
    "project:write_variables",
    "project:read_external_variables",
    "project:gateway_proxy",
    "project:execute_monty",
    "project:read_otlp",
    "project:write_otlp",
    "project:read_api_key",
    "project:write_api_key",
    "project:read_fleet",
    "project:enroll_fleet",
    "project:manage_fleet",
]
#: Responses can contain a value of a future release, from a seed.
OAuthScopeIdRead = Annotated[OAuthScopeId | str, FirstChoiceDocumented()]

#: In whole US dollars.
Limit = Annotated[int, Field(ge=0)]
DEAREST = 500_000_000


@with_config(ConfigDict(extra="forbid"))
class GatewayProxyClaims(TypedDict, total=False):
    """Limits of a gateway key: omitted members keep their values, null removes a limit."""

    spending_limit_daily: Limit | None
    spending_limit_weekly: Limit | None
    spending_limit_monthly: Limit | None
    spending_limit_total: Limit | None
    cache_enabled: bool | None


CLAIMS = tuple(GatewayProxyClaims.__annotations__)

#: The name of its member is not a valid Python name.
ScopeClaims = TypedDict("ScopeClaims", {"project:gateway_proxy": GatewayProxyClaims}, total=False)
with_config(ConfigDict(extra="forbid"))(ScopeClaims)


class APIKeyCreate(BaseModel):
    """A new key."""

    name: Annotated[str, Field(min_length=1)]
    scopes: Annotated[list[OAuthScopeId], Field(min_length=1)]
    description: str | None = None
    claims: Annotated[ScopeClaims, Field(default_factory=dict)]
    project_id: UUID | None = None
    expires_at: datetime | None = None


@with_config(ConfigDict(json_schema_extra={"minProperties": 1}))
class APIKeyUpdate(TypedDict, total=False):
    """A partial update: omitted members keep their values. null removes the description and claims."""

    name: Annotated[str, Field(min_length=1)]
    description: str | None
    claims: ScopeClaims


class GatewayKeySettings(BaseModel):
    """Claims in responses."""

    spending_limit_daily: int | None = None
    spending_limit_weekly: int | None = None
    spending_limit_monthly: int | None = None
    spending_limit_total: int | None = None
    cache_enabled: bool | None = None


APIKeyClaims = TypedDict("APIKeyClaims", {"project:gateway_proxy": GatewayKeySettings}, total=False)


class APIKeyRead(BaseModel):
    """A key in responses, without its secret."""

    id: UUID
    organization_id: UUID
    name: str
    description: str | None
    scopes: list[OAuthScopeIdRead]
    project_id: UUID | None
    project_name: str | None
    all_projects: bool
    created_by: UUID | None
    created_by_name: str | None
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    user_id: UUID | None
    active: bool
    updated_at: datetime | None
    updated_by: UUID | None
    claims: Annotated[APIKeyClaims, Field(default_factory=dict)]


class APIKeyCreateOutput(BaseModel):
    """The only response with the secret."""

    api_key: APIKeyRead
    token: str


# Rules


def expired(store: Store, key: ApiKey) -> bool:
    """Return whether a key has expired."""
    return key.expires_at is not None and key.expires_at <= store.clock.peek()


def active(store: Store, key: ApiKey) -> bool:
    """Return whether a key is accepted."""
    return key.active and not key.revoked and not expired(store, key)


def callers(store: Store, token: str) -> Iterator[Caller | None]:
    """Yield the caller with the scopes of this key, or None if the key is not accepted."""
    for key in API_KEYS.of(store.state).values():
        if key.token == token:
            works = active(store, key)
            if works:
                key.last_used_at = store.clock.now()
            project = None if key.project_id is None else str(key.project_id)
            yield Caller(frozenset(key.scopes), project) if works else None


def create(store: Store, caller: Caller, body: APIKeyCreate) -> ApiKey:
    """Create a key with at most the scopes of the caller."""
    for scope in body.scopes:
        if not caller.has(scope):
            raise ForbiddenError(f"The {scope} scope is not granted to the calling credential and cannot be delegated")
        if scope in PROJECT_BOUND and body.project_id is None:
            raise InvalidError("project_id", f"{scope} needs a project", None)
    if body.project_id is not None and (
        body.project_id not in PROJECTS.of(store.state) or not reaches(store, caller, body.project_id)
    ):
        raise NotFoundError(PROJECTS.missing)
    claims = _claims(body.scopes, body.claims, {})
    return store.add(
        API_KEYS,
        store.state,
        name=text.name(store.settings, body.name),
        token=store.ids.secret(),
        description=body.description and text.description(store.settings, body.description),
        scopes=list(dict.fromkeys(body.scopes)),
        project_id=body.project_id,
        expires_at=end_of(store, body.expires_at),
        claims=claims,
    )


def find(store: Store, key_id: UUID) -> ApiKey:
    """Return a service key that is not revoked."""
    key = API_KEYS.find(store.state, key_id)
    if key.revoked or key.user_id is not None:
        raise NotFoundError(API_KEYS.missing)
    return key


def update(store: Store, key: ApiKey, body: APIKeyUpdate) -> None:
    """Change the members in the body."""
    if not body:
        raise ApiError(422, [{"type": "too_short", "loc": ["body"], "msg": "Nothing to change", "input": {}}])
    if "claims" in body:
        key.claims = _claims(key.scopes, body["claims"], key.claims)
    if "name" in body:
        key.name = text.name(store.settings, body["name"])
    if "description" in body:
        key.description = body["description"] and text.description(store.settings, body["description"])
    key.updated_at = store.clock.now()


def _claims(scopes: list[Any], given: Any, stored: dict[str, Any]) -> dict[str, Any]:
    """Return the stored claims, updated with those in the body. null removes a claim."""
    if not given:
        return stored
    if GATEWAY not in scopes:
        raise InvalidError("claims", f"only the scope {GATEWAY} has claims", given)
    values = {**stored.get(GATEWAY, {}), **given[GATEWAY]}
    for member, value in values.items():
        if member != "cache_enabled" and value is not None and value > DEAREST:
            raise InvalidError("claims", f"{member} must be at most {DEAREST}", value)
    return {GATEWAY: {member: value for member, value in values.items() if value is not None}}


def view(store: Store, key: ApiKey) -> View:
    """Return a key as in responses."""
    project = None if key.project_id is None else PROJECTS.of(store.state).get(key.project_id)
    return {
        **{name: getattr(key, name) for name in ApiKey.model_fields if name not in ("token", "revoked")},
        "organization_id": store.state.organization.id,
        "project_name": project and project.project_name,
        "all_projects": key.project_id is None,
        "active": active(store, key),
        "claims": {scope: dict.fromkeys(CLAIMS) | values for scope, values in key.claims.items() if values},
    }


def listed(store: Store) -> list[ApiKey]:
    """Return the service keys in the order of the server. Whether inactive keys are listed is a setting."""
    settings = Settings.of(store.settings)
    there_are = [key for key in API_KEYS.of(store.state).values() if key.user_id is None]
    if settings.revoked_api_keys == "hidden":
        there_are = [key for key in there_are if not key.revoked]
    if settings.expired_api_keys == "hidden":
        there_are = [key for key in there_are if not expired(store, key)]
    return store.arranged(there_are)


# Routes


class ApiKeyRoute(AnswerRoute):
    """Responses with other forms of claims."""

    named = ("api_key", "claims", GATEWAY)
    open_ = ("claims",)

    @staticmethod
    def respell(settings: SharedSettings, request: Request, item: Answer) -> Answer:
        if "api_key" in item:
            return {**item, "api_key": ApiKeyRoute.respell(settings, request, item["api_key"])}
        own, claims = Settings.of(settings), item["claims"]
        if claims and own.api_key_no_limits == "absent":
            claims = {GATEWAY: {name: value for name, value in claims[GATEWAY].items() if value is not None}}
        if not claims and own.api_key_no_claims == "absent":
            return {name: value for name, value in item.items() if name != "claims"}
        return {**item, "claims": None if not claims and own.api_key_no_claims == "null" else claims}


router = APIRouter(prefix="/v1/api-keys", tags=["API Keys"], responses=RATE_LIMITED, route_class=ApiKeyRoute)

CanCreate = Annotated[Caller, Security(authenticate, scopes=["organization:create_api_key"])]
CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:read_api_key"])]
CanWrite = Annotated[Caller, Security(authenticate, scopes=["organization:write_api_key"])]
MISSING: Responses = {404: {"description": API_KEYS.missing}}
REFUSED: Responses = {
    403: {"description": "Requested scopes or project scoping exceed the caller's own grant"},
    404: {"description": PROJECTS.missing},
}


@router.get("/", response_model=list[APIKeyRead])
async def list_api_keys(store: StoreDep, caller: CanRead) -> list[View]:
    """List the service keys of the organization."""
    return [view(store, key) for key in listed(store)]


@router.post("/", status_code=201, response_model=APIKeyCreateOutput, responses=REFUSED)
async def create_api_key(store: StoreDep, caller: CanCreate, body: APIKeyCreate) -> View:
    """Create a key."""
    key = create(store, caller, body)
    return {"api_key": view(store, key), "token": key.token}


@router.patch("/{api_key_id}/", response_model=APIKeyRead, responses=MISSING)
async def update_api_key(
    store: StoreDep, caller: CanWrite, api_key_id: UUID, body: Annotated[APIKeyUpdate, Body()]
) -> View:
    """Update a key."""
    key = find(store, api_key_id)
    update(store, key, body)
    return view(store, key)


@router.delete("/{api_key_id}/", status_code=204, responses=MISSING)
async def revoke_api_key(store: StoreDep, caller: CanWrite, api_key_id: UUID) -> None:
    """Revoke a key immediately. Whether lists still contain it is a setting."""
    find(store, api_key_id).revoked = True


KIND = Kind(settings=Settings, collections=(API_KEYS,), routers=(router,), callers=callers)
