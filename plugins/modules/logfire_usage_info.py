#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_usage_info
short_description: Read how much a Pydantic Logfire organization or project sent
version_added: 1.1.0
description:
  - Returns the number of records and metrics that the organization sent, by day or by month.
  - With O(project) those of one project.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  period:
    description:
      - Whether to count by day or by month.
    type: str
    choices:
      - daily
      - monthly
    default: daily
  project:
    description:
      - Count only what this project sent. Its name or its ID. By default, all projects are counted.
      - If there is no such project, O(project) causes a warning, and RV(usage) is empty.
    type: str
  start:
    description:
      - The first day, such as V(2026-12-31). With O(period=monthly) its whole month is included.
      - Or a duration back from today, such as V(30d). Days are those of UTC.
      - It must not be more than ten years before the end.
    type: str
    required: true
  end:
    description:
      - The last day, which is included, written like O(start). With O(period=monthly) its whole month is included.
      - Defaults to today.
    type: str
seealso:
  - module: community.logfire.logfire_audit_log_info
notes:
  - Makes one API call for each 88 days with O(period=daily), since the service takes no more than three months
    at a time, and one in all with O(period=monthly). A project by its name costs one more.
  - The API token needs the scope C(organization:payment), and C(project:read) when O(project) is a name. It must not be
    bound to one project.
"""

EXAMPLES = r"""
---
- name: Read the usage of the last thirty days
  community.logfire.logfire_usage_info:
    start: 30d
  register: month

- name: Warn of too much
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
    - The usage by date, the oldest first.
    - Whether there is an item for a day or month without usage, is up to the service.
  returned: success
  type: list
  elements: dict
  contains:
    date:
      description: The day, or a day that stands for its month.
      type: str
      sample: "2026-08-05"
    records_count:
      description: The number of records.
      type: int
      sample: 120000
    metrics_count:
      description: The number of metrics.
      type: int
      sample: 3000
    total_observations:
      description: The number of both.
      type: int
      sample: 123000
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
      sample: "This token is missing the required scope: organization:payment."
    method:
      description: The method of the request.
      type: str
      sample: GET
    path:
      description: The path of the request, with its query.
      type: str
      sample: /api/v1/usage/daily/?start_date=2026-08-05&end_date=2026-08-06
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.usage import USAGE
from ansible_collections.community.logfire.plugins.module_utils._tasks.report import run_report


def main() -> None:
    run_report(USAGE)


if __name__ == "__main__":
    main()
