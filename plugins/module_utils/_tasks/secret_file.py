# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads and replaces a file that contains one secret. At no time can other users read the secret.

The file is only accessed by descriptors, without following links: a user who can write to the directory must not be
able to redirect root to another file.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Callable, Optional

from .._values.diff import Diff
from .._values.option_errors import OptionError
from .._values.secret_text import Layout, read_secret
from .directories import locked, open_directory, trusted_users
from .ownership import Ownership
from .replacing import put_in_place, remove_leftovers, temporary, write_whole

NO_RENAME = (errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES)  # for a mounted file, or another user's file in /tmp
TextReader = Callable[[str], tuple[Layout, Optional[str]]]
LONGEST = 10_000  # bytes to read
LOCK = ".logfire-token.lock"


class SecretFile:
    """The file at C(path), on the host where the module runs; as a context, it locks the file.

    The methods raise OptionError. In check mode, nothing is changed, and the directory need not exist.
    """

    def __init__(
        self, path: str, ownership: Ownership, check_mode: bool = False, read_text: TextReader = read_secret
    ) -> None:
        """C(read_text) returns the layout and the secret of a text. It raises ValueError for any other content."""
        self.path = os.path.abspath(path)
        self.secret: str | None = None
        self.layout = Layout()
        self.checksum = ""  # of the whole content; empty if there is no file
        self._folder, self._name = os.path.split(self.path)
        self._record = f".{self._name}.pending"
        self._ownership = ownership
        self._read_text = read_text
        self._check_mode = check_mode
        self._is_forgetful = False  # no record can be written beside the file
        self._directory = -1  # its descriptor
        self._open = ExitStack()

    def __enter__(self) -> SecretFile:
        with ExitStack() as open_so_far:
            try:
                self._directory = open_directory(self._folder)
                open_so_far.callback(os.close, self._directory)
                is_locked = open_so_far.enter_context(locked(self._directory, LOCK))
            except (FileNotFoundError, NotADirectoryError):
                if not self._check_mode:
                    raise OptionError("path", f"there is no directory {self._folder}") from None
            except OSError as error:
                raise OptionError("path", f"{self._folder} cannot be used: {error.strerror}") from None
            else:
                if is_locked and not self._check_mode:
                    remove_leftovers(self._directory)
                self._read()
            self._open = open_so_far.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    @property
    def has_directory(self) -> bool:
        """Whether the directory exists, which it need not in check mode."""
        return self._directory >= 0

    # Reading

    def _read(self) -> None:
        try:
            descriptor = self._open_file(os.O_RDONLY)
        except FileNotFoundError:
            return
        except OSError as error:
            raise OptionError("path", f"{self.path} cannot be read: {error.strerror}") from None
        with open(descriptor, "rb") as file:
            content = file.read(LONGEST + 1)
        self.checksum = hashlib.sha256(content).hexdigest()
        try:
            if len(content) > LONGEST:
                raise ValueError
            self.layout, self.secret = self._read_text(content.decode("utf-8-sig"))
        except ValueError:
            expected = "a token of Logfire or NAME=token" if self._read_text is read_secret else "a link"
            problem = f"{self.path} contains something other than {expected} and was not changed"
            raise OptionError("path", problem) from None

    def _open_file(self, flags: int) -> int:
        """Return a descriptor of the file. Raises OSError, and OptionError for anything but a regular file."""
        try:
            descriptor = os.open(
                self._name, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=self._directory
            )
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK):  # the latter on BSD
                problem = f"{self.path} is a symbolic link, which is not followed; give the path of the file itself"
                raise OptionError("path", problem) from None
            if error.errno in (errno.EISDIR, errno.ENXIO):
                raise OptionError("path", f"{self.path} is not a file") from None
            raise
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OptionError("path", f"{self.path} is not a file")
        return descriptor

    # Writing

    @contextmanager
    def replacement(self, layout: Layout) -> Iterator[Callable[[str], None]]:
        """Yield a function that writes a secret to the file, and raises OSError. Possible failures are tested before.

        The secret is written to a temporary file with the final owner and mode, which then replaces the target. If that
        is impossible, for example because the file is mounted into a container, the target is overwritten.
        """
        with ExitStack() as stack:
            try:
                put = stack.enter_context(self._in_place() if self._is_mounted() else self._beside())
            except OSError as error:
                try:
                    put = stack.enter_context(self._in_place())
                    self._is_forgetful = True
                except OSError:
                    raise OptionError("path", f"{self.path} cannot be written: {error.strerror}") from None

            def put_secret(secret: str) -> None:
                text = layout.text(secret).encode()
                put(text)
                self.checksum = hashlib.sha256(text).hexdigest()

            yield put_secret

    @contextmanager
    def _beside(self) -> Iterator[Callable[[bytes], None]]:
        with temporary(self._directory) as (descriptor, name):

            def put(text: bytes) -> None:
                write_whole(descriptor, text)
                try:
                    put_in_place(self._directory, name, self._name)
                except OSError as error:
                    if error.errno not in NO_RENAME or not self._exists():
                        raise
                    with self._in_place() as overwrite:
                        overwrite(text)

            self._ownership.give(descriptor)
            yield put

    @contextmanager
    def _in_place(self) -> Iterator[Callable[[bytes], None]]:
        descriptor = self._open_file(os.O_WRONLY)
        try:
            self._give(descriptor)
            yield lambda text: write_whole(descriptor, text)
        finally:
            os.close(descriptor)

    def adjust(self, layout: Layout, diff: Diff) -> bool:
        """Set the layout, owner, group and mode of a file that keeps its secret.

        Returns whether anything changed, or would in check mode; the changes are added to C(diff).
        """
        if self.secret is None:
            return False
        descriptor = self._open_file(os.O_RDONLY)
        try:
            before, after = self._ownership.differences(os.fstat(descriptor))
            if layout != self.layout:
                member = "variable" if layout.format == self.layout.format else "format"
                before[member], after[member] = getattr(self.layout, member), getattr(layout, member)
            diff["before"].update(before)
            diff["after"].update(after)
            if after and not self._check_mode:
                self._give(descriptor)
        finally:
            os.close(descriptor)
        if layout != self.layout and not self._check_mode:
            with self.replacement(layout) as put:
                put(self.secret)
        return bool(after)

    def _give(self, descriptor: int) -> None:
        """Set the owner, group and mode of a file that is not replaced.

        The file must have no other hard link: a user who can write to the directory may have linked to another file.
        """
        if os.fstat(descriptor).st_nlink > 1:
            raise OptionError("path", f"{self.path} has several hard links and was not changed")
        self._ownership.give(descriptor)

    def remove(self) -> bool:
        """Remove the file and the record beside it, except in check mode; return whether the file existed."""
        exists = self._exists()
        if not self._check_mode:
            try:
                if exists:
                    os.unlink(self._name, dir_fd=self._directory)
            except OSError as error:
                raise OptionError("path", f"{self.path} cannot be removed: {error.strerror}") from None
            self.remember({})
        return exists

    # The record beside the file

    def recall(self) -> dict[str, Any]:
        """Return the record that an earlier run has left; empty if there is none, or an invalid one."""
        try:
            descriptor = os.open(self._record, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=self._directory)
        except OSError:
            return {}
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_uid not in trusted_users():
                return {}
            try:
                record = json.loads(file.read(LONGEST))
            except (ValueError, RecursionError):
                return {}
        return record if isinstance(record, dict) else {}

    def remember(self, record: dict[str, Any]) -> None:
        """Write a record for the next run, to a file that nobody else can read. An empty record removes that file.

        If only the secret file itself can be written, as in some containers, nothing is recorded.
        """
        try:
            if record:
                with temporary(self._directory) as (descriptor, name):
                    write_whole(descriptor, json.dumps(record).encode())
                    put_in_place(self._directory, name, self._record)
            else:
                os.unlink(self._record, dir_fd=self._directory)
        except FileNotFoundError:
            pass
        except OSError as error:
            if not self._is_forgetful:
                raise OptionError("path", f"{self._folder} cannot be written: {error.strerror}") from None

    def _exists(self) -> bool:
        try:
            os.stat(self._name, dir_fd=self._directory, follow_symlinks=False)
        except OSError:
            return False
        return True

    def _is_mounted(self) -> bool:
        """Whether the file itself is a mount, and so cannot be replaced. This is only known on Linux."""
        try:
            descriptor = self._open_file(os.O_RDONLY)
        except OSError:
            return False
        try:
            return _mount(descriptor) != _mount(self._directory)
        finally:
            os.close(descriptor)


def _mount(descriptor: int) -> str | None:
    try:
        with open(f"/proc/self/fdinfo/{descriptor}", encoding="ascii") as info:
            match = re.search(r"^mnt_id:\s*(\d+)", info.read(), re.MULTILINE)
    except OSError:
        return None
    return match[1] if match else None
