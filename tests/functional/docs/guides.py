# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is in the guides: their code blocks and their tables. The examples of roles are code blocks too."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from antsibull_docutils.rst_code_finder import find_code_blocks

from playbooks import COLLECTION

GUIDES = {path.stem: path for path in sorted((COLLECTION / "docs/docsite/rst").glob("*.rst"))}


class _Loader(yaml.SafeLoader):
    """YAML with the tags of Ansible, which stay out of the way."""


_Loader.add_constructor("!vault", lambda loader, node: loader.construct_scalar(node))
_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


@dataclass
class Block:
    """A code block, and where it is. One with a ``caption`` quotes the file of that name.

    ``file`` is what it is to be saved as, which a comment on its first line says.
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
        """What the YAML in it says."""
        return yaml.load(self.text, _Loader)

    @property
    def plays(self) -> list[dict[str, Any]]:
        """The plays: those in it, or one with the tasks in it; none when it is something else, or a quotation."""
        content = self.content if self.language == "yaml" and not self.caption else None
        if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
            return []
        if any("hosts" in item for item in content):
            return content if all(item.keys() & {"tasks", "roles"} for item in content) else []
        return [{"hosts": "localhost", "gather_facts": False, "tasks": content}]

    @property
    def commands(self) -> list[str]:
        """The commands on a console."""
        lines = self.text.replace("\\\n", " ").splitlines() if self.language == "console" else []
        return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@cache
def blocks(guide: str) -> list[Block]:
    """The code blocks of a guide, from top to bottom."""
    text = GUIDES[guide].read_text()
    found = find_code_blocks(text, path=GUIDES[guide], root_prefix=GUIDES[guide].parent)
    return [
        Block(guide, block.row_offset, block.language or "", block.content, _caption(text, block.row_offset))
        for block in found
    ]


def _caption(text: str, row: int) -> str:
    """The caption of the block whose content begins in a row."""
    directive = "\n".join(text.splitlines()[:row]).rpartition(".. code-block::")[2]
    caption = re.search(r":caption: (\S+)", directive)
    return caption[1] if caption else ""


def role_example(role: str) -> Block:
    """The example on the page of a role."""
    specs = yaml.safe_load((COLLECTION / f"roles/{role}/meta/argument_specs.yml").read_text())["argument_specs"]
    return Block(f"{role} role", 0, "yaml", specs["main"]["examples"])


def table(guide: str, first: str) -> list[list[str]]:
    """The rows, without markup, of the list-table whose first head is ``first``; an empty first cell repeats."""
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
