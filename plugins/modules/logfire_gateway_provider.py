#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_gateway_provider
short_description: Manage providers of the AI gateway of Pydantic Logfire
version_added: 1.1.0
description:
  - Creates, updates and deletes the providers of the AI gateway of an organization. A provider consists of a model
    vendor and the credential that the gateway uses to call it.
  - The API never returns the credential. See O(update_secret) for the consequences.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  slug:
    description:
      - Slug of the provider, which is part of the URLs of the gateway. It cannot be changed.
      - It consists of up to 64 letters, digits, dots, hyphens and underscores, and begins with a letter or digit.
      - Required if O(id) is not set.
    type: str
  id:
    description:
      - ID of an existing provider.
    type: str
  vendor:
    description:
      - Vendor of the models. Required to create a provider. It cannot be changed.
    type: str
    choices:
      - openai
      - anthropic
      - bedrock
      - doubleword
      - groq
      - huggingface
      - mistral
  api_key:
    description:
      - Credential for the vendor. Required to create a provider. A secret.
      - In this module, it is not an alias of O(api_token). A Logfire API token is rejected.
    type: str
  update_secret:
    description:
      - When to send O(api_key) to an existing provider.
      - V(on_drift) sends it if O(fingerprints) is set and does not contain the fingerprint of this credential for the
        provider. Without O(fingerprints), V(on_drift) is the same as V(on_create).
      - V(always) sends it in every run. Every run then reports a change.
      - V(on_create) keeps the stored credential.
    type: str
    choices:
      - on_drift
      - always
      - on_create
    default: on_drift
  fingerprints:
    description:
      - Path to a file on the host where the module runs. The module stores in it a fingerprint of the last credential
        that it sent to each provider. It can be the file of M(community.logfire.logfire_channel).
      - A credential that has no fingerprint in the file is sent, which creates the fingerprint.
      - Fingerprints are salted and hashed with scrypt. The file can be kept under version control with the description.
      - The directory must exist. The file is written after the API accepts a credential, and never in check mode.
    type: path
  mode:
    description:
      - Permissions of the O(fingerprints) file, as an octal number such as V('0644').
    type: raw
    default: "0600"
  require_pricing:
    description:
      - Whether the gateway rejects models without a known price.
      - If omitted, a new provider uses V(true), and an existing provider is not changed.
    type: bool
  bedrock_api:
    description:
      - API of Amazon Bedrock. Required to create a provider with O(vendor=bedrock). Not allowed for other vendors.
    type: str
    choices:
      - runtime
      - mantle
  bedrock_region:
    description:
      - Region of Amazon Bedrock, such as V(eu-west-1). Required to create a provider with O(vendor=bedrock). Not
        allowed for other vendors.
    type: str
  state:
    description:
      - Whether the provider should exist.
    type: str
    choices:
      - present
      - absent
    default: present
  api_token:
    description:
      - API token to manage the organization. Write tokens and read tokens are not accepted.
      - If omitted, the environment variable E(LOGFIRE_API_TOKEN) is used, and then E(LOGFIRE_API_KEY). Empty variables
        are ignored.
      - In this module, it has no alias, because O(api_key) is a different option.
    type: str
    aliases: []
seealso:
  - module: community.logfire.logfire_gateway_provider_info
  - ref: ansible_collections.community.logfire.docsite.secrets_and_rotation
    description: Where to keep secrets, and how to replace them.
notes:
  - A self-hosted instance requires release v2026-08-12.01 of Logfire or later.
  - Error messages omit the error detail of the service, because it may contain the credential.
  - A run that changes nothing makes one API call for each 100 providers.
  - The API token needs the scopes C(organization:read_gateway) and C(organization:write_gateway). It must not be
    bound to one project.
"""

EXAMPLES = r"""
---
- name: Ensure the gateway can call OpenAI
  community.logfire.logfire_gateway_provider:
    slug: openai
    vendor: openai
    api_key: "{{ vault_openai_key }}"

- name: Ensure the gateway can call Amazon Bedrock
  community.logfire.logfire_gateway_provider:
    slug: bedrock
    vendor: bedrock
    api_key: "{{ vault_bedrock_key }}"
    bedrock_api: runtime
    bedrock_region: eu-west-1
    require_pricing: false

- name: Delete a provider
  community.logfire.logfire_gateway_provider:
    slug: openai
    state: absent
"""

RETURN = r"""
---
gateway_provider:
  description:
    - The provider after the task. In check mode, the provider as it would be.
    - With O(state=absent), the provider that was deleted.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description: ID of the provider. In check mode, V(null) or a placeholder if the provider does not exist yet.
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
      description: When the provider was created. V(null) in check mode if the provider does not exist yet.
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
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/gateway/providers/
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
      description: Identifying fields and changed fields before the change. Empty if the provider did not exist.
      type: dict
      sample: {"slug": "openai", "require_pricing": true}
    after:
      description:
        - Identifying fields and changed fields after the change, with asterisks in place of a credential. Empty if the
          provider is deleted.
      type: dict
      sample: {"slug": "openai", "require_pricing": false}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.gateway_provider import GATEWAY_PROVIDER
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(GATEWAY_PROVIDER)


if __name__ == "__main__":
    main()
