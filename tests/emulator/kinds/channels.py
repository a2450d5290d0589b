# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Channels: secrets are masked in every answer, and a configuration is replaced as a whole."""

from typing import Any

from pydantic_core import to_jsonable_python

from .. import text
from ..errors import ConflictError, InvalidError, refusal
from ..masking import is_masked_key, is_masked_url, mask_key, mask_url
from ..models.channels import ChannelCreate, ChannelUpdate
from ..ordering import arrange
from ..records import Channel
from ..store import Store
from .views import View, authored

Config = dict[str, Any]

#: Where the types keep a key. The URL of a webhook is a secret of another shape.
KEYS = {"opsgenie": "auth_key", "pagerduty": "routing_key"}


def create(store: Store, body: ChannelCreate) -> Channel:
    """A new channel: always active."""
    channel = Channel(
        id=store.ids.new(),
        created_at=store.clock.now(),
        created_by_name=store.settings.actor_name,
        label=_label(store, body.label),
        config=_config(store, body.config, {}),
    )
    store.state.channels[channel.id] = channel
    return channel


def update(store: Store, channel: Channel, body: ChannelUpdate) -> None:
    """Change what is given and not null; the type may change and the id stays."""
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
    """A channel in use is taken off its alerts, or refused: which of them is open."""
    alerts = [alert for project in store.state.projects.values() for alert in project.alerts.values()]
    users = [alert for alert in alerts if any(item.channel_id == channel.id for item in alert.channel_assignments)]
    if users and store.settings.delete_used_channel == "refuse":
        raise ConflictError("This channel is used by alerts")
    for alert in users:
        alert.channel_assignments = [item for item in alert.channel_assignments if item.channel_id != channel.id]
    del store.state.channels[channel.id]


def _label(store: Store, given: str, holder: Channel | None = None) -> str:
    """The label to store; whether it has to be the only one of its kind is open."""
    label = text.name(store.settings, given)
    status = store.settings.duplicate_label_status
    if status and any(each.label == label and each is not holder for each in store.state.channels.values()):
        raise refusal(status, "label", "A channel with this label already exists", given)
    return label


def _config(store: Store, given: Any, stored: Config) -> Config:
    """The configuration to store, with what an update may leave to the stored one of the same type."""
    settings = store.settings
    config: Config = text.config(settings, to_jsonable_python(given))
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


def masked_config(store: Store, config: Config) -> Config:
    """A configuration as answers show it."""
    kind = config.get("type", "")
    if kind == "webhook":
        return {**config, "url": mask_url(config["url"])}
    if kind in KEYS:
        return {**config, KEYS[kind]: mask_key(config[KEYS[kind]], store.settings.mask_entirely_below)}
    return config


def arranged(store: Store) -> list[Channel]:
    """Channels in the server's order."""
    return arrange(store.state.channels.values(), store.settings.list_order, lambda channel: channel.id)


def view(store: Store, channel: Channel) -> View:
    """A channel as answers show it, on its own and inside alerts."""
    return {
        **authored(channel),
        "organization_id": store.state.organization.id,
        "label": channel.label,
        "active": channel.active,
        "config": masked_config(store, channel.config),
    }
