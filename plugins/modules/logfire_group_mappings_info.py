#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_group_mappings_info
short_description: Read the group mappings of a self-hosted Pydantic Logfire
version_added: 1.1.0
description:
  - Returns which groups of the identity provider have which roles in the organizations and projects of a self-hosted
    instance, and whether these mappings are used.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options: {}
seealso:
  - module: community.logfire.logfire_group_mappings
notes:
  - Makes one API call.
  - The API token needs the scope C(instance:admin).
"""

EXAMPLES = r"""
---
- name: Read the group mappings
  community.logfire.logfire_group_mappings_info:
  register: instance

- name: List the groups
  ansible.builtin.debug:
    msg: "{{ instance.group_mappings.mappings | map(attribute='group_id') }}"
"""

RETURN = r"""
---
group_mappings:
  description: The group mappings.
  returned: success
  type: dict
  contains:
    mappings:
      description: The groups of the identity provider, each with its roles.
      type: list
      elements: dict
      contains:
        group_id:
          description: ID of the group.
          type: str
          sample: engineers
        organization_roles:
          description: The roles in organizations.
          type: list
          elements: dict
          contains:
            organization_name:
              description: Name of the organization.
              type: str
              sample: globex
            role:
              description: The role in the organization.
              type: str
              sample: member
            project_roles:
              description: The roles in projects of the organization.
              type: list
              elements: dict
              contains:
                project_name:
                  description: Name of the project.
                  type: str
                  sample: shop
                role:
                  description: The role in the project.
                  type: str
                  sample: write
              sample: [{"project_name": "shop", "role": "write"}]
          sample: [{"organization_name": "globex", "role": "member", "project_roles": []}]
      sample:
        - group_id: engineers
          organization_roles: [{"organization_name": "globex", "role": "member", "project_roles": []}]
    api_mapping_status:
      description:
        - V(active) if the mappings are used.
        - V(overridden_by_environment) if the environment of the deployment sets other mappings, which are used instead.
        - V(null) if the service does not report it.
      type: str
      sample: active
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
      sample: "This token is missing the required scope: instance:admin."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/instance/group-mappings/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.group_mappings import GROUP_MAPPINGS
from ansible_collections.community.logfire.plugins.module_utils._tasks.document import run_document_info


def main() -> None:
    run_document_info(GROUP_MAPPINGS)


if __name__ == "__main__":
    main()
