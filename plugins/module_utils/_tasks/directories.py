# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Opens and locks directories to which other users may write, safely against their symbolic links."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

MOST_LINKS = 40  # in the path of a directory, as in Linux
LONGEST_WAIT = 900.0  # seconds to wait for a lock; the run that has it may be waiting for the service
_STEP = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def open_directory(path: str) -> int:
    """Return a descriptor of the directory at an absolute path, opened component by component. Raises OSError.

    A symbolic link in the path is followed only if root or the current user created it and nobody else could have
    replaced it. Otherwise, a user with access to a directory could make root write anywhere.
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
    """Return the IDs of users who have at least the permissions of the current user: root and that user."""
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
    """Hold the lock of a directory or, on file systems that cannot lock directories, of a file C(name) in it.

    Yields whether it is locked: on such a file system, a read-only directory cannot be. Raises TimeoutError if another
    process holds the lock for too long.
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
    """Hold the lock of a file that exists only while a process uses it. See L(locked)."""
    descriptor = None
    try:
        while descriptor is None:
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=directory)
            is_locked = os.fstat(descriptor).st_uid in trusted_users() and _flock(descriptor)
            if is_locked and not _is_at(descriptor, name, directory):  # the previous owner of the lock has removed it
                os.close(descriptor)
                descriptor = None
    except TimeoutError:
        raise
    except OSError:  # a read-only directory, or a link or the file of another user with that name
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
    """Wait for the lock of a file or directory; return False if it cannot be locked, such as a directory over NFS."""
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
