# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures of the emulator's own tests: a client, and a project."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator


@pytest.fixture
def connect(emulator: "RunningEmulator", emulator_key: str) -> Iterator[Callable[..., Api]]:
    """Create clients, also with another key, or with none (``key=None``)."""
    made: list[Api] = []

    def make(key: str | None = emulator_key) -> Api:
        made.append(Api(emulator, key))
        return made[-1]

    yield make
    for api in made:
        api.session.close()


@pytest.fixture
def api(connect: Callable[..., Api]) -> Api:
    """Return a client whose key has all scopes."""
    return connect()


@pytest.fixture
def project(api: Api) -> str:
    """Return the path of a new project, ``projects/<id>/``."""
    created: dict[str, str] = api.ok("POST", "projects/", {"project_name": "shop"})
    return f"projects/{created['id']}/"
