# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The base of all modules: options, results, failures."""

from __future__ import annotations

import os
import platform
import sys
from typing import Any, Callable, NoReturn

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from .._api.client import LogfireClient
from .._api.errors import LogfireError
from .._api.http import OLDEST_REQUESTS, REQUESTS_MISSING, REQUESTS_TOO_OLD, Transport
from .._engine.organization import Organization
from .._engine.stack.description import name_place
from .._kinds.field import Fingerprints
from .._values.option_errors import OptionError
from .._values.printable import printable
from .._values.secrets import hide_arguments, redact, secrets_of, spellings, unmistakable
from .._values.texts import whole
from .arguments import RULES, accept_unknown_choices, check_options
from .connection import connection_options, make_connection


class LogfireModule(AnsibleModule):
    """A module that checks its arguments with L(check_options), and hides secrets, but nothing else."""

    secrets: frozenset[str] = frozenset()  # the values of all secret options, which are replaced in the API's words

    def __init__(self, **settings: Any) -> None:
        AnsibleModule.__init__(self, **settings)
        self.secrets = frozenset(spellings(secrets_of(self.params, self.argument_spec)))
        # Values that no result may show. Ansible replaces them wherever they occur, also in what the service said:
        # until 2.21 in the result, later on the screen. The headers, which are for a proxy, are not included.
        self.no_log_values = unmistakable(secrets_of({**self.params, "headers": None}, self.argument_spec))

    @property
    def secrets_to_hide(self) -> set[str]:
        """The values that no message may contain."""
        return unmistakable(self.secrets) | self.no_log_values

    def log(self, msg: str, log_args: Any = None) -> None:
        """Remove NUL, which syslog refuses with Python 3.12 and later: Ansible would end the module."""
        AnsibleModule.log(self, msg.replace("\0", "\\0"), log_args)

    def warn(self, warning: str, **more: Any) -> None:
        AnsibleModule.warn(self, printable(whole(redact(warning, self.secrets_to_hide))), **more)

    def exit_json(self, **result: Any) -> NoReturn:
        shown = redact(result, self.no_log_values)
        if shown != result:
            self.warn("A secret of this task occurs in its result and is replaced with asterisks.")
        AnsibleModule.exit_json(self, **whole({"invocation": self._invocation(), **shown}))

    def fail_json(self, msg: str, **result: Any) -> NoReturn:
        """Redact the whole result, also of Ansible's own failures, such as that of an invalid file mode."""
        result = {"invocation": self._invocation(), **result, "msg": msg}
        shown = whole(redact(result, self.secrets_to_hide))
        AnsibleModule.fail_json(self, **{**shown, "msg": printable(shown["msg"])})

    def _invocation(self) -> dict[str, Any]:
        """The arguments, which Ansible shows at C(-vvv)."""
        return {"module_args": redact(hide_arguments(self.params, self.argument_spec), self.secrets_to_hide)}

    def _load_params(self) -> None:
        """Check the arguments before Ansible's own validation does."""
        AnsibleModule._load_params(self)
        self.argument_spec = accept_unknown_choices(self.argument_spec)
        internal = {option: value for option, value in self.params.items() if option.startswith("_ansible_")}
        given = {option: value for option, value in self.params.items() if option not in internal}
        rule = {"options": self.argument_spec, **{name: getattr(self, name) for name in RULES}}
        try:
            self.params = {**check_options(rule, given), **internal}
        except OptionError as error:
            problem = str(name_place(error, given))
        else:
            return
        secrets = unmistakable(secrets_of(given, self.argument_spec))
        self.fail_json(redact(problem, secrets), invocation={})  # secrets in invalid arguments could not be hidden


#: The option of modules whose objects refer to others.
STRICT: dict[str, Any] = {"strict": {"type": "bool", "default": False}}


def make_module(options: dict[str, Any], **rules: Any) -> LogfireModule:
    """Return the module, with its own options and the shared ones. Fails if C(requests) is missing or too old."""
    shared = {option: _without_taken_aliases(rule, options) for option, rule in connection_options().items()}
    module = LogfireModule(argument_spec={**shared, **options}, supports_check_mode=True, **rules)
    required = "requests >= {}.{}".format(*OLDEST_REQUESTS)
    if REQUESTS_MISSING:
        module.fail_json(msg=missing_required_lib(required), exception=REQUESTS_MISSING)
    if REQUESTS_TOO_OLD:
        place = f"{platform.node()}'s Python {sys.executable}"
        module.fail_json(
            msg=f"The Python library requests {REQUESTS_TOO_OLD} on {place} is too old. Install {required}."
        )
    return module


def _without_taken_aliases(rule: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """Return a shared option without the aliases that are also options of the module itself."""
    if not options.keys() & set(rule.get("aliases", ())):
        return rule
    return {**rule, "aliases": [alias for alias in rule["aliases"] if alias not in options]}


def connect(module: LogfireModule, fingerprints: Fingerprints | None = None) -> Organization:
    """Return the organization of the API token. Nothing is sent yet. Raises OptionError."""
    connection, warnings = make_connection(module.params, module.secrets)
    for warning in warnings:
        module.warn(warning)
    client = LogfireClient(Transport(connection), module.no_log_values.add)
    organization = Organization(client, module.check_mode, fingerprints)
    organization.tolerates_missing = module.check_mode and not module.params.get("strict")
    return organization


def run_safely(module: LogfireModule, work: Callable[[], dict[str, Any]], long_arguments: bool = False) -> None:
    """End the module with the result of C(work), or with a failure: a message, and C(failure) for a failed request.

    With C(long_arguments), the arguments are returned only at C(-vvv), where Ansible shows them, since they would be
    most of the result. The module fails outside of the exception handlers: inside, ansible-core would add the chain of
    exceptions to the result.
    """
    try:
        result = work()
        failed = bool(result.pop("failed", False))
    except OptionError as error:
        result, failed = {"msg": str(error), "changed": error.changed}, True
    except LogfireError as error:
        result, failed = {"msg": str(error), "failure": error.failure(), "changed": error.changed}, True
    except Exception as error:  # a bug: its text and traceback may contain anything, secrets too
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
    """Return an option that names something, or None. Raises OptionError if it is blank, since that is a mistake."""
    value: str | None = params.get(option)
    if value is not None and not value.strip():
        raise OptionError(option, "must not be empty")
    return value
