# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures of the tests of calls."""

import pytest


@pytest.fixture(autouse=True)
def no_connection_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ignore the environment variables of the user who runs the tests."""
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY", "LOGFIRE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
