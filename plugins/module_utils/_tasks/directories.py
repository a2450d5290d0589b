# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Directories that others may write to, opened so that they cannot lead us elsewhere, and locked."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

MOST_LINKS = 40  # on the way to a directory, as Linux has it
LONGEST_WAIT = 900.0  # seconds for a lock; a run that holds one may be waiting for the service itself
_STEP = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def open_directory(path: str) -> int:
    """A descriptor of the directory at an absolute path, reached step by step. Raises OSError.

    A symbolic link on the way is followed only where root or the user who runs this made it and nobody else could have
    replaced it: who can write a directory could else make root write anywhere.
    """
    steps, links = path.split("/")[::-1], 0
    directory = os.open("/", _STEP)
    try:
        while steps:
            step = steps.pop()
            if step in ("", "."):
                continue
            try:
                inner = os.open(step, _STEP, dir_fd=directory)
            except OSError as error:
                if error.errno not in (errno.ENOTDIR, errno.ELOOP):
                    raise
                target, links = _read_link(step, directory), links + 1
                if links > MOST_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
                steps += target.split("/")[::-1]
                if not target.startswith("/"):
                    continue
                inner = os.open("/", _STEP)
            os.close(directory)
            directory = inner
        return os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=directory)
    finally:
        os.close(directory)


def trusted_users() -> set[int]:
    """The ids of those who can do all that we can."""
    return {0, os.geteuid()}


def _read_link(name: str, directory: int) -> str:
    link, around = os.stat(name, dir_fd=directory, follow_symlinks=False), os.fstat(directory)
    if not stat.S_ISLNK(link.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    for_all = around.st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH
    if for_all or not {link.st_uid, around.st_uid} <= trusted_users():
        raise OSError(errno.ELOOP, f"{name} is a symbolic link that other users can change")
    return os.readlink(name, dir_fd=directory)


@contextmanager
def locked(directory: int, name: str) -> Iterator[bool]:
    """Hold the lock of a directory; where the file system locks none, of a file C(name) in it.

    Gives whether there is a lock: a directory that cannot be written, on such a file system, has none.
    Raises TimeoutError when somebody else holds it for too long.
    """
    if _flock(directory):
        try:
            yield True
        finally:
            fcntl.flock(directory, fcntl.LOCK_UN)
    else:
        with locked_file(directory, name) as is_locked:
            yield is_locked


@contextmanager
def locked_file(directory: int, name: str) -> Iterator[bool]:
    """Hold the lock of a file that is there only as long as somebody wants it. As C(locked)."""
    descriptor = None
    try:
        while descriptor is None:
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=directory)
            is_locked = os.fstat(descriptor).st_uid in trusted_users() and _flock(descriptor)
            if is_locked and not _is_at(descriptor, name, directory):  # whoever held it has removed it
                os.close(descriptor)
                descriptor = None
    except TimeoutError:
        raise
    except OSError:  # a directory that cannot be written, or a link or somebody else's file in the way
        is_locked = False
    try:
        yield is_locked
    finally:
        if is_locked:
            with suppress(OSError):
                os.unlink(name, dir_fd=directory)
        if descriptor is not None:
            os.close(descriptor)


def _is_at(descriptor: int, name: str, directory: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(name, dir_fd=directory, follow_symlinks=False))
    except FileNotFoundError:
        return False


def _flock(descriptor: int) -> bool:
    """Wait for the lock of a file or directory; False where there are none, as for directories over NFS."""
    end = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, f"another run has held the lock for {LONGEST_WAIT:.0f} s") from None
            time.sleep(0.05)
        except OSError:
            return False
