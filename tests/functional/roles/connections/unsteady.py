# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Like the connection C(local), and as unreliable as a host can be.

Modules that run on the host are noted in the file UNSTEADY_LOG. The module with the number UNSTEADY_BREAKS, counted
from 1, does not get there whole, and the host is gone as soon as the one with the number UNSTEADY_UNTIL is sent.
"""

import os
import re

from ansible.errors import AnsibleConnectionFailure
from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = r"""
name: unsteady
short_description: A host that goes away
description: [A host that goes away.]
author: [community.logfire contributors (@ansible-collections)]
extends_documentation_fragment: [connection_pipelining]
"""


class Connection(LocalConnection):
    transport = "unsteady"

    def put_file(self, in_path, out_path):
        module = re.search(r"AnsiballZ_(\w+)", out_path)
        if module:
            with open(os.environ["UNSTEADY_LOG"], "a") as log:
                log.write(f"{module[1]}\n")
            with open(os.environ["UNSTEADY_LOG"]) as log:
                number = str(len(log.readlines()))
            if number == os.environ.get("UNSTEADY_UNTIL"):
                raise AnsibleConnectionFailure("it went away")
            if number == os.environ.get("UNSTEADY_BREAKS"):
                in_path = os.devnull
        return super().put_file(in_path, out_path)
