# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Channels, with secrets masked in responses, and configurations replaced as a whole; objects that notify channels.

Known: what is masked and how; a creation ignores ``active``; an empty webhook URL keeps the stored one;
``include_agent_prompt`` is true by default, and keeps its value if omitted. Stand-in without a setting: the URL of a
webhook must be http or https.
"""

from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Security
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import to_jsonable_python
from typing_extensions import TypedDict

from .. import text
from ..answers import AnswerRoute
from ..errors import ConflictError, InvalidError, refusal
from ..kind import Kind
from ..masking import is_masked_key, is_masked_url, mask_key, mask_url
from ..models import RATE_LIMITED, FirstChoiceDocumented, View, authored
from ..ordering import arrange
from ..records import Authored, Collection, Raw, taken
from ..security import Caller, StoreDep, authenticate
from ..seeding import Seeding
from ..shared_settings import Refusal, SharedSettings
from ..store import Store
from ..text import GivenId
from . import schedules

Config = dict[str, Any]

#: The member with the key, by type. The URL of a webhook is masked in another way.
KEYS = {"opsgenie": "auth_key", "pagerduty": "routing_key"}
CHANNEL_TYPES: tuple[str, ...] = (
    "webhook",
    "opsgenie",
    "pagerduty",
    "pagerduty-integration",
    "slack-integration",
    "email",
    "notification",
    "web-push",
)


class Settings(SharedSettings):
    """Open questions about channels, and older releases."""

    channel_types: list[str] = Field(
        default_factory=lambda: list(CHANNEL_TYPES), description="types that writes accept; older releases: fewer"
    )
    duplicate_label_status: Refusal = Field(
        default=None, description="status for a duplicate label; null: accepted (stand-in)"
    )
    mask_entirely_below: int = Field(
        default=8, ge=0, description="keys shorter than this are masked entirely (stand-in)"
    )
    empty_key_on_update: Literal["store", "keep"] = Field(
        default="store",
        description="an empty key of opsgenie or pagerduty is stored, or keeps the stored key (stand-in)",
    )
    masked_secret_on_update: Literal["store", "keep"] = Field(
        default="store", description="a masked secret in an update is stored, or keeps the stored secret (stand-in)"
    )
    omitted_prompt_on_update: Literal["keep", "true"] = Field(
        default="keep", description="value of include_agent_prompt if omitted"
    )
    delete_used_channel: Literal["detach", "refuse"] = Field(
        default="detach", description="a deletion detaches the channel from its alerts, or gets a 409 (stand-in)"
    )
    unknown_channel_status: Literal[400, 404, 422] = Field(
        default=422, description="status for the assignment of an unknown channel (stand-in)"
    )
    repeated_channel_status: Refusal = Field(
        default=None, description="status for a channel that is assigned twice; null: stored once (stand-in)"
    )


# Stored data


class Channel(Authored):
    """A channel. ``config`` accepts any members, so that future types can be seeded."""

    label: str
    active: bool = True
    config: Config


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    webhook = {"type": "webhook", "format": "auto", "url": "https://hooks.example.com/services/secret"}
    record.setdefault("config", webhook)


CHANNELS = Collection("channels", Channel, "Channel not found", naming="label", complete=_complete)


class Assignment(BaseModel):
    """A channel to notify, and when."""

    model_config = ConfigDict(extra="forbid")

    channel_id: UUID
    schedule_id: GivenId | None = None


class Notifier(Authored):
    """An object that notifies channels."""

    channel_assignments: list[Assignment] = Field(default_factory=list)


# Bodies of requests and responses


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("must be an http or https URL")
    return value


def _http_url_or_empty(value: str) -> str:
    return _http_url(value) if value else value


WebhookFormat = Literal["auto", "slack-blockkit", "slack-legacy", "raw-data"]


class Webhook(TypedDict):
    """A webhook. Responses mask the URL."""

    type: Literal["webhook"]
    format: WebhookFormat
    url: Annotated[str, AfterValidator(_http_url)]


class WebhookUpdate(TypedDict):
    """A webhook in an update. An empty URL keeps the stored one."""

    type: Literal["webhook"]
    format: WebhookFormat
    url: Annotated[str, AfterValidator(_http_url_or_empty)]


class Opsgenie(TypedDict):
    """Opsgenie. Responses mask the key."""

    type: Literal["opsgenie"]
    auth_key: str
    base_url: NotRequired[str]


class Pagerduty(TypedDict):
    """PagerDuty's Events API. Responses mask the key."""

    type: Literal["pagerduty"]
    routing_key: str
    region: NotRequired[Literal["us", "eu"]]


