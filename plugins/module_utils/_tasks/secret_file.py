# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A file that holds one secret: read, and replaced so that nobody else can read it at any moment.

All is done by descriptors, and no link is followed: who can write the directory must not lead root to another file.
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

NO_RENAME = (errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES)  # of a mount, of somebody else's file in /tmp
TextReader = Callable[[str], tuple[Layout, Optional[str]]]
LONGEST = 10_000  # bytes that are read
LOCK = ".logfire-token.lock"


class SecretFile:
    """The file at C(path), on the host where the module runs; a context in which it is nobody else's to change.

    The methods raise OptionError. In check mode nothing is changed, and the directory may be one that is yet to come.
    """

    def __init__(
        self, path: str, ownership: Ownership, check_mode: bool = False, read_text: TextReader = read_secret
    ) -> None:
        """C(read_text) finds the secret in the text of the file. It raises ValueError for anything else."""
        self.path = os.path.abspath(path)
        self.secret: str | None = None
        self.layout = Layout()
        self.checksum = ""  # of all that is in the file; empty when there is none
        self._folder, self._name = os.path.split(self.path)
        self._record = f".{self._name}.pending"
        self._ownership = ownership
        self._read_text = read_text
        self._check_mode = check_mode
        self._is_forgetful = False  # nothing can be written beside the file
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
        """Whether there is a directory for it: in check mode one may be yet to come."""
        return self._directory >= 0

    # What it holds

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
        """A descriptor of the file. Raises OSError, and OptionError for what is none."""
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

    # How it is written

    @contextmanager
    def replacement(self, layout: Layout) -> Iterator[Callable[[str], None]]:
        """A function that puts a secret into the file. It raises OSError; all that can fail is tried before.

        The secret goes to a file beside the target that has the final owner and mode, and then takes its place at once.
        Where that cannot be, as for a file that is mounted into a container, it is written over the old one.
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
        """Give a file that keeps its secret that layout, and its owner, group and mode.

        Returns whether that changed anything (or would); C(diff) gets what.
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
        """Let a file that stays where it is have its owner, group and mode.

        It may have no second name: who can write the directory may have linked to a file of somebody else.
        """
        if os.fstat(descriptor).st_nlink > 1:
            raise OptionError("path", f"{self.path} has several hard links and was not changed")
        self._ownership.give(descriptor)

    def remove(self) -> bool:
        """Remove the file, and what is remembered beside it; whether there was one (in check mode it stays)."""
        exists = self._exists()
        if not self._check_mode:
            try:
                if exists:
                    os.unlink(self._name, dir_fd=self._directory)
            except OSError as error:
                raise OptionError("path", f"{self.path} cannot be removed: {error.strerror}") from None
            self.remember({})
        return exists

    # What lies beside it

    def recall(self) -> dict[str, Any]:
        """What a run remembered for the next one; empty if nothing, or nothing that such a run could have written."""
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
        """Keep something for the next run, in a file that nobody else can read; an empty record leaves none.

        Where only the file itself can be written, as in some containers, nothing is kept.
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
        """Whether the file itself is a mount, which nothing can take the place of. Only Linux tells."""
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
