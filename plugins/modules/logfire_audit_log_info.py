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
  - Returns the entries of the audit log of an organization, newest first. They show who did what, and when.
  - Requires an Enterprise Cloud subscription or a self-hosted instance.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  start_time:
    description:
      - Start of the time range, inclusive.
      - A date and time in RFC 3339 format, such as V(2026-12-31T23:59:59Z). Without an offset, it is in UTC.
      - Alternatively, a duration before now, such as V(15m), V(1h30m) or V(7d), an ISO 8601 duration, or a number of
        seconds.
      - The start must not be more than ten years before the end.
    type: str
    required: true
  end_time:
    description:
      - End of the time range, exclusive, written like O(start_time).
      - Defaults to now.
    type: str
  action:
    description:
      - Return only entries with this action. If omitted, entries with any action are returned.
      - Other actions are also accepted and sent to the service, because the service may support more of them.
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
      - Maximum number of entries to return, from V(1) to V(10000). If there are more, the newest are returned.
      - If the number of returned entries equals the limit, more entries may exist.
    type: int
    default: 1000
notes:
  - Makes one API call for each 89 days, because one call can cover at most 90 days. It starts with the newest entries,
    and stops when it has O(limit) entries.
  - The API token needs the scope C(organization:auditlog). It must not be bound to one project.
  - The entries contain names and IP addresses of people. To keep Ansible from displaying or logging them, use
    C(no_log=true).
"""

EXAMPLES = r"""
---
- name: Read what was deleted in the last week
  community.logfire.logfire_audit_log_info:
    start_time: 7d
    action: DELETE
  register: removed

- name: List the users who deleted something
  ansible.builtin.debug:
    msg: "{{ removed.entries | map(attribute='user_name') | unique }}"

- name: Read the audit log of half a year
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
  description: The entries, newest first. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the entry.
      type: str
      sample: 3f1e2d4c-5b6a-4789-8abc-def012345678
    created_at:
      description: When the action happened.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    action:
      description: Action that was performed.
      type: str
      sample: DELETE
    user_name:
      description: Name of the user who performed the action, or V(null).
      type: str
      sample: Ada
    resource_type:
      description: Type of the affected resource, as the service names it, or V(null).
      type: str
      sample: read_tokens
    record_id:
      description: ID of the affected resource, or V(null).
      type: str
      sample: 0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a
    project_name:
      description: Name of the project, or V(null).
      type: str
      sample: shop
    organization_name:
      description: Name of the organization, or V(null).
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
      description: HTTP status code, or V(null) if there was no response.
      type: int
      sample: 403
    detail:
      description: Error detail in the response, or V(null).
      type: str
      sample: "This token is missing the required scope: organization:auditlog."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request, with its query string.
      type: str
      sample: /api/v1/audit-logs/?start_time=2026-08-05T00%3A00%3A00Z
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.audit_log import AUDIT_LOG
from ansible_collections.community.logfire.plugins.module_utils._tasks.report import run_report


def main() -> None:
    run_report(AUDIT_LOG)


if __name__ == "__main__":
    main()
