# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the documentation site: the guides, and a page for each module, plugin and role. A warning is an error."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

from layout import lay_out
from sidebar import grouped
from workplace import BUILD, ROOT, environment, venv

SITE = BUILD / "docs"
SETTINGS = ROOT / "scripts/docsite"

# Labels in Ansible's documentation to which our pages refer, and their pages. Sphinx would download a list of all
# labels, which fails without a network. A label that is missing here is a warning, and so an error.
ANSIBLES_OWN = {
    "action_plugins": "plugins/action.html",
    "ansible_collections.ansible.builtin.file_module": "collections/ansible/builtin/file_module.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
}


def main() -> int:
    bin_folder = venv("docs")
    lay_out()
    sources = SITE / "rst"
    sources.mkdir(parents=True, exist_ok=True)
    sources.chmod(0o755)  # antsibull-docs refuses folders to which others can write
    inventory = SITE / "ansible.inv"
    write_inventory(inventory)
    env = environment(bin_folder, BUILD, LOGFIRE_DOCS_INVENTORY=str(inventory))
    pages = ["antsibull-docs", "--config-file", SETTINGS / "antsibull-docs.cfg", "collection", "community.logfire"]
    pages += ["--use-current", "--squash-hierarchy", "--fail-on-error", "--cleanup", "everything"]
    pages += ["--dest-dir", sources]
    site = ["sphinx-build", "-M", "html", sources, SITE, "-c", SETTINGS, "-q", "-E", "-W", "--keep-going"]
    for command in (pages, site):
        if command is site:
            index = sources / "index.rst"
            index.write_text(grouped(index.read_text()))
        done = subprocess.run([str(word) for word in command], env=env, check=False)
        if done.returncode:
            return done.returncode
    print((SITE / "html/index.html").relative_to(ROOT))
    return 0


def write_inventory(path: Path) -> None:
    """Write an inventory as Sphinx publishes it with a site: labels and their targets."""
    lines = [
        f"{label} std:label -1 {page}#{label.replace('_', '-').replace('.', '-')} -"
        for label, page in ANSIBLES_OWN.items()
    ]
    head = "# Sphinx inventory version 2\n# Project: Ansible\n# Version: latest\n# The rest is compressed using zlib.\n"
    path.write_bytes(head.encode() + zlib.compress("\n".join([*lines, ""]).encode()))


if __name__ == "__main__":
    sys.exit(main())
