#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_gateway_provider_info
short_description: Read providers of the AI gateway of Pydantic Logfire
version_added: 1.1.0
description:
  - Returns the providers of the AI gateway of an organization, optionally filtered. Credentials are not returned.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  slug:
    description:
      - Return only the provider with this slug.
    type: str
  id:
    description:
      - Return only the provider with this ID.
    type: str
seealso:
  - module: community.logfire.logfire_gateway_provider
notes:
  - A self-hosted instance requires release v2026-08-12.01 of Logfire or later.
  - Makes one API call for each 100 providers.
  - The API token needs the scope C(organization:read_gateway). It must not be bound to one project.
"""

EXAMPLES = r"""
---
- name: Read all providers
  community.logfire.logfire_gateway_provider_info:
  register: gateway

- name: List the providers of one vendor
  ansible.builtin.debug:
    msg: "{{ gateway.gateway_providers | selectattr('vendor', 'eq', 'openai') | map(attribute='slug') }}"
"""

RETURN = r"""
---
gateway_providers:
  description: The providers, sorted by slug. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the provider.
      type: str
      sample: 018f45c0-3cab-7b2f-a8f7-8a0b55a7ed11
    slug:
      description: Slug of the provider.
      type: str
      sample: openai
    vendor:
      description: Vendor of the models. It can be a vendor that this module does not support.
      type: str
      sample: openai
    require_pricing:
      description: Whether the gateway rejects models without a known price.
      type: bool
      sample: true
    bedrock_api:
      description: API of Amazon Bedrock, or V(null) for another vendor.
      type: str
      sample: runtime
    bedrock_region:
      description: Region of Amazon Bedrock, or V(null) for another vendor.
      type: str
      sample: eu-west-1
    created_at:
      description: When the provider was created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
failure:
  description: The request that failed.
  returned: on failure, when a request to the API was the cause
  type: dict
  contains:
    status:
      description: HTTP status code, or V(null) if there was no response.
      type: int
      sample: 409
    detail:
      description: Always V(null), because the error detail of the service may contain the credential.
      type: str
      sample: ""
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/gateway/providers/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.gateway_provider import GATEWAY_PROVIDER
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(GATEWAY_PROVIDER)


if __name__ == "__main__":
    main()
