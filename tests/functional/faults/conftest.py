# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of faults share: a runner whose every run must end in a clear result."""

from typing import TYPE_CHECKING

import pytest

pytest.register_assert_rewrite("harness", "scenarios")

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from scenarios import ClearRunner


@pytest.fixture(autouse=True)
def no_connection_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables of the person who runs the tests must not count."""
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY", "LOGFIRE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(emulator: "RunningEmulator", emulator_key: str) -> "ClearRunner":
    """Runs modules against the emulator, and checks that each result is a clear one."""
    from scenarios import ClearRunner

    return ClearRunner(emulator, emulator_key)