class PagerdutyIntegration(TypedDict):
    """A service of an installed PagerDuty integration, without secrets."""

    type: Literal["pagerduty-integration"]
    install_id: GivenId
    service_id: GivenId


class SlackIntegration(TypedDict):
    """A channel of an installed Slack integration, without secrets."""

    type: Literal["slack-integration"]
    install_id: GivenId
    channel_id: str
    include_agent_prompt: NotRequired[bool]


class Email(TypedDict):
    """E-mail addresses."""

    type: Literal["email"]
    recipients: list[str]


class Notification(TypedDict):
    """Users of the organization, notified in the service's web interface."""

    type: Literal["notification"]
    recipients: list[GivenId]


class WebPush(TypedDict):
    """Users of the organization, notified by their browsers."""

    type: Literal["web-push"]
    recipients: list[GivenId]


Keyless = PagerdutyIntegration | SlackIntegration | Email | Notification | WebPush
ChannelConfig = Annotated[Webhook | Opsgenie | Pagerduty | Keyless, Field(discriminator="type")]
ChannelConfigUpdate = Annotated[WebhookUpdate | Opsgenie | Pagerduty | Keyless, Field(discriminator="type")]


#: Responses can contain future types, from a seed. Their configurations are returned unchanged.
ChannelConfigRead = Annotated[
    ChannelConfig | dict[str, Any], Field(union_mode="left_to_right"), FirstChoiceDocumented()
]


class ChannelCreate(BaseModel):
    """A new channel, which is always active."""

    label: str
    config: ChannelConfig


class ChannelUpdate(BaseModel):
    """A partial update: omitted and null members keep their values. The configuration is replaced as a whole."""

    label: str | None = None
    config: ChannelConfigUpdate | None = None
    active: bool | None = None


class ChannelRead(BaseModel):
    """A channel in responses."""

    id: UUID
    organization_id: UUID
    label: str
    active: bool
    created_at: datetime
    updated_at: datetime | None
    created_by_name: str | None
    updated_by_name: str | None
    config: ChannelConfigRead


class AlertChannelAssignment(BaseModel):
    """A channel to notify, at all times or by a delivery schedule."""

    channel_id: UUID
    schedule_id: GivenId | None = None


class AlertChannelAssignmentRead(BaseModel):
    """An assignment in responses: both members are always present."""

    channel_id: UUID
    schedule_id: GivenId | None


# Rules


def create(store: Store, body: ChannelCreate) -> Channel:
    """Create a channel, which is always active."""
    label, config = _label(store, body.label), _config(store, body.config, {})
    return store.add(CHANNELS, store.state, label=label, config=config)


def update(store: Store, channel: Channel, body: ChannelUpdate) -> None:
    """Change the members in the body that are not null. If the type changes, the ID does not."""
    config = None if body.config is None else _config(store, body.config, channel.config)
    label = None if body.label is None else _label(store, body.label, channel)
    if label is not None:
        channel.label = label
    if body.active is not None:
        channel.active = body.active
    if config is not None:
        channel.config = config
    if body.model_dump(exclude_none=True):
        store.touch(channel)


def delete(store: Store, channel: Channel) -> None:
    """Delete a channel. If it is in use, detach it first, or reject the request, according to a setting."""
    notifiers = [record for record in store.records() if isinstance(record, Notifier)]
    users = [
        record for record in notifiers if any(item.channel_id == channel.id for item in record.channel_assignments)
    ]
    if users and Settings.of(store.settings).delete_used_channel == "refuse":
        raise ConflictError("This channel is used by alerts")
    for record in users:
        record.channel_assignments = [item for item in record.channel_assignments if item.channel_id != channel.id]
    del CHANNELS.of(store.state)[channel.id]


def _label(store: Store, given: str, holder: Channel | None = None) -> str:
    """Return the label to store. Whether labels must be unique is a setting."""
    label, status = text.name(store.settings, given), Settings.of(store.settings).duplicate_label_status
    if status and taken(CHANNELS.of(store.state).values(), "label", label, holder):
        raise refusal(status, "label", "A channel with this label already exists", given)
    return label


def _config(store: Store, given: Any, stored: Config) -> Config:
    """Return the configuration to store, completed from the stored one of the same type."""
    settings = Settings.of(store.settings)
    config: Config = _tidied(settings, to_jsonable_python(given))
    kind = config["type"]
    if kind not in settings.channel_types:
        raise InvalidError("config", f"{kind!r} is not a channel type", kind)
    same = stored if stored.get("type") == kind else {}
    keep_masked = settings.masked_secret_on_update == "keep"
    if kind == "webhook":
        url = config["url"]
        if not url or (same and keep_masked and is_masked_url(url)):
            if not same:
                raise InvalidError("config", "there is no URL to keep", url)
            config["url"] = same["url"]
    elif kind in KEYS:
        member = KEYS[kind]
        key = config[member]
        keep_empty = settings.empty_key_on_update == "keep"
        if same and ((not key and keep_empty) or (keep_masked and is_masked_key(key))):
            config[member] = same[member]
    elif kind == "slack-integration" and "include_agent_prompt" not in config:
        kept = same.get("include_agent_prompt", True) if settings.omitted_prompt_on_update == "keep" else True
        config["include_agent_prompt"] = kept
    return config


