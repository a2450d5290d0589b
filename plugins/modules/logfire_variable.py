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
  - Creates, changes and removes managed variables of a project, with which applications are configured while they run.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  project:
    description:
      - The project of the variable, by its name or its ID.
      - An ID costs one call of the API less than a name.
    type: str
    required: true
  name:
    description:
      - The name of the variable. It consists of the letters a to z and A to Z, digits and underscores, and does not
        begin with a digit.
      - The module does not rename variables. Create a new one, with the old name as one of its O(aliases).
    type: str
    required: true
  description:
    description:
      - What the variable is for. An empty text removes it.
    type: str
  json_schema:
    description:
      - The JSON schema of the values. An empty dictionary removes it.
    type: dict
  labels:
    description:
      - All labels of the variable, by name. Each is a dictionary with one of C(value) and C(ref).
      - C(value) is the value of the label, of any JSON type. Values are compared as JSON. Only a value that differs
        gets a new version.
      - C(ref) is the name of another label, or V(latest) or V(code_default).
      - A label that is not named here is removed, if the service removes labels in this way. If it does not, that is a
        warning.
    type: dict
  rollout:
    description:
      - The weight of each label, from V(0) to V(1). The weights must be at most V(1) together. What is left of V(1) is
        the share of the default in the code of the application.
      - An empty dictionary is the default in the code for everybody.
    type: dict
  overrides:
    description:
      - Other rollouts for what meets conditions. The first override of which all conditions are met counts.
      - An empty list removes all overrides.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - A name for people. The API does not return it, so that a difference in it alone is not seen.
        type: str
      description:
        description:
          - A description for people. The API does not return it, so that a difference in it alone is not seen.
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
              - What the attribute must be. V(value-equals) and V(value-does-not-equal) have a C(value), V(value-is-in)
                and V(value-is-not-in) have C(values), V(value-matches-regex) and V(value-does-not-match-regex) have a
                C(pattern). V(key-is-present) and V(key-is-not-present) have nothing else.
            type: str
            required: true
          attribute:
            description:
              - The name of the attribute.
            type: str
            required: true
          value:
            description:
              - The value to compare with, of any JSON type. When not set, it is JSON's null.
            type: raw
          values:
            description:
              - A list of values to compare with, of any JSON types.
            type: raw
          pattern:
            description:
              - A regular expression.
            type: str
      rollout:
        description:
          - The weight of each label for what meets the conditions.
        type: dict
        required: true
  aliases:
    description:
      - Other names under which applications find the variable, such as an earlier name. Their order does not matter.
      - An empty list removes all aliases.
    type: list
    elements: str
  example:
    description:
      - An example of a value, as JSON text. An empty text removes it.
    type: str
  external:
    description:
      - Whether API tokens with the scope C(project:read_external_variables) can read the variable.
      - The API does not return it. It is set when the variable is created and together with every other change. A
        difference in it alone is not seen.
    type: bool
  strict:
    description:
      - Whether check mode fails if the project does not exist. By default, check mode assumes that an
        earlier task creates it, and warns.
      - IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
  state:
    description:
      - Whether the variable is to exist.
      - A service may have no route to remove variables. The error then says so.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_variable_info
  - module: community.logfire.logfire_project
notes:
  - What is not set of an existing variable stays as it is.
  - A weight of the latest version that is set in the browser cannot be seen. It ends when O(rollout) changes.
  - Values are often templates of the application. To keep Ansible from reading C({{ }}) as its own template, use the
    tag C(!unsafe) or a file and C(ansible.builtin.file).
  - A run that changes nothing makes two calls of the API, and one less when O(project) is an id.
  - The API token needs the scopes C(project:read_variables) and C(project:write_variables), and C(project:read) for a
    project by name.
"""

EXAMPLES = r"""
---
- name: Give an agent its settings, and one in ten users the new ones
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

- name: Set a prompt that is a template of the application
  community.logfire.logfire_variable:
    project: shop
    name: greeting
    labels:
      production:
        value: "{% raw %}Hello {{ user }}{% endraw %}"
    rollout:
      production: 1

- name: Remove a variable
  community.logfire.logfire_variable:
    project: shop
    name: greeting
    state: absent
"""

RETURN = r"""
---
variable:
  description:
    - The variable as it is, or in check mode as it would be.
    - With O(state=absent) the variable that was removed.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    project_id:
      description: The ID of its project; a placeholder for one that check mode foresees.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    name:
      description: Its name.
      type: str
      sample: agent_config
    description:
      description: What it is for. Empty when it has no description.
      type: str
      sample: Settings of the agent
    json_schema:
      description: The JSON schema of its values. Empty when it has none.
      type: dict
      sample: {"type": "object"}
    labels:
      description: The labels, by name, each with a C(value) or a C(ref).
      type: dict
      sample: {"production": {"value": {"model": "a"}}, "staging": {"ref": "latest"}}
    rollout:
      description: The weight of each label.
      type: dict
      sample: {"production": 0.9}
    overrides:
      description: Other rollouts for what meets conditions.
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
      description: Other names under which applications find it.
      type: list
      elements: str
      sample:
        - agent_settings
    example:
      description: An example of a value, as JSON text. Empty when it has none.
      type: str
      sample: "{}"
    type_name:
      description: The name of its type, or V(null).
      type: str
      sample: model_settings
    template_inputs_schema:
      description: The JSON schema of the inputs of a template, or V(null).
      type: dict
      sample: {"type": "object"}
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
      sample: "This token is missing the required scope: project:write_variables."
    method:
      description: The method of the request.
      type: str
      sample: POST
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/variables/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: What differs. The same in check mode as in the run that follows.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: What names the variable, and what changes, as it was. Empty for what did not exist.
      type: dict
      sample: {"name": "agent_config", "rollout": {"production": 1.0}}
    after:
      description: What names the variable, and what changes, as it is then. Empty for what is removed.
      type: dict
      sample: {"name": "agent_config", "rollout": {"production": 0.9}}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.variable import VARIABLE
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(VARIABLE)


if __name__ == "__main__":
    main()
