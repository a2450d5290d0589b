# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that are written beside another and then take its place at once. A C(directory) is a descriptor of one.

The functions raise OSError.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TEMPORARY = ".logfire-token-"  # the beginning of the names of files that have not taken their place yet


@contextmanager
def temporary(directory: int) -> Iterator[tuple[int, str]]:
    """A new file that nobody else can read, to be renamed: its descriptor and its name."""
    name = TEMPORARY + secrets.token_hex(8)
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=directory)
    try:
        yield descriptor, name
    finally:
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(name, dir_fd=directory)


def write_whole(descriptor: int, text: bytes) -> None:
    """Let a file hold that text alone. Never less than a whole secret, should the process be killed on the way."""
    written = 0
    while written < len(text):
        written += os.pwrite(descriptor, text[written:], written)
    os.ftruncate(descriptor, len(text))
    os.fsync(descriptor)


def put_in_place(directory: int, name: str, target: str) -> None:
    """Let the file C(name) take the place of C(target)."""
    os.rename(name, target, src_dir_fd=directory, dst_dir_fd=directory)
    with suppress(OSError):  # some file systems cannot
        os.fsync(directory)  # what is replaced must not come back with a power failure


def remove_leftovers(directory: int) -> None:
    """Remove the temporary files of runs that were killed: nobody who has the lock can have made them."""
    for name in os.listdir(directory):
        if name.startswith(TEMPORARY):
            with suppress(OSError):
                os.unlink(name, dir_fd=directory)
