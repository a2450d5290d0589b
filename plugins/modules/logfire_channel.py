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
  - Creates, updates, renames and deletes the notification channels of an organization. Alerts notify these channels.
  - The API never returns secrets. See O(update_secret) for the consequences.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  name:
    description:
      - Name of the channel. The API calls it C(label).
      - The API allows duplicate names. If several channels have this name, the module fails and requires O(id).
      - If O(id) is also set, the channel is renamed to this name.
      - Required if O(id) is not set.
    type: str
  id:
    description:
      - ID of an existing channel.
    type: str
  config:
    description:
      - Configuration of the channel. Required to create a channel.
      - Suboptions that are omitted keep their value in an existing channel, including secrets, unless O(config.type)
        changes.
      - Leading and trailing spaces are removed. A string that contains only spaces is treated as omitted.
      - A suboption that the type does not support is an error.
    type: dict
    suboptions:
      type:
        description:
          - Type of the channel. It can be changed.
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
          - Format of the notification, for V(webhook). If omitted, a new channel uses V(auto).
        type: str
        choices:
          - auto
          - slack-blockkit
          - slack-legacy
          - raw-data
      url:
        description:
          - URL of the webhook, for V(webhook). Required for a new channel. A secret.
        type: str
      auth_key:
        description:
          - Key of the Opsgenie API, for V(opsgenie). A secret.
          - Required for a new channel and for every change of O(config), because the API replaces the configuration as
            a whole.
        type: str
      base_url:
        description:
          - URL of the Opsgenie API, for V(opsgenie). Set to an empty string to remove it.
        type: str
      routing_key:
        description:
          - Key of a PagerDuty integration (Events API v2), for V(pagerduty). A secret.
          - Required for a new channel and for every change of O(config), because the API replaces the configuration as
            a whole.
        type: str
      region:
        description:
          - Region of the PagerDuty account, for V(pagerduty), and for V(pagerduty-integration) with
            O(config.pagerduty_service_id). If omitted, a new channel and the lookup of the service use V(us).
        type: str
        choices:
          - us
          - eu
      install_id:
        description:
          - ID of the installed integration, for V(pagerduty-integration) and V(slack-integration).
        type: str
      channel_id:
        description:
          - ID of the Slack channel, such as V(C0123456789), for V(slack-integration). The bot must be in the channel.
        type: str
      service_id:
        description:
          - ID of the PagerDuty service in Logfire, for V(pagerduty-integration).
        type: str
      pagerduty_service_id:
        description:
          - ID of the service in PagerDuty, such as V(PABC123), for V(pagerduty-integration).
          - The module uses it to look up O(config.install_id) and O(config.service_id).
          - Requires O(config.account_subdomain).
        type: str
        version_added: 1.1.0
      account_subdomain:
        description:
          - Subdomain of the PagerDuty account, such as V(acme) for C(acme.pagerduty.com). Required with
            O(config.pagerduty_service_id).
        type: str
        version_added: 1.1.0
      include_agent_prompt:
        description:
          - Whether notifications include a prompt for coding agents, for V(slack-integration). If omitted, a new
            channel uses V(true).
        type: bool
      recipients:
        description:
          - Recipients of the notification. E-mail addresses for V(email), user IDs for V(notification) and V(web-push).
            The order does not matter.
        type: list
        elements: str
  active:
    description:
      - Whether the channel sends notifications.
      - If omitted, a new channel is active, and an existing channel is not changed.
    type: bool
  update_secret:
    description:
      - When to send the secret in O(config) to an existing channel. The API shows only the host of a stored URL and the
        last four characters of a stored key. It shows nothing of a short key.
      - V(on_drift) sends it if the visible part differs from O(config), or if anything else in O(config) changes. It
        does not detect a secret that was changed elsewhere if the visible part is the same.
      - V(always) sends it in every run. Every run then reports a change.
      - V(on_create) keeps the stored secret. The keys of V(opsgenie) and V(pagerduty) are still sent with any other
        change of O(config), because the API cannot keep them.
      - The secret is always sent to a new channel and to a channel whose type changes.
    type: str
    choices:
      - on_drift
      - always
      - on_create
    default: on_drift
  fingerprints:
    description:
      - Path to a file on the host where the module runs. The module stores in it a fingerprint of the last secret that
        it sent to each channel. With it, O(update_secret=on_drift) also detects a changed secret whose visible part is
        the same, such as a rotated webhook URL of the same host.
      - A secret that has no fingerprint in the file is sent, which creates the fingerprint.
      - Fingerprints are salted and hashed with scrypt. The file can be kept under version control with the description.
      - The directory must exist. The file is written after the API accepts a secret, and never in check mode.
    type: path
    version_added: 1.1.0
  mode:
    description:
      - Permissions of the O(fingerprints) file, as an octal number such as V('0644').
    type: raw
    default: "0600"
    version_added: 1.1.0
  state:
    description:
      - Whether the channel should exist.
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
  - A channel of a type that this version does not support can be renamed, disabled and deleted.
  - The API allows duplicate channel names. After creating a channel, the module therefore reads the list again. If
    another run created a channel with the same name at the same time, the older channel is kept and updated, and the
    run that created the newer channel deletes it.
  - Before a channel is deleted, the module reads the alerts of all projects and warns about those that use the channel.
    If the API token cannot read the alerts, the module warns about that.
  - A run that changes nothing makes one API call, and one more with O(config.pagerduty_service_id).
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

