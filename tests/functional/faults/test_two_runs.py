# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs at once create what the service does not keep unique: one is left, and nobody touches another's objects."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from organizations import Options, alert, webhook
from scenarios import SEED, SHOP, records

from ansible_collections.community.logfire.plugins.module_utils._api.client import LogfireClient
from ansible_collections.community.logfire.plugins.module_utils._api.http import Connection, Transport
from ansible_collections.community.logfire.plugins.module_utils._engine.organization import Organization
from ansible_collections.community.logfire.plugins.module_utils._engine.stack import report
from ansible_collections.community.logfire.plugins.module_utils._engine.stack.description import (
    parse_description,
    stack_options,
)
from ansible_collections.community.logfire.plugins.module_utils._engine.stack.prune import Pruning
from ansible_collections.community.logfire.plugins.module_utils._engine.stack.run import run as apply_stack

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from scenarios import ClearRunner

ROUNDS = 60
NAMES = ["night", "pager", "Errors", "Slow", "Down"]


def description(text: str = "Look") -> Options:
    """Two channels, and three alerts that notify them."""
    channels = [{"name": name, "config": webhook(name)} for name in NAMES[:2]]
    alerts = [alert(name, *NAMES[:2], description=text) for name in NAMES[2:]]
    return {"channels": channels, "projects": [{"name": "shop", "alerts": alerts}]}


class OneRun(Transport):
    """The transport of a run that remembers what it made and removed, and dawdles before each request."""

    def __init__(self, connection: Connection, dawdle: Callable[[], float] = lambda: 0.0) -> None:
        super().__init__(connection)
        self.dawdle = dawdle
        self.made: set[str] = set()
        self.removed: set[str] = set()

    def request(self, method: str, path: str, body: Any = None) -> Any:
        time.sleep(self.dawdle())
        answer = super().request(method, path, body)
        if method == "POST":
            self.made.add(answer["id"])
        if method == "DELETE":
            self.removed.add(path.split("/")[-2])
        return answer


def at_once(emulator: "RunningEmulator", *runs: tuple[Options, OneRun]) -> list[tuple[dict[str, Any], list[str]]]:
    """The result and the warnings of each run of a stack; all start at the same moment."""
    start = threading.Barrier(len(runs))

    def apply(run: tuple[Options, OneRun]) -> tuple[dict[str, Any], list[str]]:
        params = ArgumentSpecValidator(stack_options()).validate(run[0]).validated_parameters
        organization, described = Organization(LogfireClient(run[1])), parse_description(params)
        start.wait()
        result = report.result(apply_stack(organization, described, Pruning([], 20), 8))
        return result, organization.warnings

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(apply, runs))


def named(emulator: "RunningEmulator") -> Counter[str]:
    """How many channels and alerts there are of each name that is described."""
    snapshot = emulator.store.snapshot()
    shop = next(project for project in snapshot["projects"] if project["id"] == SHOP)
    found = [record["label"] for record in snapshot["channels"]] + [record["name"] for record in shop["alerts"]]
    return Counter(name for name in found if name in NAMES)


def connection(emulator: "RunningEmulator", key: str) -> Connection:
    return Connection(emulator.base_url, key, retry_timeout=20)


SLOW: list[dict[str, Any]] = [
    {"action": "status", "status": 429, "headers": {"Retry-After": "0"}},
    {"action": "delay", "seconds": 0.03},
    {"action": "delay", "seconds": 0.03, "commit": False},
]
#: What a run sends again by itself; a creation without an answer is another story, below.
BREAKS: list[dict[str, Any]] = [*SLOW, {"action": "status", "status": 503}, {"action": "drop_before"}]


@pytest.mark.parametrize("trouble", ["none", "delays", "faults"])
def test_two_stacks_at_once(
    emulator: "RunningEmulator",
    emulator_key: str,
    run: "ClearRunner",
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
    trouble: str,
) -> None:
    """In every round: no pair is left, nobody removed what another made, and the next run has nothing to do."""
    from emulator.faults import FaultRule

    chance, pairs = random.Random(trouble), 0

    def find(method: str, path: str) -> FaultRule | None:
        faults = SLOW if method == "POST" else BREAKS
        return FaultRule(**chance.choice(faults)) if chance.random() < 0.15 else None

    for _round in range(ROUNDS):
        emulator.store.load(SEED)
        bystanders = dict(records(emulator.store.snapshot()))
        runs = [
            OneRun(
                connection(emulator, emulator_key),
                (lambda: 0.0) if trouble == "none" else (lambda: chance.choice([0.0, 0.0, 0.01, 0.03])),
            )
            for _run in range(2)
        ]
        with monkeypatch.context() as patch:
            if trouble == "faults":
                patch.setattr(emulator.faults, "find", find)
            ended = at_once(emulator, *[(description(), run) for run in runs])
        assert [result["failures"] for result, _warnings in ended] == [[], []]
        assert named(emulator) == Counter(NAMES)
        for mine, other in (runs, runs[::-1]):
            assert mine.removed <= mine.made - other.made
        pairs += sum(len(run.removed) for run in runs)
        now = dict(records(emulator.store.snapshot()))
        assert {key: now.get(key) for key in bystanders} == bystanders
        assert not run.ok("logfire_stack", **description()).changed
    assert pairs > ROUNDS, "nothing was tested"


def test_two_stacks_that_want_different_things(
    emulator: "RunningEmulator", emulator_key: str, run: "ClearRunner"
) -> None:
    """What is left is as one of them describes it, and each says so when its own object had to go."""
    withdrawn = 0
    for _round in range(10):
        emulator.store.load(SEED)
        runs = [OneRun(connection(emulator, emulator_key)) for _run in range(2)]
        ended = at_once(emulator, (description("One"), runs[0]), (description("Two"), runs[1]))
        assert [result["failures"] for result, _warnings in ended] == [[], []]
        assert named(emulator) == Counter(NAMES)
        for (_result, warnings), one in zip(ended, runs, strict=True):
            assert len(warnings) == len(one.removed)
            withdrawn += len(warnings)
            for object_id in one.removed:
                assert any("Another run created" in warning and object_id in warning for warning in warnings)
        texts = {text: run.ok("logfire_stack", check=True, **description(text)).changed for text in ("One", "Two")}
        assert all(texts.values()) or not all(texts.values())
    assert withdrawn, "nothing was tested"
