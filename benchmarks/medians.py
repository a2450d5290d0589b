# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The medians of the results."""

from __future__ import annotations

import statistics
from typing import Any

Json = dict[str, Any]


class Results:
    """The medians of the results, by size, latency, job and contestant."""

    def __init__(self, results: Json) -> None:
        self._runs = {
            (run["size"], run["latency"], run["job"], run["contestant"]): run["samples"] for run in results["runs"]
        }

    def value(self, what: str, size: str, latency: int, job: str, contestant: str) -> float | None:
        """Return the median of C(seconds) or C(memory), or None if it was not measured."""
        samples = self._runs.get((size, latency, job, contestant), [])
        values = [sample[what] for sample in samples if what in sample]
        return statistics.median(values) if values else None

    def requests(self, size: str, latency: int, job: str, contestant: str) -> int | None:
        """Return the maximum number of requests in a run."""
        samples = self._runs.get((size, latency, job, contestant))
        return max(sum(sample["requests"].values()) for sample in samples) if samples else None

    def count(self, size: str, latency: int, job: str, contestant: str) -> int:
        """Return the number of runs."""
        return len(self._runs.get((size, latency, job, contestant), []))

    def has(self, size: str, latency: int) -> bool:
        """Whether any contestant that is not idle was measured in this case."""
        return any(key[:2] == (size, latency) and key[3] == "stack" for key in self._runs)
