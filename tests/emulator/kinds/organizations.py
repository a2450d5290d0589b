# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations of a self-hosted instance, and the exchange of the instance admin's key for a token of one of them.

Known: the admin's key lists and creates them. Everything else requires a token whose audience has the current name
(RFC 8693). The older routes, which the vendor's client uses, accept the admin's key for everything. The organization of
the keys, which contains all other objects, is not one of these.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, NotRequired
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Request, Security
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from .. import text
from ..answers import AnswerRoute
from ..errors import ApiError, NotFoundError, refusal
from ..identity import TOKEN_START
from ..kind import Kind
from ..models import RATE_LIMITED, FirstChoiceDocumented, View
from ..records import Collection, Raw, Record, taken
from ..security import Caller, CallerDep, StoreDep, authenticate, recognise
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from ..store import Store

GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
EXCHANGED_SCOPES = frozenset({"organization:read", "organization:write"})


class Settings(SharedSettings):
    """Open questions about organizations, and settings of the exchange of tokens."""

    duplicate_organization_status: Literal[400, 409, 422] = Field(
        default=409, description="status for a duplicate name of an organization (stand-in)"
    )
    organization_cleared: Literal["null", "empty"] = Field(
        default="null", description='representation of "" and [] in responses about an organization (stand-in)'
    )
    gone_organization_status: Literal[401, 403, 404] = Field(
        default=401, description="status for a token of a deleted organization (stand-in)"
    )
    renamed_organization_tokens: Literal["keep", "end"] = Field(
        default="keep", description="tokens that were issued before a rename (stand-in)"
    )
    exchanged_lifetime: int = Field(default=900, ge=1, description="maximum lifetime of an exchanged token, in seconds")
    exchange_audience: str | None = Field(
        default=None, description="configured URL of the instance; null: that of the request"
    )


# Stored data


class Link(BaseModel):
    """A link on the page of an organization."""

    url: str
    icon: str
    name: str


class Tenant(Record):
    """An organization of the instance. ``project_names`` are projects that exist, but are not emulated."""

    organization_name: str
    organization_display_name: str | None = None
    subscription_plan: str | None = None
    has_admin_panel: bool = False
    updated_at: datetime
    billing_email: str | None = None
    github_handle: str | None = None
    location: str | None = None
    avatar: str | None = None
    links: list[Link] | None = None
    description: str | None = None
    spending_cap: int | None = None
    spending_cap_reached_at: datetime | None = None
    planless_grace_period_ends_at: datetime | None = None
    gateway_enabled: bool = False
    ai_enabled: bool = True
    ai_training_enabled: bool = False
    project_names: list[str] = Field(default_factory=list)


class ExchangedToken(Record):
    """A token for one organization."""

    token: str
    tenant: UUID
    expires_at: datetime


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("updated_at", record["created_at"])


ORGANIZATIONS = Collection(
    "organizations", Tenant, "Organization not found", naming="organization_name", complete=_complete
)
EXCHANGED = Collection("exchanged_tokens", ExchangedToken, "Token not found", naming="token")


# Bodies of requests and responses

