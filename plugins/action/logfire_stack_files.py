# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase

from ansible_collections.community.logfire.plugins.plugin_utils._files import PROJECTS, FormatError, find, render

OPTIONS: dict[str, Any] = {
    "path": {"type": "path", "required": True},
    "stack": {"type": "dict", "required": True},
    "remove_projects": {"type": "bool", "default": True},
}


class ActionModule(ActionBase):
    """Bring the files of a directory on the controller in line with a description."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        validation = ArgumentSpecValidator(OPTIONS).validate(self._task.args)
        if validation.error_messages:
            raise AnsibleActionFail("; ".join(validation.error_messages))
        options = validation.validated_parameters
        folder = Path(self._loader.path_dwim(options["path"]))
        try:
            return self._update(folder, _plain(options["stack"]), options["remove_projects"])
        except OSError as error:
            raise AnsibleActionFail(f"{error.filename or folder}: {error.strerror}") from None
        except FormatError as error:
            raise AnsibleActionFail(f"stack: {error}") from None
        except (AttributeError, KeyError, TypeError):
            raise AnsibleActionFail("stack: is not a description as logfire_stack_info returns it") from None

    def _update(self, folder: Path, stack: dict[str, Any], remove_projects: bool) -> dict[str, Any]:
        wanted = {path: text.encode() for path, text in render(stack).items()}
        present = find(folder)
        if not remove_projects:
            described = {_project_folder(path) for path in wanted}
            present = {path for path in present if _project_folder(path) in described}
        files, diff = [], []
        for path in sorted(present | set(wanted)):
            old = (folder / path).read_bytes() if path in present else None
            new = wanted.get(path)
            if old == new:
                continue
            action = "create" if old is None else "delete" if new is None else "update"
            files.append({"path": path, "action": action})
            diff.append(
                {
                    "before_header": path,
                    "after_header": f"{path} ({action})",
                    "before": (old or b"").decode(errors="replace"),
                    "after": (new or b"").decode(),
                }
            )
            if not self._task.check_mode:
                _put(folder, path, new)
        result = {"changed": bool(files), "path": str(folder), "files": files}
        if self._task.diff:
            result["diff"] = diff
        return result


def _plain(value: Any) -> Any:
    """Without the types that Ansible gives to its texts, lists and dictionaries."""
    return json.loads(json.dumps(value))


def _project_folder(path: str) -> str:
    """The folder of the project that a file belongs to, or an empty text."""
    parts = path.split("/")
    return parts[1] if parts[0] == PROJECTS else ""


def _put(folder: Path, path: str, content: bytes | None) -> None:
    """Give a file its content at once, so that nobody finds half of it. None removes it, and folders left empty."""
    file = folder / path
    if content is None:
        file.unlink()
        with suppress(OSError):  # not empty
            for parent in file.relative_to(folder).parents[:-1]:
                (folder / parent).rmdir()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        if file.exists():
            shutil.copymode(file, beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
