# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the texts for contributors name is there."""

import re
from pathlib import Path

import pytest

from playbooks import COLLECTION

TEXTS = ("README.md", "CONTRIBUTING.md")
MAKEFILE = (COLLECTION / "Makefile").read_text()


@pytest.mark.parametrize("name", TEXTS)
def test_the_targets_of_make(name: str) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (COLLECTION / name).read_text(), re.MULTILINE))
    assert named
    assert named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("name", TEXTS)
def test_files(name: str) -> None:
    """Those with a folder; those of a kind to add are yet to come."""
    folders = "|".join(path.name for path in COLLECTION.iterdir() if path.is_dir() and path.name[0] != ".")
    named = re.findall(rf"[`(]((?:{folders})/[\w/.-]+)", (COLLECTION / name).read_text())
    assert named
    assert [path for path in named if "KIND" not in path and not (COLLECTION / path).exists()] == []


@pytest.mark.parametrize(
    "path", sorted((COLLECTION / "changelogs/fragments").glob("*.yml")), ids=lambda path: path.stem
)
def test_fragments_are_restructured_text(path: Path) -> None:
    """The marks of module documentation would be shown as they are."""
    assert re.findall(r"\b[A-Z]+\([^)]*\)", path.read_text()) == []
