# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports in a task: what is asked, in how many requests, what comes back, and what can be wrong."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

if TYPE_CHECKING:
    from harness import Run, Runner

SERVICE = "logfire_pagerduty_service_info"
FIND = {"service_id": "PABC123", "account_subdomain": "acme"}
PAGER = {"pagerduty_service_id": "PABC123", "account_subdomain": "acme"}
PAGER_ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"
USAGE = "logfire_usage_info"
AUDIT = "logfire_audit_log_info"
ADA = {"user_name": "ada", "resource_type": "projects", "ip_address": "127.0.0.1"}
END = datetime(2026, 7, 1, tzinfo=UTC)
HALF_YEAR = {"start_time": "2026-01-01T00:00:00Z", "end_time": "2026-07-01T00:00:00Z"}


def queries(done: "Run") -> list[dict[str, str]]:
    """The parameters of each request."""
    return [{name: value for name, (value,) in parse_qs(request.query).items()} for request in done.requests]


def log(run: "Runner", *moments: datetime, **more: Any) -> None:
    """Entries of these moments."""
    entries = [{"action": "INSERT", "created_at": each.isoformat(), **ADA, **more} for each in moments]
    run.emulator.store.load({"audit_logs": entries})


@pytest.mark.parametrize("check", [True, False])
def test_entries_come_newest_first(run: "Runner", check: bool) -> None:
    log(run, *(datetime.now(UTC) - timedelta(minutes=minutes) for minutes in (2, 1, 50, 100)))
    done = run.ok(AUDIT, check=check, start_time="1h")
    moments = [entry["created_at"] for entry in done.result["entries"]]
    assert len(moments) == 3
    assert moments == sorted(moments, reverse=True)
    assert {**done.result["entries"][0], **ADA} == done.result["entries"][0]
    assert done.result["entries"][0]["organization_name"] == "acme"
    assert (done.changed, done.calls, done.warnings) == (False, ["GET /api/v1/audit-logs/"], [])
    [query] = queries(done)
    assert query.keys() == {"start_time"}


@pytest.mark.parametrize("order", ["shuffled", "reversed", "insertion"])
def test_a_long_range_loses_nothing_and_repeats_nothing(run: "Runner", order: str) -> None:
    """An entry of each day, on the very seams of the requests too."""
    run.emulator.settings.patch({"list_order": order})
    log(run, *(END - timedelta(days=days) for days in range(200)))
    done = run.ok(AUDIT, **HALF_YEAR)
    moments = [entry["created_at"][:10] for entry in done.result["entries"]]
    assert moments == [f"{END - timedelta(days=days):%Y-%m-%d}" for days in range(1, 182)]
    assert [query["end_time"] for query in queries(done)] == [
        "2026-07-01T00:00:00Z",
        "2026-04-03T00:00:00Z",
        "2026-01-04T00:00:00Z",
    ]
    assert queries(done)[-1]["start_time"] == "2026-01-01T00:00:00Z"


def test_no_more_is_read_than_is_wanted(run: "Runner") -> None:
    log(run, *(END - timedelta(days=days) for days in range(200)))
    done = run.ok(AUDIT, limit=2, **HALF_YEAR)
    assert [entry["created_at"][:10] for entry in done.result["entries"]] == ["2026-06-30", "2026-06-29"]
    assert len(done.requests) == 1
    assert len(run.ok(AUDIT, limit=100, **HALF_YEAR).result["entries"]) == 100


def test_an_open_end_is_that_of_the_service(run: "Runner") -> None:
    """Whose clock may be ahead."""
    run.emulator.settings.patch({"clock_offset": 60.0})
    log(run, datetime.now(UTC) + timedelta(seconds=30))
    done = run.ok(AUDIT, start_time="90d")
    assert len(done.result["entries"]) == 1
    assert len(done.requests) == 2
    assert "end_time" not in queries(done)[0]


def test_actions(run: "Runner") -> None:
    """Unknown ones too: the service decides."""
    entries = [{"action": action} for action in ("DELETE", "INSERT", "OF_A_RELEASE_TO_COME")]
    run.emulator.store.load({"audit_logs": entries})
    assert len(run.ok(AUDIT, start_time="1h").result["entries"]) == 3
    [entry] = run.ok(AUDIT, start_time="1h", action="DELETE").result["entries"]
    assert entry["action"] == "DELETE"
    assert entry["user_name"] is None
    assert run.fails(AUDIT, start_time="1h", action="OTHER").result["failure"]["status"] == 422


def use(run: "Runner", *days: date) -> None:
    """Usage of these days, of two projects."""
    each = [{"date": day.isoformat(), "records_count": 2, "metrics_count": 1} for day in days]
    run.emulator.store.load({"projects": [{"project_name": name, "usage": each} for name in ("shop", "web")]})


#: All that is open about usage.
READINGS = [
    {"usage_end_included": included, "usage_month_date": month, "usage_empty_days": empty}
    for included in (True, False)
    for month in ("first", "last")
    for empty in (True, False)
]


