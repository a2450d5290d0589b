#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_slo
short_description: Manage service level objectives of Pydantic Logfire
version_added: 1.1.0
description:
  - Creates, updates, renames and deletes service level objectives (SLOs) of a project.
  - The service creates three alerts for each SLO. These alerts fire if the error budget is consumed fast, at a medium
    rate, or slowly.
  - Durations are written like V(5m), V(1h30m) or V(7d), in ISO 8601 format (V(PT5M), V(P1D)), or as a number of
    seconds. Different notations of the same duration are treated as equal.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  project:
    description:
      - Name or ID of the project that the SLO belongs to.
      - An ID saves one API call.
    type: str
    required: true
  name:
    description:
      - Name of the SLO, unique in the project.
      - If O(id) is also set, the SLO is renamed to this name.
      - Required if O(id) is not set.
    type: str
  id:
    description:
      - ID of an existing SLO.
    type: str
  description:
    description:
      - Description of the SLO. Set to an empty string to remove it.
    type: str
  scope_kind:
    description:
      - What the SLO covers, a service or an LLM provider. If omitted, a new SLO uses V(service).
      - Cannot be changed, because the history of the error budget would be lost.
    type: str
    choices:
      - service
      - provider
  scope_value:
    description:
      - Name of the service, or slug of the LLM provider, such as V(openai). Required to create an SLO.
      - Cannot be changed, because the history of the error budget would be lost.
    type: str
  source:
    description:
      - What is counted. If omitted, a new SLO uses V(records).
    type: str
    choices:
      - records
      - metrics
  metric_aggregation:
    description:
      - How metrics are counted. If omitted, a new SLO uses V(additive).
      - V(histogram_threshold) requires O(source=metrics), O(threshold) and O(comparison). O(bad_query) is not allowed.
      - All other values require O(bad_query). O(threshold) and O(comparison) are not allowed.
    type: str
    choices:
      - additive
      - gauge_fraction
      - counter_rate
      - histogram_threshold
  total_query:
    description:
      - SQL condition that selects everything that is counted. Required to create an SLO.
    type: str
  bad_query:
    description:
      - SQL condition that selects the bad part of what is counted. Required to create an SLO, unless
        O(metric_aggregation=histogram_threshold).
    type: str
  threshold:
    description:
      - Number that separates good values from bad values in a histogram. Quote the number.
    type: str
  comparison:
    description:
      - Whether good values are less than or greater than O(threshold).
    type: str
    choices:
      - less_than
      - greater_than
  target_percent:
    description:
      - Target percentage of good results, greater than 0 and less than 100, such as V(99.9). Required to create an SLO.
      - Numbers are compared by value, so V(99.9) equals V(99.9000).
    type: str
  rolling_window:
    description:
      - Time over which the target applies, from V(1h) to V(90d). Required to create an SLO.
      - Your plan may allow less.
    type: str
  environments:
    description:
      - The environments that the SLO covers. The order does not matter. Set to an empty list for all environments.
      - A null or empty item is an error.
    type: list
    elements: str
  alerts:
    description:
      - Channels of the three alerts that the service creates for the SLO. If omitted, the existing channels are kept.
      - Requires release v2026-09-23.01 of Logfire or later. Older releases ignore the channels, and the task then
        fails.
    type: dict
    suboptions:
      fast:
        description:
          - The alert for an error budget that is consumed fast. Its severity is V(page).
          - If omitted, its channels are kept.
        type: dict
        suboptions:
          channels:
            description:
              - Names or IDs of all channels that the alert notifies. Set to an empty list to remove all channels.
              - Channels that are already assigned keep their schedule.
            type: list
            elements: str
          channel_assignments:
            description:
              - All channels that the alert notifies, with their delivery schedules. Mutually exclusive with
                O(alerts.fast.channels).
            type: list
            elements: dict
            suboptions:
              channel:
                description:
                  - Name or ID of the channel. Each channel can be listed once.
                type: str
                required: true
              schedule:
                description:
                  - Name of the delivery schedule in which the channel is notified. See
                    M(community.logfire.logfire_schedule).
                  - The name is found only if an alert or SLO already uses the schedule.
                  - Mutually exclusive with O(alerts.fast.channel_assignments[].schedule_id).
                type: str
                version_added: 1.1.0
              schedule_id:
                description:
                  - ID of a delivery schedule. Without a schedule, the channel is always notified.
                type: str
      medium:
        description:
          - The alert for an error budget that is consumed at a medium rate. Its severity is V(page).
          - If omitted, its channels are kept.
        type: dict
        suboptions:
          channels:
            description:
              - Names or IDs of all channels that the alert notifies. Set to an empty list to remove all channels.
              - Channels that are already assigned keep their schedule.
            type: list
            elements: str
          channel_assignments:
            description:
              - All channels that the alert notifies, with their delivery schedules. Mutually exclusive with
                O(alerts.medium.channels).
            type: list
            elements: dict
            suboptions:
              channel:
                description:
                  - Name or ID of the channel. Each channel can be listed once.
                type: str
                required: true
              schedule:
                description:
                  - Name of the delivery schedule in which the channel is notified. See
                    M(community.logfire.logfire_schedule).
                  - The name is found only if an alert or SLO already uses the schedule.
                  - Mutually exclusive with O(alerts.medium.channel_assignments[].schedule_id).
                type: str
                version_added: 1.1.0
              schedule_id:
                description:
                  - ID of a delivery schedule. Without a schedule, the channel is always notified.
                type: str
      slow:
        description:
          - The alert for an error budget that is consumed slowly. Its severity is V(ticket).
          - If omitted, its channels are kept.
        type: dict
        suboptions:
          channels:
            description:
              - Names or IDs of all channels that the alert notifies. Set to an empty list to remove all channels.
              - Channels that are already assigned keep their schedule.
            type: list
            elements: str
          channel_assignments:
            description:
              - All channels that the alert notifies, with their delivery schedules. Mutually exclusive with
                O(alerts.slow.channels).
            type: list
            elements: dict
            suboptions:
              channel:
                description:
                  - Name or ID of the channel. Each channel can be listed once.
                type: str
                required: true
              schedule:
                description:
                  - Name of the delivery schedule in which the channel is notified. See
                    M(community.logfire.logfire_schedule).
                  - The name is found only if an alert or SLO already uses the schedule.
                  - Mutually exclusive with O(alerts.slow.channel_assignments[].schedule_id).
                type: str
                version_added: 1.1.0
              schedule_id:
                description:
                  - ID of a delivery schedule. Without a schedule, the channel is always notified.
                type: str
  strict:
    description:
      - Whether check mode fails if the project or a channel does not exist. By default, check mode assumes that an
        earlier task creates it, and warns.
      - Placeholder IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  state:
    description:
      - Whether the SLO should exist.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_alert
  - module: community.logfire.logfire_channel
