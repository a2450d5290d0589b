# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SLOs: decimals, windows, three alerts, what belongs to histograms."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

SLO = {
    "scope_kind": "service",
    "scope_value": "payments-api",
    "name": "payments",
    "total_query": "parent_span_id IS NULL",
    "bad_query": "otel_status_code = 'ERROR'",
    "target_percent": "99.9",
    "rolling_window_seconds": 2592000,
}
HISTOGRAM = {
    "metric_aggregation": "histogram_threshold",
    "source": "metrics",
    "threshold": "60000",
    "comparison": "less_than",
}
DIRECT = {name: value for name, value in SLO.items() if name != "bad_query"} | HISTOGRAM


@pytest.fixture
def channel(api: Api) -> str:
    """The id of a channel."""
    config = {"type": "email", "recipients": ["oncall@example.com"]}
    made: dict[str, str] = api.ok("POST", "channels/", {"label": "ops", "config": config})
    return made["id"]


def test_creation(api: Api, project: str, channel: str) -> None:
    """Decimals have four places, the window is a duration, and there are three alerts among those of the project."""
    assignment = {"channel_id": channel}
    made = api.ok("POST", f"{project}slos/", {**SLO, "alerts": {"fast": {"channel_assignments": [assignment]}}})
    assert (made["target_percent"], made["rolling_window"], made["predicate_version"]) == ("99.9000", "P30D", 1)
    assert (made["source"], made["metric_aggregation"]) == ("records", "additive")
    assert {made[name] for name in ("description", "threshold", "comparison", "updated_at")} == {None}
    assert made["alerts"]["fast"]["channel_assignments"] == [{**assignment, "schedule_id": None}]
    assert [made["alerts"][tier]["severity"] for tier in ("fast", "medium", "slow")] == ["page", "page", "ticket"]
    assert api.ok("GET", f"{project}slos/") == [api.ok("GET", f"{project}slos/{made['id']}/")] == [made]
    alerts = api.ok("GET", f"{project}alerts/")
    assert {alert["id"] for alert in alerts} == {tier["alert_id"] for tier in made["alerts"].values()}
    assert {alert["slo_id"] for alert in alerts} == {made["id"]}


def test_changes(api: Api, project: str, channel: str) -> None:
    """What is left out stays; what shapes the SLO raises its version, even when it is the same."""
    made = api.ok("POST", f"{project}slos/", {**SLO, "environments": ["prod"], "description": "Money"})
    path = f"{project}slos/{made['id']}/"
    changed = api.ok("PATCH", path, {"rolling_window_seconds": 5400, "environments": [], "description": ""})
    assert (changed["rolling_window"], changed["environments"], changed["description"]) == ("PT1H30M", [], None)
    assert changed["predicate_version"] == 1
    assert api.ok("PATCH", path, {"total_query": SLO["total_query"]})["predicate_version"] == 2
    assert api.ok("PATCH", path, {"scope_value": "other"})["scope_value"] == "payments-api"
    given = {"slow": {"channel_assignments": [{"channel_id": channel}]}}
    assert len(api.ok("PATCH", path, {"alerts": given})["alerts"]["slow"]["channel_assignments"]) == 1
    alert = changed["alerts"]["slow"]["alert_id"]
    api.ok("PUT", f"{project}alerts/{alert}/", {"channel_assignments": []})
    assert api.ok("GET", path)["alerts"]["slow"]["channel_assignments"] == []


def test_a_tier_without_an_alert_gets_one_with_the_next_change(api: Api, project: str) -> None:
    """As SLOs from before every tier had one."""
    made = api.ok("POST", f"{project}slos/", SLO)
    path = f"{project}slos/{made['id']}/"
    api.ok("DELETE", f"{project}alerts/{made['alerts']['slow']['alert_id']}/")
    assert api.ok("GET", path)["alerts"]["slow"]["alert_id"] is None
    changed = api.ok("PATCH", path, {"description": "Money"})
    assert changed["alerts"]["slow"]["alert_id"] not in (None, made["alerts"]["slow"]["alert_id"])


