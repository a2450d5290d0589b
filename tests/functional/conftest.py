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
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.register_assert_rewrite("cases", "harness", "watched")  # helpers that assert; before anything imports them
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner


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
