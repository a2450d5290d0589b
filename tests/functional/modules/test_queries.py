# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries in a task: what is asked, what comes back, what can be wrong, and what is tried again."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from harness import Runner

from ansible_collections.community.logfire.plugins.module_utils._api import bounded

if TYPE_CHECKING:
    from harness import Run

READ, ENDED, WRITE = (f"pylf_v1_local_{name}0123456789abcdef" for name in ("read", "ended", "write"))
NOW = datetime.now(UTC)
SQL = "SELECT message, level FROM records ORDER BY message"
ASK = {"sql": SQL, "min_timestamp": "1h", "read_token": READ}


@pytest.fixture
def run(run: "Runner", monkeypatch: pytest.MonkeyPatch) -> "Runner":
    """Runs modules on a project with three records, the oldest two hours old."""
    monkeypatch.delenv("LOGFIRE_READ_TOKEN", raising=False)
    records = [
        {"message": "old", "start_timestamp": (NOW - timedelta(hours=2)).isoformat()},
        {"message": "paid", "deployment_environment": "production"},
        {"message": "failed", "level": 17},
    ]
    tokens = [{"token": READ}, {"token": ENDED, "expires_at": "2020-01-01T00:00:00Z"}]
    shop = {"project_name": "shop", "records": records, "read_tokens": tokens, "write_tokens": [{"token": WRITE}]}
    run.emulator.store.load({"projects": [shop]})
    return run


def messages(done: "Run") -> list[str]:
    return [row["message"] for row in done.result["rows"]]


@pytest.mark.parametrize("check", [True, False])
def test_rows_columns_and_their_number(run: "Runner", check: bool) -> None:
    done = run.ok("logfire_query", check=check, **ASK)
    assert done.result["rows"] == [{"message": "failed", "level": 17}, {"message": "paid", "level": 9}]
    assert done.result["row_count"] == 2
    assert done.result["columns"] == [
        {"name": "message", "data_type": "Utf8", "nullable": True},
        {"name": "level", "data_type": "Int16", "nullable": True},
    ]
    assert (done.changed, done.calls, done.warnings) == (False, ["POST /v2/query"], [])
    [request] = done.requests
    assert request.authorized
    assert request.body.keys() == {"sql", "min_timestamp", "limit", "explain", "include_schema"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"min_timestamp": "3h"}, ["failed", "old", "paid"]),
        ({"min_timestamp": "10800"}, ["failed", "old", "paid"]),
        ({"min_timestamp": "PT3H", "max_timestamp": "1h"}, ["old"]),
        ({"min_timestamp": "2020-01-01T00:00:00Z", "max_timestamp": "2020-01-02T00:00:00+05:00"}, []),
        ({"min_timestamp": "2020-01-01 00:00:00", "max_timestamp": "PT1H"}, ["old"]),
        ({"limit": 1}, ["failed"]),
        ({"environments": ["production"]}, ["paid"]),
        ({"environments": []}, ["failed", "paid"]),
        ({"environments": ["nowhere"]}, []),
        ({"timezone": "Asia/Kolkata"}, ["failed", "paid"]),
    ],
)
def test_what_is_looked_at(run: "Runner", options: dict[str, Any], expected: list[str]) -> None:
    assert messages(run.ok("logfire_query", **{**ASK, **options})) == expected


