# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copy the working tree to .build/ansible_collections/community/logfire, where Ansible's tools can use it.

They require a collection at such a path, inside of a git repository. With the copy, the repository itself can be cloned
to any path.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from workplace import BUILD, ROOT


def lay_out(folder: Path = BUILD) -> Path:
    """Update the copy in a folder from the working tree; return its path."""
    copy = folder / "ansible_collections/community/logfire"
    copy.mkdir(parents=True, exist_ok=True)
    if not (copy / ".git").is_dir():
        subprocess.run(["git", "init", "--quiet", "--initial-branch=main", copy], check=True)
    wanted = _files(ROOT)
    for path in _files(copy) - wanted:
        (copy / path).unlink()
        _remove_empty_folders((copy / path).parent)
    for path in wanted:
        _copy(ROOT / path, copy / path)
    # Tools list the files of this repository.
    subprocess.run(["git", "add", "--all"], cwd=copy, check=True)
    return copy


def _files(repository: Path) -> set[str]:
    """Return the files that are tracked or untracked, without those that git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True).stdout.split("\0")
    return {name for name in names if name and (repository / name).is_file()}


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        old, new = target.stat(), source.stat()
        if (old.st_mtime_ns, old.st_size, old.st_mode) == (new.st_mtime_ns, new.st_size, new.st_mode):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _remove_empty_folders(folder: Path) -> None:
    shutil.rmtree(folder / "__pycache__", ignore_errors=True)
    while not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


if __name__ == "__main__":
    print(lay_out())