def _tidied(settings: Settings, config: Config) -> Config:
    """Return a configuration with IDs and addresses in the form in which they are stored."""
    changed = dict(config)
    for member in ("install_id", "service_id"):
        if member in changed:
            changed[member] = text.identifier(settings, changed[member])
    if "recipients" in changed:
        each = text.address if changed["type"] == "email" else text.identifier
        changed["recipients"] = [each(settings, recipient) for recipient in changed["recipients"]]
    return changed


def assignments(store: Store, given: list[AlertChannelAssignment]) -> list[Assignment]:
    """Return the assignments to store. A duplicate is rejected, or the last one is stored."""
    settings = Settings.of(store.settings)
    unknown, repeated = settings.unknown_channel_status, settings.repeated_channel_status
    for item in given:
        if item.channel_id not in CHANNELS.of(store.state):
            message = CHANNELS.missing if unknown == 404 else "there is no such channel"
            raise refusal(unknown, "channel_assignments", message, str(item.channel_id))
        if item.schedule_id is not None:
            schedules.check_known(store, item.schedule_id)
    found = {item.channel_id: item.schedule_id for item in given}
    if repeated and len(found) < len(given):
        raise refusal(
            repeated, "channel_assignments", "a channel is given twice", [str(item.channel_id) for item in given]
        )
    return [
        Assignment(channel_id=channel_id, schedule_id=schedule_id and text.identifier(settings, schedule_id))
        for channel_id, schedule_id in found.items()
    ]


def shown_assignments(store: Store, record: Notifier) -> list[Assignment]:
    """Return the assignments in the order of the server, without those of deleted channels."""
    shown = [item for item in record.channel_assignments if item.channel_id in CHANNELS.of(store.state)]
    return arrange(shown, store.settings.list_order, lambda item: item.channel_id)


def masked_config(settings: Settings, config: Config) -> Config:
    """Return a configuration as in responses."""
    kind = config.get("type", "")
    if kind == "webhook":
        return {**config, "url": mask_url(config["url"])}
    if kind in KEYS:
        return {**config, KEYS[kind]: mask_key(config[KEYS[kind]], settings.mask_entirely_below)}
    return config


def view(store: Store, channel: Channel) -> View:
    """Return a channel as in responses, also in those about alerts."""
    return {
        **authored(channel),
        "organization_id": store.state.organization.id,
        "label": channel.label,
        "active": channel.active,
        "config": masked_config(Settings.of(store.settings), channel.config),
    }


# Routes


class ChannelRoute(AnswerRoute):
    """Responses about channels."""

    named = ("config",)


router = APIRouter(prefix="/v1/channels", tags=["Channels"], responses=RATE_LIMITED, route_class=ChannelRoute)

CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:read_channel"])]
CanWrite = Annotated[Caller, Security(authenticate, scopes=["organization:write_channel"])]


@router.get("/", response_model=list[ChannelRead])
async def list_channels(store: StoreDep, caller: CanRead) -> list[View]:
    """List the channels of the organization."""
    return [view(store, channel) for channel in store.arranged(CHANNELS.of(store.state).values())]


@router.post("/", status_code=201, response_model=ChannelRead)
async def create_channel(store: StoreDep, caller: CanWrite, body: ChannelCreate) -> View:
    """Create a channel."""
    return view(store, create(store, body))


@router.get("/{channel_id}/", response_model=ChannelRead)
async def get_channel(store: StoreDep, caller: CanRead, channel_id: UUID) -> View:
    """Get a channel."""
    return view(store, CHANNELS.find(store.state, channel_id))


@router.put("/{channel_id}/", response_model=ChannelRead)
async def update_channel(store: StoreDep, caller: CanWrite, channel_id: UUID, body: ChannelUpdate) -> View:
    """Update a channel."""
    channel = CHANNELS.find(store.state, channel_id)
    update(store, channel, body)
    return view(store, channel)


@router.delete("/{channel_id}/", status_code=204)
async def delete_channel(store: StoreDep, caller: CanWrite, channel_id: UUID) -> None:
    """Delete a channel."""
    delete(store, CHANNELS.find(store.state, channel_id))


KIND = Kind(settings=Settings, collections=(CHANNELS,), routers=(router,))
