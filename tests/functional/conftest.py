# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What functional tests share: an emulator to talk to.

``emulator``
    A :class:`emulator.server.RunningEmulator`, as new: ``base_url``, ``store``, ``settings``, ``log``, ``faults``,
    ``reset()``. One server runs for the whole session; each test finds it reset.
``emulator_key``
    A key that the emulator accepts with every scope.
``run``
    A :class:`harness.Runner`: runs modules in this process against the emulator.
``way``
    How the tasks of Ansible's commands run: in process, where they can, or as modules. BOTH_WAYS run in both.
``waits``
    The seconds that modules in this process would have waited, one entry a wait; none of them is waited.
"""

import math
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.register_assert_rewrite(
    "cases", "harness", "same_course", "watched"
)  # helpers that assert; before anything imports them
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

#: The vendor's SDK, which one test uses, is loaded by whoever uses pydantic, which takes a second or two.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "logfire-plugin"

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner


#: Tests that Ansible runs in process, as all others, and once more as modules, and why. Each module, with each kind of
#: failure, mistake and keyword, is compared in both ways by docs/test_examples.py and ways/test_same_course.py.
BOTH_WAYS = {
    "test_success_shows_no_secret": "what Ansible prints at -vvvv, and leaves in files, differs",
    "test_failures_show_no_secret": "so do errors",
    "test_a_failure_after_a_new_secret_does_not_show_it": "so do errors",
    "test_strange_answers_show_no_secret": "so do exceptions",
    "test_again": "a task that runs more than once in one process of Ansible",
    "test_no_item_of_a_loop_sees_anothers": "so does that of a loop",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.name in BOTH_WAYS:
        from playbooks import WAYS

        metafunc.fixturenames.append("way")
        metafunc.parametrize("way", WAYS, indirect=True)


@pytest.fixture
def way(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of the way in which tasks run."""
    from playbooks import in_way

    with in_way(request.param):
        yield request.param


class Clock:
    """The clock of a client for which waiting takes no time. Like a real one it is late rather than early."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._lock = threading.Lock()
        self._now = 0.0

    def monotonic(self) -> float:
        return self._now

    def time(self) -> float:
        return time.time() + self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.waits.append(seconds)
            self._now = math.ceil((self._now + seconds) * 1e6) / 1e6


@pytest.fixture(scope="session")
def emulator_server() -> "Iterator[RunningEmulator]":
    """The one server of the session. Tests want ``emulator`` instead, which is reset for each of them."""
    from emulator.server import running_emulator

    with running_emulator() as running:
        yield running


@pytest.fixture
def emulator(emulator_server: "RunningEmulator") -> "RunningEmulator":
    """An emulator as new."""
    emulator_server.reset()
    return emulator_server


@pytest.fixture(scope="session")
def emulator_key() -> str:
    """An API key of the form that stand-ins of the service take."""
    return "pylf_v1_local_functionaltests"


@pytest.fixture
def run(emulator: "RunningEmulator", emulator_key: str) -> "Runner":
    """Runs modules against the emulator: ``run("logfire_project", name="shop")``."""
    from harness import Runner

    return Runner(emulator, emulator_key)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that a module would have waited, one entry a wait; none of them is waited."""
    from ansible_collections.community.logfire.plugins.module_utils._api import query
    from ansible_collections.community.logfire.plugins.module_utils._api.http import Connection, Transport
    from ansible_collections.community.logfire.plugins.module_utils._engine import organization
    from ansible_collections.community.logfire.plugins.module_utils._tasks import module

    clock = Clock()

    def transport(connection: Connection) -> Transport:
        return Transport(connection, clock)

    monkeypatch.setattr(module, "Transport", transport)
    monkeypatch.setattr(query, "Transport", transport)
    monkeypatch.setattr(organization, "time", clock)
    return clock.waits
