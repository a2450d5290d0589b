#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_invitation_info
short_description: Read invitations to an organization of Pydantic Logfire
version_added: 1.1.0
description:
  - Returns the invitations of the organization, without their links, which are secrets.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  role:
    description:
      - Return only the invitations for this role. If no member has the role, its invitations cannot be identified and
        are not returned.
    type: str
  active:
    description:
      - Return only the invitations that can be used (V(true)), or only those that are used or expired (V(false)). If
        omitted, all invitations are returned.
    type: bool
seealso:
  - module: community.logfire.logfire_invitation
notes:
  - Makes two API calls.
  - The API token needs the scopes C(organization:read_invitation) and C(organization:read_member).
"""

EXAMPLES = r"""
---
- name: Read the invitations that can be used
  community.logfire.logfire_invitation_info:
    active: true
  register: invitations
"""

RETURN = r"""
---
invitations:
  description: The invitations, sorted by age. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the invitation.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    role:
      description:
        - Role of the person who joins with the link. V(null) if no member has the role, because only the list of
          members contains the names of roles.
      type: str
      sample: member
    role_id:
      description: ID of the role.
      type: str
      sample: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
    organization_id:
      description: ID of the organization.
      type: str
      sample: 4f0b7d0e-53a5-4f0e-9a7e-0d5f5e1c2b3a
    expiration:
      description: When the invitation expires, or V(null) if it never expires.
      type: str
      sample: "2026-12-01T00:00:00Z"
    max_usage_count:
      description: How many people can join with the link.
      type: int
      sample: 1
    usage_count:
      description: How many people joined with the link.
      type: int
      sample: 0
    created_at:
      description: When the invitation was created.
      type: str
      sample: "2026-11-01T09:13:02.103554Z"
    last_used_at:
      description: When somebody last joined with the link, or V(null).
      type: str
      sample: "2026-11-02T08:00:00Z"
    active:
      description: Whether the invitation can be used.
      type: bool
      sample: true
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
      sample: "This token is missing the required scope: organization:read_invitation."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/invitations/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.invitation import INVITATION
from ansible_collections.community.logfire.plugins.module_utils._tasks.role_link import run_role_link_info


def main() -> None:
    run_role_link_info(INVITATION)


if __name__ == "__main__":
    main()
