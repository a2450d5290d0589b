# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replaces files atomically by temporary ones in the same directory. C(directory) is a descriptor.

The functions raise OSError.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TEMPORARY = ".logfire-token-"  # prefix of the names of temporary files


@contextmanager
def temporary(directory: int) -> Iterator[tuple[int, str]]:
    """Yield the descriptor and the name of a new temporary file that only the current user can read."""
    name = TEMPORARY + secrets.token_hex(8)
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=directory)
    try:
        yield descriptor, name
    finally:
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(name, dir_fd=directory)


def write_whole(descriptor: int, text: bytes) -> None:
    """Replace the content of a file by C(text), so that an interruption never leaves an incomplete secret."""
    written = 0
    while written < len(text):
        written += os.pwrite(descriptor, text[written:], written)
    os.ftruncate(descriptor, len(text))
    os.fsync(descriptor)


def put_in_place(directory: int, name: str, target: str) -> None:
    """Rename the file C(name) to C(target)."""
    os.rename(name, target, src_dir_fd=directory, dst_dir_fd=directory)
    with suppress(OSError):  # some file systems do not support this
        os.fsync(directory)  # a power failure must not restore the old file


def remove_leftovers(directory: int) -> None:
    """Remove the temporary files of runs that were killed. The caller holds the lock, so no other run uses them."""
    for name in os.listdir(directory):
        if name.startswith(TEMPORARY):
            with suppress(OSError):
                os.unlink(name, dir_fd=directory)
