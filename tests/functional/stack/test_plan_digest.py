# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Approved plans: the digest is that of what is done, and a run that would do anything else does nothing."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from organizations import Options, alert, board, dashboard, webhook
from test_stack_agreement import RELAXED, descriptions
from watched import WatchedRunner

ALL = {"prune": ["channels", "projects", "alerts", "dashboards"], "prune_limit": 99, "prune_projects_limit": 9}

OPS: Options = {"name": "ops", "config": webhook("ops"), "active": True}
MAIL: Options = {"name": "mail", "config": {"type": "email", "recipients": ["ann@example.com", "bob@example.com"]}}
GENIE: Options = {"name": "genie", "config": {"type": "opsgenie", "auth_key": "GenieKey secret-key-12345"}}
PAGER: Options = {"name": "pager", "config": {"type": "pagerduty", "routing_key": "a0b1c2d3e4f5a0b1", "region": "us"}}
ERRORS: Options = {
    **alert("Errors", "ops", "mail"),
    "description": "Look at the log",
    "watermark": "10s",
    "notify_when": "has_matches",
    "environments": ["production"],
    "active": True,
}
SHOP: Options = {
    "name": "shop",
    "description": "The shop",
    "visibility": "private",
    "alerts": [ERRORS, alert("Slow")],
    "dashboards": [dashboard("home"), dashboard("latency", "Slow")],
}
WHOLE: Options = {"channels": [OPS, MAIL, GENIE, PAGER], "projects": [SHOP, {"name": "web", "alerts": []}]}
#: Another value for each option of it.
OTHERS: Options = {
    "name": "another",
    "description": "Something else",
    "visibility": "public",
    "query": "SELECT 2",
    "time_window": "7m",
    "frequency": "2m",
    "watermark": "20s",
    "notify_when": "matches_changed",
    "environments": [],
    "active": False,
    "channels": ["genie"],
    "slug": "another",
    "definition": board("Another"),
    "url": "https://elsewhere.example.com/services/T0/B0/verysecret",
    "region": "eu",
    "recipients": ["eve@example.com"],
}


def digest(run: WatchedRunner, description: Options, **options: Any) -> str:
    """The digest of a plan."""
    planned = run.stack(description, check=True, **options)
    found = planned.result["plan_digest"]
    assert isinstance(found, str)
    return found


