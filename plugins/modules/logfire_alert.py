#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_alert
short_description: Manage alerts of Pydantic Logfire
version_added: 1.0.0
description:
  - Creates, updates, renames and deletes the alerts of a project.
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
      - Name or ID of the project that the alert belongs to.
      - An ID saves one API call.
    type: str
    required: true
  name:
    description:
      - Name of the alert.
      - The API allows duplicate names. If several alerts have this name, the module fails and requires O(id).
      - If O(id) is also set, the alert is renamed to this name.
      - Required if O(id) is not set.
    type: str
  id:
    description:
      - ID of an existing alert.
    type: str
  description:
    description:
      - Description of the alert, for example what it means and how to respond. Set to an empty string to remove it.
    type: str
  query:
    description:
      - The SQL query. Required to create an alert.
      - The query is compared as text, including line breaks.
    type: str
  time_window:
    description:
      - Time range that the query covers, from V(1m) to V(30d). Required to create an alert.
      - For a longer time window, the service requires the query to run less often. If the service rejects the
        combination with O(frequency), the module fails with the message of the service.
    type: str
  frequency:
    description:
      - How often the query runs, from V(1m) to V(24h). Required to create an alert.
    type: str
  watermark:
    description:
      - How long to wait for late data, up to V(24h). If omitted, a new alert uses V(10s).
      - If omitted, a new alert uses V(10s).
    type: str
  notify_when:
    description:
      - When to notify. If omitted, a new alert uses V(has_matches).
      - V(has_matches) notifies whenever the query returns rows. V(starts_having_matches) notifies only if the query
        returns rows and the previous run returned none. V(has_matches_changed) and V(matches_changed) notify only if
        the result differs from that of the previous run.
    type: str
    choices:
      - has_matches
      - has_matches_changed
      - matches_changed
      - starts_having_matches
  channels:
    description:
      - Names or IDs of all channels that the alert notifies. The order does not matter.
      - Set to an empty list to remove all channels. A null or empty item, for example from an empty variable, is an
        error.
      - Channels that are already assigned keep their schedule.
    type: list
    elements: str
  channel_assignments:
    description:
      - All channels that the alert notifies, with their delivery schedules. Mutually exclusive with O(channels).
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
          - Name of the delivery schedule in which the channel is notified. See M(community.logfire.logfire_schedule).
          - The name is found only if an alert or SLO already uses the schedule.
          - Mutually exclusive with O(channel_assignments[].schedule_id).
        type: str
        version_added: 1.1.0
      schedule_id:
        description:
          - ID of a delivery schedule. Without a schedule, the channel is always notified.
        type: str
  environments:
    description:
      - The environments that the alert evaluates. The order does not matter. Set to an empty list for all environments.
      - A null or empty item is an error.
    type: list
    elements: str
  active:
    description:
      - Whether the alert is evaluated.
      - If omitted, a new alert is evaluated, and an existing alert is not changed.
    type: bool
  strict:
    description:
      - Whether check mode fails if the project or a channel does not exist. By default, check mode assumes that an
        earlier task creates it, and warns.
      - Placeholder IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  preview:
    description:
      - If the alert would be created or changed, run its query before any write, and return whether the alert would
        fire now.
      - As in the service, the query covers the O(time_window) that ends O(watermark) before now, in the
        O(environments).
      - If the service rejects the query or does not respond, the task fails before any write.
      - Check mode also runs the query.
      - If the project does not exist yet, the query is skipped.
    type: dict
    version_added: 1.1.0
    suboptions:
      read_token:
        description:
          - Read token of the project. Mutually exclusive with O(preview.read_token_path).
          - If neither this nor O(preview.read_token_path) is set, the environment variable E(LOGFIRE_READ_TOKEN) is
            used.
        type: str
      read_token_path:
        description:
          - Path to a file that contains the read token, for example written by M(community.logfire.logfire_token).
        type: path
      limit:
        description:
          - Maximum number of rows that the query returns, from V(1) to V(100).
        type: int
        default: 10
      timeout:
        description:
          - How long to wait for the result of the query, in seconds. If omitted, the O(timeout) of the task applies.
        type: float
  state:
    description:
      - Whether the alert should exist.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_channel
  - module: community.logfire.logfire_project