notes:
  - Options that are omitted keep their value in an existing SLO.
  - Only differences are sent, because the status of an SLO is reset each time a change affects what it counts.
  - SLOs require the Enterprise plan, or the Growth plan, which includes a limited number. With any other plan, the task
    fails with the message of the service.
  - A run that changes nothing makes three API calls. It makes one less if O(project) is an ID, and one less if all
    channels are IDs or no channels are given.
  - The API token needs the scopes C(project:read_alert) and C(project:write_alert), C(project:read) if O(project) is a
    name, and C(organization:read_channel) for channels.
"""

EXAMPLES = r"""
---
- name: Ensure an SLO requires 99.9% of the requests to succeed
  community.logfire.logfire_slo:
    project: shop
    name: Checkout succeeds
    scope_value: checkout
    total_query: parent_span_id IS NULL
    bad_query: otel_status_code = 'ERROR'
    target_percent: "99.9"
    rolling_window: 30d
    environments:
      - production
    alerts:
      fast:
        channels:
          - on-call
      slow:
        channels:
          - ops-slack

- name: Ensure an SLO requires 99% of the messages to wait for less than a minute
  community.logfire.logfire_slo:
    project: shop
    name: Queue is short
    scope_value: worker
    source: metrics
    metric_aggregation: histogram_threshold
    total_query: metric_name = 'queue.latency'
    threshold: "60000"
    comparison: less_than
    target_percent: "99"
    rolling_window: 7d

- name: Remove the channels of the slow alert
  community.logfire.logfire_slo:
    project: shop
    name: Checkout succeeds
    alerts:
      slow:
        channels: []

- name: Delete an SLO
  community.logfire.logfire_slo:
    project: shop
    name: Queue is short
    state: absent
"""

RETURN = r"""
---
slo:
  description:
    - The SLO after the task. In check mode, the SLO as it would be.
    - With O(state=absent), the SLO that was deleted.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - ID of the SLO.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-slo:name).
        - Later tasks of the same check run accept it in place of the ID. A real run rejects it.
      type: str
      sample: 018f45c0-3cab-7b2f-a8f7-8a0b55a7ed14
    project_id:
      description: ID of the project, or a placeholder if check mode assumes that the project exists.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
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
                  description: ID of the channel, or a placeholder if check mode assumes that the channel exists.
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
                  description: ID of the channel, or a placeholder if check mode assumes that the channel exists.
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
                  description: ID of the channel, or a placeholder if check mode assumes that the channel exists.
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
      description: When the SLO was created. V(null) in check mode if the SLO does not exist yet.
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
      sample: "This token is missing the required scope: project:write_alert."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/slos/
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
      description: Identifying fields and changed fields before the change. Empty if the SLO did not exist.
      type: dict
      sample: {"name": "Checkout succeeds", "target_percent": "99"}
    after:
      description: Identifying fields and changed fields after the change. Empty if the SLO is deleted.
      type: dict
      sample: {"name": "Checkout succeeds", "target_percent": "99.9"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.slo import SLO
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(SLO)


if __name__ == "__main__":
    main()
