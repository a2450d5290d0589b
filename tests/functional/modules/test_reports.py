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
        assert "There is no project" in str(done.warnings)


@pytest.mark.parametrize(
    ("module", "options", "message"),
    [
        (AUDIT, {"start_time": " "}, "start_time: must not be empty"),
        (AUDIT, {"start_time": "yesterday"}, "start_time: 'yesterday' is not an RFC 3339 date and time"),
        (AUDIT, {"start_time": "1h", "end_time": "2h"}, "start_time: must be before end_time"),
        (AUDIT, {"start_time": "2999-01-01T00:00:00Z"}, "start_time: must be before now"),
        (AUDIT, {"start_time": "4000d"}, "start_time: must not be more than ten years before the end"),
        (AUDIT, {"start_time": "1h", "limit": 0}, "limit: 0 is out of range; allowed is 1 to 10000"),
        (AUDIT, {"start_time": "1h", "limit": 10001}, "limit: 10001 is out of range"),
        (USAGE, {"start": ""}, "start: must not be empty"),
        (USAGE, {"start": "2026-02-30"}, "start: '2026-02-30' is not a date such as 2026-12-31"),
        (USAGE, {"start": "1d", "end": "9999-12-31"}, "end: '9999-12-31' is too late"),
        (USAGE, {"start": "1d", "end": "2d"}, "start: must not be after end"),
        (USAGE, {"start": "2999-01-01"}, "start: must not be after today"),
        (USAGE, {"start": "2010-01-01"}, "start: must not be more than ten years before the end"),
        (USAGE, {"start": "1d", "period": "weekly"}, "period"),
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
    ],
)
def test_answers_that_make_no_sense(run: "Runner", module: str, options: dict[str, Any], body: Any) -> None:
    run.emulator.faults.add(action="body", body=body)
    assert "the answer" in run.fails(module, **options).result["msg"]
