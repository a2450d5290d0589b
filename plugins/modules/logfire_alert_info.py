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
  - Returns the alerts of a project, all or those that filters leave, and how they are doing.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  project:
    description:
      - The project of the alerts, by its name or its id.
      - For a project that does not exist the result is empty, with a warning.
    type: str
    required: true
  name:
    description:
      - Only the alerts of this name.
    type: str
  id:
    description:
      - Only the alert of this id.
    type: str
seealso:
  - module: community.logfire.logfire_alert
notes:
  - Makes two calls of the API, and one less when O(project) is an id.
"""

EXAMPLES = r"""
---
- name: Read all alerts of a project
  community.logfire.logfire_alert_info:
    project: shop
  register: shop

- name: Fail when one of them has fired
  ansible.builtin.assert:
    that: shop.alerts | selectattr('fired') | length == 0

- name: Read one
  community.logfire.logfire_alert_info:
    project: shop
    name: Checkout errors
"""

RETURN = r"""
---
alerts:
  description: The alerts, sorted by name. Empty when there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Its id.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    project_id:
      description: The id of its project.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    name:
      description: Its name.
      type: str
      sample: Checkout errors
    description:
      description: What it means. Empty when it has no description.
      type: str
      sample: Look at the traces first.
    query:
      description: Its SQL query.
      type: str
      sample: SELECT trace_id FROM records WHERE is_exception
    time_window:
      description: How far back the query looks.
      type: str
      sample: 5m
    frequency:
      description: How often the query runs.
      type: str
      sample: 1m
    watermark:
      description: How long it waits for data that arrives late.
      type: str
      sample: 10s
    notify_when:
      description: When it notifies.
      type: str
      sample: has_matches
    channels:
      description: The channels that it notifies, by name.
      type: list
      elements: dict
      contains:
        id:
          description: The id of the channel.
          type: str
          sample: 3c0f4e9c-0c4b-4d4b-b3b9-6a0bd5b5a6a3
        name:
          description: The name of the channel.
          type: str
          sample: ops-slack
        schedule_id:
          description: The id of the schedule at which the channel is notified, or V(null) for always.
          type: str
          sample: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
    environments:
      description: The environments that it looks at. Empty for all.
      type: list
      elements: str
      sample:
        - production
    active:
      description: Whether it is evaluated.
      type: bool
      sample: true
    organization_id:
      description: The id of the organization.
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
      description: The ID of the SLO that made the alert and sets its name, query and time window, or V(null).
      type: str
      sample: 018f45c0-3cab-7b2f-a8f7-8a0b55a7ed14
    integration_id:
      description: The ID of the integration that the alert belongs to, or V(null).
      type: str
      sample: pagerduty
    last_run:
      description: When it was last evaluated, or V(null).
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
      description: Whether it notified, or V(null).
      type: bool
      sample: false
    result_length:
      description: How many rows the last evaluation found, or V(null).
      type: int
      sample: 0
    snoozed_until:
      description: Until when it is snoozed, or V(null).
      type: str
      sample: "2026-08-07T08:00:00Z"
    suppression:
      description: Why it does not notify at the moment, or V(null).
      type: dict
      sample: {"evaluated": false, "reason": "paused", "until": null}
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
      sample: "This token is missing the required scope: project:read_alert."
    method:
      description: The method of the request.
      type: str
      sample: GET
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/alerts/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.alert import ALERT
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(ALERT)


if __name__ == "__main__":
    main()
