# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    # How a module reaches the API: the options of connection_options() in module_utils/_tasks/connection.py.
    DOCUMENTATION = r"""
options:
  api_token:
    description:
      - API token to manage the organization. Write tokens and read tokens are not accepted.
      - If omitted, the environment variable E(LOGFIRE_API_TOKEN) is used, and then E(LOGFIRE_API_KEY). Empty variables
        are ignored.
    type: str
    aliases:
      - api_key
  base_url:
    description:
      - URL of the service without a path, such as V(https://logfire.example.com).
      - If omitted, the environment variable E(LOGFIRE_BASE_URL) is used, and then the region encoded in the API token
        (V(us) or V(eu)). Required for self-hosted instances.
    type: str
  headers:
    description:
      - Additional headers for every request, for example for a proxy in front of the service.
      - C(Accept), C(Authorization), C(Content-Type) and C(User-Agent) cannot be set.
    type: dict
    default: {}
  timeout:
    description:
      - How long to wait for a connection, and then for the complete response to one request, in seconds.
    type: float
    default: 30
  retry_timeout:
    description:
      - Maximum total time that one API call may spend on waiting and retries, in seconds.
      - If the rate limit is reached (429), the module waits as long as the service asks, unless that exceeds the
        remaining time. Service errors (408, 5xx) and network errors are retried at most four times.
      - A request that creates an object is retried only if the object was definitely not created. If the outcome is
        unknown, the module first checks whether the object exists.
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
seealso:
  - ref: ansible_collections.community.logfire.docsite.authentication
    description: Tokens, services, and the scopes that each module needs.
  - ref: ansible_collections.community.logfire.docsite.rate_limits
    description: Number of API calls that each module makes, and how to reduce them.
requirements:
  - requests >= 2.22 (Python package) on the host that runs the module
notes:
  - The environment variables are read on the host that runs the module. To run modules on the controller, use
    C(connection=local) or C(delegate_to=localhost).
  - The proxy variables (E(HTTPS_PROXY), E(NO_PROXY)) and the CA bundle variable (E(REQUESTS_CA_BUNDLE)) of the
    environment are used. A C(.netrc) file is ignored.
"""
