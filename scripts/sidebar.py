# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups and short names in the sidebar of the documentation site."""

from __future__ import annotations

import re

HEADING = re.compile(r"([^\n]+)\n([-~])\2+")
PLUGIN = re.compile(r"^( +)((\w+)_(?:module|filter|lookup|role))$", re.MULTILINE)


def grouped(index: str) -> str:
    """Return the index page with the heading of each list as its caption, and plugins by their short names.

    C(index) is the page that antsibull-docs writes, which has neither. The sidebar shows the captions.
    """
    heading, blocks = "", []
    for block in re.split(r"\n{2,}", index):
        if found := HEADING.fullmatch(block):
            heading = re.sub(r"(\w+) Index$", r"\1s", found[1])
        elif block.startswith(".. toctree::"):
            block += f"\n    :caption: {heading}" if heading else ""
        blocks.append(PLUGIN.sub(r"\1\3 <\2>", block))
    return "\n\n".join(blocks)
