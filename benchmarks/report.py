# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generates the report from the results: a page in Markdown and a chart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bounds import SECONDS, second_rows, targets
from chart import draw
from contestants import CONTESTANTS, JOBS, LATENCIES
from creations import CREATIONS, LATENCY, TURNS
from limited import WORKERS
from medians import Json, Results

PUBLISHED = Path(__file__).resolve().parent.parent / "docs/benchmarks"
TITLES = {contestant.name: contestant.title for contestant in CONTESTANTS}
IDLE = [contestant.name for contestant in CONTESTANTS if contestant.idle]
SIZES = {
    "reference": "10 projects, 5 channels, 100 alerts, 20 dashboards",
    "200 objects": "15 projects, 5 channels, 150 alerts, 30 dashboards",
    "tenfold": "100 projects, 50 channels, 1000 alerts, 200 dashboards",
}
JOB_TITLES = {"no-op": "nothing to change", "first apply": "create everything", "one change": "change one alert"}
TASKS = {
    "in process": "`logfire_project`, [in Ansible's own process](../guides/in_process.md)",
    "as modules": "`logfire_project`, as on a remote host",
    "ping": "`ansible.builtin.ping`",
}
SPDX = """<!--
Copyright (c) 2026, community.logfire contributors
GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
SPDX-License-Identifier: GPL-3.0-or-later
-->
"""


