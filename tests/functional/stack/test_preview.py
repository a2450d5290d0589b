# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts tried before they are saved: what is asked and told, and that a failure writes nothing."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from harness import Run, Runner

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Json = dict[str, Any]
READ, WEB, ENDED = (f"pylf_v1_local_{name}0123456789canary" for name in ("read", "web", "ended"))
QUERY = "SELECT message FROM records ORDER BY message"
ALERT: Json = {"name": "Errors", "query": QUERY, "time_window": "1h", "frequency": "5m", "watermark": "0s"}
INFO = "GET /v1/read-token-info"
ASKED = "POST /v2/query"


def ago(minutes: int, **more: Any) -> Json:
    start = datetime.now(UTC) - timedelta(minutes=minutes)
    return {"message": f"{minutes} min ago", "start_timestamp": start.isoformat(), **more}


@pytest.fixture
def run(emulator: "RunningEmulator", emulator_key: str, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Runs modules on two projects; one has three records, the other has one."""
    monkeypatch.delenv("LOGFIRE_READ_TOKEN", raising=False)
    tokens = [{"token": READ}, {"token": ENDED, "expires_at": "2020-01-01T00:00:00Z"}]
    records = [ago(5, deployment_environment="production"), ago(30), ago(90)]
    shop = {"project_name": "shop", "records": records, "read_tokens": tokens}
    web = {"project_name": "web", "records": [ago(5)], "read_tokens": [{"token": WEB}]}
    emulator.store.load({"projects": [shop, web]})
    return Runner(emulator, emulator_key)


def tried(run: Runner, check: bool = True, preview: Json | None = None, **options: Any) -> Run:
    asked = {"read_token": READ, **(preview or {})}
    return run.ok("logfire_alert", check=check, **{"project": "shop", **ALERT, **options}, preview=asked)


#: Options of an alert, whether it would fire, its rows, and the line in the diff.
TRIALS: list[tuple[Json, bool | None, int, str]] = [
    ({}, True, 2, "yes, 2 rows"),
    ({"time_window": "2h"}, True, 3, "yes, 3 rows"),
    ({"time_window": "10m"}, True, 1, "yes, 1 row"),
    ({"time_window": "1m"}, False, 0, "no, 0 rows"),
    ({"watermark": "20m"}, True, 1, "yes, 1 row"),
    ({"watermark": "2h"}, False, 0, "no, 0 rows"),
    ({"environments": ["production"]}, True, 1, "yes, 1 row"),
    ({"environments": ["nowhere"]}, False, 0, "no, 0 rows"),
    ({"active": False}, False, 2, "no (it is not active), 2 rows"),
    *(({"notify_when": when}, True, 2, "yes, 2 rows") for when in ("has_matches_changed", "matches_changed")),
    ({"preview": {"limit": 1}}, True, 1, "yes, 1 row or more"),
]


@pytest.mark.parametrize(("options", "fires", "rows", "words"), TRIALS)
@pytest.mark.parametrize("check", [True, False])
def test_a_new_alert(run: Runner, options: Json, fires: bool, rows: int, words: str, check: bool) -> None:
    done = tried(run, check=check, **options)
    told = done.result["preview"]
    assert (told["would_fire"], told["row_count"], told["error"]) == (fires, rows, None)
    assert len(told["rows"]) == rows
    assert done.result["diff"]["after"]["preview"] == f"would fire now: {words}"
    assert done.changed
    assert bool(done.writes) is not check
    assert done.calls.count(ASKED) == 1
    if not check:
        assert done.calls.index(ASKED) < done.calls.index(done.writes[0])


@pytest.mark.parametrize(
    ("when", "fires", "words"),
    [
        ("has_matches", True, "yes, 2 rows"),
        ("starts_having_matches", None, "that depends (only if it had no matches before), 2 rows"),
        ("has_matches_changed", None, "that depends (only if the result differs from the previous one), 2 rows"),
        ("matches_changed", None, "that depends (only if the result differs from the previous one), 2 rows"),
    ],
)
def test_a_change_of_an_alert(run: Runner, when: str, fires: bool | None, words: str) -> None:
    run.ok("logfire_alert", project="shop", **{**ALERT, "query": "SELECT 1", "notify_when": when})
    done = tried(run, notify_when=when)
    assert done.result["preview"]["would_fire"] is fires
    assert done.result["diff"]["after"] == {"name": "Errors", "query": QUERY, "preview": f"would fire now: {words}"}
    quiet = tried(run, notify_when="starts_having_matches", time_window="1m")
    assert quiet.result["preview"]["would_fire"] is False


def test_what_is_not_changed_is_not_tried(run: Runner) -> None:
    run.ok("logfire_alert", project="shop", **ALERT)
    done = tried(run, check=False)
    assert "preview" not in done.result
    assert ASKED not in done.calls
    removed = run.ok("logfire_alert", project="shop", name="Errors", state="absent", preview={"read_token": READ})
    assert ASKED not in removed.calls


def test_where_the_token_comes_from(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop.token").write_text(READ)
    path = str(tmp_path / "shop.token")
    assert run.ok("logfire_alert", check=True, project="shop", **ALERT, preview={"read_token_path": path})
    assert (
        "preview.read_token: no read token"
        in run.fails("logfire_alert", project="shop", **ALERT, preview={}).result["msg"]
    )
    monkeypatch.setenv("LOGFIRE_READ_TOKEN", READ)
    done = run.ok("logfire_alert", check=True, project="shop", **ALERT, preview={})
    assert done.result["preview"]["row_count"] == 2


def test_a_project_that_does_not_exist_yet(run: Runner) -> None:
    done = tried(run, project="new")
    error = "the project does not exist yet, so there is nothing to query"
    assert done.result["preview"] == {"would_fire": None, "row_count": None, "rows": None, "error": error}
    assert done.result["diff"]["after"]["preview"] == f"not tried: {error}"
    assert ASKED not in done.calls
    described = {"projects": [{"name": "new", "alerts": [ALERT]}]}
    for check in (True, False):
        done = run.ok("logfire_stack", check=check, **described, preview={"read_tokens": {"shop": READ}})
        assert done.result["changes"][1]["preview"]["error"] == error
        assert ASKED not in done.calls


#: What is wrong with a preview, and what is said: the options of an alert and of the preview.
WRONG: list[tuple[Json, Json, str]] = [
    ({"query": "SELEC 1"}, {}, "found: SELEC at Line: 1, Column: 1"),
    ({"query": "SELECT nothing FROM records"}, {}, "No field named nothing"),
    ({}, {"read_token": ENDED}, "the service answered 401"),
    ({}, {"read_token": WEB}, "the read token belongs to the project 'web', not to 'shop'"),
    ({}, {"read_token": "two words"}, "contains spaces"),
    ({}, {"limit": 0}, "preview.limit: 0 is out of range; allowed: 1 to 100"),
    ({}, {"limit": 101}, "preview.limit: 101 is out of range"),
    ({}, {"timeout": 0}, "preview.timeout: must be greater than 0"),
]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(("options", "preview", "words"), WRONG, ids=[words for _o, _p, words in WRONG])
def test_a_failure_writes_nothing(run: Runner, options: Json, preview: Json, words: str, check: bool) -> None:
    alert = {**ALERT, **options}
    one = run.fails("logfire_alert", check=check, project="shop", **alert, preview={"read_token": READ, **preview})
    token = preview.pop("read_token", READ) if (preview := dict(preview)) else READ
    described = {"projects": [{"name": "shop", "description": "Changed", "alerts": [alert]}, {"name": "other"}]}
    many = run.fails("logfire_stack", check=check, **described, preview={"read_tokens": {"shop": token}, **preview})
    for failed in (one, many):
        assert words in failed.result["msg"]
        assert failed.writes == []
        assert failed.changed is (check and failed is many and bool(failed.result.get("changes")))
        if failed.result.get("failure"):
            assert "Could not try the query of alert 'Errors' of project 'shop': " in failed.result["msg"]
            assert failed.result["failure"].keys() == {"status", "detail", "method", "path", "waited"}
            assert failed.calls[-1] in (ASKED, INFO)  # nothing is read again
    if many.result.get("failures") and not check:
        held = {(each["kind"], each["name"]) for each in many.result["not_tried"]}
        assert held == {("project", "shop"), ("project", "other")}
    assert READ not in one.stdout + many.stdout


#: Each fault at each of the requests that a preview adds, and whether the run gets over it.
FAULTS: list[tuple[Json, bool]] = [
    *(({"action": "status", "status": status}, True) for status in (429, 500, 503)),
    ({"action": "drop_after"}, True),
    ({"action": "truncate"}, True),
    ({"action": "status", "status": 503, "count": None}, False),
    ({"action": "status", "status": 400, "body": {"detail": f"echo of {READ}"}}, False),
    ({"action": "body", "body": [1]}, False),
    ({"action": "redirect", "location": "http://elsewhere.example.net/"}, False),
]


@pytest.mark.parametrize(("fault", "is_overcome"), FAULTS, ids=[json.dumps(fault) for fault, _overcome in FAULTS])
def test_faults(run: Runner, waits: list[float], fault: Json, is_overcome: bool) -> None:
    for path in ("/v1/read-token-info", "/v2/query"):
        snapshot = run.emulator.store.snapshot()
        run.emulator.faults.add(path=path, **fault)
        done = run("logfire_alert", project="shop", **ALERT, preview={"read_token": READ}, retry_timeout=60)
        run.emulator.faults.clear()
        # Whose a token is need not be known.
        assert done.failed is not (is_overcome or path != "/v2/query"), done.result
        assert READ not in done.stdout
        if done.failed:
            assert done.writes == []
            assert not done.changed
            assert "carried out" not in done.result["msg"]
        run.emulator.store.load(snapshot)


def test_many_are_tried_side_by_side(run: Runner) -> None:
    """A hundred alerts take a hundred queries, one question whose the token is, and no other request but the plan's."""
    alerts = [{**ALERT, "name": f"Errors {number}"} for number in range(100)]
    described = {"projects": [{"name": "shop", "alerts": alerts}], "concurrency": 8}
    plan = run.ok("logfire_stack", check=True, **described)
    under_way, most, lock = 0, 0, threading.Lock()
    from emulator import engine

    real = engine.run

    def counted(*arguments: Any) -> Any:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        try:
            return real(*arguments)
        finally:
            with lock:
                under_way -= 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "run", counted)
        done = run.ok("logfire_stack", check=True, **described, preview={"read_tokens": {"shop": READ}})
    assert sorted(done.calls) == sorted([*plan.calls, INFO, *[ASKED] * 100])
    assert 1 < most <= 8
    assert {change["preview"]["row_count"] for change in done.result["changes"]} == {2}
    assert done.result["plan_digest"] == plan.result["plan_digest"]
    after = [section["after"].pop("preview") for section in done.result["diff"]]
    assert after == ["would fire now: yes, 2 rows"] * 100
    assert done.result["diff"] == plan.result["diff"]


