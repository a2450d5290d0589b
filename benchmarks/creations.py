# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures the requests and the time to create many alerts in one project with slow answers."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

import reference
from contestants import CONTESTANTS
from measure import Bench, Sample, run

Json = dict[str, Any]

CREATIONS = 40
LATENCY = 700  # milliseconds before each answer
TURNS = 3


def measure(bench: Bench) -> Json:
    """Create the alerts in an existing project. Raises RuntimeError if that fails.

    C(to_floor) is the median ratio of the time to that of the plain script. Requests are the maximum of all runs.
    """
    turns = [(create(bench, "stack", LATENCY), create(bench, "plain", LATENCY)) for _turn in range(TURNS)]
    return {
        "requests": max(sum(stack.requests.values()) for stack, _plain in turns),
        "reads": max(stack.requests["GET"] for stack, _plain in turns),
        "to_floor": round(statistics.median(stack.seconds / plain.seconds for stack, plain in turns), 2),
    }


def create(bench: Bench, name: str, latency: int = 0, per_second: int | None = None) -> Sample:
    """Return a sample of a contestant that creates the alerts. C(per_second) is the rate limit of the service."""
    contestant = next(each for each in CONTESTANTS if each.name == name)
    wanted = reference.wire(projects=1, channels=1, alerts=CREATIONS, dashboards=0)
    before = {**wanted, "projects": [{**project, "alerts": []} for project in wanted["projects"]]}
    path: Path = bench.folder / f"creations-{contestant.words}.json"
    path.write_text(json.dumps(reference.description(wanted) if contestant.words == "ours" else wanted))
    bench.service.start_from(before, latency)
    if per_second:
        bench.service.limit(per_second)
    sample = run(
        contestant.command(path, CREATIONS, "first apply"), bench.environment, bench.folder / f"creations-{name}.log"
    )
    sample.requests = bench.service.requests()
    created = bench.service.statuses()[201]
    if created != CREATIONS:
        raise RuntimeError(f"{created} alerts were created, not {CREATIONS}")
    return sample
