# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Delivery schedules, of which the API has no list: found by ID, or by name among those that something uses."""

from typing import TYPE_CHECKING, Any

import pytest
from api_calls import short
from organizations import alert, slo, webhook

if TYPE_CHECKING:
    from harness import Runner

MODULE = "logfire_schedule"
NAME = "Office hours"
WEEK = [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "18:00"}]
STORED = [{"days": [1, 2, 3, 4, 5], "start": "09:00", "end": "18:00"}]
HOURS: dict[str, Any] = {"name": NAME, "timezone": "Europe/London", "windows": WEEK}
UNKNOWN = "99999999-9999-4999-8999-999999999999"
OPS = "22222222-2222-4222-8222-222222222222"
FIRST = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def run(run: "Runner") -> "Runner":
    """Runs modules where nothing uses a schedule yet."""
    run.emulator.store.load({"channels": ["ops", "night"], "projects": ["shop", "web"]})
    return run


def in_use(count: int = 1) -> dict[str, Any]:
    """A seed with so many schedules of the name, each used by an alert of its own, and one that nothing uses."""
    ids = [f"00000000-0000-4000-8000-{number:012}" for number in range(1, count + 1)]
    assigned = [[{"channel_id": OPS, "schedule_id": schedule_id}] for schedule_id in ids]
    return {
        "channels": [{"id": OPS, "label": "ops"}, "night"],
        "schedules": [*({"id": one, "label": NAME, "timezone": "Europe/London"} for one in ids), "Unused"],
        "projects": [
            {
                "project_name": "shop",
                "alerts": [
                    {"name": f"Errors {number}", "channel_assignments": each} for number, each in enumerate(assigned)
                ],
            },
            "web",
        ],
    }


def schedules(run: "Runner") -> Any:
    return run.emulator.store.snapshot()["schedules"]


def assigned(run: "Runner", project: str = "shop") -> list[Any]:
    """The names of the schedules that the alerts of a project use, None for all times."""
    snapshot = run.emulator.store.snapshot()
    names = {each["id"]: each["label"] for each in snapshot["schedules"]}
    (found,) = (each for each in snapshot["projects"] if each["project_name"] == project)
    return [
        item["schedule_id"] and names.get(item["schedule_id"], item["schedule_id"])
        for each in found["alerts"]
        for item in each["channel_assignments"]
    ]


def test_created_and_used_and_found_by_its_name(run: "Runner") -> None:
    """As in the playbook of the documentation: nothing is left to do in a second run."""
    planned = run.ok(MODULE, check=True, **HOURS)
    made = run.ok(MODULE, **HOURS)
    assert planned.result["diff"] == made.result["diff"]
    assert short(made.calls) == [
        "GET projects/",
        *["GET projects/P/alerts/", "GET projects/P/slos/"] * 2,
        "POST schedules/",
    ]
    assert planned.result["schedule"]["id"] == f"planned-schedule:{NAME}"
    assert planned.result["schedule"].keys() == made.result["schedule"].keys()
    assert made.result["schedule"]["windows"] == STORED
    for schedule in (planned.result["schedule"], made.result["schedule"]):
        foreseen = run.ok(
            "logfire_alert",
            check=schedule is planned.result["schedule"],
            project="shop",
            **alert("Errors") | {"channels": None},
            channel_assignments=[{"channel": "ops", "schedule_id": schedule["id"]}],
        )
        assert foreseen.changed
    assert assigned(run) == [NAME]
    again = run.ok(MODULE, **HOURS)
    assert not again.changed
    assert short(again.calls)[-1] == "GET schedules/ID/"
    assert len(schedules(run)) == 1
    assert run.ok(f"{MODULE}_info").result["schedules"] == [again.result["schedule"]] == [made.result["schedule"]]


def test_a_placeholder_of_check_mode_names_nothing_in_a_real_run(run: "Runner") -> None:
    assignment = {"channel": "ops", "schedule_id": f"planned-schedule:{NAME}"}
    options = alert("Errors") | {"channels": None, "channel_assignments": [assignment]}
    failed = run.fails("logfire_alert", project="shop", **options)
    assert "cannot be used in a real run" in failed.result["msg"]
    assert not failed.writes


@pytest.mark.parametrize(("start", "same"), [("09:00:00", True), ("9:00", False), ("09:00:01", False)])
def test_times(run: "Runner", start: str, same: bool) -> None:
    run.emulator.store.load(in_use())
    options = {"id": FIRST, "windows": [{**WEEK[0], "start": start}]}
    done = run(MODULE, check=True, **options)
    assert (not done.failed and not done.changed) is same