@pytest.mark.parametrize("reading", READINGS)
def test_usage_by_day(run: "Runner", reading: dict[str, Any]) -> None:
    """From the first day to the last, in three requests whose ends meet."""
    run.emulator.settings.patch(reading)
    use(run, *(date(2026, 7, 31) - timedelta(days=days) for days in range(250)))
    done = run.ok(USAGE, start="2026-01-01", end="2026-06-30")
    days = [row["date"] for row in done.result["usage"]]
    assert days == [f"{date(2026, 1, 1) + timedelta(days=days)}" for days in range(181)]
    assert {row["total_observations"] for row in done.result["usage"]} == {6}
    assert [(query["start_date"], query["end_date"]) for query in queries(done)] == [
        ("2026-04-04", "2026-07-01"),
        ("2026-01-06", "2026-04-04"),
        ("2026-01-01", "2026-01-06"),
    ]
    assert not done.changed


@pytest.mark.parametrize("reading", READINGS)
def test_usage_by_month(run: "Runner", reading: dict[str, Any]) -> None:
    """The months of the first and the last day, whole, in one request."""
    run.emulator.settings.patch(reading)
    use(run, *(date(2026, 7, 31) - timedelta(days=days) for days in range(250)))
    done = run.ok(USAGE, period="monthly", start="2026-01-15", end="2026-06-03", project="shop")
    months = [(row["date"][:7], row["records_count"], row["metrics_count"]) for row in done.result["usage"]]
    lengths = (31, 28, 31, 30, 31, 30)
    assert months == [(f"2026-0{month}", 2 * days, days) for month, days in enumerate(lengths, 1)]
    assert len(done.requests) == 2


def test_usage_until_today(run: "Runner") -> None:
    today = datetime.now(UTC).date()
    use(run, *(today - timedelta(days=days) for days in range(5)))
    usage = run.ok(USAGE, start="2d", project="shop").result["usage"]
    assert [row["date"] for row in usage][:2] == [f"{today - timedelta(days=days)}" for days in (2, 1)]
    assert usage[0] == {"date": usage[0]["date"], "records_count": 2, "metrics_count": 1, "total_observations": 3}


def test_usage_of_no_project(run: "Runner") -> None:
    """By name and by id."""
    for project in ("nowhere", "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"):
        done = run.ok(USAGE, start="1d", project=project)
        assert done.result["usage"] == []
        assert " does not exist" in str(done.warnings)


def test_a_pagerduty_service(run: "Runner") -> None:
    services = [{**PAGER, "region": region, "service_name": region.upper()} for region in ("us", "eu")]
    run.emulator.store.load({"pagerduty_services": services})
    for region in ("us", "eu"):
        done = run.ok(SERVICE, check=region == "eu", **FIND, **({} if region == "us" else {"region": region}))
        assert done.result["service"].keys() == {"install_id", "service_id", "pagerduty_service_id", "service_name"}
        assert done.result["service"]["service_name"] == region.upper()
    for other in ({"service_id": "POTHER"}, {"account_subdomain": "other"}):
        failed = run.fails(SERVICE, **{**FIND, **other})
        assert failed.result["failure"]["status"] == 404
        assert "PagerDuty service not found" in failed.result["msg"]


LOOK_UP = {"type": "pagerduty-integration", "pagerduty_service_id": "PABC123", "account_subdomain": "acme"}


def test_a_channel_by_the_words_of_pagerduty(run: "Runner") -> None:
    """Made, left alone, and changed; by the ids that were found it is the same."""
    run.emulator.store.load({"pagerduty_services": [PAGER, {**PAGER, "region": "eu"}]})
    us, eu = (run.ok(SERVICE, **FIND, region=region).result["service"] for region in ("us", "eu"))
    planned = run.ok("logfire_channel", check=True, name="on-call", config=LOOK_UP)
    made = run.ok("logfire_channel", name="on-call", config=LOOK_UP)
    ids = {member: us[member] for member in ("install_id", "service_id")}
    assert made.result["channel"]["config"] == {"type": "pagerduty-integration", **ids}
    assert planned.result["channel"]["config"] == made.result["channel"]["config"]
    [body] = [request.body for request in made.requests if request.method == "POST"]
    assert body["config"] == made.result["channel"]["config"]
    assert not run.ok("logfire_channel", name="on-call", config=LOOK_UP).changed
    assert not run.ok("logfire_channel", name="on-call", config=made.result["channel"]["config"]).changed
    moved = run.ok("logfire_channel", name="on-call", config={**LOOK_UP, "region": "eu"})
    assert moved.changed
    assert moved.result["channel"]["config"]["service_id"] == eu["service_id"]


