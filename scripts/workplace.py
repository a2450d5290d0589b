# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Paths, virtual environments, and the environment variables for the tools."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"

# The requirements file of each environment; see venv().
REQUIREMENTS = {
    "demo": ROOT / "scripts/demo-requirements.txt",
    "emulator": ROOT / "scripts/emulator-requirements.txt",
    "docs": ROOT / "scripts/docs-requirements.txt",
    "nox": ROOT / "scripts/nox-requirements.txt",
    "bench": ROOT / "benchmarks/requirements.txt",
}


def venv(name: str) -> Path:
    """Return the bin folder of a virtual environment, which is recreated if its requirements or the Python changed."""
    folder = BUILD / f"venv-{name}"
    stamp = folder / "made-from"
    wanted = f"{sys.version}\n{folder}\n{_fingerprint(REQUIREMENTS[name])}\n"
    if not stamp.is_file() or stamp.read_text() != wanted:
        print(f"Making {folder.relative_to(ROOT)} (once)", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [folder / "bin/python", "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*map(str, pip), "install", "-r", str(REQUIREMENTS[name])], check=True)
        stamp.write_text(wanted)
    return folder / "bin"


def environment(bin_folder: Path, collections: Path, **more: str) -> dict[str, str]:
    """Return the caller's environment without Ansible settings, so that only these collections and tools are used."""
    return unsettled_environment() | {
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_CONFIG": str(ROOT / "scripts/ansible.cfg"),
        "ANSIBLE_HOME": str(BUILD / "ansible"),
        "PATH": os.pathsep.join([str(bin_folder), search_path()]),
        "VIRTUAL_ENV": str(bin_folder.parent),
        **more,
    }


def unsettled_environment() -> dict[str, str]:
    """Return the caller's environment without settings of Ansible, Python and make."""
    settings = ("ANSIBLE_", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(settings) and name != "MAKEFLAGS"}


def search_path() -> str:
    """Return the caller's PATH, preceded by the current Python and those behind shims."""
    own = str(Path(sys.base_prefix) / "bin")
    return os.pathsep.join([own, *_real_interpreters(), os.environ.get("PATH", os.defpath)])


def _fingerprint(requirements: Path) -> str:
    text = requirements.read_text()
    digests = [hashlib.sha256(text.encode()).hexdigest()]
    for line in text.splitlines():
        if line.startswith("-r "):
            digests.append(_fingerprint(requirements.parent / line[3:].strip()))
    return "\n".join(digests)


def _real_interpreters() -> list[str]:
    """Return the folders of interpreters behind pyenv's shims: ansible-test would use shims of inactive versions."""
    pyenv = shutil.which("pyenv")
    if pyenv is None:
        return []
    root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=True).stdout.strip()
    return sorted(str(path) for path in Path(root).glob("versions/*/bin"))


if __name__ == "__main__":
    print(venv(sys.argv[1]))
