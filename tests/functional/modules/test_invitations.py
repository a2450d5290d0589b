# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invitations: what counts as one for a role, and where its link goes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from api_calls import expected_calls, short
from cases import bodies

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run, Runner

MODULE = "logfire_invitation"
PEOPLE = [{"email": f"{role}@example.com", "role": role} for role in ("admin", "member")]


@pytest.fixture(autouse=True)
def people(run: "Runner") -> None:
    """An admin and a member: nobody is a guest."""
    run.emulator.store.load({"members": PEOPLE})


def stored(emulator: "RunningEmulator") -> list[dict[str, Any]]:
    """The invitations that there are."""
    invitations: list[dict[str, Any]] = emulator.store.snapshot()["invitations"]
    return invitations


def alter(emulator: "RunningEmulator", **members: Any) -> None:
    """Let the invitations be other ones."""
    snapshot = emulator.store.snapshot()
    snapshot["invitations"] = [{**each, **members} for each in snapshot["invitations"]]
    emulator.store.load(snapshot)


def no_link(done: "Run", emulator: "RunningEmulator") -> bool:
    """Whether a run shows no link."""
    return not any(each["invite_url"] in done.stdout + done.stderr for each in stored(emulator))


def test_one_is_made_and_counts(run: "Runner", emulator: "RunningEmulator") -> None:
    options = {"role": "member", "expires_in": "7d"}
    check = run.ok(MODULE, check=True, **options)
    made = run.ok(MODULE, **options)
    assert (check.changed, made.changed) == (True, True)
    assert check.result["diff"] == made.result["diff"]
    assert short(made.calls) == expected_calls("invitation", "create", ())
    shown = made.result["invitation"]
    (there,) = stored(emulator)
    assert (shown.pop("invite_url"), shown["id"]) == (there["invite_url"], there["id"])
    assert shown.keys() == check.result["invitation"].keys()
    assert (shown["role"], shown["usage_count"], shown["max_usage_count"]) == ("member", 0, 1)
    assert check.result["invitation"]["role_id"] == shown["role_id"]
    again = run.ok(MODULE, **options)
    assert short(again.calls) == expected_calls("invitation", "no-op", ())
    assert (again.changed, again.result["invitation"]) == (False, shown)
    assert no_link(again, emulator)
    assert run.ok(MODULE, role="admin").changed


