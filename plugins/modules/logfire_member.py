#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_member
short_description: Manage members of a Pydantic Logfire organization
version_added: 1.1.0
description:
  - Sets the role of a member of the organization, or removes the member.
  - The API cannot add members. A person joins by an invitation or through the identity provider.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  email:
    description:
      - E-mail address of the member. Case is ignored.
      - Required if O(id) is not set.
    type: str
  id:
    description:
      - ID of the user.
    type: str
  role:
    description:
      - Role in the organization.
      - If omitted, the role is not changed. Custom roles are also accepted.
      - The role of the last V(admin) cannot be changed.
    type: str
    choices:
      - admin
      - member
      - guest
      - billing
  state:
    description:
      - V(present) sets the role of the member. It fails if there is no such member.
      - V(absent) removes the member. The service then deletes the personal API keys of the member, too.
      - The last admin cannot be removed, and neither can the user who owns the API token of the task. The module can
        identify this user only for a personal API token with the scope C(organization:read_api_key).
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_member_info
notes:
  - With single sign-on or SCIM, the identity provider sets the roles again when a person logs in.
  - A run that changes nothing makes one API call.
  - The API token needs the scopes C(organization:read_member) and C(organization:write_member). It must not be bound
    to one project.
"""

EXAMPLES = r"""
---
- name: Ensure Ada is an admin
  community.logfire.logfire_member:
    email: ada@example.com
    role: admin

- name: Remove a member who has left the company
  community.logfire.logfire_member:
    email: bob@example.com
    state: absent
"""

RETURN = r"""
---
member:
  description:
    - The member after the task. In check mode, the member as they would be.
    - With O(state=absent), the member who was removed.
  returned: success, unless there was nobody to remove
  type: dict
  contains:
    id:
      description: ID of the user.
      type: str
      sample: 3f1e2d4c-5b6a-4789-8abc-def012345678
    email:
      description: E-mail address of the member.
      type: str
      sample: ada@example.com
    role:
      description: Role in the organization. It can be a custom role.
      type: str
      sample: member
    name:
      description: Name of the member.
      type: str
      sample: Ada
    role_id:
      description: ID of the role. In check mode, the ID of the current role.
      type: str
      sample: 0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a
    member_since:
      description: When the member joined.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    github_username:
      description: GitHub user name of the member, or V(null).
      type: str
      sample: ada
    avatar:
      description: URL of a picture of the member, or V(null).
      type: str
      sample: https://avatars.example.com/ada.png
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
      sample: "This token is missing the required scope: organization:write_member."
    method:
      description: HTTP method of the request.
      type: str
      sample: PATCH
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/members/3f1e2d4c-5b6a-4789-8abc-def012345678/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: The differences. Check mode returns the same diff as a real run.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: E-mail address and role of the member before the change.
      type: dict
      sample: {"email": "ada@example.com", "role": "member"}
    after:
      description: E-mail address and role of the member after the change. Empty if the member is removed.
      type: dict
      sample: {"email": "ada@example.com", "role": "admin"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.member import MEMBER
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(MEMBER)


if __name__ == "__main__":
    main()