def test_where_the_read_token_comes_from(run: "Runner", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    ask = {"sql": SQL, "min_timestamp": "1h"}
    run.fails("logfire_query", **ask, read_token_path=str(file))
    for text in (READ, f"{READ}\n", f"LOGFIRE_READ_TOKEN={READ}\n", f"export X='{READ}'\n"):
        file.write_text(text)
        assert messages(run.ok("logfire_query", **ask, read_token_path=str(file))) == ["failed", "paid"]
    assert [path.name for path in tmp_path.iterdir()] == ["token"]
    assert "LOGFIRE_READ_TOKEN" in run.fails("logfire_query", **ask).result["msg"]
    monkeypatch.setenv("LOGFIRE_READ_TOKEN", READ)
    assert messages(run.ok("logfire_query", **ask)) == ["failed", "paid"]
    monkeypatch.setenv("LOGFIRE_READ_TOKEN", WRITE)  # what is given comes first
    assert messages(run.ok("logfire_query", **ask, read_token_path=str(file))) == ["failed", "paid"]
    assert messages(run.ok("logfire_query", **ASK)) == ["failed", "paid"]


def test_a_query_needs_no_api_token(run: "Runner") -> None:
    done = run.ok("logfire_query", connect=False, base_url=run.emulator.base_url, **ASK)
    assert done.result["row_count"] == 2


def test_the_region_in_the_read_token(run: "Runner") -> None:
    failed = run.fails("logfire_query", connect=False, **ASK)
    assert "base_url: required, because the read token does not name a region" in failed.result["msg"]


#: What is wrong, and what the message says.
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"sql": None}, "sql"),
    ({"sql": "  "}, "sql: must not be empty"),
    ({"sql": ["SELECT 1"]}, "sql: must be a single value, not a list"),
    ({"min_timestamp": None}, "min_timestamp"),
    ({"min_timestamp": ""}, "min_timestamp: must not be empty"),
    ({"min_timestamp": "yesterday"}, "min_timestamp: 'yesterday' is not an RFC 3339 date and time"),
    ({"min_timestamp": "-15m"}, "and not a duration back from now, such as 15m"),
    ({"min_timestamp": "999999999d"}, "min_timestamp: '999999999d' ago is before the year 1"),
    ({"min_timestamp": "2020-02-30T00:00:00Z"}, "min_timestamp: '2020-02-30T00:00:00Z' is not an RFC 3339"),
    ({"min_timestamp": "2999-01-01T00:00:00Z"}, "min_timestamp: must be before now"),
    ({"min_timestamp": "0"}, "min_timestamp: must be before now"),
    ({"max_timestamp": "2h"}, "min_timestamp: must be before max_timestamp"),
    ({"max_timestamp": "soon"}, "max_timestamp: 'soon' is not an RFC 3339 date and time"),
    ({"limit": 0}, "limit: 0 is out of range; allowed: 1 to 10000"),
    ({"limit": 10001}, "limit: 10001 is out of range"),
    ({"limit": "many"}, "limit"),
    ({"timezone": " "}, "timezone: must not be empty"),
    ({"environments": [""]}, "environments[0]: is empty"),
    ({"read_token": "two words"}, "read_token: contains spaces"),
    ({"read_token_path": "/nonexistent/token"}, "read_token: mutually exclusive with read_token_path"),
    ({"read_token": None, "read_token_path": "/nonexistent/token"}, "read_token_path: there is no token in"),
    (
        {"read_token": None, "read_token_path": "/etc/hostname"},
        "read_token_path: /etc/hostname contains something other",
    ),
    ({"read_token": None}, "read_token: no read token: set it"),
    ({"timeout": 0}, "timeout: must be greater than 0"),
    ({"project": "shop"}, "project: unknown option"),
]


@pytest.mark.parametrize(("options", "words"), WRONG, ids=[str(options) for options, _words in WRONG])
def test_bad_input_sends_nothing(run: "Runner", options: dict[str, Any], words: str) -> None:
    failed = run.fails("logfire_query", **{**ASK, **options})
    assert words in failed.result["msg"]
    assert failed.requests == []
    assert READ not in failed.stdout


#: What the service refuses: options, status, words of the message.
REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"sql": "SELECT *\n  FRM records"}, 400, "at Line: 2, Column: "),
    ({"sql": "SELECT *\n  FRM records"}, 400, "Line 2 is: FRM records"),
    ({"sql": "SELECT nothing FROM records"}, 400, "No field named nothing"),
    ({"sql": "SELECT 1 FROM nowhere"}, 400, "not found"),
    ({"sql": "DELETE FROM records"}, 400, "not supported"),
    ({"sql": "SELECT 1 / 0"}, 400, "Divide by zero"),
    ({"timezone": "Nowhere/Land"}, 422, "timezone: "),
    ({"read_token": ENDED}, 401, "Check that the read token is valid and active, and belongs to this region."),
    ({"read_token": WRITE}, 401, "Check that the read token is valid"),
    ({"read_token": "pylf_v1_local_functionaltests"}, 403, "needs the scope project:read_otlp"),
]


@pytest.mark.parametrize("settings", [{}, {"query_words": "error_details"}, {"query_failure": "text"}], ids=str)
@pytest.mark.parametrize(("options", "status", "words"), REFUSED)
def test_the_service_says_what_is_wrong(
    run: "Runner", options: dict[str, Any], status: int, words: str, settings: dict[str, Any]
) -> None:
    run.emulator.settings.patch(settings)
    failed = run.fails("logfire_query", **{**ASK, **options})
    assert failed.result["msg"].startswith(f"Could not run the query: the service answered {status}: ")
    assert words in failed.result["msg"]
    assert (failed.result["failure"]["status"], failed.result["failure"]["path"]) == (status, "/v2/query")
    assert len(failed.requests) == 1
    assert "API token is valid" not in failed.result["msg"]
    assert "carried out" not in failed.result["msg"]


