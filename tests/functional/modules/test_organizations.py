# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations of a self-hosted instance: exchanged tokens, the name that confirms a deletion, what the list says."""

from typing import TYPE_CHECKING, Any

import pytest
from api_calls import short
from cases import bodies

if TYPE_CHECKING:
    from harness import Run, Runner

MODULE = "logfire_organization"
GLOBEX: dict[str, Any] = {"name": "globex", "description": "Makes things"}
GONE: dict[str, Any] = {"name": "globex", "state": "absent", "confirm_deletion": "globex"}
LIST, EXCHANGE, PUT, DELETE = (
    "GET instance/organizations/",
    "POST /api/oauth/token",
    "PUT organization/",
    "DELETE organization/",
)


def tokens(run: "Runner") -> set[str]:
    """All that were exchanged and still live."""
    return {each["token"] for each in run.emulator.store.snapshot()["exchanged_tokens"]}


@pytest.fixture
def run(run: "Runner") -> "Runner":
    """Runs modules where there are two organizations."""
    run.emulator.store.load({"organizations": [{"organization_name": "globex", "description": "Old"}, "initech"]})
    return run


def test_what_only_a_change_can_set_follows_a_creation(run: "Runner") -> None:
    new = {"name": "hooli", "billing_email": "pay@example.com"}
    planned = run.ok(MODULE, check=True, **new)
    made = run.ok(MODULE, **new)
    assert short(made.calls) == [LIST, "POST instance/organizations/", EXCHANGE, PUT]
    assert bodies(made) == [{"organization_name": "hooli"}, {"billing_email": "pay@example.com"}]
    assert planned.result["diff"] == made.result["diff"]
    assert made.result["organization"]["billing_email"] == "pay@example.com"
    assert not run.ok(MODULE, **new).changed


def test_a_creation_whose_second_request_fails_names_what_was_created(run: "Runner") -> None:
    run.emulator.faults.add(action="status", status=403, method="PUT", body={"detail": "no"})
    failed = run.fails(MODULE, name="hooli", billing_email="pay@example.com")
    assert failed.changed
    assert "set billing_email of organization 'hooli', which was just created (" in failed.result["msg"]
    assert run.ok(MODULE, name="hooli", billing_email="pay@example.com").changed


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "required to delete an organization: repeat its current name"),
        ({"confirm_deletion": "initech"}, "'initech' is not the name of the organization, 'globex'"),
        ({"confirm_deletion": ""}, "'' is not the name of the organization, 'globex'"),
    ],
)
def test_a_deletion_is_confirmed_before_any_request(run: "Runner", options: dict[str, Any], message: str) -> None:
    failed = run.fails(MODULE, name="globex", state="absent", **options)
    assert failed.result["msg"] == f"confirm_deletion: {message}"
    assert failed.calls == []


def test_a_deletion_by_id_is_confirmed_by_the_current_name(run: "Runner") -> None:
    object_id = run.ok(MODULE, name="globex").result["organization"]["id"]
    for check in (True, False):
        failed = run.fails(MODULE, check=check, id=object_id, state="absent", confirm_deletion="initech")
        assert "'initech' is not the current name of the organization, 'globex'" in failed.result["msg"]
        assert short(failed.calls) == [LIST]
    assert run.ok(MODULE, id=object_id, state="absent", confirm_deletion="globex").changed
    assert not run.ok(MODULE, id=object_id, state="absent", confirm_deletion="globex").changed


def test_a_token_is_asked_for_with_the_current_name(run: "Runner") -> None:
    """And the API token is in the form, and in no header."""
    object_id = run.ok(MODULE, name="globex").result["organization"]["id"]
    renamed = run.ok(MODULE, id=object_id, name="hooli")
    (exchange,) = [request for request in renamed.requests if request.path == "/api/oauth/token"]
    assert f"{run.emulator.base_url}/globex".replace(":", "%3A").replace("/", "%2F") in exchange.raw_body
    assert exchange.headers["content-type"] == "application/x-www-form-urlencoded"
    assert not exchange.authorized


@pytest.mark.parametrize("refusals", [1, 2])
def test_a_token_that_is_refused_is_exchanged_once_more(run: "Runner", refusals: int) -> None:
    run.emulator.faults.add(action="status", status=401, method="PUT", body={"detail": "Invalid token"}, count=refusals)
    done = run(MODULE, **GLOBEX)
    assert short(done.calls) == [LIST, EXCHANGE, PUT, EXCHANGE, PUT]
    assert done.failed is (refusals == 2)


