# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What members have of their own: people whom nobody can create, and an organization that must not lose its last admin.

Their life is one of the cases of :mod:`test_ten_steps`.
"""

from typing import TYPE_CHECKING, Any

import pytest
from api_calls import short

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

ANN, BOB = "ann@example.com", "bob@example.com"
READINGS = [
    {},
    {"member_role_form": "capitalized"},
    {"list_order": "reversed"},
    *({"unknown_member_status": status} for status in (400, 403, 404, 422)),
    *({"last_admin_status": status} for status in (None, 400, 403, 409, 422)),
]


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_a_life_with_every_reading(reading: dict[str, Any], run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.patch(reading)
    for role in ("billing", "admin", "guest"):
        check, done, again = (run.ok("logfire_member", check=c, email=BOB, role=role) for c in (True, False, False))
        assert (check.changed, done.changed, again.changed) == (True, True, False)
        assert check.result["diff"] == done.result["diff"]
        assert done.result["member"]["role"] == role
    assert run.ok("logfire_member", email=BOB, state="absent").changed
    assert not run.ok("logfire_member", email=BOB, state="absent").changed
    assert [member["email"] for member in run.ok("logfire_member_info").result["members"]] == [ANN]


@pytest.mark.parametrize("email", ["Bob@Example.COM", "BOB@example.com"])
def test_an_address_in_another_case_is_the_same(email: str, run: "Runner") -> None:
    same = run.ok("logfire_member", email=email, role="member")
    assert not same.changed
    assert same.result["member"]["email"] == BOB
    assert len(run.ok("logfire_member_info", email=email).result["members"]) == 1


@pytest.mark.parametrize("check", [False, True])
def test_who_is_no_member_cannot_be_added(check: bool, run: "Runner") -> None:
    failed = run.fails("logfire_member", check=check, email="eve@example.com", role="member")
    assert failed.result["msg"] == (
        "email: there is no member 'eve@example.com'; the API cannot add members: use logfire_invitation to create a"
        " link with which the person can join"
    )
    assert failed.writes == []


@pytest.mark.parametrize("status", [None, 409])
@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize(("options", "option"), [({"role": "member"}, "role"), ({"state": "absent"}, "email")])
def test_the_last_admin_stays(
    options: dict[str, Any], option: str, check: bool, status: int | None, run: "Runner", emulator: "RunningEmulator"
) -> None:
    """Whatever the service would do."""
    emulator.settings.patch({"last_admin_status": status})
    failed = run.fails("logfire_member", check=check, email=ANN, **options)
    assert failed.result["msg"] == f"{option}: '{ANN}' is the last admin of the organization"
    assert failed.writes == []
    run.ok("logfire_member", email=BOB, role="admin")
    assert run.ok("logfire_member", check=check, email=ANN, **options).changed


def test_a_custom_role_can_be_read_and_replaced(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load({"members": [{"email": ANN, "role": "admin"}, {"email": BOB, "role": "Auditor"}]})
    kept = run.ok("logfire_member", email=BOB)
    assert (kept.changed, kept.result["member"]["role"]) == (False, "Auditor")
    changed = run.ok("logfire_member", email=BOB, role="guest")
    assert changed.result["diff"] == {
        "before": {"email": BOB, "role": "Auditor"},
        "after": {"email": BOB, "role": "guest"},
    }


def test_a_stack_sets_roles_and_prunes_only_when_asked(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load({"members": [{"email": ANN, "role": "admin"}, {"email": BOB}, {"email": "eve@example.com"}]})
    members = [{"email": ANN}, {"email": BOB, "role": "billing"}]
    planned = run.ok("logfire_stack", check=True, members=members, prune=["members"])
    applied = run.ok("logfire_stack", members=members)
    assert [(change["name"], change["action"]) for change in applied.result["changes"]] == [(BOB, "update")]
    pruned = run.ok("logfire_stack", members=members, prune=["members"])
    assert [(change["name"], change["action"]) for change in pruned.result["changes"]] == [
        ("eve@example.com", "delete")
    ]
    assert planned.result["summary"]["deleted"] == 1
    again = run.ok("logfire_stack", members=members, prune=["members"])
    assert short(again.calls) == ["GET members/"]
    refused = run.fails("logfire_stack", members=members[1:], prune=["members"])
    assert "is the last admin of the organization" in refused.result["msg"]
    assert refused.writes == []


def test_a_stack_that_makes_one_admin_and_degrades_another(run: "Runner", emulator: "RunningEmulator") -> None:
    """The new admin comes first in the description. Requests run side by side, whatever their order."""
    emulator.settings.patch({"last_admin_status": None})
    members = [{"email": ANN, "role": "guest"}, {"email": BOB, "role": "admin"}]
    refused = run.fails("logfire_stack", check=True, members=members[:1])
    assert "is the last admin of the organization" in refused.result["msg"]
    for check in (True, False):
        assert run.ok("logfire_stack", check=check, members=members[::-1]).result["summary"]["updated"] == 2
    assert not run.ok("logfire_stack", members=members).changed


def test_a_stack_reads_once_whose_the_api_token_is(run: "Runner", emulator: "RunningEmulator") -> None:
    people = [{"email": f"{name}@example.com"} for name in ("bob", "eve", "mallory")]
    emulator.store.load({"members": [{"email": ANN, "role": "admin"}, *people]})
    done = run.ok("logfire_stack", members=[{"email": ANN}, {**people[0], "role": "guest"}], prune=["members"])
    reads = ["GET members/", "GET api-keys/"]
    assert short(done.calls)[:2] == reads
    assert sorted(short(done.calls)[2:]) == ["DELETE members/ID/"] * 2 + ["GET members/", "PATCH members/ID/"]
    assert done.result["requests"] == 4


def test_an_export_has_members_on_request_and_can_be_applied(run: "Runner") -> None:
    assert "members" not in run.ok("logfire_stack_info").result["stack"]
    exported = run.ok("logfire_stack_info", members=True).result["stack"]
    assert exported["members"] == [{"email": ANN, "role": "admin"}, {"email": BOB, "role": "member"}]
    assert not run.ok("logfire_stack", **exported).changed


def test_an_export_goes_without_what_the_service_does_not_have(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.faults.add(path="/api/v1/members/$", method="GET", action="status", status=404, count=None)
    done = run.ok("logfire_stack_info", members=True)
    assert "members" not in done.result["stack"]
    (warning,) = done.warnings
    assert "The members are left out: the service answered 404" in warning
