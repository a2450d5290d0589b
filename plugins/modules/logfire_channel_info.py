#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_channel_info
short_description: Read notification channels of Pydantic Logfire
version_added: 1.0.0
description:
  - Returns the notification channels of an organization, optionally filtered. Secrets are masked.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes.info
  - community.logfire.connection
options:
  name:
    description:
      - Return only the channels with this name.
    type: str
  id:
    description:
      - Return only the channel with this ID.
    type: str
seealso:
  - module: community.logfire.logfire_channel
notes:
  - Makes one API call.
"""

EXAMPLES = r"""
---
- name: Read all channels
  community.logfire.logfire_channel_info:
  register: all_channels

- name: Read one channel
  community.logfire.logfire_channel_info:
    name: ops-slack
"""

RETURN = r"""
---
channels:
  description: The channels, sorted by name. Empty if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the channel.
      type: str
      sample: 3c0f4e9c-0c4b-4d4b-b3b9-6a0bd5b5a6a3
    name:
      description: Name of the channel.
      type: str
      sample: ops-slack
    active:
      description: Whether the channel sends notifications.
      type: bool
      sample: true
    config:
      description: Configuration of the channel, with the suboptions of its type. Secrets are masked by the API.
      type: dict
      sample:
        type: webhook
        format: slack-blockkit
        url: https://hooks.slack.com/**********
    organization_id:
      description: ID of the organization.
      type: str
      sample: 0b0e5fd2-8a3b-4a0f-8a7e-1f8b6a2a9b11
    created_at:
      description: When the channel was created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    updated_at:
      description: When the channel was last changed, or V(null).
      type: str
      sample: "2026-08-06T15:40:11.250100Z"
    created_by_name:
      description: Who created the channel, or V(null).
      type: str
      sample: Ansible
    updated_by_name:
      description: Who last changed the channel, or V(null).
      type: str
      sample: Ansible
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
      sample: "This token is missing the required scope: organization:read_channel."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/channels/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.channel import CHANNEL
from ansible_collections.community.logfire.plugins.module_utils._tasks.info import run_kind_info


def main() -> None:
    run_kind_info(CHANNEL)


if __name__ == "__main__":
    main()
