# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps what surrounds the module fast when its arguments are a whole organization. The module does the work."""

from __future__ import annotations

import gc
import json
from contextlib import suppress
from typing import Any

import ansible.template
from ansible.plugins.action.normal import ActionModule as NormalAction

# Since ansible-core 2.19 texts know where they were written. Older ones mark what is unsafe or encrypted instead.
TEXTS_KNOW_THEIR_ORIGIN = hasattr(ansible.template, "is_trusted_as_template")


class ActionModule(NormalAction):
    """Run the module as Ansible runs any other, in the process that it forks for the task."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        gc.freeze()  # what is here by now is the parent's; seeking garbage there took a twentieth of the time
        result: dict[str, Any] = super().run(tmp, task_vars)  # type: ignore[no-untyped-call]  # ansible-core's
        if TEXTS_KNOW_THEIR_ORIGIN:
            # Ansible hands the arguments to its callbacks. Their texts' origins took longer to send than the texts.
            with suppress(TypeError):  # a date, which JSON does not know: all stay as they are
                self._task.args = json.loads(json.dumps(self._task.args))
        return result
