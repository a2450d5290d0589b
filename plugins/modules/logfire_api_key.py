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
  - Creates, updates, renews, rotates and revokes API keys. A key has a name, scopes, and optionally a project, an
    expiry and limits for the AI gateway.
  - The API returns the value of a key only once. Only the run that creates the key returns its value, unless the value
    is written to O(path). Use C(no_log=true) for a task that returns the value.
  - The name, the description and the gateway limits are changed in place. The API cannot change the scopes, the project
    or the expiry. If one of these differs, the key is replaced. The new key is stored before the old one is revoked.
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
      - Name of the key. Required to create a key.
      - Without O(id) and O(path), the key is identified by its name among the active service keys. If no service key
        has this name, the personal keys that the API shows are searched. If several keys have this name, the module
        fails and lists their IDs.
      - If O(id) is set, or if the key in O(path) is known, the key is renamed to this name.
    type: str
  id:
    description:
      - ID of an active key. If the key is replaced, the new key has a different ID.
    type: str
  token:
    description:
      - Value of the key, for example from a vault. If it is an empty string, a new key is created and returned.
        Mutually exclusive with O(path).
      - The API does not show the values of keys in lists. The module therefore assumes that the value belongs to the
        key that O(id) or O(name) identifies, unless O(remembered) identifies the key.
    type: str
  path:
    description:
      - Path to the file that stores the key, on the host where the task runs. The directory must exist. An empty path
        is an error.
      - If the file does not contain an active key, a new key is created and written to it. Other active keys with the
        same name are kept, and a warning lists them.
      - ID of the key and a fingerprint of its value are recorded in a file C(.NAME.pending) in the same directory,
        because the API does not show which key a value belongs to. If nothing is recorded for the value in the file,
        the module assumes that it belongs to the key that O(id) or O(name) identifies, and warns.
      - The file contains either only a key, or a line C(NAME=key) as in an environment file. Any other content is an
        error, and nothing is changed.
      - The path must not be a symbolic link, and must not contain one that other users can change. The directory should
        belong to root or to the user who runs the task, and only that user should be able to write to it.
    type: path
  format:
    description:
      - V(token) stores only the key. V(environment) stores a line that the C(EnvironmentFile) option of a systemd unit
        can read. A new line uses the name C(LOGFIRE_API_KEY).
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
      - Description of the key. Set to an empty string to remove it.
    type: str
  scopes:
    description:
      - Scopes of the key, such as V(project:write_otlp). Required to create a key. The order does not matter.
      - The API token of the task must have all of these scopes.
      - A key with other scopes is replaced.
    type: list
    elements: str
  project:
    description:
      - Name or ID of the project that the key is bound to. A key that is bound to another project is replaced.
      - If omitted, a new key is valid for the whole organization, and an existing key is not changed.
      - Required for the scopes V(project:read_otlp), V(project:write_otlp) and V(project:gateway_proxy).
    type: str
  gateway:
    description:
      - Limits for a key with the scope V(project:gateway_proxy). Suboptions that are omitted keep their value.
    type: dict
    suboptions:
      spending_limit_daily:
        description:
          - Daily spending limit, in whole US dollars. Set to an empty string to remove the limit.
        type: str
      spending_limit_weekly:
        description:
          - Weekly spending limit, in whole US dollars. Set to an empty string to remove the limit.
        type: str
      spending_limit_monthly:
        description:
          - Monthly spending limit, in whole US dollars. Set to an empty string to remove the limit.
        type: str
      spending_limit_total:
        description:
          - Total spending limit, in whole US dollars. Set to an empty string to remove the limit.
        type: str
      cache_enabled:
        description:
          - Whether to cache responses, V(true) or V(false). Set to an empty string to use the default of the project.
        type: str
  expires_at:
    description:
      - When the key should expire, in RFC 3339 format, such as V(2027-12-31T23:59:59Z). A key with a different expiry
        is replaced. Mutually exclusive with O(expires_in).
    type: str
  expires_in:
    description:
      - Lifetime of a newly created key, such as V(90d). An existing key is replaced if its remaining lifetime is
        longer, and kept if it is shorter.
      - If neither O(expires_in) nor O(expires_at) is set, a key that replaces one with an expiry gets the same
        lifetime. All other new keys never expire.
    type: str
  renew_before:
    description:
      - Replace the key if it expires in less than this time, such as V(14d). Has no effect with O(expires_at), because
        a new key would expire at the same time.
    type: str
  max_age:
    description:
      - Replace the key if it is older than this, such as V(180d).
    type: str
  rotate:
    description:
      - Whether to replace the key in every run. The new key gets the lifetime of the replaced key, unless O(expires_at)
        or O(expires_in) is set.
    type: bool
    default: false
  keep_previous:
    description:
      - Whether to keep a replaced key active until it expires or is revoked. The replaced key also keeps its name. If
        several keys have the same O(name), the module then uses the newest one.
    type: bool
    default: false
  strict:
    description:
      - Whether check mode fails if the project does not exist. By default, check mode assumes that an earlier task
        creates it, and warns.
      - Placeholder IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
  state:
    description:
      - V(present) ensures that the key exists as described.
      - V(absent) revokes the key and removes the file. One of O(id), O(path) and O(name) is required to identify the
        key. With O(path), only the key in the file is revoked. If the ID of that key is not recorded, O(id) is also
        required.
    type: str
    choices:
      - present
      - absent
    default: present
  remembered:
    description:
      - The RV(remembered) result of an earlier run. Use it if the value is not stored at O(path). Set to an empty
        dictionary the first time.
      - The result identifies the key that the value in O(token) belongs to.
    type: dict
