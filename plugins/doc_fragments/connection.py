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
      - The API token that manages the organization. It is neither a write nor a read token.
      - When not set, the environment variable E(LOGFIRE_API_TOKEN) is used, and then E(LOGFIRE_API_KEY). An empty
        variable is not set.
    type: str
    aliases:
      - api_key
  base_url:
    description:
      - The address of the service, such as V(https://logfire.example.com), without a path.
      - When not set, the environment variable E(LOGFIRE_BASE_URL) is used, and then the region that the API token names
        (V(us) or V(eu)). A service of your own always needs it.
    type: str
  headers:
    description:
      - Further headers of every request, for a proxy in front of the service.
      - C(Accept), C(Authorization), C(Content-Type) and C(User-Agent) cannot be given.
    type: dict
    default: {}
  timeout:
    description:
      - How long to wait for a connection, and then for the whole answer to one request, in seconds.
    type: float
    default: 30
  retry_timeout:
    description:
      - How long one call of the API may wait and try again in all, in seconds.
      - The rate limit (429) is waited out for as long as the service asks, unless that is longer than what is left.
        Errors of the service (408, 5xx) and of the network are tried again at most four times.
      - What creates something is tried again only when it is certain that nothing was created, or after a look whether
        it was.
    type: float
    default: 120
  validate_certs:
    description:
      - Whether to verify the TLS certificate of the service.
    type: bool
    default: true
  ca_path:
    description:
      - A file or a directory of CA certificates to verify the service with, instead of those that C(requests) uses.
    type: path
seealso:
  - ref: ansible_collections.community.logfire.docsite.authentication
    description: Which token, which service, and the scopes that each module needs.
  - ref: ansible_collections.community.logfire.docsite.rate_limits
    description: How many calls the modules make, and how to make fewer.
requirements:
  - requests >= 2.22 (Python package) on the host that runs the module
notes:
  - The environment variables are those of the host that runs the module. To run modules on the controller, use
    C(connection=local) or C(delegate_to=localhost).
  - The proxies of the environment (E(HTTPS_PROXY), E(NO_PROXY)) and its CA bundle (E(REQUESTS_CA_BUNDLE)) are honoured.
    A C(.netrc) file is not.
"""
