# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries of what a project was sent, and what a token says of itself."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import requests
from logfire.query_client import (
    AsyncLogfireQueryClient,
    LogfireQueryClient,
    QueryExecutionError,
    QueryRateLimitedError,
    QueryRequestError,
    UnexpectedResponseError,
)

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

READ, WRITE, OTHER = (f"pylf_v1_local_{name}0123456789" for name in ("read", "write", "other"))
ENDED, REVOKED = (f"pylf_v1_local_{name}0123456789" for name in ("ended", "revoked"))
NOW = datetime.now(UTC)
AGO = NOW - timedelta(hours=1)
PROBLEM = "application/problem+json"


def span(minutes: int, **more: Any) -> dict[str, Any]:
    return {"start_timestamp": (NOW - timedelta(minutes=minutes)).isoformat(), **more}


@pytest.fixture(autouse=True)
def telemetry(emulator: "RunningEmulator") -> "RunningEmulator":
    """Three records and a metric in one project, one in another."""
    records = [
        span(30, message="paid", service_name="checkout", deployment_environment="production", tags=["a", "b"]),
        span(20, message="failed", is_exception=True, exception_type="ValueError", level=17, duration=0.5),
        span(90, message="long ago"),
    ]
    tokens = [
        {"token": READ},
        {"token": ENDED, "expires_at": AGO.isoformat()},
        {"token": REVOKED, "revoked": True},
    ]
    shop = {"project_name": "shop", "records": records, "metrics": ["orders"], "read_tokens": tokens}
    emulator.store.load(
        {
            "projects": [
                {**shop, "write_tokens": [{"token": WRITE}]},
                {"project_name": "web", "records": ["other"], "read_tokens": [{"token": OTHER}]},
            ]
        }
    )
    return emulator


def ask(emulator: "RunningEmulator", sql: str, token: str = READ, accept: str = "*/*", **body: Any) -> Any:
    headers = {"Authorization": token, "Accept": accept}
    body = {"sql": sql, "min_timestamp": AGO.isoformat(), **body}
    return requests.post(f"{emulator.base_url}/v2/query", json=body, headers=headers, timeout=30)


def rows(emulator: "RunningEmulator", sql: str, **options: Any) -> Any:
    answer = ask(emulator, sql, **options)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_rows_and_their_columns(emulator: "RunningEmulator") -> None:
    answer = ask(emulator, "SELECT start_timestamp, message, tags, level FROM records ORDER BY message").json()
    assert [row["message"] for row in answer["data"]] == ["failed", "paid"]
    assert answer["data"][1]["tags"] == ["a", "b"]
    assert datetime.fromisoformat(answer["data"][0]["start_timestamp"]) == NOW - timedelta(minutes=20)
    types = {field["name"]: field["data_type"] for field in answer["schema"]["fields"]}
    assert types["message"] == "Utf8"
    assert types["level"] == "Int16"
    assert types["start_timestamp"] == {"Timestamp": ["Microsecond", "UTC"]}
    assert {field["nullable"] for field in answer["schema"]["fields"]} == {True}
    emulator.settings.patch({"query_data_types": "name"})
    [field] = ask(emulator, "SELECT tags FROM records").json()["schema"]["fields"]
    assert field["data_type"] == "list<item: string>"


def test_times_environments_and_limits(emulator: "RunningEmulator") -> None:
    sql = "SELECT message FROM records ORDER BY start_timestamp"
    messages = [
        [row["message"] for row in rows(emulator, sql, **options)]
        for options in (
            {"min_timestamp": (NOW - timedelta(hours=2)).isoformat()},
            {"max_timestamp": (NOW - timedelta(minutes=25)).isoformat()},
            {"deployment_environment": ["production"]},
            {"deployment_environment": [""]},
            {"deployment_environment": ["production", ""]},
            {"deployment_environment": []},
            {"limit": 1},
        )
    ]
    assert messages == [
        ["long ago", "paid", "failed"],
        ["paid"],
        ["paid"],
        ["failed"],
        ["paid", "failed"],
        [],
        ["paid"],
    ]
    emulator.settings.patch({"query_default_limit": 1})
    assert len(rows(emulator, sql)) == 1
    assert len(rows(emulator, sql, limit=10_000)) == 2


