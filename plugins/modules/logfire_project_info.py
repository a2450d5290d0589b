#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_project_info
short_description: Read projects of Pydantic Logfire
version_added: 1.0.0
description:
  - Returns the projects of an organization, all or those that filters leave.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  name:
    description:
      - Only the projects of this name.
    type: str
  id:
    description:
      - Only the project of this id.
    type: str
seealso:
  - module: community.logfire.logfire_project
notes:
  - Makes one call of the API.
"""

EXAMPLES = r"""
---
- name: Read all projects
  community.logfire.logfire_project_info:
  register: all_projects

- name: Read one
  community.logfire.logfire_project_info:
    name: shop
  register: shop

- name: Tell its id
  ansible.builtin.debug:
    msg: "{{ shop.projects | map(attribute='id') | first | default('there is no such project') }}"
"""

RETURN = r"""
---
projects:
  description: The projects, sorted by name. Empty when there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Its id.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    name:
      description: Its name.
      type: str
      sample: shop
    description:
      description: What it is for. Empty when it has no description.
      type: str
      sample: The web shop
    visibility:
      description: Who can see it, V(private) or V(public).
      type: str
      sample: private
    organization_name:
      description: The organization that it belongs to.
      type: str
      sample: acme
    created_at:
      description: When the project was created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    updated_at:
      description: When the project was last changed, or V(null).
      type: str
      sample: "2026-08-06T15:40:11.250100Z"
failure:
  description: The request that failed.
  returned: on failure, when a request to the API was the cause
  type: dict
  contains:
    status:
      description: The HTTP status, or V(null) when no answer came.
      type: int
      sample: 403
    detail:
      description: What the API says about it, or V(null).
      type: str
      sample: "This token is missing the required scope: project:read."
    method:
      description: The method of the request.
      type: str
      sample: GET
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(PROJECT)


if __name__ == "__main__":
    main()
