# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures of the tests of faults: a runner that requires a clear result of every run."""

from typing import TYPE_CHECKING

import pytest

pytest.register_assert_rewrite("harness", "scenarios")

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from scenarios import ClearRunner


@pytest.fixture(autouse=True)
def no_connection_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ignore the environment variables of the user who runs the tests."""
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY", "LOGFIRE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(emulator: "RunningEmulator", emulator_key: str) -> "ClearRunner":
    """Run modules against the emulator, and check that each result is clear."""
    from scenarios import ClearRunner

    return ClearRunner(emulator, emulator_key)
