# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of tokens: which one is meant, when it is replaced, how, and that no secret is lost or shown.

The module uses the real clock, so the tokens of these tests were made in the past and end in the future.
"""

import errno
import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from api_calls import expected_calls, short
from cases import PROJECT_ID, UNKNOWN_ID, USERS, bodies, seed

from ansible_collections.community.logfire.plugins.module_utils._tasks import directories, secret_file

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run, Runner

MODULE = "logfire_token"
ID, OTHER_ID = USERS
SECRET = "pylf_v1_local_" + "a" * 40
OTHER_SECRET = "pylf_v1_local_" + "b" * 40
FOREIGN_SECRET = "pylf_v1_local_" + "f" * 40
LOOK = ["GET projects/P/write-tokens/"]
POST, DELETE = "POST projects/P/write-tokens/", "DELETE projects/P/write-tokens/ID/"
ROTATE = "POST projects/P/write-tokens/ID/rotate/"


def moment(**delta: float) -> str:
    """RFC 3339 of a moment that far from now."""
    return (datetime.now(UTC) + timedelta(**delta)).isoformat()


def made(days: float = 1, expires_in_days: float | None = None, **more: Any) -> dict[str, Any]:
    """The first token of a seed: its age, and what life it has left."""
    left = None if expires_in_days is None else moment(days=expires_in_days)
    return {"id": ID, "token": SECRET, "created_at": moment(days=-days), "expires_at": left, **more}


def hold(emulator: "RunningEmulator", *tokens: dict[str, Any], kind: str = "write") -> None:
    emulator.store.load(seed(**{f"{kind}_tokens": list(tokens)}))


def stored(emulator: "RunningEmulator", kind: str = "write") -> dict[str, dict[str, Any]]:
    """The tokens of the project by id."""
    return {token["id"]: token for token in emulator.store.snapshot()["projects"][0][f"{kind}_tokens"]}


def living(emulator: "RunningEmulator") -> set[str]:
    """The ids of the write tokens that work."""
    now = datetime.now(UTC)
    return {
        token["id"]
        for token in stored(emulator).values()
        if not token["revoked"] and (token["expires_at"] is None or datetime.fromisoformat(token["expires_at"]) > now)
    }


def apply(run: "Runner", **options: Any) -> "Run":
    """A run that was foretold by a check run: the same diff, and nothing written by that."""
    check = run.ok(MODULE, check=True, project=PROJECT_ID, **options)
    real = run.ok(MODULE, project=PROJECT_ID, **options)
    assert (check.changed, check.result["diff"]) == (real.changed, real.result["diff"])
    foretold, became = dict(check.result["token"]), dict(real.result["token"])
    for member in ("id", "created_at", "description") if real.changed else ():  # which the service decides
        assert foretold.pop(member) in (None, became[member])
        del became[member]
    became.pop("token", None)
    if real.changed and foretold["expires_at"] is not None:  # counted from now, which has passed on
        then, now = (datetime.fromisoformat(state.pop("expires_at")) for state in (foretold, became))
        assert timedelta(0) <= now - then < timedelta(seconds=30)
    assert foretold == became
    return real


# Which token is meant


@pytest.mark.parametrize("kind", ["write", "read"])
def test_at_least_one_active_token(kind: str, run: "Runner", emulator: "RunningEmulator") -> None:
    first = run.ok(MODULE, project="shop", type=kind).result["token"]
    assert first["token"] == stored(emulator, kind)[first["id"]]["token"]
    assert (first["type"], first["replaced"]) == (kind, None)
    same = run.ok(MODULE, project="shop", type=kind)
    assert not same.changed
    assert same.result["token"]["id"] == first["id"]
    assert "token" not in same.result["token"]
    assert stored(emulator, "read" if kind == "write" else "write") == {}


@pytest.mark.parametrize(
    "token",
    [
        made(days=30, expires_in_days=-1),
        made(revoked=True),
        made(frontend_application_id=UNKNOWN_ID, frontend_application_name="web"),
    ],
    ids=["expired", "revoked and listed", "of a frontend application"],
)
def test_tokens_that_do_not_count(token: dict[str, Any], run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.revoked_tokens = "listed"
    hold(emulator, token)
    new = apply(run)
    assert short(new.calls) == [*LOOK, POST]
    assert new.result["token"]["replaced"] is None
    assert run.ok(MODULE, project=PROJECT_ID).result["token"]["id"] == new.result["token"]["id"]
    assert not run.ok(MODULE, project=PROJECT_ID, type="write", max_age="90d").changed


@pytest.mark.parametrize("listed", [{}, {"active": True}, {"active": None}], ids=str)
def test_an_expired_token_that_the_service_lists_as_any_other(
    listed: dict[str, Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    token = {"id": ID, "project_id": PROJECT_ID, "token_prefix": SECRET[:19], "created_at": moment(days=-9), **listed}
    for expires_at, active in [(moment(days=-1), False), (moment(days=1), True), (None, True)]:
        emulator.faults.add(action="body", method="GET", body=[{**token, "expires_at": expires_at}])
        assert run.ok(MODULE, project=PROJECT_ID, token=SECRET, check=True).changed is not active


@pytest.mark.parametrize("options", [{}, {"rotate": True}, {"max_age": "1h"}, {"expires_in": "1d"}], ids=str)
def test_a_frontend_applications_token_is_never_picked(
    options: dict[str, Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    hold(emulator, made(days=9, frontend_application_id=UNKNOWN_ID))
    before = stored(emulator)[ID]
    run.ok(MODULE, project=PROJECT_ID, **options)
    assert stored(emulator)[ID] == before


def test_of_several_the_one_that_need_not_be_replaced(run: "Runner", emulator: "RunningEmulator") -> None:
    for order in ("insertion", "reversed", "shuffled"):
        emulator.settings.patch({"list_order": order})
        hold(emulator, made(days=99), {"id": OTHER_ID, "token": OTHER_SECRET, "created_at": moment(days=-1)})
        same = run.ok(MODULE, project=PROJECT_ID, max_age="30d")
        assert not same.changed
        assert same.result["token"]["id"] == OTHER_ID
        hold(emulator, made(days=9, expires_in_days=9), {"id": OTHER_ID, "token": OTHER_SECRET})
        assert run.ok(MODULE, project=PROJECT_ID).result["token"]["id"] == OTHER_ID  # it lives longer
        same = run.ok(MODULE, project=PROJECT_ID, expires_in="10d")
        assert not same.changed
        assert same.result["token"]["id"] == ID


@pytest.mark.parametrize("spelling", [ID, ID.upper()])
def test_identity_by_id(spelling: str, run: "Runner", emulator: "RunningEmulator") -> None:
    hold(emulator, made(days=9), {"id": OTHER_ID, "token": OTHER_SECRET})
    same = run.ok(MODULE, project=PROJECT_ID, id=spelling)
    assert (same.changed, same.result["token"]["id"]) == (False, ID)
    changed = apply(run, id=spelling, max_age="8d")
    assert changed.result["token"]["replaced"] == ID
    assert OTHER_ID in living(emulator)
    failed = run.fails(MODULE, project=PROJECT_ID, id=ID)
    assert ID in failed.result["msg"]
    assert "active" in failed.result["msg"]


def test_identity_by_the_value_that_the_user_holds(run: "Runner", emulator: "RunningEmulator") -> None:
    hold(emulator, made(), {"id": OTHER_ID, "token": OTHER_SECRET})
    for secret, expected in ((SECRET, ID), (OTHER_SECRET, OTHER_ID), (f" {SECRET}\n", ID)):
        same = run.ok(MODULE, project=PROJECT_ID, token=secret)
        assert (same.changed, same.result["token"]["id"]) == (False, expected)
        assert short(same.calls) == LOOK
    new = apply(run, token=FOREIGN_SECRET)
    assert short(new.calls) == [*LOOK, POST]
    assert new.result["token"]["token"] != FOREIGN_SECRET
    assert living(emulator) == {ID, OTHER_ID, new.result["token"]["id"]}


def test_a_value_that_fits_two_tokens_is_not_guessed(run: "Runner", emulator: "RunningEmulator") -> None:
    """Unless one of them is not active."""
    emulator.settings.token_prefix_length = len("pylf_v1_local_")
    hold(emulator, made(), {"id": OTHER_ID, "token": OTHER_SECRET})
    for state in ("present", "absent"):
        failed = run.fails(MODULE, project=PROJECT_ID, token=SECRET, state=state)
        assert ID in failed.result["msg"]
        assert OTHER_ID in failed.result["msg"]
        assert failed.writes == []
    hold(emulator, made(), {"id": OTHER_ID, "token": OTHER_SECRET, "expires_at": moment(days=-1)})
    assert run.ok(MODULE, project=PROJECT_ID, token=SECRET).result["token"]["id"] == ID


# When a token is replaced


LIFE: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "nothing asked": (made(days=999), {}, False),
    "nothing asked of one that ends": (made(expires_in_days=1), {}, False),
    "expires_in, within": (made(expires_in_days=20), {"expires_in": "30d"}, False),
    "expires_in, the same": (made(expires_in_days=30), {"expires_in": "30d"}, False),
    "expires_in, lives longer": (made(expires_in_days=31), {"expires_in": "30d"}, True),
    "expires_in, lives for ever": (made(), {"expires_in": "30d"}, True),
    "expires_at, lives for ever": (made(), {"expires_at": "2099-01-01T00:00:00Z"}, True),
    "expires_at, the same": (
        made(expires_at="2099-01-01T00:00:00+00:00"),
        {"expires_at": "2098-12-31T19:00:00-05:00"},
        False,
    ),
    "expires_at, another": (
        made(expires_at="2099-01-01T00:00:00+00:00"),
        {"expires_at": "2099-06-01T00:00:00Z"},
        True,
    ),
    "renew_before, enough left": (made(expires_in_days=8), {"renew_before": "7d"}, False),
    "renew_before, too little left": (made(expires_in_days=6), {"renew_before": "7d", "expires_in": "30d"}, True),
    "renew_before, too little left, no end asked": (made(days=24, expires_in_days=6), {"renew_before": "P1W"}, True),
    "renew_before, lives for ever": (made(), {"renew_before": "7d"}, False),
    "renew_before with expires_in, enough left": (
        made(expires_in_days=20),
        {"renew_before": "7d", "expires_in": "30d"},
        False,
    ),
    "max_age, younger": (made(days=29), {"max_age": "30d"}, False),
    "max_age, older": (made(days=31), {"max_age": "30d"}, True),
    "max_age, older and ends": (made(days=31, expires_in_days=3), {"max_age": "720h", "expires_in": "60d"}, True),
    "max_age, older and ends, no end asked": (made(days=31, expires_in_days=29), {"max_age": "30d"}, True),
    "rotate": (made(), {"rotate": True}, True),
    "rotate, ends": (made(days=31, expires_in_days=29), {"rotate": True}, True),
    "rotate, another end asked": (made(days=31, expires_in_days=29), {"rotate": True, "expires_in": "30d"}, True),
}


@pytest.mark.parametrize(
    "identity", [{}, {"id": ID}, {"token": SECRET}, {"path": "TMP"}], ids=["any", "id", "token", "path"]
)
@pytest.mark.parametrize(("token", "options", "replaced"), LIFE.values(), ids=LIFE)
def test_when_a_token_is_replaced(
    token: dict[str, Any],
    options: dict[str, Any],
    replaced: bool,
    identity: dict[str, Any],
    run: "Runner",
    emulator: "RunningEmulator",
    tmp_path: Path,
) -> None:
    hold(emulator, token)
    if "path" in identity:
        identity = {"path": str(tmp_path / "token")}
        (tmp_path / "token").write_text(SECRET)
        (tmp_path / "token").chmod(0o600)
    done = apply(run, **identity, **options)
    assert done.changed is replaced
    assert done.result["token"]["replaced"] == (ID if replaced else None)
    assert (ID in living(emulator)) is not replaced
    assert len(living(emulator)) == 1
    again = {k: v for k, v in options.items() if k != "rotate"}
    new = {"id": done.result["token"]["id"]} if "path" not in identity else identity
    if "expires_in" in options or "rotate" in options or "expires_at" in options:
        assert not run.ok(MODULE, project=PROJECT_ID, **new, **again).changed
    if replaced:
        assert ("reason" in done.result["diff"]["after"]) and done.result["diff"]["before"]["id"] == ID
        end = done.result["token"]["expires_at"]
        if "expires_in" in options:
            left = datetime.fromisoformat(end) - datetime.now(UTC)
            asked = {"30d": 30, "60d": 60}[options["expires_in"]]
            assert timedelta(days=asked) - timedelta(minutes=1) < left <= timedelta(days=asked)
        elif "expires_at" not in options:
            assert (end is None) == (token["expires_at"] is None)


@pytest.mark.parametrize("kind", ["write", "read"])
@pytest.mark.parametrize("days", [1, 90])
@pytest.mark.parametrize("options", [{"rotate": True}, {"rotate": True, "keep_previous": True}, {"max_age": "30m"}])
def test_a_replaced_tokens_lifetime_is_kept(
    options: dict[str, Any], days: int, kind: str, run: "Runner", emulator: "RunningEmulator"
) -> None:
    """Whatever time passes between the counting of an expiry and the making of the token."""
    emulator.settings.clock_offset = -3600
    old = run.ok(MODULE, project=PROJECT_ID, type=kind, expires_at=moment(days=days, hours=-1)).result["token"]
    emulator.settings.clock_offset = 0
    done = apply(run, type=kind, id=old["id"], **options)
    assert done.result["token"]["replaced"] == old["id"]
    assert done.result["diff"]["after"]["expires_in"] == ("24h" if days == 1 else "90d")
    left = datetime.fromisoformat(done.result["token"]["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=-1) < left - timedelta(days=days) <= timedelta(0)


def test_a_kept_lifetime_that_every_run_would_renew(run: "Runner", emulator: "RunningEmulator") -> None:
    hold(emulator, made(days=1, expires_in_days=6))
    failed = run.fails(MODULE, project=PROJECT_ID, renew_before="7d")
    assert "renew_before: must be shorter than 7d, the lifetime of the token that is replaced" in failed.result["msg"]
    assert failed.writes == []
    assert apply(run, renew_before="7d", expires_in="8d").changed


# How it is replaced


#: The token that there is, options, the operation that follows (of api_calls), and the bodies that are sent.
HOW: dict[str, tuple[dict[str, Any], dict[str, Any], str, Any]] = {
    "the API's rotation, where nothing can be lost": (made(), {}, "rotate", [{}]),
    "with a grace period": (made(), {"grace_period": "48h"}, "rotate", [{"grace_period_hours": 48}]),
    "the old one stays": (made(), {"keep_previous": True}, "add", [{}]),
    "an end is asked": (made(), {"expires_at": "2099-01-01T00:00:00Z"}, "replace", ...),
    "the old one has an end": (made(expires_in_days=9), {}, "replace", ...),
    "an end is asked, with a grace period": (
        made(),
        {"expires_at": "2099-01-01T00:00:00Z", "grace_period": "1h"},
        "replace with grace",
        [{"expires_at": "2099-01-01T00:00:00Z"}, {"grace_period_hours": 1}, None],
    ),
    "into a file": (made(), {"path": "TMP"}, "replace", [{}, None]),
    "into a file, the old one stays": (made(), {"path": "TMP", "keep_previous": True}, "add", [{}]),
    "into a file, with a grace period": (
        made(),
        {"path": "TMP", "grace_period": "24h"},
        "replace with grace",
        [{}, {"grace_period_hours": 24}, None],
    ),
}


@pytest.mark.parametrize("setting", [{}, {"rotate_keeps_expiry": True}, {"token_create_answer": "minimal"}], ids=str)
@pytest.mark.parametrize(("token", "options", "operation", "sent"), HOW.values(), ids=HOW)
def test_how_a_token_is_replaced(
    token: dict[str, Any],
    options: dict[str, Any],
    operation: str,
    sent: Any,
    setting: dict[str, Any],
    run: "Runner",
    emulator: "RunningEmulator",
    tmp_path: Path,
) -> None:
    emulator.settings.patch(setting)
    hold(emulator, token)
    if "path" in options:
        options = {**options, "path": str(tmp_path / "token")}
        (tmp_path / "token").write_text(SECRET)
    else:
        options = {**options, "id": ID}
    done = apply(run, rotate=True, **options)
    assert short(done.calls) == expected_calls("token", operation, ["project by id"])
    if sent is not ...:
        assert bodies(done) == sent
    new = done.result["token"]
    assert new["replaced"] == ID
    assert new["expires_at"] == options.get("expires_at") or token["expires_at"] is not None
    lives_on = {ID} if "keep_previous" in options or "grace_period" in options else set()
    assert living(emulator) == {new["id"], *lives_on}
    if "grace_period" in options:
        left = datetime.fromisoformat(stored(emulator)[ID]["expires_at"]) - datetime.now(UTC)
        hours = int(options["grace_period"][:-1])
        assert timedelta(hours=hours) - timedelta(minutes=1) < left <= timedelta(hours=hours)
    secret = stored(emulator)[new["id"]]["token"]
    if "path" in options:
        assert "token" not in new
        assert (tmp_path / "token").read_text().strip() == secret
    else:
        assert new["token"] == secret


def test_a_read_token_is_rotated_without_a_body(run: "Runner", emulator: "RunningEmulator") -> None:
    hold(emulator, made(), kind="read")
    done = apply(run, type="read", id=ID, rotate=True)
    assert short(done.writes) == [ROTATE.replace("write", "read")]
    assert [request.raw_body for request in done.requests if request.method == "POST"] == [""]
    assert "content-type" not in done.requests[-1].headers


def test_what_goes_wrong_after_a_secret_was_made_is_a_warning(run: "Runner", emulator: "RunningEmulator") -> None:
    """The new secret is in the result, and only there: it must not be lost because the old token cannot be ended."""
    hold(emulator, made(expires_in_days=9))
    emulator.faults.add(action="status", method="DELETE", status=400, body={"detail": "not this one"})
    done = run.ok(MODULE, project=PROJECT_ID, id=ID, rotate=True)
    assert done.result["token"]["token"] == stored(emulator)[done.result["token"]["id"]]["token"]
    assert len(done.warnings) == 1
    assert ID in done.warnings[0]
    assert "not this one" in done.warnings[0]


# The file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "token"


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("blank", ["", "  "], ids=repr)
def test_a_blank_path_is_no_wish_to_see_the_secret(blank: str, state: str, run: "Runner") -> None:
    failed = run.fails(MODULE, project=PROJECT_ID, path=blank, state=state)
    assert "path: must not be empty" in failed.result["msg"]
    assert failed.calls == []


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_made_for_its_owner_alone(run: "Runner", emulator: "RunningEmulator", path: Path) -> None:
    """Whatever the umask is; and the secret is nowhere else."""
    old = os.umask(0)
    try:
        done = apply(run, path=str(path))
    finally:
        os.umask(old)
    (token,) = stored(emulator).values()
    assert path.read_text() == token["token"] + "\n"
    assert mode_of(path) == 0o600
    assert "token" not in done.result["token"]
    assert token["token"] not in done.stdout
    assert os.listdir(path.parent) == ["token"]
    same = run.ok(MODULE, project=PROJECT_ID, path=str(path))
    assert not same.changed
    assert same.result["token"]["id"] == token["id"]


def test_nobody_can_read_the_file_at_any_moment(run: "Runner", path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written, it is to a file of mode 0600 beside the target, which then takes its place."""
    seen: list[tuple[int, bytes]] = []
    write, rename = os.pwrite, os.rename

    def watched(handle: int, data: bytes, offset: int) -> int:
        seen.append((stat.S_IMODE(os.fstat(handle).st_mode), data))
        assert not path.exists()
        return write(handle, data, offset)

    def placed(source: str, target: str, **directories: int) -> None:
        assert mode_of(path.parent / source) == 0o600
        assert set(directories.values()) and target in ("token", ".token.pending")
        rename(source, target, **directories)

    monkeypatch.setattr(secret_file.os, "pwrite", watched)
    monkeypatch.setattr(secret_file.os, "rename", placed)
    run.ok(MODULE, project=PROJECT_ID, path=str(path))
    monkeypatch.undo()
    assert {mode for mode, _data in seen} == {0o600}
    assert [b"pylf_" in data for _mode, data in seen] == [False, True]


