# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Ansible side: options and their fallbacks, the connection, results, failures."""

from __future__ import annotations

import os
import platform
import re
import sys
from typing import Any, Callable, NoReturn
from urllib.parse import urlsplit

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.errors import AnsibleFallbackNotFound

from .._api.client import LogfireClient
from .._api.errors import LogfireError, OptionError
from .._api.http import OLDEST_REQUESTS, REQUESTS_MISSING, REQUESTS_TOO_OLD, Connection, Transport
from .._engine.organization import Organization
from .._kinds.field import Fingerprints
from .._values.printable import printable
from .._values.secrets import hide_arguments, redact, secrets_of, spellings, unmistakable
from .._values.texts import whole
from .arguments import RULES, accept_unknown_choices, check_options

TOKEN_VARIABLES = ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY")
REGIONS = {"us": "https://logfire-us.pydantic.dev", "eu": "https://logfire-eu.pydantic.dev"}
ROLES = ("stack", "export", "write_token")
LONGEST = 1_000_000  # seconds; no socket waits for a billion
RESERVED_HEADERS = ("authorization", "accept", "content-type", "user-agent")


def set_variable(*names: str) -> str:
    """A fallback like Ansible's env_fallback, for which a variable that is empty is not set."""
    for name in names:
        if os.environ.get(name):
            return str(whole(os.environ[name]))  # bytes that are no text come as halves of characters
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


def make_connection(params: dict[str, Any], secrets: frozenset[str] = frozenset()) -> tuple[Connection, list[str]]:
    """The connection that options describe, and warnings about it. Raises OptionError; asks nobody.

    C(secrets) are what no error may repeat.
    """
    token = (params["api_token"] or "").strip()
    if not token:
        variables = " and ".join(TOKEN_VARIABLES)
        raise OptionError(
            "api_token", f"no API token: set it, or one of the variables {variables}. {_in_roles('api_token')}"
        )
    if not re.fullmatch(r"[!-~]+", token):
        raise OptionError("api_token", "holds spaces, line breaks or letters that no API token has (not shown here)")
    warnings: list[str] = []
    if params["base_url"]:
        base_url = _check_base_url(params["base_url"])
        warnings = _doubts(base_url, _region(token))
    else:
        region = _region(token)
        if region not in REGIONS:
            raise OptionError(
                "base_url",
                "needed, since it cannot be told from the API token: only tokens like pylf_v1_us_... and pylf_v1_eu_..."
                f" name a region of the vendor ({', '.join(REGIONS)})"
                + (f", and this one says {region!r}" if region else "")
                + f". {_in_roles('base_url')}",
            )
        base_url = REGIONS[region]
    for option in ("timeout", "retry_timeout"):
        least = "more than 0" if option == "timeout" else "0 or more"
        if not 0 <= params[option] <= LONGEST or (option == "timeout" and params[option] == 0):
            raise OptionError(
                option, f"{params[option]:g} is out of range; it must be {least}, at most {LONGEST} seconds"
            )
    ca_path = params["ca_path"]
    if ca_path and not os.path.exists(ca_path):
        raise OptionError("ca_path", f"{ca_path} does not exist")
    connection = Connection(
        base_url=base_url,
        token=token,
        headers=_check_headers(params["headers"]),
        timeout=params["timeout"],
        retry_timeout=params["retry_timeout"],
        verify=(ca_path or True) if params["validate_certs"] else False,
        secrets=secrets,
    )
    return connection, warnings


def _in_roles(option: str) -> str:
    """What to do in a role, whose tasks set the option from a variable of theirs; that hides module_defaults."""
    variables = [f"{role}_{option}" for role in ROLES]
    return f"In a role, set {', '.join(variables[:-1])} or {variables[-1]}; module_defaults do not apply to them"


