# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guides quote and name exists: parts of the examples, files, and options and results of the modules."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from module_docs import MODULES, PREFIX

from playbooks import COLLECTION

GUIDES = {path.stem: path.read_text() for path in sorted((COLLECTION / "docs/docsite/rst").glob("*.rst"))}
QUOTE = re.compile(
    r"^(?P<indent> *)\.\. code-block:: \S+\n"
    r"(?P=indent)   :caption: (?P<path>\S+)\n\n"
    r"(?P<text>(?:(?P=indent)   .*\n|\n)+)",
    re.MULTILINE,
)


def quotes(guide: str) -> Iterator[tuple[Path, list[str]]]:
    """The blocks of a guide that have a file as their caption: the file, and the lines."""
    for quote in QUOTE.finditer(GUIDES[guide]):
        yield COLLECTION / quote["path"], textwrap.dedent(quote["text"]).strip("\n").splitlines()


def is_part(lines: list[str], of: list[str]) -> bool:
    """Whether the lines stand in a file, one after the other, with more or less space before all of them."""
    starts = range(len(of) - len(lines) + 1)
    return any(textwrap.dedent("\n".join(of[start : start + len(lines)])).splitlines() == lines for start in starts)


@pytest.mark.parametrize("guide", GUIDES)
def test_quotes_are_parts_of_their_files(guide: str) -> None:
    captions = GUIDES[guide].count(":caption:")
    found = list(quotes(guide))
    assert len(found) == captions
    for path, lines in found:
        assert is_part(lines, path.read_text().splitlines()), f"{path.name} has no such part:\n" + "\n".join(lines)


@pytest.mark.parametrize("guide", GUIDES)
def test_files_exist(guide: str) -> None:
    for path in re.findall(r"``(?:community/logfire/)?((?:examples|tests|roles)/[\w./-]+)``", GUIDES[guide]):
        assert (COLLECTION / path).exists(), path


def test_every_guide_is_listed() -> None:
    extra = yaml.safe_load((COLLECTION / "docs/docsite/extra-docs.yml").read_text())
    listed = [name for section in extra["sections"] for name in section["toctree"]]
    assert sorted(listed) == sorted(GUIDES)
    for name in listed:
        assert f".. _ansible_collections.community.logfire.docsite.{name}:\n" in GUIDES[name]


@pytest.mark.parametrize("guide", GUIDES)
def test_options_and_results_exist(guide: str) -> None:
    """What is written as an option or a result of ours is one."""
    references = r":(ansopt|ansretval):`community\.logfire\.(\w+)#(module|role):(?:main:)?([^`=]+)"
    for kind, plugin, plugin_type, name in re.findall(references, GUIDES[guide]):
        if plugin_type == "role":
            specs = yaml.safe_load((COLLECTION / f"roles/{plugin}/meta/argument_specs.yml").read_text())
            documented, inner = specs["argument_specs"]["main"]["options"], "options"
        elif kind == "ansopt":
            documented, inner = MODULES[plugin].options, "suboptions"
        else:
            documented, inner = MODULES[plugin].returns, "contains"
        assert exists(documented, name.replace("[]", ""), inner), f"{PREFIX}{plugin} has no {name}"


def exists(documented: dict[str, Any], name: str, inner: str) -> bool:
    """Whether an option or a result is documented; the parts of its name have dots in between."""
    first, _dot, rest = name.partition(".")
    return first in documented and (not rest or exists(documented[first].get(inner, {}), rest, inner))
