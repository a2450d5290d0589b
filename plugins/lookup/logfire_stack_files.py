# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_stack_files
short_description: Read the description of a Pydantic Logfire organization from files
version_added: 1.0.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Reads a directory as written by M(community.logfire.logfire_stack_files), and returns the description for
    M(community.logfire.logfire_stack).
  - Like variable files, the YAML files can contain templates, C(!unsafe) strings and C(!vault) secrets. Dashboards are
    never templated, so C({{ }}) in a query is kept.
options:
  _terms:
    description:
      - Paths to the directories. A relative path is relative to the playbook.
    type: list
    elements: path
    required: true
  problems:
    description:
      - Whether to return the problems of a directory as C(problems) instead of failing.
      - The problems are the same as those of P(community.logfire.logfire_stack_problems#lookup). They do not contain
        secrets, but the rest of the description can. A task can therefore hide the description and still report the
        problems.
    type: bool
    default: false
    version_added: 1.1.0
notes:
  - A mistake in a file, such as an undefined variable, is an error. The message contains the file, the line and the
    location in the description. The filter C(default) does not hide the error.
  - Objects whose file or directory is missing are not managed. If a project has no C(project.yml), its name is the name
    of its directory.
  - YAML files end in C(.yml) or C(.yaml). A dashboard is a JSON or a YAML file.
  - A list can be split into the files of a directory that has its name, such as C(alerts/checkout.yml) next to
    C(alerts.yml). Each file contains a list, or the options of one object. If two files contain the same name, this is
    an error.
  - Options that contain SQL can be read from a file. For example, use C(query_file=checkout.sql) instead of C(query).
    The path is relative to the file that contains the option. The SQL is never templated.
  - If the directory contains C(secrets.yml), the secrets in its variable C(stack_channel_secrets) are added to the
    channels. The file can be encrypted with Ansible Vault. Other variables in it are ignored.
  - Two files for the same object are an error. A misplaced YAML or JSON file below C(projects) is also an error.
  - A name that is similar to the name of a description file or directory, such as C(alert.yml) or C(dashboard/), is an
    error, too. The message suggests the correct name.
  - Everything else is ignored. This includes files and directories whose names begin with a dot, files such as
    C(README.md) and C(alerts.yml.orig), and other files next to C(channels.yml) and C(projects), such as playbooks.
  - If the directory C(dashboards) exists, it contains all dashboards of its project, even if it is empty.
  - The name of a dashboard is the C(metadata.name) of its document, or C(spec.display.name) if C(metadata.name) is not
    set.
seealso:
  - plugin: community.logfire.logfire_stack_problems
    plugin_type: lookup
  - module: community.logfire.logfire_stack_files
  - module: community.logfire.logfire_stack
"""

EXAMPLES = r"""
---
- name: Apply the description in a directory
  vars:
    organization: "{{ lookup('community.logfire.logfire_stack_files', 'organization') }}"
  community.logfire.logfire_stack:
    channels: "{{ organization.channels }}"
    projects: "{{ organization.projects }}"
"""

RETURN = r"""
---
_raw:
  description:
    - The descriptions. Each has C(channels), C(schedules), C(members) and C(projects) if the directory contains them,
      and C(problems) if O(problems=true).
  type: list
  elements: dict
"""

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.lookup import LookupBase

from ansible_collections.community.logfire.plugins.plugin_utils._ansible_reader import AnsibleReader
from ansible_collections.community.logfire.plugins.plugin_utils._files import Reading
from ansible_collections.community.logfire.plugins.plugin_utils._problems import problems_of


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        loader: Any = self._loader
        if not all(terms):
            raise AnsibleLookupError("the path of the directory is empty")
        readings = [Reading(Path(loader.path_dwim(term)), AnsibleReader(loader, self._templar)) for term in terms]
        if boolean(kwargs.get("problems", False)):
            return [{**reading.stack, "problems": list(problems_of(reading))} for reading in readings]
        problems = [problem for reading in readings for problem in reading.problems]
        if problems:
            raise AnsibleLookupError("; ".join(problems))
        return [reading.stack for reading in readings]
