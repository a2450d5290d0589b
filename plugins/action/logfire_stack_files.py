# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase

from ansible_collections.community.logfire.plugins.module_utils._kinds.files import Homes, find, of_lists, render
from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import (
    DASHBOARDS,
    YAML_SUFFIXES,
    FormatError,
    Parts,
    find_parts,
)
from ansible_collections.community.logfire.plugins.module_utils._kinds.secrets_file import render_example
from ansible_collections.community.logfire.plugins.plugin_utils._ansible_reader import AnsibleReader
from ansible_collections.community.logfire.plugins.plugin_utils._files import find_homes
from ansible_collections.community.logfire.plugins.plugin_utils._handwritten import keep_head, lost_parts

OPTIONS: dict[str, Any] = {
    "path": {"type": "path", "required": True},
    "stack": {"type": "dict", "required": True},
    "remove_projects": {"type": "bool", "default": True},
}


class ActionModule(ActionBase):
    """Update the files of a directory on the controller from a description."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        validation = ArgumentSpecValidator(OPTIONS).validate(self._task.args)
        if validation.error_messages:
            raise AnsibleActionFail("; ".join(validation.error_messages))
        options = validation.validated_parameters
        if not options["path"]:
            raise AnsibleActionFail("path: must not be empty")
        folder = Path(self._loader.path_dwim(options["path"]))
        if folder.exists() and not folder.is_dir():
            raise AnsibleActionFail(f"path: {folder} is not a directory")
        try:
            return self._update(folder, _plain(options["stack"]), options["remove_projects"])
        except OSError as error:
            path = error.filename2 or error.filename or folder
            raise AnsibleActionFail(f"{path}: {error.strerror}") from None
        except FormatError as error:
            raise AnsibleActionFail(f"stack: {error}") from None
        except (AttributeError, KeyError, TypeError, UnicodeError):
            raise AnsibleActionFail(
                "stack: is not a description in the format that logfire_stack_info returns"
            ) from None

    def _update(self, folder: Path, stack: dict[str, Any], remove_projects: bool) -> dict[str, Any]:
        parts = find_parts(folder)[0] if folder.is_dir() else {}
        if not remove_projects:
            described = {"", *(project["name"] for project in stack.get("projects") or [])}
            parts = {part: paths for part, paths in parts.items() if part.project in described}
        texts = {**render(stack, parts, self._homes(folder, parts)), **render_example(stack)}
        present = find(folder, of_lists(parts, stack))
        changes = []
        for path in sorted(present | set(texts)):
            old = (folder / path).read_bytes() if path in present else None
            new = keep_head(texts[path], _text(old)).encode() if path in texts else None
            if old != new and not (old and new == b""):  # the content of a .gitkeep is not replaced
                changes.append((path, old, new))
        if not self._task.check_mode:
            # Files are removed first: on some file systems, A.json and a.json are the same file.
            for path, _old, new in sorted(changes, key=lambda change: change[2] is not None):
                _put(folder, path, new)
        result: dict[str, Any] = {"changed": bool(changes), "path": str(folder)}
        result["files"] = [{"path": path, "action": _action(old, new)} for path, old, new in changes]
        warning = _warning(changes)
        if warning:
            result["warnings"] = [warning]
        if self._task.diff:
            result["diff"] = [_section(path, old, new) for path, old, new in changes]
        return result

    def _homes(self, folder: Path, parts: Parts) -> Homes:
        try:
            return find_homes(folder, parts, AnsibleReader(self._loader, None))
        except FormatError as error:
            raise AnsibleActionFail(str(error)) from None


def _text(content: bytes | None) -> str:
    return (content or b"").decode(errors="replace")


def _warning(changes: list[tuple[str, bytes | None, bytes | None]]) -> str:
    """Return a warning about handwritten parts that are overwritten. Dashboards have none."""
    lost = []
    for path, old, _new in changes:
        parts = lost_parts(_text(old)) if path.endswith(YAML_SUFFIXES) and f"/{DASHBOARDS}/" not in path else []
        if parts:
            lost.append(f"{path} ({', '.join(parts)})")
    return f"The exported values replace handwritten content in {', '.join(lost)}." if lost else ""


def _plain(value: Any) -> Any:
    """Return a value without Ansible's own types of texts, lists and dictionaries."""
    return json.loads(json.dumps(value))


def _action(old: bytes | None, new: bytes | None) -> str:
    return "create" if old is None else "delete" if new is None else "update"


def _section(path: str, old: bytes | None, new: bytes | None) -> dict[str, str]:
    return {
        "before_header": path,
        "after_header": f"{path} ({_action(old, new)})",
        "before": _text(old),
        "after": (new or b"").decode(),
    }


def _put(folder: Path, path: str, content: bytes | None) -> None:
    """Write a file atomically. With None, remove it, and folders that become empty."""
    file = folder / path
    if content is None:
        file.unlink()
        with suppress(OSError):  # not empty
            for parent in file.relative_to(folder).parents[:-1]:
                (folder / parent).rmdir()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = file.stat().st_mode if file.exists() else 0o666 & ~_umask()
    # The name is random, the file is private, and existing links are not followed.
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            os.fchmod(descriptor, stat.S_IMODE(mode))
        Path(beside).replace(file)
    finally:
        Path(beside).unlink(missing_ok=True)


def _umask() -> int:
    """Return the umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