@pytest.mark.parametrize("mode", ["0640", "u=rw,g=r", 0o640])
def test_another_mode(mode: Any, run: "Runner", path: Path) -> None:
    for options in ({}, {"mode": mode}):
        run.ok(MODULE, project=PROJECT_ID, path=str(path), **options)
    assert mode_of(path) == 0o640
    assert not run.ok(MODULE, project=PROJECT_ID, path=str(path), mode=mode).changed
    check = run.ok(MODULE, project=PROJECT_ID, path=str(path), check=True)
    assert mode_of(path) == 0o640
    back = run.ok(MODULE, project=PROJECT_ID, path=str(path))
    assert check.changed
    assert back.changed
    assert check.result["diff"] == back.result["diff"]
    assert back.writes == []
    assert mode_of(path) == 0o600
    path.unlink()
    run.ok(MODULE, project=PROJECT_ID, path=str(path), mode=mode)
    assert mode_of(path) == 0o640


def test_another_owner(run: "Runner", path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new file has it before anything is in it; a file that is there is given away."""
    given: list[tuple[int, int, int, bool]] = []

    def give(handle: int, user: int, group: int) -> None:
        given.append((os.fstat(handle).st_size, user, group, path.exists()))

    monkeypatch.setattr(os, "fchown", give)
    run.ok(MODULE, project=PROJECT_ID, path=str(path), owner="1234", group="4321")
    assert given == [(0, 1234, -1, False), (0, -1, 4321, False)]
    given.clear()
    assert run.ok(MODULE, project=PROJECT_ID, path=str(path), owner="1234").changed
    assert given == [(path.stat().st_size, 1234, -1, True)]
    assert run.ok(MODULE, project=PROJECT_ID, path=str(path), owner="1234", check=True).changed
    assert len(given) == 1


# Others can write to the directory of the file


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_link_is_not_followed(
    target: str, state: str, run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    hold(emulator, made())
    (path.parent / "elsewhere").write_text(SECRET)
    path.symlink_to(path.parent / target)
    failed = run.fails(MODULE, project=PROJECT_ID, path=str(path), state=state, rotate=True, mode="0666")
    assert f"{path} is a symbolic link, which is not followed" in failed.result["msg"]
    assert failed.calls == []
    assert sorted(os.listdir(path.parent)) == ["elsewhere", "token"]
    assert mode_of(path.parent / "elsewhere") != 0o666
    assert living(emulator) == {ID}


@pytest.fixture
def nobody_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that there is belongs to other users."""
    for module in (directories, secret_file):
        monkeypatch.setattr(module, "trusted_users", lambda: {-1})


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("is_absolute", [True, False])
def test_a_link_on_the_way_is_followed_only_if_nobody_else_can_change_it(
    is_absolute: bool, is_own: bool, run: "Runner", path: Path, request: pytest.FixtureRequest
) -> None:
    (path.parent / "there").mkdir()
    folder = path.parent / "around"
    folder.mkdir()
    if not is_own:
        request.getfixturevalue("nobody_trusted")
    (folder / "link").symlink_to(path.parent / "there" if is_absolute else "../there")
    done = run(MODULE, project=PROJECT_ID, path=str(folder / "link/token"))
    assert done.failed is not is_own
    assert os.listdir(path.parent / "there") == (["token"] if is_own else [])
    if not is_own:
        assert "link is a symbolic link that other users can change" in done.result["msg"]
        assert done.calls == []


def test_links_without_end(run: "Runner", path: Path) -> None:
    (path.parent / "a").symlink_to("b")
    (path.parent / "b").symlink_to("a")
    failed = run.fails(MODULE, project=PROJECT_ID, path=str(path.parent / "a/token"))
    assert "cannot be used" in failed.result["msg"]


@pytest.mark.parametrize("options", [{"owner": "4711"}, {"mode": "0666"}], ids=str)
def test_a_file_with_a_second_name_is_not_given_away(
    options: dict[str, Any], run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    """Whoever can write the directory may have put it there."""
    hold(emulator, made())
    original = path.parent / "original"
    original.write_text(SECRET)
    original.chmod(0o600)
    os.link(original, path)
    failed = run.fails(MODULE, project=PROJECT_ID, path=str(path), **options)
    assert "has several hard links and was not changed" in failed.result["msg"]
    assert (original.stat().st_uid, mode_of(original), original.read_text()) == (os.getuid(), 0o600, SECRET)
    assert not run.ok(MODULE, project=PROJECT_ID, path=str(path)).changed
    assert run.ok(MODULE, project=PROJECT_ID, path=str(path), rotate=True).changed  # another file takes its place
    assert original.read_text() == SECRET


def test_a_record_that_somebody_else_wrote_is_not_believed(
    run: "Runner", emulator: "RunningEmulator", path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(emulator, made(), {"id": OTHER_ID, "token": OTHER_SECRET})
    path.write_text(SECRET)
    path.chmod(0o600)
    record = path.parent / ".token.pending"
    endings = [{"id": OTHER_ID, "at": None}]
    record.write_text(json.dumps({"project_id": PROJECT_ID, "type": "write", "attempt": None, "endings": endings}))
    with monkeypatch.context() as others:
        others.setattr(secret_file, "trusted_users", lambda: {-1})
        assert not run.ok(MODULE, project=PROJECT_ID, path=str(path)).changed
    assert living(emulator) == {ID, OTHER_ID}
    check = run.ok(MODULE, check=True, project=PROJECT_ID, path=str(path))
    ended = run.ok(MODULE, project=PROJECT_ID, path=str(path))
    assert check.changed and ended.changed
    assert check.result["diff"] == ended.result["diff"]
    assert living(emulator) == {ID}


# What it holds


@pytest.mark.parametrize(
    "content", ["", "\n", FOREIGN_SECRET, f"{SECRET}\r\n"], ids=["empty", "a line", "foreign", "own"]
)
def test_what_the_file_held_before(content: str, run: "Runner", emulator: "RunningEmulator", path: Path) -> None:
    """Nothing, a token that is no longer active, or the right one: only then all is well."""
    hold(emulator, made())
    path.write_bytes(content.encode())
    path.chmod(0o600)
    done = apply(run, path=str(path))
    assert done.changed is (SECRET not in content)
    assert done.result["token"]["replaced"] is None
    assert ID in living(emulator)
    if done.changed:
        assert path.read_text().strip() == stored(emulator)[done.result["token"]["id"]]["token"]
    else:
        assert path.read_bytes() == content.encode()


#: By title: what is around a token, and what the format is.
FORMS: dict[str, tuple[str, str]] = {
    "token": ("{}\n", "token"),
    "no newline": ("{}", "token"),
    "blank lines": ("\n\n {}\r\n\n", "token"),
    "quoted": ('"{}"\n', "token"),
    "environment": ("LOGFIRE_TOKEN={}\n", "environment"),
    "another name": ("SHOP_TOKEN={}", "environment"),
    "double quotes": ('LOGFIRE_TOKEN="{}"\n', "environment"),
    "single quotes": ("export LOGFIRE_TOKEN='{}'\r\n", "environment"),
}
WRITTEN = {"token": "{}\n", "environment": "LOGFIRE_TOKEN={}\n"}


@pytest.mark.parametrize("form", [*FORMS, "a byte order mark"])
def test_what_is_read_in_a_form_is_written_back_in_it(
    form: str, run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    text, _format = FORMS.get(form, ("{}\n", "token"))
    hold(emulator, made())
    path.write_bytes(b"\xef\xbb\xbf" * (form not in FORMS) + text.format(SECRET).encode())
    path.chmod(0o600)
    assert not apply(run, path=str(path)).changed
    new = apply(run, path=str(path), max_age="1h").result["token"]
    assert path.read_bytes() == text.format(stored(emulator)[new["id"]]["token"]).encode()
    assert living(emulator) == {new["id"]}
    if "LOGFIRE" in text:
        path.write_text(text.format(""))  # a place for a token
        third = apply(run, path=str(path)).result["token"]
        assert path.read_bytes() == text.format(stored(emulator)[third["id"]]["token"]).encode()
    apply(run, path=str(path), state="absent")
    assert not path.exists()


@pytest.mark.parametrize("format", WRITTEN)
@pytest.mark.parametrize("form", FORMS)
def test_another_format_can_be_asked_for(
    form: str, format: str, run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    """Then the file changes, and the token does not."""
    text, its_format = FORMS[form]
    hold(emulator, made())
    path.write_bytes(text.format(SECRET).encode())
    path.chmod(0o600)
    done = apply(run, path=str(path), format=format)
    assert done.writes == []
    assert done.changed is (format != its_format)
    assert path.read_bytes() == (text if format == its_format else WRITTEN[format]).format(SECRET).encode()
    if done.changed:
        assert done.result["diff"]["before"]["format"], done.result["diff"]["after"]["format"] == (its_format, format)
    assert not apply(run, path=str(path), format=format).changed
    assert mode_of(path) == 0o600


@pytest.mark.parametrize(
    ("kind", "format", "text"),
    [
        ("write", None, "{}\n"),
        ("write", "token", "{}\n"),
        ("write", "environment", "LOGFIRE_TOKEN={}\n"),
        ("read", "environment", "LOGFIRE_READ_TOKEN={}\n"),
    ],
)
def test_the_format_of_a_new_file(
    kind: str, format: str | None, text: str, run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    done = apply(run, path=str(path), type=kind, **({"format": format} if format else {}))
    assert path.read_text() == text.format(stored(emulator, kind)[done.result["token"]["id"]]["token"])
    assert not apply(run, path=str(path), type=kind).changed


@pytest.mark.parametrize("options", [{}, {"rotate": True, "format": "token"}, {"state": "absent"}], ids=str)
@pytest.mark.parametrize("kind", ["write", "read"])
@pytest.mark.parametrize(
    "content",
    [
        b"word",
        b"changeme\n",
        b"A=1",
        b"LOGFIRE_TOKEN=word\n",
        f"A=1\nLOGFIRE_TOKEN={SECRET}\n".encode(),
        f"LOGFIRE_TOKEN={SECRET} # mine\n".encode(),
        f"LOGFIRE_TOKEN='{SECRET}\n".encode(),
        f"Bearer {SECRET}\n".encode(),
        f"{SECRET}\n{OTHER_SECRET}\n".encode(),
        f"# {SECRET}\n".encode(),
        b'{"token": "x"}',
        b"\x80\xff",
        SECRET.encode() + b"\n" * 20_000 + b"x",
    ],
    ids=repr,
)
def test_a_file_with_anything_else_is_left_alone(
    content: bytes, kind: str, options: dict[str, Any], run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    hold(emulator, made(), kind=kind)
    path.write_bytes(content)
    for check in (True, False):
        failed = run.fails(MODULE, check=check, project=PROJECT_ID, type=kind, path=str(path), **options)
        assert f"{path} contains something other than a token of Logfire or NAME=token" in failed.result["msg"]
        assert failed.calls == []
    assert path.read_bytes() == content
    assert list(stored(emulator, kind)) == [ID]


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("value", ["word", f"LOGFIRE_TOKEN={SECRET}", f"Bearer {SECRET}"])
def test_a_value_that_is_no_token(value: str, state: str, run: "Runner", emulator: "RunningEmulator") -> None:
    hold(emulator, made())
    failed = run.fails(MODULE, project=PROJECT_ID, token=value, state=state)
    assert "token: the value is not a Logfire token" in failed.result["msg"]
    assert failed.writes == []


def test_a_token_that_looks_like_none_and_is_one(run: "Runner", emulator: "RunningEmulator") -> None:
    """As those from before there were regions."""
    hold(emulator, {**made(), "token": "tokenOfTheFirstDaysOfTheService"})
    assert not run.ok(MODULE, project=PROJECT_ID, token="tokenOfTheFirstDaysOfTheService").changed


def test_the_old_token_ends_when_the_new_one_is_in_the_file(
    run: "Runner", emulator: "RunningEmulator", path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(emulator, made())
    path.write_text(SECRET)
    held: dict[str, str] = {}

    def watch(method: str, _path: str) -> None:
        held[method] = path.read_text().strip()

    monkeypatch.setattr(emulator.faults, "find", watch)
    done = run.ok(MODULE, project=PROJECT_ID, path=str(path), rotate=True)
    new = stored(emulator)[done.result["token"]["id"]]["token"]
    assert held == {"GET": SECRET, "POST": SECRET, "DELETE": new}


@pytest.mark.parametrize("status", [403, 422, 503, 429])
def test_nothing_is_left_behind_when_no_token_can_be_made(
    status: int, run: "Runner", emulator: "RunningEmulator", path: Path, waits: list[float]
) -> None:
    hold(emulator, made())
    path.write_text(SECRET)
    emulator.faults.add(action="status", method="POST", status=status, count=None, headers={"Retry-After": "2"})
    failed = run.fails(MODULE, project=PROJECT_ID, path=str(path), rotate=True)
    assert failed.result["failure"]["status"] == status
    assert os.listdir(path.parent) == ["token"]
    assert path.read_text() == SECRET
    assert living(emulator) == {ID}


def refuse(code: int, call: Callable[..., Any], when: Callable[..., bool]) -> Callable[..., Any]:
    """The call, which fails when something is the case with its arguments."""

    def refused(*args: Any, **kw: Any) -> Any:
        if when(*args):
            raise OSError(code, os.strerror(code))
        return call(*args, **kw)

    return refused


def is_new(_name: Any, flags: int, *_more: Any) -> bool:
    return bool(flags & os.O_CREAT)


def test_a_directory_that_cannot_be_written(
    run: "Runner", emulator: "RunningEmulator", path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found out before a token is made."""
    monkeypatch.setattr(secret_file.os, "open", refuse(errno.EACCES, os.open, is_new))
    failed = run.fails(MODULE, project=PROJECT_ID, path=str(path))
    assert str(path) in failed.result["msg"]
    assert "Permission denied" in failed.result["msg"]
    assert failed.writes == []
    assert stored(emulator) == {}


@pytest.mark.parametrize(
    ("option", "value", "word"), [("mode", "rw-rw", "mode"), ("owner", "nobody-such", "nobody-such")]
)
def test_a_mode_or_an_owner_that_cannot_be_had(
    option: str, value: str, word: str, run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    """Found out before a token is made, and nothing is left behind."""
    failed = run.fails(MODULE, project=PROJECT_ID, path=str(path), **{option: value})
    assert word in failed.result["msg"]
    assert failed.writes == []
    assert os.listdir(path.parent) == []


@pytest.fixture
def broken_disk(emulator: "RunningEmulator", monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """Lets a call of the system fail as soon as a token was made."""

    def break_disk(call: str, code: int) -> None:
        def when(*args: Any) -> bool:
            is_made = any(request.method == "POST" for request in emulator.log)
            return is_made and (call != "rename" or args[1] == "token")

        monkeypatch.setattr(secret_file.os, call, refuse(code, getattr(os, call), when))

    return break_disk


@pytest.mark.parametrize("is_revoked", [True, False])
@pytest.mark.parametrize("call", ["fsync", "rename", "pwrite"])
def test_a_disk_that_fails_after_the_token_was_made(
    call: str,
    is_revoked: bool,
    run: "Runner",
    emulator: "RunningEmulator",
    path: Path,
    broken_disk: Callable[[str, int], None],
) -> None:
    """The token is revoked, or named with the way to revoke it; the old one and the file are as before."""
    hold(emulator, made())
    path.write_text(SECRET)
    if not is_revoked:
        emulator.faults.add(action="status", method="DELETE", status=403, body={"detail": "not you"})
    broken_disk(call, errno.ENOSPC)
    failed = run.fails(MODULE, project=PROJECT_ID, path=str(path), rotate=True)
    assert "path: cannot be written: No space left" in failed.result["msg"]
    assert path.read_text() == SECRET
    assert failed.changed is not is_revoked
    if is_revoked:
        assert failed.result["msg"].endswith("The new token was revoked")
        assert os.listdir(path.parent) == ["token"]
        assert living(emulator) == {ID}
    else:
        (new,) = living(emulator) - {ID}
        assert new in failed.result["msg"]
        assert "state=absent" in failed.result["msg"]


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV, errno.EPERM])
@pytest.mark.parametrize("mode", ["0600", "0640"])
def test_a_file_that_nothing_can_take_the_place_of(
    mode: str, code: int, run: "Runner", emulator: "RunningEmulator", path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that is mounted into a container: the new token is written over the old one, and is as private."""
    hold(emulator, made())
    path.write_text(f"{SECRET}\n{' ' * 100}")
    path.chmod(0o666)
    inode = path.stat().st_ino
    monkeypatch.setattr(secret_file.os, "rename", refuse(code, os.rename, lambda _source, target: target == "token"))
    done = run.ok(MODULE, project=PROJECT_ID, path=str(path), rotate=True, mode=mode)
    monkeypatch.undo()
    assert (path.stat().st_ino, mode_of(path)) == (inode, int(mode, 8))
    assert living(emulator) == {done.result["token"]["id"]}
    assert path.read_text().strip() == stored(emulator)[done.result["token"]["id"]]["token"]
    assert os.listdir(path.parent) == ["token"]
    assert not run.ok(MODULE, project=PROJECT_ID, path=str(path), mode=mode).changed


@pytest.mark.parametrize("is_mounted", [True, False], ids=["a mount", "in a directory that cannot be written"])
def test_a_file_that_is_written_in_place_from_the_start(
    is_mounted: bool, run: "Runner", emulator: "RunningEmulator", path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(emulator, made())
    path.write_text(f"LOGFIRE_TOKEN={SECRET}\n")
    if is_mounted:
        monkeypatch.setattr(secret_file, "_mount", str)  # descriptors of different mounts
        monkeypatch.setattr(secret_file.os, "rename", refuse(errno.EBUSY, os.rename, lambda _source, to: to == "token"))
    else:
        monkeypatch.setattr(secret_file.os, "open", refuse(errno.EROFS, os.open, is_new))
    done = run.ok(MODULE, project=PROJECT_ID, path=str(path), rotate=True)
    monkeypatch.undo()
    secret = stored(emulator)[done.result["token"]["id"]]["token"]
    assert path.read_text() == f"LOGFIRE_TOKEN={secret}\n"
    assert mode_of(path) == 0o600
    assert os.listdir(path.parent) == ["token"]


def test_a_mount_that_is_read_only(
    run: "Runner", emulator: "RunningEmulator", path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found out before a token is made."""
    hold(emulator, made())
    path.write_text(SECRET)
    monkeypatch.setattr(secret_file, "_mount", str)  # descriptors of different mounts

    def is_written(name: Any, flags: int, *_more: Any) -> bool:
        return name == "token" and bool(flags & os.O_WRONLY)

    monkeypatch.setattr(secret_file.os, "open", refuse(errno.EROFS, os.open, is_written))
    failed = run.fails(MODULE, project=PROJECT_ID, path=str(path), rotate=True)
    assert "Read-only file system" in failed.result["msg"]
    assert failed.writes == []


def test_in_check_mode_the_directory_may_be_yet_to_come(run: "Runner", path: Path) -> None:
    check = run.ok(MODULE, project=PROJECT_ID, path=str(path / "token"), check=True)
    assert any(str(path) in warning for warning in check.warnings)
    path.mkdir()
    real = run.ok(MODULE, project=PROJECT_ID, path=str(path / "token"))
    assert (check.changed, check.result["diff"]) == (real.changed, real.result["diff"])
    assert real.warnings == []


# What cannot be finished


@pytest.mark.parametrize("kind", ["write", "read"])
@pytest.mark.parametrize("status", [400, 403, 503])
def test_an_old_token_that_cannot_be_ended_is_ended_by_a_later_run(
    status: int, kind: str, run: "Runner", emulator: "RunningEmulator", path: Path, waits: list[float]
) -> None:
    """The change is reported, for handlers have to hear of it; runs that have nothing else to do fail."""
    hold(emulator, made(), kind=kind)
    path.write_text(SECRET)
    options = {"project": PROJECT_ID, "type": kind, "path": str(path), "max_age": "1h"}
    emulator.faults.add(action="status", method="DELETE", status=status, count=None, body={"detail": "not now"})
    done = run.ok(MODULE, **options)
    assert done.changed
    (warning,) = done.warnings
    assert ID in warning and "not now" in warning and "The next run tries again" in warning
    record = path.parent / ".token.pending"
    assert mode_of(record) == 0o600
    assert SECRET not in record.read_text() and path.read_text().strip() not in record.read_text()
    failed = run.fails(MODULE, **options)
    assert ID in failed.result["msg"] and not failed.changed
    emulator.faults.clear()
    check = run.ok(MODULE, check=True, **options)
    ended = run.ok(MODULE, **options)
    assert check.changed and ended.changed
    assert check.result["diff"] == ended.result["diff"]
    assert ended.result["diff"]["before"]["left_by_an_earlier_run"] == [ID]
    assert list(stored(emulator, kind)) == [ended.result["token"]["id"]]
    assert os.listdir(path.parent) == ["token"]
    assert not run.ok(MODULE, **options).changed


def test_what_was_left_in_another_project_is_named(run: "Runner", emulator: "RunningEmulator", path: Path) -> None:
    """It is not for this run to end."""
    emulator.store.load(seed(write_tokens=[made()], projects=["web"]))
    path.write_text(SECRET)
    emulator.faults.add(action="status", method="DELETE", status=403)
    run.ok(MODULE, project="shop", path=str(path), rotate=True)
    done = run.ok(MODULE, project="web", path=str(path))
    assert any(ID in warning and PROJECT_ID in warning for warning in done.warnings)
    assert ID in living(emulator)
    assert os.listdir(path.parent) == ["token"]


# Removal


@pytest.mark.parametrize("identity", ["id", "token", "path"])
@pytest.mark.parametrize("listed", ["hidden", "listed"])
def test_absent(identity: str, listed: Any, run: "Runner", emulator: "RunningEmulator", path: Path) -> None:
    emulator.settings.revoked_tokens = listed
    hold(emulator, made(), {"id": OTHER_ID, "token": OTHER_SECRET})
    path.write_text(SECRET)
    options = {"state": "absent", identity: {"id": ID, "token": SECRET, "path": str(path)}[identity]}
    assert path.exists()
    gone = apply(run, **options)
    assert gone.changed
    assert short(gone.calls) == [*LOOK, DELETE]
    assert gone.result["token"]["id"] == ID
    assert living(emulator) == {OTHER_ID}
    assert path.exists() is (identity != "path")
    again = run.ok(MODULE, project=PROJECT_ID, **options)
    assert not again.changed
    assert short(again.calls) == ([] if identity == "path" else LOOK)


@pytest.mark.parametrize("content", ["", "LOGFIRE_TOKEN=\n", OTHER_SECRET])
def test_absent_removes_a_file_whose_token_is_gone(
    content: str, run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    emulator.settings.revoked_tokens = "listed"
    hold(emulator, made(), {"id": OTHER_ID, "token": OTHER_SECRET, "revoked": True})
    path.write_text(content)
    check = run.ok(MODULE, project=PROJECT_ID, path=str(path), state="absent", check=True)
    assert path.exists()
    gone = run.ok(MODULE, project=PROJECT_ID, path=str(path), state="absent")
    assert check.changed
    assert gone.changed
    assert check.result["diff"] == gone.result["diff"]
    assert gone.writes == []
    assert not path.exists()
    assert living(emulator) == {ID}


#: By title: options that name no active token, and where it is, if anywhere.
NOT_FOUND: dict[str, dict[str, Any]] = {
    "wrong project": {"project": "web"},
    "wrong type": {"type": "read"},
    "no such project": {"project": "sohp"},
    "no token of that value": {"token": FOREIGN_SECRET},
}


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("listed", ["hidden", "listed"])
@pytest.mark.parametrize("identity", ["id", "token", "path"])
@pytest.mark.parametrize("wrong", NOT_FOUND)
def test_absent_does_not_find_the_token(
    wrong: str,
    identity: str,
    listed: Any,
    check: bool,
    run: "Runner",
    emulator: "RunningEmulator",
    path: Path,
) -> None:
    """A warning, or where a file is to be removed an error: the token may be alive, and the file is its only trace."""
    emulator.settings.patch({"revoked_tokens": listed, "expired_tokens": listed})
    emulator.store.load(
        {"projects": [{**seed()["projects"][0], "write_tokens": [made()], "read_tokens": []}, {"project_name": "web"}]}
    )
    secret = NOT_FOUND[wrong].get("token", SECRET)
    path.write_text(secret)
    names = {"id": UNKNOWN_ID if secret != SECRET else ID, "token": secret, "path": str(path)}
    named = {key: value for key, value in NOT_FOUND[wrong].items() if key != "token"}
    options = {"project": "shop", "state": "absent", identity: names[identity], **named}
    done = run(MODULE, check=check, **options)
    assert not done.changed
    assert done.writes == []
    assert path.exists()
    said = done.result["msg"] if identity == "path" else " ".join(done.warnings)
    assert done.failed is (identity == "path")
    assert f"no active {options.get('type', 'write')} token of project '{options['project']}'" in said
    assert ("which does not exist" in said) is (wrong == "no such project")
    assert secret not in said


@pytest.mark.parametrize("options", [{"state": "absent"}, {"rotate": True}], ids=["absent", "replaced"])
def test_a_token_that_somebody_else_ends_meanwhile(
    options: dict[str, Any], run: "Runner", emulator: "RunningEmulator", path: Path
) -> None:
    hold(emulator, made())
    path.write_text(SECRET)
    emulator.faults.add(action="status", method="DELETE", status=404, commit=True, body={"detail": "not found"})
    done = run.ok(MODULE, project=PROJECT_ID, path=str(path), **options)
    assert done.changed
    assert done.warnings == []
    assert ID not in living(emulator)


def test_a_file_stays_when_its_token_cannot_be_revoked(run: "Runner", emulator: "RunningEmulator", path: Path) -> None:
    hold(emulator, made())
    path.write_text(SECRET)
    emulator.faults.add(action="status", method="DELETE", status=403)
    run.fails(MODULE, project=PROJECT_ID, path=str(path), state="absent")
    assert path.read_text() == SECRET


def test_a_frontend_applications_token_is_not_ended_here(run: "Runner", emulator: "RunningEmulator") -> None:
    hold(emulator, made(frontend_application_id=UNKNOWN_ID))
    failed = run.fails(MODULE, project=PROJECT_ID, id=ID, state="absent")
    assert failed.result["failure"]["status"] == 400
    assert "frontend application" in failed.result["msg"]


# Answers that are lost


LOST = {
    "broken connection": {"action": "drop_after"},
    "503": {"action": "status", "status": 503, "commit": True},
    "half an answer": {"action": "truncate"},
    "no JSON": {"action": "body", "body": "<html>created</html>", "content_type": "text/html"},
    "no secret in it": {"action": "body", "body": {"id": UNKNOWN_ID}},
}


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
@pytest.mark.parametrize("kind", ["write", "read"])
@pytest.mark.parametrize("to_file", [False, True], ids=["result", "file"])
def test_a_token_whose_answer_is_lost_is_named_and_no_second_one_made(
    fault: dict[str, Any],
    kind: str,
    to_file: bool,
    run: "Runner",
    emulator: "RunningEmulator",
    path: Path,
    waits: list[float],
) -> None:
    emulator.faults.add(method="POST", **fault)
    options = {"path": str(path)} if to_file else {}
    failed = run.fails(MODULE, project=PROJECT_ID, type=kind, **options)
    (new,) = stored(emulator, kind)
    assert new in failed.result["msg"]
    assert f"type={kind}" in failed.result["msg"]
    assert "state=absent" in failed.result["msg"]
    assert short(failed.writes) == [POST.replace("write", kind)]
    assert os.listdir(path.parent) == []
    assert stored(emulator, kind)[new]["token"] not in failed.stdout
    gone = run.ok(MODULE, project=PROJECT_ID, type=kind, id=new, state="absent")  # what the message says
    assert gone.changed


@pytest.mark.parametrize("action", ["rotate", "create"])
def test_an_old_token_is_not_ended_for_one_that_is_lost(
    action: str, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    """Where the API rotates, the old one has ended; where a new one is made first, it has not."""
    hold(emulator, made(), {"id": OTHER_ID, "token": OTHER_SECRET})
    emulator.faults.add(action="drop_after", method="POST")
    more = {"expires_in": "30d"} if action == "create" else {}
    failed = run.fails(MODULE, project=PROJECT_ID, id=ID, rotate=True, **more)
    (new,) = set(stored(emulator)) - {ID, OTHER_ID}
    assert new in failed.result["msg"]
    assert OTHER_ID not in failed.result["msg"]
    assert len(failed.writes) == 1
    assert (ID in living(emulator)) is (action == "create")


@pytest.mark.parametrize("fault", [{"action": "drop_before"}, {"action": "status", "status": 503}], ids=["drop", "503"])
def test_a_request_that_had_no_effect_is_sent_again(
    fault: dict[str, Any], run: "Runner", emulator: "RunningEmulator", path: Path, waits: list[float]
) -> None:
    emulator.faults.add(method="POST", **fault)
    done = run.ok(MODULE, project=PROJECT_ID, path=str(path))
    assert short(done.calls) == [*LOOK, POST, *LOOK, POST]
    (token,) = stored(emulator).values()
    assert path.read_text().strip() == token["token"]


def test_a_list_that_cannot_be_read_after_a_lost_answer(
    run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    """Then nobody knows whether there is a token, and the error says so; none is made a second time."""
    emulator.faults.add(action="drop_after", method="POST")
    emulator.faults.add(action="status", method="GET", path="write-tokens", status=403, skip=1, count=None)
    failed = run.fails(MODULE, project=PROJECT_ID)
    assert short(failed.writes) == [POST]
    assert "create a write token" in failed.result["msg"]
    assert failed.result["failure"]["method"] == "POST"
    assert "may have been created" in failed.result["msg"]


def test_an_empty_list_does_not_tell_that_no_token_was_made(run: "Runner", emulator: "RunningEmulator") -> None:
    """Where there were tokens before: another attempt could leave one that nobody holds."""
    emulator.store.load(seed(write_tokens=[{}]))
    emulator.faults.add(action="drop_after", method="POST", path="/write-tokens/$")
    emulator.faults.add(action="body", method="GET", path="/write-tokens/$", body=[], skip=1, count=None)
    failed = run.fails("logfire_token", project=PROJECT_ID, rotate=True, expires_in="1d")
    assert "A write token may have been created and its secret lost" in failed.result["msg"]
    assert len([call for call in failed.writes if call.startswith("POST")]) == 1
