# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A backup of what logfire_stack is about to change: a new directory, in the layout of an export."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from datetime import datetime, timezone
from itertools import count
from typing import Any

from .._kinds.files import render
from .._kinds.layout import FormatError
from .._values.option_errors import OptionError
from .._values.secrets import place_of_secret
from .._values.texts import whole
from .._values.yaml_text import YAML_MISSING
from .directories import open_directory

OPTIONS: dict[str, Any] = {"backup": {"type": "bool", "default": False}, "backup_directory": {"type": "path"}}
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Backup:
    """Writes a backup to a new directory inside a folder. Raises OptionError if that is impossible."""

    def __init__(self, folder: str | None, secrets_to_hide: Iterable[str]) -> None:
        """C(secrets_to_hide) are secrets that must not be written."""
        if not folder:
            raise OptionError("backup_directory", "required if backup is true")
        if YAML_MISSING:
            raise OptionError("backup", "requires the Python library PyYAML on the host where the module runs")
        self._folder = os.path.abspath(folder)
        self._secrets_to_hide = list(secrets_to_hide)
        self.path: str | None = None  # of the new directory, once it exists

    def make(self, description: dict[str, Any], digest: str) -> None:
        """Write a description to a new directory, whose name has the time and the digest of the plan."""
        place = place_of_secret(description, self._secrets_to_hide)
        if place is not None:
            raise OptionError(
                "backup",
                f"a secret of this task occurs in the organization, in {place}; it cannot be written to a file. Remove"
                " the secret from there, and replace it: whoever can read the organization can use it",
            )
        try:
            self.path = self._write(render(whole(description), {}, {}), digest)
        except FormatError as error:
            raise OptionError("backup", str(error)) from None
        except OSError as error:
            raise OptionError("backup_directory", f"{self._folder} cannot be written: {error.strerror}") from None

    def _write(self, files: dict[str, str], digest: str) -> str:
        """Write files to a directory, which gets its final name when complete. Returns that name. Raises OSError."""
        name = f"{datetime.now(timezone.utc):%Y%m%dT%H%M%SZ}-{digest[:12]}"
        beside = f".{name}.{secrets.token_hex(4)}"
        os.makedirs(self._folder, exist_ok=True)
        with ExitStack() as opened:
            folder = open_directory(self._folder)
            opened.callback(os.close, folder)
            os.mkdir(beside, dir_fd=folder)
            try:
                inside = _enter(beside, folder, opened)
                for path, text in files.items():
                    _write(path, text, inside)
                return os.path.join(self._folder, _give_name(beside, name, folder))
            except OSError:
                shutil.rmtree(os.path.join(self._folder, beside), ignore_errors=True)
                raise


def _give_name(beside: str, name: str, folder: int) -> str:
    """Rename a directory to an unused name, with a number if necessary. Returns the name."""
    for number in count(1):
        final = name if number == 1 else f"{name}-{number}"
        try:
            os.rename(beside, final, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        else:
            return final
    raise AssertionError("there is always another number")


def _write(path: str, text: str, folder: int) -> None:
    """Write a new file below the directory of a descriptor, with the default mode of new files."""
    *parents, name = path.split("/")
    with ExitStack() as opened:
        for parent in parents:
            with suppress(FileExistsError):
                os.mkdir(parent, dir_fd=folder)
            folder = _enter(parent, folder, opened)
        with open(os.open(name, _NEW, 0o666, dir_fd=folder), "wb") as file:
            file.write(text.encode())


def _enter(name: str, folder: int, opened: ExitStack) -> int:
    descriptor = os.open(name, _FOLDER, dir_fd=folder)
    opened.callback(os.close, descriptor)
    return descriptor
