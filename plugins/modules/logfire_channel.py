#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_channel
short_description: Manage notification channels of Pydantic Logfire
version_added: 1.0.0
description:
  - Creates, changes, renames and removes the channels over which alerts of an organization notify.
  - The API never gives a secret back. See O(update_secret) for what that means.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  name:
    description:
      - The name of the channel (the API calls it label).
      - The API allows two channels of one name; the module does not choose between them but asks for the O(id).
      - Together with O(id) it is the name that the channel is to have.
      - One of O(name) and O(id) is required.
    type: str
  id:
    description:
      - The id of an existing channel.
    type: str
  config:
    description:
      - Where and how the channel notifies. Required to create a channel.
      - Members of an existing channel that are not set stay as they are, secrets too, unless O(config.type) changes.
      - Blanks around a text are removed, and a blank text counts as not set.
      - A member that the type does not have is an error.
    type: dict
    suboptions:
      type:
        description:
          - The type of the channel. It can be changed.
        type: str
        required: true
        choices:
          - webhook
          - opsgenie
          - pagerduty
          - pagerduty-integration
          - slack-integration
          - email
          - notification
          - web-push
      format:
        description:
          - The format of the notification, for V(webhook). V(auto) for a new channel, when not set.
        type: str
        choices:
          - auto
          - slack-blockkit
          - slack-legacy
          - raw-data
      url:
        description:
          - The URL to send to, for V(webhook). Required for a new channel. A secret.
        type: str
      auth_key:
        description:
          - The key of the Opsgenie API, for V(opsgenie). A secret.
          - Required for a new channel and, since the API replaces the configuration as a whole, for every change of it.
        type: str
      base_url:
        description:
          - The address of the Opsgenie API, for V(opsgenie). An empty text removes it.
        type: str
      routing_key:
        description:
          - The key of a PagerDuty integration (Events API v2), for V(pagerduty). A secret.
          - Required for a new channel and, since the API replaces the configuration as a whole, for every change of it.
        type: str
      region:
        description:
          - The region of the PagerDuty account, for V(pagerduty). A channel without one uses V(us).
        type: str
        choices:
          - us
          - eu
      install_id:
        description:
          - The id of the installed integration, for V(pagerduty-integration) and V(slack-integration).
        type: str
      channel_id:
        description:
          - The id of the Slack channel, such as V(C0123456789), for V(slack-integration). The bot must be in the
            channel.
        type: str
      service_id:
        description:
          - The id that Logfire has for the PagerDuty service, for V(pagerduty-integration).
        type: str
      include_agent_prompt:
        description:
          - Whether notifications come with a prompt for coding agents, for V(slack-integration). V(true) for a new
            channel, when not set.
        type: bool
      recipients:
        description:
          - Addresses for V(email), ids of users for V(notification) and V(web-push). Their order does not matter.
        type: list
        elements: str
  active:
    description:
      - Whether the channel notifies.
      - When not set, a new channel does, and an existing one stays as it is.
    type: bool
  update_secret:
    description:
      - When to send the secret of O(config) to a channel that exists. Of a stored secret the API shows only the host of
        a URL and the last four characters of a key, of short keys not even those.
      - V(on_drift) sends it when what is shown differs from O(config), or when anything else in O(config) changes. A
        secret that was changed elsewhere and looks the same is not noticed.
      - V(always) sends it in every run, and every run reports a change.
      - V(on_create) leaves the stored secret alone. The keys of V(opsgenie) and V(pagerduty) go along with any other
        change of O(config) all the same, since the API cannot keep them.
      - A new channel, or one whose type changes, always gets its secret.
    type: str
    choices:
      - on_drift
      - always
      - on_create
    default: on_drift
  fingerprints:
    description:
      - Path of a file on the host where the module runs, in which the module keeps fingerprints of the secrets that it
        sent last, by the IDs of the channels. With it, O(update_secret=on_drift) also notices a secret that changed
        behind what the API shows, such as a rotated webhook URL of the same host.
      - A secret whose fingerprint is not in the file yet is sent once.
      - Fingerprints are salted and hashed with scrypt. The file can be kept beside the description in version control.
      - The directory must exist. The file is written after the API accepted a secret, and never in check mode.
    type: path
    version_added: 1.1.0
  mode:
    description:
      - Permissions of the O(fingerprints) file when it is written, as an octal number such as V('0644').
    type: raw
    default: "0600"
    version_added: 1.1.0
  state:
    description:
      - Whether the channel is to exist.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_alert
  - ref: ansible_collections.community.logfire.docsite.secrets_and_rotation
    description: Where to keep secrets, and how to replace them.
