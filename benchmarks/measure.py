# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a command against the emulator, measures time, memory and requests, and verifies the result."""

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
    """C(seconds) of wall time; C(memory) is the peak of any process, in MiB; C(requests) are counts by method."""

    seconds: float
    memory: float
    requests: dict[str, int] = field(default_factory=dict)


class Service:
    """A client for the controls of the emulator."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._url = f"{variables['LOGFIRE_BASE_URL']}/_emulator/"
        self._session = requests.Session()

    def start_from(self, state: Json, latency: int) -> None:
        """Reset the emulator, load C(state), and delay each answer by C(latency) milliseconds."""
        self._call("POST", "reset")
        self._call("PUT", "state", state)
        self._call("PATCH", "settings", {"latency_ms": latency})

    def limit(self, per_second: int) -> None:
        """Accept that many requests per second from now on, and refuse the others."""
        self._call("PATCH", "settings", {"rate_limit_per_minute": 60 * per_second, "rate_limit_burst": per_second})

    def statuses(self) -> Counter[int]:
        """Return the number of requests for each status."""
        return Counter(entry["status"] for entry in self._call("GET", "log"))

    def raw_state(self) -> Json:
        """Return the state of the emulator, which it can load again."""
        state: Json = self._call("GET", "state")
        return state

    def state(self) -> Json:
        """Return the state of the emulator without IDs, times, order and tokens."""
        state: Json = state_of(self.raw_state())
        for project in state["projects"]:
            del project["write_tokens"], project["read_tokens"]
        return state

    def requests(self) -> dict[str, int]:
        """Return the number of requests for each method."""
        return dict(Counter(entry["method"] for entry in self._call("GET", "log")))

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._session.request(method, self._url + path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


@dataclass
class Bench:
    """The environment of a run: variables, the emulator, and a folder for files."""

    environment: dict[str, str]
    service: Service
    folder: Path


def do_job(bench: Bench, contestant: Contestant, organization: Json, latency: int, job: str) -> Sample:
    """Return a sample of a contestant. Raises RuntimeError if it did not do the job.

    C(organization) is the wanted result, in the format of the API; C(latency) is in milliseconds.
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
    """Run a command, and return its sample. Raises RuntimeError, with its output, if it fails."""
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
