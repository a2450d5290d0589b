# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_query
short_description: Query the telemetry of a project of Pydantic Logfire with SQL
version_added: 1.1.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Runs SQL queries on the telemetry of a project, and returns the rows. This requires a read token of the project.
  - The lookup runs on the controller. To run a query as a task, for example to repeat it with C(until), use
    M(community.logfire.logfire_query).
options:
  _terms:
    description:
      - The SQL queries.
    type: list
    elements: str
    required: true
  read_token:
    description:
      - Read token of the project, or an API key that is bound to the project and has the scope C(project:read_otlp).
      - If neither this nor O(read_token_path) is set, the environment variable E(LOGFIRE_READ_TOKEN) is used.
    type: str
  read_token_path:
    description:
      - Path to a file on the controller that contains the read token. A relative path is relative to the directory of
        the playbook.
      - Mutually exclusive with O(read_token).
    type: path
  min_timestamp:
    description:
      - Start of the time range. A date and time in RFC 3339 format, or a duration before now, such as V(15m).
    type: str
    required: true
  max_timestamp:
    description:
      - End of the time range, in the format of O(min_timestamp). Defaults to now.
    type: str
  limit:
    description:
      - Maximum number of rows to return for each query, from V(1) to V(10000).
    type: int
    default: 100
  timezone:
    description:
      - Time zone of the queries, such as V(Europe/Berlin). By default, the service chooses it.
    type: str
  environments:
    description:
      - Environments to query. If omitted or empty, all environments are queried.
    type: list
    elements: str
  base_url:
    description:
      - URL of the service without a path, such as V(https://logfire.example.com).
      - If omitted, the region encoded in the read token (V(us) or V(eu)) is used. Required for self-hosted instances.
    type: str
    env:
      - name: LOGFIRE_BASE_URL
  headers:
    description:
      - Additional headers for every request, for example for a proxy in front of the service.
    type: dict
    default: {}
  timeout:
    description:
      - How long to wait for a connection, and then for the complete response to one request, in seconds.
    type: float
    default: 30
  retry_timeout:
    description:
      - Maximum total time that each query may spend on waiting and retries, in seconds.
    type: float
    default: 120
  validate_certs:
    description:
      - Whether to verify the TLS certificate of the service.
    type: bool
    default: true
  ca_path:
    description:
      - Path to a file or directory with CA certificates to verify the service. If omitted, the CA certificates that
        C(requests) uses by default apply.
    type: path
requirements:
  - requests >= 2.22 (Python package) on the controller
notes:
  - Ansible runs a lookup each time it evaluates the template. To run the query only once, store the rows with
    C(ansible.builtin.set_fact).
seealso:
  - module: community.logfire.logfire_query
"""

EXAMPLES = r"""
---
- name: List the services that had exceptions today
  vars:
    sql: SELECT DISTINCT service_name FROM records WHERE is_exception ORDER BY service_name
    found: "{{ lookup('community.logfire.logfire_query', sql, min_timestamp='24h', read_token_path='read-token') }}"
  ansible.builtin.debug:
    msg: "{{ found | map(attribute='service_name') }}"
"""

RETURN = r"""
---
_raw:
  description: A list of rows for each query. Each row is a dictionary with the columns of the query as keys.
  type: list
  elements: list
"""

from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display

from ansible_collections.community.logfire.plugins.module_utils._api.errors import LogfireError
from ansible_collections.community.logfire.plugins.module_utils._api.http import REQUESTS_MISSING, REQUESTS_TOO_OLD
from ansible_collections.community.logfire.plugins.module_utils._tasks.query import ask, find_read_token
from ansible_collections.community.logfire.plugins.module_utils._values.option_errors import OptionError
from ansible_collections.community.logfire.plugins.module_utils._values.printable import printable
from ansible_collections.community.logfire.plugins.module_utils._values.secrets import (
    redact,
    secrets_of,
    spellings,
    unmistakable,
)

display = Display()
SECRET: dict[str, Any] = {"read_token": {"no_log": True}, "headers": {"no_log": True}}


class LookupModule(LookupBase):
    def run(
        self, terms: list[str], variables: dict[str, Any] | None = None, **kwargs: Any
    ) -> list[list[dict[str, Any]]]:
        if REQUESTS_MISSING or REQUESTS_TOO_OLD:
            raise AnsibleLookupError("the Python library requests is missing on the controller, or older than 2.22")
        plugin: Any = self
        plugin.set_options(var_options=variables, direct=kwargs)
        params: dict[str, Any] = plugin.get_options()
        unknown = sorted(kwargs.keys() - params.keys())
        if unknown:
            raise AnsibleLookupError(
                f"{', '.join(unknown)}: unknown option; valid options: {', '.join(sorted(params))}"
            )
        secrets = set(secrets_of(params, SECRET))
        try:
            return self._ask(terms, params, secrets)
        except (OptionError, LogfireError) as error:
            raise AnsibleLookupError(printable(str(redact(str(error), unmistakable(secrets))))) from None

    def _ask(self, terms: list[str], params: dict[str, Any], secrets: set[str]) -> list[list[dict[str, Any]]]:
        if params["read_token_path"]:
            loader: Any = self._loader
            params["read_token_path"] = loader.path_dwim(params["read_token_path"])
        token = find_read_token(params)
        secrets.add(token)
        results = []
        for term in terms:
            found, warnings = ask({**params, "sql": str(term)}, token, frozenset(spellings(secrets)))
            for warning in warnings:
                display.warning(warning)
            results.append(found.rows)
        return results
