# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prepares what ansible-test requires."""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path

from workplace import ROOT


def provide_get_pip(bin_folder: Path) -> None:
    """If the script with which ansible-test installs pip cannot be downloaded, put ours where it looks first."""
    package = next(bin_folder.parent.glob("lib/python*/site-packages/ansible_test"))
    versions = re.findall(r"\bpip='([\d.]+)'", (package / "_internal/python_requirements.py").read_text())
    url = re.search(r"\burl = '(\S+)' % pip_version", (package / "_util/target/setup/requirements.py").read_text())
    for version in set(versions):
        cached = Path.home() / f".ansible/test/cache/get_pip_{version.replace('.', '_')}.py"
        if cached.exists() or url is None or _can_be_downloaded(url.group(1) % version):
            continue
        cached.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "scripts/get_pip.py", cached)


def _can_be_downloaded(url: str) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=10):
            return True
    except (OSError, urllib.error.URLError):
        return False
