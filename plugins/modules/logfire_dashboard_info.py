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
  - Returns the dashboards of a project, all or those that filters leave.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  project:
    description:
      - The project of the dashboards, by its name or its id.
      - For a project that does not exist the result is empty, with a warning.
    type: str
    required: true
  slug:
    description:
      - Only the dashboards of this slug.
    type: str
  id:
    description:
      - Only the dashboard of this id.
    type: str
  definitions:
    description:
      - Whether to read the definitions too, which takes one call of the API for each dashboard.
    type: bool
    default: false
seealso:
  - module: community.logfire.logfire_dashboard
notes:
  - Makes two calls of the API, one less when O(project) is an id, and one more for each dashboard with
    O(definitions=true).
"""

EXAMPLES = r"""
---
- name: Read the dashboards of a project
  community.logfire.logfire_dashboard_info:
    project: shop

- name: Read one with its definition
  community.logfire.logfire_dashboard_info:
    project: shop
    slug: overview
    definitions: true
  register: overview
"""

RETURN = r"""
---
dashboards:
  description: The dashboards, sorted by slug. Empty when there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Its id.
      type: str
      sample: 5b0fd8a3-9a53-4a55-8a4d-1b1f4f0a3c77
    project_id:
      description: The id of its project.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    slug:
      description: Its slug.
      type: str
      sample: overview
    name:
      description: The name that it shows.
      type: str
      sample: Overview
    version:
      description: How often it was saved, as the service counts.
      type: int
      sample: 3
    definition:
      description: The Perses document, with what the service adds.
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
      description: The HTTP status, or V(null) when no answer came.
      type: int
      sample: 403
    detail:
      description: What the API says about it, or V(null).
      type: str
      sample: "This token is missing the required scope: project:read_dashboard."
    method:
      description: The method of the request.
      type: str
      sample: GET
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/dashboards/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.dashboard import DASHBOARD
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(DASHBOARD)


if __name__ == "__main__":
    main()
