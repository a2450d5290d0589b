# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the action plugin does around the module."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.action.normal import ActionModule as NormalAction

from ansible_collections.community.logfire.plugins.action import logfire_stack

WRITTEN = "projects: [{name: orders, alerts: []}]\nprune_limit: 20\n"


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A task whose module only tells what it was given and how much the garbage collector leaves alone."""
    task = SimpleNamespace(args=DataLoader().load(WRITTEN))

    def run(action: NormalAction, tmp: object, task_vars: object) -> dict[str, object]:
        return {"given": action._task.args, "frozen": gc.get_freeze_count()}

    monkeypatch.setattr(NormalAction, "run", run)
    yield task
    gc.unfreeze()


def _run(task: SimpleNamespace) -> dict[str, object]:
    action = logfire_stack.ActionModule.__new__(logfire_stack.ActionModule)
    action._task = task
    return action.run(None, {})


def test_the_garbage_collector_leaves_alone_what_the_parent_loaded(task):
    before = len(gc.get_objects())
    assert _run(task)["frozen"] > before // 2


def test_the_module_gets_the_arguments_as_they_were_written(task):
    written = task.args
    assert _run(task)["given"] is written


def test_the_arguments_are_handed_back_without_their_origins(task):
    written = task.args
    _run(task)
    if logfire_stack.TEXTS_KNOW_THEIR_ORIGIN:
        assert task.args == {"projects": [{"name": "orders", "alerts": []}], "prune_limit": 20}
        assert _types(task.args) == {dict, list, str, int}
    else:
        assert task.args is written


def test_arguments_that_are_not_json_are_handed_back_as_they_are(task):
    task.args["prune_limit"] = datetime.date(2026, 11, 1)
    written = task.args
    _run(task)
    assert task.args is written


def _types(value: object) -> set[type]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {type(value)}.union(*({type(key)} | _types(item) for key, item in inside))
