# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What service level objectives have of their own: two ways of counting, and three alerts with channels."""

from typing import TYPE_CHECKING, Any

import pytest
from cases import OPS_ID, SCHEDULE_ID

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

NAMES = {"project": "shop", "name": "Checkout"}
NEW = {
    "scope_value": "checkout",
    "total_query": "true",
    "bad_query": "is_exception",
    "target_percent": "99.9",
    "rolling_window": "30d",
}
HISTOGRAM = {
    "source": "metrics",
    "metric_aggregation": "histogram_threshold",
    "threshold": "60000",
    "comparison": "less_than",
}
READINGS = [
    {},
    {"slo_cleared_description": "empty"},
    {"list_order": "reversed"},
    {"duration_form": "hours"},
]


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_a_life(reading: dict[str, Any], run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.patch(reading)
    new = {**NAMES, **NEW, "alerts": {"fast": {"channels": ["ops", "night"]}}}
    check, done, again = (run.ok("logfire_slo", check=c, **new) for c in (True, False, False))
    assert (check.changed, done.changed, again.changed) == (True, True, False)
    assert check.result["diff"] == done.result["diff"]
    assert {channel["name"] for channel in done.result["slo"]["alerts"]["fast"]["channels"]} == {"night", "ops"}
    same = run.ok("logfire_slo", **NAMES, target_percent="99.9000", rolling_window="P30D")
    assert not same.changed
    cleared = run.ok("logfire_slo", **NAMES, alerts={"fast": {"channels": []}})
    assert [request.body for request in cleared.requests if request.method == "PATCH"] == [
        {"alerts": {"fast": {"channel_assignments": []}}}
    ]
    assert run.ok("logfire_slo", **NAMES, state="absent").changed


def test_to_a_histogram_and_back(run: "Runner") -> None:
    run.ok("logfire_slo", **NAMES, **NEW)
    for options in (HISTOGRAM, {"metric_aggregation": "additive", "bad_query": "false"}):
        check, done, again = (run.ok("logfire_slo", check=c, **NAMES, **options) for c in (True, False, False))
        assert (check.changed, done.changed, again.changed) == (True, True, False)
        assert check.result["slo"] | {"updated_at": 0, "updated_by_name": 0} == done.result["slo"] | {
            "updated_at": 0,
            "updated_by_name": 0,
        }


@pytest.mark.parametrize("reading", ["read_only", "absent"])
def test_channels_that_the_service_ignores(reading: str, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.patch({"slo_alerts": reading})
    failed = run.fails("logfire_slo", **NAMES, **NEW, alerts={"slow": {"channels": ["ops"]}})
    assert failed.result["changed"]
    assert "needs release v2026-09-23.01" in failed.result["msg"]


@pytest.mark.parametrize("status", [402, 403, 422])
def test_a_plan_without_slos(status: int, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.patch({"slo_limit_status": status})
    failed = run.fails("logfire_slo", **NAMES, **NEW)
    assert "Could not create SLO 'Checkout' of project 'shop'" in failed.result["msg"]
    assert "Your plan has no SLOs" in failed.result["msg"]
    assert not failed.result["changed"]


def test_all_that_a_new_one_needs_is_told_at_once(run: "Runner") -> None:
    message = run.fails("logfire_slo", **NAMES).result["msg"]
    required = "scope_value: required to create an SLO; also required: total_query, target_percent, rolling_window"
    assert message == f"2 problems: (1) bad_query: required for metric_aggregation=additive (2) {required}"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"scope_value": "web"}, "scope_value: the SLO "),
        ({"target_percent": "100"}, "target_percent: "),
        ({"target_percent": "0"}, "target_percent: "),
        ({"rolling_window": "59m"}, "rolling_window: "),
        ({"bad_query": ""}, "bad_query: "),
        ({"threshold": "1"}, "threshold: "),
        ({"metric_aggregation": "histogram_threshold"}, "3 problems: (1) source: "),
        ({"alerts": {"slow": {"channels": ["nobody"]}}}, "alerts.slow.channels: "),
    ],
)
def test_bad_input(options: dict[str, Any], problem: str, run: "Runner") -> None:
    run.ok("logfire_slo", **NAMES, **NEW)
    failed = run.fails("logfire_slo", **NAMES, **options)
    assert failed.result["msg"].startswith(problem)
    assert failed.writes == []


def test_what_is_missing_is_named(run: "Runner") -> None:
    missing = run.fails("logfire_slo", **NAMES, bad_query="is_exception")
    assert missing.result["msg"].startswith("scope_value: required to create an SLO; also required: total_query")
    nobody = run.fails("logfire_slo", project="shop", id=OPS_ID, target_percent="99")
    assert nobody.result["msg"] == f"id: there is no SLO '{OPS_ID}'; none exist yet"


def stack(**options: Any) -> list[dict[str, Any]]:
    """The project shop with an SLO."""
    return [{"name": "shop", "slos": [{"name": "Checkout", **NEW, **options}]}]