def write(folder: Path, results: Json) -> None:
    """Write results.json, and README.md and chart.svg, which are generated from it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "README.md").write_text(page(results))
    (folder / "chart.svg").write_text(picture(results))


def page(results: Json) -> str:
    """Return the whole page."""
    runs = Results(results)
    parts = [
        SPDX,
        "# Benchmarks\n",
        "<!-- Written by `make bench` from results.json. Do not edit. -->\n",
        f"The time to manage an organization of {SIZES['reference']}, in seconds:\n",
        table(("", *JOB_TITLES.values()), summary(runs)),
        "![Seconds that each tool takes to manage the organization](chart.svg)\n",
        "The service is the emulator of this repository, on the same machine. The plain script only makes the API"
        " calls. It does not retry, check or report anything, and shows the lower bound. The figures with a latency of"
        " 50 ms and for larger organizations are below.\n",
        *beside_pings(results),
        "## How the figures are measured\n",
        "All contestants do the same jobs against the emulator, which responds at once or after 50 ms. The contents of"
        " the emulator are compared after each job. The contestants take turns on one machine: first the fast ones,"
        " then the slow ones together with the fast ones. Each figure is the median of the number of runs in the last"
        " column. The seconds depend on the machine, but the ratios hardly do.\n",
        f"Measured: {results['runs_measured']}.\n",
        "The programs are in [benchmarks/programs](../../benchmarks/programs). `logfire_stack` and the plain script"
        " send up to eight requests at a time. Loops in Ansible and the shell send one after the other. Contestants"
        " that start a process for each call are not run on the largest organization, where a run would take a quarter"
        " of an hour. Write tokens have no name, and a stack does not describe them, so they are a separate job.\n",
        *(section(runs, size, latency) for size in SIZES for latency in LATENCIES if runs.has(size, latency)),
        *limited(results),
        *creations(results),
        *single_modules(results),
        "## Appendix: bounds\n",
        "The targets of the project, and what was measured.\n",
        table(("what", "measured", "bound", ""), targets(results)),
        "`logfire_stack` should take at most 1.3 times the seconds of the plain script plus the start of one Ansible"
        " task. The columns show the resulting bounds. The factor applies to the sum or only to the script, and the"
        " task is given the organization or nothing.\n",
        table(SECONDS, second_rows(runs)),
    ]
    return "\n".join(parts).replace("\n\n\n", "\n\n")


def summary(runs: Results) -> Iterator[Sequence[object]]:
    """Yield the seconds of each contestant on the reference organization."""
    for name in shown(runs):
        seconds = [runs.value("seconds", "reference", 0, job, name) for job in JOB_TITLES]
        yield TITLES[name], *(None if value is None else f"{value:.1f}" for value in seconds)


def shown(runs: Results) -> list[str]:
    """Return the contestants of the first table and the chart; the floor, which is not an alternative, comes last."""
    measured = [name for name in TITLES if name not in IDLE and runs.count("reference", 0, "no-op", name)]
    return sorted(measured, key=lambda name: name == "plain")


def picture(results: Json) -> str:
    """Return the chart of the two jobs that differ most."""
    runs = Results(results)
    jobs = list(JOB_TITLES)[:2]
    bars = {
        TITLES[name].replace("`", ""): [runs.value("seconds", "reference", 0, job, name) or 0 for job in jobs]
        for name in shown(runs)
    }
    return draw(f"Seconds for {SIZES['reference']}", [JOB_TITLES[job] for job in jobs], bars)


def beside_pings(results: Json) -> Iterator[str]:
    """Yield the section on tasks compared with pings, if that was measured."""
    if "in_process" not in results:
        return
    measured = results["in_process"]
    count, seconds = measured["tasks"], measured["seconds"]
    yield "## A task compared with a ping\n"
    yield (
        f"Milliseconds of one of {count} tasks that change nothing, or of one item in a loop of {count}. The"
        f" start of the playbook, {measured['start']} s, is not included. Medians of {measured['runs']} runs, in turns."
        f" Measured with `make bench ARGS=--in-process`: {results['in_process_measured']}.\n"
    )
    rows = [
        (title, *(f"{1000 * seconds[f'{kind}, {way}'] / count:.0f}" for kind in ("tasks", "loop")))
        for way, title in TASKS.items()
    ]
    yield table(("", "a task", "an item of a loop"), rows)


def limited(results: Json) -> Iterator[str]:
    """Yield the section on a service that accepts one request per second, if that was measured."""
    if "limited" not in results:
        return
    yield "## A limit of one request a second\n"
    yield (
        f"Requests that `logfire_stack` sends to create {CREATIONS} alerts, with up to {WORKERS} requests at a time, to"
        " a service that accepts one request a second. Measured with `make bench ARGS=--limited`:"
        f" {results['limited_measured']}.\n"
    )
    rows = []
    for code, measured in results["limited"].items():
        sent, refused = measured["requests"], measured["refused"]
        rows.append((code, sent, sent - refused, refused))
    yield table(("release", "sent", "accepted", "refused"), rows)


def creations(results: Json) -> Iterator[str]:
    """Yield the section on many slow creations in one list, if that was measured."""
    if "creations" not in results:
        return
    yield f"## {CREATIONS} creations at {LATENCY} ms a request\n"
    yield (
        f"Requests that `logfire_stack` sends to create {CREATIONS} alerts in an existing project, and its seconds"
        " compared with the plain script, which does not check whether another run created the same alerts. The median"
        f" of {TURNS} runs, in turns. Measured with `make bench ARGS=--creations`: {results['creations_measured']}.\n"
    )
    rows = [
        (code, measured["requests"], measured["reads"], measured["to_floor"])
        for code, measured in results["creations"].items()
    ]
    yield table(("release", "requests", "of these, reads", "times the script"), rows)


def section(runs: Results, size: str, latency: int) -> str:
    """Return the section on the contestants with an organization of one size."""
    rows = []
    for name, title in TITLES.items():
        for job in (*JOBS, "tokens"):
            seconds = runs.value("seconds", size, latency, job, name)
            if seconds is None:
                continue
            idle = name in IDLE
            floor = runs.value("seconds", size, latency, job, "plain")
            stack = runs.value("seconds", size, latency, job, "stack")
            rows.append(
                (
                    title,
                    "" if idle else JOB_TITLES.get(job, job),
                    "" if idle else runs.requests(size, latency, job, name),
                    f"{seconds:.2f}",
                    _ratio(seconds, floor),
                    _ratio(seconds, stack),
                    _whole(runs.value("memory", size, latency, job, name)),
                    runs.count(size, latency, job, name),
                )
            )
    columns = ("contestant", "job", "requests", "seconds", "times the script", "times the stack", "peak MiB", "runs")
    heading = f"## {SIZES[size]}: {'no latency' if not latency else f'{latency} ms of latency'}\n"
    return f"{heading}\n{table(columns, rows)}"


def single_modules(results: Json) -> Iterator[str]:
    """Yield the section on each module in its own Python process, compared with the smallest one."""
    modules = results["modules"]
    yield "## A single module in a separate Python process\n"
    yield (
        "Milliseconds of a task as on a remote host, without the start of Ansible, compared with the smallest possible"
        " module that imports `requests` and makes the same calls. Both take turns in one playbook. The ratio is the"
        f" median of all pairs. Measured with `make bench ARGS=--modules`: {results['modules_measured']}.\n"
    )
    yield table(("module", "requests", "ms", "smallest, ms", "ratio", "runs"), single_rows(modules))
    yield "The start of a module: the archive that is sent, and the milliseconds of imports by origin.\n"
    yield table(("module", "archive, KiB", "our files", *owners(modules)), start_rows(modules))


def single_rows(modules: Json) -> list[Sequence[object]]:
    """Return the rows that compare each module with the smallest one."""
    columns = ("requests", "milliseconds", "smallest", "ratio", "runs")
    return [(f"`{name}`", *(cost[column] for column in columns)) for name, cost in modules.items()]


def owners(modules: Json) -> list[str]:
    """Return the origins of imported code."""
    return sorted({owner for cost in modules.values() for owner in cost["imports"]})


def start_rows(modules: Json) -> list[Sequence[object]]:
    """Return the rows with the size and the imports of each module."""
    names = owners(modules)
    return [
        (f"`{name}`", cost["archive"], cost["files"], *(cost["imports"].get(owner, 0) for owner in names))
        for name, cost in modules.items()
    ]


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join("" if cell is None else str(cell) for cell in line) + " |\n" for line in lines)


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _ratio(value: float, base: float | None) -> str:
    return f"{value / base:.1f}" if base else ""


if __name__ == "__main__":
    write(PUBLISHED, json.loads((PUBLISHED / "results.json").read_text()))
