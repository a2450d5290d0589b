#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_audit_log_info
short_description: Read the audit log of a Pydantic Logfire organization
version_added: 1.1.0
description:
  - Returns the entries of the audit log, which say who did what in the organization, newest first.
  - The service has an audit log for organizations with an Enterprise Cloud subscription, and when it is self-hosted.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  start_time:
    description:
      - The beginning of the time to look at. What happened at this moment is included.
      - Either a date and time (RFC 3339), such as V(2026-12-31T23:59:59Z), which is in UTC when it has no offset.
      - Or a duration back from now, such as V(15m), V(1h30m), V(7d), an ISO 8601 duration or a number of seconds.
      - It must not be more than ten years before the end.
    type: str
    required: true
  end_time:
    description:
      - The end of the time to look at, written like O(start_time). What happened at this moment is not included.
      - Defaults to now.
    type: str
  action:
    description:
      - Only entries of this action.
      - An action that is not in this list is passed on, since the service may know more of them.
    type: str
    choices:
      - INSERT
      - UPDATE
      - DELETE
      - VIEW
      - LOGIN
      - FAILED_LOGIN
      - LOGOUT
      - CLAIM_INVITATION
      - REVOKE_INVITATION
      - VERIFY
      - SSO_SIGN_IN_ATTEMPT
  limit:
    description:
      - The largest number of entries to return, V(1) to V(10000). The newest are kept.
      - When there are as many entries as this, there may be more.
    type: int
    default: 1000
notes:
  - Makes one API call for each 89 days, since the service takes no more than 90 days at a time. It begins with
    the newest, and ends when it has O(limit) entries.
  - The API token needs the scope C(organization:auditlog). It must not be bound to one project.
  - The entries hold names and IP addresses of people. Ansible may show them or keep them in a log, unless the task has
    C(no_log).
"""

EXAMPLES = r"""
---
- name: Read what was removed in the last week
  community.logfire.logfire_audit_log_info:
    start_time: 7d
    action: DELETE
  register: removed

- name: List who removed something
  ansible.builtin.debug:
    msg: "{{ removed.entries | map(attribute='user_name') | unique }}"

- name: Read the log of one half of a year
  community.logfire.logfire_audit_log_info:
    start_time: "2026-01-01T00:00:00Z"
    end_time: "2026-07-01T00:00:00Z"
    limit: 10000
  no_log: true
  register: half_year
"""

RETURN = r"""
---
entries:
  description: The entries, newest first. Empty when there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The ID of the entry.
      type: str
      sample: 3f1e2d4c-5b6a-4789-8abc-def012345678
    created_at:
      description: When it happened.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    action:
      description: What was done.
      type: str
      sample: DELETE
    user_name:
      description: Who did it, or V(null).
      type: str
      sample: Ada
    resource_type:
      description: What it was done to, as the service calls it, or V(null).
      type: str
      sample: read_tokens
    record_id:
      description: The ID of that, or V(null).
      type: str
      sample: 0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a
    project_name:
      description: The name of the project, or V(null).
      type: str
      sample: shop
    organization_name:
      description: The name of the organization, or V(null).
      type: str
      sample: acme
    ip_address:
      description: The IP address that the request came from, or V(null).
      type: str
      sample: 203.0.113.7
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
      sample: "This token is missing the required scope: organization:auditlog."
    method:
      description: The method of the request.
      type: str
      sample: GET
    path:
      description: The path of the request, with its query.
      type: str
      sample: /api/v1/audit-logs/?start_time=2026-08-05T00%3A00%3A00Z
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.audit_log import AUDIT_LOG
from ansible_collections.community.logfire.plugins.module_utils._tasks.report import run_report


def main() -> None:
    run_report(AUDIT_LOG)


if __name__ == "__main__":
    main()
