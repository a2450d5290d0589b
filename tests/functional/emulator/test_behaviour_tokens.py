# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write tokens and read tokens."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"
CREATED = {"id", "project_id", "created_at", "description", "expires_at", "token"}
LISTED = CREATED - {"token"} | {"project_name", "created_by_name", "token_prefix", "active"}
FRONTEND = {"frontend_application_id", "frontend_application_name", "frontend_application_deleted"}

both = pytest.mark.parametrize("kind", ["write-tokens", "read-tokens"])


def instant(text: str) -> datetime:
    """An instant of an answer."""
    return datetime.fromisoformat(text)


def listed(api: Api, path: str) -> dict[str, Any]:
    """The listed tokens by id."""
    return {token["id"]: token for token in api.ok("GET", path)}


@both
def test_life(api: Api, project: str, kind: str) -> None:
    """The secret shows once, a part of it ever after; an expired token stays in the list, a revoked one does not."""
    path = f"{project}{kind}/"
    answer = api.call("POST", path, {})
    created = answer.json()
    assert answer.status_code == 201
    assert set(created) == CREATED
    assert re.fullmatch(r"pylf_v1_local_[A-Za-z0-9]{43}", created["token"])
    [token] = api.ok("GET", path)
    assert set(token) == (LISTED | FRONTEND if kind == "write-tokens" else LISTED)
    assert token["token_prefix"] == created["token"][:19]
    assert (token["description"], token["active"], token["expires_at"]) == ("Created by Public API", True, None)
    assert token["project_name"] == "shop"
    item = f"{path}{created['id']}/"
    assert api.call("PATCH", f"{item}expire/").status_code == 204
    [token] = api.ok("GET", path)
    assert token["active"] is False
    assert token["expires_at"] is not None
    assert api.call("DELETE", item).status_code == 204
    assert api.ok("GET", path) == []


@both
@pytest.mark.parametrize("body", [..., None, {}, {"expires_at": None}, {"description": "mine", "name": "x"}])
def test_bodies_without_an_end(api: Api, project: str, kind: str, body: Any) -> None:
    """No body, null and unknown members: a token that never ends, with the fixed description."""
    created = api.ok("POST", f"{project}{kind}/", body)
    assert (created["expires_at"], created["description"]) == (None, "Created by Public API")


@both
@pytest.mark.parametrize(
    ("given", "echo", "settings"),
    [
        ("2026-12-31T23:59:59Z", "2026-12-31T23:59:59Z", {}),
        ("2027-03-02T12:34:56-07:00", "2027-03-02T19:34:56Z", {}),
        ("2027-03-02T12:34:56-07:00", "2027-03-02T12:34:56-07:00", {"expires_at_echo": "as_given"}),
        ("2027-03-02T12:34:56.789Z", "2027-03-02T12:34:56.789000Z", {}),
        ("2027-03-02T12:34:56", "2027-03-02T12:34:56Z", {}),
    ],
)
def test_end(
    emulator: "RunningEmulator", api: Api, project: str, kind: str, given: str, echo: str, settings: dict[str, Any]
) -> None:
    """An end in UTC comes back as it was given; other spellings mean the same instant."""
    emulator.settings.patch(settings)
    created = api.ok("POST", f"{project}{kind}/", {"expires_at": given})
    [token] = api.ok("GET", f"{project}{kind}/")
    assert created["expires_at"] == token["expires_at"] == echo


@both
@pytest.mark.parametrize("given", ["", "soon", "2026-02-30T00:00:00Z", []])
def test_bad_end(api: Api, project: str, kind: str, given: Any) -> None:
    """An end that is none."""
    answer = api.call("POST", f"{project}{kind}/", {"expires_at": given})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "expires_at"]


