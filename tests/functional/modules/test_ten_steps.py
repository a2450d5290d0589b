# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of an object of each kind: made, changed field by field, removed; each step foretold, done, and done again.

Every step runs in check mode, for real, and again in both: :func:`cases.change` says what must hold.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from api_calls import expected_calls, short
from cases import (
    ALERT,
    CASES,
    CHANNEL_CASES,
    DASHBOARD,
    NAMED,
    OBJECTS,
    OPS_ID,
    PROJECT_ID,
    Case,
    bodies,
    change,
    comparable,
    names_channels,
)

if TYPE_CHECKING:
    from harness import Runner

FIELDS = [pytest.param(case, field, id=f"{case}-{field}") for case in OBJECTS for field in case.fields]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_ten_steps(case: Case, run: "Runner", tmp_path: Path) -> None:
    names = {k: v.replace("TMP", str(tmp_path)) if isinstance(v, str) else v for k, v in case.names.items()}

    if case.seeded:
        made = run.ok(case.module, **names, **case.new)
        assert not made.changed
    else:
        made = change(run, case, case.calls("create"), case.calls("no-op"), **names, **case.new)
        assert made.result["diff"]["before"] == {}

    options = {**names, **case.new, **case.change}
    changed = change(run, case, case.calls("update"), case.calls("no-op"), **options)
    if case.kind != "token":
        assert changed.result[case.kind].get("id") == made.result[case.kind].get("id")
        key, change_keys = case.key, {case.key, *case.change}
        assert set(changed.result["diff"]["after"]) <= change_keys
        assert changed.result["diff"]["before"][key] == changed.result["diff"]["after"][key] == names[key]

    gone = change(run, case, case.calls("delete"), case.calls("absent"), **names, **case.removal())
    assert gone.result["diff"]["after"] == {}
    assert comparable(gone.result, case.kind).get("id") == changed.result[case.kind].get("id")


@pytest.mark.parametrize(("case", "field"), FIELDS)
def test_each_field_is_set_and_cleared_alone(case: Case, field: str, run: "Runner") -> None:
    """Only the field goes into the PUT; setting it to each value in turn ends with its clearing or its first value."""
    created = run.ok(case.module, **case.names, **case.new)
    option = field.partition(".")[0]
    names = dict(case.names)
    if option == case.key:  # a rename
        names = {k: v for k, v in names.items() if k != case.key} | {"id": created.result[case.kind]["id"]}
    for value in case.fields[field]:
        given = ("project by name", *(["channels by name"] if names_channels(value) else []))
        real = change(run, case, case.calls("update", *given), case.calls("no-op", *given), **names, **{option: value})
        sent = {case.wire.get(option, option)}
        if case.kind == "dashboard":
            sent |= {"definition", "version"}  # metadata.name lives in the definition; the version locks
        if case.kind == "gateway_provider":
            sent |= {"pricing"}  # always part of it
        assert set(bodies(real)[0]) == sent
        shown = "channels" if option == "channel_assignments" else option
        assert set(real.result["diff"]["after"]) == {case.key, shown}


@pytest.mark.parametrize("parent", ["shop", PROJECT_ID, PROJECT_ID.upper()], ids=["name", "id", "upper-case id"])
def test_a_project_is_named_by_name_or_id(parent: str, run: "Runner") -> None:
    given = ("project by name" if parent == "shop" else "project by id", "channels by id")
    alert = run.ok("logfire_alert", project=parent, **ALERT, channels=[OPS_ID])
    assert short(alert.calls) == expected_calls("alert", "create", given)
    assert alert.result["alert"]["project_id"] == PROJECT_ID
    dashboard = run.ok("logfire_dashboard", project=parent, **DASHBOARD)
    assert short(dashboard.calls) == expected_calls("dashboard", "create", given)
    assert bodies(dashboard)[0]["definition"]["metadata"] == {"name": "Overview", "project": "shop"}
    token = run.ok("logfire_token", project=parent)
    assert short(token.calls) == expected_calls("token", "create", given)
    assert token.result["token"]["project_id"] == PROJECT_ID


