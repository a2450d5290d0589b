# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare the collection with its alternatives: make bench (ARGS="--rounds 1" for a quick look).

First, tasks are compared with pings, and single modules with the smallest one. Then the contestants take turns,
round by round, so that the load of the machine affects them equally. Results are written to docs/benchmarks after each
round, with the tables and the chart that are generated from them.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ansible.release
import creations
import limited
import reference
import report
import single
from contestants import CONTESTANTS, JOBS, LATENCIES, Contestant
from emulator import emulator
from layout import lay_out
from measure import Bench, Sample, Service, do_job
from pings import InProcess
from workplace import BUILD, ROOT, environment

Json = dict[str, Any]

FOLDER = BUILD / "benchmarks"
#: The measurements, in this order.
PARTS = {
    "limited": "requests under a rate limit",
    "creations": "slow creations",
    "in_process": "tasks beside pings",
    "modules": "single modules",
    "contestants": "contestants",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="All with ARGS=..., as in ARGS='--rounds 1'")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run (default: 5)")
    parser.add_argument("--all", action="store_true", help="slow contestants on the tenfold organization too: hours")
    parser.add_argument("--only", default="", help="names of contestants, separated by commas")
    for part, what in PARTS.items():
        parser.add_argument(f"--{part.replace('_', '-')}", action="store_true", help=f"{what} alone; the rest stays")
    parser.add_argument("--output", type=Path, default=ROOT / "docs/benchmarks", help="where the report goes")
    options = parser.parse_args()
    names = [contestant.name for contestant in CONTESTANTS]
    wanted = options.only.split(",") if options.only else names
    if unknown := [name for name in wanted if name not in names]:
        parser.error(f"--only: there is no {', '.join(unknown)}; there are: {', '.join(names)}")
    published = options.output / "results.json"
    kept: Json = json.loads(published.read_text()) if published.is_file() else {}
    chosen = [part for part in PARTS if getattr(options, part)] or [*PARTS]
    if len(chosen) < len(PARTS) and not kept:
        parser.error(f"there is no {published}, whose rest would be kept")
    FOLDER.mkdir(parents=True, exist_ok=True)
    lay_out()
    bin_folder = Path(sys.executable).parent
    with emulator(bin_folder, FOLDER / "emulator.log") as variables:
        home = {"HOME": str(FOLDER), "LOGFIRE_API_KEY": variables["LOGFIRE_API_TOKEN"]}
        bench = Bench(environment(bin_folder, BUILD, **variables, **home), Service(variables), FOLDER)
        contestants = [
            each for each in CONTESTANTS if each.name in wanted and is_there(each, bench.environment["PATH"])
        ]
        cells = [
            Cell(size, latency, job, contestant)
            for size in reference.SIZES
            for latency in LATENCIES
            for job in (*JOBS, "tokens")
            for contestant in contestants
            if contestant.takes(size, latency, job) or (options.all and contestant.takes("reference", latency, job))
        ]
        results: Json = {} if len(chosen) == len(PARTS) else kept
        for name, benchmark in (("limited", limited), ("creations", creations)):
            if name in chosen:
                # Results of earlier releases are kept.
                results |= {name: {**kept.get(name, {}), "now": benchmark.measure(bench)}, f"{name}_measured": today()}
                print(name, flush=True)
        if "in_process" in chosen:
            beside_pings = InProcess(bench, whole_state(bench, "reference"))
            for done in range(1, options.rounds + 1):
                beside_pings.measure()
                print(f"{done}/{options.rounds} tasks beside pings", flush=True)
            results |= {"in_process": beside_pings.results(), "in_process_measured": today()}
        if "modules" in chosen:
            modules = single.Modules(bench, whole_state(bench, "reference"))
            for done in range(1, options.rounds + 1):
                modules.measure()
                print(f"{done}/{options.rounds} single modules", flush=True)
            results |= {"modules": modules.results(), "modules_measured": today()}
        samples: dict[Cell, list[Sample]] = defaultdict(list)
        for turn, turn_cells in turns(cells, options.rounds) if "contestants" in chosen else ():
            for number, cell in enumerate(turn_cells):
                organization = reference.wire(*reference.SIZES[cell.size])
                samples[cell].append(do_job(bench, cell.contestant, organization, cell.latency, cell.job))
                place = f"{turn} {number + 1}/{len(turn_cells)}"
                print(f"{place} {cell}: {samples[cell][-1].seconds:.2f} s", flush=True)
            results |= contestants_results(samples)
            report.write(options.output, results)
            print(f"Written: {options.output}", flush=True)
        report.write(options.output, results)
    return 0


@dataclass(frozen=True)
class Cell:
    """Something to measure: a contestant doing a job on an organization, whose answers take C(latency) milliseconds."""

    size: str
    latency: int
    job: str
    contestant: Contestant

    def __str__(self) -> str:
        return f"{self.size}, {self.latency} ms, {self.job}: {self.contestant.name}"


def turns(cells: list[Cell], rounds: int) -> Iterator[tuple[str, list[Cell]]]:
    """Yield the cells to run in each turn: first the fast ones, then the slow ones together with the fast ones.

    Slow cells have half as many turns, rounded up, since a run of a minute is already an average. After an
    interruption, the results of all complete turns remain.
    """
    slow_rounds = (rounds + 1) // 2
    for turn in range(1, rounds + 1):
        yield f"{turn}/{rounds}", [cell for cell in cells if not cell.contestant.slow]
    for turn in range(1, slow_rounds + 1):
        for latency in LATENCIES:
            slow = {(cell.size, cell.job) for cell in cells if cell.contestant.slow and cell.latency == latency}
            yield f"{turn}/{slow_rounds}", [c for c in cells if c.latency == latency and (c.size, c.job) in slow]


def today() -> str:
    """Return the date and the versions of a measurement."""
    return f"{date.today()}, Python {platform.python_version()}, ansible-core {ansible.release.__version__}"


def contestants_results(samples: dict[Cell, list[Sample]]) -> Json:
    """Return the results so far."""
    return {
        "runs_measured": today(),
        "runs": [
            {
                "size": cell.size,
                "latency": cell.latency,
                "job": cell.job,
                "contestant": cell.contestant.name,
                "samples": [asdict(sample) for sample in taken],
            }
            for cell, taken in samples.items()
        ],
    }


def is_there(contestant: Contestant, path: str) -> bool:
    """Whether a contestant can run here. If not, print why."""
    lacking = contestant.lacks(path)
    if lacking:
        print(f"Left out: {contestant.title}, because {lacking} is missing", flush=True)
    return not lacking


def whole_state(bench: Bench, size: str) -> Json:
    """Return the emulator's state with an organization, including IDs."""
    bench.service.start_from(reference.wire(*reference.SIZES[size]), 0)
    return bench.service.raw_state()


if __name__ == "__main__":
    sys.exit(main())
