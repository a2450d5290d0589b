#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_variable
short_description: Manage variables of Pydantic Logfire
version_added: 1.1.0
description:
  - Creates, updates and deletes the managed variables of a project. Managed variables configure applications at run
    time.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  project:
    description:
      - Name or ID of the project that the variable belongs to.
      - An ID saves one API call.
    type: str
    required: true
  name:
    description:
      - Name of the variable. It consists of the letters a to z and A to Z, digits and underscores, and does not begin
        with a digit.
      - The module does not rename variables. Instead, create a new variable with the old name as one of its O(aliases).
    type: str
    required: true
  description:
    description:
      - Description of the variable. Set to an empty string to remove it.
    type: str
  json_schema:
    description:
      - JSON schema of the values. Set to an empty dictionary to remove it.
    type: dict
  labels:
    description:
      - All labels of the variable, by name. Each label is a dictionary with either C(value) or C(ref).
      - C(value) is the value of the label, of any JSON type. Values are compared as JSON. A new version is created only
        if the value differs.
      - C(ref) is the name of another label, V(latest) or V(code_default).
      - A label that is not listed is removed if the service supports this. Otherwise the module warns.
    type: dict
  rollout:
    description:
      - Weight of each label, from V(0) to V(1). The sum must not exceed V(1). The remaining share uses the default in
        the code of the application.
      - Set to an empty dictionary to always use the default in the code.
    type: dict
  overrides:
    description:
      - Rollouts that apply only if conditions are met. The first override whose conditions are all met is used.
      - Set to an empty list to remove all overrides.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the override, for information only. The API does not return it, so a change of the name alone is not
            detected.
        type: str
      description:
        description:
          - Description of the override, for information only. The API does not return it, so a change of the
            description alone is not detected.
        type: str
      conditions:
        description:
          - The conditions, all of which must be met.
        type: list
        elements: dict
        required: true
        suboptions:
          kind:
            description:
              - How to compare the attribute. V(value-equals) and V(value-does-not-equal) use C(value). V(value-is-in)
                and V(value-is-not-in) require C(values). V(value-matches-regex) and V(value-does-not-match-regex)
                require C(pattern). V(key-is-present) and V(key-is-not-present) allow none of these.
            type: str
            required: true
          attribute:
            description:
              - Name of the attribute.
            type: str
            required: true
          value:
            description:
              - Value to compare with, of any JSON type. If omitted, the value is JSON null.
            type: raw
          values:
            description:
              - List of values to compare with, of any JSON type.
            type: raw
          pattern:
            description:
              - Regular expression to match.
            type: str
      rollout:
        description:
          - Weight of each label if the conditions are met.
        type: dict
        required: true
  aliases:
    description:
      - Other names by which applications find the variable, such as an earlier name. The order does not matter.
      - Set to an empty list to remove all aliases.
    type: list
    elements: str
  example:
    description:
      - Example of a value, as JSON text. Set to an empty string to remove it.
    type: str
  external:
    description:
      - Whether API tokens with the scope C(project:read_external_variables) can read the variable.
      - The API does not return this setting. It is sent when the variable is created, and together with any other
        change. A change of this option alone is not detected.
    type: bool
  strict:
    description:
      - Whether check mode fails if the project does not exist. By default, check mode assumes that an
        earlier task creates it, and warns.
      - Placeholder IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
  state:
    description:
      - Whether the variable should exist.
      - If the service cannot delete variables, V(absent) fails.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_variable_info
  - module: community.logfire.logfire_project
notes:
  - Options that are omitted keep their value in an existing variable.
  - The API does not show a weight of the latest version that was set in the web interface. The weight is removed when
    O(rollout) changes.
  - Values are often templates of the application. To keep Ansible from evaluating C({{ }}) in a value, use the tag
    C(!unsafe), or read the value from a file with the lookup C(ansible.builtin.file).
  - A run that changes nothing makes two API calls, and one less when O(project) is an ID.
  - The API token needs the scopes C(project:read_variables) and C(project:write_variables), and C(project:read) if
    O(project) is a name.
"""

EXAMPLES = r"""
---
- name: Configure an agent, with new settings for one in ten users
  community.logfire.logfire_variable:
    project: shop
    name: agent_config
    description: Settings of the agent
    json_schema:
      type: object
    labels:
      production:
        value:
          model: a
          temperature: 0.2
      canary:
        value:
          model: b
          temperature: 0.2
      staging:
        ref: latest
    rollout:
      production: 0.9
      canary: 0.1
    overrides:
      - conditions:
          - kind: value-equals
            attribute: plan
            value: enterprise
        rollout:
          production: 1

- name: Set a prompt that is an application template
  community.logfire.logfire_variable:
    project: shop
    name: greeting
    labels:
      production:
        value: "{% raw %}Hello {{ user }}{% endraw %}"
    rollout:
      production: 1

- name: Delete a variable
  community.logfire.logfire_variable:
    project: shop
    name: greeting
    state: absent
"""

RETURN = r"""
---
variable:
  description:
    - The variable after the task. In check mode, the variable as it would be.
    - With O(state=absent), the variable that was deleted.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    project_id:
      description: ID of the project, or a placeholder if check mode assumes that the project exists.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
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
      sample: "This token is missing the required scope: project:write_variables."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/variables/
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
      description: Identifying fields and changed fields before the change. Empty if the variable did not exist.
      type: dict
      sample: {"name": "agent_config", "rollout": {"production": 1.0}}
    after:
      description: Identifying fields and changed fields after the change. Empty if the variable is deleted.
      type: dict
      sample: {"name": "agent_config", "rollout": {"production": 0.9}}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.variable import VARIABLE
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(VARIABLE)


if __name__ == "__main__":
    main()