seealso:
  - module: community.logfire.logfire_api_key_info
  - module: community.logfire.logfire_token
  - ref: ansible_collections.community.logfire.docsite.secrets_and_rotation
    description: Where to keep secrets, and how to replace them.
notes:
  - The API does not show the values of keys in lists, and does not show the personal keys of other people. The module
    therefore cannot verify that a value belongs to the specified key, or that it still works.
  - The API does not show which key the task itself uses. If O(token) or O(path) contains the value of O(api_token), a
    task that would revoke that key fails. If neither contains a value, a task that would revoke a key that can manage
    API keys fails if the key was used before. To replace such a key, use O(keep_previous=true), and then use the new
    key to revoke the old one by its ID.
  - If the response to a request that creates a key is lost, the key exists but its value is unknown. The task then
    fails with the ID of the key, so that it can be revoked. A key that cannot be written to O(path) is revoked.
  - If a replaced key cannot be revoked, the task succeeds with a warning, so that handlers are notified of the new key.
    With O(path), later runs try again, and fail until the key is revoked.
  - On one machine, tasks for the same O(path) and tasks that create API keys run one after the other.
  - A run that changes nothing makes one API call, and one more when O(project) is a name.
  - The API token needs the scopes C(organization:read_api_key), C(organization:create_api_key) to create keys, and
    C(organization:write_api_key) to change and revoke keys. It also needs each scope of the key that it creates, and
    C(project:read) if O(project) is a name.
  - Requires release v2026-06-09.01 of Logfire or later.
"""

EXAMPLES = r"""
---
- name: Ensure a host has an API key that is renewed before it expires
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

- name: Ensure a key for a deployment pipeline exists and register it if it is new
  community.logfire.logfire_api_key:
    name: pipeline
    description: Applies the configuration
    scopes:
      - project:read
      - project:read_alert
      - project:write_alert
  register: pipeline
  no_log: true

- name: Limit what a key can spend on the AI gateway
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

- name: Replace a key now and keep the old one active for its other users
  community.logfire.logfire_api_key:
    name: shop
    path: /etc/shop/logfire-key
    rotate: true
    keep_previous: true

- name: Revoke a key by its ID
  community.logfire.logfire_api_key:
    id: "{{ pipeline.api_key.id }}"
    state: absent

- name: Revoke the key of a host and remove the file
  community.logfire.logfire_api_key:
    path: /etc/shop/logfire-key
    state: absent
"""

RETURN = r"""
---
api_key:
  description:
    - The key after the task. In check mode, the key as it would be.
    - With O(state=absent), the key that was revoked.
  returned: success, unless there was nothing to revoke
  type: dict
  contains:
    id:
      description: ID of the API key. In check mode, a placeholder if the key does not exist yet.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    organization_id:
      description: ID of the organization. V(null) in check mode if the key does not exist yet.
      type: str
      sample: 4f0b7d0e-53a5-4f0e-9a7e-0d5f5e1c2b3a
    name:
      description: Name of the API key.
      type: str
      sample: shop
    description:
      description: Description of the key.
      type: str
      sample: Telemetry of the shop
    scopes:
      description: Scopes of the key.
      type: list
      elements: str
      sample: ["project:write_otlp"]
    project_id:
      description: ID of the project that the key is bound to, or V(null). In check mode, it can be a placeholder.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: Name of that project, or V(null).
      type: str
      sample: shop
    all_projects:
      description: Whether the API key is valid for the whole organization.
      type: bool
      sample: false
    gateway:
      description:
        - Limits of the key for the AI gateway. V(null) means no limit, or the default of the project for
          C(cache_enabled).
      type: dict
      sample:
        spending_limit_daily: 20
        spending_limit_weekly:
        spending_limit_monthly:
        spending_limit_total:
        cache_enabled: true
    active:
      description: Whether the API key can be used. V(true) for a key that this run revoked.
      type: bool
      sample: true
    user_id:
      description: ID of the user who owns a personal key. V(null) for a service key.
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    created_at:
      description: When the API key was created. V(null) in check mode if the key does not exist yet.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    created_by:
      description: ID of the user who created the key, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    created_by_name:
      description: Name of the user who created the key, or V(null).
      type: str
      sample: Ada
    updated_at:
      description: When the API key was last changed, or V(null).
      type: str
      sample: "2026-09-01T08:00:00Z"
    updated_by:
      description: ID of the user who last changed the key, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    last_used_at:
      description: When the API key was last used, or V(null) if it was never used.
      type: str
      sample: "2026-09-02T08:00:00Z"
    expires_at:
      description: When the API key expires, or V(null) if it never expires.
      type: str
      sample: "2026-11-03T09:13:02Z"
    replaced:
      description: ID of the key that was replaced, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    token:
      description: Value of the key. A secret.
      returned: when this run created it and O(path) is not set
      type: str
      sample: VALUE_OF_THE_KEY
remembered:
  description:
    - Data to store with the key. In check mode, the data to store before a real run. It contains only IDs and
      fingerprints, no secrets.
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
  description: The differences, without secrets. Check mode returns the same diff as a real run.
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