def test_histograms(api: Api, project: str) -> None:
    """Have a threshold in place of a bad query; null clears it."""
    made = api.ok("POST", f"{project}slos/", DIRECT)
    assert (made["threshold"], made["bad_query"]) == ("60000.0000", "")
    path = f"{project}slos/{made['id']}/"
    back = {"metric_aggregation": "additive", "bad_query": "is_exception"}
    assert api.call("PATCH", path, back).status_code == 422
    left = api.ok("PATCH", path, {**back, "threshold": None, "comparison": None})
    assert (left["threshold"], left["comparison"]) == (None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"target_percent": "100"},
        {"target_percent": "0"},
        {"target_percent": 99.9},
        {"rolling_window_seconds": 60},
        {"bad_query": ""},
        {"threshold": "1"},
        {"alerts": {"never": {}}},
        {"metric_aggregation": "histogram_threshold"},
        {**HISTOGRAM},
    ],
)
def test_what_is_refused(api: Api, project: str, change: dict[str, Any]) -> None:
    """And makes nothing."""
    assert api.call("POST", f"{project}slos/", {**SLO, **change}).status_code == 422
    assert api.ok("GET", f"{project}slos/") == api.ok("GET", f"{project}alerts/") == []


@pytest.mark.parametrize("status", [400, 409, 422])
def test_names_are_unique(api: Api, emulator: "RunningEmulator", project: str, status: int) -> None:
    """The status is a setting."""
    emulator.settings.patch({"duplicate_slo_status": status})
    api.ok("POST", f"{project}slos/", SLO)
    assert api.call("POST", f"{project}slos/", SLO).status_code == status


@pytest.mark.parametrize("status", [402, 403, 422])
def test_plans(api: Api, emulator: "RunningEmulator", project: str, status: int) -> None:
    """Some have no SLOs."""
    emulator.settings.patch({"slo_limit_status": status})
    assert api.call("POST", f"{project}slos/", SLO).status_code == status


@pytest.mark.parametrize("keeps", [False, True])
def test_deletion(api: Api, emulator: "RunningEmulator", project: str, keeps: bool) -> None:
    """Takes the alerts along, or not."""
    emulator.settings.patch({"slo_deletion_keeps_alerts": keeps})
    path = f"{project}slos/{api.ok('POST', f'{project}slos/', SLO)['id']}/"
    assert api.call("DELETE", path).status_code == 204
    assert len(api.ok("GET", f"{project}alerts/")) == (3 if keeps else 0)
    assert api.call("GET", path).json() == {"detail": "SLO not found"}


def test_older_releases(api: Api, emulator: "RunningEmulator", project: str, channel: str) -> None:
    """Ignore tiers in writes, or know none."""
    given = {"alerts": {"fast": {"channel_assignments": [{"channel_id": channel}]}}}
    emulator.settings.patch({"slo_alerts": "read_only"})
    assert api.ok("POST", f"{project}slos/", {**SLO, **given})["alerts"]["fast"]["channel_assignments"] == []
    emulator.settings.patch({"slo_alerts": "absent", "slo_tier_alerts": "hidden"})
    assert "alerts" not in api.ok("GET", f"{project}slos/")[0]
    assert api.ok("GET", f"{project}alerts/") == []


def test_seeds(api: Api, emulator: "RunningEmulator") -> None:
    """A name is enough, and what is shown can be seeded again."""
    emulator.store.load({"projects": [{"project_name": "shop", "slos": ["payments"]}]})
    state = emulator.store.snapshot()
    emulator.store.load(state)
    assert emulator.store.snapshot() == state
    [project] = emulator.store.state.projects
    [slo] = api.ok("GET", f"projects/{project}/slos/")
    assert len(api.ok("GET", f"projects/{project}/alerts/")) == 3
    assert all(tier["alert_id"] for tier in slo["alerts"].values())
