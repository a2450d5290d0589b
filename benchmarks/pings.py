# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures tasks that change nothing, in Ansible's own process and as modules, compared with C(ansible.builtin.ping).

The start of the playbook is subtracted: each playbook is also run without tasks.
"""

from __future__ import annotations

import json
import statistics
from typing import Any

from measure import Bench, run

Json = dict[str, Any]

TASKS = 40
AS_MODULE = {"logfire_in_process": False}
PING: Json = {"ansible.builtin.ping": {}}


def playbooks(state: Json) -> dict[str, tuple[list[Json], Json]]:
    """Return the tasks and the variables of each playbook, by the name of the measurement."""
    project: Json = {"community.logfire.logfire_project": {"name": state["projects"][0]["project_name"]}}
    loop = {"loop": list(range(TASKS))}
    return {
        "start": ([], {}),
        "tasks, in process": ([project] * TASKS, {}),
        "tasks, as modules": ([project] * TASKS, AS_MODULE),
        "tasks, ping": ([PING] * TASKS, {}),
        "loop, in process": ([project | loop], {}),
        "loop, as modules": ([project | loop], AS_MODULE),
        "loop, ping": ([PING | loop], {}),
    }


class InProcess:
    """Seconds of each playbook. They take turns, round by round."""

    def __init__(self, bench: Bench, state: Json) -> None:
        self._bench = bench
        self._state = state
        self._playbooks = playbooks(state)
        self._samples: dict[str, list[float]] = {name: [] for name in self._playbooks}

    def measure(self) -> None:
        """Measure another round. Raises RuntimeError if a playbook fails."""
        self._bench.service.start_from(self._state, 0)
        path = self._bench.folder / "in_process.yml"
        for name, (tasks, variables) in self._playbooks.items():
            path.write_text(
                json.dumps([{"hosts": "localhost", "gather_facts": False, "vars": variables, "tasks": tasks}])
            )
            command = ["ansible-playbook", str(path)]
            self._samples[name].append(run(command, self._bench.environment, path.with_suffix(".log")).seconds)

    def results(self) -> Json:
        """Return the medians so far, without the start."""
        start = statistics.median(self._samples["start"])
        seconds = {name: statistics.median(taken) - start for name, taken in self._samples.items() if name != "start"}
        return {
            "tasks": TASKS,
            "runs": len(self._samples["start"]),
            "start": round(start, 2),
            "seconds": {name: round(value, 2) for name, value in seconds.items()},
        }
