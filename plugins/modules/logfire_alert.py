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
  - Creates, changes, renames and removes the alerts of a project.
  - Durations are written like V(5m), V(1h30m) or V(7d), as ISO 8601 (V(PT5M), V(P1D)), or as a number of seconds. The
    same time in another spelling is no change.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  project:
    description:
      - The project of the alert, by its name or its id.
      - An id costs one call of the API less than a name.
    type: str
    required: true
  name:
    description:
      - The name of the alert.
      - The API allows two alerts of one name; the module does not choose between them but asks for the O(id).
      - Together with O(id) it is the name that the alert is to have.
      - One of O(name) and O(id) is required.
    type: str
  id:
    description:
      - The id of an existing alert.
    type: str
  description:
    description:
      - What the alert means and what to do. An empty text removes it.
    type: str
  query:
    description:
      - The SQL query. Required to create an alert.
      - It is compared as text, with its line breaks.
    type: str
  time_window:
    description:
      - How far back the query looks, V(1m) to V(30d). Required to create an alert.
      - The service wants a longer window to be evaluated less often, and says so when O(frequency) does not fit.
    type: str
  frequency:
    description:
      - How often the query runs, V(1m) to V(24h). Required to create an alert.
    type: str
  watermark:
    description:
      - How long to wait for data that arrives late, up to V(24h).
      - V(10s) for a new alert, when not set.
    type: str
  notify_when:
    description:
      - When to notify. V(has_matches) for a new alert, when not set.
    type: str
    choices:
      - has_matches
      - has_matches_changed
      - matches_changed
      - starts_having_matches
  channels:
    description:
      - All channels that the alert notifies, by name or id. Their order does not matter.
      - Set to an empty list to remove all channels. An item that is null or empty, such as an empty variable, is an
        error.
      - Channels that the alert has already keep their schedule.
    type: list
    elements: str
  channel_assignments:
    description:
      - All channels that the alert notifies, with the schedules at which they do. Instead of O(channels).
    type: list
    elements: dict
    suboptions:
      channel:
        description:
          - The channel, by name or id. Each can be given once.
        type: str
        required: true
      schedule_id:
        description:
          - The id of a delivery schedule. Without one the channel is notified at all times.
        type: str
  environments:
    description:
      - The environments that the alert looks at. Their order does not matter. An empty list is all.
      - An item that is null or empty is an error.
    type: list
    elements: str
  active:
    description:
      - Whether the alert is evaluated.
      - When not set, a new alert is, and an existing one stays as it is.
    type: bool
  strict:
    description:
      - Whether check mode fails if the project or a channel does not exist. By default, check mode assumes that an
        earlier task creates it, and warns.
      - IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  preview:
    description:
      - If the alert would be created or changed, run its query before anything is written, and tell whether it would
        fire now.
      - The query runs over the O(time_window) that ends O(watermark) before now, in the O(environments), as the service
        would run it.
      - If the service refuses the query, or does not answer, the task fails before any write.
      - It works in check mode too.
      - A project that does not exist yet has nothing to query, and its alerts are not tried.
    type: dict
    version_added: 1.1.0
    suboptions:
      read_token:
        description:
          - A read token of the project.
          - When neither this nor O(preview.read_token_path) is set, the environment variable E(LOGFIRE_READ_TOKEN) is
            used.
        type: str
      read_token_path:
        description:
          - A file that holds the read token, such as M(community.logfire.logfire_token) writes it.
        type: path
      limit:
        description:
          - The largest number of rows that a query returns, V(1) to V(100).
        type: int
        default: 10
      timeout:
        description:
          - How long to wait for the answer to one query, in seconds. The O(timeout) of the task, when not set.
        type: float
  state:
    description:
      - Whether the alert is to exist.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_channel
  - module: community.logfire.logfire_project
notes:
  - What is not set of an existing alert stays as it is.
  - The service tries a query when it is saved. A query that is slow or times out is a warning.
  - The API allows two alerts of one name. So after a creation the list is read once more. If another run has created
    one of the same name at the same time, the older one is kept and made as described, and the run that created the
    younger one removes it.
  - A run that changes nothing makes three calls of the API, and one less when O(project) is an id, when all O(channels)
    are ids, or when no channels are given.
  - The API token needs the scopes C(project:read_alert) and C(project:write_alert), C(project:read) for a project by
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

- name: Notify only when that begins, and give late data more time
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors
    notify_when: starts_having_matches
    watermark: 30s

- name: Notify one channel at the times of a schedule, and one always
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors
    channel_assignments:
      - channel: ops-slack
        schedule_id: "{{ office_hours_id }}"
      - channel: on-call

- name: Rename an alert and switch it off, with a single call to find that out
  community.logfire.logfire_alert:
    project: "{{ errors.alert.project_id }}"
    id: "{{ errors.alert.id }}"
    name: Checkout errors (paused)
    active: false

- name: Ask whether it would fire now, before it is changed
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors (paused)
    time_window: 10m
    active: true
    preview:
      read_token: "{{ vault_logfire_read_token }}"

- name: Remove an alert
  community.logfire.logfire_alert:
    project: shop
    name: Checkout errors (paused)
    state: absent
"""

RETURN = r"""
---
alert:
  description:
    - The alert as it is, or in check mode as it would be.
    - With O(state=absent) the alert that was removed.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - Its ID.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-alert:name).
        - Later tasks of the same check run accept it in place of the ID. A real run refuses it.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    project_id:
      description: The ID of its project; a placeholder for one that check mode foresees.
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
          description: The ID of the channel; a placeholder for one that check mode foresees.
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
    query_check:
      description: What the service found when it tried the query.
      returned: when the API sent it
      type: dict
      contains:
        status:
          description: V(ok), V(slow), V(timed_out) or V(not_checked).
          type: str
          sample: ok
        message:
          description: What there is to say about it.
          type: str
          sample: The query ran.
        duration_ms:
          description: How long the query took, in milliseconds, or V(null).
          type: float
          sample: 12.5
        timed_out:
          description: Whether it did not end in time.
          type: bool
          sample: false
    organization_id:
      description: The id of the organization. V(null) in check mode, when the alert does not exist yet.
      type: str
      sample: 0b0e5fd2-8a3b-4a0f-8a7e-1f8b6a2a9b11
    created_at:
      description: When the alert was created. V(null) in check mode, when it does not exist yet.
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
preview:
  description: What the query of the alert finds now.
  returned: when O(preview) is set and the alert would be created or changed
  type: dict
  contains:
    would_fire:
      description:
        - Whether the alert would notify now, by its O(notify_when).
        - V(null) when that depends on what it found before, and when nothing could be asked.
      type: bool
      sample: true
    row_count:
      description: The number of rows, at most as many as O(preview.limit). V(null) when nothing could be asked.
      type: int
      sample: 3
    rows:
      description: The rows. V(null) when nothing could be asked.
      type: list
      elements: dict
      sample:
        - trace_id: 0198f45c03cab7b2fa8f78a0b55a7ed1
    error:
      description: Why nothing could be asked, or V(null).
      type: str
      sample: the project does not exist yet, so there is nothing to query
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
      sample: "This token is missing the required scope: project:write_alert."
    method:
      description: The method of the request.
      type: str
      sample: POST
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/alerts/
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
      description: What names the alert, and what changes, as it was. Empty for what did not exist.
      type: dict
      sample: {"name": "Checkout errors", "time_window": "5m"}
    after:
      description: What names the alert, and what changes, as it is then. Empty for what is removed.
      type: dict
      sample: {"name": "Checkout errors", "time_window": "10m"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.alert import ALERT
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(ALERT)


if __name__ == "__main__":
    main()
