# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a stack sends, request by request: with one worker, requests come in the order of the description."""

from typing import Any

import pytest
from organizations import Options, alert, dashboard, webhook
from watched import WatchedRunner

OPS: Options = {"name": "ops", "config": webhook("ops")}
NIGHT: Options = {"name": "night", "config": webhook("night"), "active": False}
SHOP: Options = {
    "name": "shop",
    "alerts": [alert("Errors", "ops"), alert("Slow", "night", "ops")],
    "dashboards": [dashboard("overview"), dashboard("latency")],
}
WEB: Options = {"name": "web", "alerts": [alert("Down")], "dashboards": [dashboard("home")]}
EVERYTHING: Options = {"channels": [OPS, NIGHT], "projects": [SHOP, WEB]}
LISTS = ["GET channels/", "GET projects/"]
SHOP_LISTS = ["GET projects/shop/alerts/", "GET projects/shop/dashboards/"]
SHOP_BOARDS = ["GET projects/shop/dashboards/overview/", "GET projects/shop/dashboards/latency/"]
WEB_LISTS = ["GET projects/web/alerts/", "GET projects/web/dashboards/"]
WEB_BOARDS = ["GET projects/web/dashboards/home/"]


@pytest.fixture
def made(run: WatchedRunner) -> WatchedRunner:
    """An organization that holds everything."""
    run.stack(EVERYTHING)
    return run


def test_creation(run: WatchedRunner) -> None:
    """Channels and projects come first, so that alerts can use them; in new projects there is nothing to look for.

    Of channels and alerts another run may have made the same: their lists are read once more after all were made.
    """
    check = run.stack(EVERYTHING, concurrency=1, check=True)
    assert run.told(check) == LISTS
    made = run.stack(EVERYTHING, concurrency=1)
    assert run.told(made) == [
        *LISTS,
        *["POST channels/", "POST channels/", "PUT channels/night/", "POST projects/", "POST projects/"],
        "GET channels/",
        *["POST projects/shop/alerts/", "POST projects/shop/alerts/"],
        *["POST projects/shop/dashboards/", "POST projects/shop/dashboards/"],
        *["POST projects/web/alerts/", "POST projects/web/dashboards/"],
        *["GET projects/shop/alerts/", "GET projects/web/alerts/"],
    ]
    state = run.state()
    assert [item["label"] for item in state["channels"]] == ["night", "ops"]
    assert [item["active"] for item in state["channels"]] == [False, True]
    assert [item["channel_assignments"] for item in state["projects"][0]["alerts"]] == [
        [("ops", "")],
        [("night", ""), ("ops", "")],
    ]


def test_no_change(made: WatchedRunner) -> None:
    for check in (True, False):
        again = made.stack(EVERYTHING, concurrency=1, check=check)
        assert made.told(again) == [*LISTS, *SHOP_LISTS, *WEB_LISTS, *SHOP_BOARDS, *WEB_BOARDS]
        assert not again.changed


def test_description(made: WatchedRunner) -> None:
    """One call for each list, and one for each dashboard, of the projects that are asked for."""
    web = [*WEB_LISTS, *WEB_BOARDS]
    for options, reads in (({}, [*SHOP_LISTS, *SHOP_BOARDS, *web]), ({"projects": ["web"]}, web)):
        for check in (True, False):
            info = made.ok("logfire_stack_info", concurrency=1, check=check, **options)
            assert sorted(made.told(info)) == sorted([*LISTS, *reads])


def test_one_change(made: WatchedRunner) -> None:
    changed = {"projects": [{**SHOP, "alerts": [SHOP["alerts"][0], {"name": "Slow", "time_window": "10m"}]}]}
    check = made.stack(changed, check=True, concurrency=1)
    real = made.stack(changed, concurrency=1)
    assert made.told(check) == [*LISTS, *SHOP_LISTS, *SHOP_BOARDS]
    assert made.told(real) == [*LISTS, *SHOP_LISTS, *SHOP_BOARDS, "PUT projects/shop/alerts/Slow/"]
    assert real.requests[-1].body == {"time_window": "PT10M"}
    assert real.result["diff"] == check.result["diff"]
    assert real.result["diff"] == [
        {
            "before_header": "alert Slow of project shop",
            "after_header": "alert Slow of project shop (update)",
            "before": {"name": "Slow", "time_window": "5m"},
            "after": {"name": "Slow", "time_window": "10m"},
        }
    ]


