#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_token
short_description: Manage write and read tokens of Pydantic Logfire
version_added: 1.0.0
description:
  - Creates, renews, rotates and revokes write tokens, which send telemetry to a project, and read tokens, which query
    it.
  - Tokens have no names, and the API returns the value of a token only once. A token is therefore identified by its
    O(id), or by its value in O(path) or O(token). The API shows the beginning of the value. If none of these options is
    set, O(state=present) ensures that the project has at least one active token of the type.
  - Only the run that creates a token returns its value, unless the value is written to O(path). Use C(no_log=true) for
    a task that returns the value.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
attributes:
  idempotent:
    support: partial
    details:
      - O(rotate=true) replaces the token in every run.
options:
  project:
    description:
      - Name or ID of the project that the token belongs to.
      - An ID saves one API call.
    type: str
    required: true
  type:
    description:
      - Type of the token.
    type: str
    choices:
      - write
      - read
    default: write
  id:
    description:
      - ID of an active token. If the token is replaced, the new token has a different ID. Mutually exclusive with
        O(token) and O(path).
    type: str
  token:
    description:
      - Value of the token, for example from a vault. If it is an empty string, or if no active token has this value, a
        new token is created and returned. Store the new token in place of the old value.
      - Mutually exclusive with O(id) and O(path).
    type: str
  path:
    description:
      - Path to the file that stores the token, on the host where the task runs. The directory must exist. An empty path
        is an error.
      - If the file does not contain an active token, a new token is created and written to it. Other users can never
        read the file, unless O(mode) allows it. The file is replaced atomically, or written in place if the directory
        is not writable or the file is a mount point, as in containers.
      - The file contains either only a token, or a line C(NAME=token) as in an environment file. Any other content is
        an error, and nothing is changed.
      - The path must not be a symbolic link, and must not contain one that other users can change. The directory should
        belong to root or to the user who runs the task, and only that user should be able to write to it.
    type: path
  format:
    description:
      - V(token) stores only the token. V(environment) stores a line that the C(EnvironmentFile) option of a systemd
        unit can read. A new line uses the name C(LOGFIRE_TOKEN), or C(LOGFIRE_READ_TOKEN) with O(type=read).
      - If omitted, an existing file keeps its format, and a new file uses V(token).
    type: str
    choices:
      - token
      - environment
    version_added: 1.1.0
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
  expires_at:
    description:
      - When the token should expire, in RFC 3339 format, such as V(2027-12-31T23:59:59Z). A token with a different
        expiry is replaced. Mutually exclusive with O(expires_in).
    type: str
  expires_in:
    description:
      - Lifetime of a newly created token, such as V(90d). An existing token is replaced if its remaining lifetime is
        longer, and kept if it is shorter.
      - If neither O(expires_in) nor O(expires_at) is set, a token that replaces one with an expiry gets the same
        lifetime. All other new tokens never expire.
    type: str
  renew_before:
    description:
      - Replace the token if it expires in less than this time, such as V(14d). Has no effect with O(expires_at),
        because a new token would expire at the same time.
    type: str
  max_age:
    description:
      - Replace the token if it is older than this, such as V(180d).
    type: str
  rotate:
    description:
      - Whether to replace the token in every run. The new token gets the lifetime of the replaced token, unless
        O(expires_at) or O(expires_in) is set.
    type: bool
    default: false
  grace_period:
    description:
      - How long a replaced write token stays valid, in whole hours, such as V(24h). If omitted, the replaced token is
        revoked as soon as the new token is stored. Mutually exclusive with O(keep_previous).
    type: str
  keep_previous:
    description:
      - Whether to keep a replaced token active until it expires or is revoked. Mutually exclusive with O(grace_period).
    type: bool
    default: false
  strict:
    description:
      - Whether check mode fails if the project does not exist. By default, check mode assumes that an earlier task
        creates it, and warns.
      - Placeholder IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  state:
    description:
      - V(present) ensures that a token exists as described.
      - V(absent) revokes the token and removes the file. One of O(id), O(token) and O(path) is required to identify the
        token. If there is no such active token, the module warns. With O(path), it fails and keeps the file instead,
        unless the service still lists the token as expired or revoked.
    type: str
    choices:
      - present
      - absent
    default: present
  remembered:
    description:
      - The RV(remembered) result of an earlier run. Use it if the token is not stored at O(path), as in the role
        P(community.logfire.write_token#role). Set to an empty dictionary the first time.
      - If set, O(state=absent) fails if no active token has the value in O(token).
    type: dict
    version_added: 1.1.0
seealso:
  - module: community.logfire.logfire_project
  - ref: ansible_collections.community.logfire.docsite.secrets_and_rotation
    description: Where to keep secrets, and how to replace them.
notes:
  - A replaced token is never revoked before the new one is stored.
  - If the response to a request that creates a token is lost, the token exists but its value is unknown. The task then
    fails with the ID of the token, so that it can be revoked. A token that cannot be written to O(path) is revoked.
  - With O(path), unfinished work is recorded in a file C(.NAME.pending) in the same directory. The file contains IDs
    and no secrets, and is removed when nothing is left to do. The next run revokes the tokens that remain to be
    revoked, and reports a token that an interrupted run may have left.
  - If a replaced token cannot be revoked, the task succeeds with a warning, so that handlers are notified of the new
    token. Later runs try again, and fail until the token is revoked.
  - On one machine, tasks for the same O(path) and tasks that create tokens of the same project run one after the other.
  - Tokens of frontend applications are never used or changed.
  - A run that changes nothing makes two API calls, and one less when O(project) is an ID.
  - The API token needs the scope C(project:write_token) or C(project:read_token), and C(project:read) if O(project) is
    a name.
"""

EXAMPLES = r"""
---
- name: Ensure a host has a write token that is renewed before it expires
  community.logfire.logfire_token:
    project: shop
    path: /etc/shop/logfire-token
    owner: root
    group: root
    expires_in: 90d
    renew_before: 14d

- name: Ensure a service has a write token in its environment file
  community.logfire.logfire_token:
    project: shop
    path: /etc/shop/logfire.env
    format: environment

- name: Ensure a read token exists and register it if it is new
  community.logfire.logfire_token:
    project: shop
    type: read
  register: reader
  no_log: true

- name: Ensure the token in the vault is active, or create a new one
  community.logfire.logfire_token:
    project: shop
    type: read
    token: "{{ vault_logfire_read_token }}"
  no_log: true

- name: Replace a token now and keep the old one valid for a day
  community.logfire.logfire_token:
    project: shop
    path: /etc/shop/logfire-token
    rotate: true
    grace_period: 24h

- name: Revoke a token by its ID
  community.logfire.logfire_token:
    project: shop
    type: read
    id: "{{ reader.token.id }}"
    state: absent

- name: Revoke the token of a host and remove the file
  community.logfire.logfire_token:
    project: shop
    path: /etc/shop/logfire-token
    state: absent
"""

RETURN = r"""
---
token:
  description:
    - The token after the task. In check mode, the token as it would be.
    - With O(state=absent), the token that was revoked.
  returned: success, unless there was nothing to revoke
  type: dict
  contains:
    id:
      description: ID of the token. V(null) in check mode if the token does not exist yet.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    project_id:
      description: ID of the project, or a placeholder if check mode assumes that the project exists.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: Name of the project. V(null) for a new token if O(project) is an ID.
      type: str
      sample: shop
    type:
      description: Type of the token, V(write) or V(read).
      type: str
      sample: write
    description:
      description:
        - Description that the service sets. V(null) in check mode if the token does not exist yet, and if the service
          does not return it when the token is created.
      type: str
      sample: Created by Public API
    token_prefix:
      description:
        - Beginning of the value. V(null) in the run that creates the token, because the API returns it only in lists.
      type: str
      sample: pylf_v1_us_Zk8vC
    active:
      description: Whether the token can be used. V(true) for a token that this run revoked.
      type: bool
      sample: true
    created_at:
      description:
        - When the token was created. V(null) in check mode if the token does not exist yet, and if the service does not
          return it when the token is created.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    expires_at:
      description: When the token expires, or V(null) if it never expires.
      type: str
      sample: "2026-11-03T09:13:02Z"
    replaced:
      description: ID of the token that was replaced, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    token:
      description: Value of the token. A secret.
      returned: when this run created it and O(path) is not set
      type: str
      sample: VALUE_OF_THE_TOKEN
remembered:
  description:
    - Data to store with the token. Empty if there is nothing to store. In check mode, the data to store before a real
      run. It contains only IDs, no secrets.
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
      sample: "This token is missing the required scope: project:write_token."
    method:
      description: HTTP method of the request.
      type: str
      sample: POST
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/write-tokens/
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
      description: Identifying fields and changed fields before the change. Empty if the token did not exist.
      type: dict
      sample: {}
    after:
      description: Identifying fields and changed fields after the change. Empty if the token is deleted.
      type: dict
      sample: {"project": "shop", "type": "write", "id": "(a new token)", "expires_in": "90d"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.token import TOKEN_KINDS
from ansible_collections.community.logfire.plugins.module_utils._tasks.credential import run_credential


def main() -> None:
    run_credential(*TOKEN_KINDS)


if __name__ == "__main__":
    main()