OrganizationName = Annotated[str, Field(min_length=2, max_length=50, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]


class OrganizationLink(BaseModel):
    """A link, with all members required."""

    url: str
    icon: str
    name: str


class OrganizationUpdate(TypedDict, total=False):
    """A partial update: omitted members keep their values. No member can be null."""

    organization_name: OrganizationName
    billing_email: str
    organization_display_name: str
    github_handle: str
    location: str
    avatar: str
    links: list[OrganizationLink]
    description: str


class OrganizationCreate(TypedDict):
    """A new organization, without a billing address. The intent is for the hosted service."""

    organization_name: OrganizationName
    organization_display_name: NotRequired[str]
    github_handle: NotRequired[str]
    location: NotRequired[str]
    avatar: NotRequired[str]
    links: NotRequired[list[OrganizationLink]]
    description: NotRequired[str]
    creation_intent: NotRequired[Literal["free", "team"]]


PublishedPlan = Literal["personal", "team", "growth", "enterprise_cloud", "non_stripe"]
#: The vendor's client has two more.
Plan = Annotated[PublishedPlan | str, FirstChoiceDocumented()]


class OrganizationReadV1(BaseModel):
    """An organization in responses."""

    id: UUID
    organization_name: str
    subscription_plan: Plan | None
    has_admin_panel: bool
    created_at: datetime
    updated_at: datetime
    billing_email: str | None
    organization_display_name: str | None
    github_handle: str | None
    location: str | None
    avatar: str | None
    links: list[OrganizationLink] | None
    description: str | None
    spending_cap: int | None
    spending_cap_reached_at: datetime | None
    planless_grace_period_ends_at: datetime | None
    gateway_enabled: bool
    ai_enabled: bool
    ai_training_enabled: bool


# Rules


def _claim_name(store: Store, name: str, holder: Tenant | None = None) -> None:
    tenants = ORGANIZATIONS.of(store.state).values()
    if taken(tenants, "organization_name", name, holder) or name == store.state.organization.name:
        status = Settings.of(store.settings).duplicate_organization_status
        raise refusal(status, "organization_name", "An organization with this name already exists", name)


def _given(store: Store, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members of a body in the form in which they are stored."""
    values = {name: value for name, value in body.items() if name != "creation_intent"}
    for name in values.keys() - {"links"}:
        values[name] = text.description(store.settings, values[name])
    if "billing_email" in values:
        values["billing_email"] = text.address(store.settings, values["billing_email"])
    if "links" in values:
        values["links"] = [Link(**dict(link)) for link in values["links"]]
    cleared_is_null = Settings.of(store.settings).organization_cleared == "null"
    return {name: None if cleared_is_null and not value else value for name, value in values.items()}


def create(store: Store, body: OrganizationCreate) -> Tenant:
    """Create an organization."""
    _claim_name(store, body["organization_name"])
    now = store.clock.now()
    return store.add(ORGANIZATIONS, store.state, created_at=now, updated_at=now, **_given(store, body))


def update(store: Store, tenant: Tenant, body: OrganizationUpdate) -> None:
    """Change the members in the body."""
    name = body.get("organization_name", tenant.organization_name)
    if name != tenant.organization_name:
        _claim_name(store, name, tenant)
        if Settings.of(store.settings).renamed_organization_tokens == "end":
            _end_tokens(store, tenant)
    for member, value in _given(store, body).items():
        setattr(tenant, member, value)
    tenant.updated_at = store.clock.now()


def delete(store: Store, tenant: Tenant) -> None:
    """Delete an organization with everything in it."""
    if Settings.of(store.settings).gone_organization_status == 401:
        _end_tokens(store, tenant)
    del ORGANIZATIONS.of(store.state)[tenant.id]


def _end_tokens(store: Store, tenant: Tenant) -> None:
    tokens = EXCHANGED.of(store.state)
    for token in [each for each in tokens.values() if each.tenant == tenant.id]:
        del tokens[token.id]


def callers(store: Store, key: str) -> Iterable[Caller | None]:
    """Yield the caller of an exchanged token, until the token expires."""
    for token in EXCHANGED.of(store.state).values():
        if token.token == key:
            live = token.expires_at > store.clock.peek()
            yield Caller(EXCHANGED_SCOPES, organization=token.tenant) if live else None


def exchange(store: Store, form: dict[str, str], address: str) -> tuple[int, View]:
    """Return the status and body of the response to a request for a token."""
    caller = recognise(store, f"Bearer {form.get('subject_token', '')}")
    if form.get("grant_type") != GRANT or form.get("subject_token_type") != ACCESS_TOKEN:
        return 400, {"error": "invalid_request", "error_description": "unsupported grant or type of token"}
    if caller is None:
        return 401, {"error": "invalid_client", "error_description": "unknown subject token"}
    if not caller.has("organization:admin") or caller.organization is not None:
        return 400, {"error": "unauthorized_client", "error_description": "the scope organization:admin is required"}
    scopes = set(form.get("scope", "").split())
    if not scopes <= EXCHANGED_SCOPES:
        return 400, {"error": "invalid_scope", "error_description": "only organization:read and organization:write"}
    start = (Settings.of(store.settings).exchange_audience or address).rstrip("/") + "/"
    name = form.get("audience", "").removeprefix(start)
    tenants = ORGANIZATIONS.of(store.state).values()
    tenant = next((each for each in tenants if each.organization_name == name), None)
    if tenant is None:
        return 400, {"error": "invalid_target", "error_description": f"unknown organization: '{name}'"}
    asked = int(form["expires_in"]) if form.get("expires_in", "").isdigit() else 900
    lifetime = min(asked, Settings.of(store.settings).exchanged_lifetime)
    token = "oat-" + store.ids.secret().removeprefix(TOKEN_START)
    ends = store.clock.peek() + timedelta(seconds=lifetime)
    store.add(EXCHANGED, store.state, token=token, tenant=tenant.id, expires_at=ends)
    kept = {"access_token": token, "issued_token_type": ACCESS_TOKEN, "token_type": "Bearer"}
    return 200, {**kept, "expires_in": lifetime, "scope": " ".join(sorted(scopes))}


async def own_organization(store: StoreDep, caller: CallerDep) -> Tenant:
    """Return the organization of an exchanged token. Other keys have none here."""
    if caller.organization is None:
        raise NotFoundError(ORGANIZATIONS.missing)
    tenant = ORGANIZATIONS.of(store.state).get(caller.organization)
    if tenant is None:
        raise ApiError(Settings.of(store.settings).gone_organization_status, ORGANIZATIONS.missing)
    return tenant


async def organization_by_id(organization_id: UUID, store: StoreDep, caller: CallerDep) -> Tenant:
    """Return the organization in the path of an older route."""
    return ORGANIZATIONS.find(store.state, organization_id)


def view(tenant: Tenant) -> View:
    """Return an organization as in responses."""
    return dict(tenant)


# Routes

CanList = Annotated[Caller, Security(authenticate, scopes=["instance:admin"])]
CanAdminister = Annotated[Caller, Security(authenticate, scopes=["organization:admin"])]
Readable = Annotated[Tenant, Security(own_organization, scopes=["organization:read"])]
Writable = Annotated[Tenant, Security(own_organization, scopes=["organization:write"])]
ById = Annotated[Tenant, Security(organization_by_id, scopes=["organization:admin"])]

instance = APIRouter(
    prefix="/v1/instance/organizations", tags=["Instance"], responses=RATE_LIMITED, route_class=AnswerRoute
)
own = APIRouter(prefix="/v1/organization", tags=["Organization"], responses=RATE_LIMITED, route_class=AnswerRoute)
older = APIRouter(prefix="/v1/organizations", tags=["Organizations"], responses=RATE_LIMITED, route_class=AnswerRoute)
oauth = APIRouter(prefix="/oauth", include_in_schema=False)


@oauth.post("/token")
async def get_token(store: StoreDep, request: Request) -> JSONResponse:
    """Exchange the admin's key for a token of one organization."""
    form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    address = f"{request.url.scheme}://{request.url.netloc}"
    status, answer = exchange(store, form, address)
    return JSONResponse(answer, status)


@instance.get("/", response_model=list[OrganizationReadV1])
async def list_instance_organizations(store: StoreDep, caller: CanList) -> list[View]:
    """List all organizations of the instance."""
    return [view(tenant) for tenant in store.arranged(ORGANIZATIONS.of(store.state).values())]


@instance.post("/", status_code=201, response_model=OrganizationReadV1)
async def create_instance_organization(store: StoreDep, caller: CanList, body: OrganizationCreate) -> View:
    """Create an organization."""
    return view(create(store, body))


@own.get("/", response_model=OrganizationReadV1)
async def read_organization(tenant: Readable) -> View:
    """Get the organization of the token."""
    return view(tenant)


@own.put("/", response_model=OrganizationReadV1)
async def change_organization(store: StoreDep, tenant: Writable, body: OrganizationUpdate) -> View:
    """Update the organization of the token."""
    update(store, tenant, body)
    return view(tenant)


@own.delete("/", status_code=204)
async def end_organization(store: StoreDep, tenant: Writable) -> None:
    """Delete the organization of the token and everything in it."""
    delete(store, tenant)


@older.get("/", response_model=list[OrganizationReadV1], deprecated=True)
async def list_organizations(store: StoreDep, caller: CanAdminister) -> list[View]:
    """List all organizations, with the older route."""
    return [view(tenant) for tenant in store.arranged(ORGANIZATIONS.of(store.state).values())]


@older.post("/", status_code=201, response_model=OrganizationReadV1, deprecated=True)
async def create_organization(store: StoreDep, caller: CanAdminister, body: OrganizationCreate) -> View:
    """Create an organization, with the older route."""
    return view(create(store, body))


@older.get("/{organization_id}/", response_model=OrganizationReadV1)
async def get_organization(tenant: ById) -> View:
    """Get an organization."""
    return view(tenant)


@older.put("/{organization_id}/", response_model=OrganizationReadV1)
async def update_organization(store: StoreDep, tenant: ById, body: OrganizationUpdate) -> View:
    """Update an organization."""
    update(store, tenant, body)
    return view(tenant)


@older.delete("/{organization_id}/", status_code=204)
async def delete_organization(store: StoreDep, tenant: ById) -> None:
    """Delete an organization."""
    delete(store, tenant)


KIND = Kind(
    settings=Settings,
    collections=(ORGANIZATIONS, EXCHANGED),
    routers=(instance, own, older, oauth),
    callers=callers,
)
