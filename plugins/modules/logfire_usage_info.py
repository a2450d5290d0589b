#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_usage_info
short_description: Read the usage of a Pydantic Logfire organization or project
version_added: 1.1.0
description:
  - Returns the number of records and metrics that an organization or one of its projects sent, by day or by month.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  period:
    description:
      - Whether to return the usage by day or by month.
    type: str
    choices:
      - daily
      - monthly
    default: daily
  project:
    description:
      - Name or ID of the project whose usage is returned. If omitted, the usage of the whole organization is returned.
      - If the project does not exist, the result is empty and the module warns.
    type: str
  start:
    description:
      - First day of the time range, such as V(2026-12-31). Days are in UTC. With O(period=monthly), the whole month of
        this day is included.
      - Alternatively, a duration before today, such as V(30d).
      - The start must not be more than ten years before the end.
    type: str
    required: true
  end:
    description:
      - Last day of the time range, inclusive, written like O(start). With O(period=monthly), the whole month of this
        day is included.
      - Defaults to today.
    type: str
seealso:
  - module: community.logfire.logfire_audit_log_info
notes:
  - Makes one API call for each 88 days with O(period=daily), because one call can cover at most three months. Makes one
    API call in total with O(period=monthly). If O(project) is a name, it takes one more call.
  - The API token needs the scope C(organization:payment), and C(project:read) if O(project) is a name. It must not be
    bound to one project.
"""

EXAMPLES = r"""
---
- name: Read the usage of the last thirty days
  community.logfire.logfire_usage_info:
    start: 30d
  register: month

- name: Show the total number of observations
  ansible.builtin.debug:
    msg: "{{ month.usage | sum(attribute='total_observations') }} observations in thirty days"

- name: Read the usage of a project by month
  community.logfire.logfire_usage_info:
    period: monthly
    project: shop
    start: "2026-01-01"
    end: "2026-06-30"
  register: half_year
"""

RETURN = r"""
---
usage:
  description:
    - The usage by date, oldest first.
    - A day or month without usage may be missing, depending on the service.
  returned: success
  type: list
  elements: dict
  contains:
    date:
      description: The day. With O(period=monthly), a day that represents its month.
      type: str
      sample: "2026-08-05"
    records_count:
      description: Number of records.
      type: int
      sample: 120000
    metrics_count:
      description: Number of metrics.
      type: int
      sample: 3000
    total_observations:
      description: Number of records and metrics together.
      type: int
      sample: 123000
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
      sample: "This token is missing the required scope: organization:payment."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request, with its query string.
      type: str
      sample: /api/v1/usage/daily/?start_date=2026-08-05&end_date=2026-08-06
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.usage import USAGE
from ansible_collections.community.logfire.plugins.module_utils._tasks.report import run_report


def main() -> None:
    run_report(USAGE)


if __name__ == "__main__":
    main()
