#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_project
short_description: Manage projects of Pydantic Logfire
version_added: 1.0.0
description:
  - Creates, updates, renames and deletes the projects of an organization.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  name:
    description:
      - Name of the project, unique in the organization. It consists of 2 to 50 lowercase letters, digits and single
        hyphens.
      - If O(id) is also set, the project is renamed to this name.
      - Required if O(id) is not set.
    type: str
  id:
    description:
      - ID of an existing project.
    type: str
  description:
    description:
      - Description of the project. Set to an empty string to remove it.
      - If omitted, the existing description is kept.
    type: str
  visibility:
    description:
      - Who in the organization can see the project.
      - If omitted, a new project is V(public), and an existing project is not changed.
    type: str
    choices:
      - private
      - public
  state:
    description:
      - Whether the project should exist.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_token
  - module: community.logfire.logfire_alert
  - module: community.logfire.logfire_dashboard
notes:
  - Deleting a project also deletes everything in it.
  - A run that changes nothing makes one API call.
  - The API token needs the scopes C(project:read) and C(project:write), and C(organization:create_project) to create a
    project.
"""

EXAMPLES = r"""
---
- name: Create a project
  community.logfire.logfire_project:
    name: shop
    description: The web shop
    visibility: private
  register: shop

- name: Rename a project and remove its description
  community.logfire.logfire_project:
    id: "{{ shop.project.id }}"
    name: web-shop
    description: ""

- name: Delete a project and everything in it
  community.logfire.logfire_project:
    name: web-shop
    state: absent
"""

RETURN = r"""
---
project:
  description:
    - The project after the task. In check mode, the project as it would be.
    - With O(state=absent), the project that was deleted.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - ID of the project.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-project:shop).
        - Later tasks of the same check run accept it in place of the ID. A real run rejects it.
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
      description:
        - Name of the organization that the project belongs to. V(null) in check mode if the project does not exist yet.
      type: str
      sample: acme
    created_at:
      description: When the project was created. V(null) in check mode if the project does not exist yet.
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
      sample: "This token is missing the required scope: organization:create_project."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: The differences, without secrets. Check mode returns the same diff as a real run.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: Identifying fields and changed fields before the change. Empty if the project did not exist.
      type: dict
      sample: {"name": "shop", "visibility": "public"}
    after:
      description: Identifying fields and changed fields after the change. Empty if the project is deleted.
      type: dict
      sample: {"name": "shop", "visibility": "private"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(PROJECT)


if __name__ == "__main__":
    main()
