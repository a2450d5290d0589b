#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_stack_info
short_description: Read a whole organization of Pydantic Logfire
version_added: 1.0.0
description:
  - Returns the channels and projects of an organization, and the alerts and dashboards of the projects, in the format
    that M(community.logfire.logfire_stack) accepts.
  - Secrets and fields that the service manages are not included.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  projects:
    description:
      - Names of the projects to return. If omitted, all projects are returned.
    type: list
    elements: str
  members:
    description:
      - Whether to include the members of the organization and their roles. Do not include them if the description is
        for another organization.
    type: bool
    default: false
    version_added: 1.1.0
  variables:
    description:
      - Whether to include the managed variables of the projects. This requires the scope C(project:read_variables) and
        one API call for each project.
    type: bool
    default: false
    version_added: 1.1.0
  slos:
    description:
      - Whether to include the SLOs of the projects. This takes one API call for each project.
      - If the service or the plan has no SLOs, the module warns.
    type: bool
    default: false
    version_added: 1.1.0
  ids:
    description:
      - Whether to include the IDs of the objects. If an object has an ID, it can be renamed by changing its C(name) in
        the description. Do not include the IDs if the description is for another organization.
    type: bool
    default: false
    version_added: 1.1.0
  concurrency:
    description:
      - Maximum number of concurrent requests, from V(1) to V(64).
    type: int
    default: 8
seealso:
  - module: community.logfire.logfire_stack
  - ref: ansible_collections.community.logfire.docsite.configuration_as_code
    description: How to keep an organization as reviewed files and apply them.
  - ref: ansible_collections.community.logfire.docsite.drift
    description: How to detect manual changes.
notes:
  - All values are included, even defaults. Applying the description later therefore restores them.
  - The API has no list of delivery schedules. C(schedules) contains only the schedules that the returned alerts and
    SLOs use. It is omitted if there are none.
  - The API allows duplicate names of alerts and channels. Such objects are returned with their C(id), and the module
    warns.
  - The module fails if a value that it reads contains the API token, for example a query. The token must not be
    displayed, and applying a description with asterisks in its place would change the object.
  - Makes one call for the list of projects, one for the list of channels, two for each project, and one for each
    dashboard.
"""

EXAMPLES = r"""
---
- name: Read the whole organization
  community.logfire.logfire_stack_info:
  register: organization

- name: Read one project
  community.logfire.logfire_stack_info:
    projects:
      - shop
"""

RETURN = r"""
---
stack:
  description: The organization, in the format that M(community.logfire.logfire_stack) accepts.
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
    schedules:
      description: The delivery schedules that the alerts and SLOs use.
      type: list
      elements: dict
      returned: when the alerts or SLOs use a schedule
      version_added: 1.1.0
      sample:
        - name: Office hours
          timezone: Europe/London
          windows:
            - days: [1, 2, 3, 4, 5]
              start: "09:00"
              end: "18:00"
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
      description: HTTP status code, or V(null) if there was no response.
      type: int
      sample: 403
    detail:
      description: Error detail in the response, or V(null).
      type: str
      sample: "This token is missing the required scope: project:read."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.stack_info import run_stack_info


def main() -> None:
    run_stack_info()


if __name__ == "__main__":
    main()
