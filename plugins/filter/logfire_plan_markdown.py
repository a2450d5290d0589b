# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_plan_markdown
short_description: Format a plan for Pydantic Logfire as Markdown
version_added: 1.1.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Returns Markdown text for a comment on a pull request or merge request. The text contains a summary, a table of the
    changes with deletions first, a collapsed diff for each change, and the digest of the plan.
  - Values in the plan are escaped, so that they are not rendered as Markdown or HTML, and do not mention users.
    Invisible characters are shown as escape sequences. Long names, lines and diffs are shortened. The text contains the
    number of diffs that are not shown completely.
  - The text contains no secrets, because the result contains none.
options:
  _input:
    description:
      - The registered result of M(community.logfire.logfire_stack) in diff mode.
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
- name: Plan the changes
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
