# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts that belong to something else, values of a release to come, and what a description leaves out."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from watched import WatchedRunner

Options = dict[str, Any]

SLO = "99999999-9999-4999-8999-999999999999"
ALERT = {"name": "Errors", "query": "SELECT 1", "time_window": "5m", "frequency": "1m"}
STORED = {"name": "Errors", "query": "SELECT 1"}
OWNERS = [
    ({"slo_id": SLO, "slo_tier": 1}, f"the SLO {SLO}"),
    ({"integration_id": "pagerduty"}, "the integration pagerduty"),
]


def load(run: "WatchedRunner", **owned: Any) -> str:
    """A project with an alert of somebody, one that has an owner, and the channel ops; the id of the owned one."""
    burns = {"name": "Burns", "query": "SELECT 2", "channels": ["ops"], **owned}
    run.emulator.store.load(
        {"channels": ["ops", "night"], "projects": [{"project_name": "shop", "alerts": [STORED, burns]}]}
    )
    alerts = run.emulator.store.snapshot()["projects"][0]["alerts"]
    return next(alert["id"] for alert in alerts if alert["name"] == "Burns")


@pytest.mark.parametrize(("owned", "_words"), OWNERS)
def test_alerts_that_belong_to_something_are_neither_pruned_nor_exported(
    owned: Options, _words: str, run: "WatchedRunner"
) -> None:
    load(run, **owned)
    described = run.ok("logfire_stack_info").result["stack"]["projects"][0]["alerts"]
    assert [alert["name"] for alert in described] == ["Errors"]
    done = run.ok("logfire_stack", projects=[{"name": "shop", "alerts": described}], prune=["alerts"])
    assert not done.changed
    emptied = run.ok("logfire_stack", projects=[{"name": "shop", "alerts": []}], prune=["alerts"])
    assert [change["name"] for change in emptied.result["changes"]] == ["Errors"]


@pytest.mark.parametrize(("owned", "_words"), OWNERS)
def test_a_name_means_somebodys_own_alert_before_one_that_belongs_to_something(
    owned: Options, _words: str, run: "WatchedRunner"
) -> None:
    """Whichever is older: it is found, described by its name, and not pruned in place of the other."""
    load(run, **owned)
    state = run.emulator.store.snapshot()
    (own,) = [alert for alert in state["projects"][0]["alerts"] if alert["name"] == "Errors"]
    own.update(name="Burns", created_at="2030-01-01T00:00:00Z")
    run.emulator.store.load(state)
    info = run.ok("logfire_stack_info")
    (described,) = info.result["stack"]["projects"][0]["alerts"]
    assert info.warnings == []
    assert (described["name"], described["query"], "id" in described) == ("Burns", "SELECT 1", False)
    assert not run.ok("logfire_stack", projects=[{"name": "shop", "alerts": [described]}], prune=["alerts"]).changed
    changed = run.ok("logfire_alert", project="shop", name="Burns", query="SELECT 3")
    assert changed.result["alert"]["id"] == own["id"]
    emptied = run.ok("logfire_stack", projects=[{"name": "shop", "alerts": []}], prune=["alerts"])
    assert [change["id"] for change in emptied.result["changes"]] == [own["id"]]


@pytest.mark.parametrize(("owned", "words"), OWNERS)
@pytest.mark.parametrize("option", ["query", "time_window", "name"])
@pytest.mark.parametrize("check", [True, False])
def test_what_belongs_to_an_owner_is_not_changed(
    option: str, owned: Options, words: str, check: bool, run: "WatchedRunner"
) -> None:
    object_id = load(run, **owned)
    change = {option: {"query": "SELECT 3", "time_window": "1h", "name": "Other"}[option]}
    names: Options = {"id": object_id} if option == "name" else {"name": "Burns"}
    single = run.fails("logfire_alert", check=check, project="shop", **names, **change)
    stack = run.fails("logfire_stack", check=check, projects=[{"name": "shop", "alerts": [{**names, **change}]}])
    for failed in (single, stack):
        assert f"{option}: cannot be changed here: the alert belongs to {words}" in failed.result["msg"]
        assert failed.writes == []