@both
def test_time_ends_tokens(emulator: "RunningEmulator", api: Api, project: str, kind: str) -> None:
    """Past its end a token is listed as not active."""
    end = emulator.store.clock.peek() + timedelta(hours=1)
    api.ok("POST", f"{project}{kind}/", {"expires_at": end.isoformat()})
    assert [token["active"] for token in api.ok("GET", f"{project}{kind}/")] == [True]
    emulator.settings.clock_offset = 3601
    assert [token["active"] for token in api.ok("GET", f"{project}{kind}/")] == [False]


@both
@pytest.mark.parametrize("keeps", [False, True])
def test_rotate(emulator: "RunningEmulator", api: Api, project: str, kind: str, keeps: bool) -> None:
    """A new token for the old one, which ends at once. Whether the end is inherited is a setting."""
    emulator.settings.rotate_keeps_expiry = keeps
    end = "2999-12-31T23:59:59Z"
    path = f"{project}{kind}/"
    old = api.ok("POST", path, {"expires_at": end})
    answer = api.call("POST", f"{path}{old['id']}/rotate/")
    new = answer.json()
    assert answer.status_code == 201
    extra = {"previous_token_expires_at"} if kind == "write-tokens" else set()
    assert set(new) == CREATED | extra
    assert new["id"] != old["id"]
    assert new["token"] != old["token"]
    assert new["expires_at"] == (end if keeps else None)
    tokens = listed(api, path)
    assert {item: token["active"] for item, token in tokens.items()} == {old["id"]: False, new["id"]: True}
    assert not extra or new["previous_token_expires_at"] == tokens[old["id"]]["expires_at"]


@pytest.mark.parametrize(
    ("body", "hours"), [(..., 0), (None, 0), ({}, 0), ({"grace_period_hours": None}, 0), ({"grace_period_hours": 2}, 2)]
)
def test_grace_period(emulator: "RunningEmulator", api: Api, project: str, body: Any, hours: int) -> None:
    """The replaced write token may live on for hours, and then ends."""
    path = f"{project}write-tokens/"
    old = api.ok("POST", path)
    new = api.ok("POST", f"{path}{old['id']}/rotate/", body)
    lives = instant(new["previous_token_expires_at"]) - instant(new["created_at"])
    assert timedelta(0) <= lives - timedelta(hours=hours) < timedelta(seconds=5)
    assert listed(api, path)[old["id"]]["active"] is (hours > 0)
    emulator.settings.clock_offset = hours * 3600 + 5
    assert listed(api, path)[old["id"]]["active"] is False


def test_grace_period_is_no_extension(api: Api, project: str) -> None:
    """A token that would have ended before still does."""
    path = f"{project}write-tokens/"
    old = api.ok("POST", path, {"expires_at": "2020-01-01T00:00:00Z"})
    new = api.ok("POST", f"{path}{old['id']}/rotate/", {"grace_period_hours": 24})
    assert new["previous_token_expires_at"] == "2020-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "body", [{"grace_period_hours": -1}, {"grace_period_hours": "soon"}, {"grace_period_hours": 0.5}]
)
def test_bad_grace_period(api: Api, project: str, body: Any) -> None:
    """Whole hours."""
    old = api.ok("POST", f"{project}write-tokens/")
    assert api.call("POST", f"{project}write-tokens/{old['id']}/rotate/", body).status_code == 422


ENDINGS = [("DELETE", ""), ("PATCH", "expire/"), ("POST", "rotate/")]


@pytest.mark.parametrize(("method", "tail"), ENDINGS)
@both
def test_unknown_token(api: Api, project: str, kind: str, method: str, tail: str) -> None:
    """404, with the texts that the published document gives."""
    answer = api.call(method, f"{project}{kind}/{ID}/{tail}")
    text = "Project read token not found" if kind == "read-tokens" and tail else "Project token not found"
    assert (answer.status_code, answer.json()) == (404, {"detail": text})


@both
@pytest.mark.parametrize(("method", "path"), [("GET", f"{ID}/"), ("PUT", f"{ID}/"), ("PUT", "")])
def test_no_such_route(api: Api, project: str, kind: str, method: str, path: str) -> None:
    """A token is neither read by its id nor changed."""
    assert api.call(method, f"{project}{kind}/{path}").status_code == 405


