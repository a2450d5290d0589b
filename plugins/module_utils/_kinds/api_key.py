# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API keys: named credentials of the organization, with scopes, an expiry and limits for the AI gateway."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .._api.client import LogfireClient, Wire
from .._api.errors import Ambiguous, LogfireError, OptionError
from .._values.types import Name, SetOf, Text, Uuid, ValueType, Word
from .credential import Credential, Wish
from .field import Field, Scopes, State

GATEWAY = "project:gateway_proxy"
PROJECT_BOUND = ("project:read_otlp", "project:write_otlp", GATEWAY)
MANAGING = ("organization:write_api_key", "organization:admin")
LIMITS = ("spending_limit_daily", "spending_limit_weekly", "spending_limit_monthly", "spending_limit_total")
MOST_DOLLARS = 500_000_000
SWITCHES = {"true": True, "yes": True, "false": False, "no": False}


class GatewayLimits(ValueType):
    """What a key may spend at the AI gateway, and whether that caches. An empty text takes a limit away."""

    spec = {
        "type": "dict",
        "options": {**{limit: {"type": "str"} for limit in LIMITS}, "cache_enabled": {"type": "str"}},
    }

    def parse(self, option: dict[str, str | None]) -> State:
        given = {member: text.strip() for member, text in option.items() if text is not None}
        return {
            member: (_switch(text) if member == "cache_enabled" else _dollars(member, text)) if text else None
            for member, text in given.items()
        }

    def same(self, left: Any, right: Any) -> bool:
        """Members that the user did not set are left alone."""
        return all(right.get(member) == value for member, value in left.items())

    def decode(self, wire: Any) -> State:
        claims = (wire or {}).get(GATEWAY) or {}
        return {member: claims.get(member) for member in (*LIMITS, "cache_enabled")}

    def encode(self, value: State) -> Wire:
        return {GATEWAY: value}


class Description(Text):
    def encode(self, value: str) -> str | None:
        """null clears it."""
        return value or None


def _dollars(member: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_DOLLARS):
        raise OptionError(member, f"{text!r} is no amount of whole US dollars; allowed is 0 to {MOST_DOLLARS}")
    return int(text)


def _switch(text: str) -> bool:
    try:
        return SWITCHES[text.lower()]
    except KeyError:
        raise OptionError("cache_enabled", f"{text!r} is neither true nor false, nor empty") from None


