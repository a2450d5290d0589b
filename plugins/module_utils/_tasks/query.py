# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries: the module and the lookup C(logfire_query), and the read tokens of previews."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import Any

from .._api.query import MOST_ROWS, Found, Query, QueryClient, QueryFailed
from .._kinds.field import naming
from .._values.checks import check_range
from .._values.instants import parse_moment
from .._values.option_errors import OptionError
from .._values.secrets import spellings, unmistakable
from .._values.texts import whole
from .connection import Credential, connect_with
from .module import LogfireModule, blank, make_module, run_safely
from .ownership import Ownership
from .secret_file import SecretFile

READ_TOKEN_VARIABLE = "LOGFIRE_READ_TOKEN"
TOKEN_OPTIONS: dict[str, Any] = {
    "read_token": {"type": "str", "no_log": True},
    "read_token_path": {"type": "path", "no_log": False},
}
OPTIONS: dict[str, Any] = {
    "sql": {"type": "str", "required": True},
    **TOKEN_OPTIONS,
    "min_timestamp": {"type": "str", "required": True},
    "max_timestamp": {"type": "str"},
    "limit": {"type": "int", "default": 100},
    "timezone": {"type": "str"},
    "environments": {"type": "list", "elements": "str"},
}


def run_query() -> None:
    """Run the module C(logfire_query)."""
    module = make_module(dict(OPTIONS))
    run_safely(module, lambda: _run(module))


def _run(module: LogfireModule) -> dict[str, Any]:
    token = find_read_token(module.params)
    module.no_log_values |= unmistakable({token})
    found, warnings = ask(module.params, token, module.secrets)
    for warning in warnings:
        module.warn(warning)
    return {"changed": False, "columns": found.columns, "rows": found.rows, "row_count": len(found.rows)}


def ask(params: dict[str, Any], token: str, secrets: frozenset[str]) -> tuple[Found, list[str]]:
    """Run the query that options describe; return the rows, and warnings. Raises OptionError, and QueryFailed."""
    query = _parse(params, datetime.now(timezone.utc))
    credential = Credential(token, "read_token", "read token")
    connection, warnings = connect_with(credential, params, secrets.union(spellings({token})))
    try:
        return QueryClient(connection).run(query), warnings
    except QueryFailed as error:
        error.task = "run the query"
        raise


def _parse(params: dict[str, Any], now: datetime) -> Query:
    """Return the query that options describe. Raises OptionError."""
    for option in ("sql", "min_timestamp", "max_timestamp", "timezone"):
        blank(params, option)
    with naming("limit"):
        check_range(params["limit"], 1, MOST_ROWS)
    start, end = (_moment(params, option, now) for option in ("min_timestamp", "max_timestamp"))
    if start is None:
        raise OptionError("min_timestamp", "needed")
    if start >= (end or now):
        raise OptionError("min_timestamp", "must be before " + ("now" if end is None else "max_timestamp"))
    return Query(params["sql"], start, end, params["limit"], params["timezone"], params["environments"])


def _moment(params: dict[str, Any], option: str, now: datetime) -> datetime | None:
    try:
        return None if params[option] is None else parse_moment(params[option], now)
    except ValueError as error:
        raise OptionError(option, str(error)) from None


def find_read_token(params: dict[str, Any], place: str = "") -> str:
    """Return the read token from options, or else from the environment. Raises OptionError.

    C(place) is the prefix of the options in messages, such as C(preview.).
    """
    path, token = blank(params, "read_token_path"), (params["read_token"] or "").strip()
    if path is not None and token:
        raise OptionError(f"{place}read_token", f"mutually exclusive with {place}read_token_path")
    if path is not None:
        return read_token_file(path, f"{place}read_token_path")
    token = token or str(whole(os.environ.get(READ_TOKEN_VARIABLE, ""))).strip()
    if not token:
        options = f"set it, {place}read_token_path or the variable {READ_TOKEN_VARIABLE}"
        raise OptionError(f"{place}read_token", f"no read token: {options}")
    return token


def read_token_file(path: str, option: str) -> str:
    """Return the token in a file that C(logfire_token) has written. Raises OptionError for C(option)."""
    try:
        with SecretFile(path, Ownership(None, None, 0o600), check_mode=True) as file:
            secret = file.secret
    except OptionError as error:
        raise error.of(option) from None
    if secret is None:
        raise OptionError(option, f"there is no token in {file.path}")
    return secret
