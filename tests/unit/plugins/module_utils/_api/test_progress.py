# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task says of how far it is."""

from __future__ import annotations

import time
from types import SimpleNamespace

from ansible_collections.community.logfire.plugins.module_utils._api import progress
from ansible_collections.community.logfire.plugins.module_utils._api.progress import Progress


def test_the_texts(monkeypatch):
    task = Progress()
    assert str(task) == "waiting for the service"
    task.failed(8)
    task.failed(15)
    assert str(task) == "waiting 8 s before another attempt"
    task.refused(24)
    assert str(task) == "waiting 24 s, as the service asks"
    task.expect(148)
    for _object in range(57):
        task.finish()
    assert str(task) == "57 of 148 objects; waiting 24 s, as the service asks"
    task.refused(0)
    assert str(task) == "57 of 148 objects; waiting 8 s before another attempt"
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + 10))
    assert str(task) == "57 of 148 objects; waiting 5 s before another attempt"
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + 20))
    assert str(task) == "57 of 148 objects"


def test_a_task_knows_nothing_of_the_one_before():
    progress.current.expect(5)
    progress.begin()
    assert str(progress.current) == "waiting for the service"
