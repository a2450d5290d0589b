# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of an object of each kind: made, changed field by field, removed; each step foretold, done, and done again.

Every step runs in check mode, for real, and again in both: :func:`cases.change` says what must hold.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cases import (
    ALERT,
    ALERT_CASE,
    CASES,
    CHANNEL_CASES,
    DASHBOARD,
    DASHBOARD_CASE,
    NIGHT_ID,
    OPS_ID,
    PROJECT_CASE,
    PROJECT_ID,
    Case,
    bodies,
    change,
    comparable,
    seed,
    short,
    stored_definition,
)

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

FIELDS = [
    pytest.param(case, field, id=f"{case}-{field}")
    for case in [PROJECT_CASE, *CHANNEL_CASES, ALERT_CASE, DASHBOARD_CASE]
    for field in case.fields
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_ten_steps(case: Case, run: "Runner", tmp_path: Path) -> None:
    names = {k: v.replace("TMP", str(tmp_path)) if isinstance(v, str) else v for k, v in case.names.items()}

    made = change(run, case, case.create, case.noop, **names, **case.new)
    assert made.result["diff"]["before"] == {}

    changed = change(run, case, case.update, case.noop, **names, **{**case.new, **case.change})
    if case.kind != "token":
        assert changed.result[case.kind]["id"] == made.result[case.kind]["id"]
        key, change_keys = case.key, {case.key, *case.change}
        assert set(changed.result["diff"]["after"]) <= change_keys
        assert changed.result["diff"]["before"][key] == changed.result["diff"]["after"][key] == names[key]

    gone = change(run, case, case.delete, case.gone, **names, state="absent")
    assert gone.result["diff"]["after"] == {}
    assert comparable(gone.result, case.kind)["id"] == changed.result[case.kind]["id"]


@pytest.mark.parametrize(("case", "field"), FIELDS)
def test_each_field_is_set_and_cleared_alone(case: Case, field: str, run: "Runner") -> None:
    """Only the field goes into the PUT; setting it to each value in turn ends with its clearing or its first value."""
    created = run.ok(case.module, **case.names, **case.new)
    option = field.partition(".")[0]
    names = dict(case.names)
    if option == case.key:  # a rename
        names = {k: v for k, v in names.items() if k != case.key} | {"id": created.result[case.kind]["id"]}
    wire = {
        "project": {"name": "project_name"},
        "channel": {"name": "label"},
        "alert": {"channels": "channel_assignments"},
    }.get(case.kind, {})
    for value in case.fields[field]:
        needless = set() if case.kind == "channel" or (option.startswith("channel") and value) else {"GET channels/"}
        calls, noop = ([call for call in calls if call not in needless] for calls in (case.update, case.noop))
        real = change(run, case, calls, noop, **names, **{option: value})
        sent = {wire.get(option, option)}
        if case.kind == "dashboard":
            sent |= {"definition", "version"}  # metadata.name lives in the definition; the version locks
        assert set(bodies(real)[0]) == sent
        shown = "channels" if option == "channel_assignments" else option
        assert set(real.result["diff"]["after"]) == {case.key, shown}


COSTS: dict[str, tuple[str, dict[str, Any], int]] = {
    "project by name": ("logfire_project", {"name": "shop"}, 1),
    "project by id": ("logfire_project", {"id": PROJECT_ID}, 1),
    "channel by name": ("logfire_channel", {"name": "ops"}, 1),
    "channel by id": ("logfire_channel", {"id": OPS_ID}, 1),
    "write token": ("logfire_token", {"project": "shop"}, 2),
    "read token": ("logfire_token", {"project": "shop", "type": "read"}, 2),
    "token, project by id": ("logfire_token", {"project": PROJECT_ID}, 1),
    "alert without channels": ("logfire_alert", {"project": "shop", **ALERT}, 2),
    "alert, channels by name": ("logfire_alert", {"project": "shop", **ALERT, "channels": ["night", "ops"]}, 3),
    "alert, channels by id": ("logfire_alert", {"project": "shop", **ALERT, "channels": [OPS_ID, NIGHT_ID]}, 2),
    "alert, project by id": ("logfire_alert", {"project": PROJECT_ID, **ALERT, "channels": ["ops", "night"]}, 2),
    "alert, all by id": ("logfire_alert", {"project": PROJECT_ID, **ALERT, "channels": [NIGHT_ID, OPS_ID]}, 1),
    "alert, assignments by id": (
        "logfire_alert",
        {"project": PROJECT_ID, **ALERT, "channel_assignments": [{"channel": NIGHT_ID}, {"channel": OPS_ID}]},
        1,
    ),
    "dashboard": ("logfire_dashboard", {"project": "shop", **DASHBOARD}, 3),
    "dashboard, project by id": ("logfire_dashboard", {"project": PROJECT_ID, **DASHBOARD}, 2),
}


@pytest.mark.parametrize(("module", "options", "calls"), COSTS.values(), ids=COSTS)
@pytest.mark.parametrize("check", [False, True], ids=["real", "check"])
def test_what_a_run_without_a_change_costs(
    module: str, options: dict[str, Any], calls: int, check: bool, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(
        seed(
            alerts=[{"name": "Errors", "frequency": "PT1M", "channels": ["ops", "night"]}],
            dashboards=[{"slug": "overview", "name": "Overview", "definition": stored_definition()}],
            write_tokens=[{}],
            read_tokens=[{}],
        )
    )
    if "alert" in module:
        options = {**options, "query": "SELECT 1"}
    noop = run.ok(module, check=check, **options)
    assert not noop.changed, noop.result["diff"]
    assert len(noop.calls) == calls, noop.calls
    assert noop.writes == []


@pytest.mark.parametrize("parent", ["shop", PROJECT_ID, PROJECT_ID.upper()], ids=["name", "id", "upper-case id"])
def test_a_project_is_named_by_name_or_id(parent: str, run: "Runner") -> None:
    """A dashboard's body needs the project's name: with the id alone it takes a read of the project."""
    by_id = parent != "shop"
    look = [] if by_id else ["GET projects/"]
    alert = run.ok("logfire_alert", project=parent, **ALERT, channels=[OPS_ID])
    assert short(alert.calls) == [*look, "GET projects/P/alerts/", "GET channels/", "POST projects/P/alerts/"]
    assert alert.result["alert"]["project_id"] == PROJECT_ID
    dashboard = run.ok("logfire_dashboard", project=parent, **DASHBOARD)
    middle = ["GET projects/P/dashboards/", *(["GET projects/ID/"] if by_id else [])]
    assert short(dashboard.calls) == [*look, *middle, "POST projects/P/dashboards/"]
    assert bodies(dashboard)[0]["definition"]["metadata"] == {"name": "Overview", "project": "shop"}
    token = run.ok("logfire_token", project=parent)
    assert short(token.calls) == [*look, "GET projects/P/write-tokens/", "POST projects/P/write-tokens/"]
    assert token.result["token"]["project_id"] == PROJECT_ID


@pytest.mark.parametrize("case", [PROJECT_CASE, CHANNEL_CASES[0], ALERT_CASE, DASHBOARD_CASE], ids=str)
def test_an_object_is_named_by_its_id(case: Case, run: "Runner", emulator: "RunningEmulator") -> None:
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
    gone = run.ok(case.module, **parent, id=made["id"], state="absent")
    assert gone.changed
    assert short(gone.writes) == [call for call in case.delete if call.startswith("DELETE")]
    assert made["id"] not in str(emulator.store.snapshot())


def test_an_id_that_is_gone_is_absent(run: "Runner") -> None:
    for case in (PROJECT_CASE, CHANNEL_CASES[0], ALERT_CASE, DASHBOARD_CASE):
        parent = {k: v for k, v in case.names.items() if k == "project"}
        again = run.ok(case.module, **parent, id="99999999-9999-4999-8999-999999999999", state="absent")
        assert not again.changed
        assert case.kind not in again.result


def test_a_channel_is_made_inactive_by_a_second_request(run: "Runner") -> None:
    case = CHANNEL_CASES[0]
    calls = ["GET channels/", "POST channels/", "PUT channels/ID/"]
    real = change(run, case, calls, case.noop, **case.names, **case.new, active=False)
    assert bodies(real)[1] == {"active": False}
    assert real.result["channel"]["active"] is False


@pytest.mark.parametrize("new", CHANNEL_CASES, ids=str)
def test_a_channel_changes_its_type_and_keeps_its_id(new: Case, run: "Runner") -> None:
    old = CHANNEL_CASES[(CHANNEL_CASES.index(new) + 1) % len(CHANNEL_CASES)]
    made = run.ok(old.module, **old.names, **old.new)
    real = change(run, new, new.update, new.noop, **new.names, **new.new)
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
        {"id": None, "name": "new", "schedule_id": None},
        {"id": OPS_ID, "name": "ops", "schedule_id": None},
    ]
    assert all(
        each.result[kind]["project_id"] is None
        for kind, each in zip(("alert", "dashboard", "token"), runs, strict=True)
    )


def test_the_diff_of_a_check_run_names_channels_that_are_yet_to_come_as_the_real_run_does(run: "Runner") -> None:
    options = {"project": "shop", **ALERT, "channels": ["new"]}
    check = run.ok("logfire_alert", check=True, **options)
    run.ok("logfire_channel", **CHANNEL_CASES[0].new, name="new")
    assert run.ok("logfire_alert", **options).result["diff"] == check.result["diff"]
