# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: nothing
short_description: A module that is given an organization and does nothing
description:
  - What Ansible needs to start one task with these arguments. No part of the collection.
author:
  - community.logfire contributors (@ansible-collections)
options:
  channels:
    description:
      - Anything.
    type: raw
  projects:
    description:
      - Anything.
    type: raw
"""

from ansible.module_utils.basic import AnsibleModule


def main() -> None:
    module = AnsibleModule(argument_spec={"channels": {"type": "raw"}, "projects": {"type": "raw"}})
    module.exit_json(changed=False, invocation={})


if __name__ == "__main__":
    main()
