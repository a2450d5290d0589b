# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of whole organizations share: a runner."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from watched import WatchedRunner


@pytest.fixture(autouse=True)
def no_connection_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables of the person who runs the tests must not count."""
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY", "LOGFIRE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(emulator: "RunningEmulator", emulator_key: str) -> "WatchedRunner":
    """Runs modules against an empty organization, and checks what must hold for every run."""
    from watched import WatchedRunner

    return WatchedRunner(emulator, emulator_key)


@pytest.fixture
def other(emulator_key: str) -> "Iterator[WatchedRunner]":
    """The same for a second organization."""
    from emulator.server import running_emulator
    from watched import WatchedRunner

    with running_emulator(random_seed=1) as running:
        yield WatchedRunner(running, emulator_key)
