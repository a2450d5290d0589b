# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module that reads and writes a token file without calling the API: C(logfire_token_file)."""

from __future__ import annotations

from typing import Any

from .._values.diff import Diff, no_diff
from .._values.option_errors import OptionError
from .module import LogfireModule, blank, run_safely
from .ownership import OPTIONS as OWNERSHIP
from .ownership import parse_ownership
from .secret_file import SecretFile

OPTIONS: dict[str, Any] = {
    "path": {"type": "path", "required": True},
    "token": {"type": "str", "no_log": True},
    "format": {"type": "str", "choices": ["token", "environment"]},
    "variable": {"type": "str"},
    **OWNERSHIP,
    "checksum": {"type": "str"},
    "remembered": {"type": "dict"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
}
UNFINISHED = ("attempt", "endings", "is_unreported", "removes_file")  # members of a record that mean unfinished work


def run_token_file() -> None:
    """Run the module C(logfire_token_file). It works without the library C(requests)."""
    module = LogfireModule(argument_spec=dict(OPTIONS), supports_check_mode=True)
    run_safely(module, lambda: _run(module))


def _run(module: LogfireModule) -> dict[str, Any]:
    params = module.params
    blank(params, "path")
    with SecretFile(params["path"], parse_ownership(params), module.check_mode) as file:
        if params["checksum"] is not None and params["checksum"] != file.checksum:
            raise OptionError(
                "path", f"{file.path} was changed by another process in the meantime and was not overwritten"
            )
        diff = no_diff()
        result: dict[str, Any] = {"changed": _ensure(file, params, module.check_mode, diff), "checksum": file.checksum}
        if params["token"] is None and params["remembered"] is None and params["state"] == "present":
            result.update(token=file.secret or "", remembered=file.recall())
        if module._diff:
            result["diff"] = diff
        return result


def _ensure(file: SecretFile, params: dict[str, Any], check_mode: bool, diff: Diff) -> bool:
    """Apply the options; return whether anything changed, or would. C(diff) gets the changes, without secrets."""
    if params["state"] == "absent":
        is_changed = file.remove()
        if is_changed:
            diff["before"]["path"] = file.path
        return is_changed
    layout = file.layout.changed_to(params["format"], params["variable"], "LOGFIRE_TOKEN")
    token, remembered = (params["token"] or "").strip(), params["remembered"]
    if not token:
        if remembered is not None and not check_mode:
            with file.replacement(layout):  # tests all possible failures
                file.remember(_pruned(remembered))
        return False
    if token == file.secret:
        is_changed = file.adjust(layout, diff)
    else:
        is_changed, diff["after"] = True, {"path": file.path, "token": "(another token)"}
        if not check_mode:
            with file.replacement(layout) as put:
                file.remember(_pruned({**(remembered or {}), "attempt": file.recall().get("attempt")}))
                put(token)
    if remembered is not None and not check_mode:
        file.remember(_pruned(remembered))
    return is_changed


def _pruned(remembered: dict[str, Any]) -> dict[str, Any]:
    """Return the record; empty if it has no unfinished work."""
    return remembered if any(remembered.get(member) for member in UNFINISHED) else {}
