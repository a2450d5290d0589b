# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What check runs foresee and later tasks use, what is stored and never refused, names that services change."""

from typing import TYPE_CHECKING, Any

import pytest
from api_calls import short
from cases import ALERT, DASHBOARD, KINDS, NAMED, OPS_ID, PROJECT_ID, Case, bodies, definition, seed, stored_definition

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run, Runner

EMAIL = {"type": "email", "recipients": ["ops@example.com"]}
PAGER = {"type": "pagerduty", "routing_key": "a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3"}


def organization(run: "Runner", check: bool) -> list["Run"]:
    """What a playbook makes in which each task takes the IDs that earlier ones returned."""
    project = run.ok("logfire_project", check=check, name="web")
    channel = run.ok("logfire_channel", check=check, name="pager", config=EMAIL)
    project_id, channel_id = project.result["project"]["id"], channel.result["channel"]["id"]
    alert = {"project": project_id, **ALERT}
    return [
        project,
        channel,
        run.ok("logfire_alert", check=check, **alert, channels=[channel_id, "ops"]),
        run.ok(
            "logfire_alert",
            check=check,
            **{**alert, "name": "Later"},
            channel_assignments=[{"channel": channel_id}],
        ),
        run.ok("logfire_dashboard", check=check, project=project_id, **DASHBOARD),
        run.ok("logfire_alert", check=check, project=PROJECT_ID, name="Errors", channels=[OPS_ID, channel_id]),
        run.ok("logfire_token", check=check, project=project_id),
        run.ok("logfire_alert_info", project=project_id, check=check),
    ]


def test_later_tasks_know_what_a_check_run_foresaw(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed(alerts=[{"name": "Errors", "query": "SELECT 1", "channels": ["ops"]}]))
    check = organization(run, check=True)
    real = organization(run, check=False)
    assert check[0].result["project"]["id"] == "planned-project:web"
    assert check[2].result["alert"]["project_id"] == "planned-project:web"
    assert check[2].result["alert"]["channels"][1]["id"] == "planned-channel:pager"
    for foretold, done in zip(check[:-1], real[:-1], strict=True):
        assert foretold.changed
        assert foretold.warnings == []
        assert foretold.result["diff"] == done.result["diff"]
    assert check[-1].result["alerts"] == []


def test_an_object_that_was_foreseen_can_be_changed_and_removed(run: "Runner") -> None:
    for case in NAMED:
        foreseen = run.ok(case.module, check=True, **case.names, **case.new).result[case.kind]["id"]
        parent = {k: v for k, v in case.names.items() if k == "project"}
        changed = run.ok(case.module, check=True, **parent, id=foreseen, **case.change)
        assert changed.changed
        assert changed.result["diff"]["after"][case.key] == case.names[case.key]
        assert run.ok(case.module, check=True, **parent, id=foreseen, **case.removal()).changed


@pytest.mark.parametrize(
    ("module", "options", "option"),
    [
        ("logfire_alert", {"project": "planned-project:web", **ALERT}, "project"),
        ("logfire_dashboard", {"project": "planned-project:web", **DASHBOARD}, "project"),
        ("logfire_token", {"project": "planned-project:web"}, "project"),
        ("logfire_alert", {"project": "shop", **ALERT, "channels": ["planned-channel:x"]}, "channels"),
        ("logfire_project", {"id": "planned-project:web", "description": "x"}, "id"),
        ("logfire_channel", {"id": "planned-channel:web", "state": "absent"}, "id"),
        ("logfire_api_key", {"id": "planned-api_key:web", "description": "x"}, "id"),
        ("logfire_api_key", {"name": "x", "scopes": ["project:read"], "project": "planned-project:web"}, "project"),
    ],
)
def test_what_was_foreseen_is_refused_in_a_real_run(
    module: str, options: dict[str, Any], option: str, run: "Runner"
) -> None:
    failed = run.fails(module, **options)
    assert failed.result["msg"].startswith(f"{option}: 'planned-")
    assert "is a placeholder that check mode returned for" in failed.result["msg"]
    assert failed.writes == []


