# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The linter of the language: it finds prose in each kind of file, and what the style avoids in it, but not in code."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from playbooks import COLLECTION

BAD = "Make sure of the project"


def load() -> Any:
    """The script, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("prose", COLLECTION / "scripts/prose.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["prose"] = module
    spec.loader.exec_module(module)
    return module


prose = load()


@pytest.mark.parametrize(
    ("reader", "text", "lines"),
    [
        ("markdown", f"# Title\n\n{BAD}\n\n```shell\n{BAD}\n```\n`{BAD}`\n", [3]),
        ("markdown", "Always make sure\nof the project.\n", [1]),
        ("restructured", f".. code-block:: yaml\n\n  - name: {BAD}\n    description: {BAD}\n", [3]),
        ("markdown", "make sure\n\nof the project\n", []),
        ("restructured", f"{BAD}\n\n.. code-block:: text\n\n  {BAD}\n\n``{BAD}``\n\n{BAD}\n", [1, 9]),
        ("documented", f"description:\n  - Fine.\n  - {BAD}. See C({BAD}).\nsample: {BAD}\n", [3]),
        ("documented", f"- name: {BAD}\n  ansible.builtin.debug:\n    msg: >-\n      Fine.\n      {BAD}\n", [1, 5]),
        ("python", f'DOCUMENTATION = r"""\n---\ndescription: {BAD}\n"""\n', [3]),
        ("python", f'raise Error(f"{{name}}: make sure "\n            f"of {{that}}")  # {BAD}\n', [1, 2]),
        ("python", 'make_sure_of = {"known are": names}\n', [1]),
    ],
)
def test_what_is_found(reader: str, text: str, lines: list[int]) -> None:
    found = prose.check("file", getattr(prose, reader)(text), prose.style)
    assert [finding.line for finding in found] == lines


def test_a_rule_that_does_not_find_its_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    style = tmp_path / "prose-style.yml"
    style.write_text(
        "everywhere: [{avoid: known are, use: 'Say: existing.', example: it is known}]\ndocumentation: []\n"
    )
    monkeypatch.setattr(prose, "STYLE", style)
    prose.rules.cache_clear()
    with pytest.raises(ValueError, match="known are"):
        prose.rules()
    prose.rules.cache_clear()


def test_the_texts_of_the_collection_are_found() -> None:
    """None of the patterns is of files that have moved; those of playbooks and fragments may be without any."""
    optional = {"playbooks/*.yml", "changelogs/fragments/*.yml"}
    assert {pattern for pattern in prose.TEXTS if not list(COLLECTION.glob(pattern))} <= optional
