# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task says of how far it is."""

from __future__ import annotations

from ansible_collections.community.logfire.plugins.module_utils._api import progress
from ansible_collections.community.logfire.plugins.module_utils._api.progress import Progress


def test_the_texts():
    task = Progress()
    assert str(task) == "waiting for the service"
    task.wait(24)
    assert str(task) == "waiting 24 s, as the service asks"
    task.expect(148)
    for _object in range(57):
        task.finish()
    assert str(task) == "57 of 148 objects; waiting 24 s, as the service asks"
    task.wait(0)
    assert str(task) == "57 of 148 objects"


def test_a_task_knows_nothing_of_the_one_before():
    progress.current.expect(5)
    progress.begin()
    assert str(progress.current) == "waiting for the service"