class ApiKey(Credential):
    name = "api_key"
    title = "API key"
    word = "API key"
    type = "api_key"
    scopes = Scopes("organization:read_api_key", "organization:write_api_key", create="organization:create_api_key")
    since = "v2026-06-09.01"
    update_method = "PATCH"
    selector = "logfire_api_key (id={} state=absent)"
    elsewhere = "organization"
    doubts = ("the id", "the name")
    variable = "LOGFIRE_API_KEY"
    inside = "api_key"
    exclusive = (("token", "path"),)
    named_by = ("name", "id", "path")
    replacing = ("scopes", "project")
    fields = (
        Field("name", Name(), required=True),
        Field("description", Description(), default=""),
        Field("scopes", SetOf(Word()), required=True),
        Field("project", Uuid(), "project_id"),
        Field("gateway", GatewayLimits(), "claims"),
    )
    read_only = (
        "organization_id",
        "project_id",
        "project_name",
        "all_projects",
        "active",
        "user_id",
        "created_at",
        "created_by",
        "created_by_name",
        "updated_at",
        "updated_by",
        "last_used_at",
        "expires_at",
    )

    def choose(self, wish: Wish, active: list[Wire], now: datetime) -> Wire | None:
        named = wish.id or wish.known
        if named is not None:
            return next((key for key in active if key["id"].lower() == named.lower()), None)
        if wish.held and (wish.secret is None or not wish.present):
            if wish.secret is not None:
                raise OptionError("id", "needed: the list of API keys does not tell which of them has the value")
            return None  # one of that name is somebody else's
        return self._called(wish, active)

    def _called(self, wish: Wish, active: list[Wire]) -> Wire | None:
        """The one of the name: of the service keys, or else of those of the person who asks."""
        name = wish.wanted.get(self.key)
        found = [key for key in active if name is not None and self.is_called(key, name)]
        found = [key for key in found if not key.get("user_id")] or found
        if len(found) > 1 and not wish.keep_previous:
            ids = ", ".join(key["id"] for key in found)
            raise Ambiguous("name", f"{len(found)} active API keys have this name; name one by its id: {ids}")
        return max(found, key=lambda key: (str(key.get("created_at")), key["id"]), default=None)

    def changes(self, wanted: State, current: State) -> State:
        changes = super().changes(wanted, current)
        if "gateway" in changes:
            known = current["gateway"]
            changes["gateway"] = {key: value for key, value in changes["gateway"].items() if known[key] != value}
        return changes

    def new_body(self, wanted: State, current: Wire | None) -> Wire:
        before = self.read(current, "") if current else {}
        whole = {**{field.option: before.get(field.option) for field in self.fields}, **wanted}
        gateway = {**(before.get("gateway") or {}), **wanted.get("gateway", {})}
        whole["gateway"] = {member: value for member, value in gateway.items() if value is not None} or None
        state = self.new({option: value for option, value in whole.items() if value is not None})
        self._check_scopes(state, wanted)
        if GATEWAY not in state["scopes"]:
            state["gateway"] = None
        return self.create_body(state, whole, None)

    def change_body(self, changes: State, current: Wire) -> Wire:
        self._check_scopes({**self.read(current, ""), **changes}, changes)
        return super().change_body(changes, current)

    def _check_scopes(self, state: State, wanted: State) -> None:
        """Raise OptionError for what the scopes of a key do not go with."""
        if GATEWAY not in state["scopes"] and wanted.get("gateway"):
            raise OptionError("gateway", f"only a key with the scope {GATEWAY} has such limits")
        bound = [scope for scope in state["scopes"] if scope in PROJECT_BOUND]
        if bound and not state["project"]:
            raise OptionError("project", f"needed for a key with the scope {bound[0]}")

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        made = super().create(client, project_id, body)
        self.read(made, "", "POST")  # what makes no sense now would not do later
        if not self.is_called(made, body["name"]):  # the next run would not find it
            self.delete(client, project_id, made["id"])
            raise self._other_name(made, body, "it was revoked again", "POST")
        return made

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        changed = super().update(client, project_id, object_id, body)
        self.read(changed, "", "PATCH", object_id)
        if "name" in body and not self.is_called(changed, body["name"]):
            raise self._other_name(changed, body, "it has that name now", "PATCH")
        return changed

    def _other_name(self, key: Wire, body: Wire, fate: str, method: str) -> LogfireError:
        problem = f"the service turned the name {body['name']!r} into {key['name']!r}; {fate}"
        return LogfireError(problem, method=method, path=self.path("", key["id"] if method == "PATCH" else ""))

    def foresee(self, current: Wire, body: Wire) -> Wire:
        if "claims" not in body:
            return {**current, **body}
        merged = {**((current.get("claims") or {}).get(GATEWAY) or {}), **body["claims"][GATEWAY]}
        return {**current, **body, "claims": {GATEWAY: merged}}

    def foreseen(self, object_id: str, name: str, wanted: State) -> Wire:
        return {"id": object_id, "name": name, "scopes": wanted.get("scopes", []), "project_id": wanted.get("project")}

    def show_before(self, changes: State, current: Wire) -> State:
        shown = super().show_before(changes, current)
        if "gateway" in shown:
            shown["gateway"] = {member: shown["gateway"][member] for member in changes["gateway"]}
        if "project" in changes:
            shown["project"] = current.get("project_name") or current.get("project_id")
        return shown

    def public(self, state: State, wanted: State) -> State:
        return {option: value for option, value in state.items() if option != "project"}  # it is project_id

    def result(self, wire: Wire, project_name: str | None) -> State:
        whole = {"id": None, "active": True, "all_projects": not wire.get("project_id"), **wire}
        return self.public(self.read(whole, ""), {})

    def may_be_in_use(self, wire: Wire) -> bool:
        return any(scope in MANAGING for scope in wire.get("scopes") or ())


API_KEY = ApiKey()
