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
  - Makes, renews, rotates and revokes the tokens with which telemetry is sent to a project (write) or queried (read).
  - The API gives a token no name and shows its value once. So a token is found by its O(id), or by its value, of which
    the API shows the beginning, in O(path) or O(token). With none of these, O(state=present) means that there is at
    least one active token of the type.
  - The value of a token is returned only by the run that made it, and not even then when it goes to O(path). Use
    C(no_log=true) for a task that returns it.
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
      - The project of the token, by its name or its id.
      - An id costs one call of the API less than a name.
    type: str
    required: true
  type:
    description:
      - The type of the token.
    type: str
    choices:
      - write
      - read
    default: write
  id:
    description:
      - The id of an active token. When it is replaced, the new token has another id.
    type: str
  token:
    description:
      - The value that you hold, from a vault for instance. When no active token has it, and when it is empty, a new
        token is made and returned, to be put where the value came from.
    type: str
  path:
    description:
      - A file on the host where the task runs that holds the value, or is to hold it. Its directory must exist.
        An empty path is an error.
      - When the file holds no active token, a token is made and written to it, so that nobody else can read it at any
        time. Where its directory cannot be written, or the file is a mount as in containers, it is written in place.
      - What is in the file may be a token alone, or a line C(NAME=token) of an environment file. Anything else is an
        error, and nothing is changed.
      - A symbolic link is an error, and so is one on the way to the file that other users can change. The directory
        should belong to root or to the user who runs the task, and be writable by nobody else.
    type: path
  format:
    description:
      - V(token) for the token alone, V(environment) for a line as C(EnvironmentFile) of a systemd unit takes it. A new
        line has the name C(LOGFIRE_TOKEN), or C(LOGFIRE_READ_TOKEN) with O(type=read).
      - If omitted, a file keeps its format, and a new file is in the format V(token).
    type: str
    choices:
      - token
      - environment
    version_added: 1.1.0
  owner:
    description:
      - The owner of O(path).
    type: str
  group:
    description:
      - The group of O(path).
    type: str
  mode:
    description:
      - The mode of O(path), as in M(ansible.builtin.file).
    type: raw
    default: "0600"
  expires_at:
    description:
      - When the token is to expire, as RFC 3339, such as V(2027-12-31T23:59:59Z). A token with another expiry is
        replaced.
    type: str
  expires_in:
    description:
      - Lifetime of a newly created token, such as V(90d). A token that lives longer than that from now is replaced; one
        that lives shorter is not.
      - If neither this nor O(expires_at) is set, a token that takes the place of one that expires gets the same
        lifetime; any other never expires.
    type: str
  renew_before:
    description:
      - Replace the token when it expires in less than this time, such as V(14d). It does nothing with O(expires_at),
        which a new token would share.
    type: str
  max_age:
    description:
      - Replace the token when it is older than this, such as V(180d).
    type: str
  rotate:
    description:
      - Replace the token now, in every run. The new one has the lifetime of the replaced one, unless O(expires_at) or
        O(expires_in) is set.
    type: bool
    default: false
  grace_period:
    description:
      - For how long a write token that is replaced lives on, in whole hours, such as V(24h). When not set, it ends as
        soon as the new one is safe.
    type: str
  keep_previous:
    description:
      - Leave a token that is replaced as it is, to expire or to be revoked later.
    type: bool
    default: false
  strict:
    description:
      - Whether check mode fails if the project does not exist. By default, check mode assumes that an earlier task
        creates it, and warns.
      - IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  state:
    description:
      - V(present) makes sure that there is a token as described.
      - V(absent) revokes the token that O(id), O(token) or O(path) names, one of which is required, and removes the
        file. When there is no such active token, that is a warning. With O(path) it is an error and the file stays,
        unless the service still lists the token as ended.
    type: str
    choices:
      - present
      - absent
    default: present
  remembered:
    description:
      - What an earlier run returned as RV(remembered), for whoever keeps the token in another place than O(path), as
        the role P(community.logfire.write_token#role) does. An empty dictionary the first time.
      - With it, a O(token) that cannot be found is an error with O(state=absent).
    type: dict
    version_added: 1.1.0
seealso:
  - module: community.logfire.logfire_project
  - ref: ansible_collections.community.logfire.docsite.secrets_and_rotation
    description: Where to keep secrets, and how to replace them.
notes:
  - A token that is replaced is never ended before the new one is where it belongs.
  - When the answer to the making of a token is lost, the token is there and nobody knows its value. The task fails then
    and names the token's id, so that it can be revoked. A token that cannot be written to O(path) is revoked.
  - With O(path), what a run cannot finish is remembered in a file C(.NAME.pending) beside it, which holds ids and no
    secret, and which is removed as soon as nothing is left to do. The next run revokes what is still to be revoked, and
    names a token that an interrupted run may have left.
  - When a token that is replaced cannot be ended, the task succeeds with a warning, so that handlers are notified of
    the new one. Following runs try again, and fail as long as they cannot.
  - Tasks for the same O(path), or that make tokens of the same project, run one after the other on a machine.
  - Tokens of frontend applications are never chosen.
  - A run that changes nothing makes two calls of the API, and one less when O(project) is an id.
  - The API token needs the scope C(project:write_token) or C(project:read_token), and C(project:read) for a project by
    name.
"""

EXAMPLES = r"""
---
- name: Put a write token on a host, renewed in good time
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

- name: Make sure that there is a read token, and use it when it is new
  community.logfire.logfire_token:
    project: shop
    type: read
  register: reader
  no_log: true

- name: Check that the token in the vault is still good, or make another
  community.logfire.logfire_token:
    project: shop
    type: read
    token: "{{ vault_logfire_read_token }}"
  no_log: true

- name: Replace a token now, and let the old one live for a day
  community.logfire.logfire_token:
    project: shop
    path: /etc/shop/logfire-token
    rotate: true
    grace_period: 24h

- name: Revoke a token by its id
  community.logfire.logfire_token:
    project: shop
    type: read
    id: "{{ reader.token.id }}"
    state: absent

- name: Revoke the token of a host, and remove the file
  community.logfire.logfire_token:
    project: shop
    path: /etc/shop/logfire-token
    state: absent
"""

RETURN = r"""
---
token:
  description:
    - The token as it is, or in check mode as it would be.
    - With O(state=absent) the token that was revoked.
  returned: success, unless there was nothing to revoke
  type: dict
  contains:
    id:
      description: Its id. V(null) in check mode, when it does not exist yet.
      type: str
      sample: 2b6f0cc9-0a56-4d1c-8f3e-7d4f8e9c1a22
    project_id:
      description: The ID of its project; a placeholder for one that check mode foresees.
      type: str
      sample: 8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f
    project_name:
      description: The name of its project. V(null) for a new token when O(project) is an id.
      type: str
      sample: shop
    type:
      description: Its type, V(write) or V(read).
      type: str
      sample: write
    description:
      description:
        - The text that the service gives it. V(null) in check mode, when it does not exist yet, and when the service
          does not tell it to the run that makes the token.
      type: str
      sample: Created by Public API
    token_prefix:
      description: The beginning of its value. V(null) in the run that makes it, since the API tells it only in lists.
      type: str
      sample: pylf_v1_us_Zk8vC
    active:
      description: Whether it can be used. V(true) for the token that was revoked by this run.
      type: bool
      sample: true
    created_at:
      description:
        - When it was made. V(null) in check mode, when it does not exist yet, and when the service does not tell it to
          the run that makes the token.
      type: str
      sample: "2026-08-05T09:13:02.103554Z"
    expires_at:
      description: When it expires, or V(null) for never.
      type: str
      sample: "2026-11-03T09:13:02Z"
    replaced:
      description: The id of the token that it took the place of, or V(null).
      type: str
      sample: 7f9a3f0e-5a3b-4a8e-b5a4-0b8c1f0f6d31
    token:
      description: Its value. A secret.
      returned: when this run made it and O(path) is not set
      type: str
      sample: VALUE_OF_THE_TOKEN
remembered:
  description:
    - What is to be kept beside the token, empty for nothing. In check mode, what is to be kept there before the run
      that follows. Ids only, no secret.
  returned: when O(remembered) is set
  type: dict
  sample: {}
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
      sample: "This token is missing the required scope: project:write_token."
    method:
      description: The method of the request.
      type: str
      sample: POST
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/8d29ff3c-6a1f-45dc-a7d5-5a1b1ea5aa0f/write-tokens/
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
      description: What names the token, and what changes, as it was. Empty for what did not exist.
      type: dict
      sample: {}
    after:
      description: What names the token, and what changes, as it is then. Empty for what is removed.
      type: dict
      sample: {"project": "shop", "type": "write", "id": "(a new token)", "expires_in": "90d"}
"""

from ansible_collections.community.logfire.plugins.module_utils._kinds.token import TOKEN_KINDS
from ansible_collections.community.logfire.plugins.module_utils._tasks.credential import run_credential


def main() -> None:
    run_credential(*TOKEN_KINDS)


if __name__ == "__main__":
    main()