def test_channels_of_a_stack_are_looked_up_once(run: "Runner") -> None:
    """A service that two channels have is read once, and a plan is what comes."""
    run.emulator.store.load({"pagerduty_services": [PAGER]})
    channels = [{"name": name, "config": LOOK_UP} for name in ("day", "night")]
    assert run.ok("logfire_stack", check=True, channels=channels).changed
    made = run.ok("logfire_stack", channels=channels)
    assert made.result["summary"]["created"] == 2
    assert len([call for call in made.calls if "pagerduty" in call]) == 1
    assert not run.ok("logfire_stack", channels=channels).changed
    described = run.ok("logfire_stack_info").result["stack"]["channels"]
    assert all(channel["config"].keys() == {"type", "install_id", "service_id"} for channel in described)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({}, "config.pagerduty_service_id: there is no service 'PABC123' of the account 'acme' of the region 'us'"),
        ({"pagerduty_service_id": "../.."}, "config.pagerduty_service_id: '../..' contains characters"),
        (
            {"account_subdomain": "acme.pagerduty.com"},
            "config.account_subdomain: 'acme.pagerduty.com' contains characters",
        ),
        ({"account_subdomain": " "}, "config.account_subdomain: required together with pagerduty_service_id"),
        ({"pagerduty_service_id": None}, "config.pagerduty_service_id: required together with account_subdomain"),
        ({"install_id": PAGER_ID}, "config.install_id: mutually exclusive with pagerduty_service_id"),
        ({"service_id": PAGER_ID}, "config.service_id: mutually exclusive with pagerduty_service_id"),
    ],
)
def test_a_channel_whose_service_cannot_be_looked_up(run: "Runner", config: dict[str, Any], message: str) -> None:
    failed = run.fails("logfire_channel", name="on-call", config={**LOOK_UP, **config})
    assert message in failed.result["msg"]
    assert failed.writes == []
    assert len(failed.requests) == (2 if config == {} else 0)


@pytest.mark.parametrize(
    ("module", "options", "message"),
    [
        (AUDIT, {"start_time": " "}, "start_time: must not be empty"),
        (AUDIT, {"start_time": "yesterday"}, "start_time: 'yesterday' is not an RFC 3339 date and time"),
        (AUDIT, {"start_time": "1h", "end_time": "2h"}, "start_time: must be before end_time"),
        (AUDIT, {"start_time": "2999-01-01T00:00:00Z"}, "start_time: must be before now"),
        (AUDIT, {"start_time": "4000d"}, "start_time: must not be more than ten years before the end"),
        (AUDIT, {"start_time": "1h", "limit": 0}, "limit: 0 is out of range; allowed: 1 to 10000"),
        (AUDIT, {"start_time": "1h", "limit": 10001}, "limit: 10001 is out of range"),
        (USAGE, {"start": ""}, "start: must not be empty"),
        (USAGE, {"start": "2026-02-30"}, "start: '2026-02-30' is not a date such as 2026-12-31"),
        (USAGE, {"start": "1d", "end": "9999-12-31"}, "end: '9999-12-31' is too late"),
        (USAGE, {"start": "1d", "end": "2d"}, "start: must not be after end"),
        (USAGE, {"start": "2999-01-01"}, "start: must not be after today"),
        (USAGE, {"start": "2010-01-01"}, "start: must not be more than ten years before the end"),
        (USAGE, {"start": "1d", "period": "weekly"}, "period"),
        (SERVICE, {**FIND, "service_id": ".."}, "service_id: '..' contains characters"),
        (SERVICE, {**FIND, "account_subdomain": " "}, "account_subdomain: must not be empty"),
    ],
)
def test_slips(run: "Runner", module: str, options: dict[str, Any], message: str) -> None:
    done = run.fails(module, **options)
    assert message in done.result["msg"]
    assert done.requests == []


@pytest.mark.parametrize(("module", "options"), [(AUDIT, {"start_time": "1h"}), (USAGE, {"start": "1d"})])
def test_a_service_without_it(run: "Runner", module: str, options: dict[str, Any]) -> None:
    run.emulator.settings.patch({"missing_routes": ["/audit-logs/", "/usage/"]})
    assert "has no such API" in run.fails(module, **options).result["msg"]


@pytest.mark.parametrize(
    ("module", "options", "body"),
    [
        (AUDIT, {"start_time": "1h"}, {}),
        (AUDIT, {"start_time": "1h"}, [{"id": "x", "created_at": None}]),
        (AUDIT, {"start_time": "1h"}, [{"id": "x"}]),
        *(
            (USAGE, {"start": "1d"}, body)
            for body in ([], {}, {"usage": None}, {"usage": [{}]}, {"usage": [{"date": 3}]})
        ),
        (USAGE, {"start": "1d"}, {"usage": ["2026-11-01"]}),
        *((SERVICE, FIND, body) for body in ([], {}, {"install_id": None, "service_id": "x"})),
    ],
)
def test_answers_that_make_no_sense(run: "Runner", module: str, options: dict[str, Any], body: Any) -> None:
    run.emulator.faults.add(action="status", status=200, body=body)
    assert "the answer" in run.fails(module, **options).result["msg"]