@pytest.mark.parametrize(
    ("module", "stored", "options", "changed"),
    [
        (
            "project",
            {"visibility": "tomorrow", "project_name": "Shop_1"},
            {"name": "Shop_1", "visibility": "tomorrow"},
            {"description": "x"},
        ),
        (
            "alert",
            {"notify_when": "tomorrow", "time_window": "PT45S", "frequency": "P2D"},
            {"notify_when": "tomorrow", "time_window": "45s", "frequency": "2d"},
            {"description": "x"},
        ),
        (
            "channel",
            {"config": {"type": "webhook", "format": "tomorrow", "url": "https://hooks.example.com/a/b/c"}},
            {"config": {"type": "webhook", "format": "tomorrow", "url": "https://hooks.example.com/a/b/c"}},
            {"active": False},
        ),
        (
            "channel",
            {"config": {"type": "pagerduty", "routing_key": PAGER["routing_key"], "region": "mars"}},
            {"config": {**PAGER, "region": "mars"}},
            {"active": False},
        ),
        (
            "channel",
            {"config": {"type": "opsgenie", "auth_key": "GenieKey secret-key-12345", "base_url": "eu.opsgenie.com"}},
            {"config": {"type": "opsgenie", "auth_key": "GenieKey secret-key-12345", "base_url": "eu.opsgenie.com"}},
            {"name": "renamed", "config": {"type": "opsgenie", "auth_key": "GenieKey secret-key-67890"}},
        ),
    ],
)
def test_what_is_stored_is_never_refused(
    module: str, stored: Any, options: Any, changed: Any, run: "Runner", emulator: "RunningEmulator"
) -> None:
    """Values of tomorrow, or of another release: as they are they can be described, beside any change."""
    shop = seed(alerts=[{"name": "Errors", "query": "SELECT 1", **(stored if module == "alert" else {})}])
    if module == "project":
        shop["projects"][0].update(stored)
    if module == "channel":
        shop["channels"][0].update(stored)
    emulator.store.load(shop)
    object_id = emulator.store.snapshot()["projects"][0]["alerts"][0]["id"]
    names = {
        "project": {"id": PROJECT_ID},
        "channel": {"id": OPS_ID},
        "alert": {"project": PROJECT_ID, "id": object_id},
    }
    assert not run.ok(f"logfire_{module}", **names[module], **options).changed
    done = run.ok(f"logfire_{module}", **names[module], **{**options, **changed})
    assert done.changed
    assert not run.ok(f"logfire_{module}", **names[module], **options).result.get("failed")
    made = {key: value for key, value in options.items() if key != "name"}
    other = {
        "project": {"name": "other"},
        "channel": {"name": "other"},
        "alert": {"project": PROJECT_ID, **ALERT, "name": "other"},
    }
    failed = run.fails(f"logfire_{module}", **{**other[module], **made})
    assert failed.writes == []


@pytest.mark.parametrize("case", [case for case in KINDS if case.kind != "project"], ids=str)
def test_a_name_that_the_service_changes(case: Case, run: "Runner", emulator: "RunningEmulator") -> None:
    """The object would not be found by the next run: it is removed again, each time, and the message shows both."""
    before = emulator.store.snapshot()
    emulator.settings.name_case = "lower"
    options = {**case.names, case.key: "Errors of Shop", **case.new}
    for _run in range(2):
        failed = run.fails(case.module, **options)
        assert "turned the" in failed.result["msg"]
        assert "'Errors of Shop' into 'errors of shop'; the object was removed again" in failed.result["msg"]
        assert failed.result["failure"]["method"] == "POST"
        assert emulator.store.snapshot() == before


@pytest.mark.parametrize("case", [case for case in KINDS if case.kind in ("channel", "alert")], ids=str)
def test_a_new_name_that_the_service_changes(case: Case, run: "Runner", emulator: "RunningEmulator") -> None:
    made = run.ok(case.module, **{**case.names, "name": "errors"}, **case.new).result[case.kind]
    emulator.settings.name_case = "lower"
    parent = {k: v for k, v in case.names.items() if k == "project"}
    failed = run.fails(case.module, **parent, id=made["id"], name="Errors Of Shop")
    assert (
        f"'Errors Of Shop' into 'errors of shop'; the object has that name now ({made['id']})" in failed.result["msg"]
    )


