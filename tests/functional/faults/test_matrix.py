# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every fault at every request of every operation: a clear result, and after one clean rerun all is as described."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scenarios import ROTATION, SCENARIOS, Options, Scenario, Stage, guarantees

if TYPE_CHECKING:
    from harness import Run
    from scenarios import ClearRunner

TIMEOUT = 0.08  # seconds; the emulator answers within a few milliseconds, or after LATE
LATE = 0.12
ELSEWHERE = "http://elsewhere.example.net/api/v1/projects/"

#: By title: the rule, and how often it fires (None: from then on always).
FAULTS: dict[str, tuple[Options, int | None]] = {
    "429 with seconds": ({"action": "status", "status": 429, "headers": {"Retry-After": "3"}}, 1),
    "429 with a date": ({"action": "status", "status": 429, "headers": {"Retry-After": "DATE"}}, 1),
    "429 for ever": ({"action": "status", "status": 429, "headers": {"Retry-After": "30"}}, None),
    "500": ({"action": "status", "status": 500}, 1),
    "500 after the change": ({"action": "status", "status": 500, "commit": True}, 1),
    "502 with a page": ({"action": "status", "status": 502, "body": "<html>", "content_type": "text/html"}, 1),
    "503": ({"action": "status", "status": 503, "body": {"detail": "Down"}}, 1),
    "503 for ever": ({"action": "status", "status": 503, "body": {"detail": "Down"}}, None),
    "time-out": ({"action": "status", "status": 503, "seconds": LATE}, 1),
    "time-out after the change": ({"action": "delay", "seconds": LATE}, 1),
    "reset": ({"action": "drop_before"}, 1),
    "reset after the change": ({"action": "drop_after"}, 1),
    "resets after the change": ({"action": "drop_after"}, None),
    "half an answer": ({"action": "truncate"}, 1),
    "another shape": ({"action": "body", "body": [1]}, 1),
    "another shape for ever": ({"action": "body", "body": [1]}, None),
    "redirect": ({"action": "redirect", "location": ELSEWHERE}, 1),
}


LOSE_ANSWERS = {title for title in FAULTS if title.endswith("after the change")} | {"half an answer"}


def is_overcome(title: str, call: str) -> bool:
    """Whether a run must succeed in spite of that fault: a single one, unless it took the only sight of a secret."""
    if FAULTS[title][1] is None or title in ("another shape", "redirect"):
        return False
    makes_secret = "POST" in call and ("-tokens/" in call or "/api-keys/" in call)
    return not (makes_secret and title in LOSE_ANSWERS)


def break_request(stage: Stage, title: str, index: int) -> None:
    """Let the request of that index, counted from 0, go wrong."""
    rule, count = FAULTS[title]
    if rule.get("headers") == {"Retry-After": "DATE"}:
        later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 5))
        rule = {**rule, "headers": {"Retry-After": later}}
    stage.run.emulator.faults.add(skip=index, count=count, **rule)


def play_broken(stage: Stage, title: str, index: int) -> "Run":
    """The operation with that fault: success or an explained failure, and a truthful ``changed``."""
    break_request(stage, title, index)
    broken = stage.play(retry_timeout=60, **({"timeout": TIMEOUT} if title.startswith("time-out") else {}))
    stage.run.emulator.faults.clear()
    assert not (broken.failed and is_overcome(title, stage.course.calls[index])), broken.result
    if broken.failed:
        assert broken.result["failure"].keys() == {"status", "detail", "method", "path", "waited"}
    else:
        assert broken.changed == (stage.course.end != stage.course.start)
        assert stage.state() == stage.course.end
    stage.assert_nothing_else_touched(pending=True)
    assert_told(stage.strays(), broken)
    return broken


def assert_told(strays: set[str], *runs: "Run") -> None:
    """A token whose secret is lost, or that could not be ended, is named; or the user knows that there may be one."""
    said = " ".join(text for run in runs for text in (run.result.get("msg", ""), *run.warnings))
    unseen = "may have been created and its secret lost" in said and "could not be read" in said
    assert unseen or all(token in said for token in strays)


def assert_repaired(stage: Stage, broken: "Run") -> None:
    """One clean rerun, and all is as described, once; it changes nothing if the broken run had done all there is to do.

    A token that nobody holds is gone, or named.
    """
    before = stage.state(), stage.tokens()
    again = stage.play()
    assert not again.failed, again.result
    assert again.changed == ((stage.state(), stage.tokens()) != before)
    assert broken.failed or broken.warnings or not again.changed
    assert stage.state() == stage.course.end
    for token in stage.strays():
        assert broken.failed
        assert token in before[1]
        assert token in broken.result["msg"] or token in " ".join(again.warnings)
    stage.assert_nothing_else_touched()
    third = stage.play()
    assert not third.changed
    assert third.warnings == []


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_one_clean_rerun_repairs_everything(
    scenario: Scenario, fault: str, run: "ClearRunner", waits: list[float], tmp_path: Path
) -> None:
    stage = Stage(run, scenario, tmp_path)
    for index in range(len(stage.course.calls)):
        stage.reset()
        waits.clear()
        assert_repaired(stage, play_broken(stage, fault, index))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rotation_loses_no_secret_in_silence(
    fault: str, run: "ClearRunner", waits: list[float], tmp_path: Path
) -> None:
    """The user has the value of the one token there is, old or new, or knows that the new one's is lost."""
    stage = Stage(run, ROTATION, tmp_path)
    held = stage.strays()
    for index in range(len(stage.course.calls)):
        stage.reset()
        waits.clear()
        break_request(stage, fault, index)
        broken = stage.play(retry_timeout=60, timeout=TIMEOUT if fault.startswith("time-out") else 30)
        if not broken.failed:
            assert stage.strays() == {broken.result["token"]["id"]}
            assert broken.result["token"]["token"]
        elif stage.strays() != held:
            assert_told(stage.strays(), broken)
        stage.assert_nothing_else_touched()


def test_the_number_of_cases(run: "ClearRunner", tmp_path: Path) -> None:
    """What the documentation says."""
    requests = 0
    for number, scenario in enumerate([*SCENARIOS, ROTATION]):
        folder = tmp_path / str(number)
        folder.mkdir()
        requests += len(Stage(run, scenario, folder).course.calls)
    said = (
        f"{requests * len(FAULTS)} cases of the fault matrix: {len(FAULTS)} faults at each of the {requests} requests"
    )
    assert said in guarantees()