@pytest.mark.parametrize(
    ("description", "calls"),
    [
        ({}, []),
        ({"channels": []}, ["GET channels/"]),
        ({"channels": [{"name": "ops"}]}, ["GET channels/"]),
        ({"projects": []}, ["GET projects/"]),
        ({"projects": [{"name": "shop"}]}, ["GET projects/"]),
        ({"projects": [{"name": "shop", "alerts": [], "dashboards": []}]}, ["GET projects/"]),
        (
            {"projects": [{"name": "shop", "alerts": [{"name": "Slow", "active": True}]}]},
            ["GET projects/", "GET projects/shop/alerts/"],
        ),
        (
            {"projects": [{"name": "shop", "dashboards": [{"slug": "latency", "state": "absent", "id": None}]}]},
            ["GET projects/", "GET projects/shop/dashboards/", "DELETE projects/shop/dashboards/latency/"],
        ),
    ],
)
def test_no_read_that_is_not_needed(made: WatchedRunner, description: Options, calls: list[str]) -> None:
    assert made.told(made.stack(description, concurrency=1)) == calls


def test_removal_in_reverse(made: WatchedRunner) -> None:
    description: Options = {
        "channels": [{"name": "ops", "state": "absent"}, {"id": made.id("night"), "state": "absent"}],
        "projects": [
            {
                "id": made.id("shop"),
                "name": "shop",
                "alerts": [{"name": "Errors", "state": "absent"}, {"id": made.id("Slow"), "state": "absent"}],
                "dashboards": [{"slug": "overview", "state": "absent"}, {"slug": "nothing", "state": "absent"}],
            },
            {"name": "web", "state": "absent"},
            {"name": "nothing", "state": "absent"},
        ],
    }
    check = made.stack(description, check=True, concurrency=1)
    real = made.stack(description, concurrency=1)
    assert made.told(check) == [*LISTS, *SHOP_LISTS]
    assert made.told(real) == [
        *LISTS,
        *SHOP_LISTS,
        *["DELETE projects/shop/alerts/Errors/", "DELETE projects/shop/alerts/Slow/"],
        *["DELETE projects/shop/dashboards/overview/", "DELETE projects/web/"],
        *["DELETE channels/ops/", "DELETE channels/night/"],
    ]
    assert real.result["diff"] == check.result["diff"]
    assert real.result["changes"] == check.result["changes"]
    again = made.ok("logfire_stack", channels=description["channels"][:1], projects=description["projects"][1:])
    assert not again.changed


#: Read before a channel is removed, to name those that use it.
ALL_ALERTS = ["GET projects/shop/alerts/", "GET projects/web/alerts/"]
PRUNED: list[tuple[list[str], Options, list[str], list[str]]] = [
    (
        ["alerts"],
        {"projects": [{"name": "shop", "alerts": [{"name": "Errors"}], "dashboards": []}, {"name": "web"}]},
        ["GET projects/", "GET projects/shop/alerts/"],
        ["DELETE projects/shop/alerts/Slow/"],
    ),
    (
        ["dashboards"],
        {"projects": [{"name": "shop", "alerts": [], "dashboards": [{"slug": "latency"}]}, {"name": "web"}]},
        ["GET projects/", "GET projects/shop/dashboards/", "GET projects/shop/dashboards/latency/"],
        ["DELETE projects/shop/dashboards/overview/"],
    ),
    (
        ["alerts", "dashboards", "alerts"],
        {"projects": [{"name": "web", "alerts": [], "dashboards": []}]},
        ["GET projects/", *WEB_LISTS],
        ["DELETE projects/web/alerts/Down/", "DELETE projects/web/dashboards/home/"],
    ),
    (
        ["channels"],
        {"channels": [{"name": "ops"}], "projects": [{"name": "web"}]},
        [*LISTS, *ALL_ALERTS],
        ["DELETE channels/night/"],
    ),
    (
        ["channels", "alerts", "dashboards"],
        {"channels": [], "projects": []},
        [*LISTS, *ALL_ALERTS],
        ["DELETE channels/night/", "DELETE channels/ops/"],
    ),
    (
        ["projects"],
        {"projects": [{"name": "shop", "alerts": []}]},
        ["GET projects/", *WEB_LISTS],
        ["DELETE projects/web/"],
    ),
    (
        ["projects", "channels"],
        {"channels": [OPS], "projects": []},
        [*LISTS, *SHOP_LISTS, *WEB_LISTS],
        ["DELETE projects/shop/", "DELETE projects/web/", "DELETE channels/night/"],
    ),
    ([], {"channels": [], "projects": [{"name": "shop", "alerts": [], "dashboards": []}]}, LISTS, []),
]


