#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_variable_info
short_description: Read variables of Pydantic Logfire
version_added: 1.1.0
description:
  - Returns the managed variables of a project, optionally filtered.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  project:
    description:
      - Name or ID of the project whose variables are returned.
      - If omitted, the variables of all projects are returned. This takes one API call, plus one for each project.
      - If the project does not exist, the result is empty and the module warns.
    type: str
  name:
    description:
      - Return only the variable with this name.
    type: str
seealso:
  - module: community.logfire.logfire_variable
notes:
  - Makes two API calls, and one less when O(project) is an ID.
  - The API token needs the scope C(project:read_variables), and C(project:read) if O(project) is a name.
"""

EXAMPLES = r"""
---
- name: Read all variables of a project
  community.logfire.logfire_variable_info:
    project: shop
  register: shop

- name: Read one variable
  community.logfire.logfire_variable_info:
    project: shop
    name: agent_config
"""

RETURN = r"""
---
variables:
  description: The variables, sorted by project and name. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    project_id:
      description: ID of the project.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: Name of the project.
      returned: if O(project) is omitted
      type: str
      sample: shop
    name:
      description: Name of the variable.
      type: str
      sample: agent_config
    description:
      description: Description of the variable. Empty if it has none.
      type: str
      sample: Settings of the agent
    json_schema:
      description: JSON schema of the values. Empty if there is none.
      type: dict
      sample: {"type": "object"}
    labels:
      description: The labels by name, each with either C(value) or C(ref).
      type: dict
      sample: {"production": {"value": {"model": "a"}}, "staging": {"ref": "latest"}}
    rollout:
      description: The weight of each label.
      type: dict
      sample: {"production": 0.9}
    overrides:
      description: Rollouts that apply only if conditions are met.
      type: list
      elements: dict
      contains:
        conditions:
          description: The conditions, as in the option.
          type: list
          elements: dict
          sample:
            - kind: value-equals
              attribute: plan
              value: enterprise
        rollout:
          description: The weight of each label.
          type: dict
          sample: {"staging": 1.0}
    aliases:
      description: Other names by which applications find the variable.
      type: list
      elements: str
      sample:
        - agent_settings
    example:
      description: Example of a value, as JSON text. Empty if it has none.
      type: str
      sample: "{}"
    type_name:
      description: Name of the type of the variable, or V(null).
      type: str
      sample: model_settings
    template_inputs_schema:
      description: JSON schema of the inputs of a template, or V(null).
      type: dict
      sample: {"type": "object"}
    kind:
      description: Kind of the variable, V(general) or V(prompt).
      type: str
      sample: general
    latest_version:
      description: The latest version of the value, or V(null) if there is none.
      type: dict
      contains:
        version:
          description: Number of the version.
          type: int
          sample: 4
        serialized_value:
          description: Value of the version, as JSON text.
          type: str
          sample: '{"model": "b"}'
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
      sample: "This token is missing the required scope: project:read_variables."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/variables/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.variable import VARIABLE
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(VARIABLE)


if __name__ == "__main__":
    main()
