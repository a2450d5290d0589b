#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_alert_info
short_description: Read alerts of Pydantic Logfire
version_added: 1.0.0
description:
  - Returns the alerts of a project, optionally filtered, and their current status.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  project:
    description:
      - Name or ID of the project whose alerts are returned.
      - If omitted, the alerts of all projects are returned. This takes one API call, plus one for each project.
      - If the project does not exist, the result is empty and the module warns.
    type: str
  name:
    description:
      - Return only the alerts with this name.
    type: str
  id:
    description:
      - Return only the alert with this ID.
    type: str
seealso:
  - module: community.logfire.logfire_alert
notes:
  - Makes two API calls, and one less when O(project) is an ID.
"""

EXAMPLES = r"""
---
- name: Read all alerts of a project
  community.logfire.logfire_alert_info:
    project: shop
  register: shop

- name: Fail if an alert has fired
  ansible.builtin.assert:
    that: shop.alerts | selectattr('fired') | length == 0

- name: Read one alert
  community.logfire.logfire_alert_info:
    project: shop
    name: Checkout errors

- name: Read the alerts of all projects
  community.logfire.logfire_alert_info:
  register: organization

- name: List the projects with alerts that have fired
  ansible.builtin.debug:
    msg: "{{ organization.alerts | selectattr('fired') | map(attribute='project_name') | unique }}"
"""

RETURN = r"""
---
alerts:
  description: The alerts, sorted by project and name. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the alert.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
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
    name:
      description: Name of the alert.
      type: str
      sample: Checkout errors
    description:
      description: Description of the alert. Empty if it has none.
      type: str
      sample: Look at the traces first.
    query:
      description: SQL query of the alert.
      type: str
      sample: SELECT trace_id FROM records WHERE is_exception
    time_window:
      description: Time range that the query covers.
      type: str
      sample: 5m
    frequency:
      description: How often the query runs.
      type: str
      sample: 1m
    watermark:
      description: How long the alert waits for late data.
      type: str
      sample: 10s
    notify_when:
      description: When the alert notifies.
      type: str
      sample: has_matches
    channels:
      description: The channels that the alert notifies, sorted by name.
      type: list
      elements: dict
      contains:
        id:
          description: ID of the channel.
          type: str
          sample: 3c0f4e9c-0c4b-4d4b-b3b9-6a0bd5b5a6a3
        name:
          description: Name of the channel.
          type: str
          sample: ops-slack
        schedule_id:
          description: ID of the delivery schedule, or V(null) if the channel is always notified.
          type: str
          sample: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
    environments:
      description: The environments that the alert evaluates. Empty for all environments.
      type: list
      elements: str
      sample:
        - production
    active:
      description: Whether the alert is evaluated.
      type: bool
      sample: true
    organization_id:
      description: ID of the organization.
      type: str
      sample: 0b0e5fd2-8a3b-4a0f-8a7e-1f8b6a2a9b11
    created_at:
      description: When the alert was created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    updated_at:
      description: When the alert was last changed, or V(null).
      type: str
      sample: "2026-08-06T15:40:11.250100Z"
    created_by_name:
      description: Who created the alert, or V(null).
      type: str
      sample: Ansible
    updated_by_name:
      description: Who last changed the alert, or V(null).
      type: str
      sample: Ansible
    slo_id:
      description: ID of the SLO that created the alert and sets its name, query and time window, or V(null).
      type: str
      sample: 018f45c0-3cab-7b2f-a8f7-8a0b55a7ed14
    integration_id:
      description: ID of the integration that the alert belongs to, or V(null).
      type: str
      sample: pagerduty
    last_run:
      description: When the alert was last evaluated, or V(null).
      type: str
      sample: "2026-08-06T15:40:11.250100Z"
    has_matches:
      description: Whether the last evaluation found rows, or V(null).
      type: bool
      sample: false
    has_errors:
      description: Whether the last evaluation failed, or V(null).
      type: bool
      sample: false
    fired:
      description: Whether the alert has notified, or V(null).
      type: bool
      sample: false
    result_length:
      description: Number of rows that the last evaluation found, or V(null).
      type: int
      sample: 0
    snoozed_until:
      description: When the snooze ends, or V(null) if the alert is not snoozed.
      type: str
      sample: "2026-08-07T08:00:00Z"
    suppression:
      description: Why the alert does not notify at the moment, or V(null).
      type: dict
      sample: {"evaluated": false, "reason": "paused", "until": null}
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
      sample: "This token is missing the required scope: project:read_alert."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/alerts/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.alert import ALERT
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(ALERT)


if __name__ == "__main__":
    main()