notes:
  - Options that are omitted keep their value in an existing alert.
  - The service tests a query when it is saved. The module warns if the query is slow or times out.
  - The API allows duplicate alert names. After creating an alert, the module therefore reads the list again. If another
    run created an alert with the same name at the same time, the older alert is kept and updated, and the run that
    created the newer alert deletes it.
  - A run that changes nothing makes three API calls. It makes one less if O(project) is an ID, and one less if all
    channels are IDs or no channels are given.
  - The API token needs the scopes C(project:read_alert) and C(project:write_alert), C(project:read) if O(project) is a
    name, and C(organization:read_channel) for channels.
"""

EXAMPLES = r"""
---
- name: Alert on exceptions of a service
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors
    description: Look at the traces first.
    query: |-
      SELECT trace_id, exception_type, exception_message
      FROM records
      WHERE is_exception AND service_name = 'checkout'
    time_window: 5m
    frequency: 1m
    channels:
      - ops-slack
      - on-call
    environments:
      - production
  register: errors

- name: Notify only when errors start, and wait longer for late data
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors
    notify_when: starts_having_matches
    watermark: 30s

- name: Notify one channel on a schedule and another one at all times
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors
    channel_assignments:
      - channel: ops-slack
        schedule_id: "{{ office_hours_id }}"
      - channel: on-call

- name: Rename and disable an alert by its ID
  community.logfire.logfire_alert:
    project: "{{ errors.alert.project_id }}"
    id: "{{ errors.alert.id }}"
    name: Checkout errors (paused)
    active: false

- name: Check whether an alert would fire now before it is changed
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors (paused)
    time_window: 10m
    active: true
    preview:
      read_token: "{{ vault_logfire_read_token }}"

- name: Delete an alert
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors (paused)
    state: absent
"""

RETURN = r"""
---
alert:
  description:
    - The alert after the task. In check mode, the alert as it would be.
    - With O(state=absent), the alert that was deleted.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - ID of the alert.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-alert:name).
        - Later tasks of the same check run accept it in place of the ID. A real run rejects it.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    project_id:
      description: ID of the project, or a placeholder if check mode assumes that the project exists.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
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
          description: ID of the channel, or a placeholder if check mode assumes that the channel exists.
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
    query_check:
      description: Result of the service's test of the query.
      returned: when the API returns it
      type: dict
      contains:
        status:
          description: V(ok), V(slow), V(timed_out) or V(not_checked).
          type: str
          sample: ok
        message:
          description: Message about the test.
          type: str
          sample: The query ran.
        duration_ms:
          description: How long the query took, in milliseconds, or V(null).
          type: float
          sample: 12.5
        timed_out:
          description: Whether the query timed out.
          type: bool
          sample: false
    organization_id:
      description: ID of the organization. V(null) in check mode if the alert does not exist yet.
      type: str
      sample: 0b0e5fd2-8a3b-4a0f-8a7e-1f8b6a2a9b11
    created_at:
      description: When the alert was created. V(null) in check mode if it does not exist yet.
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
preview:
  description: Current result of the alert's query.
  returned: when O(preview) is set and the alert would be created or changed
  type: dict
  contains:
    would_fire:
      description:
        - Whether the alert would notify now, according to O(notify_when).
        - V(null) if this depends on earlier results, or if the query was not run.
      type: bool
      sample: true
    row_count:
      description: Number of rows, up to O(preview.limit). V(null) if the query was not run.
      type: int
      sample: 3
    rows:
      description: The rows. V(null) if the query was not run.
      type: list
      elements: dict
      sample:
        - trace_id: 0198f45c03cab7b2fa8f78a0b55a7ed1
    error:
      description: Why the query was not run, or V(null).
      type: str
      sample: the project does not exist yet, so there is nothing to query
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
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/alerts/
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
      description: Identifying fields and changed fields before the change. Empty if the alert did not exist.
      type: dict
      sample: {"name": "Checkout errors", "time_window": "5m"}
    after:
      description: Identifying fields and changed fields after the change. Empty if the alert is deleted.
      type: dict
      sample: {"name": "Checkout errors", "time_window": "10m"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.alert import ALERT
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(ALERT)


if __name__ == "__main__":
    main()
