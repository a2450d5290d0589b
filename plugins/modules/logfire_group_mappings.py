#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_group_mappings
short_description: Manage the group mappings of a self-hosted Pydantic Logfire
version_added: 1.1.0
description:
  - Sets which groups of the identity provider have which roles in the organizations and projects of a self-hosted
    instance.
  - An instance has one list of mappings, and this module replaces the whole list. Mappings that are not described are
    removed.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  mappings:
    description:
      - All group mappings. Set to an empty list to remove all mappings.
      - The order does not matter. A group without roles has no mapping.
      - The organizations and projects must exist.
    type: list
    elements: dict
    required: true
    suboptions:
      group_id:
        description:
          - ID of the group in the identity provider.
        type: str
        required: true
      organization_roles:
        description:
          - The roles of the group, one for each organization.
        type: list
        elements: dict
        required: true
        suboptions:
          organization_name:
            description:
              - Name of the organization.
            type: str
            required: true
          role:
            description:
              - The role in the organization, V(admin), V(member), V(guest) or a custom role.
            type: str
            required: true
          project_roles:
            description:
              - The roles of the group in projects of the organization, one for each project.
            type: list
            elements: dict
            suboptions:
              project_name:
                description:
                  - Name of the project.
                type: str
                required: true
              role:
                description:
                  - The role in the project, V(admin), V(write), V(read) or a custom role.
                type: str
                required: true
seealso:
  - module: community.logfire.logfire_group_mappings_info
  - module: community.logfire.logfire_organization
  - ref: ansible_collections.community.logfire.docsite.self_hosted
    description: Self-hosted instances.
notes:
  - The API has no lock. If two runs write different mappings at the same time, the last write wins.
  - If the environment of the deployment sets the mappings, the mappings of the API are not used. The module then warns,
    and the service may reject the change.
  - Mappings refer to organizations and projects by name. After one is renamed, use its new name in O(mappings).
  - A run that changes nothing makes one API call.
  - The API token needs the scope C(instance:admin).
"""

EXAMPLES = r"""
---
- name: Set the group mappings
  community.logfire.logfire_group_mappings:
    mappings:
      - group_id: engineers
        organization_roles:
          - organization_name: globex
            role: member
            project_roles:
              - project_name: shop
                role: write
      - group_id: operators
        organization_roles:
          - organization_name: globex
            role: admin

- name: Remove all group mappings
  community.logfire.logfire_group_mappings:
    mappings: []
"""

RETURN = r"""
---
group_mappings:
  description: The group mappings after the task. In check mode, the group mappings as they would be.
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
diff:
  description: Mappings that differ, by group and organization. Check mode returns the same diff as a real run.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: Mappings that differ, before the change.
      type: dict
      sample: {"mappings": {"engineers": {"globex": {"role": "guest"}}}}
    after:
      description: Mappings that differ, after the change.
      type: dict
      sample: {"mappings": {"engineers": {"globex": {"role": "member"}}}}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.group_mappings import GROUP_MAPPINGS
from ansible_collections.community.logfire.plugins.module_utils._tasks.document import run_document


def main() -> None:
    run_document(GROUP_MAPPINGS)


if __name__ == "__main__":
    main()
