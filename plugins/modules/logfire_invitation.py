#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_invitation
short_description: Invite people to an organization of Pydantic Logfire
version_added: 1.1.0
description:
  - Ensures that an unused invitation for a role exists. An invitation is a link that one person can use to join the
    organization.
  - The API can neither change nor revoke an invitation, so there is no C(state=absent). An invitation is valid until it
    is used or expires.
  - An invitation has no name and no recipient. Any unused and unexpired invitation for the role is therefore
    sufficient, unless O(path) or O(new) is set.
  - The link is a secret, because anyone who has it can join. Only the run that creates the invitation returns the link,
    unless the link is written to O(path). Use C(no_log=true) for a task that returns the link.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
attributes:
  idempotent:
    support: partial
    details:
      - O(new=true) creates an invitation in every run.
options:
  role:
    description:
      - Role of the person who joins with the link.
    type: str
    required: true
    choices:
      - admin
      - member
      - guest
      - billing
  new:
    description:
      - Whether to create a new invitation in every run, even if an unused one exists.
    type: bool
    default: false
  expires_at:
    description:
      - When a new invitation should expire, in RFC 3339 format, such as V(2027-12-31T23:59:59Z). Existing invitations
        are not changed.
      - If neither O(expires_at) nor O(expires_in) is set, the service sets the expiry. The two options are mutually
        exclusive.
    type: str
  expires_in:
    description:
      - Lifetime of a new invitation, such as V(7d). Mutually exclusive with O(expires_at).
    type: str
  path:
    description:
      - Path to the file that stores the link, on the host where the task runs. The directory must exist. An empty path
        is an error.
      - If the file does not contain the link of an unused and unexpired invitation for the role, an invitation is
        created and its link is written to the file. Other users can never read the file, unless O(mode) allows it.
      - A file that contains anything other than a link is an error, and so is a symbolic link.
    type: path
  owner:
    description:
      - Owner of the file at O(path).
    type: str
  group:
    description:
      - Group of the file at O(path).
    type: str
  mode:
    description:
      - Permissions of the file at O(path), as in M(ansible.builtin.file).
    type: raw
    default: "0600"
seealso:
  - module: community.logfire.logfire_invitation_info
notes:
  - Invitations contain only the ID of their role. The module finds the name of the role in the list of members. If no
    member has O(role), the module assumes that an invitation with an unknown role is for O(role), and warns.
  - If the response to a request that creates an invitation is lost, the module reads the invitation and its link from
    the list.
  - A run that changes nothing makes two API calls.
  - The API token needs the scopes C(organization:read_invitation) and C(organization:read_member), and
    C(organization:write_invitation) to create an invitation.
"""

EXAMPLES = r"""
---
- name: Ensure an invitation link for a new colleague exists
  community.logfire.logfire_invitation:
    role: member
    expires_in: 7d
  register: invitation
  no_log: true

- name: Ensure a file contains a valid link for guests
  community.logfire.logfire_invitation:
    role: guest
    expires_in: 30d
    path: /etc/shop/guest-link

- name: Invite another person
  community.logfire.logfire_invitation:
    role: member
    new: true
  register: another
  no_log: true
"""

RETURN = r"""
---
invitation:
  description: The invitation after the task. In check mode, the invitation as it would be.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the invitation. V(null) in check mode if the invitation does not exist yet.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    role:
      description: Role of the person who joins with the link.
      type: str
      sample: member
    role_id:
      description:
        - ID of the role. V(null) in check mode if the invitation does not exist yet and no member has the role.
      type: str
      sample: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
    organization_id:
      description: ID of the organization. V(null) in check mode if the invitation does not exist yet.
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
      description: When the invitation was created. V(null) in check mode if the invitation does not exist yet.
      type: str
      sample: "2026-11-01T09:13:02.103554Z"
    last_used_at:
      description: When somebody last joined with the link, or V(null).
      type: str
      sample: "2026-11-02T08:00:00Z"
    invite_url:
      description: Invitation link. A secret.
      returned: when this run created it and O(path) is not set
      type: str
      sample: LINK_OF_THE_INVITATION
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
      sample: "This token is missing the required scope: organization:write_invitation."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/invitations/
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
      description: Changed fields before the change. Empty if the invitation did not exist.
      type: dict
      sample: {}
    after:
      description: Changed fields after the change.
      type: dict
      sample: {"role": "member", "id": "(a new invitation)", "expires_in": "7d"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.invitation import INVITATION
from ansible_collections.community.logfire.plugins.module_utils._tasks.role_link import run_role_link


def main() -> None:
    run_role_link(INVITATION)


if __name__ == "__main__":
    main()
