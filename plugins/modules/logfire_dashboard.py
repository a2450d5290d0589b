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
  - Creates, changes and removes the dashboards of a project.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  project:
    description:
      - The project of the dashboard, by its name or its id.
      - An id costs one call of the API less than a name.
    type: str
    required: true
  slug:
    description:
      - The slug of the dashboard, unique in its project. It cannot be changed.
      - One of O(slug) and O(id) is required.
    type: str
  id:
    description:
      - The id of an existing dashboard.
    type: str
  name:
    description:
      - The name that the dashboard shows. Required to create a dashboard.
    type: str
  definition:
    description:
      - The dashboard as a Perses document, with C(kind), C(metadata) and C(spec). A JSON text is taken too. Required to
        create a dashboard.
      - Replaces the whole definition, when it differs. What the service owns is ignored, in the metadata C(name),
        C(project), C(createdAt), C(updatedAt), C(version), C(layoutUpdatedAt) and members that only the service has. So
        are members that are null and the defaults that the service adds. An exported dashboard can be used as it is.
    type: dict
  strict:
    description:
      - Whether check mode fails if the project does not exist. By default, check mode assumes that an earlier task
        creates it, and warns.
      - IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  state:
    description:
      - Whether the dashboard is to exist.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_project
notes:
  - When somebody edits the dashboard at the same moment, the change is planned once more, and only then an error.
  - A run that changes nothing makes three calls of the API, and one less when O(project) is an id.
  - The API token needs the scopes C(project:read_dashboard) and C(project:write_dashboard), and C(project:read) for a
    project by name.
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

- name: Write a small one in place
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

- name: Give a dashboard another name
  community.logfire.logfire_dashboard:
    project: shop
    id: "{{ overview.dashboard.id }}"
    name: Shop at a glance

- name: Remove a dashboard
  community.logfire.logfire_dashboard:
    project: shop
    slug: welcome
    state: absent
"""

RETURN = r"""
---
dashboard:
  description:
    - The dashboard as it is, or in check mode as it would be.
    - With O(state=absent) the dashboard that was removed.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - Its ID.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-dashboard:overview).
        - Later tasks of the same check run accept it in place of the ID. A real run refuses it.
      type: str
      sample: 5b0fd8a3-9a53-4a55-8a4d-1b1f4f0a3c77
    project_id:
      description: The ID of its project; a placeholder for one that check mode foresees.
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
      description: How often it was saved, as the service counts. V(null) in check mode, when it does not exist yet.
      type: int
      sample: 3
    definition:
      description: The Perses document, with what the service adds. V(null) when the dashboard was removed.
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
      description: When the dashboard was created. V(null) in check mode, when it does not exist yet.
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
      sample: "This token is missing the required scope: project:write_dashboard."
    method:
      description: The method of the request.
      type: str
      sample: POST
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/dashboards/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: What differs, without secrets. The same in check mode as in the run that follows.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: What names the dashboard, and what changes, as it was. Empty for what did not exist.
      type: dict
      sample: {"slug": "overview", "name": "Overview"}
    after:
      description: What names the dashboard, and what changes, as it is then. Empty for what is removed.
      type: dict
      sample: {"slug": "overview", "name": "Shop at a glance"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.dashboard import DASHBOARD
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(DASHBOARD)


if __name__ == "__main__":
    main()
