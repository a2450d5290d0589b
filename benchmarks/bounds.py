# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The performance goals of the project, and the results: the appendix of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from contestants import LATENCIES
from creations import CREATIONS
from limited import WORKERS
from medians import Json, Results

READS = 4  # of a stack that creates alerts: projects, channels, and alerts before and after
PINGS = {"tasks": ("separate tasks", 1 / 4), "loop": ("a loop", 1 / 10)}
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
Target = tuple[str, object, str, bool]


def targets(results: Json) -> list[Sequence[object]]:
    """Return the goals and results as rows of a table."""
    runs = Results(results)
    rows = [
        *request_targets(runs),
        *loop_target(runs),
        *ping_targets(results.get("in_process")),
        *now_targets(results),
        *module_targets(results["modules"]),
        *growth(runs),
    ]
    return [(what, measured, wanted, _verdict(met)) for what, measured, wanted, met in rows]


def request_targets(runs: Results) -> Iterator[Target]:
    """logfire_stack sends no more requests than the plain script."""
    for size in ("reference", "tenfold"):
        ours, floor = (runs.requests(size, 0, "no-op", name) for name in ("stack", "plain"))
        if ours is not None and floor is not None:
            yield f"requests of a stack that changes nothing, {size}", ours, f"{floor}, the floor", ours <= floor


def second_rows(runs: Results) -> Iterator[Sequence[object]]:
    """logfire_stack takes hardly longer than the plain script plus the start of a task.

    The time of a task depends on its arguments: Ansible takes seconds to pass an organization to any module.
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
    """logfire_stack is much faster than a Python process for each object."""
    stack, loop = (runs.value("seconds", "200 objects", 0, "no-op", name) for name in ("stack", "as modules"))
    if stack and loop:
        yield (
            "loops of modules as on a remote host, divided by the stack: 200 objects",
            f"{loop / stack:.1f}",
            "at least 20",
            loop / stack >= 20,
        )


def ping_targets(measured: Json | None) -> Iterator[Target]:
    """A task in Ansible's own process takes a fraction of the time of a ping."""
    if measured is None:
        return
    for name, (title, bound) in PINGS.items():
        ours, ping = (measured["seconds"][f"{name}, {way}"] for way in ("in process", "ping"))
        yield (
            f"a task in process, divided by a ping: {title}",
            f"{ours / ping:.2f}",
            f"at most {bound:.2f}",
            ours <= bound * ping,
        )


def now_targets(results: Json) -> Iterator[Target]:
    """Many creations are verified with one read, and a rate limit refuses few requests."""
    if creations := results.get("creations", {}).get("now"):
        reads = creations["reads"]
        yield (
            f"read requests in addition to {CREATIONS} creations",
            reads,
            str(READS),
            creations["requests"] == CREATIONS + READS,
        )
    if limited := results.get("limited", {}).get("now"):
        refused, bound = limited["refused"], limited["requests"] - limited["refused"] + WORKERS
        yield (
            f"refused requests of {CREATIONS} creations, one request a second",
            refused,
            f"at most {bound}",
            refused <= bound,
        )


def module_targets(modules: Json) -> Iterator[Target]:
    """A module in its own Python process takes little longer than the smallest one; clear code has priority there."""
    for module, cost in modules.items():
        yield f"{module} to the smallest module with its calls", cost["ratio"], "at most 1.25", cost["ratio"] <= 1.25


def growth(runs: Results) -> Iterator[Target]:
    """Ten times as many objects take at most ten times as long, and ten times as much memory."""
    for what, latency, job in product(("seconds", "memory"), LATENCIES, ("no-op", "first apply")):
        small, large = (runs.value(what, size, latency, job, "stack") for size in ("reference", "tenfold"))
        if small and large:
            title = f"{what} of the stack, {job}, {latency} ms: tenfold to reference"
            yield title, f"{large / small:.1f}", "at most 10", large <= 10 * small


def _verdict(met: bool) -> str:
    return "met" if met else "missed"