@pytest.mark.parametrize(
    ("windows", "message"),
    [
        ([], "windows: must not be empty"),
        ([{**WEEK[0], "days": []}], "windows: days must not be empty"),
        (
            [{**WEEK[0], "days": ["monday"]}],
            "windows: 'monday' is not a day; use 1 (Monday) to 7 (Sunday), or one of mon",
        ),
        ([{**WEEK[0], "days": [0]}], "windows: '0' is not a day"),
        ([{**WEEK[0], "start": "24:00"}], "windows: '24:00' is not a time of day; use HH:MM or HH:MM:SS"),
        ([{**WEEK[0], "end": "6pm"}], "windows: '6pm' is not a time of day"),
        ([{**WEEK[0], "end": "9"}], "windows: '9' is not a time of day"),
    ],
)
def test_bad_windows(run: "Runner", windows: Any, message: str) -> None:
    failed = run.fails(MODULE, **{**HOURS, "windows": windows})
    assert message in failed.result["msg"]
    assert not failed.calls


def test_a_time_that_yaml_reads_as_a_number(run: "Runner") -> None:
    """18:00 without quotes is 1080, and 10:00:30 is 36030."""
    made = run.ok(MODULE, **{**HOURS, "windows": [{"days": [6], "start": 36030, "end": 1080}]})
    assert made.result["schedule"]["windows"] == [{"days": [6], "start": "10:00:30", "end": "18:00"}]


@pytest.mark.usefixtures("waits")
def test_nothing_is_guessed_of_several_in_use(run: "Runner") -> None:
    run.emulator.store.load(in_use(2))
    failed = run.fails(MODULE, **HOURS)
    assert FIRST in failed.result["msg"]
    by_name = [{"channel": "ops", "schedule": NAME}]
    failed = run.fails("logfire_alert", project="web", **alert("New") | {"channels": None}, channel_assignments=by_name)
    assert FIRST in failed.result["msg"]
    kept = run.ok("logfire_alert", project="shop", name="Errors 0", channel_assignments=by_name)
    assert not kept.changed  # the one that it uses has the name


def test_an_unknown_id(run: "Runner") -> None:
    failed = run.fails(MODULE, id=UNKNOWN, timezone="UTC")
    assert f"id: there is no schedule '{UNKNOWN}'" in failed.result["msg"]
    assert not run.ok(MODULE, id=UNKNOWN, state="absent").changed
    assert run.ok(f"{MODULE}_info", id=UNKNOWN).result["schedules"] == []


def test_removal_warns_of_those_that_are_notified_at_all_times_then(run: "Runner") -> None:
    run.emulator.store.load(in_use())
    gone = run.ok(MODULE, name=NAME, state="absent")
    (warning,) = gone.warnings
    assert "alert 'Errors 0' of project 'shop'. These channels will then be notified at all times." in warning
    assert assigned(run) == [None]
    assert not run.ok(MODULE, name=NAME, state="absent").changed


def test_what_nothing_uses_is_found_by_its_id_alone(run: "Runner") -> None:
    run.emulator.store.load(in_use())
    (unused,) = (each["id"] for each in schedules(run) if each["label"] == "Unused")
    assert not run.ok(MODULE, name="Unused", state="absent").changed
    renamed = run.ok(MODULE, id=unused, name="Nights")
    assert short(renamed.calls) == ["GET schedules/ID/", "PUT schedules/ID/"]
    assert run.ok(MODULE, id=unused, state="absent").changed


def test_an_alert_and_an_slo_name_a_schedule(run: "Runner") -> None:
    """By name; without a change it costs one request more, for the one that is used."""
    run.emulator.store.load(in_use())
    options = {"project": "web", **alert("New"), "channels": None}
    options["channel_assignments"] = [{"channel": "ops", "schedule": NAME}, {"channel": "night"}]
    planned = run.ok("logfire_alert", check=True, **options)
    made = run.ok("logfire_alert", **options)
    assert planned.result["diff"] == made.result["diff"]
    assert {"channel": "ops", "schedule": NAME} in made.result["diff"]["after"]["channels"]
    assert set(assigned(run, "web")) == {NAME, None}
    again = run.ok("logfire_alert", **options)
    assert not again.changed
    assert short(again.calls) == ["GET projects/", "GET projects/P/alerts/", "GET channels/", "GET schedules/ID/"]
    assert again.result["alert"]["channels"] == made.result["alert"]["channels"]
    tiers = {"fast": {"channel_assignments": options["channel_assignments"]}}
    target = {"project": "web", **slo("Uptime"), "alerts": tiers}
    assert run.ok("logfire_slo", **target).changed
    assert not run.ok("logfire_slo", **target).changed


