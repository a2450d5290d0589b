# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notification channels: the API's section I(channels).

The API shows a secret only masked, replaces the whole configuration on a change, and ignores C(active) on creation.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from .._api.client import LogfireClient, Wire
from .._api.errors import OptionError
from .._values.masks import MASK, is_masked, mask_differs, mask_key, mask_url
from .kind import Field, Kind, State, not_blank, optional_text

# The members that each type of configuration has: True for what a new one needs.
CONFIG_TYPES: dict[str, dict[str, bool]] = {
    "webhook": {"format": True, "url": True},
    "opsgenie": {"auth_key": True, "base_url": False},
    "pagerduty": {"routing_key": True, "region": False},
    "pagerduty-integration": {"install_id": True, "service_id": True},
    "slack-integration": {"install_id": True, "channel_id": True, "include_agent_prompt": False},
    "email": {"recipients": True},
    "notification": {"recipients": True},
    "web-push": {"recipients": True},
}
SECRETS = {"url": mask_url, "auth_key": mask_key, "routing_key": mask_key}
DEFAULTS = {"format": "auto", "include_agent_prompt": True}
UPDATE_SECRET = ["on_drift", "always", "on_create"]


def _parse_config(options: dict[str, Any]) -> State:
    """The members of the type that were set. Raises OptionError for those of another type and for bad URLs."""
    kind = options["type"]
    config: State = {"type": kind}
    for member, value in options.items():
        if isinstance(value, str):
            value = value.strip()
        # Blank is not set, but for the one optional text, which it clears. A mask is what the API shows, not a secret.
        blank = value is None or (value == "" and member != "base_url")
        if member == "type" or blank or (member in SECRETS and is_masked(value)):
            continue
        if member not in CONFIG_TYPES[kind]:
            raise OptionError(member, f"not allowed for type {kind}, which takes {', '.join(CONFIG_TYPES[kind])}")
        if member == "recipients":
            if not all(recipient.strip() for recipient in value):
                raise OptionError(member, "must not hold an empty one")
            value = sorted({recipient.strip() for recipient in value})
        elif member in ("url", "base_url") and value:
            _check_url(member, value)
        config[member] = value
    return config


def _check_url(option: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(character.isspace() for character in url):  # the value may be a secret and is not repeated
        raise OptionError(option, "must be a URL that starts with http:// or https:// and names a host")


def _load_config(wire: Any) -> State:
    """A member that is null is the same as one that is not there."""
    config = {member: value for member, value in (wire or {}).items() if value is not None}
    for member in ("type", *SECRETS):
        optional_text(config.get(member))
    if isinstance(config.get("recipients"), list):
        config["recipients"] = sorted(config["recipients"])
    return config


def _mask_config(config: State) -> State:
    """A configuration as the API would show it."""
    return {
        member: SECRETS[member](value) if member in SECRETS and not is_masked(value) else value
        for member, value in config.items()
        if value != ""
    }


def _dump_config(config: State) -> Wire:
    """An empty URL keeps the one that is stored; a mask is never sent."""
    body = {member: value for member, value in config.items() if value != ""}
    if MASK in body.get("url", ""):
        body["url"] = ""
    return body


def _new_config(wanted: State) -> State:
    """A whole configuration of the type. Raises OptionError when a member that it needs is missing."""
    members = CONFIG_TYPES[wanted["type"]]
    config = {**{member: value for member, value in DEFAULTS.items() if member in members}, **wanted}
    missing = [member for member, needed in members.items() if needed and member not in config]
    if missing:
        raise OptionError(f"config.{missing[0]}", f"needed for a new configuration of type {wanted['type']}")
    return config


def config_change(wanted: State, current: State, update_secret: str) -> State | None:
    """The whole configuration to send, since the API merges nothing, or None when C(current) is as wanted.

    Raises OptionError when a change needs a secret that was not given and that the API cannot keep.
    """
    if wanted["type"] != current.get("type"):
        return _new_config(wanted)
    secrets = [member for member in SECRETS if member in CONFIG_TYPES[wanted["type"]]]
    differs = any(wanted[member] != current.get(member, "") for member in wanted if member not in secrets)
    for member in secrets:
        if member in wanted and update_secret != "on_create":
            differs = differs or update_secret == "always" or mask_differs(wanted[member], current.get(member, ""))
    if not differs:
        return None
    config = {**current, **wanted}
    for member in secrets:
        if member == "url" and (member not in wanted or update_secret == "on_create"):
            config[member] = current.get(member) or MASK
        elif member not in wanted:
            raise OptionError(
                f"config.{member}",
                "needed for this change: the API replaces the whole configuration and never gives a stored key back",
            )
    return config


class Channel(Kind):
    name = "channel"
    wire_key = "label"
    in_project = False
    fields = (
        Field("name", "label", parse=not_blank, required=True),
        Field(
            "config",
            "config",
            parse=_parse_config,
            load=_load_config,
            dump=_dump_config,
            show=_mask_config,
            required=True,
        ),
        Field("active", "active", default=True, creatable=False),
    )
    read_only = ("organization_id", "created_at", "updated_at", "created_by_name", "updated_by_name")

    def argument_spec(self) -> dict[str, Any]:
        return {
            "name": {"type": "str"},
            "id": {"type": "str"},
            "config": {
                "type": "dict",
                "options": {
                    "type": {"type": "str", "required": True, "choices": list(CONFIG_TYPES)},
                    "format": {"type": "str", "choices": ["auto", "slack-blockkit", "slack-legacy", "raw-data"]},
                    "url": {"type": "str", "no_log": True},
                    "auth_key": {"type": "str", "no_log": True},
                    "base_url": {"type": "str"},
                    "routing_key": {"type": "str", "no_log": True},
                    "region": {"type": "str", "choices": ["us", "eu"]},
                    "install_id": {"type": "str"},
                    "channel_id": {"type": "str"},
                    "service_id": {"type": "str"},
                    "include_agent_prompt": {"type": "bool"},
                    "recipients": {"type": "list", "elements": "str"},
                },
            },
            "active": {"type": "bool"},
            "update_secret": {"type": "str", "choices": UPDATE_SECRET, "default": "on_drift", "no_log": False},
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        }

    def parse(self, options: dict[str, Any]) -> State:
        return {**super().parse(options), "update_secret": options.get("update_secret", "on_drift")}

    def changes(self, wanted: State, current: State) -> State:
        changes = super().changes({**wanted, "config": current["config"]}, current)
        if "config" in wanted:
            config = config_change(wanted["config"], current["config"], wanted["update_secret"])
            if config is not None:
                changes["config"] = config
        return changes

    def unkept(self, wanted: State, current: State) -> list[str]:
        return super().unkept({**wanted, "update_secret": "on_create"}, current)

    def new(self, wanted: State) -> State:
        state = super().new(wanted)
        return {**state, "config": _new_config(state["config"])}

    def describe(self, state: State) -> dict[str, Any]:
        """Without secrets, and without a configuration of a type that this version does not know."""
        options = super().describe(state)
        config = options.pop("config")
        if config.get("type") in CONFIG_TYPES:
            members = ("type", *CONFIG_TYPES[config["type"]])
            options["config"] = {
                member: config[member] for member in members if member in config and member not in SECRETS
            }
        return options

    def public(self, state: State) -> State:
        return {**state, "config": _mask_config(state["config"])}

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        return client.list_channels()

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        return client.create_channel(**body)

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        return client.update_channel(object_id, **body)

    def delete(self, client: LogfireClient, project_id: str, object_id: str) -> None:
        client.delete_channel(object_id)


CHANNEL = Channel()
