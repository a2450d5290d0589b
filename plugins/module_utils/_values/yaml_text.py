# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML that all loaders read in the same way."""

from __future__ import annotations

import re
import sys
import traceback
from functools import cache
from typing import Any

YAML_MISSING: str | None = None
try:
    import yaml
except ImportError:
    YAML_MISSING = traceback.format_exc()

# Ansible treats a text as a template if it contains, or begins with, one of these.
_TEMPLATE = re.compile(r"\{[{%#]|\A#jinja2:")
# Text that some loaders parse as a number or boolean. PyYAML itself quotes text for which all of them do.
_AMBIGUOUS = re.compile(r"[-+.0-9][0-9a-fA-FoOxX_.+-]*|[yYnN]")
# Characters that are invalid in a literal block, or line breaks for some loaders.
_NO_BLOCK = re.compile(r"[^\n\t -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]")


def to_yaml(value: Any, templates: bool = True) -> str:
    """Return YAML that every loader reads as C(value).

    With C(templates), for files in which Ansible resolves templates, text that looks like one is tagged C(!unsafe).
    """
    text: str = yaml.dump(
        value,
        Dumper=_dumper(templates),
        allow_unicode=True,
        default_flow_style=False,
        explicit_start=True,
        sort_keys=False,
        width=sys.maxsize,
    )
    return text


@cache
def _dumper(templates: bool) -> type[yaml.SafeDumper]:
    """Return the dumper. The class is defined here, because PyYAML may be missing."""

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            """Indent lists below their key."""
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
            tag = "!unsafe" if templates and _TEMPLATE.search(text) else "tag:yaml.org,2002:str"
            return self.represent_scalar(tag, text, style)

    Dumper.add_representer(str, Dumper.represent_text)
    return Dumper