def test_a_schedule_that_is_not_there(run: "Runner") -> None:
    options = {"project": "web", **alert("New"), "channels": None}
    options["channel_assignments"] = [{"channel": "ops", "schedule": "Nights"}]
    failed = run.fails("logfire_alert", **options)
    assert failed.result["msg"].startswith("channel_assignments.schedule: there is no schedule 'Nights'")
    run.emulator.store.load(in_use())
    similar = run.fails(
        "logfire_alert", **options | {"channel_assignments": [{"channel": "ops", "schedule": "Ofice hours"}]}
    )
    assert "there is no schedule 'Ofice hours' in use; did you mean 'Office hours'?" in similar.result["msg"]
    # An earlier task that creates it does not help: only its ID finds a schedule that nothing uses.
    assert run.fails("logfire_alert", check=True, **options).result["msg"] == failed.result["msg"]
    assert failed.result["msg"].endswith("an unused schedule is found only by its ID: set schedule_id")
    both = [{"channel": "ops", "schedule": "Nights", "schedule_id": UNKNOWN}]
    failed = run.fails("logfire_alert", **options | {"channel_assignments": both})
    assert "mutually exclusive: schedule|schedule_id" in failed.result["msg"]


def test_a_creation_without_an_answer_is_never_repeated(run: "Runner") -> None:
    run.emulator.faults.add(action="drop_after", method="POST")
    failed = run.fails(MODULE, **HOURS)
    assert len(failed.writes) == 1
    assert (
        "the API has no list with which to verify it: another run would create a second object" in failed.result["msg"]
    )


def test_a_service_without_schedules(run: "Runner") -> None:
    run.emulator.settings.missing_routes = ["/schedules/"]
    failed = run.fails(MODULE, **HOURS)
    assert "release v2026-09-23.01 or later" in failed.result["msg"]
    assert run.ok(f"{MODULE}_info").result["schedules"] == []


def described(**more: Any) -> dict[str, Any]:
    """A description in which an alert and an SLO use a schedule that it describes."""
    use = [{"channel": "ops", "schedule": NAME}]
    return {
        "channels": [{"name": "ops", "config": webhook("ops")}],
        "schedules": [{**HOURS, **more}],
        "projects": [
            {
                "name": "shop",
                "alerts": [{**alert("Errors"), "channels": None, "channel_assignments": use}],
                "slos": [{**slo("Uptime"), "alerts": {"fast": {"channel_assignments": use}}}],
            }
        ],
    }


def test_a_stack_with_a_schedule(run: "Runner") -> None:
    run.emulator.store.load({})
    planned = run.ok("logfire_stack", check=True, **described())
    made = run.ok("logfire_stack", **described())
    assert planned.result["diff"] == made.result["diff"]
    assert planned.result["plan_digest"] == made.result["plan_digest"]
    assert [each["action"] for each in made.result["changes"] if each["kind"] == "schedule"] == ["create"]
    again = run.ok("logfire_stack", **described())
    assert not again.changed
    assert sorted(short(again.calls)) == [
        "GET channels/",
        "GET projects/",
        "GET projects/P/alerts/",
        "GET projects/P/slos/",
        "GET schedules/ID/",
    ]
    changed = run.ok("logfire_stack", **described(timezone="UTC"))
    assert changed.result["summary"]["updated"] == 1
    assert len(schedules(run)) == 1


def test_an_id_saves_the_look_at_what_uses_it(run: "Runner") -> None:
    run.emulator.store.load({"projects": ["other"]})
    run.ok("logfire_stack", **described())
    (schedule,) = schedules(run)
    again = run.ok("logfire_stack", **described(id=schedule["id"]))
    assert not again.changed
    assert sorted(short(again.calls))[2:] == ["GET projects/P/alerts/", "GET projects/P/slos/", "GET schedules/ID/"]


