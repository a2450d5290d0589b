#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_stack_info
short_description: Describe a whole organization of Pydantic Logfire as it is
version_added: 1.0.0
description:
  - Returns the channels and projects of an organization, and the alerts and dashboards of the projects, in exactly the
    shape that M(community.logfire.logfire_stack) takes.
  - Secrets are left out, and so is what the service owns.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  projects:
    description:
      - The names of the projects to describe. When not set, all projects are.
    type: list
    elements: str
  members:
    description:
      - Whether to describe the members of the organization and their roles, too. Another organization has other people.
    type: bool
    default: false
    version_added: 1.1.0
  variables:
    description:
      - Whether to describe the managed variables of the projects, too. It takes the scope C(project:read_variables),
        and one call of the API for each project.
    type: bool
    default: false
    version_added: 1.1.0
  slos:
    description:
      - Whether to describe the SLOs of the projects, too. It takes one call of the API for each project.
      - If the service or the plan has no SLOs, that is a warning.
    type: bool
    default: false
    version_added: 1.1.0
  concurrency:
    description:
      - How many requests may run at the same time, V(1) to V(64).
    type: int
    default: 8
seealso:
  - module: community.logfire.logfire_stack
  - ref: ansible_collections.community.logfire.docsite.configuration_as_code
    description: An organization as files that are reviewed and applied.
  - ref: ansible_collections.community.logfire.docsite.drift
    description: To notice what somebody changed by hand.
notes:
  - All values are written out, also those that are the defaults, so that applying the description later brings them
    back.
  - Objects that share their name with another one, which the API allows for alerts and channels, have their C(id), with
    a warning.
  - Fails if the API token itself occurs in what it reads, for example in a query. The token cannot be shown, and a
    description with asterisks in its place would change the object when applied.
  - Makes one call for the list of projects, one for the list of channels, two for each project, and one for each
    dashboard.
"""

EXAMPLES = r"""
---
- name: Describe the whole organization
  community.logfire.logfire_stack_info:
  register: organization

- name: Describe one project
  community.logfire.logfire_stack_info:
    projects:
      - shop
"""

RETURN = r"""
---
stack:
  description: The organization, in the shape that M(community.logfire.logfire_stack) takes.
  returned: success
  type: dict
  contains:
    channels:
      description: The channels.
      type: list
      elements: dict
      sample:
        - name: ops-slack
          active: true
          config:
            type: webhook
            format: slack-blockkit
    members:
      description: The members, with their roles.
      type: list
      elements: dict
      returned: with O(members=true)
      version_added: 1.1.0
      sample:
        - email: ada@example.com
          role: admin
    projects:
      description: The projects.
      type: list
      elements: dict
      sample:
        - name: shop
          description: The web shop
          visibility: private
          alerts: []
          dashboards: []
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
      sample: "This token is missing the required scope: project:read."
    method:
      description: The method of the request.
      type: str
      sample: GET
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.stack_info import run_stack_info


def main() -> None:
    run_stack_info()


if __name__ == "__main__":
    main()
