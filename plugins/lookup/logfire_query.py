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
  - Runs SQL queries over what one project was sent, with a read token of that project, and returns their rows.
  - It runs on the controller. M(community.logfire.logfire_query) does the same in a task, and can be tried again with
    C(until).
options:
  _terms:
    description:
      - The SQL queries.
    type: list
    elements: str
    required: true
  read_token:
    description:
      - The read token of the project, or an API key with the scope C(project:read_otlp) that is bound to the project.
      - When neither this nor O(read_token_path) is set, the environment variable E(LOGFIRE_READ_TOKEN) is used.
    type: str
  read_token_path:
    description:
      - A file on the controller that holds the read token. A relative path is taken from where the playbook is.
      - It cannot be given together with O(read_token).
    type: path
  min_timestamp:
    description:
      - The beginning of the time to look at, a date and time (RFC 3339) or a duration back from now, such as V(15m).
    type: str
    required: true
  max_timestamp:
    description:
      - The end of the time to look at, written like O(min_timestamp). Defaults to now.
    type: str
  limit:
    description:
      - The largest number of rows of each query, V(1) to V(10000).
    type: int
    default: 100
  timezone:
    description:
      - The time zone in which the queries run, such as V(Europe/Berlin). If omitted, the service decides.
    type: str
  environments:
    description:
      - The environments to look at. An empty list is all.
    type: list
    elements: str
  base_url:
    description:
      - The address of the service, such as V(https://logfire.example.com), without a path.
      - If omitted, it is the region encoded in the read token (V(us) or V(eu)).
    type: str
    env:
      - name: LOGFIRE_BASE_URL
  headers:
    description:
      - Further headers of every request, for a proxy in front of the service.
    type: dict
    default: {}
  timeout:
    description:
      - How long to wait for a connection, and then for the whole answer to one request, in seconds.
    type: float
    default: 30
  retry_timeout:
    description:
      - How long each query may wait and try again in all, in seconds.
    type: float
    default: 120
  validate_certs:
    description:
      - Whether to verify the TLS certificate of the service.
    type: bool
    default: true
  ca_path:
    description:
      - A file or a directory of CA certificates to verify the service with.
    type: path
requirements:
  - requests >= 2.22 (Python package) on the controller
notes:
  - Ansible runs a lookup each time that it fills in the template. Keep the rows with C(set_fact) to ask once.
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
  description: For each query the list of its rows, each a dictionary of values by column.
  type: list
  elements: list
"""

from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display

from ansible_collections.community.logfire.plugins.module_utils._api.errors import LogfireError, OptionError
from ansible_collections.community.logfire.plugins.module_utils._api.http import REQUESTS_MISSING, REQUESTS_TOO_OLD
from ansible_collections.community.logfire.plugins.module_utils._tasks.query import ask, find_read_token
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
