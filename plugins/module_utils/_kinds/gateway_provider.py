# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Providers of the AI gateway: credentials with which the gateway calls model vendors.

The routes are not in the published document, but in the vendor's Terraform provider. No answer contains the credential,
but error messages may, so these are not shown.
"""

from __future__ import annotations

import re
from typing import Any

from .._api.client import LogfireClient, Wire, api_path, objects_of
from .._api.errors import unexpected, without_words
from .._values.masks import MASK, is_masked
from .._values.option_errors import OptionError
from .._values.types import Choice, Flag, Name, Secret, Word
from .field import Field, Lookup, Scopes, State
from .kind import Kind
from .report import with_query

BEDROCK = "bedrock"
OF_BEDROCK = {"bedrock_api": "api", "bedrock_region": "region"}  # the member of requests for each option
PAGE = 100
UPDATE_SECRET = ["on_drift", "always", "on_create"]


class Slug(Name):
    """The part of the gateway's URLs that identifies a provider."""

    def check(self, value: str, stored: Any = None) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", value):
            allowed = "up to 64 letters, digits, dots, hyphens and underscores, the first a letter or digit"
            raise ValueError(f"{value!r} is not a slug: {allowed}")


class Region(Word):
    """An AWS region."""

    def check(self, value: str, stored: Any = None) -> None:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", value) or not 3 <= len(value) <= 63:
            raise ValueError(f"{value!r} is not a region, such as eu-west-1")


class VendorKey(Secret):
    """A credential, which the API does not show, not even masked."""

    def __init__(self) -> None:
        super().__init__(lambda secret: MASK, _check_key)

    def decode(self, wire: Any) -> None:
        """Ignore what an answer may have instead of the credential."""


def _check_key(secret: str) -> None:
    if re.match(r"pylf_v[0-9]", secret):
        raise ValueError("must be the key of the model vendor, not a Logfire API token; set api_token to the latter")


class GatewayProvider(Kind):
    name = "gateway_provider"
    title = "gateway provider"
    key = "slug"
    wire_key = "slug"
    scopes = Scopes("organization:read_gateway", "organization:write_gateway")
    since = "v2026-08-12.01"
    update_method = "PATCH"
    unique = True
    keeps_secrets = True
    fields = (
        Field("slug", Slug(), required=True, immutable=True),
        Field(
            "vendor",
            Choice("openai", "anthropic", BEDROCK, "doubleword", "groq", "huggingface", "mistral"),
            required=True,
            immutable=True,
        ),
        Field("api_key", VendorKey(), required=True),
        Field("require_pricing", Flag(), default=True),
        Field("bedrock_api", Choice("runtime", "mantle")),
        Field("bedrock_region", Region()),
    )
    read_only = ("created_at",)

    def argument_spec(self) -> dict[str, Any]:
        update_secret = {"type": "str", "choices": UPDATE_SECRET, "default": "on_drift", "no_log": False}
        return {**super().argument_spec(), "update_secret": update_secret}

    def path(self, project_id: str, object_id: str = "") -> str:
        return api_path("gateway", "providers", *([object_id] if object_id else []))

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        with without_words():
            return super().read_all(client, project_id)

    def read_list(self, client: LogfireClient, path: str) -> list[Wire]:
        """Return the objects of all pages."""
        providers: list[Wire] = []
        cursors: list[str | None] = [None]
        while True:
            page = with_query(path, {"limit": PAGE, "cursor": cursors[-1]})
            answer = client.read(page)
            providers += objects_of(answer.get("providers"), page)
            cursor = answer.get("next_cursor") or None
            if cursor is None:
                return providers
            if not isinstance(cursor, str) or cursor in cursors:
                raise unexpected("the list has an endless number of pages", "GET", page)
            cursors.append(cursor)

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        with without_words():
            return super().create(client, project_id, body)

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        with without_words():
            return super().update(client, project_id, object_id, body)

    def delete(self, client: LogfireClient, project_id: str, object_id: str) -> None:
        with without_words():
            super().delete(client, project_id, object_id)

    def parse(self, options: dict[str, Any]) -> State:
        wanted = super().parse(options)
        if not wanted.get("api_key") or is_masked(wanted["api_key"]):
            wanted.pop("api_key", None)
        return {**wanted, "update_secret": options.get("update_secret", "on_drift")}

    def load(self, wire: Wire) -> State:
        provider, pricing = wire.get("provider") or {}, wire.get("pricing") or {}
        config = provider.get("config") or {}
        flat = {option: config.get(member) for option, member in OF_BEDROCK.items()}
        flat.update(vendor=provider.get("vendor"), require_pricing=pricing.get("required", True))
        return super().load({**wire, **flat, "api_key": None})

    def resolve(self, wanted: State, current: State | None, lookup: Lookup) -> State:
        """Return the wanted state. With fingerprints, a credential that was not the last one sent is sent again."""
        known, secret = lookup.fingerprints, wanted.get("api_key")
        if known is None or current is None or secret is None or wanted["update_secret"] != "on_drift":
            return wanted
        return wanted if known.matches(current["id"], secret) else {**wanted, "update_secret": "always"}

    def secret_in(self, changes: State) -> str | None:
        return changes.get("api_key")

    def changes(self, wanted: State, current: State) -> State:
        changes = super().changes({option: value for option, value in wanted.items() if option != "api_key"}, current)
        if "api_key" in wanted and wanted.get("update_secret") == "always":
            changes["api_key"] = wanted["api_key"]
        return changes

    def check(self, changes: State, current: State | None) -> None:
        super().check(changes, current)
        vendor = (current or changes).get("vendor")
        for option in OF_BEDROCK:
            if vendor != BEDROCK and changes.get(option) is not None:
                raise OptionError(option, f"only for the vendor {BEDROCK}, but the vendor of this provider is {vendor}")

    def new(self, wanted: State) -> State:
        state = super().new(wanted)
        for option in OF_BEDROCK:
            if state["vendor"] == BEDROCK and not state[option]:
                raise OptionError(option, f"required to create a gateway provider of the vendor {BEDROCK}")
        return state

    def create_body(self, state: State, wanted: State, project_name: str | None) -> Wire:
        return {"slug": state["slug"], **self._body(state, state["vendor"], state["require_pricing"])}

    def update_body(self, changes: State, current: State, project_name: str | None) -> Wire:
        """Return the body. It always contains the pricing requirement and, with a configuration, the vendor."""
        return self._body(changes, current["vendor"], {**current, **changes}["require_pricing"])

    @staticmethod
    def _body(state: State, vendor: str, require_pricing: bool) -> Wire:
        config: Wire = {member: state[option] for option, member in OF_BEDROCK.items() if state.get(option) is not None}
        if state.get("api_key"):
            config["credentials"] = {"type": "api-key", "value": state["api_key"]}
        provider = {"provider": {"vendor": vendor, "config": config}} if config else {}
        return {**provider, "pricing": {"required": require_pricing}}

    def public(self, state: State, wanted: State) -> State:
        return {option: value for option, value in state.items() if option != "api_key"}


GATEWAY_PROVIDER = GatewayProvider()
