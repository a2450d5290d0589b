# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_plan_markdown
short_description: Write a plan for Pydantic Logfire as Markdown
version_added: 1.1.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Returns a text for a comment on a pull request or merge request. It has a summary, a table of the
    changes with removals first, a folded difference for each change, and the digest of the plan.
  - Text in the plan is escaped, so that it is not rendered as Markdown or HTML, and mentions nobody.
    Invisible characters are
    shown as escapes. Long names, long lines and long differences are shortened. The text says how many differences are
    not shown whole.
  - There are no secrets in it, since there are none in the result.
options:
  _input:
    description:
      - The result of M(community.logfire.logfire_stack) in diff mode, as C(register) keeps it.
    type: dict
    required: true
seealso:
  - module: community.logfire.logfire_stack
  - plugin: community.logfire.logfire_plan_digest
    plugin_type: filter
  - plugin: community.logfire.logfire_plan_difference
    plugin_type: filter
"""

EXAMPLES = r"""
---
- name: Plan
  community.logfire.logfire_stack:
    projects:
      - name: shop
        description: The web shop
  check_mode: true
  diff: true
  register: plan

- name: Show the plan
  ansible.builtin.debug:
    msg: "{{ plan | community.logfire.logfire_plan_markdown }}"
"""

RETURN = r"""
---
_value:
  description: The plan as Markdown.
  type: str
"""

from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.community.logfire.plugins.plugin_utils._plan_markdown import to_markdown


def plan_markdown(result: Any) -> str:
    try:
        return to_markdown(result)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise AnsibleFilterError("logfire_plan_markdown: is not a result of logfire_stack in diff mode") from None


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"logfire_plan_markdown": plan_markdown}
