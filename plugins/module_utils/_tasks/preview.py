# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option C(preview): the read tokens to try the queries of alerts before the alerts are saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .._api.query import QueryClient
from .._engine.preview import Place, Preview
from .._kinds.field import naming
from .._values.checks import check_range
from .._values.option_errors import OptionError
from .._values.secrets import spellings, unmistakable
from .connection import Credential, check_seconds, connect_with, make_connection
from .module import LogfireModule, blank
from .query import TOKEN_OPTIONS, find_read_token, read_token_file

MOST_ROWS = 100  # in the result
PROJECT = "{project}"  # stands for the project name in a path
_BOUNDS: dict[str, Any] = {"limit": {"type": "int", "default": 10}, "timeout": {"type": "float"}}
OPTION: dict[str, Any] = {"preview": {"type": "dict", "options": {**TOKEN_OPTIONS, **_BOUNDS}}}
STACK_OPTION: dict[str, Any] = {
    "preview": {
        "type": "dict",
        "options": {
            "read_tokens": {"type": "dict", "no_log": True},
            "read_token_path": TOKEN_OPTIONS["read_token_path"],
            **_BOUNDS,
        },
    }
}


def preview_of(module: LogfireModule) -> Preview | None:
    """Return the preview that the option describes, or None. Nothing is sent yet. Raises OptionError."""
    given = module.params.get("preview")
    if given is None:
        return None
    with naming("preview.limit"):
        check_range(given["limit"], 1, MOST_ROWS)
    if given["timeout"] is not None:
        check_seconds("preview.timeout", given["timeout"])
    params = {**module.params, "base_url": make_connection(module.params)[0].base_url}
    if "read_tokens" not in given:
        token = find_read_token(given, "preview.")
        return Preview(lambda place: _client(module, params, token, "preview.read_token"), given["limit"])
    path = blank(given, "read_token_path")
    if path is not None and PROJECT not in path:
        raise OptionError("preview.read_token_path", f"must contain {PROJECT}, which stands for the project name")
    if path is None and not given["read_tokens"]:
        raise OptionError("preview", "one of the following is required: read_tokens, read_token_path")
    return Preview(lambda place: _client(module, params, *_token_of(given, place)), given["limit"])


def _token_of(given: dict[str, Any], place: Place) -> tuple[str, str]:
    """Return the read token of a project, and the option that provides it. Raises OptionError."""
    tokens = given["read_tokens"] or {}
    for name in (place.reference, place.name, place.id):
        if name is not None and str(tokens.get(name) or "").strip():
            return str(tokens[name]).strip(), f"preview.read_tokens.{name}"
    path = given["read_token_path"]
    if path is None:
        raise OptionError("preview.read_tokens", f"there is no read token of the project {place.reference!r}")
    option, name = "preview.read_token_path", place.name or place.reference
    if "/" in name or name in ("", ".", ".."):
        raise OptionError(option, f"the project name {name!r} cannot be part of a path")
    return read_token_file(path.replace(PROJECT, name), option), option


def _client(module: LogfireModule, params: dict[str, Any], token: str, option: str) -> QueryClient:
    module.no_log_values |= unmistakable({token})
    secrets = module.secrets.union(spellings({token}))
    connection, _warnings = connect_with(Credential(token, option, "read token"), params, secrets)
    timeout = module.params["preview"]["timeout"]
    return QueryClient(connection if timeout is None else replace(connection, timeout=timeout))
