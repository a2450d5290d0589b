# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures of the tests of whole organizations: runners."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from watched import WatchedRunner


@pytest.fixture(autouse=True)
def no_connection_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ignore the environment variables of the user who runs the tests."""
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY", "LOGFIRE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(emulator: "RunningEmulator", emulator_key: str) -> "WatchedRunner":
    """Run modules against an empty organization, and check the rules for all runs."""
    from watched import WatchedRunner

    return WatchedRunner(emulator, emulator_key)


@pytest.fixture
def other(emulator_key: str) -> "Iterator[WatchedRunner]":
    """Run modules against a second organization."""
    from emulator.server import running_emulator
    from watched import WatchedRunner

    with running_emulator(random_seed=1) as running:
        yield WatchedRunner(running, emulator_key)
