# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures of these tests: playbooks in a separate folder, and organizations on which they run."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from plays import Plays


@pytest.fixture(scope="session")
def other_server() -> "Iterator[RunningEmulator]":
    """Run a second server for the session."""
    from emulator.server import running_emulator

    with running_emulator(random_seed=1) as running:
        yield running


@pytest.fixture
def other(other_server: "RunningEmulator") -> "RunningEmulator":
    """Return a second organization in its initial state."""
    other_server.reset()
    return other_server


@pytest.fixture
def plays(tmp_path: Path, emulator: "RunningEmulator") -> "Plays":
    """Run playbooks and roles against the emulator."""
    from plays import Plays

    return Plays(tmp_path, emulator)
