# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From results to what is shown: tables in Markdown and a chart. Nothing of it is written by hand."""

from __future__ import annotations

import io
import json
import statistics
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from contestants import CONTESTANTS, JOBS, LATENCIES
from creations import CREATIONS, LATENCY, TURNS
from limited import WORKERS

Json = dict[str, Any]

READS = 4  # of a stack that creates alerts: projects, channels, and alerts before and after

TITLES = {contestant.name: contestant.title for contestant in CONTESTANTS}
IDLE = [contestant.name for contestant in CONTESTANTS if contestant.idle]
SIZES = {
    "reference": "10 projects, 5 channels, 100 alerts, 20 dashboards",
    "200 objects": "15 projects, 5 channels, 150 alerts, 30 dashboards",
    "tenfold": "100 projects, 50 channels, 1000 alerts, 200 dashboards",
}
SECONDS = (
    "stack",
    "seconds",
    "plain script",
    "task, given all",
    "task, given nothing",
    "1.3 x (script + task given all)",
    "1.3 x script + task given all",
    "1.3 x (script + task given nothing)",
    "1.3 x script + task given nothing",
)
BEFORE = (
    " The contestants below were measured before tasks could run in Ansible's own process: `logfire_stack` and the"
    " single modules ran as modules."
)
PINGS = {"tasks": ("separate tasks", 1 / 4), "loop": ("a loop of {} items", 1 / 10)}
SPDX = """<!--
Copyright (c) 2026, community.logfire contributors
GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
SPDX-License-Identifier: GPL-3.0-or-later
-->
"""


class Results:
    """Medians of what was measured, by size, latency, job and contestant."""

    def __init__(self, runs: list[Json]) -> None:
        self._runs = {(run["size"], run["latency"], run["job"], run["contestant"]): run["samples"] for run in runs}

    def value(self, what: str, size: str, latency: int, job: str, contestant: str) -> float | None:
        """The median of C(seconds) or C(memory), or None where it was not measured."""
        samples = self._runs.get((size, latency, job, contestant), [])
        values = [sample[what] for sample in samples if what in sample]
        return statistics.median(values) if values else None

    def requests(self, size: str, latency: int, job: str, contestant: str) -> int | None:
        """The most requests of a run."""
        samples = self._runs.get((size, latency, job, contestant))
        return max(sum(sample["requests"].values()) for sample in samples) if samples else None

    def count(self, size: str, latency: int, job: str, contestant: str) -> int:
        """How often it was run."""
        return len(self._runs.get((size, latency, job, contestant), []))

    def has(self, size: str, latency: int) -> bool:
        """Whether anything but the idle was measured there."""
        return any(key[:2] == (size, latency) and key[3] == "stack" for key in self._runs)


