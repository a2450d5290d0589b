# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests a stack sends in vain to a service that takes one a second."""

from __future__ import annotations

import json
from typing import Any

import reference
from contestants import CONTESTANTS
from measure import Bench, run

Json = dict[str, Any]

CREATIONS = 40
WORKERS = 8  # the default of the option concurrency


def measure(bench: Bench) -> Json:
    """Create that many alerts in a project that is there. Raises RuntimeError when they are not created."""
    wanted = reference.wire(projects=1, channels=1, alerts=CREATIONS, dashboards=0)
    before = {**wanted, "projects": [{**project, "alerts": []} for project in wanted["projects"]]}
    path = bench.folder / "limited.json"
    path.write_text(json.dumps(reference.description(wanted)))
    bench.service.start_from(before, 0)
    bench.service.limit(per_second=1)
    stack = next(contestant for contestant in CONTESTANTS if contestant.name == "stack")
    run(stack.command(path, CREATIONS, "first apply"), bench.environment, bench.folder / "limited.log")
    statuses = bench.service.statuses()
    if statuses[201] != CREATIONS:
        raise RuntimeError(f"{statuses[201]} alerts were created, not {CREATIONS}")
    return {"requests": statuses.total(), "refused": statuses[429]}