def _region(token: str) -> str | None:
    """The region that a token names: C(pylf_v1_REGION_SECRET), or with an organization's id in between since v2."""
    parts = token.split("_", 4)
    least = {"v1": 4, "v2": 5}.get(parts[1] if len(parts) > 1 else "", 0)
    return parts[2] if parts[0] == "pylf" and least and len(parts) >= least else None


def _check_base_url(base_url: str) -> str:
    try:
        parts = urlsplit(base_url.strip())
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    # Libraries differ over a backslash, and with them the host that gets the API token.
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\\\s\x00-\x1f\x7f]", base_url.strip()):
        raise OptionError("base_url", f"{base_url!r} is not a URL such as https://logfire.example.com")
    if parts.username is not None or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise OptionError(
            "base_url", "must have nothing after the host and port, and no user; the API's paths are absolute"
        )
    return f"{parts.scheme}://{parts.netloc}"


def _doubts(base_url: str, region: str | None) -> list[str]:
    """What is legitimate with a service of one's own and may be a slip all the same."""
    host = urlsplit(base_url).hostname or ""
    warnings = []
    if base_url.startswith("http://") and not re.fullmatch(r"localhost|::1|127(\.[0-9]+){3}", host):
        warnings.append(f"The API token is sent to {host} without encryption (base_url is http).")
    if region in REGIONS:
        if not (host == "pydantic.dev" or host.endswith(".pydantic.dev")):
            warnings.append(f"The API token is of the vendor's region {region}, and base_url sends it to {host}.")
        elif base_url != REGIONS[region] and base_url in REGIONS.values():
            warnings.append(f"The API token is of the region {region}, and base_url is another region's.")
    return warnings


def _check_headers(headers: dict[str, Any]) -> dict[str, str]:
    checked = {}
    for name, value in headers.items():
        if name.lower() in RESERVED_HEADERS:
            raise OptionError("headers", f"{name} is set by the module and cannot be given")
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            raise OptionError("headers", f"{name!r} is not a name that a header can have")
        if value is None or not re.fullmatch(r"[!-~](?:[\t -~]*[!-~])?", str(value)):
            raise OptionError("headers", f"the value of {name} is empty or has characters that a header cannot have")
        checked[name] = str(value)
    return checked


class LogfireModule(AnsibleModule):
    """A module whose options come through our own front door, and which hides secrets without hiding anything else."""

    secrets: frozenset[str] = frozenset()  # what the API's words must not repeat: the values of all secret options

    def __init__(self, **settings: Any) -> None:
        AnsibleModule.__init__(self, **settings)
        self.secrets = frozenset(spellings(secrets_of(self.params, self.argument_spec)))
        # What no result may show. Ansible itself replaces these wherever they occur (until 2.21; then it does so on the
        # screen), in what the service said too. So the headers, which are for a proxy, are not among them.
        self.no_log_values = unmistakable(secrets_of({**self.params, "headers": None}, self.argument_spec))

    @property
    def unspeakable(self) -> set[str]:
        """What no message may repeat."""
        return unmistakable(self.secrets) | self.no_log_values

    def log(self, msg: str, log_args: Any = None) -> None:
        """With Python 3.12 and later, syslog refuses NUL, and Ansible would end the module for it."""
        AnsibleModule.log(self, msg.replace("\0", "\\0"), log_args)

    def warn(self, warning: str, **more: Any) -> None:
        AnsibleModule.warn(self, printable(whole(redact(warning, self.unspeakable))), **more)

    def exit_json(self, **result: Any) -> NoReturn:
        shown = redact(result, self.no_log_values)
        if shown != result:
            self.warn("A secret of this task occurs in its result, where asterisks take its place.")
        AnsibleModule.exit_json(self, **whole({"invocation": self._invocation(), **shown}))

    def fail_json(self, msg: str, **result: Any) -> NoReturn:
        """All of a failure is a message. Ansible's own failures, such as with a file's mode, come this way too."""
        result = {"invocation": self._invocation(), **result, "msg": msg}
        shown = whole(redact(result, self.unspeakable))
        AnsibleModule.fail_json(self, **{**shown, "msg": printable(shown["msg"])})

    def _invocation(self) -> dict[str, Any]:
        """The arguments, which Ansible shows at C(-vvv)."""
        return {"module_args": redact(hide_arguments(self.params, self.argument_spec), self.unspeakable)}

    def _load_params(self) -> None:
        """Let the front door look at the arguments before Ansible's own validation does."""
        AnsibleModule._load_params(self)
        self.argument_spec = accept_unknown_choices(self.argument_spec)
        internal = {option: value for option, value in self.params.items() if option.startswith("_ansible_")}
        given = {option: value for option, value in self.params.items() if option not in internal}
        rule = {"options": self.argument_spec, **{name: getattr(self, name) for name in RULES}}
        try:
            self.params = {**check_options(rule, given), **internal}
        except OptionError as error:
            problem = str(error)
        else:
            return
        secrets = unmistakable(secrets_of(given, self.argument_spec))
        self.fail_json(redact(problem, secrets), invocation={})  # arguments can be hidden only when they are in order