- name: Notify a PagerDuty service of an account that is connected to Logfire
  community.logfire.logfire_channel:
    name: checkout
    config:
      type: pagerduty-integration
      pagerduty_service_id: PABC123
      account_subdomain: acme
      region: eu

- name: Notify by e-mail
  community.logfire.logfire_channel:
    name: team-mail
    config:
      type: email
      recipients:
        - ops@example.com
        - shop@example.com

- name: Rename and disable a channel without its secret
  community.logfire.logfire_channel:
    id: "{{ slack.channel.id }}"
    name: ops-slack-old
    active: false

- name: Use the European Opsgenie API and keep a key that was replaced in the user interface
  community.logfire.logfire_channel:
    name: incidents
    update_secret: on_create
    config:
      type: opsgenie
      auth_key: "{{ vault_opsgenie_key }}"
      base_url: https://api.eu.opsgenie.com

- name: Delete a channel
  community.logfire.logfire_channel:
    name: ops-slack-old
    state: absent
"""

RETURN = r"""
---
channel:
  description:
    - The channel after the task. In check mode, the channel as it would be.
    - With O(state=absent), the channel that was deleted.
  returned: success, unless there was nothing to remove
  type: dict
  contains:
    id:
      description:
        - ID of the channel.
        - In check mode, an object that does not exist yet has a placeholder such as V(planned-channel:name).
        - Later tasks of the same check run accept it in place of the ID. A real run rejects it.
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
      description: ID of the organization. V(null) in check mode if the channel does not exist yet.
      type: str
      sample: 0b0e5fd2-8a3b-4a0f-8a7e-1f8b6a2a9b11
    created_at:
      description: When the channel was created. V(null) in check mode if it does not exist yet.
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
      sample: "This token is missing the required scope: organization:write_channel."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/channels/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: The differences, without secrets. Check mode returns the same diff as a real run.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: Identifying fields and changed fields before the change. Empty if the channel did not exist.
      type: dict
      sample: {"name": "ops-slack", "active": true}
    after:
      description: Identifying fields and changed fields after the change. Empty if the channel is deleted.
      type: dict
      sample: {"name": "ops-slack", "active": false}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.channel import CHANNEL
from ansible_collections.community.logfire.plugins.module_utils._tasks.kind import run_kind


def main() -> None:
    run_kind(CHANNEL)


if __name__ == "__main__":
    main()
