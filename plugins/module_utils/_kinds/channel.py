# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notification channels: the API's section I(channels).

The API shows secrets only masked, replaces the whole configuration in an update, and ignores C(active) in a creation.
"""

from __future__ import annotations

from typing import Any

from .._api.client import Wire
from .._api.errors import article
from .._values.checks import check_url, optional_text
from .._values.masks import MASK, is_masked, mask_differs, mask_key, mask_url
from .._values.option_errors import MissingSecret, OptionError
from .._values.types import Choice, Email, Flag, Name, Secret, SetOf, Url, Uuid, ValueType, Word
from .field import Field, Lookup, Scopes, State
from .kind import Kind
from .pagerduty_service import LOOKED_UP_BY, check_config, with_ids

# The members of each type of configuration; True: required for a new one.
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
# Options that are not sent, but used to look up some of the members.
LOOKED_UP = {"pagerduty-integration": tuple(LOOKED_UP_BY.values())}
MEMBERS: dict[str, ValueType] = {
    "format": Choice("auto", "slack-blockkit", "slack-legacy", "raw-data"),
    "url": Secret(mask_url, check_url),
    "auth_key": Secret(mask_key),
    "base_url": Url(),
    "routing_key": Secret(mask_key),
    "region": Choice("us", "eu"),
    "install_id": Uuid(),
    "channel_id": Word(),
    "service_id": Uuid(),
    "pagerduty_service_id": Word(),
    "account_subdomain": Word(),
    "include_agent_prompt": Flag(),
    "recipients": SetOf(Uuid()),
}
DEFAULTS = {"format": "auto", "include_agent_prompt": True}
REGION = "us"  # the default of a pagerduty channel (vendor's Terraform provider)
NOTHING = (("region", REGION), ("base_url", ""))  # members with a value that means the same as an absent member
UPDATE_SECRET = ["on_drift", "always", "on_create"]


def member_type(config_type: str | None, member: str) -> ValueType:
    """Return the type of a member: recipients are addresses for emails, and IDs of users for other types."""
    return SetOf(Email()) if (config_type, member) == ("email", "recipients") else MEMBERS[member]


class Config(ValueType):
    """The configuration of a channel: its type, and the members of this type."""

    spec = {
        "type": "dict",
        "options": {
            "type": {"type": "str", "required": True, "choices": list(CONFIG_TYPES)},
            **{member: dict(of.spec) for member, of in MEMBERS.items()},
        },
    }

    def parse(self, option: dict[str, Any]) -> State:
        """Return the members that were set. Raises OptionError for members of another type and for invalid values."""
        config: State = {"type": option["type"]}
        for member, value in option.items():
            # Blank means that it is not set, except that it removes a URL and is not a valid choice.
            # A mask, as shown by the API, is not a secret.
            text = value.strip() if isinstance(value, str) else value
            blank = text is None or (text == "" and not isinstance(MEMBERS.get(member), (Url, Choice)))
            if member == "type" or blank or (MEMBERS[member].secret and is_masked(text)):
                continue
            allowed = (*CONFIG_TYPES[config["type"]], *LOOKED_UP.get(config["type"], ()))
            if member not in allowed:
                raise OptionError(member, f"not allowed for type {config['type']}, which takes {', '.join(allowed)}")
            try:
                config[member] = member_type(config["type"], member).parse(value)
            except ValueError as error:
                raise OptionError(member, str(error)) from None
        if config["type"] in LOOKED_UP:
            check_config(config)
        return config

    def check(self, value: State, stored: State | None = None) -> None:
        for member in CONFIG_TYPES[value["type"]]:
            if member in value and not _same_member(value, stored or {}, member):
                try:
                    member_type(value["type"], member).check(value[member], (stored or {}).get(member))
                except ValueError as error:
                    raise OptionError(member, str(error)) from None

    def without_unknown(self, value: State) -> tuple[State, list[str]]:
        """Return a configuration without members that the API is not known to accept, and their names."""
        unknown = []
        for member in CONFIG_TYPES.get(value["type"], ()):
            if member in value:
                try:
                    self.check({"type": value["type"], member: value[member]})
                except OptionError:
                    unknown.append(member)
        return {member: each for member, each in value.items() if member not in unknown}, unknown

    def decode(self, wire: Any) -> State:
        """Return the configuration without null members, which mean the same as absent ones. Keep an unknown type."""
        config = {member: value for member, value in (wire or {}).items() if value is not None}
        config_type = optional_text(config.get("type"))
        for member, of in MEMBERS.items():
            if member in config and (of.secret or member in CONFIG_TYPES.get(config_type or "", ())):
                config[member] = member_type(config_type, member).decode(config[member])
        return config

    def encode(self, value: State) -> Wire:
        """Return the configuration to send, without masks: the API keeps a stored URL if it gets an empty one."""
        body = {member: member_value for member, member_value in value.items() if member_value != ""}
        if MASK in body.get("url", ""):
            body["url"] = ""
        return body

    def show(self, value: State) -> State:
        """Return the configuration as the API would show it."""
        return {
            member: MEMBERS[member].show(member_value) if member in MEMBERS and MEMBERS[member].secret else member_value
            for member, member_value in value.items()
            if member_value != ""
        }


def _same_member(wanted: State, current: State, member: str) -> bool:
    stored = current.get(member) if wanted["type"] == current.get("type") else None
    if stored is None:
        return (member, wanted[member]) in NOTHING
    return member_type(wanted["type"], member).same(wanted[member], stored)


def _new_config(wanted: State) -> State:
    """Return a whole configuration of the type. Raises OptionError if a required member is missing."""
    members = CONFIG_TYPES[wanted["type"]]
    config = {**{member: value for member, value in DEFAULTS.items() if member in members}, **wanted}
    missing = [member for member, needed in members.items() if needed and member not in config]
    if missing:
        error = MissingSecret if MEMBERS[missing[0]].secret else OptionError
        raise error(f"config.{missing[0]}", f"required to create {article(wanted['type'])} channel")
    return config


def config_change(wanted: State, current: State, update_secret: str) -> State | None:
    """Return the whole configuration to send, since the API merges nothing, or None if nothing differs.

    Raises OptionError if the change requires a secret that is not set, because the API would not keep it.
    """
    if wanted["type"] != current.get("type"):
        return _new_config(wanted)
    members = [member for member in CONFIG_TYPES[wanted["type"]] if member in wanted]
    secrets = [member for member in CONFIG_TYPES[wanted["type"]] if MEMBERS[member].secret]
    differs = not all(_same_member(wanted, current, member) for member in members if member not in secrets)
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
            raise MissingSecret(
                f"config.{member}",
                "required for this change: the API replaces the whole configuration and never returns a stored key",
            )
    return config


class Channel(Kind):
    name = "channel"
    wire_key = "label"
    scopes = Scopes("organization:read_channel", "organization:write_channel")
    keeps_secrets = True
    fields = (
        Field("name", Name(), "label", required=True),
        Field("config", Config(), required=True),
        Field("active", Flag(), default=True, creatable=False),
    )
    read_only = ("organization_id", "created_at", "updated_at", "created_by_name", "updated_by_name")

    def argument_spec(self) -> dict[str, Any]:
        update_secret = {"type": "str", "choices": UPDATE_SECRET, "default": "on_drift", "no_log": False}
        return {**super().argument_spec(), "update_secret": update_secret}

    def parse(self, options: dict[str, Any]) -> State:
        return {**super().parse(options), "update_secret": options.get("update_secret", "on_drift")}

    def with_defaults(self, wanted: State) -> State:
        state = super().with_defaults(wanted)
        if "config" in wanted:
            members = CONFIG_TYPES[wanted["config"]["type"]]
            defaults = {member: value for member, value in (*DEFAULTS.items(), *NOTHING) if member in members}
            state["config"] = {**defaults, **wanted["config"]}
        return state

    def resolve(self, wanted: State, current: State | None, lookup: Lookup) -> State:
        """Return the wanted state. With fingerprints, a secret that is not the last one sent has to be sent again."""
        if "config" in wanted:
            wanted = {**wanted, "config": with_ids(wanted["config"], lookup)}
        secret = self.secret_in(wanted)
        known = lookup.fingerprints
        if known is None or current is None or secret is None or wanted["update_secret"] != "on_drift":
            return wanted
        return wanted if known.matches(current["id"], secret) else {**wanted, "update_secret": "always"}

    def secret_in(self, changes: State) -> str | None:
        config: State = changes.get("config", {})
        secrets = [value for member, value in config.items() if member in MEMBERS and MEMBERS[member].secret]
        return next((secret for secret in secrets if secret and not is_masked(secret)), None)

    def changes(self, wanted: State, current: State) -> State:
        changes = super().changes({**wanted, "config": current["config"]}, current)
        if "config" in wanted:
            config = config_change(wanted["config"], current["config"], wanted["update_secret"])
            if config is not None:
                changes["config"] = config
        return changes

    def not_persisted(self, wanted: State, current: State) -> list[str]:
        return super().not_persisted({**wanted, "update_secret": "on_create"}, current)

    def new(self, wanted: State) -> State:
        state = super().new(wanted)
        return {**state, "config": _new_config(state["config"])}

    def describe(self, state: State) -> dict[str, Any]:
        """Return the options without secrets, and without a configuration of an unknown type."""
        options = super().describe(state)
        config = options.pop("config")
        if config.get("type") in CONFIG_TYPES:
            members = ("type", *CONFIG_TYPES[config["type"]])
            options["config"] = {
                member: config[member]
                for member in members
                if member in config and (member == "type" or not MEMBERS[member].secret)
            }
        return options

    def gap(self, state: State) -> str:
        if state["config"].get("type") in CONFIG_TYPES:
            return ""
        return (
            f"The channel {state['name']!r} is of a type that this version does not support"
            f" ({', '.join(CONFIG_TYPES)}); its configuration is left out."
        )

    def public(self, state: State, wanted: State) -> State:
        """Return the state with a mask for a secret that is set and may be the stored one, as in a prediction.

        So the result does not depend on how the service masks a short key, which is not known.
        """
        config = dict(state["config"])
        if config.get("type") == "pagerduty":
            config.setdefault("region", REGION)
        for member, secret in wanted.get("config", {}).items():
            if member in MEMBERS and MEMBERS[member].secret and not mask_differs(secret, config.get(member, "")):
                config[member] = secret
        return {**state, "config": Config().show(config)}


CHANNEL = Channel()
