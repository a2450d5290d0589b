#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_token_file
short_description: Manage the file that stores a Pydantic Logfire token
version_added: 1.1.0
description:
  - Reads a token from a file, or writes a token to a file that other users can never read, unless O(mode) allows it.
  - The module never calls the API, and requires neither an API token nor C(requests). The role
    P(community.logfire.write_token#role) uses it on hosts that must not see the API token. On other hosts, use
    M(community.logfire.logfire_token) with its option C(path) instead.
  - With O(path) alone, the module returns the token in the file. Use C(no_log=true) for such a task.
author:
  - community.logfire contributors (@ansible-collections)
attributes:
  check_mode:
    support: full
    description: Can run in C(check_mode) and predict changes without making them.
  diff_mode:
    support: full
    description: Returns the changes, or in C(check_mode) the predicted changes, in C(diff) mode.
    details:
      - The diff never contains a token.
  idempotent:
    support: full
    description: A second run with the same options reports no change.
options:
  path:
    description:
      - Path to the file. The directory must exist. The file contains either only a token, or a line C(NAME=token) as in
        an environment file. Any other content is an error, and nothing is changed.
      - The path must not be a symbolic link, and must not contain one that other users can change. The directory should
        belong to root or to the user who runs the task, and only that user should be able to write to it.
    type: path
    required: true
  token:
    description:
      - Token to write to the file. If omitted, the token in the file is not changed.
    type: str
  format:
    description:
      - V(token) stores only the token. V(environment) stores a line that the C(EnvironmentFile) option of a systemd
        unit can read.
      - If omitted, an existing file keeps its format, and a new file uses V(token).
    type: str
    choices:
      - token
      - environment
  variable:
    description:
      - Variable name in an environment file. If omitted, an existing file keeps its name, and a new line uses
        C(LOGFIRE_TOKEN).
    type: str
  owner:
    description:
      - Owner of the file.
    type: str
  group:
    description:
      - Group of the file.
    type: str
  mode:
    description:
      - Permissions of the file, as in M(ansible.builtin.file).
    type: raw
    default: "0600"
  checksum:
    description:
      - The RV(checksum) result of an earlier task. If the checksum of the file differs, the task fails without any
        change.
    type: str
  remembered:
    description:
      - The RV(community.logfire.logfire_token#module:remembered) result, which is stored for the next run in a file
        C(.NAME.pending) in the same directory. It contains IDs and no secrets. Set to an empty dictionary to remove
        that file.
      - If O(token) is omitted, the module only verifies that the token file can be written.
    type: dict
  state:
    description:
      - V(present) reads or writes the file.
      - V(absent) removes the file and the C(.NAME.pending) file. It does not revoke the token.
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

- name: Write a token from a vault
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
  description: Token in the file. A secret. Empty if there is none.
  returned: when the file is only read
  type: str
  sample: VALUE_OF_THE_TOKEN
remembered:
  description: Data stored next to the file. Empty if there is none.
  returned: when the file is only read
  type: dict
  sample: {}
checksum:
  description: SHA-256 checksum of the content of the file. Empty if there is no file.
  returned: success
  type: str
  sample: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
diff:
  description: The differences, without secrets.
  returned: in diff mode
  type: dict
  contains:
    before:
      description: Changed fields before the change.
      type: dict
      sample: {}
    after:
      description: Changed fields after the change.
      type: dict
      sample: {"path": "/etc/shop/logfire.env", "token": "(another token)"}
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.token_file import run_token_file


def main():
    run_token_file()


if __name__ == "__main__":
    main()
