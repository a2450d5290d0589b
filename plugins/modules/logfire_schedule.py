#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_schedule
short_description: Manage delivery schedules of Pydantic Logfire
version_added: 1.1.0
description:
  - Creates, updates and deletes the delivery schedules of an organization. A schedule sets the hours in which an alert
    or SLO notifies a channel.
  - The API has no list of schedules. It returns a schedule only by its ID. The module therefore finds a schedule by its
    name only if an alert or SLO uses the schedule.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  name:
    description:
      - Name of the schedule. The API calls it C(label).
      - If O(id) is also set, the schedule is renamed to this name.
      - Required if O(id) is not set.
      - If no alert or SLO uses a schedule with this name, every run creates a new schedule. Use the schedule in a later
        task, or set O(id).
      - If several schedules that are in use have this name, the module fails and reports their IDs.
    type: str
  id:
    description:
      - ID of an existing schedule, whether it is in use or not.
    type: str
  timezone:
    description:
      - IANA name of the time zone of the times, such as V(Europe/London).
      - Required to create a schedule.
    type: str
  windows:
    description:
      - The times at which channels are notified. The order of windows and of days does not matter.
      - Replaces all windows of the schedule. Required to create a schedule.
    type: list
    elements: dict
    suboptions:
      days:
        description:
          - Days of the week, from V(1) (Monday) to V(7) (Sunday), or V(mon), V(tue), V(wed), V(thu), V(fri), V(sat) and
            V(sun).
        type: list
        elements: str
        required: true
      start:
        description:
          - When the window starts, as C(HH:MM) or C(HH:MM:SS). V(09:00) is the same as V(09:00:00).
          - Quote the time. YAML reads C(18:00) without quotes as the number 1080, which the module accepts, too.
        type: str
        required: true
      end:
        description:
          - When the window ends, in the format of O(windows[].start). A window cannot extend past midnight. Use two
            windows instead.
        type: str
        required: true
  state:
    description:
      - V(present) creates or updates the schedule.
      - V(absent) deletes the schedule. Channels that alerts and SLOs notify on this schedule are then notified at all
        times. The module warns and lists the alerts. With O(name), an unused schedule is not found, and therefore not
        deleted.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_schedule_info
  - module: community.logfire.logfire_alert
  - module: community.logfire.logfire_slo
notes:
  - Requires release v2026-09-23.01 of Logfire or later.
  - With O(id), a run that changes nothing makes one API call.
  - With O(name), the module reads the alerts and SLOs of all projects to find the schedules that are in use.
  - If the response to a request that creates a schedule is lost, it is impossible to find out whether the schedule
    exists. The module then fails instead of creating another one.
  - The API token needs the scopes C(organization:read_channel) and C(organization:write_channel). It must not be bound
    to one project. With O(name), it also needs C(project:read) and C(project:read_alert).
"""

EXAMPLES = r"""
---
- name: Ensure a schedule for office hours exists
  community.logfire.logfire_schedule:
    name: Office hours
    timezone: Europe/London
    windows:
      - days: [mon, tue, wed, thu, fri]
        start: "09:00"
        end: "18:00"
  register: office_hours

- name: Notify a channel only during these hours
  community.logfire.logfire_alert:
    project: shop
    name: Slow checkout
    query: SELECT trace_id FROM records WHERE duration > 5
    time_window: 15m
    frequency: 5m
    channel_assignments:
      - channel: ops-slack
        schedule_id: "{{ office_hours.schedule.id }}"

- name: Change the hours of a schedule by its ID
  community.logfire.logfire_schedule:
    id: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
    windows:
      - days: [1, 2, 3, 4, 5]
        start: "08:00"
        end: "20:00"
"""

RETURN = r"""
---
schedule:
  description:
    - The schedule after the task. In check mode, the schedule as it would be.
    - With O(state=absent), the schedule that was deleted.
  returned: success, unless there was no schedule to delete
  type: dict
  contains:
    id:
      description: ID of the schedule. In check mode, a placeholder if the schedule does not exist yet.
      type: str
      sample: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
    name:
      description: Name of the schedule.
      type: str
      sample: Office hours
    timezone:
      description: Time zone of the times.
      type: str
      sample: Europe/London
    windows:
      description:
        - The times at which channels are notified. Days are numbers, and seconds are shown only if they are not 0.
      type: list
      elements: dict
      sample:
        - days: [1, 2, 3, 4, 5]
          start: "09:00"
          end: "18:00"
    organization_id:
      description: ID of the organization. V(null) in check mode if the schedule does not exist yet.
      type: str
      sample: 0b0e5fd2-8a3b-4a0f-8a7e-1f8b6a2a9b11
    created_at:
      description: When the schedule was created, or V(null) in check mode if it does not exist yet.
      type: str
      sample: "2026-09-21T00:00:00Z"
    updated_at:
      description: When the schedule was last changed, or V(null).
      type: str
      sample: "2026-09-22T10:15:00Z"
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
      sample: "This token is missing the required scope: organization:write_channel."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/schedules/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: The differences. Check mode returns the same diff as a real run.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: Identifying fields and changed fields before the change. Empty if the schedule did not exist.
      type: dict
      sample: {"name": "Office hours", "timezone": "Europe/London"}
    after:
      description: Identifying fields and changed fields after the change. Empty if the schedule is deleted.
      type: dict
      sample: {"name": "Office hours", "timezone": "Europe/Berlin"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.schedule import SCHEDULE
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(SCHEDULE)


if __name__ == "__main__":
    main()
