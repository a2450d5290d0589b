# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values as YAML that every loader reads alike."""

from __future__ import annotations

import re
import sys
from typing import Any

import yaml

# Ansible takes a text for a template when one of these is in it, or at its beginning.
_TEMPLATE = re.compile(r"\{[{%#]|\A#jinja2:")
# Text that only some loaders take for a number or a truth value; what all of them would, PyYAML quotes itself.
_AMBIGUOUS = re.compile(r"[-+.0-9][0-9a-fA-FoOxX_.+-]*|[yYnN]")
# What a block of lines cannot hold, or what some loaders read as the end of a line.
_NO_BLOCK = re.compile(r"[^\n\t -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]")


def to_yaml(value: Any, templates: bool = True) -> str:
    """YAML that every loader reads as C(value).

    Where Ansible fills in templates, what looks like one is tagged C(!unsafe).
    """
    text: str = yaml.dump(
        value,
        Dumper=_TemplateDumper if templates else _Dumper,
        allow_unicode=True,
        default_flow_style=False,
        explicit_start=True,
        sort_keys=False,
        width=sys.maxsize,
    )
    return text


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their option."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        style = None
        if _NO_BLOCK.search(text):
            style = '"'
        elif "\n" in text:
            style = "|"
        elif _AMBIGUOUS.fullmatch(text):
            style = "'"
        return self.represent_scalar(self.tag_of(text), text, style)

    def tag_of(self, text: str) -> str:
        return "tag:yaml.org,2002:str"


class _TemplateDumper(_Dumper):
    def tag_of(self, text: str) -> str:
        return "!unsafe" if _TEMPLATE.search(text) else super().tag_of(text)


_Dumper.add_representer(str, _Dumper.represent_text)
_TemplateDumper.add_representer(str, _TemplateDumper.represent_text)
