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
  - Creates, changes, renames and removes projects of an organization.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  name:
    description:
      - The name of the project, unique in the organization. Two to fifty lower-case letters, digits and single hyphens.
      - Together with O(id) it is the name that the project is to have.
      - One of O(name) and O(id) is required.
    type: str
  id:
    description:
      - The id of an existing project.
    type: str
  description:
    description:
      - What the project is for. An empty text removes it.
      - When not set, an existing project keeps what it has.
    type: str
  visibility:
    description:
      - Who in the organization can see the project.
      - When not set, a new project is V(public), and an existing one stays as it is.
    type: str
    choices:
      - private
      - public
  state:
    description:
      - Whether the project is to exist.
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
  - Removing a project removes all that is in it.
  - A run that changes nothing makes one call of the API.
  - The API token needs the scopes C(project:read) and C(project:write), and C(organization:create_project) to create.
"""

EXAMPLES = r"""
---
- name: Create a project
  community.logfire.logfire_project:
    name: shop
    description: The web shop
    visibility: private
  register: shop

- name: Rename it, and remove its description
  community.logfire.logfire_project:
    id: "{{ shop.project.id }}"
    name: web-shop
    description: ""

- name: Remove it, and all that is in it
  community.logfire.logfire_project:
    name: web-shop
    state: absent
"""

RETURN = r"""
---
project:
  description:
    - The project as it is, or in check mode as it would be.
    - With O(state=absent) the project that was removed.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - Its ID.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-project:shop).
        - Later tasks of the same check run accept it in place of the ID. A real run refuses it.
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
      description: The organization that it belongs to. V(null) in check mode, when it does not exist yet.
      type: str
      sample: acme
    created_at:
      description: When the project was created. V(null) in check mode, when it does not exist yet.
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
      sample: "This token is missing the required scope: organization:create_project."
    method:
      description: The method of the request.
      type: str
      sample: POST
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: What differs, without secrets. The same in check mode as in the run that follows.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: What names the project, and what changes, as it was. Empty for what did not exist.
      type: dict
      sample: {"name": "shop", "visibility": "public"}
    after:
      description: What names the project, and what changes, as it is then. Empty for what is removed.
      type: dict
      sample: {"name": "shop", "visibility": "private"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(PROJECT)


if __name__ == "__main__":
    main()