@pytest.mark.parametrize(("method", "tail"), ENDINGS)
def test_token_of_a_frontend_application(emulator: "RunningEmulator", api: Api, method: str, tail: str) -> None:
    """400: these routes leave it alone."""
    seed = {"projects": [{"project_name": "shop", "write_tokens": [{"frontend_application_id": ID}]}]}
    emulator.store.load(seed)
    [project] = emulator.store.state.projects
    [token] = api.ok("GET", f"projects/{project}/write-tokens/")
    answer = api.call(method, f"projects/{project}/write-tokens/{token['id']}/{tail}")
    assert answer.status_code == 400
    assert isinstance(answer.json()["detail"], str)
    assert api.ok("GET", f"projects/{project}/write-tokens/") == [token]


@both
def test_revoked_tokens_may_stay_listed(emulator: "RunningEmulator", api: Api, project: str, kind: str) -> None:
    """A setting: not active, and gone for every other purpose."""
    emulator.settings.revoked_tokens = "listed"
    path = f"{project}{kind}/"
    token = api.ok("POST", path)
    api.ok("DELETE", f"{path}{token['id']}/")
    assert [item["active"] for item in api.ok("GET", path)] == [False]
    assert api.call("DELETE", f"{path}{token['id']}/").status_code == 404


@both
def test_expired_tokens_may_not_be_listed(emulator: "RunningEmulator", api: Api, project: str, kind: str) -> None:
    """A setting, independent of that for revoked ones."""
    emulator.settings.patch({"expired_tokens": "hidden", "revoked_tokens": "listed"})
    path = f"{project}{kind}/"
    expiring, revoked = (api.ok("POST", path)["id"] for _number in range(2))
    api.ok("PATCH", f"{path}{expiring}/expire/")
    api.ok("DELETE", f"{path}{revoked}/")
    assert list(listed(api, path)) == [revoked]


@both
def test_a_past_end_may_be_refused(emulator: "RunningEmulator", api: Api, project: str, kind: str) -> None:
    emulator.settings.past_expires_at = "refuse"
    now = emulator.store.clock.peek()
    answer = api.call("POST", f"{project}{kind}/", {"expires_at": (now - timedelta(seconds=1)).isoformat()})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "expires_at"]
    assert api.ok("GET", f"{project}{kind}/") == []
    api.ok("POST", f"{project}{kind}/", {"expires_at": (now + timedelta(hours=1)).isoformat()})


@both
def test_a_minimal_answer(emulator: "RunningEmulator", api: Api, project: str, kind: str) -> None:
    """To creations and rotations; lists are as ever."""
    emulator.settings.token_create_answer = "minimal"
    created = api.ok("POST", f"{project}{kind}/")
    rotated = api.ok("POST", f"{project}{kind}/{created['id']}/rotate/")
    assert set(created) == set(rotated) == {"id", "token"}
    assert set(api.ok("GET", f"{project}{kind}/")[0]) >= LISTED


def test_older_releases(emulator: "RunningEmulator", api: Api, project: str) -> None:
    """No frontend applications, no grace period."""
    emulator.settings.patch({"token_frontend_members": False, "rotate_grace_period": False})
    path = f"{project}write-tokens/"
    old = api.ok("POST", path)
    assert set(api.ok("POST", f"{path}{old['id']}/rotate/", {"grace_period_hours": 2})) == CREATED
    assert set(api.ok("GET", path)[0]) == LISTED
    assert listed(api, path)[old["id"]]["active"] is False


def test_renamed_project(api: Api, project: str) -> None:
    """Lists tell the current name of the project."""
    api.ok("POST", f"{project}write-tokens/")
    api.ok("PUT", project, {"project_name": "renamed"})
    assert api.ok("GET", f"{project}write-tokens/")[0]["project_name"] == "renamed"
