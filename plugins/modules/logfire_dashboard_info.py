#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_dashboard_info
short_description: Read dashboards of Pydantic Logfire
version_added: 1.0.0
description:
  - Returns the dashboards of a project, optionally filtered.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  project:
    description:
      - Name or ID of the project whose dashboards are returned.
      - If omitted, the dashboards of all projects are returned. This takes one API call, plus one for each project.
      - If the project does not exist, the result is empty and the module warns.
    type: str
  slug:
    description:
      - Return only the dashboard with this slug.
    type: str
  id:
    description:
      - Return only the dashboard with this ID.
    type: str
  definitions:
    description:
      - Whether to return the definitions, too. This takes one API call for each dashboard.
    type: bool
    default: false
seealso:
  - module: community.logfire.logfire_dashboard
notes:
  - Makes two API calls, one less when O(project) is an ID, and one more for each dashboard with O(definitions=true).
"""

EXAMPLES = r"""
---
- name: Read the dashboards of a project
  community.logfire.logfire_dashboard_info:
    project: shop

- name: Read one dashboard with its definition
  community.logfire.logfire_dashboard_info:
    project: shop
    slug: overview
    definitions: true
  register: overview

- name: Read the dashboards of all projects
  community.logfire.logfire_dashboard_info:
"""

RETURN = r"""
---
dashboards:
  description: The dashboards, sorted by project and slug. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the dashboard.
      type: str
      sample: 5b0fd8a3-9a53-4a55-8a4d-1b1f4f0a3c77
    project_id:
      description: ID of the project.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: Name of the project.
      returned: if O(project) is omitted
      type: str
      version_added: 1.1.0
      sample: shop
    slug:
      description: Slug of the dashboard.
      type: str
      sample: overview
    name:
      description: Display name of the dashboard.
      type: str
      sample: Overview
    version:
      description: Version of the dashboard. The service increases it with each save.
      type: int
      sample: 3
    definition:
      description: The dashboard as a Perses document, including the fields that the service adds.
      returned: with O(definitions=true)
      type: dict
      sample:
        kind: Dashboard
        metadata:
          name: Overview
          project: shop
        spec:
          display:
            name: Overview
          panels: {}
          layouts: []
    created_at:
      description: When the dashboard was created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    updated_at:
      description: When the dashboard was last changed, or V(null).
      type: str
      sample: "2026-08-06T15:40:11.250100Z"
    created_by_name:
      description: Who created the dashboard, or V(null).
      type: str
      sample: Ansible
    updated_by_name:
      description: Who last changed the dashboard, or V(null).
      type: str
      sample: Ansible
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
      sample: "This token is missing the required scope: project:read_dashboard."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/dashboards/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.dashboard import DASHBOARD
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(DASHBOARD)


if __name__ == "__main__":
    main()
