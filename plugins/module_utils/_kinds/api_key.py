# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API keys: named credentials of the organization, with scopes, an expiry and limits for the AI gateway."""

from __future__ import annotations

from datetime import datetime

from .._api.client import Wire
from .._values.option_errors import Ambiguous, OptionError
from .._values.types import Name, SetOf, Text, Uuid, Word
from .credential import CredentialSpec, NamedCredential
from .field import Field, Scopes, State
from .gateway import SCOPE as GATEWAY
from .gateway import GatewayLimits, changed_claims, limits_of_new

PROJECT_BOUND = ("project:read_otlp", "project:write_otlp", GATEWAY)
MANAGING = ("organization:write_api_key", "organization:admin")


class ApiKey(NamedCredential):
    name = "api_key"
    title = "API key"
    word = "API key"
    type = "api_key"
    scopes = Scopes("organization:read_api_key", "organization:write_api_key", create="organization:create_api_key")
    since = "v2026-06-09.01"
    update_method = "PATCH"
    selector = "logfire_api_key (id={} state=absent)"
    other_place = "organization"
    to_verify = ("the id", "the name")
    variable = "LOGFIRE_API_KEY"
    inside = "api_key"
    exclusive = (("token", "path"),)
    named_by = ("name", "id", "path")
    replacing = ("scopes", "project")
    fields = (
        Field("name", Name(), required=True),
        Field("description", Text(clears_with=None), default=""),
        Field("scopes", SetOf(Word()), required=True),
        Field("project", Uuid(), "project_id"),
        Field("gateway", GatewayLimits(), "claims"),
    )
    read_only = (
        *("organization_id", "project_id", "project_name", "all_projects", "active", "user_id"),
        *("created_at", "created_by", "created_by_name", "updated_at", "updated_by", "last_used_at", "expires_at"),
    )

    def choose(self, spec: CredentialSpec, active: list[Wire], now: datetime) -> Wire | None:
        named = spec.id or spec.known
        if named is not None:
            return next((key for key in active if key["id"].lower() == named.lower()), None)
        if spec.held and (spec.secret is None or not spec.present):
            if spec.secret is not None:
                raise OptionError("id", "required, because the list of API keys does not show which key has the value")
            return None  # one of that name belongs to another user
        return self._called(spec, active)

    def _called(self, spec: CredentialSpec, active: list[Wire]) -> Wire | None:
        """Return the key of that name: a service key or, if there is none, a personal key of the user."""
        name = spec.wanted.get(self.key)
        found = [key for key in active if name is not None and self.is_called(key, name)]
        found = [key for key in found if not key.get("user_id")] or found
        if len(found) > 1 and not spec.keep_previous:
            ids = ", ".join(key["id"] for key in found)
            raise Ambiguous("name", f"{len(found)} active API keys have this name; set id to one of: {ids}")
        return max(found, key=lambda key: (str(key.get("created_at")), key["id"]), default=None)

    def new_body(self, wanted: State, current: Wire | None) -> Wire:
        before = self.read(current, "") if current else {}
        whole = {**{field.option: before.get(field.option) for field in self.fields}, **wanted}
        whole["gateway"] = limits_of_new(before.get("gateway", {}), wanted.get("gateway", {}))
        state = self.new({option: value for option, value in whole.items() if value is not None})
        self._check_scopes(state, wanted)
        if GATEWAY not in state["scopes"]:
            state["gateway"] = None
        return self.create_body(state, whole, None)

    def change_body(self, changes: State, current: Wire) -> Wire:
        self._check_scopes({**self.read(current, ""), **changes}, changes)
        return super().change_body(changes, current)

    def _check_scopes(self, state: State, wanted: State) -> None:
        """Raise OptionError for options that do not match the scopes of a key."""
        if GATEWAY not in state["scopes"] and wanted.get("gateway"):
            raise OptionError("gateway", f"allowed only for a key with the scope {GATEWAY}")
        bound = [scope for scope in state["scopes"] if scope in PROJECT_BOUND]
        if bound and not state["project"]:
            raise OptionError("project", f"required for a key with the scope {bound[0]}")

    def foresee(self, current: Wire, body: Wire) -> Wire:
        claims = {"claims": changed_claims(current.get("claims"), body["claims"])} if "claims" in body else {}
        return {**current, **body, **claims}

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
        return {option: value for option, value in state.items() if option != "project"}  # results have project_id

    def result(self, wire: Wire, project_name: str | None) -> State:
        whole = {"id": None, "active": True, "all_projects": not wire.get("project_id"), **wire}
        return self.public(self.read(whole, ""), {})

    def may_be_in_use(self, wire: Wire) -> bool:
        return any(scope in MANAGING for scope in wire.get("scopes") or ())


API_KEY = ApiKey()
