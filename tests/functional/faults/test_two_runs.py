# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs at once create what the service does not keep unique: one is left, and nobody touches another's objects."""

import asyncio
import queue
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import ForkServerContext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from organizations import Options, alert, dashboard, webhook
from processes import fork_server, run_module
from scenarios import SEED, SHOP, records

from ansible_collections.community.logfire.plugins.module_utils._api.client import LogfireClient
from ansible_collections.community.logfire.plugins.module_utils._api.http import Connection, Transport
from ansible_collections.community.logfire.plugins.module_utils._engine import organization
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


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for runs that are dead to remove what they made."""
    monkeypatch.setattr(organization, "PATIENCE", (0.01,))


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
        there, described = Organization(LogfireClient(run[1])), parse_description(params)
        start.wait()
        result = report.result(apply_stack(there, described, Pruning([], 20), 8))
        return result, there.warnings

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


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    return fork_server(["logfire_alert", "logfire_stack"])


def test_five_processes_that_describe_the_same_alert(
    emulator: "RunningEmulator", run: "ClearRunner", processes: ForkServerContext
) -> None:
    """As five hosts of a play do: all succeed, five times of five, and find nothing to do the next time."""
    options = {"project": "shop", **alert("Errors")}
    arguments = {**run.connection, **options, "_ansible_diff": True}
    for _round in range(5):
        emulator.store.load({"projects": ["shop"]})
        for expected in ([True] * 5, [False] * 5):
            start, results = processes.Barrier(5), processes.Queue()
            emulator.settings.latency_ms = 150
            started = [
                processes.Process(target=run_module, args=("logfire_alert", arguments, start, results), daemon=True)
                for _process in range(5)
            ]
            for process in started:
                process.start()
            ended = [results.get(timeout=60) for _process in started]
            for process in started:
                process.join(10)
            emulator.settings.latency_ms = 0
            assert not any(result.get("failed") for result in ended), ended
            assert [result["changed"] for result in ended].count(True) in (range(1, 6) if expected[0] else (0,))
        (shop,) = emulator.store.snapshot()["projects"]
        assert [record["name"] for record in shop["alerts"]] == ["Errors"]


#: One channel and one alert, in a project that is there.
SMALL: Options = {
    "channels": [{"name": "night", "config": webhook("night")}],
    "projects": [{"name": "shop", "alerts": [alert("Errors", "night")]}],
}
#: What a run sends that read its lists before another made the same, from its first creation on.
SECOND = [
    *["POST channels", "GET channels", "DELETE channels"],
    *["POST alerts", "GET alerts", "DELETE alerts"],
]


@pytest.mark.parametrize(
    ("index", "committed"),
    [
        (n, done)
        for n, request in enumerate(SECOND)
        for done in ((True,) if n == 0 else (False,) if "GET" in request else (False, True))
    ],
)
def test_one_of_two_runs_is_killed(
    index: int,
    committed: bool,
    emulator: "RunningEmulator",
    run: "ClearRunner",
    processes: ForkServerContext,
    impatient: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At whichever request: the next run ends with one of each, those of the run that lives.

    If the other could not remove its own any more, the next run removes neither, since it made neither, and nothing
    tells a double from a copy that somebody wants. It says how to repair it in one step, and pruning does so too.
    """
    from emulator import faults

    held: queue.Queue[threading.Event] = queue.Queue()

    async def hold(seconds: float) -> None:
        if seconds:
            go_on = threading.Event()
            held.put(go_on)
            while not go_on.is_set():
                await asyncio.sleep(0.01)

    monkeypatch.setattr(faults, "asyncio", SimpleNamespace(sleep=hold))
    emulator.store.load({"projects": [{"id": SHOP, "project_name": "shop"}]})
    arguments = {**run.connection, **SMALL, "concurrency": 1, "_ansible_diff": True}
    killed = processes.Process(target=run_module, args=("logfire_stack", arguments), daemon=True)
    emulator.faults.add(action="delay", commit=False, seconds=1, method="POST")
    killed.start()
    creation = held.get(timeout=30)
    run.ok("logfire_stack", **SMALL)
    lives = dict(records(emulator.store.snapshot()))
    seen = len(emulator.log)
    if index:
        rule = {"action": "delay"} if committed else {"action": "status", "status": 503}
        emulator.faults.add(**rule, seconds=1, skip=index - 1)
        creation.set()
        creation = held.get(timeout=30)
    killed.kill()
    killed.join(30)
    creation.set()
    while not index and max(named(emulator).values()) < 2:
        time.sleep(0.01)  # the service does not know that nobody waits for its answer
    emulator.faults.clear()
    sent = [
        f"{request.method} {request.path.split('/')[-3 if request.method == 'DELETE' else -2]}"
        for request in emulator.log
    ]
    assert sent[seen:] == SECOND[1 : index + 1]
    there = emulator.store.snapshot()
    again = run("logfire_stack", **SMALL)
    assert again.failed == (max(named(emulator).values()) == 2)
    if again.failed:
        in_project = index >= SECOND.index("POST alerts")
        plural, name = ("alerts", "Errors") if in_project else ("channels", "night")
        pair = (there["projects"][0] if in_project else there)[plural]
        (lasting,) = [record["id"] for record in pair if record["id"] in str(lives)]
        (double,) = [record["id"] for record in pair if record["id"] != lasting]
        assert (
            f"there are 2 {plural} '{name}'; name one by its id: {lasting}, {double}."
            f" To keep only the oldest, {lasting}, remove the other by its id, with state=absent: {double}"
        ) in again.result["msg"]
        assert [call for call in again.writes if "DELETE" in call] == []
        pruned = run.ok("logfire_stack", **SMALL, prune=["channels", "alerts"])
        assert pruned.result["summary"]["deleted"] == 1
        assert dict(records(emulator.store.snapshot())).keys() == lives.keys()
        emulator.store.load(there)
        place = SMALL["projects"][0] if in_project else SMALL
        told = {**place, plural: [*place[plural], {"id": double, "state": "absent"}]}
        run.ok("logfire_stack", **({**SMALL, "projects": [told]} if in_project else told))
    now = dict(records(emulator.store.snapshot()))
    assert named(emulator) == Counter({"night": 1, "Errors": 1})
    assert now.keys() == lives.keys()
    assert not run.ok("logfire_stack", **SMALL).changed


