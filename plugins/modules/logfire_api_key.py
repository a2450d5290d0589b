#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_api_key
short_description: Manage API keys of Pydantic Logfire
version_added: 1.1.0
description:
  - Creates, changes, renews, rotates and revokes API keys. A key has a name, scopes, and optionally one project, an
    expiry and limits for the AI gateway.
  - The API shows the value of a key once, to whoever creates it. The value is returned only by the run that created the
    key, and not even then when it is written to O(path). Use C(no_log=true) for a task that returns it.
  - The name, the description and the limits of the gateway are changed in place. For other scopes, another project or
    another expiry the key is replaced, since the API cannot change them. The new key is where it belongs before the old
    one is revoked.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
attributes:
  idempotent:
    support: partial
    details:
      - O(rotate=true) replaces the key in every run.
options:
  name:
    description:
      - The name of the key. Required to create one.
      - Without O(id) and O(path), the key is found by its name, among the active service keys. If there is none, the
        personal keys that the API shows are searched. Several keys with this name are an error that lists their IDs.
      - With O(id), or when the key in O(path) is known, this is its new name.
    type: str
  id:
    description:
      - The ID of an active key. When it is replaced, the new key has another ID.
    type: str
  token:
    description:
      - The value that you hold, for example from a vault. When it is empty, a new key is created and returned.
      - The list of API keys shows nothing of their values. So a value is taken to be that of the key that O(id) or
        O(name) names, unless O(remembered) tells which key it is.
    type: str
  path:
    description:
      - A file on the host where the task runs that holds the value, or is to hold it. Its directory must exist. An
        empty path is an error.
      - When the file holds no active key, a key is created and written to it. Other active keys with the same name
        stay, and a warning names them.
      - The ID of the key, and a fingerprint of its value, are remembered in a file C(.NAME.pending) beside it, since
        the API cannot tell which key a value is of. When the file holds a value of which nothing is remembered, it is
        taken to be that of the key that O(id) or O(name) names, with a warning.
      - What is in the file may be a key alone, or a line C(NAME=key) of an environment file. Any other content is an
        error, and nothing is changed.
      - The path must not be a symbolic link, and must not lead through one that other users can change. The directory
        should belong to root or to the user who runs the task, and only that user should be able to write to it.
    type: path
  format:
    description:
      - V(token) for the key alone, V(environment) for a line that the C(EnvironmentFile) option of a systemd unit can
        read. A new line has the name C(LOGFIRE_API_KEY).
      - If omitted, an existing file keeps its format, and a new file uses V(token).
    type: str
    choices:
      - token
      - environment
  owner:
    description:
      - Owner of the file at O(path).
    type: str
  group:
    description:
      - Group of the file at O(path).
    type: str
  mode:
    description:
      - Permissions of the file at O(path), as in M(ansible.builtin.file).
    type: raw
    default: "0600"
  description:
    description:
      - What the key is for. An empty text removes the description.
    type: str
  scopes:
    description:
      - What the key may do, such as V(project:write_otlp). Required to create one. The order does not matter.
      - The API token of the task must have each of these scopes itself.
      - A key with other scopes is replaced.
    type: list
    elements: str
  project:
    description:
      - The project that the key is bound to, by its name or its ID. A key of another project is replaced.
      - If omitted, a new key is for the whole organization, and an existing one stays as it is.
      - Required for the scopes V(project:read_otlp), V(project:write_otlp) and V(project:gateway_proxy).
    type: str
  gateway:
    description:
      - Limits for a key with the scope V(project:gateway_proxy). Members that are not set stay as they are.
    type: dict
    suboptions:
      spending_limit_daily:
        description:
          - Spending limit for a day, in whole US dollars. Set to an empty string to remove the limit.
        type: str
      spending_limit_weekly:
        description:
          - Spending limit for a week, in whole US dollars. Set to an empty string to remove the limit.
        type: str
      spending_limit_monthly:
        description:
          - Spending limit for a month, in whole US dollars. Set to an empty string to remove the limit.
        type: str
      spending_limit_total:
        description:
          - Total spending limit, in whole US dollars. Set to an empty string to remove the limit.
        type: str
      cache_enabled:
        description:
          - Whether answers are cached, V(true) or V(false). An empty text means the default of the project.
        type: str
  expires_at:
    description:
      - When the key is to expire, as RFC 3339, such as V(2027-12-31T23:59:59Z). A key with another expiry is replaced.
    type: str
  expires_in:
    description:
      - Lifetime of a newly created key, such as V(90d). A key that expires later than this from now is replaced. One
        that expires earlier is not.
      - If neither this nor O(expires_at) is set, a key that replaces an expiring one gets the same lifetime. Any other
        never expires.
    type: str
  renew_before:
    description:
      - Replace the key when it expires in less than this time, such as V(14d). Has no effect with O(expires_at),
        because a new key would expire at the same time.
    type: str
  max_age:
    description:
      - Replace the key when it is older than this, such as V(180d).
    type: str
  rotate:
    description:
      - Replace the key now, in every run. The new one gets the lifetime of the replaced one, unless O(expires_at) or
        O(expires_in) is set.
    type: bool
    default: false
  keep_previous:
    description:
      - Leave a key that is replaced as it is, to expire or to be revoked later. It keeps its name. So with this option,
        the newest of several keys with the same O(name) is the one that counts.
    type: bool
    default: false
  strict:
    description:
      - Whether check mode fails if the project does not exist. By default, check mode assumes that an earlier task
        creates it, and warns.
      - IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
  state:
    description:
      - V(present) ensures that the key exists as described.
      - V(absent) revokes the key that O(id), O(path) or O(name) names, one of which is required, and removes the file.
        With O(path), only the key that the file holds is revoked. When nothing is remembered of it, O(id) is required.
    type: str
    choices:
      - present
      - absent
    default: present
  remembered:
    description:
      - What an earlier run returned as RV(remembered), for whoever keeps the value in another place than O(path). An
        empty dictionary the first time.
      - It tells which key the value in O(token) is of.
    type: dict