@pytest.mark.parametrize("case", NAMED, ids=str)
def test_an_object_is_named_by_its_id(case: Case, run: "Runner") -> None:
    """The id does in the place of the name, in upper case too, to change, to rename and to remove."""
    made = run.ok(case.module, **case.names, **case.new).result[case.kind]
    parent = {k: v for k, v in case.names.items() if k == "project"}
    for spelling in (made["id"], made["id"].upper()):
        same = run.ok(case.module, **parent, id=spelling, **case.new)
        assert not same.changed
        assert comparable(same.result, case.kind) == comparable({case.kind: made | same.result[case.kind]}, case.kind)
        assert same.result[case.kind]["id"] == made["id"]
    changed = run.ok(case.module, **parent, id=made["id"], **{**case.new, **case.change})
    assert changed.changed
    if case.kind != "dashboard":  # a slug cannot be changed
        renamed = run.ok(case.module, **parent, id=made["id"], name="renamed")
        assert renamed.changed
        assert renamed.result[case.kind]["id"] == made["id"]
        assert renamed.result["diff"] == {"before": {"name": case.names["name"]}, "after": {"name": "renamed"}}
    gone = run.ok(case.module, **parent, id=made["id"], **case.removal("renamed"))
    assert gone.changed
    assert short(gone.writes) == [call for call in case.calls("delete") if call.startswith("DELETE")]
    assert made["id"] not in str(run.ok(f"{case.module}_info", **parent).result)


def test_an_id_that_is_gone_is_absent(run: "Runner") -> None:
    for case in NAMED:
        parent = {k: v for k, v in case.names.items() if k == "project"}
        again = run.ok(case.module, **parent, id="99999999-9999-4999-8999-999999999999", **case.removal())
        assert not again.changed
        assert case.kind not in again.result


def test_a_channel_is_made_inactive_by_a_second_request(run: "Runner") -> None:
    case = CHANNEL_CASES[0]
    calls = case.calls("create inactive")
    real = change(run, case, calls, case.calls("no-op"), **case.names, **case.new, active=False)
    assert bodies(real)[1] == {"active": False}
    assert real.result["channel"]["active"] is False


@pytest.mark.parametrize("new", CHANNEL_CASES, ids=str)
def test_a_channel_changes_its_type_and_keeps_its_id(new: Case, run: "Runner") -> None:
    old = CHANNEL_CASES[(CHANNEL_CASES.index(new) + 1) % len(CHANNEL_CASES)]
    made = run.ok(old.module, **old.names, **old.new)
    real = change(run, new, new.calls("update"), new.calls("no-op"), **new.names, **new.new)
    assert real.result["channel"]["id"] == made.result["channel"]["id"]
    assert real.result["channel"]["config"]["type"] == new.new["config"]["type"]


def test_in_check_mode_a_parent_may_be_yet_to_come(run: "Runner") -> None:
    """An earlier task of the same check run would have made the project and the channel."""
    runs = [
        run.ok("logfire_alert", check=True, project="new-one", **ALERT, channels=["new", "ops"]),
        run.ok("logfire_dashboard", check=True, project="new-one", **DASHBOARD),
        run.ok("logfire_token", check=True, project="new-one"),
    ]
    for each in runs:
        assert each.changed
        assert any("new-one" in warning for warning in each.warnings)
        assert each.writes == []
    assert any("'new'" in warning for warning in runs[0].warnings)
    assert runs[0].result["alert"]["channels"] == [
        {"id": "planned-channel:new", "name": "new", "schedule_id": None},
        {"id": OPS_ID, "name": "ops", "schedule_id": None},
    ]
    assert all(
        each.result[kind]["project_id"] == "planned-project:new-one"
        for kind, each in zip(("alert", "dashboard", "token"), runs, strict=True)
    )


def test_the_diff_of_a_check_run_names_channels_that_are_yet_to_come_as_the_real_run_does(run: "Runner") -> None:
    options = {"project": "shop", **ALERT, "channels": ["new"]}
    check = run.ok("logfire_alert", check=True, **options)
    run.ok("logfire_channel", **CHANNEL_CASES[0].new, name="new")
    assert run.ok("logfire_alert", **options).result["diff"] == check.result["diff"]
