#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_schedule_info
short_description: Read delivery schedules of Pydantic Logfire
version_added: 1.1.0
description:
  - Returns the delivery schedules that alerts and SLOs of the organization use, optionally filtered by name, or one
    schedule by its ID.
  - The API has no list of schedules. An unused schedule can be read only by its ID.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  name:
    description:
      - Return only the schedules with this name.
    type: str
  id:
    description:
      - Return only the schedule with this ID, whether it is in use or not.
    type: str
seealso:
  - module: community.logfire.logfire_schedule
notes:
  - With O(id), makes one API call.
  - Without O(id), reads the list of projects, the alerts and SLOs of each project, and each schedule that is in use.
  - Requires release v2026-09-23.01 of Logfire or later.
"""

EXAMPLES = r"""
---
- name: Read all schedules that are in use
  community.logfire.logfire_schedule_info:
  register: in_use

- name: Read one schedule
  community.logfire.logfire_schedule_info:
    id: 9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20
"""

RETURN = r"""
---
schedules:
  description: The schedules, sorted by name. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the schedule.
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
      description: ID of the organization.
      type: str
      sample: 0b0e5fd2-8a3b-4a0f-8a7e-1f8b6a2a9b11
    created_at:
      description: When the schedule was created.
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
      sample: "This token is missing the required scope: organization:read_channel."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/schedules/9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.schedule import SCHEDULE
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(SCHEDULE)


if __name__ == "__main__":
    main()
