# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: smallest
short_description: The smallest module that imports requests and makes the same calls as another
description:
  - The floor for single modules in the benchmarks. No part of the collection.
author:
  - community.logfire contributors (@ansible-collections)
options:
  paths:
    description:
      - What to read, one after the other.
    type: list
    elements: str
    required: true
"""

import os

import requests
from ansible.module_utils.basic import AnsibleModule


def main() -> None:
    module = AnsibleModule(argument_spec={"paths": {"type": "list", "elements": "str", "required": True}})
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {os.environ['LOGFIRE_API_TOKEN']}"
    for path in module.params["paths"]:
        session.get(os.environ["LOGFIRE_BASE_URL"] + path).json()
    module.exit_json(changed=False)


if __name__ == "__main__":
    main()