notes:
  - A channel of a type that this version does not know can be renamed, switched off and removed.
  - The API allows two channels of one name. So after a creation the list is read once more. If another run has created
    one of the same name at the same time, the older one is kept and made as described, and the run that created the
    younger one removes it.
  - Before a channel is removed, the alerts of all projects are read, and a warning names those that use it. If the API
    token cannot read them, a warning says so.
  - A run that changes nothing makes one call of the API.
  - The API token needs the scopes C(organization:read_channel) and C(organization:write_channel).
"""

EXAMPLES = r"""
---
- name: Notify a Slack channel through a webhook
  community.logfire.logfire_channel:
    name: ops-slack
    config:
      type: webhook
      format: slack-blockkit
      url: "{{ vault_slack_url }}"
  register: slack

- name: Notify through PagerDuty in Europe
  community.logfire.logfire_channel:
    name: on-call
    config:
      type: pagerduty
      routing_key: "{{ vault_pagerduty_key }}"
      region: eu

- name: Notify by mail
  community.logfire.logfire_channel:
    name: team-mail
    config:
      type: email
      recipients:
        - ops@example.com
        - shop@example.com

- name: Rename a channel and switch it off, without knowing its secret
  community.logfire.logfire_channel:
    id: "{{ slack.channel.id }}"
    name: ops-slack-old
    active: false

- name: Use the Opsgenie API of Europe, and leave a key alone that was replaced in the user interface
  community.logfire.logfire_channel:
    name: incidents
    update_secret: on_create
    config:
      type: opsgenie
      auth_key: "{{ vault_opsgenie_key }}"
      base_url: https://api.eu.opsgenie.com

- name: Remove a channel
  community.logfire.logfire_channel:
    name: ops-slack-old
    state: absent
"""

RETURN = r"""
---
channel:
  description:
    - The channel as it is, or in check mode as it would be.
    - With O(state=absent) the channel that was removed.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - Its ID.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-channel:name).
        - Later tasks of the same check run accept it in place of the ID. A real run refuses it.
      type: str
      sample: 3c0f4e9c-0c4b-4d4b-b3b9-6a0bd5b5a6a3
    name:
      description: Its name.
      type: str
      sample: ops-slack
    active:
      description: Whether it notifies.
      type: bool
      sample: true
    config:
      description: Its configuration, with the members of its type. Secrets are masked as the API masks them.
      type: dict
      sample:
        type: webhook
        format: slack-blockkit
        url: https://hooks.slack.com/**********
    organization_id:
      description: The id of the organization. V(null) in check mode, when the channel does not exist yet.
      type: str
      sample: 0b0e5fd2-8a3b-4a0f-8a7e-1f8b6a2a9b11
    created_at:
      description: When the channel was created. V(null) in check mode, when it does not exist yet.
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
      description: The HTTP status, or V(null) when no answer came.
      type: int
      sample: 403
    detail:
      description: What the API says about it, or V(null).
      type: str
      sample: "This token is missing the required scope: organization:write_channel."
    method:
      description: The method of the request.
      type: str
      sample: POST
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/channels/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: What differs, without secrets. The same in check mode as in the run that follows.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: What names the channel, and what changes, as it was. Empty for what did not exist.
      type: dict
      sample: {"name": "ops-slack", "active": true}
    after:
      description: What names the channel, and what changes, as it is then. Empty for what is removed.
      type: dict
      sample: {"name": "ops-slack", "active": false}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.channel import CHANNEL
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(CHANNEL)


if __name__ == "__main__":
    main()
