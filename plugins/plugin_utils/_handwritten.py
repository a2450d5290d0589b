# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Handwritten parts of YAML files, and how they are kept when a file is rewritten: pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

_HEAD = re.compile(r"(?:(?:---|[ \t]*(?:#.*)?)\n)*")
_START = "---\n"


def keep_head(text: str, old: str) -> str:
    """Return the new text of a file below the leading comments of the old one, such as a license or schema."""
    head = _head(old)
    if "#" not in head or not text.startswith(_START):
        return text
    return head + (text[len(_START) :] if re.search("^---$", head, re.MULTILINE) else text)


def lost_parts(old: str) -> list[str]:
    """Return which handwritten parts a rewrite would lose: comments, templates, or files of queries."""
    body = old[len(_head(old)) :]
    try:
        found = set(_parts(body))
    except yaml.YAMLError:
        return []
    return [part for part in ("comments", "templates", "files of queries") if part in found]


def _head(text: str) -> str:
    match = _HEAD.match(text)
    return match[0] if match else ""


def _parts(body: str) -> Iterator[str]:
    end, is_unsafe = 0, False
    for token in yaml.scan(body, Loader=yaml.SafeLoader):
        if "#" in body[end : token.start_mark.index]:
            yield "comments"  # only comments can be between two tokens
        if isinstance(token, yaml.ScalarToken):
            if not is_unsafe and re.search(r"\{[{%]", token.value):
                yield "templates"
            if token.plain and token.value.endswith("query_file"):
                yield "files of queries"
        is_unsafe = isinstance(token, yaml.TagToken) and token.value == ("!", "unsafe")
        end = token.end_mark.index
