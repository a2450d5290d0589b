# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests a plan takes is told before it is applied, and is the number that the service sees then."""

from collections.abc import Iterator

import pytest
from organizations import Options, alert, board, dashboard, organization, webhook
from watched import WatchedRunner

from ansible_collections.community.logfire.plugins.module_utils._api import progress

OPS: Options = {"name": "ops", "config": webhook("ops")}
OFF: Options = {"name": "off", "config": webhook("off"), "active": False}
SHOP: Options = {
    "name": "shop",
    "alerts": [alert("Errors", "ops"), alert("Slow", "ops", "off")],
    "dashboards": [dashboard("overview"), dashboard("latency")],
}
WEB: Options = {"name": "web", "alerts": [alert("Down", "off")], "dashboards": [dashboard("home")]}
EVERYTHING: Options = {"channels": [OPS, OFF], "projects": [SHOP, WEB, {"name": "empty"}]}
NO_OPS = {"name": "ops", "state": "absent"}
NO_OFF = {"name": "off", "state": "absent"}
ALL_KINDS = ["channels", "projects", "alerts", "dashboards"]

#: What there is, what is described then, and how many requests applying takes.
PLANS: dict[str, tuple[Options, Options, int]] = {
    "everything is new": ({}, EVERYTHING, 2 + 1 + 3 + 1 + 6 + 2),
    "a large organization is new": ({}, organization(4, 6, 5, 2), 6 + 2 + 1 + 4 + 20 + 4 + 8),
    "nothing to do": (EVERYTHING, EVERYTHING, 0),
    "more of each": (
        EVERYTHING,
        {
            "channels": [OPS, {"name": "more", "config": webhook("more")}],
            "projects": [
                {"name": "shop", "alerts": [alert("More", "more")], "dashboards": [dashboard("more")]},
                {"name": "new", "alerts": [alert("One", "more"), alert("Two")]},
            ],
        },
        *[1 + 1 + 1 + 2 + 1 + 2 + 1],
    ),
    "channels that are inactive from the start": ({}, {"channels": [OFF, {**OPS, "active": True}]}, 2 + 1 + 1),
    "a change of each": (
        EVERYTHING,
        {
            "channels": [{**OPS, "config": webhook("other")}, {"name": "off", "active": True}],
            "projects": [
                {
                    "name": "shop",
                    "description": "Other",
                    "alerts": [{"name": "Slow", "time_window": "9m"}, {"name": "Errors", "channels": []}],
                    "dashboards": [{"slug": "overview", "definition": board("Other")}],
                }
            ],
        },
        *[2 + 1 + 2 + 1],
    ),
    "a channel is removed, and nothing else is read": (EVERYTHING, {"channels": [NO_OPS]}, 1 + 3),
    "two channels are removed": (EVERYTHING, {"channels": [NO_OPS, NO_OFF]}, 2 + 3),
    "a channel is removed beside alerts that are read": (
        EVERYTHING,
        {"channels": [NO_OFF], "projects": [{"name": "shop", "alerts": [alert("Slow", "ops"), alert("More", "ops")]}]},
        *[1 + 1 + 1 + 1 + 2],
    ),
    "a channel, a project and objects in another are removed": (
        EVERYTHING,
        {
            "channels": [NO_OPS],
            "projects": [
                {"name": "shop", "state": "absent"},
                {
                    "name": "web",
                    "alerts": [{"name": "Down", "state": "absent"}],
                    "dashboards": [{"slug": "home", "state": "absent"}],
                },
                {"name": "new", "alerts": [alert("One", "off")]},
            ],
        },
        *[1 + 1 + 1 + 1 + 1 + 1 + 1 + 1],
    ),
    "what is to be removed is not there": (EVERYTHING, {"channels": [{"name": "none", "state": "absent"}]}, 0),
    "all is pruned": (EVERYTHING, {"channels": [OPS], "projects": [{"name": "empty"}], "prune": ALL_KINDS}, 1 + 2 + 1),
    "alerts and dashboards are pruned": (
        EVERYTHING,
        {
            "projects": [{"name": "shop", "alerts": [alert("Errors", "ops")], "dashboards": [dashboard("latency")]}],
            "prune": ["alerts", "dashboards"],
        },
        2,
    ),
}


@pytest.fixture
def announced() -> Iterator[list[str]]:
    """What a task in process says with -v."""
    texts: list[str] = []
    progress.begin(texts.append)
    yield texts
    progress.begin()


@pytest.mark.parametrize("concurrency", [1, 8])
@pytest.mark.parametrize(("before", "options", "requests"), PLANS.values(), ids=PLANS)
def test_the_number_of_requests(
    run: WatchedRunner, before: Options, options: Options, requests: int, concurrency: int
) -> None:
    """Is in the result of the plan and of the run, and what is sent after it was announced."""
    if before:
        run.stack(before)
    options = {"prune_limit": 50, "prune_projects_limit": 5, **options, "concurrency": concurrency}
    planned = run.stack(options, check=True)
    sent: list[int] = []
    progress.begin(lambda text: sent.append(len(run.emulator.log)))
    try:
        seen = len(run.emulator.log)
        applied = run.stack(options)
    finally:
        progress.begin()
    assert planned.result["requests"] == applied.result["requests"] == requests
    assert seen + len(applied.requests) - sent[0] == requests
    assert bool(requests) == applied.changed
    assert run.stack(options).result["requests"] == 0


def test_what_is_announced(run: WatchedRunner, announced: list[str]) -> None:
    """Nothing in check mode, where nothing is applied."""
    run.stack({"projects": [{"name": "one"}, {"name": "two"}]}, check=True)
    assert announced == []
    run.stack({"projects": [{"name": "one"}, {"name": "two"}]})
    run.stack({"projects": [{"name": "one"}, {"name": "two"}, {"name": "three"}]})
    run.stack({"projects": [{"name": "one"}]})
    assert announced == ["it takes 2 requests to apply", "it takes 1 request to apply", "nothing to apply"]


def test_for_how_long(run: WatchedRunner, announced: list[str]) -> None:
    """If the service limited the reads, at the rate at which it let them pass."""
    run.stack(organization(1, 0, 0, 6))
    run.emulator.settings.patch({"rate_limit_per_minute": 240, "rate_limit_burst": 1})
    run.stack(organization(1, 0, 8, 6), concurrency=1, retry_timeout=60)
    before, (last,) = announced[:-1], announced[-1:]
    assert before == ["it takes 7 requests to apply"]
    assert last in [
        f"it takes 9 requests to apply, about {seconds} s at the rate that the service allows"
        for seconds in range(2, 13)
    ]


def test_whose_plan_fails(run: WatchedRunner, announced: list[str]) -> None:
    """Nothing is announced when nothing is applied."""
    run.fails("logfire_stack", projects=[{"name": "one", "alerts": [alert("Errors", "nobody")]}])
    assert announced == []


def test_a_service_that_leaves_out_the_channels(run: WatchedRunner) -> None:
    """Takes one request more for each alert that is created with channels, as is documented."""
    run.emulator.settings.patch({"alert_create_channels": "absent"})
    sent: list[int] = []
    progress.begin(lambda text: sent.append(len(run.emulator.log)))
    try:
        made = run.stack(EVERYTHING)
    finally:
        progress.begin()
    assert len(run.emulator.log) - sent[0] == made.result["requests"] + 3