def test_the_channels_of_an_owned_alert_can_be_changed(run: "WatchedRunner") -> None:
    load(run, **OWNERS[0][0])
    options: Options = {"project": "shop", "name": "Burns", "query": "SELECT 2", "channels": ["night"]}
    changed = run.ok("logfire_alert", **options)
    assert changed.changed
    assert changed.result["alert"]["slo_id"] == SLO
    assert not run.ok("logfire_alert", **options).changed


def test_values_of_a_release_to_come_are_left_out_of_an_export(run: "WatchedRunner") -> None:
    """With a warning each; the rest can be applied, here and elsewhere, and nothing changes here."""
    run.emulator.store.load(
        {
            "channels": [
                {
                    "label": "hook",
                    "config": {"type": "webhook", "format": "tomorrow", "url": "https://hooks.example.com/abc"},
                },
                {"label": "pager", "config": {"type": "pagerduty", "routing_key": "a" * 32, "region": "mars"}},
            ],
            "projects": [
                {"project_name": "shop", "visibility": "tomorrow", "alerts": [{**STORED, "notify_when": "tomorrow"}]},
            ],
        }
    )
    snapshot = run.emulator.store.snapshot()
    info = run.ok("logfire_stack_info")
    stack = info.result["stack"]
    assert [channel["config"] for channel in stack["channels"]] == [{"type": "webhook"}, {"type": "pagerduty"}]
    assert "visibility" not in stack["projects"][0]
    assert "notify_when" not in stack["projects"][0]["alerts"][0]
    for name in ("config.format", "config.region", "visibility", "notify_when"):
        assert any(f"has a value for {name} that this version does not support" in warning for warning in info.warnings)
    assert not run.ok("logfire_stack", **stack).changed
    assert run.emulator.store.snapshot() == snapshot
    run.emulator.store.load({})
    for channel, secret in zip(
        stack["channels"], ({"url": "https://x.example/abc"}, {"routing_key": "a" * 32}), strict=True
    ):
        channel["config"].update(secret)
    assert run.ok("logfire_stack", **stack).result["summary"]["created"] == 4


def test_what_is_left_out_goes_back_to_its_default(run: "WatchedRunner") -> None:
    """As after a revert of the commit that added it; nothing that is needed is asked for."""
    whole = {
        "channels": [
            {
                "name": "genie",
                "active": False,
                "config": {
                    "type": "opsgenie",
                    "auth_key": "GenieKey secret-key-12345",
                    "base_url": "https://x.example",
                },
            }
        ],
        "projects": [
            {
                "name": "shop",
                "description": "It",
                "visibility": "private",
                "alerts": [
                    {
                        **ALERT,
                        "description": "Look",
                        "environments": ["prod"],
                        "channel_assignments": [{"channel": "genie", "schedule_id": SLO}],
                        "watermark": "1m",
                        "notify_when": "matches_changed",
                        "active": False,
                    }
                ],
            }
        ],
    }
    bare: Options = {
        "channels": [{"name": "genie", "config": {"type": "opsgenie", "auth_key": "GenieKey secret-key-12345"}}],
        "projects": [{"name": "shop", "alerts": [{"name": "Errors"}]}],
    }
    assert run.ok("logfire_stack", **whole).result["summary"]["created"] == 3
    assert not run.ok("logfire_stack", **bare).changed
    assert not run.ok("logfire_stack", **bare, unset="keep").changed
    check, real = (run.ok("logfire_stack", check=check, **bare, unset="default") for check in (True, False))
    assert check.result["diff"] == real.result["diff"]
    assert real.result["summary"]["updated"] == 3
    assert not run.ok("logfire_stack", **bare, unset="default").changed
    channel, project = run.emulator.store.snapshot()["channels"][0], run.emulator.store.snapshot()["projects"][0]
    assert (channel["active"], channel["config"].get("base_url")) == (True, None)
    assert (project["description"], project["visibility"]) == (None, "public")
    alert = project["alerts"][0]
    assert (alert["environments"], alert["channel_assignments"], alert["active"]) == ([], [], True)
    assert (alert["description"], alert["notify_when"]) == ("", "has_matches")


