# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run that is killed at any of its requests, before and after the service makes the change: the next one repairs it.

What nobody can mend is a token that was made for a process that is dead: it stays, and the next run, which makes the
one that belongs into the file, names it. There is at most one, and only if the kill came after it was made.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from processes import fork_server, run_module
from scenarios import SCENARIOS, Scenario, Stage, guarantees

if TYPE_CHECKING:
    from scenarios import ClearRunner

Killer = Callable[[Stage, int, bool], None]

#: The operation of each kind with the most requests.
OPERATIONS = {"project-create", "channel-create", "alert-update", "dashboard-update"}
OPERATIONS |= {"write-token-update", "write-token-grace", "write-token-delete", "read-token-create", "stack-create"}
KILLED = [scenario for scenario in SCENARIOS if scenario.title in OPERATIONS]
LONG = 2.0  # seconds that the service holds its answer back; the kill comes at once


@pytest.fixture(scope="module")
def processes() -> Iterator[ForkServerContext]:
    """Where processes come from that know all modules from the start, and none of the threads of this one."""
    yield fork_server(sorted({scenario.module for scenario in KILLED}))


@pytest.fixture
def kill(processes: ForkServerContext, monkeypatch: pytest.MonkeyPatch) -> Killer:
    """Play a scenario in a process that is killed while it waits for the answer to the request of that index."""
    from emulator import faults

    reached = threading.Event()

    async def hold_back(seconds: float) -> None:
        if seconds:
            reached.set()
        await asyncio.sleep(seconds)

    monkeypatch.setattr(faults, "asyncio", SimpleNamespace(sleep=hold_back))

    def play(stage: Stage, index: int, committed: bool) -> None:
        reached.clear()
        rule = {"action": "delay"} if committed else {"action": "status", "status": 503}
        stage.run.emulator.faults.add(skip=index, seconds=LONG, **rule)
        arguments = {**stage.run.connection, **stage.options, "_ansible_diff": True}
        process = processes.Process(target=run_module, args=(stage.scenario.module, arguments), daemon=True)
        process.start()
        try:
            assert reached.wait(30), "the request never came"
        finally:
            process.kill()
            process.join(30)
        assert process.exitcode == -9
        stage.run.emulator.faults.clear()

    return play


def assert_private(stage: Stage) -> None:
    """What a process that was killed leaves beside the token's file holds no secret, and nobody else can read it."""
    for path in stage.file.parent.glob(".*"):
        assert path.name.startswith(".logfire-token-") or path.name == ".token.pending"
        assert b"pylf_" not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("scenario", KILLED, ids=str)
def test_one_clean_rerun_repairs_everything_after_a_kill(
    scenario: Scenario, run: "ClearRunner", kill: Killer, tmp_path: Path
) -> None:
    """It also cleans up, and says so when a change of a token's file was never reported."""
    stage = Stage(run, scenario, tmp_path)
    for index, call in enumerate(stage.course.calls):
        for committed in (False, True):
            if call.startswith("GET") and committed:
                continue  # nothing to commit
            stage.reset()
            kill(stage, index, committed)
            assert_private(stage)
            before = stage.state()
            check = stage.play(check=True)
            again = stage.play()
            assert not again.failed, again.result
            assert again.changed == (stage.state() != before or "token" in scenario.title)
            assert (check.changed, check.result.get("diff")) == (again.changed, again.result.get("diff"))
            assert stage.state() == stage.course.end
            made = committed and call.startswith("POST") and call.endswith("-tokens/")
            assert len(stage.strays()) == made
            assert all(token in " ".join(again.warnings) for token in stage.strays())
            assert len(again.warnings) == made
            stage.assert_nothing_else_touched()
            third = stage.play()
            assert not third.changed
            assert third.warnings == []


def test_the_number_of_kills(run: "ClearRunner", tmp_path: Path) -> None:
    """What the documentation says."""
    number = 0
    for place, scenario in enumerate(KILLED):
        folder = tmp_path / str(place)
        folder.mkdir()
        number += sum(1 if call.startswith("GET") else 2 for call in Stage(run, scenario, folder).course.calls)
    assert f"{number} runs that are killed" in guarantees()
