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
  - Returns the tokens of a project, without their values, which the API does not give back.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  project:
    description:
      - The project of the tokens, by its name or its id.
      - For a project that does not exist the result is empty, with a warning.
    type: str
    required: true
  type:
    description:
      - Only the tokens of this type.
    type: str
    choices:
      - write
      - read
  active:
    description:
      - Only the tokens that can be used (V(true)), or only those that have expired or were revoked (V(false)).
    type: bool
seealso:
  - module: community.logfire.logfire_token
notes:
  - Makes one call of the API for each type, and one more when O(project) is a name.
"""

EXAMPLES = r"""
---
- name: Read all tokens of a project
  community.logfire.logfire_token_info:
    project: shop

- name: Read the write tokens that can be used
  community.logfire.logfire_token_info:
    project: shop
    type: write
    active: true
  register: writers
"""

RETURN = r"""
---
tokens:
  description: The tokens, sorted by type and age. Empty when there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Its id.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    project_id:
      description: The id of its project.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: The name of its project.
      type: str
      sample: shop
    type:
      description: Its type, V(write) or V(read).
      type: str
      sample: write
    description:
      description: The text that the service gives it.
      type: str
      sample: Created by Public API
    token_prefix:
      description: The beginning of its value.
      type: str
      sample: pylf_v1_us_Zk8vC
    active:
      description: Whether it can be used.
      type: bool
      sample: true
    created_at:
      description: When it was made.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    expires_at:
      description: When it expires, or V(null) for never.
      type: str
      sample: "2026-11-03T09:13:02Z"
failure:
  description: The request that failed.
  returned: on failure, when a request to the API was the cause
  type: dict
  contains:
    status:
      description: The HTTP status, or V(null) when no answer came.
      type: int
      sample: 403
    detail:
      description: What the API says about it, or V(null).
      type: str
      sample: "This token is missing the required scope: project:write_token."
    method:
      description: The method of the request.
      type: str
      sample: GET
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/write-tokens/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.token_info import run_token_info


def main() -> None:
    run_token_info()


if __name__ == "__main__":
    main()
