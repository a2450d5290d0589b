# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A callback that does nothing, but shows warnings of deprecations: ansible-test turns them off by the environment."""

from __future__ import annotations

import os

from ansible import constants
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: show_deprecations
type: notification
short_description: Show warnings of deprecations
description:
  - Show warnings of deprecations.
"""

os.environ["ANSIBLE_DEPRECATION_WARNINGS"] = "true"
constants.DEPRECATION_WARNINGS = True  # where ansible-core before 2.19 looks


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "show_deprecations"
