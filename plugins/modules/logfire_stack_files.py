#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The action plugin of this name does it.

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_stack_files
short_description: Write the description of an organization of Pydantic Logfire to files
version_added: 1.0.0
description:
  - Writes what M(community.logfire.logfire_stack_info) returns as a directory, which can be kept in version control,
    and applied with the role P(community.logfire.stack#role).
  - C(channels.yml) has the channels, and C(members.yml) the members if they are described. Each project has a folder
    C(projects/NAME) with its own options in C(project.yml), its alerts in C(alerts.yml), its variables in
    C(variables.yml) and its SLOs in C(slos.yml) if they are described, and its dashboards in C(dashboards/SLUG.json),
    each a Perses document.
  - Runs on the controller, whatever the host is. It makes no call of the API.
author:
  - community.logfire contributors (@ansible-collections)
attributes:
  action:
    support: full
    description: Runs on the controller.
  check_mode:
    support: full
    description: Can run in C(check_mode) and tell what would change without changing it.
  diff_mode:
    support: full
    description: Tells what changed, or in C(check_mode) what would change, in C(diff) mode.
    details:
      - There is a section for each file.
  idempotent:
    support: full
    description: When run twice in a row with the same options, the second run reports no change.
options:
  path:
    description:
      - The directory, on the controller. It is made when there is none. A relative path is taken from where the
        playbook is.
      - Files of a description that are not part of this one are removed. A list that O(stack) does not have, such as
        C(members) or the C(variables) of a project, keeps its file. All other files are left alone, such as
        C(README.md), and files and folders whose names begin with a dot.
    type: path
    required: true
  stack:
    description:
      - The description, as M(community.logfire.logfire_stack_info) returns it.
      - Secrets of channels are not written.
    type: dict
    required: true
  remove_projects:
    description:
      - Whether to remove the files of projects that are not described. Say V(false) when O(stack) describes only some
        of the projects.
    type: bool
    default: true
seealso:
  - module: community.logfire.logfire_stack_info
  - plugin: community.logfire.logfire_stack_files
    plugin_type: lookup
  - ref: ansible_collections.community.logfire.docsite.configuration_as_code
    description: An organization as files that are reviewed and applied.
notes:
  - In the same directory, the same description gives the same bytes. Only files whose content differs are written,
    each at once.
  - Texts that Ansible would take for a template have the tag C(!unsafe).
  - Characters of a slug or a name that could not stand in the name of a file are written as C(%XX), as in a URL. So
    are capitals when another name differs only in capitals, because some file systems take the two names for one.
  - A file that already describes an object is updated, and keeps its name. It can end in C(.yaml) instead of C(.yml),
    and a dashboard can be a YAML file instead of a JSON file. When an object has two files, one is removed.
"""

EXAMPLES = r"""
---
- name: Describe the whole organization
  community.logfire.logfire_stack_info:
  register: organization

- name: Write it to files
  community.logfire.logfire_stack_files:
    path: organization
    stack: "{{ organization.stack }}"
"""

RETURN = r"""
---
path:
  description: The whole path of the directory.
  returned: success
  type: str
  sample: /home/me/logfire/organization
files:
  description: The files that were changed, or in check mode would be.
  returned: success
  type: list
  elements: dict
  contains:
    path:
      description: The path of the file in the directory.
      type: str
      sample: projects/shop/alerts.yml
    action:
      description: V(create), V(update) or V(delete).
      type: str
      sample: update
diff:
  description: A section for each file that changes.
  returned: in diff mode
  type: list
  elements: dict
  contains:
    before_header:
      description: The path of the file in the directory.
      type: str
      sample: projects/shop/alerts.yml
    after_header:
      description: The path of the file in the directory, and what happens to it.
      type: str
      sample: projects/shop/alerts.yml (update)
    before:
      description: The text of the file as it was. Empty for a new one.
      type: str
      sample: "---\nalerts: []\n"
    after:
      description: The text of the file as it is then. Empty for one that is removed.
      type: str
      sample: "---\nalerts: []\n"
"""
