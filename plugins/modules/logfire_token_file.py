#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_token_file
short_description: Read and write the file that holds a token of Pydantic Logfire
version_added: 1.1.0
description:
  - Reads a token from a file, or writes it there so that nobody else can read it at any time.
  - It never calls the API, and needs neither an API token nor C(requests). The role
    P(community.logfire.write_token#role) uses it on hosts that must not see the API token. Elsewhere
    M(community.logfire.logfire_token) with its option C(path) is all that is needed.
  - Without O(token), O(remembered) and O(state=absent) it returns the token that is in the file. Use C(no_log=true) for
    a task that does so.
author:
  - community.logfire contributors (@ansible-collections)
attributes:
  check_mode:
    support: full
    description: Can run in C(check_mode) and tell what would change without changing it.
  diff_mode:
    support: full
    description: Tells what changed, or in C(check_mode) what would change, in C(diff) mode.
    details:
      - The diff has no token.
  idempotent:
    support: full
    description: When run twice in a row with the same options, the second run reports no change.
options:
  path:
    description:
      - The file. Its directory must exist. It may hold a token alone, or a line C(NAME=token) of an environment file.
        Anything else is an error, and nothing is changed.
      - A symbolic link is an error, and so is one on the way to the file that other users can change. The directory
        should belong to root or to the user who runs the task, and be writable by nobody else.
    type: path
    required: true
  token:
    description:
      - The token that the file is to hold.
    type: str
  format:
    description:
      - V(token) for the token alone, V(environment) for a line as C(EnvironmentFile) of a systemd unit takes it.
      - If omitted, a file keeps its format, and a new file is in the format V(token).
    type: str
    choices:
      - token
      - environment
  variable:
    description:
      - The name in such a line. If omitted, a file keeps the one it has, and a new line has C(LOGFIRE_TOKEN).
    type: str
  owner:
    description:
      - The owner of the file.
    type: str
  group:
    description:
      - The group of the file.
    type: str
  mode:
    description:
      - The mode of the file, as in M(ansible.builtin.file).
    type: raw
    default: "0600"
  checksum:
    description:
      - The RV(checksum) of an earlier task. When the file has another one now, the task fails and changes nothing.
    type: str
  remembered:
    description:
      - What M(community.logfire.logfire_token) returned under this name, to be kept in a file C(.NAME.pending) beside
        the token's, for the next run. It holds ids and no secret. An empty dictionary removes it.
      - Without O(token) it is tried that the file can be written.
    type: dict
  state:
    description:
      - V(absent) removes the file, and what is kept beside it. It revokes nothing.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.logfire.logfire_token
"""

EXAMPLES = r"""
---
- name: Read the token of a host
  community.logfire.logfire_token_file:
    path: /etc/shop/logfire.env
  register: shop
  no_log: true

- name: Write a token that comes from a vault
  community.logfire.logfire_token_file:
    path: /etc/shop/logfire.env
    token: "{{ vault_logfire_read_token }}"
    format: environment
    variable: SHOP_LOGFIRE_TOKEN

- name: Remove the file
  community.logfire.logfire_token_file:
    path: /etc/shop/logfire.env
    state: absent
"""

RETURN = r"""
---
token:
  description: The token in the file, a secret. Empty when there is none.
  returned: when it is only read
  type: str
  sample: VALUE_OF_THE_TOKEN
remembered:
  description: What is kept beside the file. Empty when nothing is.
  returned: when it is only read
  type: dict
  sample: {}
checksum:
  description: The SHA-256 of all that is in the file. Empty when there is no file.
  returned: success
  type: str
  sample: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
diff:
  description: What differs, without secrets.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: What changes, as it was.
      type: dict
      sample: {}
    after:
      description: What changes, as it is then.
      type: dict
      sample: {"path": "/etc/shop/logfire.env", "token": "(another token)"}
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.token_file import run_token_file


def main():
    run_token_file()


if __name__ == "__main__":
    main()
