# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Converts a document of docutils to Markdown, as code hosts render it. Only the elements of the guides work."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from docutils import nodes

LEFT_OUT = (nodes.comment, nodes.target, nodes.substitution_definition)


def markdown(document: nodes.document) -> str:
    """Return a document as Markdown. Raises ValueError for an element that is not supported here."""
    return _blocks(document, 0) + "\n"


def _blocks(node: nodes.Node, level: int) -> str:
    """Return the blocks in a node."""
    return "\n\n".join(_block(child, level) for child in node.children if not isinstance(child, LEFT_OUT))


def _block(node: nodes.Node, level: int) -> str:
    if isinstance(node, nodes.section):
        return _blocks(node, level + 1)
    if isinstance(node, nodes.title):
        return f"{'#' * level} {_inline(node)}"
    if isinstance(node, (nodes.paragraph, nodes.term)):
        return re.sub(r"^([-+#>]|\d+\.)(?=\s)", r"\\\1", _inline(node), flags=re.MULTILINE)
    if isinstance(node, nodes.literal_block):
        (language,) = [name for name in node["classes"] if name != "code"] or [""]
        return f"```{language}\n{node.astext()}\n```"
    if isinstance(node, nodes.bullet_list):
        return _items(node, lambda number: "- ", level)
    if isinstance(node, nodes.enumerated_list):
        return _items(node, lambda number: f"{number}. ", level)
    if isinstance(node, nodes.definition_list):
        # Markdown has no such element.
        return "\n".join(
            f"- **{_inline(item.children[0])}**: {_indented(_blocks(item.children[1], level), 2)}"
            for item in node.children
        )
    if isinstance(node, nodes.note):
        return "> [!NOTE]\n" + textwrap.indent(_blocks(node, level), "> ", lambda line: True)
    if isinstance(node, nodes.table):
        return _table(node)
    raise ValueError(f"{node.source}:{node.line}: {type(node).__name__} is not known to scripts/doctree_markdown.py")


def _items(node: nodes.Element, marker: Callable[[int], str], level: int) -> str:
    markers = [marker(number) for number in range(1, len(node.children) + 1)]
    items = [_indented(_blocks(item, level), len(mark)) for mark, item in zip(markers, node.children, strict=True)]
    between = "\n\n" if any("\n\n" in item for item in items) else "\n"
    return between.join(mark + item for mark, item in zip(markers, items, strict=True))


def _indented(text: str, width: int) -> str:
    return textwrap.indent(text, " " * width).lstrip()


def _table(node: nodes.table) -> str:
    rows = [[" ".join(_cell(entry).split()) for entry in row.children] for row in node.findall(nodes.row)]
    heads = len(list(next(iter(node.findall(nodes.thead)), nodes.thead()).children))
    if heads != 1:  # Markdown has no table without a head
        rows.insert(0, [""] * len(rows[0]))
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _cell(entry: nodes.Node) -> str:
    if isinstance(entry, (nodes.bullet_list, nodes.enumerated_list, nodes.list_item, nodes.entry)):
        return "<br>".join(_cell(child) for child in entry.children)
    if isinstance(entry, nodes.paragraph):
        return _inline(entry).replace("|", r"\|")
    raise ValueError(f"{type(entry).__name__} in a table is not known to scripts/doctree_markdown.py")


def _inline(node: nodes.Node) -> str:
    return "".join(_words(child) for child in node.children)


def _words(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return re.sub(r"([\\`*<]|(?<!\w)_|_(?!\w))", r"\\\1", node.astext())
    if isinstance(node, nodes.literal):
        text = " ".join(node.astext().split())
        return f"`` {text} ``" if "`" in text else f"`{text}`"
    if isinstance(node, nodes.strong):
        return f"**{_inline(node)}**"
    if isinstance(node, nodes.emphasis):
        return f"*{_inline(node)}*"
    if isinstance(node, nodes.reference):
        return f"[{_inline(node)}]({node.get('refuri') or _anchor(node)})"
    if isinstance(node, nodes.target):
        return ""
    raise ValueError(f"{type(node).__name__} is not known to scripts/doctree_markdown.py")


def _anchor(node: nodes.reference) -> str:
    """Return the link to a section of the same document."""
    assert node.document is not None
    title = node.document.ids[node["refid"]].children[0]
    return f"#{slug(title.astext())}"


def slug(title: str) -> str:
    """Return the anchor of a heading, as code hosts generate it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
