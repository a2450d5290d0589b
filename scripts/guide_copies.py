# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write docs/guides: the guides in Markdown, for readers of the repository.

Code hosts show the roles of Sphinx, such as C(:ref:), as they are in the source. In these copies, they are links to
other guides and to the files of modules and roles.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from doctree_markdown import markdown, slug
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.directives.body import CodeBlock
from workplace import ROOT

SOURCES = ROOT / "docs/docsite/rst"
GUIDES = ROOT / "docs/guides"
COLLECTION = "community.logfire."
HEAD = """<!--
Copyright (c) 2026, community.logfire contributors
GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
SPDX-License-Identifier: GPL-3.0-or-later
-->

<!-- Written by `make guides` from docs/docsite/rst/{name}.rst. Do not edit. -->

"""
#: The path of a plugin, by its type, relative to docs/guides.
FILES = {"module": "../../plugins/modules/{}.py", "role": "../../roles/{}/README.md"}
Role = Callable[..., tuple[list[Any], list[Any]]]


def main() -> int:
    GUIDES.mkdir(exist_ok=True)
    wanted = guides()
    for path in GUIDES.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (GUIDES / name).write_text(text)
    return 0


def guides() -> dict[str, str]:
    """Return the text of each guide, by the name of its file. Raises ValueError for unsupported elements."""
    sources = {path.stem: path.read_text() for path in sorted(SOURCES.glob("*.rst"))}
    labels: dict[str, tuple[str, str]] = {}
    for name, source in sources.items():
        for label, title in re.findall(r"^\.\. _(\S+):\n\n([^\n]+)\n[-=*^~]+$", source, re.MULTILINE):
            is_first = f"docsite.{name}" == label[-len(f"docsite.{name}") :]
            labels[label] = (title, f"{name}.md" if is_first else f"{name}.md#{slug(title)}")
    directives.register_directive("code-block", CodeBlock)  # others may have registered their own
    roles.register_local_role("ref", _link(labels))
    roles.register_local_role("ansplugin", _plugin)
    for role in ("ansopt", "ansretval", "ansenvvar"):
        roles.register_local_role(role, _name)
    return {f"{name}.md": _markdown(name, source) for name, source in sources.items()}


def _markdown(name: str, source: str) -> str:
    # A caption is the path of a file in the repository.
    source = re.sub(r"^( *)\.\. code-block:: (\S+)\n +:caption: (\S+)$", _captioned, source, flags=re.MULTILINE)
    source = source.replace(".. code-block:: yaml+jinja", ".. code-block:: yaml")
    settings = {"syntax_highlight": "none", "doctitle_xform": False, "halt_level": 2, "report_level": 2}
    document = publish_doctree(source, source_path=f"{name}.rst", settings_overrides=settings)
    return HEAD.format(name=name) + markdown(document)


def _captioned(found: re.Match[str]) -> str:
    indent, language, path = found.groups()
    return f"{indent}`{path} <../../{path}>`__:\n\n{indent}.. code-block:: {language}"


def _link(labels: dict[str, tuple[str, str]]) -> Role:
    def role(name: str, rawtext: str, text: str, *_more: Any) -> tuple[list[Any], list[Any]]:
        words, label = _titled(text)
        title, target = labels[label]
        return [nodes.reference(rawtext, words or title, refuri=target)], []

    return role


def _titled(text: str) -> tuple[str, str]:
    """The words of a link, which may be empty, and its target."""
    found = re.fullmatch(r"(.*)<(\S+)>", text, re.DOTALL)
    return (" ".join(found[1].split()), found[2]) if found else ("", text)


def _plugin(name: str, rawtext: str, text: str, *_more: Any) -> tuple[list[Any], list[Any]]:
    words, target = _titled(text)
    plugin, kind = target.split("#")
    shown = nodes.literal(rawtext, words or plugin)
    path = FILES.get(kind, f"../../plugins/{kind}/{{}}.py")
    if not plugin.startswith(COLLECTION):
        return [shown], []
    return [nodes.reference(rawtext, "", shown, refuri=path.format(plugin[len(COLLECTION) :]))], []


def _name(name: str, rawtext: str, text: str, *_more: Any) -> tuple[list[Any], list[Any]]:
    """Return an option, result or variable without its plugin, which the surrounding text mentions."""
    return [nodes.literal(rawtext, re.sub(r"^[^#]*#[^:]*:(?:main:)?", "", text))], []


if __name__ == "__main__":
    sys.exit(main())
