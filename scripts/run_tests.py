# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run sessions of noxfile.py: python scripts/run_tests.py [test | matrix | lint | units | functional | ...]

All of them run, even after a failure, and a table at the end shows the results. The variable ARGS has further arguments
for pytest or ansible-test of a single part, for example: make units ARGS="-k durations"
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from cores import CORES, OLDEST_REQUESTS_PYTHON, Core, found_pythons, usable_cores
from workplace import BUILD, ROOT, venv

LINT = (
    *("formatters", "codeqa", "typing", "imports", "yamllint", "antsibull-nox-config", "changelog", "docs-check"),
    *("prose", "docs", "license-check", "extra-checks", "build-import-check", "ansible-lint", "workflows"),
)
BY_CORE = ("sanity", "units", "integration")


def lanes(part: str) -> list[list[str]]:
    """Return the sessions of a part of the tests in their order; those of ansible-test run concurrently to the others.

    ansible-test uses its own copies and at most one CPU, while the other sessions use all CPUs.
    """
    if part == "test":
        return [sessions(part), of_cores(BY_CORE, ends())]
    return [sessions(part)]


def sessions(part: str) -> list[str]:
    """Return the sessions of a part of the tests, or of its first lane."""
    if part == "test":
        # The session without a version uses the newest core that this Python supports.
        functional = ["functional", *of_cores(("functional",), ends()[:1])]
        oldest = ["oldest-requests"] if OLDEST_REQUESTS_PYTHON in found_pythons() else []
        return [*LINT, *functional, *oldest]
    if part == "matrix":
        return of_cores(BY_CORE, usable_cores())
    if part == "lint":
        return list(LINT)
    if part in ("sanity", "integration"):
        return of_cores((part,), ends()[-1:])
    return [part]


def ends() -> list[Core]:
    """Return the oldest and the newest core that this machine can run."""
    releases = [core for core in usable_cores() if core.released]
    return releases[:1] + releases[-1:]


def of_cores(names: tuple[str, ...], cores: list[Core]) -> list[str]:
    return [f"{name}-{core.version}" for core in dict.fromkeys(cores) for name in names]


def main(part: str) -> int:
    several = part in ("test", "matrix", "lint")
    arguments = [] if several else shlex.split(os.environ.get("ARGS", ""))
    variables = {"CI": "true"}  # check the format without fixing it
    if part == "test":
        variables["TEST_PYTHONS"] = "ends"
    nox = venv("nox") / "nox"
    if part == "test":
        venv("demo")  # in both lanes
    first, *others = lanes(part)
    environment = os.environ | variables
    with ThreadPoolExecutor() as pool:
        beside = [
            pool.submit(printed, command(number, nox, lane), environment) for number, lane in enumerate(others, 1)
        ]
        subprocess.run([*command(0, nox, first), *arguments], cwd=ROOT, env=environment, check=False)
        for lane in beside:
            print(lane.result(), flush=True)
    return tell(part, len(others) + 1)


def report(number: int) -> Path:
    """Return the path of nox's report about the sessions of a lane."""
    return BUILD / f"nox-report-{number}.json"


def command(number: int, nox: Path, lane: list[str]) -> list[str]:
    """Return the command that runs the sessions of a lane; arguments for a single session can be appended."""
    report(number).unlink(missing_ok=True)
    return [str(nox), "--report", str(report(number)), "--sessions", *lane, "--"]


def printed(words: list[str], environment: dict[str, str]) -> str:
    """Run a command, and return its output, even if it fails."""
    done = subprocess.run(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout


def tell(part: str, lanes_run: int) -> int:
    """Print the result of each session, and what was skipped; return the exit code."""
    reports = [report(number) for number in range(lanes_run)]
    told = [json.loads(path.read_text())["sessions"] if path.exists() else [] for path in reports]
    results: list[dict[str, Any]] = [result for sessions in told for result in sessions]
    print(f"\n{'session':<22}{'result':<9}seconds")
    for result in results:
        outcome = "ok" if result["result"] == "success" else "FAILED"
        print(f"{result['name']:<22}{outcome:<9}{result['duration']:7.1f}  {result.get('reason') or ''}".rstrip())
    if part in ("test", "matrix"):
        print(f"\n{left_out(part)}")
    passed = sum(result["result"] == "success" for result in results)
    failed = len(results) - passed or int(not all(told))
    # The format in which a CI can count tests.
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def left_out(part: str) -> str:
    """Return which parts of the matrix did not run, and why."""
    usable = usable_cores()
    lines = [f"Pythons found: {', '.join(found_pythons())}."]
    for core in CORES:
        if core not in usable:
            lines.append(f"ansible-core {core.version} was left out: it runs on Python {', '.join(core.controllers)}.")
        elif part == "test" and core not in ends():
            reason = "is neither the oldest nor the newest" if core.released else "is not released yet"
            lines.append(f"ansible-core {core.version} was left out: it {reason}.")
    if part == "test" and OLDEST_REQUESTS_PYTHON not in found_pythons():
        lines.append(f"The oldest requests was left out: it is tested on Python {OLDEST_REQUESTS_PYTHON}.")
    if part == "test":
        lines.append("Of the Pythons that a core supports, the oldest and the newest ran. All of it: make test-matrix")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "test"))
