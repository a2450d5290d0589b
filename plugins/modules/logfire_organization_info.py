#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_organization_info
short_description: Read organizations of a self-hosted Pydantic Logfire
version_added: 1.1.0
description:
  - Returns the organizations of a self-hosted instance, optionally filtered.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  name:
    description:
      - Return only the organization with this name.
    type: str
  id:
    description:
      - Return only the organization with this ID.
    type: str
seealso:
  - module: community.logfire.logfire_organization
notes:
  - Requires release v2026-06-03.01 of Logfire or later.
  - Makes one API call.
  - The API token needs the scope C(instance:admin).
"""

EXAMPLES = r"""
---
- name: Read all organizations
  community.logfire.logfire_organization_info:
  register: instance

- name: List the names of the organizations
  ansible.builtin.debug:
    msg: "{{ instance.organizations | map(attribute='name') }}"
"""

RETURN = r"""
---
organizations:
  description: The organizations, sorted by name. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the organization.
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
      description: Whether this is the organization that administers the instance.
      type: bool
      sample: false
    created_at:
      description: When the organization was created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    updated_at:
      description: When the organization was last changed.
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
      description: Whether the organization can use the AI gateway.
      type: bool
      sample: true
    ai_enabled:
      description: Whether AI features are enabled.
      type: bool
      sample: true
    ai_training_enabled:
      description: Whether the data of the organization can be used to train AI models.
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
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.organization import ORGANIZATION
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(ORGANIZATION)


if __name__ == "__main__":
    main()
