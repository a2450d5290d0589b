# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixtures of the functional tests.

``emulator``
    A :class:`emulator.server.RunningEmulator` with ``base_url``, ``store``, ``settings``, ``log``, ``faults`` and
    ``reset()``. One server runs for the whole session; it is reset for each test.
``emulator_key``
    A key that has all scopes in the emulator.
``run``
    A :class:`harness.Runner`: runs modules in this process against the emulator.
``way``
    How the tasks of Ansible's commands run: in process if possible, or as modules. Tests in BOTH_WAYS run in both.
``waits``
    The seconds that modules in this process would have waited, one entry for each wait. Nothing waits.
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
)  # helpers with assertions, before they are imported
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

#: Without this, pydantic loads the vendor's SDK, which only one test uses, in one or two seconds.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "logfire-plugin"

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner


#: Tests that run both in process, like all others, and as modules, with the reason. docs/test_examples.py and
#: ways/test_same_course.py compare both ways for each module, with each kind of failure, invalid input and keyword.
BOTH_WAYS = {
    "test_success_shows_no_secret": "the output of Ansible at -vvvv, and the remaining files, differ",
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
    """Set how tasks run, by name."""
    from playbooks import in_way

    with in_way(request.param):
        yield request.param


class Clock:
    """A clock for clients on which waiting takes no time. Like a real clock, it is never early."""

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
    """The server of the session. Tests use ``emulator`` instead, which is reset for each of them."""
    from emulator.server import running_emulator

    with running_emulator() as running:
        yield running


@pytest.fixture
def emulator(emulator_server: "RunningEmulator") -> "RunningEmulator":
    """Return the emulator in its initial state."""
    emulator_server.reset()
    return emulator_server


@pytest.fixture(scope="session")
def emulator_key() -> str:
    """Return an API key in the format that emulators of the service accept."""
    return "pylf_v1_local_functionaltests"


@pytest.fixture
def run(emulator: "RunningEmulator", emulator_key: str) -> "Runner":
    """Runs modules against the emulator: ``run("logfire_project", name="shop")``."""
    from harness import Runner

    return Runner(emulator, emulator_key)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that a module would have waited, one entry for each wait. Nothing waits."""
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
