# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guides in Markdown are those of the site, and each link in what code hosts show leads somewhere."""

import re
import sys
from pathlib import Path

import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.body import CodeBlock

from playbooks import COLLECTION

sys.path.append(str(COLLECTION / "scripts"))

import guide_copies
from doctree_markdown import markdown, slug

PAGES = [
    path
    for pattern in ("*.md", "docs/**/*.md", "roles/*/README.md", "tests/emulator/README.md")
    for path in sorted(COLLECTION.glob(pattern))
]


def test_they_are_up_to_date() -> None:
    written = {path.name: path.read_text() for path in guide_copies.GUIDES.glob("*.md")}
    assert written == guide_copies.guides(), "make guides writes them anew"


def anchors(page: Path) -> set[str]:
    return {slug(title) for title in re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(COLLECTION).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _hash, anchor = target.partition("#")
        if not path.startswith("http"):
            found = (page.parent / path).resolve() if path else page
            assert found.exists(), target
            assert not anchor or anchor in anchors(found), target


#: What is written in reStructuredText, and in Markdown.
TEXTS = {
    "a *b* **c** ``d | e``": "a *b* **c** `d | e`",
    "1 < 2 * 3, \\*, a_b, \\_c": r"1 \< 2 \* 3, \*, a_b, \_c",
    "a\n\\- b": "a\n\\- b",
    ".. code:: yaml\n\n   a: 1\n\n   b: 2": "```yaml\na: 1\n\nb: 2\n```",
    "- a\n- b\n\n  - c": "- a\n\n- b\n\n  - c",
    "1. a\n2. b": "1. a\n2. b",
    "a\n  b\n\nc\n  d": "- **a**: b\n- **c**: d",
    ".. note:: a\n\n   b": "> [!NOTE]\n> a\n> \n> b",
    ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - ``c|d``\n     - - e\n       - f": (
        "| a | b |\n| --- | --- |\n| `c\\|d` | e<br>f |"
    ),
    "`a <https://example.com>`__": "[a](https://example.com)",
    "A's b\n-----\n\n`A's b`_": "# A's b\n\n[A's b](#as-b)",
}


@pytest.mark.parametrize(("source", "wanted"), TEXTS.items())
def test_markdown(source: str, wanted: str) -> None:
    directives.register_directive("code", CodeBlock)  # other tests load a library that has registered its own
    settings = {"syntax_highlight": "none", "doctitle_xform": False}
    assert markdown(publish_doctree(source, settings_overrides=settings)) == f"{wanted}\n"


def test_what_is_not_known_is_an_error() -> None:
    with pytest.raises(ValueError, match="image is not known"):
        markdown(publish_doctree(".. image:: a.svg"))