def test_a_dashboard_whose_grid_has_the_other_spelling_of_a_reference(
    run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(seed(dashboards=[{"slug": "overview", "name": "Overview", "definition": stored_definition()}]))
    other = definition()
    for item in other["spec"]["layouts"][0]["spec"]["items"]:
        item["content"] = {"ref": item["content"]["$ref"]}
    same = run.ok("logfire_dashboard", project="shop", slug="overview", definition=other)
    assert not same.changed


def test_pagerduty_without_a_region_is_foretold_as_it_comes_back(run: "Runner") -> None:
    options = {"name": "pager", "config": PAGER}
    check, real = run.ok("logfire_channel", check=True, **options), run.ok("logfire_channel", **options)
    assert check.result["channel"]["config"] == real.result["channel"]["config"]
    assert check.result["channel"]["config"]["region"] == "us"
    assert bodies(real)[0]["config"] == PAGER
    for region in ("us", None):
        assert not run.ok("logfire_channel", name="pager", config={**PAGER, "region": region}).changed


@pytest.mark.parametrize("length", [4, 7, 8, 9, 12, 13, 16])
@pytest.mark.parametrize("threshold", [0, 8, 13, 20])
def test_short_keys_are_foretold_as_they_come_back(
    length: int, threshold: int, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.settings.patch({"mask_entirely_below": threshold})
    config = {"type": "opsgenie", "auth_key": "k" * (length - 4) + "9876"}
    check = run.ok("logfire_channel", check=True, name="genie", config=config)
    real = run.ok("logfire_channel", name="genie", config=config)
    again = run.ok("logfire_channel", name="genie", config=config)
    shown = [each.result["channel"]["config"]["auth_key"] for each in (check, real, again)]
    assert shown == shown[:1] * 3
    assert check.result["diff"] == real.result["diff"]


def test_an_odd_object_concerns_nobody_else(run: "Runner", emulator: "RunningEmulator") -> None:
    """A list may hold what this version cannot read: that is reported where it is named, and only there."""
    emulator.store.load(seed(alerts=[{"name": "Errors", "query": "SELECT 1"}, {"name": "Odd", "query": "SELECT 2"}]))
    listed = run.ok("logfire_alert_info", project=PROJECT_ID).result["alerts"]
    ids = {alert["name"]: alert["id"] for alert in listed}

    def odd(**members: Any) -> None:
        body = [
            {
                "id": ids["Errors"],
                "name": "Errors",
                "query": "SELECT 1",
                "time_window": "PT5M",
                "frequency": "PT1M",
                "watermark": "PT10S",
                "notify_when": "has_matches",
                "environments": [],
                "channel_assignments": [],
                "active": True,
                "description": "",
            },
            {"id": ids["Odd"], "name": "Odd", "query": "SELECT 2", **members},
            "text",
            {"name": "without an id"},
        ]
        emulator.faults.add(action="body", method="GET", path="/alerts/$", body=body, count=None)

    for members in ({"name": None}, {"name": 5}, {"channel_assignments": "x"}, {"environments": [5]}):
        emulator.faults.clear()
        odd(**members)
        assert not run.ok("logfire_alert", project=PROJECT_ID, name="Errors").changed
        assert run.ok("logfire_alert", project=PROJECT_ID, name="Errors", active=False, check=True).changed
        assert run.ok("logfire_alert", project=PROJECT_ID, **{**ALERT, "name": "New"}, check=True).changed
        info = run.ok("logfire_alert_info", project=PROJECT_ID)
        assert "Errors" in [alert["name"] for alert in info.result["alerts"]]
    named = run.fails("logfire_alert", project=PROJECT_ID, name="Odd")
    assert "an alert in an unexpected format (GET /api/v1/projects/" in named.result["msg"]
    assert named.result["failure"]["path"] == f"/api/v1/projects/{PROJECT_ID}/alerts/"


def test_a_creation_whose_answer_makes_no_sense_is_looked_up(run: "Runner", emulator: "RunningEmulator") -> None:
    """It may have been carried out: it was, and the object is adopted."""
    for case in KINDS:
        emulator.faults.clear()
        emulator.faults.add(action="body", method="POST", path="/$", body={"id": "x", "environments": [5], "config": 5})
        done = run.ok(case.module, **case.names, **case.new)
        assert done.changed
        assert [call for call in short(done.writes) if call.startswith("POST")] == [short(done.writes)[0]]
        assert not run.ok(case.module, **case.names, **case.new).changed
