#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_pagerduty_service_info
short_description: Look up a PagerDuty service in Pydantic Logfire
version_added: 1.1.0
description:
  - Returns the IDs that Logfire uses for a PagerDuty service. Channels of type V(pagerduty-integration) require these
    IDs.
  - Logfire must be connected to the PagerDuty account.
  - If the service does not exist, the module fails.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  service_id:
    description:
      - ID of the service in PagerDuty, such as V(PABC123).
    type: str
    required: true
  account_subdomain:
    description:
      - Subdomain of the PagerDuty account, such as V(acme) for C(acme.pagerduty.com).
    type: str
    required: true
  region:
    description:
      - Region of the PagerDuty account.
    type: str
    choices:
      - us
      - eu
    default: us
seealso:
  - module: community.logfire.logfire_channel
    description: >-
      Looks up these IDs itself if O(community.logfire.logfire_channel#module:config.pagerduty_service_id) is set.
notes:
  - Makes one API call.
  - The API token needs the scope C(organization:read_channel). It must not be bound to one project.
"""

EXAMPLES = r"""
---
- name: Look up a service
  community.logfire.logfire_pagerduty_service_info:
    service_id: PABC123
    account_subdomain: acme
    region: eu
  register: found

- name: Notify the service
  community.logfire.logfire_channel:
    name: on-call
    config:
      type: pagerduty-integration
      install_id: "{{ found.service.install_id }}"
      service_id: "{{ found.service.service_id }}"
"""

RETURN = r"""
---
service:
  description: The service.
  returned: success
  type: dict
  contains:
    install_id:
      description: ID of the connection to the PagerDuty account.
      type: str
      sample: 3f1e2d4c-5b6a-4789-8abc-def012345678
    service_id:
      description: ID of the service in Logfire.
      type: str
      sample: 0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a
    pagerduty_service_id:
      description: ID of the service in PagerDuty.
      type: str
      sample: PABC123
    service_name:
      description: Name of the service.
      type: str
      sample: Checkout
failure:
  description: The request that failed.
  returned: on failure, when a request to the API was the cause
  type: dict
  contains:
    status:
      description: HTTP status code, or V(null) if there was no response.
      type: int
      sample: 404
    detail:
      description: Error detail in the response, or V(null).
      type: str
      sample: PagerDuty service not found.
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request, with its query string.
      type: str
      sample: /api/v1/integrations/pagerduty/services/PABC123/?account_subdomain=acme&region=us
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.pagerduty_service import PAGERDUTY_SERVICE
from ansible_collections.community.logfire.plugins.module_utils._tasks.report import run_report


def main() -> None:
    run_report(PAGERDUTY_SERVICE)


if __name__ == "__main__":
    main()