def test_a_stack_describes_prunes_and_exports_slos(run: "Runner") -> None:
    tiers = {
        "fast": {"channels": ["night", "ops"]},
        "slow": {"channel_assignments": [{"channel": "ops", "schedule_id": SCHEDULE_ID}]},
    }
    projects = stack(description="Customers can pay", environments=["prod"], alerts=tiers)
    check, done = (run.ok("logfire_stack", check=mode, projects=projects) for mode in (True, False))
    assert check.result["diff"] == done.result["diff"]
    assert done.result["diff"][0]["before_header"] == "SLO Checkout of project shop"
    (change,) = done.result["changes"]
    assert (change["kind"], change["action"]) == ("slo", "create")
    assert not run.ok("logfire_stack", projects=projects).changed

    plain = run.ok("logfire_stack_info")
    assert not any("/slos/" in call for call in plain.calls)
    assert "slos" not in plain.result["stack"]["projects"][0]
    described = run.ok("logfire_stack_info", slos=True).result["stack"]["projects"]
    (slo,) = described[0]["slos"]
    by_name = {"channel_assignments": [{"channel": "ops", "schedule": "Office hours"}]}
    assert slo["alerts"] == {**tiers, "slow": by_name, "medium": {"channels": []}}
    assert {name: slo[name] for name in NEW} == NEW
    assert not run.ok("logfire_stack", projects=described, prune=["slos", "alerts"], unset="default").changed

    described[0]["slos"] = []
    gone = run.ok("logfire_stack", projects=described, prune=["slos", "alerts"])
    assert [(change["kind"], change["action"]) for change in gone.result["changes"]] == [("slo", "delete")]
    assert run.ok("logfire_alert_info", project="shop").result["alerts"] == []


def test_alerts_of_an_slo_are_the_slos_own(run: "Runner") -> None:
    """They are not pruned, not renamed and not exported."""
    run.ok("logfire_slo", **NAMES, **NEW, alerts={"fast": {"channels": ["ops"]}})
    own = run.ok("logfire_alert_info", project="shop").result["alerts"]
    assert {alert["slo_id"] is None for alert in own} == {False}
    (exported,) = run.ok("logfire_stack_info").result["stack"]["projects"]
    assert exported["alerts"] == []
    assert not run.ok("logfire_stack", projects=[exported], prune=["alerts"]).changed
    renamed = run.fails("logfire_alert", project="shop", id=own[0]["id"], name="renamed")
    assert f"the alert belongs to the SLO {own[0]['slo_id']}" in renamed.result["msg"]
    assert renamed.writes == []


def test_a_project_that_is_pruned_with_an_slo(run: "Runner") -> None:
    """The alerts of the SLO are among what goes with it, and count; whether there are SLOs is not asked."""
    run.ok("logfire_project", name="web")
    run.ok("logfire_slo", **{**NAMES, "project": "web"}, **NEW)
    options: dict[str, Any] = {"projects": [{"name": "shop"}], "prune": ["projects"], "prune_projects_limit": 1}
    refused = run.fails("logfire_stack", **options, prune_limit=3)
    assert "prune_limit: 4 objects would be deleted, but the limit is 3" in refused.result["msg"]
    gone = run.ok("logfire_stack", **options)
    assert not any("/slos/" in call for call in gone.calls)
    assert len(gone.result["diff"][0]["before"]["alerts"]) == 3
    assert [project["name"] for project in run.ok("logfire_project_info").result["projects"]] == ["shop"]


def test_a_channel_that_an_slo_uses(run: "Runner") -> None:
    used = {"slow": {"channels": ["ops"]}}
    run.ok("logfire_stack", projects=stack(alerts=used))
    (warning,) = run.ok("logfire_channel", check=True, name="ops", state="absent").warnings
    assert "The channel 'ops' is removed from: alert 'Checkout (slow)' of project 'shop'" in warning
    both = {"channels": [{"name": "ops", "state": "absent"}], "projects": stack(alerts=used)}
    assert (
        run.fails("logfire_stack", **both)
        .result["msg"]
        .startswith("SLO 'Checkout' of project 'shop' (projects[0].slos[0]): alerts: ")
    )


@pytest.mark.parametrize("reading", ["read_only", "absent"])
def test_a_stack_whose_channels_the_service_ignores(reading: str, run: "Runner", emulator: "RunningEmulator") -> None:
    """It is saved, and that is an error: both are said of it."""
    emulator.settings.patch({"slo_alerts": reading})
    for action, options in (("create", {}), ("update", {"target_percent": "99"})):
        failed = run.fails("logfire_stack", projects=stack(alerts={"slow": {"channels": ["ops"]}}, **options))
        assert failed.result["changed"]
        assert "needs release v2026-09-23.01" in failed.result["msg"]
        (change,), (failure,) = failed.result["changes"], failed.result["failures"]
        assert (change["kind"], change["action"], failure["kind"]) == ("slo", action, "slo")
        assert change["id"] == failure["id"] == run.ok("logfire_slo_info", project="shop").result["slos"][0]["id"]
        assert failed.result["messages"] == [f"{action}d SLO 'Checkout' of project 'shop' in part; see the failure"]
        assert failed.result["summary"]["failed"] == 1
        assert failed.result["summary"][f"{action}d"] == 0
    assert run.ok("logfire_slo_info", project="shop").result["slos"][0]["target_percent"] == "99"


@pytest.mark.parametrize("status", [404, 403, 402])
def test_a_service_without_slos_is_exported_without_them(
    status: int, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.faults.add(action="status", method="GET", path="/slos/$", status=status, count=None, body={"detail": "no"})
    exported = run.ok("logfire_stack_info", slos=True)
    (warning,) = exported.warnings
    assert f"The SLOs are left out: the service answered {status}" in warning
    assert "slos" not in exported.result["stack"]["projects"][0]
