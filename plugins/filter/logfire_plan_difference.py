# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_plan_difference
short_description: Compare two plans for Pydantic Logfire
version_added: 1.1.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Returns the lines in which a plan differs from an approved plan.
  - Two different plans can look the same. In this case, one of them sends a secret that the other does not send,
    changes a different object with the same name, or differs in a part that is not shown.
positional: approved
options:
  _input:
    description:
      - The registered result of M(community.logfire.logfire_stack) in diff mode.
    type: dict
    required: true
  approved:
    description:
      - The approved plan, as returned by the filter P(community.logfire.logfire_plan_markdown#filter).
    type: str
    required: true
seealso:
  - module: community.logfire.logfire_stack
  - plugin: community.logfire.logfire_plan_markdown
    plugin_type: filter
  - plugin: community.logfire.logfire_plan_digest
    plugin_type: filter
"""

EXAMPLES = r"""
---
- name: Apply the approved plan
  community.logfire.logfire_stack:
    projects:
      - name: shop
        description: The web shop
    expected_plan: "{{ approved | community.logfire.logfire_plan_digest }}"
  vars:
    approved: "{{ lookup('ansible.builtin.file', 'plan.md') }}"
  diff: true
  register: result
  ignore_errors: true

- name: Show how the plan differs from the approved plan
  ansible.builtin.debug:
    msg: "{{ result | community.logfire.logfire_plan_difference(lookup('ansible.builtin.file', 'plan.md')) }}"
  when: result is failed
"""

RETURN = r"""
---
_value:
  description: The lines, marked as in a patch. Lines that begin with C(-) are only in the approved plan.
  type: list
  elements: str
"""

from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.community.logfire.plugins.plugin_utils._plan_markdown import difference


def plan_difference(result: Any, approved: Any) -> list[str]:
    try:
        return difference(str(approved), result)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise AnsibleFilterError("logfire_plan_difference: is not a result of logfire_stack in diff mode") from None


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"logfire_plan_difference": plan_difference}
