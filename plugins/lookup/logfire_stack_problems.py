# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_stack_problems
short_description: Check the files of a Pydantic Logfire description without contacting the service
version_added: 1.1.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Reads a directory like P(community.logfire.logfire_stack_files#lookup), and returns all problems that it finds.
  - Sends no requests and requires no API token. The lookup does not check whether referenced objects exist in the
    service.
options:
  _terms:
    description:
      - Paths to the directories. A relative path is relative to the playbook.
    type: list
    elements: path
    required: true
notes:
  - The playbook C(community.logfire.validate) uses this plugin.
  - Secrets are not shown.
seealso:
  - plugin: community.logfire.logfire_stack_files
    plugin_type: lookup
  - module: community.logfire.logfire_stack
"""

EXAMPLES = r"""
---
- name: Check the description in a directory
  vars:
    problems: "{{ query('community.logfire.logfire_stack_problems', 'organization') }}"
  ansible.builtin.assert:
    that: problems | length == 0
    fail_msg: "{{ problems }}"
"""

RETURN = r"""
---
_raw:
  description: The problems, each with the name of the object and the file. Empty if the files are correct.
  type: list
  elements: str
"""

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.community.logfire.plugins.plugin_utils._ansible_reader import AnsibleReader
from ansible_collections.community.logfire.plugins.plugin_utils._files import Reading
from ansible_collections.community.logfire.plugins.plugin_utils._problems import problems_of


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[str]:
        if not all(terms):
            raise AnsibleLookupError("the path of the directory is empty")
        loader: Any = self._loader
        reader = AnsibleReader(loader, self._templar)
        return [problem for term in terms for problem in problems_of(Reading(Path(loader.path_dwim(term)), reader))]