@settings(max_examples=6, deadline=None, suppress_health_check=RELAXED, phases=[Phase.generate])
@given(before=descriptions(), after=descriptions(), prunes=st.booleans(), order=st.randoms())
def test_check_mode_and_the_run_that_follows(
    run: WatchedRunner, before: Options, after: Options, prunes: bool, order: Any
) -> None:
    """Have the same digest, in whatever order all is described; the run that was approved does it, and only once."""
    run.emulator.reset()
    run.stack(before)
    options = ALL if prunes else {}
    approved = digest(run, after, **options)
    shuffled = copy.deepcopy(after)
    for items in (shuffled["channels"], shuffled["projects"]):
        order.shuffle(items)
    assert digest(run, shuffled, **options) == approved
    done = run.stack(shuffled, expected_plan=approved, **options)
    assert done.result["plan_digest"] == approved
    if not done.result["not_tried"]:  # or else more can be pruned now
        again = run.stack(after, expected_plan=approved, **options)
        assert not again.changed and (again.result["plan_digest"] == approved) is not done.changed


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    """The paths of the options of objects, and of members of configurations."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        is_object = isinstance(inner, dict) and key != "definition"
        if is_object or (isinstance(inner, list) and inner and isinstance(inner[0], dict)):
            yield from ((key, *path) for path in places(inner))
        elif isinstance(key, str):
            yield (key,)


def differing(whole: Options) -> Iterator[tuple[tuple[Any, ...], Options]]:
    """Descriptions that differ from one in a single value, or in one object that is not there, and where."""
    for path in places(whole):
        changed = copy.deepcopy(whole)
        level = changed
        for key in path[:-1]:
            level = level[key]
        if path[-1] in OTHERS and not (path[-1] == "name" and path[0] == "channels"):  # what refers to it would fail
            level[path[-1]] = OTHERS[path[-1]]
            yield path, changed
    for path in [("channels", 3), ("projects", 1), *((("projects", 0, kind, 1)) for kind in ("alerts", "dashboards"))]:
        changed = copy.deepcopy(whole)
        level = changed
        for key in path[:-1]:
            level = level[key]
        del level[path[-1]]
        yield path, changed


def test_each_single_difference_is_another_plan(run: WatchedRunner) -> None:
    """In what is described, from nothing; in what is described, from what there is; and in what there is."""
    from_nothing = {path: digest(run, description) for path, description in differing(WHOLE)}
    from_nothing["whole",] = digest(run, WHOLE)
    assert len(from_nothing) > 30
    assert len({*from_nothing.values()}) == len(from_nothing)

    run.stack(WHOLE)
    from_there = {path: digest(run, description, **ALL) for path, description in differing(WHOLE)}
    unchanged = {path for path, found in from_there.items() if found == digest(run, WHOLE, **ALL)}
    assert unchanged == set()
    assert len({*from_there.values()}) == len(from_there)
    assert not set(from_nothing.values()) & set(from_there.values())

    back = {}
    for path, description in differing(WHOLE):
        run.emulator.reset()
        run.stack(description)
        back[path] = digest(run, WHOLE, **ALL)
    assert len({*back.values(), digest(run, {})}) == len(back) + 1


#: The secret member of a channel, and another value of it, to the same host.
SECRETS = {
    "ops": ("url", "https://ops.example.com/services/rotated"),
    "genie": ("auth_key", "GenieKey rotated-key-67890"),
    "pager": ("routing_key", "b0b1c2d3e4f5a0b9"),
}


def test_secrets(run: WatchedRunner, other: WatchedRunner) -> None:
    """Their values do not count, nor ids, nor the order. It counts whether one is sent, and to which host."""
    channels = {channel["name"]: channel for channel in WHOLE["channels"]}

    def plan(name: str, **options: Any) -> str:
        return digest(run, {"channels": [{**channels[name], **options}]})

    def rotated(name: str) -> Options:
        return {**channels[name]["config"], **dict([SECRETS[name]])}

    made = digest(run, WHOLE)
    assert digest(other, WHOLE) == made
    assert digest(run, {kind: items[::-1] for kind, items in WHOLE.items()}) == made
    assert [plan(name, config=rotated(name)) for name in SECRETS] == [plan(name) for name in SECRETS]
    run.stack(WHOLE)
    for name in SECRETS:
        sent = plan(name, update_secret="always")
        assert plan(name, update_secret="always", config=rotated(name)) == sent != digest(run, {})
        on_the_way = {"config": {**rotated(name), "format": "raw-data"}} if name == "ops" else {"active": False}
        assert plan(name, **on_the_way, update_secret="always") != plan(name, **on_the_way, update_secret="on_create")
    assert plan("ops", config=webhook("hooks")) not in (plan("ops"), plan("ops", update_secret="always"))


#: What somebody else does between a plan and the run, and a change of the plan that it leads to.
EDITS: dict[str, tuple[Options, str]] = {
    "what changes": (
        {"projects": [{"name": "shop", "alerts": [{"name": "Errors", "time_window": "9m"}]}]},
        "update alert 'Errors' of project 'shop'",
    ),
    "what stays": (
        {"channels": [{"name": "mail", "config": {"type": "email", "recipients": ["eve@example.com"]}}]},
        "update channel 'mail'",
    ),
    "what was to be created is there": (
        {"projects": [{"name": "shop", "alerts": [alert("New", "mail")]}]},
        "update alert 'New' of project 'shop'",
    ),
    "what was to be pruned is gone": (
        {"projects": [{"name": "shop", "dashboards": [{"slug": "home", "state": "absent"}]}]},
        "create alert 'New' of project 'shop'",
    ),
    "one more to prune": (
        {"projects": [{"name": "shop", "dashboards": [dashboard("more")]}]},
        "delete dashboard 'more' of project 'shop'",
    ),
    "one more in a project to prune": (
        {"projects": [{"name": "web", "alerts": [alert("Down")]}]},
        "delete project 'web'",
    ),
    "another of the same name": (
        {"projects": [{"name": "shop", "alerts": [{"name": "Slow", "state": "absent"}]}]},
        "delete project 'web'",
    ),
}
CHANGED: Options = {
    "channels": [OPS, MAIL, GENIE, PAGER],
    "projects": [
        {
            "name": "shop",
            "alerts": [{"name": "Errors", "time_window": "7m"}, alert("New")],
            "dashboards": [{"slug": "latency"}],
        }
    ],
}


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(("edit", "told"), EDITS.values(), ids=EDITS)
def test_somebody_elses_edit(run: WatchedRunner, edit: Options, told: str, check: bool) -> None:
    """Makes the plan another one, and the run fails without a single write."""
    run.stack(WHOLE)
    planned = run.stack(CHANGED, check=True, **ALL)
    run.stack(edit)
    refused = run.fails("logfire_stack", check=check, **CHANGED, **ALL, expected_plan=planned.result["plan_digest"])
    assert refused.writes == []
    assert not refused.changed
    assert refused.result["msg"].startswith(
        "expected_plan: the plan differs from the approved plan, and nothing was changed."
    )
    assert told in refused.result["msg"]
    now = run.stack(CHANGED, check=True, **ALL).result
    assert [refused.result[part] for part in ("plan_digest", "changes", "diff")] == [
        now[part] for part in ("plan_digest", "changes", "diff")
    ]
    assert run.stack(CHANGED, **ALL, expected_plan=now["plan_digest"]).changed


def test_what_could_not_be_read_is_told(run: WatchedRunner) -> None:
    """For that is why the plan is another one."""
    run.stack(WHOLE)
    approved = digest(run, CHANGED, prune=["dashboards"])
    run.emulator.faults.add(action="status", method="GET", path="/dashboards/", status=403, count=None)
    refused = run.fails("logfire_stack", **CHANGED, prune=["dashboards"], expected_plan=approved)
    assert "Could not read the dashboards of project 'shop'" in refused.result["msg"]
    assert refused.writes == []


def test_a_large_plan_is_told_in_part(run: WatchedRunner) -> None:
    projects = [{"name": f"project-{number}"} for number in range(30)]
    refused = run.fails("logfire_stack", projects=projects, expected_plan="0" * 64)
    assert refused.result["msg"].endswith("create project 'project-19' and 10 more changes")


@pytest.mark.parametrize("text", ["", " ", "approved", "0" * 63, "0" * 65, "A" * 64, "{{ plan }}"])
def test_what_is_no_digest(run: WatchedRunner, text: str) -> None:
    """An empty variable must not mean that any plan may be applied."""
    refused = run.fails("logfire_stack", projects=[{"name": "shop"}], expected_plan=text)
    assert refused.result["msg"].startswith("expected_plan: is not a digest of 64 hexadecimal digits")
    assert refused.requests == []


def test_blanks_around_a_digest(run: WatchedRunner) -> None:
    """It may come from a file."""
    approved = digest(run, {"projects": [{"name": "shop"}]})
    assert run.stack({"projects": [{"name": "shop"}]}, expected_plan=f" {approved}\n").changed
