# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the network and the service do wrong: nothing is made twice, nothing is waited for in vain, errors help."""

import time
from typing import TYPE_CHECKING, Any

import pytest
from api_calls import short
from cases import (
    ALERT,
    CHANNEL_CASES,
    DASHBOARD,
    DASHBOARD_CASE,
    KINDS,
    NAMED,
    PROJECT_ID,
    TOKENS,
    Case,
    bodies,
    seed,
)

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner


def count(emulator: "RunningEmulator", case: Case) -> int:
    """How many objects of the case's name there are."""
    state = emulator.store.snapshot()
    shop = next(project for project in state["projects"] if project["id"] == PROJECT_ID)
    objects = (shop if "project" in case.names else state)[f"{case.kind}s"]
    member = case.wire.get(case.key, case.key)
    return [item[member] for item in objects].count(case.names[case.key])


# Creation is never blind


WITH_EFFECT = {
    "connection broken afterwards": {"action": "drop_after"},
    "503 afterwards": {"action": "status", "status": 503, "commit": True},
    "500 afterwards": {"action": "status", "status": 500, "commit": True, "body": "<html>"},
    "408 afterwards": {"action": "status", "status": 408, "commit": True},
    "half an answer": {"action": "truncate"},
    "no JSON": {"action": "body", "body": "OK"},
    "not an object": {"action": "body", "body": []},
}
WITHOUT_EFFECT = {
    "connection broken before": {"action": "drop_before"},
    "503 before": {"action": "status", "status": 503},
    "500 before": {"action": "status", "status": 500},
    "502 before": {"action": "status", "status": 502, "headers": {"Retry-After": "0"}},
}