@pytest.mark.parametrize("form", ["lower", "capitalized"])
def test_the_spelling_of_roles(form: str, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.patch({"member_role_form": form})
    assert run.ok(MODULE, role="member").changed
    assert not run.ok(MODULE, role="member").changed


def test_one_more(run: "Runner", emulator: "RunningEmulator") -> None:
    for number in (1, 2, 3):
        assert run.ok(MODULE, role="member", new=True).changed
        assert len(stored(emulator)) == number


@pytest.mark.parametrize("ended", [{"usage_count": 1}, {"expiration": "2001-01-01T00:00:00Z"}], ids=str)
@pytest.mark.parametrize("in_file", [True, False])
def test_what_has_ended_does_not_count(
    in_file: bool, ended: dict[str, Any], run: "Runner", emulator: "RunningEmulator", tmp_path: Path
) -> None:
    options = {"role": "member", **({"path": str(tmp_path / "link")} if in_file else {})}
    run.ok(MODULE, **options)
    alter(emulator, **ended)
    assert run.ok(MODULE, **options).changed
    assert not run.ok(MODULE, **options).changed


def test_a_role_that_nobody_has(run: "Runner", emulator: "RunningEmulator") -> None:
    """Nothing tells what its invitations are for; a warning says so."""
    assert run.ok(MODULE, role="guest").changed
    again = run.ok(MODULE, role="guest")
    assert not again.changed
    assert any("No member has the role guest" in warning for warning in again.warnings)
    assert run.ok(MODULE, role="member").changed
    assert not run.ok(MODULE, role="member").changed


def test_a_link_in_a_file(run: "Runner", emulator: "RunningEmulator", tmp_path: Path) -> None:
    path = tmp_path / "link"
    options = {"role": "guest", "expires_at": "2099-01-01T00:00:00+01:00", "path": str(path)}
    run.ok(MODULE, role="guest")
    assert run.ok(MODULE, check=True, **options).changed
    assert not path.exists()
    made = run.ok(MODULE, **options)
    assert "invite_url" not in made.result["invitation"]
    assert bodies(made) == [{"role": "guest", "expiration": "2098-12-31T23:00:00Z"}]
    link = {each["id"]: each["invite_url"] for each in stored(emulator)}[made.result["invitation"]["id"]]
    assert path.read_text() == f"{link}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["link"]
    again = run.ok(MODULE, **options)
    assert not again.changed
    (warning,) = again.warnings
    assert "No member has the role guest" in warning  # the link may be for another such role
    assert no_link(made, emulator)
    assert no_link(again, emulator)
    path.chmod(0o644)
    assert run.ok(MODULE, **options).result["diff"]["before"] == {"mode": "0644"}
    moved = run.ok(MODULE, **{**options, "role": "member"})
    assert moved.changed, "the link is for another role, as far as is known"


@pytest.mark.parametrize("fault", ["drop_after", "truncate", "drop_before"])
@pytest.mark.parametrize("in_file", [True, False])
def test_an_answer_that_is_lost(
    in_file: bool, fault: str, run: "Runner", emulator: "RunningEmulator", tmp_path: Path
) -> None:
    """The list shows what was made, its link too."""
    emulator.faults.add(action=fault, method="POST")
    options = {"role": "member", **({"path": str(tmp_path / "link")} if in_file else {})}
    made = run.ok(MODULE, **options)
    (there,) = stored(emulator)
    held = (tmp_path / "link").read_text().strip() if in_file else made.result["invitation"]["invite_url"]
    assert held == there["invite_url"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ("role",)),
        ({"role": "auditor"}, ("role", "auditor", "billing")),
        ({"role": "member", "expires_in": "soon"}, ("expires_in", "soon")),
        ({"role": "member", "expires_at": "tomorrow"}, ("expires_at", "tomorrow", "RFC 3339")),
        ({"role": "member", "expires_at": "2001-01-01T00:00:00Z"}, ("expires_at", "past")),
        ({"role": "member", "expires_at": "2099-01-01T00:00:00Z", "expires_in": "1d"}, ("expires_at", "expires_in")),
        ({"role": "member", "path": ""}, ("path", "empty")),
        ({"role": "member", "path": "/no/such/place/link"}, ("path", "/no/such/place")),
        ({"role": "member", "state": "absent"}, ("state", "unknown option")),
    ],
)
def test_bad_input(options: dict[str, Any], words: tuple[str, ...], run: "Runner") -> None:
    failed = run.fails(MODULE, **options)
    assert all(word in failed.result["msg"] for word in words), failed.result["msg"]
    assert failed.writes == []


def test_a_file_of_something_else(run: "Runner", tmp_path: Path) -> None:
    path = tmp_path / "link"
    path.write_text("Not a link\n")
    failed = run.fails(MODULE, role="member", path=str(path))
    assert "contains something other than a link" in failed.result["msg"]
    assert path.read_text() == "Not a link\n"


@pytest.mark.parametrize(
    "missing", ["organization:read_invitation", "organization:read_member", "organization:write_invitation"]
)
def test_a_missing_scope_is_named(missing: str, run: "Runner", emulator: "RunningEmulator") -> None:
    scopes = {"organization:read_invitation", "organization:read_member", "organization:write_invitation"} - {missing}
    emulator.settings.patch({"keys": [{"key": run.connection["api_token"], "scopes": sorted(scopes)}]})
    failed = run.fails(MODULE, role="member")
    assert f"needs the scope {missing}" in failed.result["msg"]


def test_the_info_module(run: "Runner", emulator: "RunningEmulator") -> None:
    for role in ("member", "admin", "guest"):
        run.ok(MODULE, role=role, new=True)
    snapshot = emulator.store.snapshot()
    snapshot["invitations"][0]["usage_count"] = 1
    emulator.store.load(snapshot)
    listed = run.ok(f"{MODULE}_info")
    assert short(listed.calls) == expected_calls("invitation_info", "all", ())
    assert [each["role"] for each in listed.result["invitations"]] == ["member", "admin", None]
    assert [each["active"] for each in listed.result["invitations"]] == [False, True, True]
    assert no_link(listed, emulator)
    assert [each["role"] for each in run.ok(f"{MODULE}_info", active=True).result["invitations"]] == ["admin", None]
    assert run.ok(f"{MODULE}_info", role="Admin").result["invitations"] == [listed.result["invitations"][1]]