@pytest.mark.parametrize(("prune", "description", "reads", "deletions"), PRUNED)
def test_prune(
    made: WatchedRunner, prune: list[str], description: Options, reads: list[str], deletions: list[str]
) -> None:
    """Only what the option names, only where a list is given, no more than the limit; what a project holds counts."""
    before = made.emulator.store.snapshot()
    contents = {"DELETE projects/shop/": 4, "DELETE projects/web/": 2}
    limit = len(deletions) + sum(contents.get(deletion, 0) for deletion in deletions)
    description = {**description, "prune_projects_limit": 2}
    if limit:
        refused = made.fails("logfire_stack", **description, prune=prune, prune_limit=limit - 1)
        assert refused.result["msg"].startswith(
            f"prune_limit: {limit} objects would be deleted, but the limit is {limit - 1}"
        )
        assert not refused.writes
    check = made.stack(description, prune=prune, prune_limit=limit, check=True, concurrency=1)
    assert made.emulator.store.snapshot() == before
    real = made.stack(description, prune=prune, prune_limit=limit, concurrency=1)
    assert made.told(check) == reads
    assert made.told(real) == [*reads, *deletions]
    assert check.result["diff"] == real.result["diff"]
    assert real.result["summary"]["deleted"] == len(deletions)
    assert not made.stack(description, prune=prune, prune_limit=0).changed


@pytest.mark.parametrize("kind", ["channels", "projects"])
def test_prune_needs_a_list(made: WatchedRunner, kind: str) -> None:
    other = {"channels": "projects", "projects": "channels"}[kind]
    refused = made.fails("logfire_stack", prune=[kind], **{other: []})
    assert refused.result["msg"].startswith(f"prune: {kind} cannot be pruned when {kind} is not set")
    assert not refused.writes


@pytest.mark.parametrize("prune", [True, False])
def test_a_channel_that_is_used_and_removed(made: WatchedRunner, prune: bool) -> None:
    """By the same description: that can never come to rest."""
    channels = [OPS] if prune else [OPS, {"name": "night", "state": "absent"}]
    for check in (True, False):
        refused = made.fails(
            "logfire_stack", channels=channels, projects=[SHOP], prune=["channels"] * prune, check=check
        )
        place = "prune" if prune else "channels[1]"
        path = "projects[0].alerts[1]"
        message = f"alert 'Slow' of project 'shop' ({path}): channels: the channel 'night' will be removed ({place})"
        assert refused.result["msg"] == message
        assert not refused.writes


def test_new_names(made: WatchedRunner) -> None:
    """By id; what refers to a renamed channel says the new name."""
    description = {
        "channels": [{"id": made.id("ops"), "name": "operators"}],
        "projects": [
            {
                "id": made.id("shop"),
                "name": "store",
                "alerts": [
                    {"id": made.id("Errors"), "name": "Failures", "channels": ["operators"]},
                    {"name": "Slow", "channels": ["operators"]},
                ],
                "dashboards": [{"id": made.id("overview"), "name": "All of it"}],
            }
        ],
    }
    check = made.stack(description, check=True)
    real = made.stack(description, concurrency=1)
    assert [request.body for request in real.requests if request.method != "GET"][:3] == [
        {"label": "operators"},
        {"project_name": "store"},
        {"name": "Failures"},
    ]
    assert real.result["summary"]["updated"] == 5
    assert real.result["diff"] == check.result["diff"]
    assert real.result["changes"] == check.result["changes"]
    assert {change["project"] for change in real.result["changes"]} == {None, "store"}
    assert not made.stack(description).changed


@pytest.mark.parametrize("turned", [False, True])
def test_a_name_that_another_takes(made: WatchedRunner, turned: bool) -> None:
    """One gives its name up, another of that name is made: whichever is described first."""
    items = [{"id": made.id("ops"), "name": "old"}, {"name": "ops", "config": webhook("new")}]
    projects = [{"id": made.id("web"), "name": "web-old"}, {"name": "web", "alerts": [alert("New", "ops")]}]
    step = -1 if turned else 1
    description = {"channels": items[::step], "projects": projects[::step]}
    check = made.stack(description, check=True)
    real = made.stack(description, concurrency=16)
    assert check.result["diff"] == real.result["diff"]
    assert real.result["summary"] == {**dict.fromkeys(real.result["summary"], 0), "created": 3, "updated": 2}
    state = made.state()
    assert [item["label"] for item in state["channels"]] == ["night", "old", "ops"]
    assert [(item["project_name"], len(item["alerts"])) for item in state["projects"]] == [
        ("shop", 2),
        ("web", 1),
        ("web-old", 1),
    ]
    assert not made.stack(description).changed


def test_names_that_move_on(made: WatchedRunner) -> None:
    """From one to the next, in the order of the description."""
    names = ["ops", "night"]
    description = {"channels": [{"id": made.id("night"), "name": "third"}, {"id": made.id("ops"), "name": "night"}]}
    made.stack(description, concurrency=16)
    assert [item["label"] for item in made.state()["channels"]] == [names[1], "third"]