@pytest.mark.parametrize("case", KINDS, ids=str)
@pytest.mark.parametrize("fault", WITH_EFFECT.values(), ids=WITH_EFFECT)
def test_a_creation_whose_answer_is_lost_is_adopted(
    fault: dict[str, Any], case: Case, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    options = {**case.names, **case.new}
    check = run.ok(case.module, check=True, **options)
    emulator.faults.add(method="POST", **fault)
    made = run.ok(case.module, **options)
    assert made.changed
    assert made.result["diff"] == check.result["diff"]
    assert sum(call.startswith("POST ") for call in made.calls) == 1
    assert count(emulator, case) == 1
    assert made.result[case.kind]["id"] in str(emulator.store.snapshot())
    assert not run.ok(case.module, **options).changed


@pytest.mark.parametrize("case", KINDS, ids=str)
@pytest.mark.parametrize("fault", WITHOUT_EFFECT.values(), ids=WITHOUT_EFFECT)
def test_a_creation_without_effect_is_tried_again_after_a_look(
    fault: dict[str, Any], case: Case, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    emulator.faults.add(method="POST", **fault)
    made = run.ok(case.module, **case.names, **case.new)
    assert made.changed
    verbs = "".join(call[0] for call in made.calls)
    assert verbs.count("P") == 2
    assert "G" in verbs[verbs.index("P") : verbs.rindex("P")]
    assert count(emulator, case) == 1


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_a_creation_is_given_up_after_the_second_attempt(
    case: Case, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    emulator.faults.add(method="POST", action="status", status=503, count=None, body={"detail": "down"})
    failed = run.fails(case.module, **case.names, **case.new)
    assert sum(call.startswith("POST ") for call in failed.calls) == 2
    assert failed.result["failure"]["status"] == 503
    assert "may still have succeeded" in failed.result["msg"]
    assert case.names[case.key] in failed.result["msg"]


def test_a_channel_that_was_adopted_is_still_made_inactive(
    run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    case = CHANNEL_CASES[0]
    emulator.faults.add(method="POST", action="drop_after")
    made = run.ok(case.module, **case.names, **case.new, active=False)
    assert made.result["channel"]["active"] is False
    assert short(made.writes) == ["POST channels/", "PUT channels/ID/"]


@pytest.mark.parametrize("status", [400, 409, 422])
def test_a_name_that_was_taken_meanwhile(status: Any, run: "Runner", emulator: "RunningEmulator") -> None:
    """Another client made the project after the list was read: it is taken and changed to what is wanted."""
    emulator.settings.duplicate_project_status = status
    emulator.faults.add(action="body", method="GET", path="/projects/$", body=[])
    options = {"name": "shop", "description": "It"}
    adopted = run.ok("logfire_project", **options)
    assert adopted.changed
    assert adopted.result["project"]["id"] == PROJECT_ID
    assert adopted.result["diff"] == {
        "before": {"name": "shop", "description": ""},
        "after": {"name": "shop", "description": "It"},
    }
    assert short(adopted.writes) == ["POST projects/", "PUT projects/ID/"]


def test_a_slug_that_was_taken_meanwhile(run: "Runner", emulator: "RunningEmulator") -> None:
    case = DASHBOARD_CASE
    run.ok(case.module, **case.names, **case.new)
    emulator.faults.add(action="body", method="GET", path="/dashboards/$", body=[])
    adopted = run.ok(case.module, **case.names, **case.new)
    assert not adopted.changed
    assert [request.status for request in adopted.requests if request.method != "GET"] == [409]
    assert count(emulator, case) == 1


# What can be repeated


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "fault",
    [
        {"action": "status", "status": 503},
        {"action": "status", "status": 500, "commit": True},
        {"action": "status", "status": 408},
        {"action": "drop_before"},
        {"action": "drop_after"},
    ],
    ids=["503", "500 afterwards", "408", "broken before", "broken after"],
)
def test_reads_changes_and_deletions_are_tried_again(
    method: str, fault: dict[str, Any], run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    emulator.faults.add(method=method, count=4, **fault)
    options = {"state": "absent"} if method == "DELETE" else {"description": "New"}
    done = run.ok("logfire_project", name="shop", retry_timeout=100, **options)
    assert done.changed
    assert sum(call.startswith(method) for call in done.calls) == 5
    assert len(waits) >= 3
    assert max(waits) <= 15


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("status", [500, 503, 408])
def test_five_attempts_and_no_more(
    method: str, status: int, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    emulator.faults.add(method=method, action="status", status=status, count=None)
    options = {"state": "absent"} if method == "DELETE" else {"description": "New"}
    failed = run.fails("logfire_project", name="shop", retry_timeout=100, **options)
    assert sum(call.startswith(method) for call in failed.calls) == 5
    assert failed.result["failure"]["waited"] == pytest.approx(sum(waits), abs=0.1)


@pytest.mark.parametrize("status", [400, 401, 402, 418, 422])
def test_what_is_not_tried_again(status: int, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.faults.add(method="GET", action="status", status=status, count=None)
    failed = run.fails("logfire_project", name="shop")
    assert len(failed.calls) == 1
    assert failed.result["failure"]["status"] == status


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("asked", ["7", "0", "http-date"])
def test_the_rate_limit_is_waited_out(
    method: str, asked: str, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    """For a POST as well: 429 says that nothing was done."""
    options: dict[str, Any] = {"name": "shop", "description": "New"}
    options |= {"DELETE": {"state": "absent"}, "POST": {"name": "site"}}.get(method, {})
    if asked == "http-date":
        moment = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 9))
        emulator.faults.add(method=method, action="status", status=429, headers={"Retry-After": moment})
    else:
        emulator.faults.add(method=method, action="status", status=429, headers={"Retry-After": asked})
    done = run.ok("logfire_project", retry_timeout=60, **options)
    assert done.changed
    assert sum(call.startswith(method) for call in done.calls) == 2
    if asked == "http-date":
        assert 7 < sum(waits) <= 9
    else:
        assert sum(waits) == int(asked)


def test_the_limit_of_the_emulator_is_really_waited_out(run: "Runner", emulator: "RunningEmulator") -> None:
    """Without anything replaced: two runs of two requests each, of which a second allows two."""
    emulator.settings.rate_limit_per_minute = 120
    emulator.emulator.limiter.reset()
    emulator.emulator.limiter._spent = 119.0
    begun = time.monotonic()
    done = run.ok("logfire_project", name="site")
    assert done.changed
    assert [request.status for request in done.requests] == [200, 429, 201]
    assert time.monotonic() - begun >= 0.9
    assert short(done.writes) == ["POST projects/", "POST projects/"]


@pytest.mark.parametrize("asked", ["3600", "1e9", "999999999999"])
def test_45_more_than_the_budget_is_not_waited_for(
    asked: str, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    emulator.faults.add(
        action="status", status=429, headers={"Retry-After": asked}, count=None, body={"detail": "Rate limit exceeded"}
    )
    failed = run.fails("logfire_project", name="shop", retry_timeout=60)
    assert failed.result["failure"]["status"] == 429
    assert failed.result["failure"]["detail"] == "Rate limit exceeded"
    assert "retry_timeout" in failed.result["msg"]
    if asked != "1e9":  # no number of seconds: waited for as if nothing was said
        assert (waits, len(failed.calls)) == ([], 1)
    assert sum(waits) <= 60


def test_how_long_was_waited_is_said(run: "Runner", emulator: "RunningEmulator", waits: list[float]) -> None:
    emulator.faults.add(action="status", status=429, headers={"Retry-After": "4"}, count=None)
    failed = run.fails("logfire_project", name="shop", retry_timeout=10)
    assert waits == [4, 4]
    assert failed.result["failure"]["waited"] == 8
    assert "8 s" in failed.result["msg"]


def test_no_answer_in_time(run: "Runner", emulator: "RunningEmulator", waits: list[float]) -> None:
    emulator.faults.add(action="delay", seconds=0.4, count=None, commit=False)
    failed = run.fails("logfire_project", name="shop", timeout=0.05, retry_timeout=0)
    assert failed.result["failure"]["status"] is None
    assert "timeout" in failed.result["msg"]


def test_no_service_at_all(run: "Runner", waits: list[float]) -> None:
    failed = run.fails("logfire_project", name="shop", base_url="http://127.0.0.1:9")
    assert failed.result["failure"]["status"] is None
    assert failed.result["failure"]["detail"] is None
    assert "base_url" in failed.result["msg"]


# Errors that help, and tell nothing that they should not


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_redirect_is_not_followed(
    status: int, method: str, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    place = f"{emulator.base_url}/api/v1/elsewhere/?code=verysecret"
    emulator.faults.add(action="status", method=method, status=status, headers={"Location": place})
    failed = run.fails("logfire_project", name="site")
    assert "/api/v1/elsewhere/" not in "".join(failed.calls)
    assert failed.result["failure"]["status"] == status
    assert "base_url" in failed.result["msg"]
    assert "verysecret" not in failed.stdout


@pytest.mark.parametrize("status", [404, 403, 500, 502, 200])
def test_a_page_is_not_shown(status: int, run: "Runner", emulator: "RunningEmulator", waits: list[float]) -> None:
    page = "<html><body>verysecret is what the proxy knows</body></html>"
    fault = {"action": "body"} if status == 200 else {"action": "status", "status": status}
    emulator.faults.add(body=page, content_type="text/html; charset=utf-8", count=None, **fault)
    failed = run.fails("logfire_project", name="shop")
    assert "verysecret" not in failed.stdout
    assert "text/html" in failed.result["msg"]
    assert failed.result["failure"]["detail"] is None


def test_the_failure_dictionary(run: "Runner", emulator: "RunningEmulator", waits: list[float]) -> None:
    emulator.store.load(seed())
    emulator.faults.add(method="PUT", action="status", status=418, body={"detail": "short and stout"})
    failed = run.fails("logfire_project", name="shop", description="New")
    assert failed.result["failure"] == {
        "status": 418,
        "detail": "short and stout",
        "method": "PUT",
        "path": f"/api/v1/projects/{PROJECT_ID}/",
        "waited": 0.0,
    }
    for word in ("update", "shop", "418", "short and stout", "PUT"):
        assert word in failed.result["msg"]


def test_a_validation_error_is_told_field_by_field(run: "Runner", emulator: "RunningEmulator") -> None:
    """Without the values that were sent, which may be secrets."""
    problems = [
        {"loc": ["body", "config", "url"], "msg": "Input should be a URL", "input": "https://x/verysecret"},
        {"loc": ["body", "label"], "msg": "String too long", "ctx": {"given": "verysecret"}, "type": "x"},
    ]
    emulator.faults.add(method="POST", action="status", status=422, body={"detail": problems})
    failed = run.fails("logfire_channel", **CHANNEL_CASES[0].names, **CHANNEL_CASES[0].new)
    assert failed.result["failure"]["detail"] == "config.url: Input should be a URL; label: String too long"
    assert "config.url: Input should be a URL" in failed.result["msg"]
    assert "verysecret" not in failed.stdout


def test_a_secret_that_the_service_repeats_is_not_shown(run: "Runner", emulator: "RunningEmulator") -> None:
    case = CHANNEL_CASES[0]
    url = case.new["config"]["url"]
    detail = {"detail": f"cannot reach {url} with {run.connection['api_token']}"}
    emulator.faults.add(method="POST", action="status", status=400, body=detail)
    failed = run.fails(case.module, **case.names, **case.new)
    assert url not in failed.stdout
    assert run.connection["api_token"] not in failed.stdout


@pytest.mark.parametrize("case", [*NAMED, TOKENS[0]], ids=str)
@pytest.mark.parametrize("step", ["read", "create", "delete"])
def test_403_names_the_scope(case: Case, step: str, run: "Runner", emulator: "RunningEmulator", tmp_path: Any) -> None:
    scope = dict(zip(("read", "create", "delete"), case.scopes, strict=True))[step]
    names = {k: v.replace("TMP", str(tmp_path)) if isinstance(v, str) else v for k, v in case.names.items()}
    options = {**names, **case.new}
    if step == "delete":
        run.ok(case.module, **options)
        options = {**names, **case.removal()}
    method = {"read": "GET", "create": "POST", "delete": "DELETE"}[step]
    collection = {"project": "projects", "token": "write-tokens"}.get(case.kind, f"{case.kind}s".replace("_", "-"))
    if case.kind == "organization":  # what removes one does not name it
        collection = "organizations?"
    emulator.faults.add(action="status", method=method, path=f"/{collection}/", status=403, count=None)
    failed = run.fails(case.module, **options)
    assert failed.result["failure"]["status"] == 403
    assert scope in failed.result["msg"]


def test_401_says_what_to_check(run: "Runner") -> None:
    failed = run.fails("logfire_project", name="shop", api_token="nobody-knows-this-one")
    assert failed.result["failure"]["status"] == 401
    assert "token" in failed.result["msg"]
    assert "nobody-knows" not in failed.stdout


def test_a_write_token_is_no_api_token(run: "Runner", emulator: "RunningEmulator") -> None:
    secret = run.ok("logfire_token", project="shop").result["token"]["token"]
    assert run.fails("logfire_project", name="shop", api_token=secret).result["failure"]["status"] == 401


# The connection


def test_one_connection_for_all_requests_of_a_run(run: "Runner") -> None:
    made = run.ok("logfire_alert", project="shop", **ALERT, channels=["ops"])
    assert len(made.calls) == 5
    assert len({request.client for request in made.requests}) == 1


def test_what_every_request_carries(run: "Runner") -> None:
    made = run.ok("logfire_project", name="site", headers={"CF-Access-Client-Id": "me", "X-Number": 5})
    for request in made.requests:
        assert request.authorized
        assert request.headers["accept"] == "application/json"
        assert request.headers["user-agent"].startswith("community.logfire/")
        assert (request.headers["cf-access-client-id"], request.headers["x-number"]) == ("me", "5")
        assert request.query == ""
        assert request.path.endswith("/")
    assert [request.headers.get("content-type") for request in made.requests] == [None, "application/json"]
    assert bodies(made) == [{"project_name": "site"}]


def test_base_url_with_a_slash_at_its_end(run: "Runner", emulator: "RunningEmulator") -> None:
    assert not run.ok("logfire_project", name="shop", base_url=f"{emulator.base_url}/").changed


def test_a_lost_creation_that_cannot_be_looked_for(
    run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    """What is said is that the creation may have been carried out, not only that a list could not be read."""
    emulator.faults.add(action="drop_after", method="POST")
    emulator.faults.add(action="status", method="GET", status=403, skip=1, body={"detail": "No."})
    failed = run.fails("logfire_project", name="site")
    assert failed.result["failure"]["method"] == "POST"
    assert "may still have succeeded" in failed.result["msg"]


def test_a_change_that_was_repeated_is_a_change(run: "Runner", emulator: "RunningEmulator", waits: list[float]) -> None:
    """The answer to a PUT is lost and the second PUT meets the version that the first one made."""
    options = {"project": "shop", **DASHBOARD}
    run.ok("logfire_dashboard", **options)
    emulator.faults.add(action="drop_after", method="PUT")
    renamed = run.ok("logfire_dashboard", **{**options, "name": "Other"})
    assert renamed.changed
    assert renamed.result["dashboard"]["name"] == "Other"
    assert renamed.result["diff"]["after"]["name"] == "Other"
    assert not run.ok("logfire_dashboard", **{**options, "name": "Other"}).changed