seealso:
  - module: community.logfire.logfire_api_key_info
  - module: community.logfire.logfire_token
  - ref: ansible_collections.community.logfire.docsite.secrets_and_rotation
    description: Where to keep secrets, and how to replace them.
notes:
  - The list of API keys shows no part of their values, and no personal keys of other people. So the module cannot check
    that a value which you hold is that of the key that you name, or that it still works.
  - The API does not tell which key the task itself uses. A task that would revoke the key in O(api_token) fails when
    O(token) or O(path) holds that value. It also fails for a key that can manage API keys and was used before, unless
    O(token) or O(path) shows that its value is another. Use O(keep_previous=true) to replace such a key, and revoke the
    old one by its ID with the new one.
  - When the answer to the creation of a key is lost, the key exists and nobody knows its value. The task fails then and
    names the key's ID, so that it can be revoked. A key that cannot be written to O(path) is revoked.
  - When a key that is replaced cannot be revoked, the task succeeds with a warning, so that handlers are notified of
    the new one. With O(path), following runs try again, and fail as long as they cannot.
  - Tasks for the same O(path), or that create API keys, run one after the other on a machine.
  - A run that changes nothing makes one API call, and one more when O(project) is a name.
  - The API token needs the scopes C(organization:read_api_key), C(organization:create_api_key) to create, and
    C(organization:write_api_key) to change and revoke. It needs each scope that it hands on, and C(project:read) if
    O(project) is a name.
  - The service has API keys in this form since release v2026-06-09.01.
"""

EXAMPLES = r"""
---
- name: Put an API key on a host, renewed in good time
  community.logfire.logfire_api_key:
    name: shop
    project: shop
    scopes:
      - project:write_otlp
    path: /etc/shop/logfire-key
    owner: root
    group: root
    expires_in: 90d
    renew_before: 14d

- name: Ensure a key for a deployment pipeline exists, and use it when it is new
  community.logfire.logfire_api_key:
    name: pipeline
    description: Applies the configuration
    scopes:
      - project:read
      - project:read_alert
      - project:write_alert
  register: pipeline
  no_log: true

