# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The private parts of ansible-core that are required to run a module in a process of the controller."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any

from ansible.module_utils import basic
from ansible.module_utils.common import warnings
from ansible.release import __version__

SINCE_2_19 = tuple(map(int, __version__.split(".")[:2])) >= (2, 19)
PROFILE = "legacy"  # the serialization profile for arguments and results of modules

if SINCE_2_19:
    from ansible.executor.module_common import _BuiltModule
    from ansible.module_utils import _internal
    from ansible.module_utils.common.json import Direction, get_module_encoder
else:
    ajson: Any = import_module("ansible.parsing.ajson")


def encode_arguments(arguments: dict[str, Any]) -> bytes:
    """Serialize the arguments of a module. Raises TypeError for values that JSON cannot represent."""
    content = {"ANSIBLE_MODULE_ARGS": arguments}
    if not SINCE_2_19:
        return json.dumps(content, cls=ajson.AnsibleJSONEncoder, vault_to_text=True).encode()
    encoder: Any = get_module_encoder(PROFILE, Direction.CONTROLLER_TO_MODULE)
    return json.dumps(content, cls=encoder).encode()


def built_module(payload: bytes, path: str) -> Any:
    """Return the result of ActionBase._configure_module() for the module at C(path) with the C(payload) to send."""
    shebang = f"#!{sys.executable}"
    if not SINCE_2_19:
        return "new", shebang, payload, path
    built = _BuiltModule(b_module_data=payload, module_style="new", shebang=shebang, serialization_profile=PROFILE)
    return built, path


@contextmanager
def module_state(payload: bytes) -> Iterator[None]:
    """A context with the state of ansible-core in a module that starts with these arguments; it is restored then."""
    with ExitStack() as stack:
        replace = stack.enter_context
        replace(_replaced(basic, "_ANSIBLE_ARGS", payload))
        # Both are lists or dictionaries that grow during the life of a process.
        replace(_replaced(warnings, "_global_warnings", type(warnings._global_warnings)()))
        replace(_replaced(warnings, "_global_deprecations", type(warnings._global_deprecations)()))
        if SINCE_2_19:
            replace(_replaced(basic, "_ANSIBLE_PROFILE", PROFILE))
            replace(_replaced(basic, "_PARSED_MODULE_ARGS", None))
            replace(_replaced(_internal, "is_controller", False))
        yield


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)