def test_each_project_has_its_own_token(run: Runner, tmp_path: Path) -> None:
    """In a map by name or id, or in a file of its own; the map comes first."""
    (tmp_path / "web.token").write_text(WEB)
    web_id = next(each["id"] for each in run.emulator.store.snapshot()["projects"] if each["project_name"] == "web")
    described = {"projects": [{"name": name, "alerts": [ALERT]} for name in ("shop", "web")]}
    file = str(tmp_path / "{project}.token")
    for preview in (
        {"read_tokens": {"shop": READ, "web": WEB}},
        {"read_tokens": {"shop": READ, web_id: WEB}},
        {"read_tokens": {"shop": READ}, "read_token_path": file},
    ):
        done = run.ok("logfire_stack", check=True, **described, preview=preview)
        assert [change["preview"]["row_count"] for change in done.result["changes"]] == [2, 1]
        assert READ not in done.stdout
        assert WEB not in done.stdout
    for preview, words in (
        ({"read_tokens": {"shop": READ}}, "preview.read_tokens: there is no read token of the project 'web'"),
        ({"read_token_path": file}, "preview.read_token_path: there is no token in"),
        ({"read_token_path": str(tmp_path / "token")}, "preview.read_token_path: must contain {project}"),
        ({}, "preview: one of the following is required: read_tokens, read_token_path"),
        ({"read_tokens": {"shop": WEB, "web": WEB}}, "the read token belongs to the project 'web', not to 'shop'"),
    ):
        failed = run.fails("logfire_stack", **described, preview=preview)
        assert words in failed.result["msg"]
        assert failed.writes == []


def test_a_preview_and_then_the_change(run: Runner) -> None:
    """For real it asks first and then does what it does without a preview; a plan that is refused asks nothing."""
    described = {"projects": [{"name": "shop", "alerts": [ALERT]}], "preview": {"read_tokens": {"shop": READ}}}
    refused = run.fails("logfire_stack", **described, expected_plan="0" * 64)
    assert ASKED not in refused.calls
    done = run.ok("logfire_stack", **described)
    assert done.result["changes"][0]["preview"]["would_fire"] is True
    assert len(done.writes) == 1
    again = run.ok("logfire_stack", **described)
    assert not again.changed
    assert ASKED not in again.calls