def test_somebody_else_deleted_it(run: "Runner") -> None:
    """No token is given for it, and the list, read again, has it no more: it is absent, or made anew."""
    stale = _wires(run)[:1]
    for options, calls in (
        (GONE, [LIST, EXCHANGE, LIST]),
        (GLOBEX, [LIST, EXCHANGE, LIST, "POST instance/organizations/"]),
    ):
        run.emulator.store.load({"organizations": ["initech"]})
        run.emulator.faults.add(action="body", method="GET", path="/organizations/$", body=stale)
        done = run.ok(MODULE, **options)
        assert short(done.calls) == calls


def _wires(run: "Runner") -> list[dict[str, Any]]:
    """The organizations as the list has them."""
    members = ("project_names",)
    organizations = run.emulator.store.snapshot()["organizations"]
    return [{name: value for name, value in each.items() if name not in members} for each in organizations]


@pytest.mark.parametrize("options", [GONE, GLOBEX])
def test_a_token_is_refused_for_what_is_listed(run: "Runner", options: dict[str, Any]) -> None:
    """The instance knows itself by another address: nothing is taken for gone."""
    run.emulator.settings.patch({"exchange_audience": "https://logfire.example.com"})
    failed = run.fails(MODULE, **options)
    assert "unknown organization: 'http://127.0.0.1" in failed.result["msg"]
    assert "Logfire lists this organization, so base_url may not be the URL" in failed.result["msg"]
    assert failed.result["failure"]["status"] == 400
    assert failed.writes == []


def test_a_token_that_cannot_be_exchanged(run: "Runner") -> None:
    limited = {"key": run.connection["api_token"], "scopes": ["instance:admin"]}
    run.emulator.settings.patch({"accept_local_keys": False, "keys": [limited]})
    failed = run.fails(MODULE, **GLOBEX)
    assert "needs the scope organization:admin and must have been created in" in failed.result["msg"]


@pytest.mark.parametrize("missing", ["/instance/organizations/", "/oauth/", "/v1/organization/"])
def test_releases_without_the_routes(run: "Runner", missing: str) -> None:
    """The message has the least release, and what cannot be deleted is not taken for gone."""
    run.emulator.settings.patch({"missing_routes": [missing]})
    release = "v2026-06-03.01" if "instance" in missing else "v2026-06-25.01"
    for options in (GONE, GLOBEX):
        failed = run.fails(MODULE, **options)
        assert f"recent enough (release {release} or later)" in failed.result["msg"]
    assert len(run.emulator.store.snapshot()["organizations"]) == 2


@pytest.mark.parametrize("verbosity", [0, 4])
@pytest.mark.parametrize(
    "answer",
    [
        {"access_token": "canary-of-a-token-0123456789", "expires_in": None},
        {"access_token": "canary of a token", "expires_in": 900},
        {"access_token": ["canary-of-a-token-0123456789"]},
        ["canary-of-a-token-0123456789"],
    ],
)
def test_strange_tokens_are_not_shown(run: "Runner", answer: Any, verbosity: int) -> None:
    run.emulator.faults.add(action="body", method="POST", path="/oauth/", body=answer, count=None)
    echo = {"detail": "canary-of-a-token-0123456789 is refused"}
    run.emulator.faults.add(action="status", status=422, method="PUT", body=echo, count=None)
    failed = run.fails(MODULE, **GLOBEX, _ansible_verbosity=verbosity)
    assert "canary" not in failed.stdout + failed.stderr


@pytest.mark.parametrize("options", [GLOBEX, GONE, {"name": "new-one", "billing_email": "a@example.com"}])
def test_no_result_has_a_token(run: "Runner", options: dict[str, Any]) -> None:
    seen: list[Run] = [run(MODULE, **options, _ansible_verbosity=4)]
    for fault in (
        {"action": "status", "status": 500, "count": None},
        {"action": "drop_after", "count": 1},
        {"action": "status", "status": 401, "body": {"detail": "Invalid token"}, "count": None},
    ):
        run.emulator.store.load({"organizations": ["globex"]})
        run.emulator.faults.clear()
        run.emulator.faults.add(path="/v1/organization/", **fault)
        seen.append(run(MODULE, **options, retry_timeout=0, _ansible_verbosity=4))
        for token in tokens(run):
            assert all(token not in each.stdout + each.stderr for each in seen)
    assert any(each.failed for each in seen)


@pytest.mark.parametrize("action", ["drop_after", "drop_before"])
def test_a_deletion_without_an_answer(run: "Runner", action: str) -> None:
    """Is sent again, and reported; what it left is a token that nobody knows."""
    run.emulator.faults.add(action=action, method="DELETE")
    assert run.ok(MODULE, **GONE).changed
    assert not run.ok(MODULE, **GONE).changed


def test_names_are_checked(run: "Runner") -> None:
    failed = run.fails(MODULE, name="Globex Corp")
    assert "'Globex Corp' is not a valid organization name" in failed.result["msg"]
    assert failed.writes == []