def test_an_export_describes_what_is_used(run: "Runner") -> None:
    """Applied to an organization that is empty, it is the same again."""
    run.emulator.store.load({})
    run.ok("logfire_stack", **described())
    exported = run.ok("logfire_stack_info", slos=True).result["stack"]
    assert exported["schedules"] == [{"name": NAME, "timezone": "Europe/London", "windows": STORED}]
    assert exported["projects"][0]["alerts"][0]["channel_assignments"] == [{"channel": "ops", "schedule": NAME}]
    run.emulator.store.load({})
    exported["channels"][0]["config"]["url"] = webhook("ops")["url"]
    run.ok("logfire_stack", **exported)
    again = run.ok("logfire_stack_info", slos=True).result["stack"]
    del exported["channels"][0]["config"]["url"]
    assert again == exported


def test_an_export_where_schedules_cannot_be_read(run: "Runner") -> None:
    run.emulator.store.load(in_use())
    run.emulator.settings.missing_routes = ["/schedules/"]
    exported = run.ok("logfire_stack_info").result["stack"]
    assert "schedules" not in exported
    assert exported["projects"][0]["alerts"][0]["channel_assignments"] == [{"channel": "ops", "schedule_id": FIRST}]


def test_two_of_one_name_are_exported_by_their_ids(run: "Runner") -> None:
    run.emulator.store.load(in_use(2))
    exported = run.ok("logfire_stack_info").result["stack"]
    assert [each["id"] for each in exported["schedules"]] == [each["id"] for each in schedules(run)[:2]]
    assert exported["projects"][0]["alerts"][0]["channel_assignments"] == [{"channel": "ops", "schedule_id": FIRST}]
    assert not run.ok("logfire_stack", **exported).changed


def test_a_schedule_that_nothing_uses_is_refused(run: "Runner") -> None:
    """Each run would create one more."""
    description = described()
    description["schedules"].append({**HOURS, "name": "Nights"})
    failed = run.fails("logfire_stack", **description)
    assert failed.result["msg"].startswith("schedule 'Nights' (schedules[1]): nothing in the description uses it.")
    assert not failed.writes


def test_what_was_created_for_an_alert_that_failed_is_told(run: "Runner") -> None:
    run.emulator.store.load({})
    description = described()
    del description["projects"][0]["slos"]
    run.emulator.faults.add(action="status", method="POST", path="/alerts/", status=422, count=None)
    failed = run.fails("logfire_stack", **description)
    (schedule,) = schedules(run)
    (warning,) = (each for each in failed.warnings if "is unused" in each)
    assert f"Add id={schedule['id']} to its description" in warning
    run.emulator.faults.clear()
    description["schedules"][0]["id"] = schedule["id"]
    run.ok("logfire_stack", **description)
    assert len(schedules(run)) == 1


def test_a_stack_removes_a_schedule_after_its_last_use(run: "Runner") -> None:
    run.ok("logfire_stack", **described())
    description = described()
    description["schedules"] = [{"name": NAME, "state": "absent"}]
    failed = run.fails("logfire_stack", **description)
    assert f"the schedule '{NAME}' will be removed (schedules[0])" in failed.result["msg"]
    description["projects"][0]["alerts"][0]["channel_assignments"] = [{"channel": "ops"}]
    description["projects"][0]["slos"][0]["alerts"]["fast"]["channel_assignments"] = [{"channel": "ops"}]
    removed = run.ok("logfire_stack", **description)
    assert short(removed.calls)[-1] == "DELETE schedules/ID/"
    assert not removed.warnings
    assert schedules(run) == []


@pytest.mark.parametrize(
    "reading",
    [
        {"schedule_days": "sorted"},
        {"schedule_list_status": 404},
        {"unknown_schedule_status": 404},
        {"unknown_schedule_status": 422},
        {"schedule_overnight_status": 422},
        {"unknown_members": True},
        {"list_order": "shuffled"},
    ],
)
def test_readings_of_the_service(run: "Runner", reading: dict[str, Any]) -> None:
    run.emulator.store.load({})
    run.emulator.settings.patch(reading)
    night = {"days": ["sun", "sat"], "start": "22:00", "end": "06:00"}
    windows = [*WEEK, *([] if "schedule_overnight_status" in reading else [night])]
    assert run.ok("logfire_stack", **described(windows=windows)).changed
    assert not run.ok("logfire_stack", **described(windows=windows[::-1])).changed


def test_an_unknown_schedule_is_the_services_to_refuse(run: "Runner") -> None:
    run.emulator.settings.unknown_schedule_status = 422
    options = {"project": "web", **alert("New"), "channels": None}
    failed = run.fails("logfire_alert", **options, channel_assignments=[{"channel": "ops", "schedule_id": UNKNOWN}])
    assert "No schedule with that ID" in str(failed.result["failure"]["detail"])
