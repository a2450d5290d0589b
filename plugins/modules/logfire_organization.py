#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_organization
short_description: Manage organizations of a self-hosted Pydantic Logfire
version_added: 1.1.0
description:
  - Creates, updates, renames and deletes the organizations of a self-hosted instance.
  - Requires an API token of the instance administrator. If the API requires a token of the organization, the module
    exchanges the API token for a short-lived one. The short-lived token is kept in memory during the task, and is never
    shown.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  name:
    description:
      - Name of the organization, unique in the instance. It consists of 2 to 50 lowercase letters, digits and single
        hyphens.
      - If O(id) is also set, the organization is renamed to this name.
      - Required if O(id) is not set.
    type: str
  id:
    description:
      - ID of an existing organization.
    type: str
  display_name:
    description:
      - Display name. Set to an empty string to remove it.
      - If omitted, the existing value is kept.
    type: str
  billing_email:
    description:
      - E-mail address for invoices. Set to an empty string to remove it.
      - If omitted, the existing value is kept.
    type: str
  github_handle:
    description:
      - GitHub name of the organization. Set to an empty string to remove it.
      - If omitted, the existing value is kept.
    type: str
  location:
    description:
      - Location of the organization. Set to an empty string to remove it.
      - If omitted, the existing value is kept.
    type: str
  avatar:
    description:
      - URL of a picture of the organization. Set to an empty string to remove it.
      - If omitted, the existing value is kept.
    type: str
  description:
    description:
      - Description of the organization. Set to an empty string to remove it.
      - If omitted, the existing value is kept.
    type: str
  links:
    description:
      - Links on the page of the organization, in this order. Set to an empty list to remove all links.
      - If omitted, the existing links are kept.
    type: list
    elements: dict
    suboptions:
      url:
        description:
          - URL of the link.
        type: str
        required: true
      icon:
        description:
          - Name of the icon.
        type: str
        required: true
      name:
        description:
          - Text of the link.
        type: str
        required: true
  confirm_deletion:
    description:
      - Current name of the organization, to confirm that the organization should be deleted with everything in it.
      - Required if O(state=absent). Any other value is an error, and nothing is deleted.
    type: str
  state:
    description:
      - Whether the organization should exist.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_organization_info
  - module: community.logfire.logfire_group_mappings
  - ref: ansible_collections.community.logfire.docsite.self_hosted
    description: Self-hosted instances.
notes:
  - Deleting an organization also deletes all its projects and everything in them.
  - Requires release v2026-06-03.01 of Logfire or later to list and create organizations, and release v2026-06-25.01 or
    later to change and delete them.
  - Set O(base_url) to the URL that the instance is configured to use, because tokens of an organization are issued for
    that URL.
  - A run that changes nothing makes one API call.
  - The API token needs the scope C(instance:admin), and C(organization:admin) to change and delete organizations. It
    must be created in the organization that has the admin panel.
"""

EXAMPLES = r"""
---
- name: Ensure an organization exists
  community.logfire.logfire_organization:
    name: globex
    display_name: Globex Corporation
    billing_email: billing@example.com
    links:
      - url: https://globex.example.com
        icon: globe
        name: Site
  register: globex

- name: Rename an organization and remove its links
  community.logfire.logfire_organization:
    id: "{{ globex.organization.id }}"
    name: globex-corp
    links: []

- name: Delete an organization and everything in it
  community.logfire.logfire_organization:
    name: globex-corp
    state: absent
    confirm_deletion: globex-corp
"""

RETURN = r"""
---
organization:
  description:
    - The organization after the task. In check mode, the organization as it would be.
    - With O(state=absent), the organization that was deleted.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - ID of the organization.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-organization:globex).
        - Later tasks of the same check run accept it in place of the ID. A real run rejects it.
      type: str
      sample: 018f45c0-3cab-7b2f-a8f7-8a0b55a7ed11
    name:
      description: Name of the organization.
      type: str
      sample: globex
    display_name:
      description: Display name. Empty if there is none.
      type: str
      sample: Globex Corporation
    billing_email:
      description: E-mail address for invoices. Empty if there is none.
      type: str
      sample: billing@example.com
    github_handle:
      description: GitHub name of the organization. Empty if there is none.
      type: str
      sample: globex
    location:
      description: Location. Empty if there is none.
      type: str
      sample: Springfield
    avatar:
      description: URL of a picture of the organization. Empty if there is none.
      type: str
      sample: https://globex.example.com/logo.png
    description:
      description: Description. Empty if there is none.
      type: str
      sample: Makes things
    links:
      description: Links on the page of the organization.
      type: list
      elements: dict
      contains:
        url:
          description: URL of the link.
          type: str
          sample: https://globex.example.com
        icon:
          description: Name of the icon.
          type: str
          sample: globe
        name:
          description: Text of the link.
          type: str
          sample: Site
      sample: [{"url": "https://globex.example.com", "icon": "globe", "name": "Site"}]
    subscription_plan:
      description: Subscription plan, or V(null).
      type: str
      sample: enterprise
    has_admin_panel:
      description:
        - Whether this is the organization that administers the instance.
        - V(null) in check mode if the organization does not exist yet.
      type: bool
      sample: false
    created_at:
      description: When the organization was created. V(null) in check mode if the organization does not exist yet.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    updated_at:
      description: When the organization was last changed. V(null) in check mode if the organization does not exist yet.
      type: str
      sample: "2026-08-06T15:40:11.250100Z"
    spending_cap:
      description: Spending cap of the organization, or V(null).
      type: int
      sample: 100
    spending_cap_reached_at:
      description: When the spending cap was reached, or V(null).
      type: str
      sample: "2026-08-06T15:40:11.250100Z"
    planless_grace_period_ends_at:
      description: When the grace period without a plan ends, or V(null).
      type: str
      sample: "2026-09-06T15:40:11.250100Z"
    gateway_enabled:
      description:
        - Whether the organization can use the AI gateway. V(null) in check mode if the organization does not exist yet.
      type: bool
      sample: true
    ai_enabled:
      description: Whether AI features are enabled. V(null) in check mode if the organization does not exist yet.
      type: bool
      sample: true
    ai_training_enabled:
      description:
        - Whether the data of the organization can be used to train AI models. V(null) in check mode if the organization
          does not exist yet.
      type: bool
      sample: false
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
      sample: /api/v1/instance/organizations/
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
      description: Identifying fields and changed fields before the change. Empty if the organization did not exist.
      type: dict
      sample: {"name": "globex", "location": ""}
    after:
      description: Identifying fields and changed fields after the change. Empty if the organization is deleted.
      type: dict
      sample: {"name": "globex", "location": "Springfield"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.organization import ORGANIZATION
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(ORGANIZATION)


if __name__ == "__main__":
    main()
