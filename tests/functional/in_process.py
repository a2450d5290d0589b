# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a module's main() in this process, with any ansible-core. Only this file depends on its internals."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from unittest import mock

from ansible.module_utils import basic
from ansible.module_utils.common import parameters, warnings

try:
    from ansible.module_utils import _internal
    from ansible.module_utils._internal._json import _profiles
    from ansible.module_utils.testing import patch_module_args
except ImportError:  # before ansible-core 2.19

    @contextlib.contextmanager
    def patch_module_args(args: dict[str, Any] | None = None) -> Iterator[None]:
        """Set the arguments of the next module."""
        with mock.patch.object(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": args or {}}).encode()):
            yield


@contextlib.contextmanager
def module_arguments(arguments: dict[str, Any]) -> Iterator[None]:
    """Set the arguments of the next module, and hide from it that this process is a controller."""
    with contextlib.ExitStack() as stack:
        if hasattr(globals().get("_internal"), "is_controller"):  # true after a test has used the controller
            stack.enter_context(mock.patch.object(_internal, "is_controller", False))
            # A controller reads this from its configuration, and caches it until the process ends.
            stack.enter_context(mock.patch.object(_profiles, "_string_encoding_check_enabled", lambda: False))
        if "inject_invocation" in parameters.PASS_VARS:  # since ansible-core 2.21, results have arguments on demand
            arguments = {"_ansible_inject_invocation": True, **arguments}
        stack.enter_context(patch_module_args(arguments))
        yield


def shown(printed: str) -> str:
    """Return the output of a module without what is for the controller: since ansible-core 2.22, secrets to hide."""
    *before, last = printed.splitlines()
    result = json.loads(last)
    result.pop("_ansible_new_secrets", None)
    return "\n".join([*before, json.dumps(result)])


def forget_warnings() -> None:
    """Clear the warnings of previous modules, which ansible-core keeps until the process ends."""
    warnings._global_warnings.clear()
    warnings._global_deprecations.clear()
