# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service that asks to wait, and one that breaks off: all workers wait, and nothing is made twice."""

import random
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from harness import Run
from organizations import Options, count, organization
from watched import WatchedRunner

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

DESCRIPTION: Options = organization(projects=3, channels=3, alerts=6, dashboards=2)
#: What a request may be late: it was on its way when another was told to wait.
ON_ITS_WAY = 0.5


def refusal(emulator: "RunningEmulator", seconds: int, **rule: Any) -> None:
    headers = {"Retry-After": str(seconds)}
    emulator.faults.add(action="status", status=429, headers=headers, body={"detail": "Too many requests"}, **rule)


def during(run: Run, seconds: float, faulty: int) -> list[str]:
    """The requests that came while all should have waited, since the first refusal."""
    refused = [request.time for request in run.requests if request.status == 429]
    assert len(refused) == faulty
    start, end = refused[0] + ON_ITS_WAY, refused[0] + seconds
    return [f"{request.method} {request.path}" for request in run.requests if start < request.time < end]


def creations(run: Run) -> Counter[tuple[str, str]]:
    """How often each object was made, by path and name."""
    made = [request for request in run.requests if request.method == "POST" and request.status in (200, 201)]
    keys = ("project_name", "label", "slug", "name")
    return Counter((request.path, next(request.body[key] for key in keys if key in request.body)) for request in made)


@pytest.mark.parametrize(("method", "path", "skip", "refusals"), [("POST", "/alerts/", 4, 1), (None, "", 12, 5)])
def test_all_wait(run: WatchedRunner, method: str | None, path: str, skip: int, refusals: int) -> None:
    refusal(run.emulator, 1, method=method, path=path, skip=skip, count=refusals)
    made = run.stack(DESCRIPTION, concurrency=8)
    assert during(made, 1, refusals) == []
    assert max(creations(made).values()) == 1
    assert made.result["summary"]["created"] == count(DESCRIPTION) == sum(creations(made).values())
    assert len(made.writes) == count(DESCRIPTION) + 1 + sum(
        request.status == 429 and request.method != "GET" for request in made.requests
    )
    assert not run.stack(DESCRIPTION).changed


@pytest.mark.parametrize("other", [{"status": 429, "headers": {"Retry-After": "1"}}, {"status": 503}])
def test_nobody_is_early(run: WatchedRunner, other: dict[str, Any]) -> None:
    """One is told to wait for longer than another, or than another waits by itself."""
    run.stack(DESCRIPTION)
    changed = organization(projects=3, channels=0, alerts=6, dashboards=0)
    for project in changed["projects"]:
        project["alerts"] = [{"name": alert["name"], "time_window": "10m"} for alert in project["alerts"]]
    refusal(run.emulator, 2, method="PUT", path="/alerts/")
    run.emulator.faults.add(action="status", method="PUT", path="/alerts/", **other)
    made = run.stack(changed, concurrency=8)
    assert during(made, 2, 1 + (other["status"] == 429)) == []
    assert made.result["summary"]["updated"] == 18


def test_longer_than_the_user_waits(run: WatchedRunner) -> None:
    """Clear, at once, and without further requests that the service asked not to send."""
    refusal(run.emulator, 60, method="POST", path="/alerts/", skip=3, count=None)
    start = time.monotonic()
    failed = run.fails("logfire_stack", **DESCRIPTION, retry_timeout=2, concurrency=4)
    assert time.monotonic() - start < 2
    result = failed.result
    assert result["failure"]["status"] == 429
    assert "Increase retry_timeout" in result["msg"]
    assert "the service answered 429: Too many requests" in result["msg"]
    assert "the service asks to wait another 60 s before the next request" in result["msg"]
    assert during(failed, 60, sum(request.status == 429 for request in failed.requests)) == []
    assert sum(request.status == 429 for request in failed.requests) <= 4
    assert result["summary"]["created"] + result["summary"]["failed"] == count(DESCRIPTION)
    run.emulator.faults.clear()
    run.stack(DESCRIPTION)
    assert not run.stack(DESCRIPTION).changed


BREAKS: list[dict[str, Any]] = [
    {"action": "drop_before"},
    {"action": "drop_after"},
    {"action": "truncate"},
    {"action": "body", "body": "<html>"},
    {"action": "status", "status": 502, "commit": True},
    {"action": "status", "status": 500},
]


@pytest.mark.parametrize("fault", BREAKS, ids=lambda fault: fault["action"])
@pytest.mark.parametrize("path", ["/channels/$", "/projects/$", "/alerts/$", "/dashboards/$"])
def test_creations_of_unknown_outcome(run: WatchedRunner, fault: dict[str, Any], path: str) -> None:
    """Are looked for, and adopted or made: once, and told as made."""
    run.emulator.faults.add(**fault, method="POST", path=path, skip=1)
    made = run.stack(DESCRIPTION, concurrency=8)
    assert made.result["summary"]["created"] == count(DESCRIPTION)
    names = [change["name"] for change in made.result["changes"] if change["id"] is None]
    assert names == []
    assert_whole(run)


def assert_whole(run: WatchedRunner) -> None:
    run.emulator.faults.clear()
    assert not run.stack(DESCRIPTION).changed
    state = run.state()
    inside = sum(len(project["alerts"]) + len(project["dashboards"]) for project in state["projects"])
    assert len(state["channels"]) + len(state["projects"]) + inside == count(DESCRIPTION)


@pytest.mark.parametrize("seed", range(6))
def test_a_bad_day(run: WatchedRunner, waits: list[float], monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Anything breaks at any time, for many workers: in the end all is there, once."""
    from emulator.faults import FaultRule

    chance = random.Random(seed)
    refused = {"action": "status", "status": 429, "headers": {"Retry-After": "1"}}

    def find(method: str, path: str) -> FaultRule | None:
        fault = chance.choice([*BREAKS, refused]) if chance.random() < 0.15 else None
        return FaultRule(**fault) if fault else None

    for _attempt in range(8):
        with monkeypatch.context() as patch:
            patch.setattr(run.emulator.faults, "find", find)
            made = run("logfire_stack", **DESCRIPTION, concurrency=16, retry_timeout=600)
        if not made.failed:
            break
    assert_whole(run)
