# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever the service does to text, and however it answers: what was applied stays as it is.

Each value of each setting of the emulator alone, and random ones together, with text that services are known to touch.
"""

import copy
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cases import CASES, CHANNEL_CASES, DASHBOARD, Case, foretold_and_done, seed
from harness import is_write
from organizations import Options, alert, board
from readings import ONE_AT_A_TIME, READINGS, WITHOUT_VALUES, Reading, combined, hostile, kept, looked_at, plain

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner
    from watched import WatchedRunner

COMBINED = combined(40)
DUPLICATES = {
    "project": "duplicate_project_status",
    "channel": "duplicate_label_status",
    "alert": "duplicate_alert_status",
    "slo": "duplicate_slo_status",
    "organization": "duplicate_organization_status",
}
TAKEN = [(kind, {setting: status}) for kind, setting in DUPLICATES.items() for status in (400, 409, 422)]
#: Readings that these lives do not come across; other tests are about them.
ELSEWHERE = {
    *("duplicate_project_status", "duplicate_slo_status", "duplicate_organization_status"),
    "schedule_days",  # test_schedules.py
    # test_group_mappings.py
    *("group_mappings_status", "overridden_mappings_status", "duplicate_mapping_status"),
    *("group_without_roles", "mapping_order"),
    *("delete_used_channel", "missing_project_status", "missing_project_child_status"),
    *("omitted_prompt_on_update", "null_description"),  # modules leave out neither, and send no null
    "rotate_keeps_expiry",
    "api_key_no_limits",  # no case with limits
    *("duplicate_variable_status", "variable_same_value"),
    "invitation_lifetime",  # no case for invitations
    *("member_role_form", "unknown_member_status", "last_admin_status"),  # test_members.py
}
#: Durations of a day and more, which have several spellings.
DAYS: dict[str, list[Any]] = {
    "time_window": ["36h", "7d", "5m"],
    "frequency": ["1h", "1d"],
    "watermark": ["1d", "10s"],
}

#: Kinds whose names are letters and digits alone.
TIDY = {"project", "variable", "gateway_provider", "organization"}


def hostile_case(case: Case) -> Case:
    """The same object in a hostile spelling, but for names of letters and digits."""
    if case.kind == "alert":
        case = replace(case, new={**case.new, "time_window": "24h", "frequency": "24h"}, fields=case.fields | DAYS)
    tidy = {case.key} if case.kind in TIDY else set()
    return replace(
        case,
        names={name: value if name in tidy else hostile(name, value) for name, value in case.names.items()},
        new=hostile("", case.new),
        fields={
            name: values if name in tidy else hostile(name.partition(".")[0], values)
            for name, values in case.fields.items()
        },
    )


#: What a test does not create has no hostile spelling.
LIVES = [hostile_case(case) for case in CASES if not case.seeded]


def live(run: "Runner", case: Case, folder: Path) -> None:
    """An object is made, changed field by field, renamed and removed: foretold, done, and found done afterwards.

    Found also by its name in the other spelling, as somebody else may write it.
    """
    names = {k: v.replace("TMP", str(folder)) if isinstance(v, str) else v for k, v in case.names.items()}
    parent = {k: v for k, v in names.items() if k != case.key}

    def settle(**options: Any) -> Any:
        _check, done, *_again = foretold_and_done(run, case, kept, **options)
        return done.result[case.kind]

    made = settle(**names, **case.new)
    same = run.ok(case.module, **plain({**names, **case.new}))
    assert not same.changed, same.result["diff"]
    if not case.fields:
        settle(**names, **case.new, **case.change)
    for field, values in case.fields.items():
        option = field.partition(".")[0]
        few = values if len(values) < 4 else [values[0], values[-1]]
        for value in few if option != case.key else []:
            settle(**names, **{option: value})
    for value in case.fields.get(case.key, []):
        settle(**parent, id=made["id"], **{case.key: value})
        names = {**parent, case.key: value}
    if case.kind != "variable" or run.emulator.settings.variable_deletion == "works":  # else see test_variables.py
        settle(**plain(names), **case.removal(names.get(case.key, "")))


ALERTS = [
    alert("One", "channel-webhook Bu\u0308ro", "channel-email B\u00fcro", time_window="7d", frequency="1d"),
    alert("Two", description="One\ntwo", environments=["prod"], time_window="1d", watermark="1d"),
]
BOARDS = [{"slug": "board", "name": "Board", "definition": board()}]
ORGANIZATION: Options = {
    "channels": hostile("", [{"name": case.title, **case.new} for case in CHANNEL_CASES]),
    "projects": [
        {"name": "shop", "alerts": hostile("", ALERTS), "dashboards": hostile("", BOARDS)},
        {"name": "web-site", "description": hostile("description", "What people see"), "visibility": "private"},
    ],
}


def live_whole(run: "WatchedRunner") -> None:
    """A whole organization is made, found as it is in both spellings, described, and found as it is described."""
    check, real = (run.stack(ORGANIZATION, check=mode) for mode in (True, False))
    assert (check.changed, real.changed) == (True, True)
    assert plain(check.result["diff"]) == plain(real.result["diff"])  # objects are called as the service calls them
    info = run.ok("logfire_stack_info")
    same = [run.stack(each) for each in (ORGANIZATION, plain(ORGANIZATION), info.result["stack"])]
    assert [each.result["diff"] for each in same] == [[], [], []]
    assert [each.warnings for each in (check, real, info, *same)] == [[]] * 6


@pytest.fixture
def stack(emulator: "RunningEmulator", emulator_key: str) -> "WatchedRunner":
    """Runs modules against an empty organization, and checks what must hold for every run."""
    from watched import WatchedRunner

    return WatchedRunner(emulator, emulator_key)


@pytest.fixture(scope="module")
def touched(
    emulator_server: "RunningEmulator", emulator_key: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, set[str]]:
    """The settings that the emulator looks at in the life of each case, and of a whole organization."""
    from harness import Runner
    from watched import WatchedRunner

    found = {}
    for case in LIVES:
        emulator_server.reset()
        emulator_server.store.load(seed())
        with looked_at(emulator_server.settings) as found[case.title]:
            live(Runner(emulator_server, emulator_key), case, tmp_path_factory.mktemp("life"))
    emulator_server.reset()
    with looked_at(emulator_server.settings) as found["whole"]:
        live_whole(WatchedRunner(emulator_server, emulator_key))
    return found


def concerned(reading: Reading, touched: dict[str, set[str]]) -> Iterator[Case]:
    """The cases of each kind that a reading makes a difference to: one will do where it does to all of them."""
    for kind in dict.fromkeys(case.kind for case in LIVES):
        every = [case for case in LIVES if case.kind == kind]
        some = [case for case in every if touched[case.title] >= reading.keys()]
        yield from some[:1] if some == every else some


@pytest.mark.parametrize("reading", ONE_AT_A_TIME, ids=str)
def test_a_life_under_one_reading(
    reading: Reading, run: "Runner", emulator: "RunningEmulator", touched: dict[str, set[str]], tmp_path: Path
) -> None:
    for case in concerned(reading, touched):
        emulator.reset()
        emulator.store.load(seed())
        emulator.settings.patch(reading)
        live(run, case, tmp_path)


@pytest.mark.parametrize(("kind", "reading"), TAKEN, ids=str)
def test_a_name_that_somebody_else_has_taken_meanwhile(
    kind: str, reading: Reading, run: "Runner", emulator: "RunningEmulator"
) -> None:
    """Whatever a service says to that: theirs is taken over, there is no second one, and the next run finds it done."""
    case = next(case for case in LIVES if case.kind == kind)
    ours = {**case.names, **case.new, **case.change}
    emulator.settings.patch(reading)
    theirs = run.ok(case.module, **case.names, **case.new).result[kind]
    emulator.faults.add(action="body", method="GET", path=f"/{kind}s/$", body=[])  # the list as it was just before
    done = run.ok(case.module, **ours)
    assert done.result[kind]["id"] == theirs["id"]
    posts = [request for request in done.requests if request.method == "POST" and is_write(request)]
    assert [request.status for request in posts] == list(reading.values())
    assert not run.ok(case.module, **ours).changed


@pytest.mark.parametrize("number", range(len(COMBINED)))
def test_a_life_under_many_readings(number: int, run: "Runner", emulator: "RunningEmulator", tmp_path: Path) -> None:
    for case in random.Random(number).sample(LIVES, 3):
        emulator.reset()
        emulator.store.load(seed())
        emulator.settings.patch(COMBINED[number])
        live(run, case, tmp_path)


@pytest.mark.parametrize(
    "reading",
    [
        *(pytest.param(reading, id=str(reading)) for reading in ONE_AT_A_TIME),
        *(pytest.param(reading, id=f"combined {number}") for number, reading in enumerate(COMBINED)),
    ],
)
def test_a_whole_organization(reading: Reading, stack: "WatchedRunner", touched: dict[str, set[str]]) -> None:
    if touched["whole"] & reading.keys():
        stack.emulator.settings.patch(reading)
        live_whole(stack)


TO_COME: Options = {
    "channels": [
        {
            "label": "hook",
            "config": {"type": "webhook", "format": "pigeon", "url": "https://hooks.example.com/secretly"},
        },
        {"label": "page", "config": {"type": "pagerduty", "region": "moon", "routing_key": "a0b1c2d3e4f5a0b1c2d3e4f5"}},
        {"label": "old", "config": {"type": "opsgenie", "base_url": "api.eu", "auth_key": "GenieKey secret-key-12345"}},
    ],
    "projects": [
        {
            "project_name": "Shop of Tomorrow",
            "visibility": "neighbours",
            "alerts": [
                {"name": "Moon", "notify_when": "full_moon", "time_window": "PT45S", "channels": ["hook"]},
                {"name": "Rare", "time_window": "P90D", "frequency": "P7D", "watermark": "P2D"},
            ],
        }
    ],
}


def test_values_of_a_release_to_come(stack: "WatchedRunner") -> None:
    """Are described and found as they are described, and stay when something else is changed."""
    stack.emulator.store.load(TO_COME)
    before = stack.emulator.store.snapshot()
    described = stack.ok("logfire_stack_info").result["stack"]
    for mode in (True, False):
        same = stack.stack(described, check=mode)
        assert not same.changed, same.result["diff"]
    for channel in described["channels"]:
        channel["active"] = False
    for alert_ in described["projects"][0]["alerts"]:
        alert_["description"] = "Look at it"
    described["projects"][0]["description"] = "Tomorrow"
    done = stack.stack(described)
    assert len(done.writes) == 6
    after = stack.emulator.store.snapshot()
    for kept_before, kept_after in zip(before["channels"], after["channels"], strict=True):
        assert kept_before["config"] == kept_after["config"]
    for kept_before, kept_after in zip(*(each["projects"][0]["alerts"] for each in (before, after)), strict=True):
        assert {**kept_before, "description": "Look at it", "updated_at": ..., "updated_by_name": ...} == {
            **kept_after,
            **{"updated_at": ..., "updated_by_name": ...},
        }
    assert after["projects"][0]["visibility"] == "neighbours"


PANEL = {"#/spec/panels/panel": {"x": 3, "y": 4, "width": 12, "height": 5}}


@pytest.mark.parametrize("overrides", ["replaceable", "drop", "keep"])
def test_a_panel_that_somebody_moved(overrides: Any, run: "Runner", emulator: "RunningEmulator") -> None:
    """Is moved back, once; a service that cannot do so gets a warning for it, and a new name alone moves nothing."""
    emulator.settings.layout_overrides = overrides
    options = {"project": "shop", **DASHBOARD}
    run.ok("logfire_dashboard", **options)
    state = emulator.store.snapshot()
    state["projects"][0]["dashboards"][0]["layout_overrides"] = PANEL
    emulator.store.load(state)
    for mode in (True, False):
        back = run.ok("logfire_dashboard", check=mode, **options)
        assert back.changed
        assert "layouts" in back.result["diff"]["before"]["definition"]["spec"]
    again = run.ok("logfire_dashboard", check=True, **options)
    assert again.changed is bool(back.warnings) is (overrides == "keep")
    (board_,) = emulator.store.snapshot()["projects"][0]["dashboards"]
    assert board_["layout_overrides"] == (PANEL if overrides == "keep" else {})


@pytest.mark.parametrize("setting", ["$ref", "ref", "as_given"])
@pytest.mark.parametrize("spelling", ["$ref", "ref"])
def test_both_spellings_of_a_reference(setting: Any, spelling: str, run: "Runner", emulator: "RunningEmulator") -> None:
    """Are one, whichever the service takes and shows."""
    emulator.settings.grid_content = setting
    definition = copy.deepcopy(DASHBOARD["definition"])
    definition["spec"]["layouts"][0]["spec"]["items"][0]["content"] = {spelling: "#/spec/panels/panel"}
    options = {"project": "shop", **DASHBOARD, "definition": definition}
    assert run.ok("logfire_dashboard", **options).warnings == []
    for same in (options, {"project": "shop", **DASHBOARD}):
        assert not run.ok("logfire_dashboard", **same).changed


def test_members_of_a_definition_that_only_some_services_keep(run: "Runner", emulator: "RunningEmulator") -> None:
    """Where they are kept they are no change; where they are not, it is said that they are not."""
    spec = DASHBOARD["definition"]["spec"]
    definition = {**DASHBOARD["definition"], "metadata": {"tags": ["a"]}, "spec": {**spec, "unknown": 1}}
    options = {"project": "shop", **DASHBOARD, "definition": definition}
    emulator.settings.dashboard_unknown_members = "keep"
    assert run.ok("logfire_dashboard", **options).warnings == []
    assert not run.ok("logfire_dashboard", **options).changed
    emulator.settings.dashboard_unknown_members = "drop"
    definition["spec"]["unknown"] = 2
    lost = run.ok("logfire_dashboard", **options)
    assert any("did not save definition" in warning for warning in lost.warnings)


def test_every_reading_makes_a_difference_to_some_life(touched: dict[str, set[str]]) -> None:
    """Or other tests are about it. A setting whose values cannot be listed has some in C(readings.py)."""
    assert not WITHOUT_VALUES
    assert READINGS.keys() - set().union(*touched.values()) == ELSEWHERE
