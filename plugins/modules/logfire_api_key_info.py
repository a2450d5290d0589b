#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_api_key_info
short_description: Read API keys of Pydantic Logfire
version_added: 1.1.0
description:
  - Returns the API keys of the organization. The API does not return their values.
  - The API shows the service keys and the personal keys of the user who owns the API token. It does not show the
    personal keys of other people.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  name:
    description:
      - Return only the keys with this name. Several keys can have the same name.
    type: str
  id:
    description:
      - Return only the key with this ID.
    type: str
seealso:
  - module: community.logfire.logfire_api_key
notes:
  - Makes one API call.
  - The API token needs the scope C(organization:read_api_key).
  - Requires release v2026-06-09.01 of Logfire or later.
"""

EXAMPLES = r"""
---
- name: Read all API keys
  community.logfire.logfire_api_key_info:
  register: keys

- name: Read the API keys with one name
  community.logfire.logfire_api_key_info:
    name: shop
"""

RETURN = r"""
---
api_keys:
  description: The keys, sorted by name. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the API key.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    organization_id:
      description: ID of the organization.
      type: str
      sample: 4f0b7d0e-53a5-4f0e-9a7e-0d5f5e1c2b3a
    name:
      description: Name of the API key.
      type: str
      sample: shop
    description:
      description: Description of the key.
      type: str
      sample: Telemetry of the shop
    scopes:
      description: Scopes of the key.
      type: list
      elements: str
      sample: ["project:write_otlp"]
    project_id:
      description: ID of the project that the key is bound to, or V(null).
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: Name of that project, or V(null).
      type: str
      sample: shop
    all_projects:
      description: Whether the API key is valid for the whole organization.
      type: bool
      sample: false
    gateway:
      description:
        - Limits of the key for the AI gateway. V(null) means no limit, or the default of the project for
          C(cache_enabled).
      type: dict
      sample:
        spending_limit_daily: 20
        spending_limit_weekly:
        spending_limit_monthly:
        spending_limit_total:
        cache_enabled: true
    active:
      description: Whether the API key can be used.
      type: bool
      sample: true
    user_id:
      description: ID of the user who owns a personal key. V(null) for a service key.
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    created_at:
      description: When the API key was created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    created_by:
      description: ID of the user who created the key, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    created_by_name:
      description: Name of the user who created the key, or V(null).
      type: str
      sample: Ada
    updated_at:
      description: When the API key was last changed, or V(null).
      type: str
      sample: "2026-09-01T08:00:00Z"
    updated_by:
      description: ID of the user who last changed the key, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    last_used_at:
      description: When the API key was last used, or V(null) if it was never used.
      type: str
      sample: "2026-09-02T08:00:00Z"
    expires_at:
      description: When the API key expires, or V(null) if it never expires.
      type: str
      sample: "2026-11-03T09:13:02Z"
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
      sample: "This token is missing the required scope: organization:read_api_key."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/api-keys/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.api_key import API_KEY
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(API_KEY)


if __name__ == "__main__":
    main()
