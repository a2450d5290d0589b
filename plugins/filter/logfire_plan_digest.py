# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_plan_digest
short_description: Extract the digest of a plan for Pydantic Logfire
version_added: 1.1.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Returns the digest from a text that the filter P(community.logfire.logfire_plan_markdown#filter) returned.
  - Only the first line of the text is read, so that no other text is mistaken for the digest.
options:
  _input:
    description:
      - The plan as Markdown.
    type: str
    required: true
seealso:
  - module: community.logfire.logfire_stack
  - plugin: community.logfire.logfire_plan_markdown
    plugin_type: filter
  - plugin: community.logfire.logfire_plan_difference
    plugin_type: filter
"""

EXAMPLES = r"""
---
- name: Apply the approved plan
  community.logfire.logfire_stack:
    projects:
      - name: shop
        description: The web shop
    expected_plan: "{{ lookup('ansible.builtin.file', 'plan.md') | community.logfire.logfire_plan_digest }}"
"""

RETURN = r"""
---
_value:
  description: The digest, for the option O(community.logfire.logfire_stack#module:expected_plan).
  type: str
"""

from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.community.logfire.plugins.plugin_utils._plan_markdown import find_digest


def plan_digest(text: Any) -> str:
    digest = find_digest(str(text))
    if digest is None:
        raise AnsibleFilterError("logfire_plan_digest: does not begin with the digest of a plan")
    return digest


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"logfire_plan_digest": plan_digest}
