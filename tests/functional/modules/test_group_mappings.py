# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Group mappings: one document, compared as a set and replaced as a whole.

It has no case in ``cases.py``: nothing names it, and it is neither made nor removed. Its steps are here.
"""

import copy
from typing import TYPE_CHECKING, Any

import pytest
from api_calls import expected_calls, short
from cases import bodies

if TYPE_CHECKING:
    from harness import Run, Runner

MODULE = "logfire_group_mappings"
Options = dict[str, Any]


def role(organization: str, name: str, **projects: str) -> Options:
    """A role in an organization, and in projects of it."""
    inside = [{"project_name": project, "role": there} for project, there in projects.items()]
    return {"organization_name": organization, "role": name, "project_roles": inside}


def group(name: str, *roles: Options) -> Options:
    """The roles of a group."""
    return {"group_id": name, "organization_roles": list(roles)}


ENGINEERS = group("engineers", role("acme", "member", shop="write", web="read"), role("globex", "guest"))
OPERATORS = group("operators", role("acme", "admin"))
BOTH = [ENGINEERS, OPERATORS]


@pytest.fixture
def run(run: "Runner") -> "Runner":
    """Runs modules in an instance with the organizations acme and globex, and no mappings."""
    run.emulator.store.load({"organizations": ["globex"], "projects": ["shop", "web"]})
    return run


def settle(run: "Runner", mappings: list[Options]) -> "Run":
    """A change in check mode, for real, and again in both."""
    check, real = (run.ok(MODULE, check=mode, mappings=mappings) for mode in (True, False))
    assert (check.changed, real.changed) == (True, True)
    assert check.result == real.result
    assert short(check.calls) == expected_calls("group_mappings", "no-op", ())
    assert short(real.calls) == expected_calls("group_mappings", "update", ())
    for mode in (True, False):
        again = run.ok(MODULE, check=mode, mappings=mappings)
        assert (again.changed, again.result["diff"]) == (False, {"before": {}, "after": {}})
        assert short(again.calls) == expected_calls("group_mappings", "no-op", ())
    return real


@pytest.mark.parametrize(
    "reading", [{}, {"mapping_order": "reverse"}, {"list_order": "reversed"}, {"unknown_members": True}]
)
def test_life(run: "Runner", reading: Options) -> None:
    """Set, read, changed in part, emptied: the diff has what differs, mapping by mapping."""
    run.emulator.settings.patch(reading)
    made = settle(run, BOTH)
    assert bodies(made) == [{"group_organization_mapping": BOTH}]
    acme = {"role": "member", "project_roles": {"shop": "write", "web": "read"}}
    all_of_it = {
        "engineers": {"acme": acme, "globex": {"role": "guest", "project_roles": {}}},
        "operators": {"acme": {"role": "admin", "project_roles": {}}},
    }
    assert made.result["diff"] == {"before": {"mappings": {}}, "after": {"mappings": all_of_it}}
    info = run.ok(f"{MODULE}_info")
    assert info.result[MODULE.removeprefix("logfire_")] == made.result["group_mappings"]
    assert made.result["group_mappings"]["api_mapping_status"] == "active"
    change = copy.deepcopy(BOTH)
    change[0]["organization_roles"][0]["project_roles"][1]["role"] = "admin"
    changed = settle(run, [*change, group("guests", role("acme", "guest"))])
    assert changed.result["diff"] == {
        "before": {"mappings": {"engineers": {"acme": {"project_roles": {"web": "read"}}}}},
        "after": {
            "mappings": {
                "engineers": {"acme": {"project_roles": {"web": "admin"}}},
                "guests": {"acme": {"role": "guest", "project_roles": {}}},
            }
        },
    }
    assert settle(run, []).result["group_mappings"]["mappings"] == []


def test_order_is_no_difference(run: "Runner") -> None:
    run.ok(MODULE, mappings=BOTH)
    turned = [OPERATORS, group("engineers", role("globex", "guest"), role("acme", "member", web="read", shop="write"))]
    assert not run.ok(MODULE, mappings=turned).changed


@pytest.mark.parametrize("kept", ["keep", "drop"])
def test_a_group_without_roles_has_no_mapping(run: "Runner", kept: str) -> None:
    run.emulator.settings.patch({"group_without_roles": kept})
    settle(run, [*BOTH, group("nobody")])
    assert not run.ok(MODULE, mappings=BOTH).changed


def test_what_is_stored_twice_is_replaced(run: "Runner") -> None:
    """The service may have it, and which role counts is unknown."""
    twice = group("engineers", role("acme", "member"), role("acme", "admin"))
    run.emulator.store.load({"group_mappings": [twice]})
    done = run.ok(MODULE, mappings=[group("engineers", role("acme", "member"))])
    assert done.result["diff"]["before"] == {
        "mappings": {"engineers": {"acme (again)": {"role": "admin", "project_roles": {}}}}
    }


SLIPS: list[tuple[list[Options], str]] = [
    ([ENGINEERS, OPERATORS, ENGINEERS], "mappings[2].group_id: duplicate group 'engineers'"),
    (
        [group("a", role("acme", "x"), role("acme", "y"))],
        "mappings[0].organization_roles[1].organization_name: duplicate organization 'acme' of group 'a'",
    ),
    (
        [group("a", {**role("acme", "x"), "project_roles": [{"project_name": "shop", "role": "y"}] * 2})],
        "mappings[0].organization_roles[0].project_roles[1].project_name: duplicate project 'shop' of"
        " organization 'acme' of group 'a'",
    ),
    (
        [ENGINEERS, OPERATORS, ENGINEERS, OPERATORS],
        "2 problems: (1) mappings[2].group_id: duplicate group 'engineers'"
        " (2) mappings[3].group_id: duplicate group 'operators'",
    ),
    ([group(" ", role("acme", "x"))], "mappings[0].group_id: must not be empty"),
    ([group("a", role("acme", ""))], "mappings[0].organization_roles[0].role: must not be empty"),
]


@pytest.mark.parametrize(("mappings", "message"), SLIPS)
def test_slips(run: "Runner", mappings: list[Options], message: str) -> None:
    failed = run.fails(MODULE, mappings=mappings)
    assert failed.result["msg"] == message
    assert failed.calls == []


@pytest.mark.parametrize("organization", ["initech", "acme"])
def test_the_words_of_the_service(run: "Runner", organization: str) -> None:
    """What does not exist, with its name, and nothing is changed."""
    failed = run.fails(MODULE, mappings=[group("a", role(organization, "member", nope="read"))])
    assert "does not exist" in failed.result["msg"]
    assert failed.result["failure"]["status"] == 400
    assert "Could not update group mappings: " in failed.result["msg"]


def test_mappings_of_the_environment(run: "Runner") -> None:
    """A warning, whoever reads them; where the service refuses a change, what to do."""
    run.emulator.settings.patch({"group_mappings_status": "overridden_by_environment"})
    for done in (
        run.ok(f"{MODULE}_info"),
        run.ok(MODULE, mappings=[]),
        run.ok(MODULE, check=True, mappings=BOTH),
    ):
        assert "sets other group mappings, so the mappings of the API are not used. Remove" in str(done.warnings)
    failed = run.fails(MODULE, mappings=BOTH)
    assert "The mappings are set by the environment" in failed.result["msg"]
    assert "manage them there" in failed.result["msg"]
    run.emulator.settings.patch({"overridden_mappings_status": None})
    stored = run.ok(MODULE, mappings=BOTH)
    assert "the mappings of the API are not used" in str(stored.warnings)
    assert stored.result["group_mappings"]["api_mapping_status"] == "overridden_by_environment"


def test_the_older_route(run: "Runner") -> None:
    """Is taken where there is no other."""
    run.emulator.settings.patch({"missing_routes": ["/v1/instance/"]})
    assert run.ok(MODULE, mappings=BOTH).changed
    assert not run.ok(MODULE, mappings=BOTH).changed
    assert run.ok(f"{MODULE}_info").result["group_mappings"]["mappings"]
    run.emulator.settings.patch({"missing_routes": ["group-mappings"]})
    failed = run.fails(MODULE, mappings=BOTH)
    assert "Check that it is Logfire and recent enough." in failed.result["msg"]
    assert failed.result["failure"]["path"] == "/api/v1/instance/group-mappings/"


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"group_organization_mapping": None},
        {"group_organization_mapping": [{}]},
        {"group_organization_mapping": [{"group_id": 1, "organization_roles": []}]},
        {"group_organization_mapping": [{"group_id": "a", "organization_roles": [{"role": "x"}]}]},
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_strange_answers(run: "Runner", method: str, answer: Any) -> None:
    run.emulator.faults.add(action="body", method=method, path="/group-mappings/", body=answer, count=None)
    failed = run.fails(MODULE, mappings=BOTH)
    assert "the answer" in failed.result["msg"]


@pytest.mark.parametrize(
    "fault", [{"action": "drop_after"}, {"action": "drop_before"}, {"action": "status", "status": 503}]
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_requests_that_fail_are_sent_again(run: "Runner", waits: list[float], method: str, fault: Options) -> None:
    run.emulator.faults.add(method=method, **fault)
    assert run.ok(MODULE, mappings=BOTH).changed
    assert not run.ok(MODULE, mappings=BOTH).changed


def test_the_scope(run: "Runner") -> None:
    limited = {"key": run.connection["api_token"], "scopes": ["organization:admin"]}
    run.emulator.settings.patch({"accept_local_keys": False, "keys": [limited]})
    assert "needs the scope instance:admin." in run.fails(MODULE, mappings=[]).result["msg"]
