#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_query
short_description: Query the telemetry of a project of Pydantic Logfire with SQL
version_added: 1.1.0
description:
  - Runs a SQL query over what one project was sent, with a read token of that project, and returns the rows.
  - It never changes anything, and it runs in check mode too.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  sql:
    description:
      - The SQL query, over the tables C(records) and C(metrics).
    type: str
    required: true
  read_token:
    description:
      - The read token of the project.
      - An API key with the scope C(project:read_otlp) that is bound to the project can take its place.
      - When neither this nor O(read_token_path) is set, the environment variable E(LOGFIRE_READ_TOKEN) is used.
    type: str
  read_token_path:
    description:
      - A file that holds the read token, such as M(community.logfire.logfire_token) writes it, in either format.
      - The file is on the host that runs the module. It cannot be given together with O(read_token).
    type: path
  min_timestamp:
    description:
      - The beginning of the time to look at.
      - Either a date and time (RFC 3339), such as V(2026-12-31T23:59:59Z), which is in UTC when it has no offset.
      - Or a duration back from now, such as V(15m), V(1h30m), V(7d), an ISO 8601 duration or a number of seconds.
    type: str
    required: true
  max_timestamp:
    description:
      - The end of the time to look at, written like O(min_timestamp). Defaults to now.
    type: str
  limit:
    description:
      - The largest number of rows to return, V(1) to V(10000).
      - When RV(row_count) is as large as this, there may be more rows.
    type: int
    default: 100
  timezone:
    description:
      - The time zone in which the query runs, such as V(Europe/Berlin). If omitted, the service decides.
    type: str
  environments:
    description:
      - The environments to look at. An empty list is all.
      - To look at what has no environment, write C(deployment_environment IS NULL) into the query.
    type: list
    elements: str
  api_token:
    description:
      - Not used. It can be set by C(module_defaults) that are meant for all modules.
  base_url:
    description:
      - The address of the service, such as V(https://logfire.example.com), without a path.
      - If omitted, the environment variable E(LOGFIRE_BASE_URL) is used, and then the region that the read token
        names (V(us) or V(eu)). A service of your own always needs it.
seealso:
  - ref: ansible_collections.community.logfire.docsite.queries
    description: Read tokens, and a deployment that waits for the answer of a query.
  - module: community.logfire.logfire_token
    description: Makes read tokens.
  - plugin: community.logfire.logfire_query
    plugin_type: lookup
    description: The same in templates.
notes:
  - Makes one API call. It is not a call of the management API, and it needs no API token.
  - A query that the service refuses is a failure with the words of the service. Where these name a line, the message
    has that line.
  - An answer of more than 64 MiB is an error. Then ask for fewer columns, or set a smaller O(limit).
  - The rows are in the result, and Ansible may show them or keep them in a log. Use C(no_log) for rows that hold
    personal data.
"""

EXAMPLES = r"""
---
- name: Look for exceptions of the last fifteen minutes
  community.logfire.logfire_query:
    read_token: "{{ vault_logfire_read_token }}"
    sql: |-
      SELECT exception_type, count(*) AS number
      FROM records
      WHERE is_exception AND service_name = 'checkout'
      GROUP BY exception_type
      ORDER BY number DESC
    min_timestamp: 15m
    environments:
      - production
  register: exceptions

- name: Show them
  ansible.builtin.debug:
    msg: "{{ exceptions.rows }}"

- name: Count the requests of one day, with a token from a file
  community.logfire.logfire_query:
    read_token_path: /etc/shop/logfire-read-token
    sql: SELECT count(*) AS requests FROM records WHERE parent_span_id IS NULL
    min_timestamp: "2026-11-01T00:00:00+01:00"
    max_timestamp: "2026-11-02T00:00:00+01:00"
    timezone: Europe/Berlin
"""

RETURN = r"""
---
rows:
  description:
    - The rows, each a dictionary of values by column.
    - Their keys are the columns of the query.
  returned: success
  type: list
  elements: dict
  sample:
    - exception_type: ValueError
      number: 3
columns:
  description: The columns, in their order.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: The name of the column.
      type: str
      sample: exception_type
    data_type:
      description: Its type as the service calls it, a text or a dictionary.
      type: raw
      sample: Utf8
    nullable:
      description: Whether its values may be null.
      type: bool
      sample: true
row_count:
  description: The number of rows.
  returned: success
  type: int
  sample: 1
failure:
  description: The request that failed.
  returned: on failure, when a request to the API was the cause
  type: dict
  contains:
    status:
      description: The HTTP status, or V(null) when no answer came.
      type: int
      sample: 400
    detail:
      description: What the API says about it, or V(null).
      type: str
      sample: "SQL error: ParserError(\"Expected: an SQL statement, found: SELEC at Line: 1, Column: 1\")"
    method:
      description: The method of the request.
      type: str
      sample: POST
    path:
      description: The path of the request.
      type: str
      sample: /v2/query
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.query import run_query


def main() -> None:
    run_query()


if __name__ == "__main__":
    main()
