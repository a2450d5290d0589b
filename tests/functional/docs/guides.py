# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Code blocks and tables of the guides. The examples of roles are also code blocks."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from antsibull_docutils.rst_code_finder import find_code_blocks

from playbooks import COLLECTION

GUIDES = {path.stem: path for path in sorted((COLLECTION / "docs/docsite/rst").glob("*.rst"))}


class _Loader(yaml.SafeLoader):
    """Loads YAML and ignores the tags of Ansible."""


_Loader.add_constructor("!vault", lambda loader, node: loader.construct_scalar(node))
_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


@dataclass
class Block:
    """A code block and its position. One with a ``caption`` quotes the file of that name.

    ``file`` is the name under which to save it, from a comment on its first line.
    """

    guide: str
    line: int
    language: str
    text: str
    caption: str = ""

    def __str__(self) -> str:
        return f"{self.guide}.rst:{self.line}" if self.line else self.guide

    @property
    def file(self) -> str | None:
        found = re.match(r"(?:#|--) (\S+\.(?:ya?ml|sql))\b", self.text)
        return found and found[1]

    @property
    def content(self) -> Any:
        """Return the content of its YAML."""
        return yaml.load(self.text, _Loader)

    @property
    def plays(self) -> list[dict[str, Any]]:
        """Return its plays, or a play with its tasks. A quotation or anything else has none."""
        content = self.content if self.language == "yaml" and not self.caption else None
        if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
            return []
        if any("hosts" in item for item in content):
            return content if all(item.keys() & {"tasks", "roles"} for item in content) else []
        return [{"hosts": "localhost", "gather_facts": False, "tasks": content}]

    @property
    def commands(self) -> list[str]:
        """Return the commands in a console."""
        lines = self.text.replace("\\\n", " ").splitlines() if self.language == "console" else []
        return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@cache
def blocks(guide: str) -> list[Block]:
    """Return the code blocks of a guide, from top to bottom."""
    text = GUIDES[guide].read_text()
    found = find_code_blocks(text, path=GUIDES[guide], root_prefix=GUIDES[guide].parent)
    return [
        Block(guide, block.row_offset, block.language or "", block.content, _caption(text, block.row_offset))
        for block in found
    ]


def _caption(text: str, row: int) -> str:
    """Return the caption of the block whose content begins in a row."""
    directive = "\n".join(text.splitlines()[:row]).rpartition(".. code-block::")[2]
    caption = re.search(r":caption: (\S+)", directive)
    return caption[1] if caption else ""


def role_example(role: str) -> Block:
    """Return the example on the page of a role."""
    specs = yaml.safe_load((COLLECTION / f"roles/{role}/meta/argument_specs.yml").read_text())["argument_specs"]
    return Block(f"{role} role", 0, "yaml", specs["main"]["examples"])


def table(guide: str, first: str) -> list[list[str]]:
    """Return the rows, without markup, of the list-table with the first header ``first``. Fills empty first cells."""
    text = GUIDES[guide].read_text()
    rows: list[list[str]] = []
    inside = False
    for line in text.splitlines():
        if match := re.match(r"   \* - ?(.*)", line):
            cells = [match[1]]
            inside = match[1] == first or inside
            if inside:
                rows.append(cells)
        elif inside and (match := re.match(r"     - ?(.*)", line)):
            rows[-1].append(match[1])
        elif inside and (match := re.match(r"       (\S.*)", line)):
            rows[-1][-1] += f" {match[1]}"
        elif line and not line.startswith(" "):
            inside = False
    plain = [[cell.replace("`", "") for cell in row] for row in rows[1:]]
    for before, row in zip(plain, plain[1:], strict=False):
        row[0] = row[0] or before[0]
    return plain
