# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write and read tokens: the API's section I(write and read tokens).

A token has no name and cannot be changed. It is identified by its ID or by the prefix of its secret.
"""

from __future__ import annotations

from datetime import datetime

from .._api.client import Wire
from .._values.option_errors import OptionError
from .credential import Credential, CredentialSpec
from .field import Scopes, State
from .lifecycle import due
from .project import PROJECT


class Token(Credential):
    """The base of both types."""

    name = "token"
    parent = PROJECT
    word = "token"
    other_place = "project or type"
    to_verify = ("project, type and id", "project and type")
    exclusive = (("id", "token", "path"),)
    named_by = ("id", "token", "path")
    can_rotate = True
    shows_prefix = True
    fields = ()
    read_only = (
        "project_id",
        "project_name",
        "description",
        "token_prefix",
        "active",
        "created_at",
        "expires_at",
    )

    def choose(self, spec: CredentialSpec, active: list[Wire], now: datetime) -> Wire | None:
        if spec.id is not None:
            return next((token for token in active if token["id"].lower() == spec.id.lower()), None)
        if not spec.held:
            return _best(spec, active, now)
        found = _with_prefix(spec.secret or "", active)
        if len(found) > 1:
            ids = ", ".join(token["id"] for token in found)
            raise OptionError("token", f"{len(found)} active tokens have its prefix; set id to one of: {ids}")
        return found[0] if found else None

    def is_found(self, spec: CredentialSpec, listed: list[Wire]) -> bool:
        if spec.id is not None or not spec.secret:
            return super().is_found(spec, listed)
        return bool(_with_prefix(spec.secret, listed))

    def result(self, wire: Wire, project_name: str | None) -> State:
        state: State = {member: wire.get(member) for member in ("id", *self.read_only)}
        state["active"] = wire.get("active", True)
        state["project_name"] = wire.get("project_name") or project_name
        return {**state, "type": self.type}


class WriteToken(Token):
    title = "write token"
    type = "write"
    scopes = Scopes("project:write_token", "project:write_token")
    selector = "logfire_token (type=write id={} state=absent)"
    variable = "LOGFIRE_TOKEN"
    has_grace = True


class ReadToken(Token):
    title = "read token"
    type = "read"
    scopes = Scopes("project:read_token", "project:read_token")
    selector = "logfire_token (type=read id={} state=absent)"
    variable = "LOGFIRE_READ_TOKEN"


WRITE_TOKEN = WriteToken()
READ_TOKEN = ReadToken()
TOKEN_KINDS = (WRITE_TOKEN, READ_TOKEN)


def _with_prefix(secret: str, tokens: list[Wire]) -> list[Wire]:
    """Return the tokens with the longest prefix of the secret."""
    found = [token for token in tokens if token.get("token_prefix") and secret.startswith(token["token_prefix"])]
    longest = max((len(token["token_prefix"]) for token in found), default=0)
    return [token for token in found if len(token["token_prefix"]) == longest]


def _best(spec: CredentialSpec, active: list[Wire], now: datetime) -> Wire | None:
    """Return the best token if none is identified: one that need not be replaced, with the latest expiry, the newest.

    Tokens of frontend applications are excluded.
    """
    free = [token for token in active if not token.get("frontend_application_id")]
    return max(
        free,
        key=lambda token: (
            not due(spec, token, now),
            token.get("expires_at") is None,
            str(token.get("expires_at")),
            str(token.get("created_at")),
            token["id"],
        ),
        default=None,
    )
