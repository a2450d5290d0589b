# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every contestant of the benchmarks does every job, with the calls that it needs; the report is what was measured."""

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bounds
import chart
import creations
import limited
import pytest
import reference
import report
from contestants import CONTESTANTS, JOBS, Contestant
from measure import Bench, Service, do_job

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ORGANIZATION = reference.wire(projects=1, channels=1, alerts=2, dashboards=1)
PUBLISHED = Path(__file__).resolve().parents[3] / "docs/benchmarks"


@pytest.fixture
def bench(emulator: "RunningEmulator", emulator_key: str, tmp_path: Path) -> Bench:
    variables = {"LOGFIRE_BASE_URL": emulator.base_url, "LOGFIRE_API_TOKEN": emulator_key}
    environment = {**os.environ, **variables, "LOGFIRE_API_KEY": emulator_key, "HOME": str(tmp_path)}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    return Bench(environment, Service(variables), tmp_path)


def has_job(contestant: Contestant, job: str) -> bool:
    return not contestant.idle and (job != "tokens" or contestant.tokens != "")


@pytest.mark.parametrize(
    ("contestant", "job"),
    [(one, job) for one in CONTESTANTS for job in (*JOBS, "tokens") if has_job(one, job)],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_contestant_does_its_job(bench: Bench, contestant: Contestant, job: str) -> None:
    if lacking := contestant.lacks(bench.environment["PATH"]):
        pytest.skip(f"{lacking} is not installed")
    sample = do_job(bench, contestant, ORGANIZATION, 0, job)
    writes = {method: number for method, number in sample.requests.items() if method != "GET"}
    assert writes == {"first apply": {"POST": 5}, "one change": {"PUT": 1}}.get(job, {})
    if contestant.name in ("stack", "plain"):  # the floor makes the stack's calls, but for a look after creations
        looks = 1 if contestant.name == "stack" else 0
        assert sample.requests["GET"] == {"first apply": 3 + looks, "tokens": 2}.get(job, 5)


@pytest.mark.parametrize("contestant", [one for one in CONTESTANTS if one.idle], ids=lambda one: one.name)
def test_an_idle_contestant_asks_for_nothing(bench: Bench, contestant: Contestant) -> None:
    assert do_job(bench, contestant, ORGANIZATION, 0, "no-op").requests == {}


def test_a_contestant_that_does_nothing_is_found_out(bench: Bench) -> None:
    with pytest.raises(RuntimeError, match="ping did not do its job: one change"):
        do_job(bench, Contestant("ping", "", "ping.yml", words="ours"), ORGANIZATION, 0, "one change")


def results(seconds: float) -> dict[str, Any]:
    """Results in which the stack takes so many seconds, and everything else one."""
    sample = {"seconds": 1.0, "memory": 50.0, "requests": {"GET": 42}}
    runs = [
        {"size": size, "latency": 0, "job": "no-op", "contestant": name, "samples": [dict(sample)]}
        for size in ("reference", "tenfold")
        for name in ("stack", "plain", "given", "one task")
    ]
    for run in runs:
        if run["contestant"] == "stack":
            run["samples"][0]["seconds"] = seconds
    cost = {"milliseconds": 110.0, "smallest": 100.0, "ratio": 1.1, "requests": 1, "runs": 5}
    cost |= {"archive": 1, "files": 1, "imports": {}}
    return {"runs_measured": "", "runs": runs, "modules_measured": "", "modules": {"logfire_project": cost}}


@pytest.mark.parametrize(
    ("seconds", "of_the_sum", "of_the_script"),
    [(2.3, "met", "met"), (2.31, "met", "missed"), (2.6, "met", "missed"), (2.61, "missed", "missed")],
)
def test_targets(seconds: float, of_the_sum: str, of_the_script: str) -> None:
    page = report.page(results(seconds))
    verdicts = f"2.60, {of_the_sum} | 2.30, {of_the_script}"
    assert f"| no-op, reference, 0 ms | {seconds:.2f} | 1.00 | 1.00 | 1.00 | {verdicts} | {verdicts} |" in page
    assert "| logfire_project to the smallest module with its calls | 1.1 | at most 1.25 | met |" in page


def test_what_is_published_is_what_was_measured() -> None:
    measured = json.loads((PUBLISHED / "results.json").read_text())
    assert (PUBLISHED / "README.md").read_text() == report.page(measured)
    assert (PUBLISHED / "chart.svg").read_text() == report.picture(measured)


def test_the_chart_is_linear() -> None:
    """Four times the seconds, four times the bar; its background is the reader's."""
    drawn = chart.draw("Seconds", ["a job"], {"one": [5.0], "another": [20.0]})
    short, long = (float(width) for width in re.findall(r'<rect .* width="([\d.]+)" height="16"/>', drawn))
    assert long == 4 * short
    assert drawn.count("<rect") == 2


def test_the_page_begins_with_what_users_compare() -> None:
    page = report.page(results(1.3))
    assert page.index("| `logfire_stack` | 1.3 |") < page.index("## ") < page.index("## Appendix")


def test_requests_under_a_rate_limit(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most one is refused for each that is accepted, and those that are under way when the first one is."""
    monkeypatch.setattr(creations, "CREATIONS", 5)
    measured = limited.measure(bench)
    accepted = measured["requests"] - measured["refused"]
    assert accepted >= 5
    assert 1 <= measured["refused"] <= accepted + limited.WORKERS


def test_requests_of_many_creations(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each, and four reads, whatever the number; the alerts are read once before and once after."""
    monkeypatch.setattr(creations, "LATENCY", 50)
    monkeypatch.setattr(creations, "TURNS", 1)
    for number in (3, 9):
        monkeypatch.setattr(creations, "CREATIONS", number)
        measured = creations.measure(bench)
        assert (measured["requests"], measured["reads"]) == (number + bounds.READS, bounds.READS)
        assert measured["to_floor"] > 0
