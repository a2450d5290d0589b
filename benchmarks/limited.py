# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures how many requests of logfire_stack are refused by a service that accepts one per second."""

from __future__ import annotations

from typing import Any

from creations import create
from measure import Bench

Json = dict[str, Any]

WORKERS = 8  # the default of the option concurrency


def measure(bench: Bench) -> Json:
    """Create alerts in an existing project. Raises RuntimeError if that fails."""
    create(bench, "stack", per_second=1)
    statuses = bench.service.statuses()
    return {"requests": statuses.total(), "refused": statuses[429]}