TWICE: list[tuple[str, Any, str]] = [
    (
        "channels",
        [{"name": "ops"}, {"name": "no"}, {"name": "ops"}],
        "channel 'ops' (channels[2]): name: duplicate channel name 'ops'; first used in channels[0]",
    ),
    (
        "channels",
        [{"name": "ops"}, {"id": "<ops>"}],
        "channel <ops> (channels[1]): is the same channel as channels[0]: <ops>",
    ),
    (
        "channels",
        [{"id": "<ops>"}, {"id": "<ops>"}],
        "channel <ops> (channels[1]): id: duplicate channel id '<ops>'; first used in channels[0]",
    ),
    (
        "projects",
        [{"name": "shop"}, {"id": "<shop>"}],
        "project <shop> (projects[1]): is the same project as projects[0]: <shop>",
    ),
    (
        "projects",
        [{"name": "shop"}, {"id": "<shop>", "state": "absent"}],
        "project <shop> (projects[1]): is the same project as projects[0]: <shop>",
    ),
    (
        "projects",
        [{"name": "web"}, {"name": "shop", "alerts": [{"name": "Slow"}, {"id": "<Slow>"}]}],
        "alert <Slow> of project 'shop' (projects[1].alerts[1]): is the same alert as projects[1].alerts[0]: <Slow>",
    ),
    (
        "projects",
        [{"name": "shop", "dashboards": [{"id": "<latency>"}, {"slug": "latency"}]}],
        "dashboard 'latency' of project 'shop' (projects[0].dashboards[1]): is the same dashboard as"
        " projects[0].dashboards[0]: <latency>",
    ),
]


@pytest.mark.parametrize(("option", "items", "message"), TWICE)
def test_described_twice(made: WatchedRunner, option: str, items: Any, message: str) -> None:
    """By name, by id or by both: an error that names both places."""

    def with_ids(value: Any) -> Any:
        if isinstance(value, list):
            return [with_ids(item) for item in value]
        if isinstance(value, dict):
            return {name: with_ids(member) for name, member in value.items()}
        for name in ("ops", "shop", "Slow", "latency"):
            value = value.replace(f"<{name}>", made.id(name))
        return value

    refused = made.fails("logfire_stack", **{option: with_ids(items)})
    assert refused.result["msg"] == with_ids(message)
    assert not refused.writes


def test_inside_of_an_absent_project(made: WatchedRunner) -> None:
    for kind, items in (("alerts", [alert("Errors")]), ("dashboards", [{"slug": "overview", "state": "absent"}])):
        refused = made.fails("logfire_stack", projects=[{"name": "shop", "state": "absent", kind: items}])
        assert (
            refused.result["msg"]
            == f"project 'shop' (projects[0]): {kind}: cannot be set in a project with state=absent"
        )
        assert refused.calls == []


def test_a_channel_that_is_not_there(made: WatchedRunner) -> None:
    """Is an error before anything is done; in check mode an earlier task may have been going to make it."""
    description = {"projects": [{"name": "new-one", "alerts": [alert("One"), alert("Two", "ops", "nobody")]}]}
    refused = made.fails("logfire_stack", **description)
    assert refused.result["msg"].startswith(
        "alert 'Two' of project 'new-one' (projects[0].alerts[1]): channels: there is no channel 'nobody'; existing"
        " channels:"
    )
    assert not refused.writes
    check = made.stack(description, check=True)
    assert check.result["summary"]["created"] == 3
    assert len(check.warnings) == 1
    assert "nobody" in check.warnings[0]


def test_two_of_one_name(made: WatchedRunner) -> None:
    """Are reported with both ids, and can be told apart by them."""
    snapshot = made.emulator.store.snapshot()
    pair = {**next(item for item in snapshot["channels"] if item["label"] == "ops")}
    pair |= {"id": "22222222-2222-4222-8222-222222222222", "created_at": "2099-01-01T00:00:00Z"}
    snapshot["channels"].append(pair)
    ids = [made.id("ops"), pair["id"]]
    made.emulator.store.load(snapshot)
    for description in ({"channels": [OPS]}, {"projects": [SHOP]}):
        refused = made.fails("logfire_stack", **description)
        assert "there are 2 channels 'ops'" in refused.result["msg"]
        assert all(object_id in refused.result["msg"] for object_id in ids)
        assert not refused.writes
    kept = {"id": ids[0], "name": "ops"}
    cleaned = made.stack({"channels": [kept, {"id": ids[1], "state": "absent"}]})
    assert cleaned.writes == [f"DELETE /api/v1/channels/{ids[1]}/"]
    assert not made.stack(EVERYTHING).changed
    assert [item["label"] for item in made.state()["channels"]] == ["night", "ops"]
