# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports in a task: what is asked, in how many requests, what comes back, and what can be wrong."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

if TYPE_CHECKING:
    from harness import Run, Runner

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
    ],
)
def test_slips(run: "Runner", module: str, options: dict[str, Any], message: str) -> None:
    done = run.fails(module, **options)
    assert message in done.result["msg"]
    assert done.requests == []


@pytest.mark.parametrize(("module", "options"), [(AUDIT, {"start_time": "1h"})])
def test_a_service_without_it(run: "Runner", module: str, options: dict[str, Any]) -> None:
    run.emulator.settings.patch({"missing_routes": ["/audit-logs/"]})
    assert "has no such API" in run.fails(module, **options).result["msg"]


@pytest.mark.parametrize(
    ("module", "options", "body"),
    [
        (AUDIT, {"start_time": "1h"}, {}),
        (AUDIT, {"start_time": "1h"}, [{"id": "x", "created_at": None}]),
        (AUDIT, {"start_time": "1h"}, [{"id": "x"}]),
    ],
)
def test_answers_that_make_no_sense(run: "Runner", module: str, options: dict[str, Any], body: Any) -> None:
    run.emulator.faults.add(action="body", body=body)
    assert "the answer" in run.fails(module, **options).result["msg"]
