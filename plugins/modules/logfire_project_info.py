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
  - Returns the projects of an organization, optionally filtered.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  name:
    description:
      - Return only the project with this name.
    type: str
  id:
    description:
      - Return only the project with this ID.
    type: str
seealso:
  - module: community.logfire.logfire_project
notes:
  - Makes one API call.
"""

EXAMPLES = r"""
---
- name: Read all projects
  community.logfire.logfire_project_info:
  register: all_projects

- name: Read one project
  community.logfire.logfire_project_info:
    name: shop
  register: shop

- name: Show the ID of the project
  ansible.builtin.debug:
    msg: "{{ shop.projects | map(attribute='id') | first | default('not found') }}"
"""

RETURN = r"""
---
projects:
  description: The projects, sorted by name. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the project.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    name:
      description: Name of the project.
      type: str
      sample: shop
    description:
      description: Description of the project. Empty if it has none.
      type: str
      sample: The web shop
    visibility:
      description: Visibility of the project, V(private) or V(public).
      type: str
      sample: private
    organization_name:
      description: Name of the organization that the project belongs to.
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
      description: HTTP status code, or V(null) if there was no response.
      type: int
      sample: 403
    detail:
      description: Error detail in the response, or V(null).
      type: str
      sample: "This token is missing the required scope: project:read."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(PROJECT)


if __name__ == "__main__":
    main()
