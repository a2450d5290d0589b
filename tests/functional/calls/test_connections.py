# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many connections a run opens: one for all requests of a module, and no more for a stack than it may use at once.

A connection costs more than a request: with TLS it takes several trips to the service and back.
"""

from typing import TYPE_CHECKING

import pytest
from organizations import Options, alert, dashboard, organization, webhook

if TYPE_CHECKING:
    from harness import Run, Runner

SEED: Options = {
    "channels": ["ops"],
    "projects": [{"project_name": "shop", "dashboards": ["home", "latency"], "write_tokens": [{}]}],
}
#: Runs of several requests, reads and writes and removals, one after the other.
RUNS: list[tuple[str, Options]] = [
    ("logfire_project", {"name": "web"}),
    ("logfire_channel", {"name": "night", "config": webhook("night"), "active": False}),
    ("logfire_alert", {"project": "shop", **alert("Errors", "ops")}),
    ("logfire_dashboard", {"project": "shop", **dashboard("overview")}),
    ("logfire_dashboard", {"project": "shop", "slug": "overview", "name": "All of it"}),
    ("logfire_token", {"project": "shop", "type": "read"}),
    ("logfire_token", {"project": "shop", "expires_in": "30d", "grace_period": "24h"}),
    ("logfire_api_key", {"name": "pipeline", "scopes": ["project:read"]}),
    ("logfire_api_key", {"name": "pipeline", "expires_in": "30d"}),
    ("logfire_invitation", {"role": "member"}),
    ("logfire_invitation_info", {}),
    ("logfire_alert_info", {"project": "shop"}),
    ("logfire_dashboard_info", {"project": "shop", "definitions": True}),
    ("logfire_token_info", {"project": "shop"}),
    ("logfire_dashboard", {"project": "shop", "slug": "overview", "state": "absent"}),
    ("logfire_alert", {"project": "shop", "name": "Errors", "state": "absent"}),
    ("logfire_channel", {"name": "night", "state": "absent"}),
    ("logfire_project", {"name": "web", "state": "absent"}),
]


def connections(run: "Run") -> int:
    """How many connections the requests of a run came by."""
    return len({request.client for request in run.requests})


def test_a_module_opens_one_connection(run: "Runner") -> None:
    run.emulator.store.load(SEED)
    for module, options in RUNS:
        done = run.ok(module, **options)
        assert len(done.requests) > 1, f"{module} {options}: with one request nothing is tested"
        assert connections(done) == 1, f"{module} {options}"


def test_a_refusal_does_not_close_it(run: "Runner") -> None:
    """Nor does an answer that is waited out or repeated."""
    run.emulator.store.load(SEED)
    run.emulator.faults.add(action="status", method="GET", status=429, headers={"Retry-After": "0"})
    run.emulator.faults.add(action="status", method="GET", path="alerts", status=404, body={"detail": "Not found"})
    done = run("logfire_alert_info", project="shop")
    assert len(done.requests) > 2
    assert connections(done) == 1


@pytest.mark.parametrize("concurrency", [1, 2, 4, 8])
def test_a_stack_opens_as_many_as_it_may_use_at_once(run: "Runner", concurrency: int) -> None:
    """And not one for each object; that it uses several at all shows with more than one."""
    description = organization(projects=6, channels=6, alerts=3, dashboards=2)
    runs = [
        run.ok("logfire_stack", **description, concurrency=concurrency),
        run.ok("logfire_stack", **description, concurrency=concurrency),
        run.ok("logfire_stack_info", concurrency=concurrency),
    ]
    for done in runs:
        assert len(done.requests) > 3 * concurrency
        assert min(concurrency, 2) <= connections(done) <= concurrency