def write(folder: Path, results: Json) -> None:
    """Write results.json, and README.md and chart.svg, which are made from it alone."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "README.md").write_text(page(results))
    draw(Results(results["runs"]), folder / "chart.svg")


def page(results: Json) -> str:
    """The whole page."""
    runs = Results(results["runs"])
    parts = [
        SPDX,
        "# How fast it is\n",
        "<!-- Written by `make bench` from results.json. Do not edit. -->\n",
        "Every contestant does the same jobs against the emulator in this repository, which answers at once or after 50"
        " ms; what is in the emulator afterwards is compared, so that none gets away with less. They take turns, in one"
        " run on one machine: first the quick ones, then the slow ones beside the quick. A figure is the median of as"
        " many runs as the column says. Seconds depend on the machine, ratios hardly.\n",
        f"Measured: {results['runs_measured']}.{'' if results.get('runs_in_process') else BEFORE}\n",
        "![Seconds of each contestant](chart.svg)\n",
        "## What was to be shown\n",
        table(("what", "measured", "wanted", ""), targets(runs, results["modules"])),
        "`logfire_stack` is to take at most 1.3 times the seconds of the plain script plus the start of one Ansible"
        " task. Here is what that allows: the factor taken of the sum or of the script alone, and the task one that is"
        " given the organization, with which it does nothing, or one that is given nothing.\n",
        table(SECONDS, second_rows(runs)),
        *in_process(results),
        *limited(results),
        *creations(results),
        *(section(runs, size, latency) for size in SIZES for latency in LATENCIES if runs.has(size, latency)),
        "## A single module\n",
        "Milliseconds of a task, the start of Ansible aside, beside one of the smallest module that imports `requests`"
        " and makes the same calls. They take turns within one playbook. The ratio is the median of all pairs."
        " Measured before the contestants, or later by themselves with `make bench ARGS=--modules`, and then of newer"
        f" code: {results['modules_measured']}.\n",
        table(("module", "requests", "ms", "smallest, ms", "ratio", "runs"), single_rows(results["modules"])),
        "Where the start of a module goes: the archive that is sent, and what is imported, in milliseconds by whose"
        " code it is.\n",
        table(("module", "archive, KiB", "our files", *owners(results["modules"])), start_rows(results["modules"])),
        "## The contestants\n",
        "They are in [benchmarks/programs](../../benchmarks/programs). `logfire_stack` and the plain script keep eight"
        " requests under way; the plain script makes just the calls that the stack makes, and neither retries nor"
        " checks nor reports anything. Loops in Ansible and the shell go one by one. What takes a process for each"
        " call is not run on the tenfold organization, where a run would take a quarter of an hour. Write tokens have"
        " no name, and no stack describes them: they are a job of their own.\n",
    ]
    return "\n".join(parts).replace("\n\n\n", "\n\n")


def in_process(results: Json) -> Iterator[str]:
    """Tasks beside pings, where that was measured."""
    if "in_process" not in results:
        return
    measured = results["in_process"]
    count, seconds = measured["tasks"], measured["seconds"]
    yield "## Tasks in Ansible's own process\n"
    yield (
        f"Seconds of {count} `logfire_project` that change nothing, beside as many `ansible.builtin.ping`. The start of"
        f" the playbook, {measured['start']} s, is taken off. Medians of {measured['runs']} runs, in turns. Measured"
        f" with `make bench ARGS=--in-process`: {results['in_process_measured']}.\n"
    )
    rows = []
    for name, (title, bound) in PINGS.items():
        ours, modules, ping = (seconds[f"{name}, {way}"] for way in ("in process", "as modules", "ping"))
        wanted = f"at most {bound:.2f}, {_verdict(ours <= bound * ping)}"
        rows.append((title.format(count), ours, modules, ping, f"{ours / ping:.2f}", wanted))
    columns = (f"{count}, as", "in process", "as modules", "ping", "in process to ping", "wanted")
    yield table(columns, rows)


def limited(results: Json) -> Iterator[str]:
    """Requests to a service that takes one a second, where that was measured."""
    if "limited" not in results:
        return
    yield "## A limit of one request a second\n"
    yield (
        f"Requests that `logfire_stack` sends to create {CREATIONS} alerts, with {WORKERS} requests side by side, to a"
        " service that takes one request a second. At most one is to be refused for each that is accepted, and those"
        " that are under way when the first one is. Measured with `make bench ARGS=--limited`:"
        f" {results['limited_measured']}.\n"
    )
    rows = []
    for code, measured in results["limited"].items():
        sent, refused = measured["requests"], measured["refused"]
        rows.append((code, sent, sent - refused, refused, _verdict(refused <= sent - refused + WORKERS)))
    yield table(("release", "sent", "accepted", "refused", ""), rows)


def creations(results: Json) -> Iterator[str]:
    """Many creations in one list, each of which takes its time, where that was measured."""
    if "creations" not in results:
        return
    yield f"## {CREATIONS} creations at {LATENCY} ms a request\n"
    yield (
        f"Requests that `logfire_stack` sends to create {CREATIONS} alerts in a project that is there, and its seconds"
        " beside those of the plain script, which does not look whether another run made the same. The median of"
        f" {TURNS} runs, in turns. Measured with"
        f" `make bench ARGS=--creations`: {results['creations_measured']}.\n"
    )
    rows = []
    for code, measured in results["creations"].items():
        sent, reads = measured["requests"], measured["reads"]
        rows.append((code, sent, reads, measured["to_floor"], _verdict(sent == CREATIONS + READS)))
    yield table(("release", "sent", "reads among them", "seconds to the floor", f"wanted: {READS} reads"), rows)


def section(runs: Results, size: str, latency: int) -> str:
    """The contestants on an organization of one size."""
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
                    "" if idle else job,
                    "" if idle else runs.requests(size, latency, job, name),
                    f"{seconds:.2f}",
                    _ratio(seconds, floor),
                    _ratio(seconds, stack),
                    _whole(runs.value("memory", size, latency, job, name)),
                    runs.count(size, latency, job, name),
                )
            )
    columns = ("contestant", "job", "requests", "seconds", "to the floor", "to the stack", "peak MiB", "runs")
    heading = f"## {SIZES[size]}: {'no latency' if not latency else f'{latency} ms of latency'}\n"
    return f"{heading}\n{table(columns, rows)}"


Target = tuple[str, object, str, bool]


def targets(runs: Results, modules: Json) -> list[Sequence[object]]:
    """What the project set out to reach, and what was measured."""
    rows = [*request_targets(runs), *loop_target(runs), *module_targets(modules), *growth(runs)]
    return [(what, measured, wanted, _verdict(met)) for what, measured, wanted, met in rows]


def request_targets(runs: Results) -> Iterator[Target]:
    """A stack makes no call more than the floor."""
    for size in ("reference", "tenfold"):
        ours, floor = (runs.requests(size, 0, "no-op", name) for name in ("stack", "plain"))
        if ours is not None and floor is not None:
            yield f"requests of a stack that changes nothing, {size}", ours, f"{floor}, the floor", ours <= floor


def second_rows(runs: Results) -> Iterator[Sequence[object]]:
    """A stack takes hardly longer than a script that does just the calls, and the start of a task.

    What a task costs depends on what it is given: an organization takes Ansible seconds to carry, whatever the module.
    """
    for size, latency, job in product(("reference", "tenfold"), LATENCIES, ("no-op", "first apply")):
        taken, plain = (runs.value("seconds", size, latency, job, who) for who in ("stack", "plain"))
        given, bare = (runs.value("seconds", size, 0, "no-op", task) for task in ("given", "one task"))
        if taken and plain and given and bare:
            seconds = [f"{value:.2f}" for value in (taken, plain, given, bare)]
            bounds = [bound for start in (given, bare) for bound in (1.3 * (plain + start), 1.3 * plain + start)]
            verdicts = [f"{bound:.2f}, {_verdict(taken <= bound)}" for bound in bounds]
            yield f"{job}, {size}, {latency} ms", *seconds, *verdicts


def loop_target(runs: Results) -> Iterator[Target]:
    """A stack is much faster than a Python for each object."""
    names = ("stack", "as modules", "modules")
    stack, loop, other = (runs.value("seconds", "200 objects", 0, "no-op", name) for name in names)
    loop = loop or other  # those in loops were modules before they could run in process
    if stack and loop:
        yield "loops of single modules to the stack, 200 objects", f"{loop / stack:.1f}", "20", loop / stack >= 20


def module_targets(modules: Json) -> Iterator[Target]:
    """A module that runs in a Python of its own costs little more than the smallest; clear code comes first there."""
    for module, cost in modules.items():
        yield f"{module} to the smallest module with its calls", cost["ratio"], "1.25", cost["ratio"] <= 1.25


def growth(runs: Results) -> Iterator[Target]:
    """Ten times as much takes no more than ten times as long, and as much memory."""
    for what, latency, job in product(("seconds", "memory"), LATENCIES, ("no-op", "first apply")):
        small, large = (runs.value(what, size, latency, job, "stack") for size in ("reference", "tenfold"))
        if small and large:
            title = f"{what} of the stack, {job}, {latency} ms: tenfold to reference"
            yield title, f"{large / small:.1f}", "10", large <= 10 * small


def single_rows(modules: Json) -> list[Sequence[object]]:
    """Each module beside the smallest."""
    columns = ("requests", "milliseconds", "smallest", "ratio", "runs")
    return [(f"`{name}`", *(cost[column] for column in columns)) for name, cost in modules.items()]


def owners(modules: Json) -> list[str]:
    """Whose code is imported."""
    return sorted({owner for cost in modules.values() for owner in cost["imports"]})


def start_rows(modules: Json) -> list[Sequence[object]]:
    """What each module brings along."""
    names = owners(modules)
    return [
        (f"`{name}`", cost["archive"], cost["files"], *(cost["imports"].get(owner, 0) for owner in names))
        for name, cost in modules.items()
    ]


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join("" if cell is None else str(cell) for cell in line) + " |\n" for line in lines)


def _verdict(met: bool) -> str:
    return "met" if met else "missed"


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _ratio(value: float, base: float | None) -> str:
    return f"{value / base:.1f}" if base else ""


def draw(runs: Results, path: Path) -> None:
    """Seconds of each contestant on the reference organization, on a logarithmic scale."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "community.logfire", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, 2, figsize=(10, 3.6), sharex=True, sharey=True, layout="constrained")
    names = [name for name in TITLES if any(runs.value("seconds", "reference", 0, job, name) for job in JOBS)]
    for panel, latency in zip(panels, LATENCIES, strict=True):
        for place, job in enumerate(JOBS):
            values = [runs.value("seconds", "reference", latency, job, name) or 0 for name in names]
            bars = panel.barh([row + (place - 1) * 0.27 for row in range(len(names))], values, 0.25, label=job)
            panel.bar_label(bars, [f"{value:.1f}" if value else "" for value in values], padding=2, fontsize=7)
        panel.set_xscale("log")
        panel.xaxis.set_major_formatter("{x:g}")
        panel.xaxis.set_minor_formatter("")
        panel.set_title(f"{latency} ms of latency" if latency else "no latency")
        panel.set_xlabel("seconds, logarithmic")
        panel.margins(x=0.12)
        panel.spines[["top", "right"]].set_visible(False)
    panels[0].set_yticks(range(len(names)), [TITLES[name].replace("`", "") for name in names])
    panels[0].invert_yaxis()
    panels[1].legend(frameon=False, loc="upper right", bbox_to_anchor=(1, 1.02))
    figure.suptitle(f"Seconds for {SIZES['reference']}", fontsize=10)
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    path.write_text("".join(f"{line.rstrip()}\n" for line in drawn.getvalue().splitlines()))
    pyplot.close(figure)
