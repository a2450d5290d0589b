# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the connection, their fallbacks, and the connection that results from them."""

from __future__ import annotations

import os
import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ansible.module_utils.errors import AnsibleFallbackNotFound

from .._api.errors import article
from .._api.http import Connection
from .._values.option_errors import OptionError
from .._values.texts import whole

TOKEN_VARIABLES = ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY")
REGIONS = {"us": "https://logfire-us.pydantic.dev", "eu": "https://logfire-eu.pydantic.dev"}
ROLES = ("stack", "export", "write_token")
LONGEST = 1_000_000  # seconds; sockets do not support a billion
RESERVED_HEADERS = ("authorization", "accept", "content-type", "user-agent")


def set_variable(*names: str) -> str:
    """A fallback like Ansible's env_fallback, except that empty environment variables are ignored."""
    for name in names:
        if os.environ.get(name):
            return str(whole(os.environ[name]))  # bytes that are not UTF-8 become replacement characters
    raise AnsibleFallbackNotFound


def connection_options() -> dict[str, Any]:
    """The options that all modules share; documented in the fragment C(community.logfire.connection)."""
    return {
        "api_token": {
            "type": "str",
            "no_log": True,
            "aliases": ["api_key"],
            "fallback": (set_variable, list(TOKEN_VARIABLES)),
        },
        "base_url": {"type": "str", "fallback": (set_variable, ["LOGFIRE_BASE_URL"])},
        "headers": {"type": "dict", "no_log": True, "default": {}},
        "timeout": {"type": "float", "default": 30},
        "retry_timeout": {"type": "float", "default": 120},
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
    }


class Credential(NamedTuple):
    """A token or key for the service. C(option) is the option that sets it; C(noun) is its name in messages."""

    secret: str
    option: str = "api_token"
    noun: str = "API token"


def make_connection(params: dict[str, Any], secrets: frozenset[str] = frozenset()) -> tuple[Connection, list[str]]:
    """Return the connection that options describe, and warnings about it. Sends nothing. Raises OptionError.

    C(secrets) are replaced in errors.
    """
    token = (params["api_token"] or "").strip()
    if not token:
        variables = " or ".join(TOKEN_VARIABLES)
        raise OptionError(
            "api_token",
            f"no API token; set this option or an environment variable, {variables}. {_in_roles('api_token')}",
        )
    return connect_with(Credential(token), params, secrets)


def connect_with(
    credential: Credential, params: dict[str, Any], secrets: frozenset[str] = frozenset()
) -> tuple[Connection, list[str]]:
    """Return the connection with a credential, and warnings about it; see L(make_connection)."""
    if not re.fullmatch(r"[!-~]+", credential.secret):
        owner = article(credential.noun)
        problem = f"contains spaces, line breaks or other characters that are invalid in {owner} (value not shown)"
        raise OptionError(credential.option, problem)
    warnings: list[str] = []
    if params["base_url"]:
        base_url = _check_base_url(params["base_url"])
        warnings = _doubts(base_url, _region(credential.secret), credential.noun)
    else:
        base_url = _vendors_url(credential)
    for option in ("timeout", "retry_timeout"):
        check_seconds(option, params[option], least_is_zero=option == "retry_timeout")
    ca_path = params["ca_path"]
    if ca_path and not os.path.exists(ca_path):
        raise OptionError("ca_path", f"{ca_path} does not exist")
    connection = Connection(
        base_url=base_url,
        token=credential.secret,
        headers=_check_headers(params["headers"]),
        timeout=params["timeout"],
        retry_timeout=params["retry_timeout"],
        verify=(ca_path or True) if params["validate_certs"] else False,
        secrets=secrets,
    )
    return connection, warnings


def check_seconds(option: str, seconds: float, least_is_zero: bool = False) -> None:
    """Raise OptionError for an invalid time to wait."""
    if not 0 <= seconds <= LONGEST or (seconds == 0 and not least_is_zero):
        least = "0 or greater" if least_is_zero else "greater than 0"
        raise OptionError(option, f"must be {least}, and at most {LONGEST} seconds, not {seconds:g}")


def _vendors_url(credential: Credential) -> str:
    """Return the URL of the region that a credential names. Raises OptionError."""
    region = _region(credential.secret)
    if region not in REGIONS:
        raise OptionError(
            "base_url",
            f"required, because the {credential.noun} does not name a region of the vendor ({', '.join(REGIONS)}), as"
            " pylf_v1_us_... and pylf_v1_eu_... do"
            + (f"; its region is {region!r}" if region else "")
            + f". {_in_roles('base_url')}",
        )
    return REGIONS[region]


def _in_roles(option: str) -> str:
    """Return the advice for roles, whose tasks set the option from a variable, which overrides module_defaults."""
    variables = [f"{role}_{option}" for role in ROLES]
    return f"In a role, set {', '.join(variables[:-1])} or {variables[-1]}; module_defaults do not apply to them"


def _region(token: str) -> str | None:
    """Return the region in a token: C(pylf_v1_REGION_SECRET); since v2, with an organization's ID before the secret."""
    parts = token.split("_", 4)
    least = {"v1": 4, "v2": 5}.get(parts[1] if len(parts) > 1 else "", 0)
    return parts[2] if parts[0] == "pylf" and least and len(parts) >= least else None


def _check_base_url(base_url: str) -> str:
    try:
        parts = urlsplit(base_url.strip())
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    # Libraries interpret a backslash differently, so the API token could be sent to another host.
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\\\s\x00-\x1f\x7f]", base_url.strip()):
        raise OptionError("base_url", f"{base_url!r} is not a URL such as https://logfire.example.com")
    if parts.username is not None or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise OptionError(
            "base_url",
            "must not contain a user, or anything after the host and port; the paths of the API are absolute",
        )
    return f"{parts.scheme}://{parts.netloc}"


def _doubts(base_url: str, region: str | None, noun: str) -> list[str]:
    """Return warnings about settings that are valid for self-hosted instances, but may be mistakes."""
    host = urlsplit(base_url).hostname or ""
    warnings = []
    if base_url.startswith("http://") and not re.fullmatch(r"localhost|::1|127(\.[0-9]+){3}", host):
        warnings.append(f"The {noun} is sent to {host} without encryption (base_url is http).")
    if region in REGIONS:
        if not (host == "pydantic.dev" or host.endswith(".pydantic.dev")):
            warnings.append(f"The {noun} belongs to the vendor's region {region}, but base_url sends it to {host}.")
        elif base_url != REGIONS[region] and base_url in REGIONS.values():
            warnings.append(f"The {noun} belongs to the region {region}, but base_url is the URL of another region.")
    return warnings


def _check_headers(headers: dict[str, Any]) -> dict[str, str]:
    checked = {}
    for name, value in headers.items():
        if name.lower() in RESERVED_HEADERS:
            raise OptionError("headers", f"{name} is set by the module and cannot be overridden")
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            raise OptionError("headers", f"{name!r} is not a valid header name")
        if value is None or not re.fullmatch(r"[!-~](?:[\t -~]*[!-~])?", str(value)):
            raise OptionError(
                "headers", f"the value of {name} is empty or contains characters that are invalid in a header"
            )
        checked[name] = str(value)
    return checked
