#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_token_info
short_description: Read write and read tokens of Pydantic Logfire
version_added: 1.0.0
description:
  - Returns the tokens of a project, optionally filtered. The API does not return their values.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  project:
    description:
      - Name or ID of the project whose tokens are returned.
      - If omitted, the tokens of all projects are returned. This takes one API call, plus one for each project and
        type.
      - If the project does not exist, the result is empty and the module warns.
    type: str
  type:
    description:
      - Return only the tokens of this type. If omitted, tokens of both types are returned.
    type: str
    choices:
      - write
      - read
  active:
    description:
      - Return only active tokens (V(true)), or only expired and revoked tokens (V(false)). If omitted, all tokens are
        returned.
    type: bool
seealso:
  - module: community.logfire.logfire_token
notes:
  - Makes one API call for each type, and one more when O(project) is a name.
"""

EXAMPLES = r"""
---
- name: Read all tokens of a project
  community.logfire.logfire_token_info:
    project: shop

- name: Read the active write tokens
  community.logfire.logfire_token_info:
    project: shop
    type: write
    active: true
  register: writers

- name: Read the active tokens of all projects
  community.logfire.logfire_token_info:
    active: true
"""

RETURN = r"""
---
tokens:
  description: The tokens, sorted by project, type and age. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the token.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    project_id:
      description: ID of the project.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: Name of the project.
      type: str
      sample: shop
    type:
      description: Type of the token, V(write) or V(read).
      type: str
      sample: write
    description:
      description: Description that the service sets.
      type: str
      sample: Created by Public API
    token_prefix:
      description: Beginning of the value.
      type: str
      sample: pylf_v1_us_Zk8vC
    active:
      description: Whether the token can be used.
      type: bool
      sample: true
    created_at:
      description: When the token was created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    expires_at:
      description: When the token expires, or V(null) if it never expires.
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
      sample: "This token is missing the required scope: project:write_token."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/write-tokens/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.token_info import run_token_info


def main() -> None:
    run_token_info()


if __name__ == "__main__":
    main()