def test_a_channel_without_a_schedule_keeps_none_with_defaults(run: "WatchedRunner") -> None:
    run.emulator.store.load({"channels": ["ops"], "projects": ["shop"]})
    assignment = {"channel": "ops", "schedule_id": SLO}
    run.ok("logfire_stack", projects=[{"name": "shop", "alerts": [{**ALERT, "channel_assignments": [assignment]}]}])
    bare = [{"name": "shop", "alerts": [{**ALERT, "channels": ["ops"]}]}]
    assert not run.ok("logfire_stack", projects=bare).changed
    assert run.ok("logfire_stack", projects=bare, unset="default").changed
    assert not run.ok("logfire_stack", projects=bare, unset="default").changed


PLACE = "alert 'Errors' of project 'shop' (projects[0].alerts[0]): "


def test_a_misspelt_channel_is_an_error_in_check_mode_where_channels_are_described(run: "WatchedRunner") -> None:
    run.emulator.store.load({"channels": ["ops"], "projects": ["shop"]})
    projects = [{"name": "shop", "alerts": [{**ALERT, "channels": ["opps"]}]}]
    described = [{"name": "ops"}, {"name": "new", "config": {"type": "email", "recipients": ["a@b.example"]}}]
    for check in (True, False):
        failed = run.fails("logfire_stack", check=check, channels=described, projects=projects)
        assert failed.result["msg"].startswith(PLACE + "channels: there is no channel 'opps'")
        assert failed.writes == []
    tolerated = run.ok("logfire_stack", check=True, projects=projects)
    assert any("'opps'" in warning for warning in tolerated.warnings)
    strict = run.fails("logfire_stack", check=True, projects=projects, strict=True)
    assert strict.result["msg"].startswith(PLACE + "channels: there is no channel 'opps'")
    projects[0]["alerts"] = [{**ALERT, "channels": ["new", "ops", "planned-channel:registered"]}]
    assert run.ok("logfire_stack", check=True, channels=described, projects=projects, strict=True).changed


def test_strict_check_mode_of_single_modules(run: "WatchedRunner") -> None:
    run.emulator.store.load({"channels": ["ops"], "projects": ["shop"]})
    board = {"slug": "a", "name": "A", "definition": {"kind": "Dashboard", "spec": {"layouts": []}}}
    for module, options in (
        ("logfire_alert", {"project": "shopp", **ALERT}),
        ("logfire_alert", {"project": "shop", **ALERT, "channels": ["opps"]}),
        ("logfire_dashboard", {"project": "shopp", **board}),
        ("logfire_token", {"project": "shopp"}),
    ):
        assert run.ok(module, check=True, **options).warnings != []
        real = run.fails(module, **options)
        assert run.fails(module, check=True, strict=True, **options).result["msg"] == real.result["msg"]
    assert run.ok("logfire_alert", check=True, strict=True, project="planned-project:web", **ALERT).warnings == []


@pytest.mark.parametrize("check", [True, False])
def test_alerts_from_which_a_channel_is_removed_are_named(check: bool, run: "WatchedRunner") -> None:
    """By its own module and by a stack, described or not; in a project that nobody describes too."""
    users = [{**STORED, "name": f"A{number:02}", "channels": ["ops"]} for number in range(12)]
    seed = {"channels": ["ops", "free"], "projects": [{"project_name": "shop", "alerts": users}, "web"]}
    gone = {"name": "ops", "state": "absent"}
    for module, options in (
        ("logfire_channel", gone),
        ("logfire_stack", {"channels": [gone]}),
        ("logfire_stack", {"channels": [{"name": "free"}], "prune": ["channels"]}),
    ):
        run.emulator.store.load(seed)
        (warning,) = run.ok(module, check=check, **options).warnings
        assert "The channel 'ops' is removed from: alert 'A" in warning
        assert warning.count("of project 'shop'") == 10
        assert "and 2 more." in warning
        run.emulator.store.load(seed)
        assert run.ok("logfire_channel", check=check, name="free", state="absent").warnings == []


def test_alerts_that_cannot_be_read_do_not_stop_the_removal_of_a_channel(run: "WatchedRunner") -> None:
    run.emulator.store.load({"channels": ["ops"], "projects": [{"project_name": "shop", "alerts": [STORED]}]})
    for path in ("/projects/$", "/alerts/$"):
        run.emulator.faults.clear()
        run.emulator.faults.add(action="status", status=403, path=path, body={"detail": "no"}, count=None)
        (warning,) = run.ok("logfire_channel", check=True, name="ops", state="absent").warnings
        assert "Could not check whether anything uses the channel 'ops': the service answered 403" in warning