#: Of modules whose objects refer to others.
STRICT: dict[str, Any] = {"strict": {"type": "bool", "default": False}}


def make_module(options: dict[str, Any], **rules: Any) -> LogfireModule:
    """The module, with options of its own and the shared ones. Fails when C(requests) is missing or too old."""
    module = LogfireModule(argument_spec={**connection_options(), **options}, supports_check_mode=True, **rules)
    required = "requests >= {}.{}".format(*OLDEST_REQUESTS)
    if REQUESTS_MISSING:
        module.fail_json(msg=missing_required_lib(required), exception=REQUESTS_MISSING)
    if REQUESTS_TOO_OLD:
        place = f"{platform.node()}'s Python {sys.executable}"
        module.fail_json(
            msg=f"The Python library requests {REQUESTS_TOO_OLD} on {place} is too old. Install {required}."
        )
    return module


def connect(module: LogfireModule, fingerprints: Fingerprints | None = None) -> Organization:
    """The organization that the API token belongs to. Nothing is sent yet. Raises OptionError."""
    connection, warnings = make_connection(module.params, module.secrets)
    for warning in warnings:
        module.warn(warning)
    organization = Organization(LogfireClient(Transport(connection)), module.check_mode, fingerprints)
    organization.foresees = module.check_mode and not module.params.get("strict")
    return organization


def run_safely(module: LogfireModule, work: Callable[[], dict[str, Any]], long_arguments: bool = False) -> None:
    """End the module with the result of C(work), or with a failure: a message, and C(failure) for a failed request.

    C(long_arguments) are handed back only where Ansible shows them, at C(-vvv): they would be most of the result.
    The module fails outside of the handlers: inside, ansible-core would add the chain of exceptions to the result.
    """
    try:
        result = work()
        failed = bool(result.pop("failed", False))
    except OptionError as error:
        result, failed = {"msg": str(error), "changed": error.changed}, True
    except LogfireError as error:
        result, failed = {"msg": str(error), "failure": error.failure(), "changed": error.changed}, True
    except Exception as error:  # a defect of ours: its text and traceback may hold anything, secrets too
        result, failed = {"msg": f"Internal error in community.logfire, please report it: {_where(error)}"}, True
    if long_arguments and module._verbosity < 3:
        result["invocation"] = {}
    if failed:
        module.fail_json(**result)
    module.exit_json(**result)


def _where(error: BaseException) -> str:
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None:
        return type(error).__name__
    code = traceback.tb_frame.f_code
    return f"{type(error).__name__} in {os.path.basename(code.co_filename)}, {code.co_name}, line {traceback.tb_lineno}"


def blank(params: dict[str, Any], option: str) -> str | None:
    """An option that names something. Raises OptionError when it is blank: that is a slip, not an absent value."""
    value: str | None = params.get(option)
    if value is not None and not value.strip():
        raise OptionError(option, "must not be empty")
    return value