def test_each_token_reads_its_own_project(emulator: "RunningEmulator") -> None:
    assert rows(emulator, "SELECT message FROM records", token=OTHER) == [{"message": "other"}]
    assert rows(emulator, "SELECT metric_name FROM metrics") == [{"metric_name": "orders"}]
    assert rows(emulator, "SELECT metric_name FROM metrics", token=OTHER) == []


def test_plans_and_no_schema(emulator: "RunningEmulator") -> None:
    answer = ask(emulator, "SELECT 1 AS one", explain=True, include_schema=False).json()
    assert answer.pop("data") == [{"one": 1}]
    assert answer.keys() == {"logical_plan", "physical_plan", "physical_plan_with_metrics"}
    assert "Projection" in answer["logical_plan"]


def test_the_time_zone_is_that_of_the_engine(emulator: "RunningEmulator") -> None:
    [row] = rows(emulator, "SELECT now() AS now", timezone="Asia/Kolkata")
    assert row["now"].endswith("+05:30")
    assert ask(emulator, "SELECT 1", timezone="Nowhere/Land").status_code == 422
    emulator.settings.patch({"query_bad_timezone_status": 400})
    assert ask(emulator, "SELECT 1", timezone="Nowhere/Land").status_code == 400


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELEC 1", "found: SELEC at Line: 1, Column: 1"),
        ("SELECT nothing FROM records", "No field named nothing"),
        ("SELECT 1 FROM nowhere", "'datafusion.public.nowhere' not found"),
        ("SELECT 1 / 0", "Divide by zero"),
        ("DROP TABLE records", "DDL not supported"),
        ("SELECT 1; SELECT 2", "single SQL statement"),
    ],
)
def test_a_query_that_fails(emulator: "RunningEmulator", sql: str, words: str) -> None:
    answer = ask(emulator, sql)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    problem = ask(emulator, sql, accept=f"application/json, {PROBLEM};q=0.9")
    assert problem.headers["content-type"] == PROBLEM
    told = problem.json()
    assert told["error_details"] == answer.json()
    assert words in told["detail"]
    assert {"type": "about:blank", "title": "Bad Request", "status": 400, "retryable": False}.items() <= told.items()
    emulator.settings.patch({"query_failure": "text", "query_words": "error_details"})
    assert words in ask(emulator, sql).text
    told = ask(emulator, sql, accept=PROBLEM).json()
    assert words in told["error_details"]
    assert "detail" not in told
    emulator.settings.patch({"query_words": "detail"})
    told = ask(emulator, sql, accept=PROBLEM).json()
    assert words in told["detail"]
    assert told["error_details"] is None


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("limit", 0),
        ("limit", 10_001),
        ("sql", ""),
        ("min_timestamp", None),
        ("min_timestamp", "2026-11-26T00:00:00"),
        ("max_timestamp", "soon"),
        ("deployment_environment", "production"),
    ],
)
def test_a_request_that_is_wrong(emulator: "RunningEmulator", member: str, value: Any) -> None:
    body = {"sql": "SELECT 1", member: value}
    answer = ask(emulator, body.pop("sql"), **body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", member]
    told = ask(emulator, "SELECT 1" if member != "sql" else "", accept=PROBLEM, **body).json()
    assert told["error_details"] == answer.json()


def test_who_may_query(emulator: "RunningEmulator") -> None:
    keys = {
        "pylf_v1_local_key": {"scopes": ["project:read_otlp"], "project": "web"},
        "pylf_v1_local_wide": {"scopes": ["project:read_otlp"]},
        "pylf_v1_local_blind": {"scopes": ["project:read"], "project": "web"},
    }
    emulator.settings.patch({"keys": [{"key": key, **value} for key, value in keys.items()]})
    expected = {READ: 200, f"Bearer {READ}": 200, ENDED: 401, REVOKED: 401, WRITE: 401, "": 401, "nobody": 401}
    expected |= {"pylf_v1_local_key": 200, "pylf_v1_local_wide": 403, "pylf_v1_local_blind": 403}
    expected |= {"Bearer pylf_v1_local_key": 200, "pylf_v1_local_anything": 403}
    assert {token: ask(emulator, "SELECT 1", token=token).status_code for token in expected} == expected
    assert [entry.authorized for entry in emulator.log[:4]] == [True, True, False, False]
    emulator.settings.patch({"query_accepts_bearer": False})
    assert ask(emulator, "SELECT 1", token=f"Bearer {READ}").status_code == 401
    assert ask(emulator, "SELECT 1", token=READ).status_code == 200


def test_what_a_token_says_of_itself(emulator: "RunningEmulator") -> None:
    def info(path: str, token: str) -> Any:
        answer = requests.get(f"{emulator.base_url}/v1/{path}", headers={"Authorization": token}, timeout=30)
        return answer.json() if answer.status_code == 200 else answer.status_code

    assert info("read-token-info", READ) == {"organization_name": "acme", "project_name": "shop"}
    assert info("read-token-info", OTHER)["project_name"] == "web"
    assert [info("read-token-info", token) for token in (ENDED, WRITE, "")] == [401] * 3
    assert info("info", WRITE) == {"project_name": "shop", "project_url": f"{emulator.base_url}/acme/shop"}
    assert info("info", READ) == 401


def test_queries_share_limits_faults_and_the_log(emulator: "RunningEmulator") -> None:
    emulator.settings.patch({"rate_limit_per_minute": 1})
    assert ask(emulator, "SELECT 1").status_code == 200
    refused = ask(emulator, "SELECT 1", accept=PROBLEM)
    assert refused.status_code == 429
    assert refused.json()["retryable"] is True
    assert refused.json()["retry_after"] == int(refused.headers["Retry-After"])
    emulator.settings.patch({"rate_limit_per_minute": None})
    emulator.faults.add(action="status", status=503, path="^/v2/query$")
    assert ask(emulator, "SELECT 1").status_code == 503
    assert [(entry.method, entry.path, entry.status) for entry in emulator.log] == [
        ("POST", "/v2/query", status) for status in (200, 429, 503)
    ]


def test_the_vendors_query_client(emulator: "RunningEmulator") -> None:
    with LogfireQueryClient(READ, base_url=emulator.base_url) as client:
        assert client.info() == {"organization_name": "acme", "project_name": "shop"}
        sql = "SELECT message, level FROM records ORDER BY message"
        found = client.query_json_rows(sql, min_timestamp=AGO, limit=1, environment="", timezone="UTC")
        assert found["rows"] == [{"message": "failed", "level": 17}]
        assert found["columns"][0] == {"name": "message", "datatype": "Utf8", "nullable": True}
        assert client.query_csv(sql, min_timestamp=AGO).splitlines()[0] == '"message","level"'
        assert client.query_arrow(sql, min_timestamp=AGO).num_rows == 2
        with pytest.raises(QueryExecutionError) as failed:
            client.query_json_rows("SELEC 1", min_timestamp=AGO)
        assert "found: SELEC" in str(failed.value)
        assert (failed.value.retryable, failed.value.problem_type) == (False, "about:blank")
        with pytest.raises(QueryRequestError):
            client.query_json_rows("SELECT 1", min_timestamp=AGO, limit=10_001)
        emulator.settings.patch({"rate_limit_per_minute": 1, "rate_limit_burst": 1})
        client.info()
        with pytest.raises(QueryRateLimitedError) as limited:
            client.info()
        assert limited.value.retry_after
    emulator.settings.patch({"rate_limit_per_minute": None})
    with (
        LogfireQueryClient(ENDED, base_url=emulator.base_url) as client,
        pytest.raises(UnexpectedResponseError, match="401"),
    ):
        client.info()


def test_the_vendors_asynchronous_query_client(emulator: "RunningEmulator") -> None:
    async def query() -> Any:
        async with AsyncLogfireQueryClient(OTHER, base_url=emulator.base_url) as client:
            sql = "SELECT count(*) AS number FROM records"
            return await asyncio.gather(*(client.query_json_rows(sql, min_timestamp=AGO) for _one in range(5)))

    assert [found["rows"] for found in asyncio.run(query())] == [[{"number": 1}]] * 5
