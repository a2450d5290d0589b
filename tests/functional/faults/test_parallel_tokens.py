# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Five processes at once, as Ansible starts them for five hosts whose tasks run on one: no token that nobody holds."""

import contextlib
import fcntl
import importlib
import io
import json
import multiprocessing
import os
import stat
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import BrokenBarrierError
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from in_process import module_arguments
from scenarios import SHOP

from ansible_collections.community.logfire.plugins.module_utils._api import http

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from scenarios import ClearRunner

PROCESSES = 5
MODULE = "ansible_collections.community.logfire.plugins.modules.logfire_token"
CONTEXT = multiprocessing.get_context("forkserver")

Result = dict[str, Any]


def refuse_directories(descriptor: int, operation: int, *, flock: Callable[[int, int], None] = fcntl.flock) -> None:
    """As NFS does."""
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        raise OSError(9, "Bad file descriptor")
    flock(descriptor, operation)


def run_module(arguments: dict[str, Any], barrier: Barrier, output: str, locks_directories: bool) -> None:
    """The life of one of the processes. All have read the list of projects before any goes on, if they can."""
    main, stdout = importlib.import_module(MODULE).main, io.StringIO()
    request = http.Transport.request

    def waiting(transport: Any, method: str, path: str, body: Any = None) -> Any:
        answer = request(transport, method, path, body)
        if path.endswith("/projects/"):
            with contextlib.suppress(BrokenBarrierError):  # the others wait for the file
                barrier.wait(2)
        return answer

    with contextlib.ExitStack() as stack:
        stack.enter_context(module_arguments(arguments))
        stack.enter_context(contextlib.redirect_stdout(stdout))
        if not locks_directories:
            stack.enter_context(mock.patch.object(fcntl, "flock", refuse_directories))
        stack.enter_context(mock.patch.object(http.Transport, "request", waiting))
        with contextlib.suppress(SystemExit):
            main()
    Path(output).write_text(stdout.getvalue().strip().splitlines()[-1])


@pytest.fixture(scope="module", autouse=True)
def preload() -> Iterator[None]:
    CONTEXT.set_forkserver_preload(["in_process", "test_parallel_tokens", MODULE])
    yield


@pytest.fixture
def at_once(run: "ClearRunner", tmp_path: Path) -> Callable[..., list[Result]]:
    """Run the module in five processes, each with its options: the results."""

    def play(options: list[dict[str, Any]], locks_directories: bool = True) -> list[Result]:
        barrier = CONTEXT.Barrier(len(options))
        outputs = [tmp_path / f"output{number}" for number in range(len(options))]
        processes = [
            CONTEXT.Process(
                target=run_module,
                args=({**run.connection, "project": "shop", **given}, barrier, str(output), locks_directories),
                daemon=True,
            )
            for given, output in zip(options, outputs, strict=True)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        return [json.loads(output.read_text()) for output in outputs]

    return play


@pytest.fixture(autouse=True)
def shop(emulator: "RunningEmulator") -> None:
    """An empty project, and a service that takes its time."""
    emulator.store.load({"projects": [{"id": SHOP, "project_name": "shop"}]})
    emulator.settings.latency_ms = 30


def alive(emulator: "RunningEmulator", kind: str = "write") -> dict[str, str]:
    """The secrets of the tokens that can be used, by their ids."""
    (project,) = emulator.store.snapshot()["projects"]
    return {token["id"]: token["token"] for token in project[f"{kind}_tokens"]}


@pytest.mark.parametrize("locks_directories", [True, False])
@pytest.mark.parametrize("kind", ["write", "read"])
def test_one_path(
    kind: str,
    locks_directories: bool,
    at_once: Callable[..., list[Result]],
    emulator: "RunningEmulator",
    tmp_path: Path,
) -> None:
    """One makes the token, the others find it."""
    folder = tmp_path / "folder"
    folder.mkdir()
    results = at_once([{"path": str(folder / "token"), "type": kind}] * PROCESSES, locks_directories)
    assert sorted(result["changed"] for result in results) == [False] * 4 + [True]
    (token_id,) = alive(emulator, kind)
    assert {result["token"]["id"] for result in results} == {token_id}
    assert (folder / "token").read_text() == alive(emulator, kind)[token_id] + "\n"
    assert os.listdir(folder) == ["token"]


def test_one_path_that_is_rotated(
    at_once: Callable[..., list[Result]], emulator: "RunningEmulator", tmp_path: Path
) -> None:
    """Each replaces what the one before it made."""
    folder = tmp_path / "folder"
    folder.mkdir()
    options = {"path": str(folder / "token"), "rotate": True, "grace_period": "1h"}
    results = at_once([options] * PROCESSES)
    made = {result["token"]["id"] for result in results}
    replaced = {result["token"]["replaced"] for result in results}
    assert len(made) == PROCESSES and len(made - replaced) == 1
    (project,) = emulator.store.snapshot()["projects"]
    for_ever = [token["token"] for token in project["write_tokens"] if token["expires_at"] is None]
    assert for_ever == [(folder / "token").read_text().strip()]


def test_nothing_that_names_a_token(at_once: Callable[..., list[Result]], emulator: "RunningEmulator") -> None:
    results = at_once([{}] * PROCESSES)
    assert sorted(result["changed"] for result in results) == [False] * 4 + [True]
    assert len(alive(emulator)) == 1


def own_paths(folder: Path) -> list[Path]:
    """One for each process, in directories of their own: those of one directory wait for each other."""
    for number in range(PROCESSES):
        (folder / f"own{number}").mkdir()
    return [folder / f"own{number}/token" for number in range(PROCESSES)]


@pytest.mark.parametrize("skip", range(PROCESSES))
def test_who_loses_a_secret_names_no_token_of_the_others(
    skip: int, at_once: Callable[..., list[Result]], emulator: "RunningEmulator", tmp_path: Path
) -> None:
    emulator.faults.add(action="drop_after", method="POST", skip=skip)
    results = at_once([{"path": str(path)} for path in own_paths(tmp_path)])
    held = {path.read_text().strip() for path in tmp_path.glob("own*/token")}
    (lost,) = [token_id for token_id, secret in alive(emulator).items() if secret not in held]
    (failed,) = [result for result in results if result.get("failed")]
    assert [token_id for token_id in alive(emulator) if token_id in failed["msg"]] == [lost]
    assert len(held) == PROCESSES - 1


def test_who_makes_none_names_none(
    at_once: Callable[..., list[Result]], emulator: "RunningEmulator", tmp_path: Path
) -> None:
    """It tries again."""
    emulator.faults.add(action="status", method="POST", status=503, skip=2)
    results = at_once([{"path": str(path)} for path in own_paths(tmp_path)])
    assert [result["changed"] for result in results] == [True] * PROCESSES
    assert sorted(alive(emulator).values()) == sorted(path.read_text().strip() for path in tmp_path.glob("own*/token"))
