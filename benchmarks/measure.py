# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One run of a command against the emulator: how long, how much memory, which requests, and whether it did the job."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import reference
import requests
from contestants import Contestant
from organizations import count, state_of

Json = dict[str, Any]


@dataclass
class Sample:
    """C(seconds) by the clock; C(memory) is the most that one process had, in MiB; C(requests) by method."""

    seconds: float
    memory: float
    requests: dict[str, int] = field(default_factory=dict)


class Service:
    """The emulator, through its controls."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._url = f"{variables['LOGFIRE_BASE_URL']}/_emulator/"
        self._session = requests.Session()

    def start_from(self, state: Json, latency: int) -> None:
        """Forget everything, then hold C(state) and answer after C(latency) milliseconds."""
        self._call("POST", "reset")
        self._call("PUT", "state", state)
        self._call("PATCH", "settings", {"latency_ms": latency})

    def limit(self, per_second: int) -> None:
        """Take so many requests a second from now on, and refuse the others."""
        self._call("PATCH", "settings", {"rate_limit_per_minute": 60 * per_second, "rate_limit_burst": per_second})

    def statuses(self) -> Counter[int]:
        """How many requests were answered with each status."""
        return Counter(entry["status"] for entry in self._call("GET", "log"))

    def raw_state(self) -> Json:
        """What it holds, from which it could start again."""
        state: Json = self._call("GET", "state")
        return state

    def state(self) -> Json:
        """What it holds, without ids, times, order and tokens."""
        state: Json = state_of(self.raw_state())
        for project in state["projects"]:
            del project["write_tokens"], project["read_tokens"]
        return state

    def requests(self) -> dict[str, int]:
        """How many requests of each method there were."""
        return dict(Counter(entry["method"] for entry in self._call("GET", "log")))

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._session.request(method, self._url + path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


@dataclass
class Bench:
    """Where to run: the environment, the emulator, and a folder for what is written."""

    environment: dict[str, str]
    service: Service
    folder: Path


def do_job(bench: Bench, contestant: Contestant, organization: Json, latency: int, job: str) -> Sample:
    """One sample of a contestant. Raises RuntimeError when it did not do the job.

    C(organization) is what there shall be, in the API's words; C(latency) is in milliseconds.
    """
    words = reference.description(organization) if contestant.words == "ours" else organization
    path = bench.folder / f"organization-{contestant.words}.json"
    path.write_text(json.dumps(words))
    bench.service.start_from(organization, latency)
    wanted = bench.service.state()
    before = {"first apply": {}, "one change": reference.changed(organization)}.get(job, organization)
    bench.service.start_from(before, latency)
    command = contestant.command(path, count(organization), job)
    sample = run(command, bench.environment, bench.folder / f"{contestant.name}.log".replace(" ", "-"))
    sample.requests = bench.service.requests()
    if not contestant.idle and bench.service.state() != wanted:
        raise RuntimeError(f"{contestant.name} did not do its job: {job}")
    return sample


def run(command: list[str], environment: dict[str, str], log: Path) -> Sample:
    """Run a command to its end. Raises RuntimeError, with what it said, when it fails."""
    told = log.with_suffix(".json")
    launch = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py")), str(told)]
    with log.open("w") as output:
        done = subprocess.run(
            [*launch, *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{log.read_text()[-4000:]}")
    return Sample(**json.loads(told.read_text()))
