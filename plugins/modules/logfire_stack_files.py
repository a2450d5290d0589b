#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The action plugin of this name does it.

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_stack_files
short_description: Write the description of a Pydantic Logfire organization to files
version_added: 1.0.0
description:
  - Writes the result of M(community.logfire.logfire_stack_info) to a directory. The directory can be kept under version
    control and applied with the role P(community.logfire.stack#role).
  - C(channels.yml) contains the channels. If they are described, C(schedules.yml) contains the delivery schedules and
    C(members.yml) the members. Each project has a directory C(projects/NAME). It contains the options of the project in
    C(project.yml), the alerts in C(alerts.yml), and each dashboard as a Perses document in C(dashboards/SLUG.json). If
    they are described, C(variables.yml) contains the variables and C(slos.yml) the SLOs.
  - C(secrets.example.yml) lists the secrets of the channels, with placeholders. Copy it to C(secrets.yml).
  - Always runs on the controller, and does not call the API.
author:
  - community.logfire contributors (@ansible-collections)
attributes:
  action:
    support: full
    description: Runs on the controller.
  check_mode:
    support: full
    description: Can run in C(check_mode) and predict changes without making them.
  diff_mode:
    support: full
    description: Returns the changes, or in C(check_mode) the predicted changes, in C(diff) mode.
    details:
      - The diff has a section for each file.
  idempotent:
    support: full
    description: A second run with the same options reports no change.
options:
  path:
    description:
      - Path to the directory on the controller. The directory is created if it does not exist. A relative path is
        relative to the playbook.
      - Description files of objects that are not in O(stack) are removed. If O(stack) omits a list, such as C(members)
        or the C(variables) of a project, the file of the list is kept. All other files are kept, such as C(README.md)
        and C(secrets.yml), and also files and directories whose names begin with a dot.
    type: path
    required: true
  stack:
    description:
      - The description, as returned by M(community.logfire.logfire_stack_info).
      - Secrets of channels are not written.
    type: dict
    required: true
  remove_projects:
    description:
      - Whether to remove the files of projects that are not described. Set to V(false) if O(stack) describes only some
        of the projects.
    type: bool
    default: true
seealso:
  - module: community.logfire.logfire_stack_info
  - plugin: community.logfire.logfire_stack_files
    plugin_type: lookup
  - ref: ansible_collections.community.logfire.docsite.configuration_as_code
    description: How to keep an organization as reviewed files and apply them.
notes:
  - The same description always produces the same files. Only files whose content differs are written, each atomically.
  - Strings that Ansible would interpret as templates get the tag C(!unsafe).
  - Characters of a slug or a name that are not allowed in a file name are encoded as C(%XX), as in a URL. Capital
    letters are encoded, too, if two names differ only in case, because some file systems do not distinguish them.
  - A file that already describes an object is updated and keeps its name. The name can end in C(.yaml) instead of
    C(.yml). A dashboard can be a YAML file instead of a JSON file. If an object has two files, one is removed.
  - If a list is split into the files of a directory, such as C(alerts/checkout.yml), objects stay in their files. New
    objects are added to the main file of the list, such as C(alerts.yml).
  - Comments at the beginning of a file are kept. If other comments, templates or references to query files are
    overwritten with values, a warning lists the affected files, also in check mode.
"""

EXAMPLES = r"""
---
- name: Read the whole organization
  community.logfire.logfire_stack_info:
  register: organization

- name: Write the organization to files
  community.logfire.logfire_stack_files:
    path: organization
    stack: "{{ organization.stack }}"
"""

RETURN = r"""
---
path:
  description: Absolute path of the directory.
  returned: success
  type: str
  sample: /home/me/logfire/organization
files:
  description: The changed files. In check mode, the files that would be changed.
  returned: success
  type: list
  elements: dict
  contains:
    path:
      description: Path of the file, relative to the directory.
      type: str
      sample: projects/shop/alerts.yml
    action:
      description: V(create), V(update) or V(delete).
      type: str
      sample: update
diff:
  description: A section for each changed file.
  returned: in diff mode
  type: list
  elements: dict
  contains:
    before_header:
      description: Path of the file, relative to the directory.
      type: str
      sample: projects/shop/alerts.yml
    after_header:
      description: Path of the file, relative to the directory, and the action.
      type: str
      sample: projects/shop/alerts.yml (update)
    before:
      description: Content of the file before the change. Empty for a new file.
      type: str
      sample: "---\nalerts: []\n"
    after:
      description: Content of the file after the change. Empty for a removed file.
      type: str
      sample: "---\nalerts: []\n"
"""
