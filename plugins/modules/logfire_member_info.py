#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_member_info
short_description: Read members of a Pydantic Logfire organization
version_added: 1.1.0
description:
  - Returns the members of the organization, optionally filtered.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  email:
    description:
      - Return only the member with this e-mail address. Case is ignored.
    type: str
  id:
    description:
      - Return only the member with this ID.
    type: str
seealso:
  - module: community.logfire.logfire_member
notes:
  - Makes one API call.
  - The API token needs the scope C(organization:read_member). It must not be bound to one project.
"""

EXAMPLES = r"""
---
- name: Read all members
  community.logfire.logfire_member_info:
  register: everybody

- name: List the admins
  ansible.builtin.debug:
    msg: "{{ everybody.members | selectattr('role', 'eq', 'admin') | map(attribute='email') }}"
"""

RETURN = r"""
---
members:
  description: The members, sorted by e-mail address. Empty if there are none.
  returned: success
  type: list
  elements: dict
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
      description: ID of the role.
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
      sample: "This token is missing the required scope: organization:read_member."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/members/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.member import MEMBER
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(MEMBER)


if __name__ == "__main__":
    main()
