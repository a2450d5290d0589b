# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_stack_files
short_description: Read the description of an organization of Pydantic Logfire from files
version_added: 1.0.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Reads a directory such as M(community.logfire.logfire_stack_files) writes, and returns the description in it for
    M(community.logfire.logfire_stack).
  - The YAML files may hold templates, C(!unsafe) texts and C(!vault) secrets, like files of variables. Dashboards are
    never taken for templates, so C({{ }}) in a query stays what it is.
options:
  _terms:
    description:
      - The directories. A relative path is taken from where the playbook is.
    type: list
    elements: path
    required: true
notes:
  - A file or folder that is not there describes nothing, and so leaves what there is alone. A project without
    C(project.yml) has the name of its folder.
  - A folder C(dashboards) lists all dashboards of its project, be it empty.
  - The name of a dashboard is the C(metadata.name) of the document.
seealso:
  - module: community.logfire.logfire_stack_files
  - module: community.logfire.logfire_stack
"""

EXAMPLES = r"""
---
- name: Apply a directory
  vars:
    organization: "{{ lookup('community.logfire.logfire_stack_files', 'organization') }}"
  community.logfire.logfire_stack:
    channels: "{{ organization.channels }}"
    projects: "{{ organization.projects }}"
"""

RETURN = r"""
---
_raw:
  description: The descriptions, each with C(channels) and C(projects), as far as the directory has them.
  type: list
  elements: dict
"""

import inspect
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.lookup import LookupBase

from ansible_collections.community.logfire.plugins.plugin_utils._files import FormatError, read

# Since ansible-core 2.19 a file has templates only when the one who loads it says so.
LOADING: dict[str, Any] = (
    {"cache": "none", "trusted_as_template": True}
    if "trusted_as_template" in inspect.signature(DataLoader.load_from_file).parameters
    else {"cache": False}
)


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        loader: Any = self._loader
        templar: Any = self._templar

        def load_yaml(path: Path) -> Any:
            return templar.template(loader.load_from_file(str(path), **LOADING))

        try:
            return [read(Path(loader.path_dwim(term)), load_yaml) for term in terms]
        except OSError as error:
            raise AnsibleError(f"{error.filename}: {error.strerror}") from None
        except FormatError as error:
            raise AnsibleError(str(error)) from None
