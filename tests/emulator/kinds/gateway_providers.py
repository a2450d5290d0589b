# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Providers of the AI gateway. They are not in the published document. The source is the vendor's Terraform provider.

Known: the list is paginated and sorted by slug; responses never contain the credential, but error messages can; slug
and vendor cannot be changed.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Security
from pydantic import BaseModel, Field

from ..answers import AnswerRoute
from ..errors import ApiError, ConflictError, InvalidError
from ..kind import Kind
from ..models import RATE_LIMITED, View
from ..records import Collection, Raw, Record, taken
from ..security import Caller, StoreDep, authenticate
from ..seeding import Seeding
from ..shared_settings import SharedSettings
from ..store import Store


class Settings(SharedSettings):
    """Open questions about gateway providers."""

    gateway_error_echo: bool = Field(default=False, description="error messages contain the credential")
    gateway_refusal: Literal[403, 409, 422, 503] | None = Field(
        default=None, description="status that rejects every write; null: writes are accepted (stand-in)"
    )
    gateway_last_cursor: Literal["null", "empty"] = Field(
        default="null", description="cursor of the last page (stand-in)"
    )
    gateway_page: int = Field(default=100, ge=1, description="maximum number of providers in a page (stand-in)")
    gateway_config: Literal["of_bedrock", "always"] = Field(
        default="of_bedrock", description="responses that contain the configuration (stand-in)"
    )


# Stored data


class GatewayProvider(Record):
    """A provider, with its credential."""

    slug: str
    vendor: str = "openai"
    credential: str
    required: bool = True
    api: str | None = None
    region: str | None = None


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    record.setdefault("credential", "sk-seeded")


PROVIDERS = Collection(
    "gateway_providers", GatewayProvider, "Gateway provider not found", naming="slug", complete=_complete
)


# Bodies of requests and responses

Vendor = Literal["openai", "anthropic", "bedrock", "doubleword", "groq", "huggingface", "mistral"]


class Credentials(BaseModel):
    """Credentials that the vendor issued."""

    type: Literal["api-key"]
    value: Annotated[str, Field(min_length=1)]


