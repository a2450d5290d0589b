# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a long task tells of itself while it runs in Ansible's process."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from playbooks import ansible, in_way, write_play

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

APPLIED = re.compile(r"^logfire_stack: (\d+) of 5 objects(?:; waiting (\d+) s, as the service asks)?$", re.MULTILINE)

#: Of 7 seconds, 5 after the task began; its first request may be late on a machine under load.
LEFT = ("2", "3", "4")


def test_a_stack_that_waits_tells_how_far_it_is(emulator: "RunningEmulator", emulator_key: str, tmp_path: Path) -> None:
    """Not before five seconds, and every five seconds then; as a module it cannot."""
    stack = {"projects": [{"name": f"project-{number}"} for number in range(5)], "concurrency": 1}
    playbook = write_play(tmp_path, [{"name": "Apply", "community.logfire.logfire_stack": stack}])
    told = {}
    for way in ("in process", "as a module"):
        emulator.reset()
        emulator.faults.add(action="status", status=429, method="POST", headers={"Retry-After": "7"}, skip=2, count=1)
        with in_way(way):
            connection = {"LOGFIRE_API_TOKEN": emulator_key, "LOGFIRE_BASE_URL": emulator.base_url}
            done = ansible("playbook", playbook, folder=tmp_path, **connection)
        assert done.status == 0, done.output
        told[way] = APPLIED.findall(done.output)
    ((done_by_then, left),) = told["in process"]
    assert (done_by_then, left in LEFT) == ("2", True)
    assert told["as a module"] == []


def test_a_task_that_tries_again_says_when(emulator: "RunningEmulator", emulator_key: str, tmp_path: Path) -> None:
    emulator.faults.add(action="status", status=503, headers={"Retry-After": "7"})
    playbook = write_play(tmp_path, [{"name": "List", "community.logfire.logfire_project_info": None}])
    connection = {"LOGFIRE_API_TOKEN": emulator_key, "LOGFIRE_BASE_URL": emulator.base_url}
    done = ansible("playbook", playbook, folder=tmp_path, **connection)
    assert done.status == 0, done.output
    told = re.findall("^logfire_project_info: (.*)$", done.output, re.MULTILINE)
    assert told in [[f"waiting {left} s before another attempt"] for left in LEFT]


def test_a_stack_says_what_it_takes_before_it_applies(
    emulator: "RunningEmulator", emulator_key: str, tmp_path: Path
) -> None:
    """With -v. As a module the result says it, which Ansible shows with -v; without, nobody hears of it."""
    stack = {"projects": [{"name": f"project-{number}"} for number in range(5)]}
    playbook = write_play(tmp_path, [{"name": "Apply", "community.logfire.logfire_stack": stack}])
    connection = {"LOGFIRE_API_TOKEN": emulator_key, "LOGFIRE_BASE_URL": emulator.base_url}
    told = {}
    for way in ("in process", "as a module"):
        for verbosity in ((), ("-v",)):
            emulator.reset()
            with in_way(way):
                done = ansible("playbook", playbook, *verbosity, folder=tmp_path, **connection)
            assert done.status == 0, done.output
            told[way, *verbosity] = [
                text in done.output for text in ("logfire_stack: it takes 5 requests to apply", '"requests": 5')
            ]
    assert told == {
        ("in process",): [False, False],
        ("in process", "-v"): [True, True],
        ("as a module",): [False, False],
        ("as a module", "-v"): [False, True],
    }
