# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A callback that writes each result as a line of JSON to the file that LOGFIRE_TEST_RESULTS names."""

from __future__ import annotations

import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: record_results
type: notification
short_description: Write results as JSON lines
description:
  - Write results as JSON lines.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "record_results"

    def v2_runner_on_ok(self, result):
        self._record(result, failed=False)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._record(result, failed=True)

    def _record(self, result, failed):
        # ansible-core 2.19 has public attributes and deprecates the private ones.
        task, values = (getattr(result, name, None) or getattr(result, f"_{name}") for name in ("task", "result"))
        with open(os.environ["LOGFIRE_TEST_RESULTS"], "a") as file:
            file.write(json.dumps({"task": task.get_name(), "failed": failed, "result": values}, default=str) + "\n")