class Config(BaseModel):
    """A configuration. Omitted members keep their values."""

    credentials: Credentials | None = None
    api: Literal["runtime", "mantle"] | None = None
    region: Annotated[str, Field(min_length=3, max_length=63, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)+$")] | None = None


class ProviderWrite(BaseModel):
    """A write, which always contains the vendor."""

    vendor: Vendor
    config: Config


class Pricing(BaseModel):
    """Whether models without a price are rejected."""

    required: bool = True


class GatewayProviderUpdate(BaseModel):
    """A partial update."""

    slug: str | None = None
    provider: ProviderWrite | None = None
    pricing: Pricing | None = None


class GatewayProviderCreate(BaseModel):
    """A new provider."""

    slug: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    provider: ProviderWrite
    pricing: Pricing = Pricing()


class Page(BaseModel):
    """A page of providers, with the cursor of the next one."""

    providers: list[dict[str, Any]]
    next_cursor: str | None


# Rules


def guard(store: Store, provider: ProviderWrite | None) -> None:
    """Reject a write if a setting requires it."""
    status = Settings.of(store.settings).gateway_refusal
    if status:
        raise ApiError(status, _words(store, "Refused", provider))


def _words(store: Store, words: str, provider: ProviderWrite | None) -> str:
    credentials = provider.config.credentials if provider else None
    echo = Settings.of(store.settings).gateway_error_echo and credentials
    return f"{words}: {credentials.value}" if echo and credentials else words


def create(store: Store, body: GatewayProviderCreate) -> GatewayProvider:
    """Create a provider."""
    guard(store, body.provider)
    config = body.provider.config
    if taken(PROVIDERS.of(store.state).values(), "slug", body.slug):
        raise ConflictError(_words(store, "The slug is taken", body.provider))
    if config.credentials is None:
        raise InvalidError("provider", "credentials are required", None)
    for name in ("api", "region"):
        if (getattr(config, name) is not None) is not (body.provider.vendor == "bedrock"):
            raise InvalidError("provider", f"{name} is required for and only for bedrock", None)
    values = {"api": config.api, "region": config.region, "required": body.pricing.required}
    return store.add(
        PROVIDERS,
        store.state,
        slug=body.slug,
        vendor=body.provider.vendor,
        credential=config.credentials.value,
        **values,
    )


def update(store: Store, provider: GatewayProvider, body: GatewayProviderUpdate) -> None:
    """Change the members in the body."""
    guard(store, body.provider)
    if body.slug not in (None, provider.slug):
        raise InvalidError("slug", "cannot be changed", body.slug)
    if body.provider is not None:
        config = body.provider.config
        if body.provider.vendor != provider.vendor:
            raise InvalidError("provider", "the vendor cannot be changed", body.provider.vendor)
        if provider.vendor != "bedrock" and (config.api or config.region):
            raise InvalidError("provider", "api and region are only for bedrock", None)
        provider.credential = config.credentials.value if config.credentials else provider.credential
        provider.api, provider.region = config.api or provider.api, config.region or provider.region
    if body.pricing is not None:
        provider.required = body.pricing.required


def view(store: Store, provider: GatewayProvider) -> View:
    """Return a provider as in responses."""
    shown: View = {"vendor": provider.vendor}
    if provider.vendor == "bedrock":
        shown["config"] = {"api": provider.api, "region": provider.region}
    elif Settings.of(store.settings).gateway_config == "always":
        shown["config"] = {}
    return {
        "id": provider.id,
        "slug": provider.slug,
        "provider": shown,
        "pricing": {"required": provider.required},
        "created_at": provider.created_at,
    }


# Routes


class ProviderRoute(AnswerRoute):
    """Responses with members that the service defines."""

    named = ("providers", "provider", "config", "pricing")


router = APIRouter(prefix="/v1/gateway/providers", tags=["Gateway"], responses=RATE_LIMITED, route_class=ProviderRoute)

CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:read_gateway"])]
CanWrite = Annotated[Caller, Security(authenticate, scopes=["organization:write_gateway"])]


@router.get("/", response_model=Page)
async def list_gateway_providers(
    store: StoreDep, caller: CanRead, limit: Annotated[int, Query(ge=1, le=100)] = 100, cursor: str = ""
) -> View:
    """List a page of providers."""
    settings = Settings.of(store.settings)
    rest = sorted((each for each in PROVIDERS.of(store.state).values() if each.slug > cursor), key=lambda one: one.slug)
    page = rest[: min(limit, settings.gateway_page)]
    end = None if settings.gateway_last_cursor == "null" else ""
    return {
        "providers": [view(store, each) for each in page],
        "next_cursor": page[-1].slug if len(rest) > len(page) else end,
    }


@router.post("/", status_code=201)
async def create_gateway_provider(store: StoreDep, caller: CanWrite, body: GatewayProviderCreate) -> View:
    """Create a provider."""
    return view(store, create(store, body))


@router.get("/{provider_id}/")
async def get_gateway_provider(store: StoreDep, caller: CanRead, provider_id: UUID) -> View:
    """Get a provider."""
    return view(store, PROVIDERS.find(store.state, provider_id))


@router.patch("/{provider_id}/")
async def update_gateway_provider(
    store: StoreDep, caller: CanWrite, provider_id: UUID, body: GatewayProviderUpdate
) -> View:
    """Update a provider."""
    provider = PROVIDERS.find(store.state, provider_id)
    update(store, provider, body)
    return view(store, provider)


@router.delete("/{provider_id}/", status_code=204)
async def delete_gateway_provider(store: StoreDep, caller: CanWrite, provider_id: UUID) -> None:
    """Delete a provider. If it does not exist, nothing happens."""
    guard(store, None)
    PROVIDERS.of(store.state).pop(provider_id, None)


KIND = Kind(settings=Settings, collections=(PROVIDERS,), routers=(router,))
