#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_dashboard
short_description: Manage dashboards of Pydantic Logfire
version_added: 1.0.0
description:
  - Creates, updates and deletes the dashboards of a project.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  project:
    description:
      - Name or ID of the project that the dashboard belongs to.
      - An ID saves one API call.
    type: str
    required: true
  slug:
    description:
      - Slug of the dashboard, unique in its project. It cannot be changed.
      - Required if O(id) is not set.
    type: str
  id:
    description:
      - ID of an existing dashboard.
    type: str
  name:
    description:
      - Display name of the dashboard. Required to create a dashboard.
    type: str
  definition:
    description:
      - The dashboard as a Perses document, with C(kind), C(metadata) and C(spec). A JSON string is accepted, too.
        Required to create a dashboard.
      - If the definition differs, it is replaced as a whole. The comparison ignores the metadata fields C(name),
        C(project), C(createdAt), C(updatedAt), C(version) and C(layoutUpdatedAt), and any metadata fields that only the
        service sets. It also ignores null fields, and defaults that the service adds. An exported dashboard can be used
        unchanged.
    type: dict
  strict:
    description:
      - Whether check mode fails if the project does not exist. By default, check mode assumes that an earlier task
        creates it, and warns.
      - Placeholder IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  state:
    description:
      - Whether the dashboard should exist.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_project
notes:
  - If somebody edits the dashboard at the same time, the module plans the change again and retries once. If this also
    fails, the task fails.
  - A run that changes nothing makes three API calls, and one less when O(project) is an ID.
  - The API token needs the scopes C(project:read_dashboard) and C(project:write_dashboard), and C(project:read) if
    O(project) is a name.
"""

EXAMPLES = r"""
---
- name: Create a dashboard from an exported file
  community.logfire.logfire_dashboard:
    project: shop
    slug: overview
    name: Overview
    definition: "{{ lookup('ansible.builtin.file', 'overview.json') }}"
  register: overview

- name: Create a small inline dashboard
  community.logfire.logfire_dashboard:
    project: shop
    slug: welcome
    name: Welcome
    definition:
      kind: Dashboard
      metadata: {}
      spec:
        display:
          name: Welcome
        panels:
          hello:
            kind: Panel
            spec:
              display:
                name: Hello
              plugin:
                kind: TextPanel
                spec:
                  text: Ask the team of the shop.
        layouts:
          - kind: Grid
            spec:
              items:
                - x: 0
                  y: 0
                  width: 24
                  height: 6
                  content:
                    $ref: "#/spec/panels/hello"

- name: Change the display name of a dashboard
  community.logfire.logfire_dashboard:
    project: shop
    id: "{{ overview.dashboard.id }}"
    name: Shop at a glance

- name: Delete a dashboard
  community.logfire.logfire_dashboard:
    project: shop
    slug: welcome
    state: absent
"""

RETURN = r"""
---
dashboard:
  description:
    - The dashboard after the task. In check mode, the dashboard as it would be.
    - With O(state=absent), the dashboard that was deleted.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - ID of the dashboard.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-dashboard:overview).
        - Later tasks of the same check run accept it in place of the ID. A real run rejects it.
      type: str
      sample: 5b0fd8a3-9a53-4a55-8a4d-1b1f4f0a3c77
    project_id:
      description: ID of the project, or a placeholder if check mode assumes that the project exists.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    slug:
      description: Slug of the dashboard.
      type: str
      sample: overview
    name:
      description: Display name of the dashboard.
      type: str
      sample: Overview
    version:
      description:
        - Version of the dashboard. The service increases it with each save. V(null) in check mode if it does not exist
          yet.
      type: int
      sample: 3
    definition:
      description:
        - The dashboard as a Perses document, including the fields that the service adds. V(null) if the dashboard was
          deleted.
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
      description: When the dashboard was created. V(null) in check mode if it does not exist yet.
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
      sample: "This token is missing the required scope: project:write_dashboard."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/dashboards/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: The differences, without secrets. Check mode returns the same diff as a real run.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: Identifying fields and changed fields before the change. Empty if the dashboard did not exist.
      type: dict
      sample: {"slug": "overview", "name": "Overview"}
    after:
      description: Identifying fields and changed fields after the change. Empty if the dashboard is deleted.
      type: dict
      sample: {"slug": "overview", "name": "Shop at a glance"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.dashboard import DASHBOARD
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(DASHBOARD)


if __name__ == "__main__":
    main()