LATE = 0.8  # seconds until the service carries a creation out; the run waits for 0.3 s


@pytest.mark.parametrize("late", ["channels", "alerts", "projects", "dashboards"])
def test_a_creation_that_takes_effect_after_the_timeout(
    late: str, emulator: "RunningEmulator", run: "ClearRunner", impatient: None
) -> None:
    """The run that sends it once more says that there may be two, and the next one repairs it."""
    described: Options = {
        "channels": [{"name": "night", "config": webhook("night")}],
        "projects": [{"name": "web", "alerts": [alert("Errors", "night")], "dashboards": [dashboard("overview")]}],
    }
    emulator.faults.add(action="delay", commit=False, seconds=LATE, method="POST", path=f"/{late}/$")
    done = run.ok("logfire_stack", **described, timeout=0.3)
    time.sleep(LATE)
    snapshot = emulator.store.snapshot()
    (web,) = snapshot["projects"]
    number = [len(items) for items in (snapshot["channels"], web["alerts"], web["dashboards"])]
    assert number == [1 + (late == "channels"), 1 + (late == "alerts"), 1]
    assert len(done.warnings) == (late in ("channels", "alerts"))
    if done.warnings:
        assert "received no response, and it was retried" in done.warnings[0]
        assert "there are 2" in run.fails("logfire_stack", **described).result["msg"]
    repaired = run.ok("logfire_stack", **described, prune=["channels", "alerts"])
    assert repaired.result["summary"]["deleted"] == len(done.warnings)
    assert not run.ok("logfire_stack", **described).changed


@pytest.mark.parametrize("kind", ["channels", "alerts"])
def test_an_answer_that_is_lost_while_another_makes_the_same(
    kind: str, emulator: "RunningEmulator", run: "ClearRunner", impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tell which of the two is whose: the older is taken, none removed, and both are named."""
    emulator.store.load({"projects": [{"id": SHOP, "project_name": "shop"}]})
    described: Options = {**SMALL, "projects": [{"name": "shop", "alerts": [alert("Errors")]}]}
    request, theirs = Transport.request, OneRun(connection(emulator, run.connection["api_token"]))

    def raced(transport: Transport, method: str, path: str, body: Any = None) -> Any:
        if method == "POST" and f"/{kind}/" in path and not theirs.made and transport is not theirs:
            theirs.request(method, path, body)
            emulator.faults.add(action="drop_after", method="POST")
        return request(transport, method, path, body)

    monkeypatch.setattr(Transport, "request", raced)
    done = run.ok("logfire_stack", **described)
    (warning,) = done.warnings
    (their_id,) = theirs.made
    assert "more than one object has that name now" in warning
    assert f"continues with {their_id}" in warning
    assert max(named(emulator).values()) == 2
    assert [call for call in done.writes if "DELETE" in call] == []
    assert run.ok("logfire_stack", **described, prune=["channels", "alerts"]).result["summary"]["deleted"] == 1
    assert not run.ok("logfire_stack", **described).changed
