# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file that holds a token: read, and replaced so that nobody else can read it at any moment."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Callable

from ansible.module_utils.basic import AnsibleModule

from .._api.errors import OptionError


class TokenFile:
    """The file at C(path), on the host where the module runs. The methods raise OptionError for what is wrong."""

    def __init__(self, module: AnsibleModule, path: str) -> None:
        self._module = module
        self.path = os.path.realpath(path)  # a link is followed, not replaced
        folder = os.path.dirname(self.path)
        if not os.path.exists(folder) and module.check_mode:
            module.warn(f"There is no directory {folder} yet; check mode goes on as if there were.")
        elif not os.path.isdir(folder):
            raise OptionError("path", f"there is no directory {folder}")
        if os.path.exists(self.path) and not os.path.isfile(self.path):
            raise OptionError("path", f"{self.path} is not a file")

    def read(self) -> str | None:
        """The token in the file; None when there is no file, or nothing in it."""
        try:
            with open(self.path, encoding="ascii", errors="replace") as file:
                content = file.read(10_000).strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OptionError("path", f"{self.path} cannot be read: {error.strerror}") from None
        if content and not re.fullmatch(r"[!-~]{1,1000}", content):
            raise OptionError("path", f"{self.path} holds something else than a token and is left alone")
        return content or None

    @contextmanager
    def replacement(self) -> Iterator[Callable[[str], None]]:
        """A function that puts a secret into the file. All that can fail is tried before it is handed out.

        The secret goes to a file beside the target that has the final owner and mode, and then takes its place at once.
        """
        try:
            handle, beside = tempfile.mkstemp(prefix=".logfire-token-", dir=os.path.dirname(self.path))
        except OSError as error:
            raise OptionError("path", f"{self.path} cannot be written: {error.strerror}") from None

        def put(secret: str) -> None:
            self._module.no_log_values.add(secret)  # from here on nothing in the result may show it
            os.write(handle, secret.encode() + b"\n")
            os.fsync(handle)
            os.rename(beside, self.path)

        try:
            self._module.set_fs_attributes_if_different(self._attributes(beside), False)
            yield put
        finally:
            os.close(handle)
            if os.path.exists(beside):
                os.unlink(beside)

    def fix_attributes(self, diff: dict[str, Any]) -> bool:
        """Give the file the owner, group and mode of the options; whether that changed anything (or would)."""
        if not os.path.exists(self.path):
            return False
        return bool(self._module.set_fs_attributes_if_different(self._attributes(self.path), False, diff))

    def remove(self) -> bool:
        """Remove the file; whether there was one (in check mode it stays)."""
        exists = os.path.exists(self.path)
        if exists and not self._module.check_mode:
            try:
                os.unlink(self.path)
            except OSError as error:
                raise OptionError("path", f"{self.path} cannot be removed: {error.strerror}") from None
        return exists

    def _attributes(self, path: str) -> dict[str, Any]:
        arguments: dict[str, Any] = self._module.load_file_common_arguments(self._module.params, path=self.path)
        return {**arguments, "path": path}
