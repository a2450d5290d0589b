#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_slo_info
short_description: Read service level objectives of Pydantic Logfire
version_added: 1.1.0
description:
  - Returns the service level objectives (SLOs) of a project, optionally filtered, and their current status.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  project:
    description:
      - Name or ID of the project whose SLOs are returned.
      - If omitted, the SLOs of all projects are returned. This takes one API call, plus one for each project.
      - If the project does not exist, the result is empty and the module warns.
    type: str
  name:
    description:
      - Return only the SLOs with this name.
    type: str
  id:
    description:
      - Return only the SLO with this ID.
    type: str
seealso:
  - module: community.logfire.logfire_slo
notes:
  - Makes two API calls, or one if O(project) is an ID.
"""

EXAMPLES = r"""
---
- name: Read all SLOs of a project
  community.logfire.logfire_slo_info:
    project: shop
  register: shop

- name: Show how much of each error budget is left
  ansible.builtin.debug:
    msg: "{{ shop.slos | items2dict('name', 'budget_remaining_percent') }}"
"""

RETURN = r"""
---
slos:
  description: The SLOs, sorted by project and name. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the SLO.
      type: str
      sample: 018f45c0-3cab-7b2f-a8f7-8a0b55a7ed14
    project_id:
      description: ID of the project.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: Name of the project.
      returned: if O(project) is omitted
      type: str
      sample: shop
    name:
      description: Name of the SLO.
      type: str
      sample: Checkout succeeds
    description:
      description: Description of the SLO. Empty if it has none.
      type: str
      sample: Customers can pay.
    scope_kind:
      description: What the SLO covers.
      type: str
      sample: service
    scope_value:
      description: Name of the service, or slug of the LLM provider.
      type: str
      sample: checkout
    source:
      description: What is counted.
      type: str
      sample: records
    metric_aggregation:
      description: How metrics are counted.
      type: str
      sample: additive
    total_query:
      description: SQL condition that selects everything that is counted.
      type: str
      sample: parent_span_id IS NULL
    bad_query:
      description: SQL condition that selects the bad part. Empty for a histogram.
      type: str
      sample: otel_status_code = 'ERROR'
    threshold:
      description: Number that separates good values from bad values in a histogram, or V(null).
      type: str
      sample: "60000"
    comparison:
      description: Whether good values are less than or greater than the threshold, or V(null).
      type: str
      sample: less_than
    target_percent:
      description: Target percentage of good results.
      type: str
      sample: "99.9"
    rolling_window:
      description: Time over which the target applies.
      type: str
      sample: 30d
    environments:
      description: The environments that the SLO covers. Empty for all environments.
      type: list
      elements: str
      sample:
        - production
    alerts:
      description: The three alerts of the SLO.
      type: dict
      contains:
        fast:
          description: The alert for an error budget that is consumed fast.
          type: dict
          contains:
            alert_id:
              description: ID of the alert, or V(null) if it does not exist yet.
              type: str
              sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
            severity:
              description: V(page) or V(ticket), or V(null) if the alert does not exist yet.
              type: str
              sample: page
            viable:
              description: Whether the alert can fire at this target, or V(null) if unknown.
              type: bool
              sample: true
            channels:
              description: Channels that the alert notifies, sorted by ID.
              type: list
              elements: dict
              contains:
                id:
                  description: ID of the channel.
                  type: str
                  sample: 3c0f4e9c-0c4b-4d4b-b3b9-6a0bd5b5a6a3
                name:
                  description: Name of the channel, or V(null) if the task did not read the channels.
                  type: str
                  sample: ops-slack
                schedule_id:
                  description: ID of the delivery schedule, or V(null) if the channel is always notified.
                  type: str
                  sample: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
        medium:
          description: The alert for an error budget that is consumed at a medium rate.
          type: dict
          contains:
            alert_id:
              description: ID of the alert, or V(null) if it does not exist yet.
              type: str
              sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
            severity:
              description: V(page) or V(ticket), or V(null) if the alert does not exist yet.
              type: str
              sample: page
            viable:
              description: Whether the alert can fire at this target, or V(null) if unknown.
              type: bool
              sample: true
            channels:
              description: Channels that the alert notifies, sorted by ID.
              type: list
              elements: dict
              contains:
                id:
                  description: ID of the channel.
                  type: str
                  sample: 3c0f4e9c-0c4b-4d4b-b3b9-6a0bd5b5a6a3
                name:
                  description: Name of the channel, or V(null) if the task did not read the channels.
                  type: str
                  sample: ops-slack
                schedule_id:
                  description: ID of the delivery schedule, or V(null) if the channel is always notified.
                  type: str
                  sample: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
        slow:
          description: The alert for an error budget that is consumed slowly.
          type: dict
          contains:
            alert_id:
              description: ID of the alert, or V(null) if it does not exist yet.
              type: str
              sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
            severity:
              description: V(page) or V(ticket), or V(null) if the alert does not exist yet.
              type: str
              sample: ticket
            viable:
              description: Whether the alert can fire at this target, or V(null) if unknown.
              type: bool
              sample: true
            channels:
              description: Channels that the alert notifies, sorted by ID.
              type: list
              elements: dict
              contains:
                id:
                  description: ID of the channel.
                  type: str
                  sample: 3c0f4e9c-0c4b-4d4b-b3b9-6a0bd5b5a6a3
                name:
                  description: Name of the channel, or V(null) if the task did not read the channels.
                  type: str
                  sample: ops-slack
                schedule_id:
                  description: ID of the delivery schedule, or V(null) if the channel is always notified.
                  type: str
                  sample: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
    created_at:
      description: When the SLO was created.
      type: str
      sample: "2026-10-01T09:00:00Z"
    updated_at:
      description: When the SLO was last changed, or V(null).
      type: str
      sample: "2026-10-02T09:00:00Z"
    created_by_name:
      description: Who created the SLO, or V(null).
      type: str
      sample: Ansible
    updated_by_name:
      description: Who last changed the SLO, or V(null).
      type: str
      sample: Ansible
    current_sli_percent:
      description: Current percentage of good results, or V(null).
      type: str
      sample: "99.95"
    budget_remaining_percent:
      description: Percentage of the error budget that remains, or V(null).
      type: str
      sample: "50.0"
    last_checked_at:
      description: When the service last computed these percentages, or V(null).
      type: str
      sample: "2026-10-02T09:00:00Z"
    predicate_version:
      description:
        - Version of the conditions that define what the SLO counts. It starts at 1 and increases with each change.
      type: int
      sample: 1
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
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/slos/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.slo import SLO
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(SLO)


if __name__ == "__main__":
    main()
