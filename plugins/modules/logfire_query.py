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
  - Runs an SQL query on the telemetry of a project, and returns the rows. This requires a read token of the project.
  - The module never changes anything, so it also runs in check mode.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  sql:
    description:
      - SQL query. It can use the tables C(records) and C(metrics).
    type: str
    required: true
  read_token:
    description:
      - Read token of the project.
      - An API key that is bound to the project and has the scope C(project:read_otlp) also works.
      - If neither this nor O(read_token_path) is set, the environment variable E(LOGFIRE_READ_TOKEN) is used.
    type: str
  read_token_path:
    description:
      - Path to a file that contains the read token, for example written by M(community.logfire.logfire_token). Both
        formats of that module are supported.
      - The file is on the host that runs the module. Mutually exclusive with O(read_token).
    type: path
  min_timestamp:
    description:
      - Start of the time range.
      - A date and time in RFC 3339 format, such as V(2026-12-31T23:59:59Z). Without an offset, it is in UTC.
      - Alternatively, a duration before now, such as V(15m), V(1h30m) or V(7d), an ISO 8601 duration, or a number of
        seconds.
    type: str
    required: true
  max_timestamp:
    description:
      - End of the time range, in the format of O(min_timestamp). Defaults to now.
    type: str
  limit:
    description:
      - Maximum number of rows to return, from V(1) to V(10000).
      - If RV(row_count) equals the limit, more rows may exist.
    type: int
    default: 100
  timezone:
    description:
      - Time zone of the query, such as V(Europe/Berlin). By default, the service chooses it.
    type: str
  environments:
    description:
      - Environments to query. If omitted or empty, all environments are queried.
      - To select records without an environment, write C(deployment_environment IS NULL) into the query.
    type: list
    elements: str
  api_token:
    description:
      - Ignored. The option is accepted so that C(module_defaults) can set it for all modules of the collection.
  base_url:
    description:
      - URL of the service without a path, such as V(https://logfire.example.com).
      - If omitted, the environment variable E(LOGFIRE_BASE_URL) is used, and then the region encoded in the read token
        (V(us) or V(eu)). Required for self-hosted instances.
seealso:
  - ref: ansible_collections.community.logfire.docsite.queries
    description: How to use read tokens, and how to make a deployment depend on the result of a query.
  - module: community.logfire.logfire_token
    description: Creates read tokens.
  - plugin: community.logfire.logfire_query
    plugin_type: lookup
    description: Runs queries in templates.
notes:
  - Makes one call of the query API. It requires no API token, which is only for the management API.
  - If the service rejects the query, the module fails with the message of the service. If the message names a line of
    the query, that line is shown.
  - A response larger than 64 MiB is an error. Select fewer columns, or set a smaller O(limit).
  - Ansible may display the rows or write them to a log. If they contain personal data, use C(no_log=true).
"""

EXAMPLES = r"""
---
- name: Count the exceptions of the last fifteen minutes
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

- name: Show the exceptions
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
    - The rows. Each is a dictionary with the columns of the query as keys.
  returned: success
  type: list
  elements: dict
  sample:
    - exception_type: ValueError
      number: 3
columns:
  description: The columns, in the order of the query.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: Name of the column.
      type: str
      sample: exception_type
    data_type:
      description: Type of the column, as the service names it. A string or a dictionary.
      type: raw
      sample: Utf8
    nullable:
      description: Whether the column may contain null.
      type: bool
      sample: true
row_count:
  description: Number of rows.
  returned: success
  type: int
  sample: 1
failure:
  description: The request that failed.
  returned: on failure, when a request to the API was the cause
  type: dict
  contains:
    status:
      description: HTTP status code, or V(null) if there was no response.
      type: int
      sample: 400
    detail:
      description: Error detail in the response, or V(null).
      type: str
      sample: "SQL error: ParserError(\"Expected: an SQL statement, found: SELEC at Line: 1, Column: 1\")"
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /v2/query
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.query import run_query


def main() -> None:
    run_query()


if __name__ == "__main__":
    main()
