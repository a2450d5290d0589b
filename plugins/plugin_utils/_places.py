# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the position of a value in the text of a YAML document."""

from __future__ import annotations

from typing import Any

import yaml

from ansible_collections.community.logfire.plugins.module_utils._values.places import Place


def find_line(text: str, place: Place) -> int:
    """Return the number of the line, from 1, at which a place in a YAML document begins.

    For a place that comes from a merge key, C(<<), it is the line of the dictionary around it.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return 1  # JSON with tabs, which Ansible accepts
    line = 0
    for step in place:
        items: dict[Any, yaml.Node] = {}
        if isinstance(node, yaml.MappingNode):
            items = {key.value: value for key, value in node.value}
        elif isinstance(node, yaml.SequenceNode):
            items = dict(enumerate(node.value))
        if step not in items:
            break
        node = items[step]
        line = node.start_mark.line
    return line + 1