def test_a_service_without_queries(run: "Runner") -> None:
    run.emulator.settings.patch({"missing_routes": ["/v2/query"]})
    assert "has no Query API" in run.fails("logfire_query", **ASK).result["msg"]


@pytest.mark.parametrize(
    "settings",
    [{"query_accepts_bearer": False}, {"query_default_limit": 1}, {"query_data_types": "name"}],
    ids=str,
)
def test_every_reading_of_the_service(run: "Runner", settings: dict[str, Any]) -> None:
    run.emulator.settings.patch(settings)
    assert messages(run.ok("logfire_query", **ASK)) == ["failed", "paid"]


#: Faults, and whether a query gets over them.
FAULTS: list[tuple[dict[str, Any], bool]] = [
    *(({"action": "status", "status": status}, True) for status in (408, 429, 500, 502, 503, 504)),
    ({"action": "drop_before"}, True),
    ({"action": "drop_after"}, True),
    ({"action": "truncate"}, True),
    ({"action": "status", "status": 503, "count": None}, False),
    ({"action": "drop_after", "count": None}, False),
    ({"action": "status", "status": 429, "count": None, "headers": {"Retry-After": "30"}}, False),
    ({"action": "redirect", "location": "http://elsewhere.example.net/v2/query"}, False),
    *(
        ({"action": "body", "body": body}, False)
        for body in ([1], {"data": []}, "no JSON", {"data": [1], "schema": {}})
    ),
    ({"action": "body", "body": {"data": {}, "schema": {"fields": []}}}, False),
]


@pytest.mark.parametrize(("fault", "is_overcome"), FAULTS, ids=[json.dumps(fault) for fault, _overcome in FAULTS])
def test_a_query_is_tried_again_like_a_read(
    run: "Runner", waits: list[float], fault: dict[str, Any], is_overcome: bool
) -> None:
    run.emulator.faults.add(**fault)
    done = run("logfire_query", **{**ASK, "retry_timeout": 60})
    assert done.failed is not is_overcome, done.result
    assert not done.changed
    if is_overcome:
        assert messages(done) == ["failed", "paid"]
        assert len(waits) == 1
    else:
        assert done.result["failure"].keys() == {"status", "detail", "method", "path", "waited"}
        assert "carried out" not in done.result["msg"]
        assert "Internal error" not in done.result["msg"]


def test_a_large_answer_is_bounded(run: "Runner", monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"schema": {"fields": []}, "data": [{"text": "x" * 1000}] * 100}
    run.emulator.faults.add(action="body", body=answer, count=2)
    assert run.ok("logfire_query", **{**ASK, "limit": 7}).result["row_count"] == 7  # whatever the service sends
    monkeypatch.setattr(bounded, "LARGEST_ANSWER", 50_000)
    assert "the answer is larger than" in run.fails("logfire_query", **ASK).result["msg"]


def test_no_read_token_is_shown(run: "Runner", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it comes from, and whatever the service repeats of it: in errors, and in rows."""
    file = tmp_path / "token"
    file.write_text(READ)
    row = {"schema": {"fields": [{"name": READ}]}, "data": [{READ: READ}]}
    for options in ({"read_token": READ}, {"read_token_path": str(file)}, {}):
        monkeypatch.setenv("LOGFIRE_READ_TOKEN", "" if options else READ)
        echoes: list[dict[str, Any]] = [
            {"status": 400, "body": {"detail": f"echo of {READ}"}},
            {"status": 422, "body": {"detail": [{"loc": ["body", READ], "msg": f"echo of {READ}"}]}},
            {"status": 400, "body": {"error_details": {"detail": f"echo of {READ}"}}},
            {"status": 400, "body": f"echo of {READ}", "content_type": READ},
            {"status": 200, "body": row},
        ]
        for echo in echoes:
            run.emulator.faults.add(action="status", **echo)
            done = Runner.__call__(run, "logfire_query", sql=f"SELECT '{READ}'", min_timestamp="1h", **options)
            assert READ not in done.stdout + done.stderr, echo
            assert done.failed is (echo["status"] != 200)