- name: Limit what a key may spend at the AI gateway
  community.logfire.logfire_api_key:
    name: assistant
    project: shop
    scopes:
      - project:gateway_proxy
    gateway:
      spending_limit_daily: 20
      spending_limit_total: ""
      cache_enabled: true
    path: /etc/shop/gateway-key

- name: Replace a key now, and leave the old one for its other users
  community.logfire.logfire_api_key:
    name: shop
    path: /etc/shop/logfire-key
    rotate: true
    keep_previous: true

- name: Revoke a key by its ID
  community.logfire.logfire_api_key:
    id: "{{ pipeline.api_key.id }}"
    state: absent

- name: Revoke the key of a host, and remove the file
  community.logfire.logfire_api_key:
    path: /etc/shop/logfire-key
    state: absent
"""

RETURN = r"""
---
api_key:
  description:
    - The key as it is, or in check mode as it would be.
    - With O(state=absent), the key that was revoked.
  returned: success, unless there was nothing to revoke
  type: dict
  contains:
    id:
      description: ID of the API key. In check mode a placeholder, if it does not exist yet.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    organization_id:
      description: ID of the organization. V(null) in check mode, if it does not exist yet.
      type: str
      sample: 4f0b7d0e-53a5-4f0e-9a7e-0d5f5e1c2b3a
    name:
      description: Name of the API key.
      type: str
      sample: shop
    description:
      description: What the API key is for.
      type: str
      sample: Telemetry of the shop
    scopes:
      description: What the API key may do.
      type: list
      elements: str
      sample: ["project:write_otlp"]
    project_id:
      description: The ID of the project that it is bound to, or V(null). In check mode it can be a placeholder.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: The name of that project, or V(null).
      type: str
      sample: shop
    all_projects:
      description: Whether the API key is for the whole organization.
      type: bool
      sample: false
    gateway:
      description: Its limits at the AI gateway. V(null) is none, and for C(cache_enabled) the default of the project.
      type: dict
      sample:
        spending_limit_daily: 20
        spending_limit_weekly:
        spending_limit_monthly:
        spending_limit_total:
        cache_enabled: true
    active:
      description: Whether the API key can be used. V(true) for the key that was revoked by this run.
      type: bool
      sample: true
    user_id:
      description: The ID of the user that a personal key belongs to. V(null) for a service key.
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    created_at:
      description: When the API key was created. V(null) in check mode, if it does not exist yet.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    created_by:
      description: The ID of the user who created it, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    created_by_name:
      description: The name of who created it, or V(null).
      type: str
      sample: Ada
    updated_at:
      description: When the API key was last changed, or V(null).
      type: str
      sample: "2026-09-01T08:00:00Z"
    updated_by:
      description: The ID of the user who last changed it, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    last_used_at:
      description: When the API key was last used, or V(null) for never.
      type: str
      sample: "2026-09-02T08:00:00Z"
    expires_at:
      description: When the API key expires, or V(null) for never.
      type: str
      sample: "2026-11-03T09:13:02Z"
    replaced:
      description: ID of the key that was replaced, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    token:
      description: Its value. A secret.
      returned: when this run created it and O(path) is not set
      type: str
      sample: VALUE_OF_THE_KEY
remembered:
  description:
    - What is to be kept beside the value. In check mode, what is to be kept there before the run that follows. Ids and
      fingerprints, no secret.
  returned: when O(remembered) is set
  type: dict
  sample: {}
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
      sample: "This token is missing the required scope: organization:create_api_key."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/api-keys/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: The differences, without secrets. Check mode returns the same as the run that follows.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: Identifying fields and changed fields before the change. Empty if the key did not exist.
      type: dict
      sample: {"name": "shop", "description": ""}
    after:
      description: Identifying fields and changed fields after the change. Empty if the key is deleted.
      type: dict
      sample: {"name": "shop", "description": "Telemetry of the shop"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.api_key import API_KEY
from ansible_collections.community.logfire.plugins.module_utils._tasks.credential import run_credential


def main() -> None:
    run_credential(API_KEY)


if __name__ == "__main__":
    main()
