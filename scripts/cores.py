# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which ansible-core supports which Pythons, and which of them this machine can run.

As a program, it prints the cores for the matrix of a CI, as JSON.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass

from workplace import search_path


def _pythons(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"3.{minor}" for minor in range(first, last + 1))


@dataclass(frozen=True)
class Core:
    """A release series of ansible-core, the Pythons of its controllers, and those of its targets."""

    version: str
    controllers: tuple[str, ...]
    targets: tuple[str, ...]
    #: The requirement for pip, if it is not a release.
    package: str = ""
    #: Sanity tests that are not available for it.
    skipped_sanity: tuple[str, ...] = ()

    @property
    def released(self) -> bool:
        return not self.package

    @property
    def requirement(self) -> str:
        return self.package or f"ansible-core ~= {self.version}.0"

    def usable(self, pythons: Iterable[str]) -> bool:
        return bool(set(self.controllers) & set(pythons))


CORES = (
    Core("2.16", _pythons(10, 12), _pythons(9, 12)),
    Core("2.17", _pythons(10, 12), _pythons(9, 12)),
    Core("2.18", _pythons(11, 13), _pythons(9, 13)),
    Core("2.19", _pythons(11, 13), _pythons(9, 13)),
    Core("2.20", _pythons(12, 14), _pythons(9, 14)),
    Core("2.21", _pythons(12, 14), _pythons(9, 14)),
    # A release candidate, for which the pinned requirements of pylint cannot be installed.
    Core("2.22", _pythons(13, 15), _pythons(9, 15), "ansible-core ~= 2.22.0rc1", ("pylint",)),
)

#: The Python of the functional tests that urllib3 1.25 supports, too.
OLDEST_REQUESTS_PYTHON = "3.11"


@functools.cache
def found_pythons() -> tuple[str, ...]:
    """Return the Pythons in the table that exist on this machine, oldest first."""
    known = sorted({python for core in CORES for python in core.targets}, key=_number)
    return tuple(python for python in known if interpreter(python))


def interpreter(python: str) -> str | None:
    """Return the path of a Python, such as 3.12, that works and can create virtual environments, or None."""
    path = shutil.which(f"python{python}", path=search_path())
    probe = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"
    if path is None:
        return None
    answer = subprocess.run([path, "-c", probe], capture_output=True, text=True, check=False)
    return path if answer.stdout.strip() == python else None


def usable_cores() -> list[Core]:
    """Return the cores for which a Python of their controllers was found, oldest first."""
    return [core for core in CORES if core.usable(found_pythons())]


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


if __name__ == "__main__":
    print(json.dumps([{"core": core.version, "pythons": "\n".join(core.targets)} for core in CORES]))
