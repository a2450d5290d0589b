# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notification channels and their configurations, one type each."""

from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from typing_extensions import TypedDict

from ..text import GivenId
from .common import FirstChoiceDocumented


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("must be an http or https URL")
    return value


def _http_url_or_empty(value: str) -> str:
    return _http_url(value) if value else value


WebhookFormat = Literal["auto", "slack-blockkit", "slack-legacy", "raw-data"]


class Webhook(TypedDict):
    """A webhook; answers mask the URL."""

    type: Literal["webhook"]
    format: WebhookFormat
    url: Annotated[str, AfterValidator(_http_url)]


class WebhookUpdate(TypedDict):
    """A webhook in an update: an empty URL keeps the one that is stored."""

    type: Literal["webhook"]
    format: WebhookFormat
    url: Annotated[str, AfterValidator(_http_url_or_empty)]


class Opsgenie(TypedDict):
    """Opsgenie; answers mask the key."""

    type: Literal["opsgenie"]
    auth_key: str
    base_url: NotRequired[str]


class Pagerduty(TypedDict):
    """PagerDuty's Events API; answers mask the key."""

    type: Literal["pagerduty"]
    routing_key: str
    region: NotRequired[Literal["us", "eu"]]


class PagerdutyIntegration(TypedDict):
    """A service of an installed PagerDuty integration; no secret."""

    type: Literal["pagerduty-integration"]
    install_id: GivenId
    service_id: GivenId


class SlackIntegration(TypedDict):
    """A channel of an installed Slack integration; no secret."""

    type: Literal["slack-integration"]
    install_id: GivenId
    channel_id: str
    include_agent_prompt: NotRequired[bool]


class Email(TypedDict):
    """Addresses."""

    type: Literal["email"]
    recipients: list[str]


class Notification(TypedDict):
    """Users of the organization, in the service's own interface."""

    type: Literal["notification"]
    recipients: list[GivenId]


class WebPush(TypedDict):
    """Users of the organization, in their browsers."""

    type: Literal["web-push"]
    recipients: list[GivenId]


Keyless = PagerdutyIntegration | SlackIntegration | Email | Notification | WebPush
ChannelConfig = Annotated[Webhook | Opsgenie | Pagerduty | Keyless, Field(discriminator="type")]
ChannelConfigUpdate = Annotated[WebhookUpdate | Opsgenie | Pagerduty | Keyless, Field(discriminator="type")]


#: Answers may carry a type that this page does not know: a seeded channel of tomorrow is shown as it is.
ChannelConfigRead = Annotated[
    ChannelConfig | dict[str, Any], Field(union_mode="left_to_right"), FirstChoiceDocumented()
]


class ChannelCreate(BaseModel):
    """A new channel. It is active: there is no way to say otherwise here."""

    label: str
    config: ChannelConfig


class ChannelUpdate(BaseModel):
    """A partial update; null changes nothing either. The configuration is replaced as a whole."""

    label: str | None = None
    config: ChannelConfigUpdate | None = None
    active: bool | None = None


class ChannelRead(BaseModel):
    """A channel in every answer."""

    id: UUID
    organization_id: UUID
    label: str
    active: bool
    created_at: datetime
    updated_at: datetime | None
    created_by_name: str | None
    updated_by_name: str | None
    config: ChannelConfigRead
