# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is sent and what is not: omitted, null and empty on the wire, and each trap that other clients fell into.

The traps have the numbers of the list that they come from (the change log of the vendor's Terraform provider).
"""

import json
from typing import TYPE_CHECKING, Any

import pytest
from api_calls import short
from cases import (
    ALERT,
    CONFIGS,
    DASHBOARD,
    NIGHT_ID,
    OPS_ID,
    PROJECT_ID,
    UNKNOWN_ID,
    USERS,
    bodies,
    definition,
    seed,
    stored_definition,
)

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run, Runner

ALERT_BODY = {
    "name": "Errors",
    "description": "",
    "query": "SELECT 1",
    "time_window": "PT5M",
    "frequency": "PT1M",
    "watermark": "PT10S",
    "notify_when": "has_matches",
    "channel_assignments": [],
}
WEBHOOK = {"type": "webhook", **CONFIGS["webhook"][0]}
OPSGENIE = {"type": "opsgenie", **CONFIGS["opsgenie"][0]}
PAGERDUTY = {"type": "pagerduty", **CONFIGS["pagerduty"][0]}
SLACK = {"type": "slack-integration", **CONFIGS["slack-integration"][0]}
BOARD_BODY = {**definition(), "metadata": {"name": "Overview", "project": "shop"}}
ERRORS = {"project": PROJECT_ID, "name": "Errors"}
BOARD = {"project": PROJECT_ID, "slug": "overview"}


def sent(run: "Run") -> list[str]:
    """The bodies of the writes of a run, as bytes on the wire."""
    return [request.raw_body for request in run.requests if request.method != "GET"]


def exactly(*values: Any) -> list[str]:
    return [json.dumps(value) if value is not None else "" for value in values]


def full_seed() -> dict[str, Any]:
    """Everything set, so that each part of it can be changed or cleared alone."""
    alert = {
        "name": "Errors",
        "description": "Old",
        "environments": ["prod"],
        "channels": ["ops"],
        "active": False,
        "watermark": "PT1M",
        "frequency": "PT1M",
    }
    board = {"slug": "overview", "name": "Overview", "definition": stored_definition(), "version": 7}
    channels = [{"label": "pager", "config": OPSGENIE}, {"label": "hook", "config": WEBHOOK}]
    shop = {"description": "Old", "visibility": "private", "alerts": [alert], "dashboards": [board]}
    return seed(channels=channels, **shop)


CREATED: dict[str, tuple[str, dict[str, Any], list[Any]]] = {
    "project": ("project", {"name": "site"}, [{"project_name": "site"}]),
    "project, nothing in it": ("project", {"name": "site", "description": ""}, [{"project_name": "site"}]),
    "project, all of it": (
        "project",
        {"name": "site", "description": "It", "visibility": "private"},
        [{"project_name": "site", "description": "It", "visibility": "private"}],
    ),
    "channel": ("channel", {"name": "new", "config": WEBHOOK}, [{"label": "new", "config": WEBHOOK}]),
    "channel, active": (
        "channel",
        {"name": "new", "config": OPSGENIE, "active": True},
        [{"label": "new", "config": OPSGENIE}],
    ),
    "channel, 29 inactive": (
        "channel",
        {"name": "new", "config": PAGERDUTY, "active": False},
        [{"label": "new", "config": PAGERDUTY}, {"active": False}],
    ),
    "channel, blank members": (
        "channel",
        {"name": "new", "config": {**OPSGENIE, "base_url": "", "url": " ", "routing_key": ""}},
        [{"label": "new", "config": OPSGENIE}],
    ),
    "alert, 6 8": ("alert", {"project": PROJECT_ID, **ALERT}, [ALERT_BODY]),
    "alert, nothing in it": (
        "alert",
        {"project": PROJECT_ID, **ALERT, "description": "", "environments": [], "channels": []},
        [ALERT_BODY],
    ),
    "alert, all of it, 10": (
        "alert",
        {
            "project": PROJECT_ID,
            **ALERT,
            "description": "It",
            "active": False,
            "environments": ["prod"],
            "channel_assignments": [{"channel": "ops", "schedule_id": UNKNOWN_ID}, {"channel": NIGHT_ID}],
        },
        [
            {
                **ALERT_BODY,
                "description": "It",
                "active": False,
                "environments": ["prod"],
                "channel_assignments": [
                    {"channel_id": NIGHT_ID},
                    {"channel_id": OPS_ID, "schedule_id": UNKNOWN_ID},
                ],
            }
        ],
    ),
    "dashboard, 30": (
        "dashboard",
        {**BOARD, "slug": "new", "name": "Overview", "definition": {**definition(), "metadata": {"version": 9}}},
        [{"name": "Overview", "slug": "new", "definition": BOARD_BODY}],
    ),
    "token": ("token", {"project": PROJECT_ID}, [{}]),
    "token, 27 an empty end": ("token", {"project": PROJECT_ID, "expires_at": ""}, [{}]),
    "token, an end": (
        "token",
        {"project": PROJECT_ID, "expires_at": "2099-12-31T16:59:59-07:00"},
        [{"expires_at": "2099-12-31T23:59:59Z"}],
    ),
}


@pytest.mark.parametrize(("kind", "options", "expected"), CREATED.values(), ids=CREATED)
def test_the_bodies_of_creations(
    kind: str, options: dict[str, Any], expected: list[Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    made = run.ok(f"logfire_{kind}", **options)
    assert made.changed
    assert bodies(made) == expected


UPDATED: dict[str, tuple[str, dict[str, Any], list[Any]]] = {
    "project, description": ("project", {"name": "shop", "description": "New"}, [{"description": "New"}]),
    "project, description cleared": ("project", {"name": "shop", "description": ""}, [{"description": ""}]),
    "project, visibility": ("project", {"name": "shop", "visibility": "public"}, [{"visibility": "public"}]),
    "project, name": ("project", {"id": PROJECT_ID, "name": "renamed"}, [{"project_name": "renamed"}]),
    "project, all but one the same": (
        "project",
        {"id": PROJECT_ID, "name": "shop", "description": "Old", "visibility": "public"},
        [{"visibility": "public"}],
    ),
    "channel, name": ("channel", {"id": OPS_ID, "name": "renamed"}, [{"label": "renamed"}]),
    "channel, active": ("channel", {"name": "ops", "active": False}, [{"active": False}]),
    "channel, name and the same configuration": (
        "channel",
        {"id": OPS_ID, "name": "renamed", "config": {"type": "webhook", "format": "auto"}},
        [{"label": "renamed"}],
    ),
    "channel, 1 a webhook keeps its URL by an empty one": (
        "channel",
        {"name": "hook", "config": {"type": "webhook", "format": "raw-data"}},
        [{"config": {"type": "webhook", "format": "raw-data", "url": ""}}],
    ),
    "channel, 1 a mask as the URL is none": (
        "channel",
        {"name": "hook", "config": {**WEBHOOK, "format": "raw-data", "url": "https://hooks.example.com/**********"}},
        [{"config": {"type": "webhook", "format": "raw-data", "url": ""}}],
    ),
    "channel, 2 a key goes with every change": (
        "channel",
        {"name": "pager", "config": {**OPSGENIE, "base_url": "https://api.eu.opsgenie.com"}},
        [{"config": {**OPSGENIE, "base_url": "https://api.eu.opsgenie.com"}}],
    ),
    "alert, description": ("alert", {**ERRORS, "description": "New"}, [{"description": "New"}]),
    "alert, description cleared": ("alert", {**ERRORS, "description": ""}, [{"description": ""}]),
    "alert, 8 environments cleared": ("alert", {**ERRORS, "environments": []}, [{"environments": []}]),
    "alert, environments cleared by an empty text": ("alert", {**ERRORS, "environments": ""}, [{"environments": []}]),
    "alert, channels cleared": ("alert", {**ERRORS, "channels": []}, [{"channel_assignments": []}]),
    "alert, channels cleared by an empty text": (
        "alert",
        {**ERRORS, "channels": ""},
        [{"channel_assignments": []}],
    ),
    "alert, assignments cleared": ("alert", {**ERRORS, "channel_assignments": []}, [{"channel_assignments": []}]),
    "alert, active": ("alert", {**ERRORS, "active": True}, [{"active": True}]),
    "alert, a duration": ("alert", {**ERRORS, "time_window": "1h30m"}, [{"time_window": "PT1H30M"}]),
    "alert, a day": ("alert", {**ERRORS, "frequency": "1d"}, [{"frequency": "PT24H"}]),
    "alert, watermark": ("alert", {**ERRORS, "watermark": 10}, [{"watermark": "PT10S"}]),
    "alert, all but one the same": (
        "alert",
        {**ERRORS, **ALERT, "description": "Old", "environments": ["prod"], "channels": ["ops"], "query": "SELECT 2"},
        [{"query": "SELECT 2"}],
    ),
    "dashboard, name": (
        "dashboard",
        {**BOARD, "name": "New"},
        [
            {
                "definition": {**definition(), "metadata": {"name": "New", "project": "shop"}},
                "name": "New",
                "version": 7,
            }
        ],
    ),
    "dashboard, definition": (
        "dashboard",
        {**BOARD, "name": "Overview", "definition": definition("Bye")},
        [{"definition": stored_definition("Bye"), "version": 7}],
    ),
}


@pytest.mark.parametrize(("kind", "options", "expected"), UPDATED.values(), ids=UPDATED)
def test_41_21_the_exact_bytes_of_partial_updates(
    kind: str, options: dict[str, Any], expected: list[Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(full_seed())
    changed = run.ok(f"logfire_{kind}", **options)
    assert changed.changed
    if kind == "dashboard":  # the order of a definition's members is the service's
        assert bodies(changed) == expected
        assert all(list(json.loads(text)) == list(body) for text, body in zip(sent(changed), expected, strict=True))
    else:
        assert sent(changed) == exactly(*expected)
    assert "null" not in "".join(sent(changed))


@pytest.mark.parametrize("cleared", ["null", "empty"])
def test_a_cleared_description_stays_cleared(cleared: Any, run: "Runner", emulator: "RunningEmulator") -> None:
    """The same configuration without a description afterwards is no change either, and visibility is left alone."""
    emulator.settings.cleared_description = cleared
    emulator.store.load(full_seed())
    project = run.ok("logfire_project", name="shop", description="")
    assert project.result["project"]["description"] == ""
    assert project.result["project"]["visibility"] == "private"
    assert not run.ok("logfire_project", name="shop").changed
    assert not run.ok("logfire_project", name="shop", description="").changed


def test_a_body_is_sent_only_where_there_is_one(run: "Runner") -> None:
    run.ok("logfire_project", name="site")
    gone = run.ok("logfire_project", name="site", state="absent")
    content_types = {request.method: request.headers.get("content-type") for request in gone.requests}
    assert content_types == {"GET": None, "DELETE": None}
    assert sent(gone) == [""]


# Secrets that come back masked


@pytest.mark.parametrize("config", [WEBHOOK, OPSGENIE, PAGERDUTY], ids=lambda config: config["type"])
def test_1_2_3_a_masked_secret_is_never_sent_back(
    config: dict[str, Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(seed(channels=[{"label": "pager", "config": config}]))
    shown = run.ok("logfire_channel", name="pager").result["channel"]["config"]
    assert "**********" in json.dumps(shown)
    same = run.ok("logfire_channel", name="pager", config=shown)
    assert not same.changed
    renamed = run.ok("logfire_channel", id=same.result["channel"]["id"], name="other", config=shown)
    assert bodies(renamed) == [{"label": "other"}]
    stored = [each["config"] for each in emulator.store.snapshot()["channels"] if each["label"] == "other"]
    assert stored == [config]


@pytest.mark.parametrize("mode", ["on_drift", "on_create", "always"])
def test_1_a_webhook_keeps_its_url(mode: str, run: "Runner", emulator: "RunningEmulator") -> None:
    """A change of another member, without the URL or with one that is not to be updated."""
    emulator.store.load(full_seed())
    config = {"type": "webhook", "format": "raw-data"}
    if mode == "on_create":
        config["url"] = "https://elsewhere.example.com/x"
    changed = run.ok("logfire_channel", name="hook", config=config, update_secret=mode)
    assert bodies(changed) == [{"config": {"type": "webhook", "format": "raw-data", "url": ""}}]
    (stored,) = (each["config"] for each in emulator.store.snapshot()["channels"] if each["label"] == "hook")
    assert stored == {**WEBHOOK, "format": "raw-data"}


@pytest.mark.parametrize(("config", "change"), [(OPSGENIE, "base_url"), (PAGERDUTY, "region")])
def test_2_a_change_needs_the_key_that_nobody_gives_back(
    config: dict[str, Any], change: str, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(seed(channels=[{"label": "pager", "config": config}]))
    member = "auth_key" if change == "base_url" else "routing_key"
    value = {"base_url": "https://api.eu.opsgenie.com", "region": "eu"}[change]
    for check in (True, False):
        failed = run.fails("logfire_channel", check=check, name="pager", config={"type": config["type"], change: value})
        assert f"config.{member}" in failed.result["msg"]
        assert failed.writes == []
    assert not run.ok("logfire_channel", name="pager", config={"type": config["type"]}).changed
    assert run.ok("logfire_channel", name="pager", active=False).changed


def test_another_type_needs_its_secret(run: "Runner") -> None:
    failed = run.fails("logfire_channel", name="ops", config={"type": "opsgenie"})
    assert "config.auth_key" in failed.result["msg"]
    assert failed.writes == []


# Ids, names, lists


@pytest.mark.parametrize("module", ["project", "channel", "alert", "dashboard", "token"])
@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("value", ["", "  "])
def test_4_an_empty_id_never_calls_the_collection(module: str, state: str, value: str, run: "Runner") -> None:
    parent = {} if module in ("project", "channel") else {"project": PROJECT_ID}
    failed = run.fails(f"logfire_{module}", **parent, id=value, state=state)
    assert "id" in failed.result["msg"]
    assert failed.calls == []


def test_25_a_project_may_be_named_like_the_id_of_another(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed(projects=[{"id": USERS[0], "project_name": PROJECT_ID, "alerts": ["Other"]}]))
    for order in ("insertion", "reversed"):
        emulator.settings.patch({"list_order": order})
        assert run.ok("logfire_project", id=PROJECT_ID).result["project"]["name"] == "shop"
        assert run.ok("logfire_project", name=PROJECT_ID).result["project"]["id"] == USERS[0]
        made = run.ok("logfire_alert", project=PROJECT_ID, **ALERT)
        assert made.result["alert"]["project_id"] == PROJECT_ID
        run.ok("logfire_alert", project=PROJECT_ID, name="Errors", state="absent")
    gone = run.ok("logfire_project", name=PROJECT_ID, state="absent")
    assert gone.calls[-1].endswith(f"/{USERS[0]}/")
    again = run.ok("logfire_project", name=PROJECT_ID, state="absent")
    assert not again.changed


def test_25_a_project_that_is_only_named_like_an_id(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed(projects=[{"id": USERS[0], "project_name": UNKNOWN_ID, "alerts": ["Other"]}]))
    for child, absent in ((403, 404), (404, 403)):
        emulator.settings.patch({"missing_project_child_status": child})
        emulator.settings.patch({"missing_project_status": absent})
        failed = run.fails("logfire_alert", project=UNKNOWN_ID, name="Other", active=False)
        assert (
            f"no project with the ID {UNKNOWN_ID}; a project has it as its name: use the ID of that project, {USERS[0]}"
            in failed.result["msg"]
        )
        assert failed.writes == []


def test_28_a_channel_may_be_named_like_an_id(run: "Runner", emulator: "RunningEmulator") -> None:
    """By that label alone; but the id of another comes first."""
    emulator.store.load(seed(channels=[{"id": USERS[0], "label": UNKNOWN_ID}, {"id": USERS[1], "label": OPS_ID}]))
    made = run.ok("logfire_alert", project=PROJECT_ID, **ALERT, channels=[UNKNOWN_ID, OPS_ID])
    assert {each["channel_id"] for each in bodies(made)[0]["channel_assignments"]} == {USERS[0], OPS_ID}
    assert not run.ok("logfire_alert", project=PROJECT_ID, **ALERT, channels=[OPS_ID, UNKNOWN_ID]).changed
    assert run.ok("logfire_channel", name=UNKNOWN_ID).result["channel"]["id"] == USERS[0]
    assert run.ok("logfire_channel", name=OPS_ID).result["channel"]["id"] == USERS[1]


def test_12_the_order_of_lists_is_the_servers(run: "Runner", emulator: "RunningEmulator") -> None:
    names = [f"channel-{number}" for number in range(5)]
    for order in ("shuffled", "reversed", "insertion"):
        emulator.settings.patch({"list_order": order})
        emulator.store.load(seed(channels=names, alerts=[{"name": "Errors", "channels": names[::-1]}]))
        for wanted in (names, names[::-1], names[2:] + names[:2]):
            assert not run.ok("logfire_alert", project="shop", name="Errors", channels=wanted).changed


# Projects that are gone


CHILDREN = {
    "alert": {"name": "Errors"},
    "dashboard": {"slug": "overview"},
    "token": {"id": UNKNOWN_ID},
    "read token": {"type": "read", "id": UNKNOWN_ID},
}


@pytest.mark.parametrize("child", CHILDREN)
@pytest.mark.parametrize("project", ["gone", UNKNOWN_ID], ids=["name", "id"])
@pytest.mark.parametrize("statuses", [(403, 403), (403, 404), (404, 403), (404, 404)], ids=str)
def test_5_under_a_project_that_is_gone_everything_is_absent(
    child: str, project: str, statuses: tuple[Any, Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.settings.missing_project_child_status, emulator.settings.missing_project_status = statuses
    module = f"logfire_{child.split()[-1]}"
    for check in (True, False):
        gone = run.ok(module, check=check, project=project, **CHILDREN[child], state="absent")
        assert not gone.changed
    if "token" not in child:
        failed = run.fails(module, project=project, **CHILDREN[child])
        assert "shop" in failed.result["msg"]  # the projects that there are
        assert repr(project) in failed.result["msg"]


@pytest.mark.parametrize("child", CHILDREN)
@pytest.mark.parametrize("status", [403, 404])
def test_5_a_project_that_goes_while_the_module_runs(
    child: str, status: int, run: "Runner", emulator: "RunningEmulator"
) -> None:
    """It is in the first list of projects, its children answer that it is gone, and it is in no list after that."""
    shop = run.ok("logfire_project", name="shop").result["project"]
    listed = [{**shop, "project_name": shop["name"]}]
    emulator.faults.add(action="body", method="GET", path="/projects/$", body=listed)
    emulator.store.load({})
    emulator.settings.patch({"missing_project_child_status": status})
    gone = run.ok(f"logfire_{child.split()[-1]}", project="shop", **CHILDREN[child], state="absent")
    assert not gone.changed
    assert len(gone.calls) == 3


@pytest.mark.parametrize("child", CHILDREN)
@pytest.mark.parametrize("project", ["shop", PROJECT_ID], ids=["name", "id"])
@pytest.mark.parametrize("state", ["absent", "present"])
def test_5_a_missing_permission_is_not_absence(
    child: str, project: str, state: str, run: "Runner", emulator: "RunningEmulator"
) -> None:
    key, kind = "pylf_v1_local_limited", child.split()[-1]
    scope = {"alert": "read_alert", "dashboard": "read_dashboard", "token": "write_token", "read token": "read_token"}
    emulator.settings.patch({"keys": [{"key": key, "scopes": ["project:read"]}]})
    failed = run.fails(f"logfire_{kind}", project=project, **CHILDREN[child], state=state, api_token=key)
    assert failed.result["failure"]["status"] == 403
    assert f"project:{scope[child]}" in failed.result["msg"]


@pytest.mark.parametrize("state", ["absent", "present"])
def test_5_nor_is_it_when_projects_cannot_be_listed_either(
    state: str, run: "Runner", emulator: "RunningEmulator"
) -> None:
    """The scope that is named is the one that was missing first."""
    key = "pylf_v1_local_limited"
    emulator.settings.patch({"keys": [{"key": key, "scopes": ["organization:read_channel"]}]})
    failed = run.fails("logfire_alert", project=PROJECT_ID, name="Errors", state=state, api_token=key)
    assert failed.result["failure"]["status"] == 403
    assert "project:read_alert" in failed.result["msg"]


def test_a_key_without_the_scope_for_projects_does_with_an_id(run: "Runner", emulator: "RunningEmulator") -> None:
    key = "pylf_v1_local_limited"
    emulator.settings.patch({"keys": [{"key": key, "scopes": ["project:read_alert", "project:write_alert"]}]})
    made = run.ok("logfire_alert", project=PROJECT_ID, **ALERT, api_token=key)
    assert short(made.calls) == ["GET projects/P/alerts/", "POST projects/P/alerts/", "GET projects/P/alerts/"]


COLLECTIONS = {
    "project": ("/projects/$", {"name": "shop"}),
    "channel": ("/channels/$", {"name": "ops"}),
    "alert": ("/alerts/", {"project": "shop", "name": "Errors"}),
    "dashboard": ("/dashboards/", {"project": "shop", "slug": "overview"}),
    "token": ("/write-tokens/", {"project": "shop", "id": UNKNOWN_ID}),
    "read token": ("/read-tokens/", {"project": PROJECT_ID, "type": "read", "id": UNKNOWN_ID}),
}


@pytest.mark.parametrize("kind", COLLECTIONS)
@pytest.mark.parametrize("state", ["absent", "present"])
def test_38_a_collection_that_is_not_there_is_an_error(
    kind: str, state: str, run: "Runner", emulator: "RunningEmulator"
) -> None:
    path, options = COLLECTIONS[kind]
    emulator.settings.missing_routes = [path]
    failed = run.fails(f"logfire_{kind.split()[-1]}", **options, state=state)
    assert failed.result["failure"]["status"] == 404
    assert "no such API" in failed.result["msg"]
    assert "base_url" in failed.result["msg"]


DELETED = {
    "project": {"name": "shop"},
    "channel": {"name": "ops"},
    "alert": ERRORS,
    "dashboard": BOARD,
}


@pytest.mark.parametrize("kind", DELETED)
@pytest.mark.parametrize("status", [403, 409, 422, 400])
def test_39_an_error_of_a_deletion_is_an_error(
    kind: str, status: int, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(full_seed())
    emulator.faults.add(action="status", method="DELETE", status=status, count=None, body={"detail": "not now"})
    failed = run.fails(f"logfire_{kind}", **DELETED[kind], state="absent")
    assert (failed.result["failure"]["status"], failed.result["failure"]["detail"]) == (status, "not now")


@pytest.mark.parametrize("kind", DELETED)
def test_39_but_what_is_gone_already_is_deleted(kind: str, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(full_seed())
    emulator.faults.add(action="status", method="DELETE", status=404, commit=True, body={"detail": "Not here"})
    gone = run.ok(f"logfire_{kind}", **DELETED[kind], state="absent")
    assert len(gone.writes) == 1
    assert not run.ok(f"logfire_{kind}", **DELETED[kind], state="absent").changed


# Alerts of older releases


@pytest.mark.parametrize("channels", ["full", "empty", "absent"])
@pytest.mark.parametrize("assignments", [True, False], ids=["assignments", "no assignments"])
def test_9_10_an_answer_without_channels(
    channels: Any, assignments: bool, run: "Runner", emulator: "RunningEmulator"
) -> None:
    """Where the answer to the POST lacks them, they are read; where they are the only place that tells, they do."""
    emulator.settings.patch({"alert_create_channels": channels, "alert_channel_assignments": assignments})
    alert = {option: value for option, value in ALERT.items() if option != "channels"} | {"project": PROJECT_ID}
    options = {
        **alert,
        "channel_assignments": [{"channel": "ops", "schedule_id": UNKNOWN_ID}, {"channel": "night"}],
    }
    made = run.ok("logfire_alert", **options)
    more = [] if channels == "full" else ["GET projects/P/alerts/ID/"]
    assert short(made.calls) == [
        *["GET projects/P/alerts/", "GET channels/", "POST projects/P/alerts/"],
        *[*more, "GET projects/P/alerts/"],
    ]
    assert made.result["alert"]["channels"] == [
        {"id": NIGHT_ID, "name": "night", "schedule_id": None},
        {"id": OPS_ID, "name": "ops", "schedule_id": UNKNOWN_ID},
    ]
    assert made.warnings == []
    assert not run.ok("logfire_alert", **options).changed
    assert not run.ok("logfire_alert", **alert, channels=["ops", "night"]).changed


def test_9_the_second_read_of_an_alert_may_fail(run: "Runner", emulator: "RunningEmulator") -> None:
    """The alert is there all the same, once, and the run says so."""
    emulator.settings.alert_create_channels = "absent"
    emulator.faults.add(action="status", method="GET", path=r"/alerts/[^/]+/$", status=403, count=1)
    made = run("logfire_alert", **ALERT, project=PROJECT_ID, channels=["ops"])
    alerts = emulator.store.snapshot()["projects"][0]["alerts"]
    assert len(alerts) == 1
    assert not made.failed, made.result
    assert made.changed
    assert made.result["alert"]["id"] == alerts[0]["id"]


def test_10_an_empty_list_of_assignments_means_none(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(full_seed())
    (alert,) = (
        {**each, "channels": [{"id": OPS_ID, "label": "ops", "schedule_id": None}], "channel_assignments": []}
        for each in emulator.store.snapshot()["projects"][0]["alerts"]
    )
    emulator.faults.add(action="body", method="GET", path="/alerts/$", body=[alert], count=2)
    assert not run.ok("logfire_alert", **ERRORS, channels=[]).changed
    assert run.ok("logfire_alert", **ERRORS, channels=["ops"], check=True).changed


def test_a_release_without_environments(run: "Runner", emulator: "RunningEmulator") -> None:
    """It drops them, and a change that is not kept is worth a warning."""
    emulator.settings.patch({"alert_environments": False, "alert_status_members": False})
    options = {**ALERT, "project": PROJECT_ID}
    assert run.ok("logfire_alert", **options).warnings == []
    assert not run.ok("logfire_alert", **options, environments=[]).changed
    lost = run.ok("logfire_alert", **options, environments=["prod"])
    assert lost.changed
    assert any("environments" in warning for warning in lost.warnings)


@pytest.mark.parametrize("status", ["slow", "timed_out", "ok", "not_checked"])
def test_what_the_service_says_of_a_query(status: str, run: "Runner") -> None:
    query = f"SELECT 1 /* {status} */"
    made = run.ok("logfire_alert", project=PROJECT_ID, **{**ALERT, "query": query})
    assert made.result["alert"]["query_check"]["status"] == status
    assert bool(made.warnings) == (status in ("slow", "timed_out"))
    assert all("Errors" in warning and status in warning for warning in made.warnings)


def test_11_a_channel_once_in_a_list(run: "Runner") -> None:
    """By its name and its id, too, which only the list of channels tells."""
    for options in (
        {"channels": ["ops", OPS_ID]},
        {"channel_assignments": [{"channel": "ops"}, {"channel": OPS_ID, "schedule_id": UNKNOWN_ID}]},
    ):
        failed = run.fails("logfire_alert", project=PROJECT_ID, **ALERT, **options)
        assert next(iter(options)) in failed.result["msg"]
        assert failed.writes == []


def test_17_18_19_any_duration_in_range(run: "Runner") -> None:
    """No presets: 20 minutes and 47 hours are as good as any."""
    options = {"project": PROJECT_ID, **ALERT}
    for window in ("20m", "47m", "2h", "P2D"):
        assert run.ok("logfire_alert", **{**options, "time_window": window, "frequency": "3h"}).changed
    failed = run.fails("logfire_alert", **{**options, "time_window": "30d", "frequency": "1m"})
    assert failed.result["failure"]["status"] == 422
    assert "time_window" in failed.result["msg"]  # the service's own words on what goes with what


# Channels


@pytest.mark.parametrize("status", [400, 502])
def test_22_29_the_second_request_of_a_creation_fails(
    status: int, run: "Runner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    """The error names the channel, which is there, and the next run goes on with it."""
    emulator.faults.add(
        action="status", method="PUT", path="/channels/", status=status, count=None, body={"detail": "follow-up failed"}
    )
    options = {"name": "hook", "config": WEBHOOK, "active": False}
    failed = run.fails("logfire_channel", **options)
    (channel,) = (each for each in emulator.store.snapshot()["channels"] if each["label"] == "hook")
    assert channel["id"] in failed.result["msg"]
    assert "active" in failed.result["msg"]
    assert "just created" in failed.result["msg"]
    assert "follow-up failed" in failed.result["msg"]
    assert failed.result["changed"]
    assert failed.result["failure"]["status"] == status
    emulator.faults.clear()
    again = run.ok("logfire_channel", **options)
    assert short(again.writes) == ["PUT channels/ID/"]
    assert again.result["channel"]["id"] == channel["id"]


@pytest.mark.parametrize("omitted", ["keep", "true"])
def test_26_the_agent_prompt_is_kept(omitted: Any, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.omitted_prompt_on_update = omitted
    made = run.ok("logfire_channel", name="slack", config=SLACK)
    assert made.result["channel"]["config"]["include_agent_prompt"] is True
    run.ok("logfire_channel", name="slack", config={**SLACK, "include_agent_prompt": False})
    assert not run.ok("logfire_channel", name="slack", config=SLACK).changed
    renamed = run.ok("logfire_channel", id=made.result["channel"]["id"], name="slack two", config=SLACK)
    assert bodies(renamed) == [{"label": "slack two"}]
    moved = run.ok("logfire_channel", name="slack two", config={**SLACK, "channel_id": "C9"})
    assert bodies(moved) == [{"config": {**SLACK, "channel_id": "C9", "include_agent_prompt": False}}]
    assert moved.result["channel"]["config"]["include_agent_prompt"] is False
    back = run.ok("logfire_channel", name="slack two", config={**SLACK, "include_agent_prompt": True})
    assert back.result["channel"]["config"]["include_agent_prompt"] is True
    other = run.ok("logfire_channel", name="slack two", config=WEBHOOK, active=False)
    assert bodies(other) == [{"config": WEBHOOK, "active": False}]
    assert other.result["channel"]["id"] == made.result["channel"]["id"]


def test_a_channel_of_a_type_of_tomorrow(run: "Runner", emulator: "RunningEmulator") -> None:
    """It is read, renamed, switched off and removed; alerts that use it are none the worse."""
    config = {"type": "telepathy", "wavelength": 7, "inner": {"url": "x"}}
    emulator.store.load(
        seed(
            channels=[{"id": UNKNOWN_ID, "label": "mind", "config": config}],
            alerts=[{"name": "Errors", "channels": ["mind"]}],
        )
    )
    assert run.ok("logfire_channel", name="mind").result["channel"]["config"] == config
    assert not run.ok("logfire_alert", **ERRORS, channels=["mind"]).changed
    renamed = run.ok("logfire_channel", id=UNKNOWN_ID, name="soul")
    off = run.ok("logfire_channel", name="soul", active=False)
    assert sent(renamed) + sent(off) == exactly({"label": "soul"}, {"active": False})
    foretold = run.ok("logfire_channel", name="soul", config=WEBHOOK, check=True)
    changed = run.ok("logfire_channel", name="soul", config=WEBHOOK)
    assert changed.result["diff"] == foretold.result["diff"]
    assert changed.result["channel"]["id"] == UNKNOWN_ID
    emulator.store.load(seed(channels=[{"label": "mind", "config": config}]))
    assert run.ok("logfire_channel", name="mind", state="absent").changed
    refused = run.fails("logfire_channel", name="new", config={"type": "telepathy"})
    assert "telepathy" in refused.result["msg"]
    assert refused.calls == []


def test_a_type_that_the_service_does_not_know_yet(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.channel_types = ["webhook"]
    failed = run.fails("logfire_channel", name="mail", config={"type": "email", "recipients": ["a@b.de"]})
    assert failed.result["failure"]["status"] == 422
    assert "config" in failed.result["failure"]["detail"]
    assert "a@b.de" not in failed.result["failure"]["detail"]


@pytest.mark.parametrize("mode", ["detach", "refuse"])
def test_a_channel_in_use_is_removed_or_not_as_the_service_says(
    mode: Any, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.settings.delete_used_channel = mode
    emulator.store.load(full_seed())
    if mode == "detach":
        assert run.ok("logfire_channel", name="ops", state="absent").changed
    else:
        assert run.fails("logfire_channel", name="ops", state="absent").result["failure"]["status"] == 409


# Dashboards


def test_23_a_dashboard_that_is_gone_is_not_its_slugs_next_owner(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(full_seed())
    before = emulator.store.snapshot()
    failed = run.fails("logfire_dashboard", project=PROJECT_ID, id=UNKNOWN_ID, slug="overview", name="New")
    assert UNKNOWN_ID in failed.result["msg"]
    assert failed.writes == []
    gone = run.ok("logfire_dashboard", project=PROJECT_ID, id=UNKNOWN_ID, slug="overview", state="absent")
    assert not gone.changed
    assert emulator.store.snapshot() == before


def test_32_a_slug_is_not_changed(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(full_seed())
    (board,) = emulator.store.snapshot()["projects"][0]["dashboards"]
    failed = run.fails("logfire_dashboard", project=PROJECT_ID, id=board["id"], slug="other")
    assert "slug" in failed.result["msg"]
    assert "overview" in failed.result["msg"]
    assert failed.writes == []


def test_31_a_dashboards_name_and_version_come_from_the_list(run: "Runner", emulator: "RunningEmulator") -> None:
    """Its definition, read by the id, has neither; and what metadata.name says is not asked."""
    board = {"slug": "overview", "name": "Shown", "definition": stored_definition(), "version": 7}
    emulator.store.load(seed(dashboards=[board]))
    same = run.ok("logfire_dashboard", **BOARD, name="Shown")
    assert not same.changed
    assert (same.result["dashboard"]["name"], same.result["dashboard"]["version"]) == ("Shown", 7)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("first", [0, 1])
def test_a_dashboards_first_version(status: Any, first: int, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.patch({"dashboard_create_status": status, "dashboard_first_version": first})
    assert run.ok("logfire_dashboard", project="shop", **DASHBOARD).result["dashboard"]["version"] == first
    changed = run.ok("logfire_dashboard", project="shop", **{**DASHBOARD, "definition": definition("Bye")})
    assert bodies(changed)[0]["version"] == first
    assert changed.result["dashboard"]["version"] == first + 1


def edit_after_reading(emulator: "RunningEmulator", monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Another person edits the dashboard's display, so many times, each time between our read and our PUT."""
    board = next(iter(next(iter(emulator.store.state.projects.values())).dashboards.values()))
    edits = iter(range(times))

    def edit(method: str, _path: str) -> None:
        if method == "PUT" and next(edits, None) is not None:
            board.version += 1
            board.definition["spec"]["display"] = {"name": f"Edited {board.version}"}

    monkeypatch.setattr(emulator.faults, "find", edit)


def test_a_version_conflict_is_planned_again_once(
    run: "Runner", emulator: "RunningEmulator", monkeypatch: pytest.MonkeyPatch
) -> None:
    """On what the other person made of it: a rename keeps that edit."""
    emulator.store.load(full_seed())
    edit_after_reading(emulator, monkeypatch, 1)
    changed = run.ok("logfire_dashboard", **BOARD, name="New")
    look = ["GET projects/P/dashboards/", "GET projects/P/dashboards/ID/", "PUT projects/P/dashboards/ID/"]
    assert short(changed.calls) == look * 2
    assert [body["version"] for body in bodies(changed)] == [7, 8]
    (board,) = emulator.store.snapshot()["projects"][0]["dashboards"]
    assert (board["name"], board["definition"]["spec"]["display"]) == ("New", {"name": "Edited 8"})
    assert changed.result["dashboard"]["version"] == 9


def test_a_second_version_conflict_is_an_error(
    run: "Runner", emulator: "RunningEmulator", monkeypatch: pytest.MonkeyPatch
) -> None:
    emulator.store.load(full_seed())
    edit_after_reading(emulator, monkeypatch, 9)
    failed = run.fails("logfire_dashboard", **BOARD, definition=definition("Bye"))
    assert len(failed.writes) == 2
    assert failed.result["failure"]["status"] == 409
    assert "Dashboard version conflict" in failed.result["msg"]


def test_24_a_definition_is_an_object_or_a_text_of_one(run: "Runner") -> None:
    made = run.ok("logfire_dashboard", project="shop", **{**DASHBOARD, "definition": json.dumps(definition())})
    assert made.changed
    assert not run.ok("logfire_dashboard", project="shop", **DASHBOARD).changed
    for bad in ("null", None, "[]", "1"):
        options = {**DASHBOARD, "slug": "new", "definition": bad}
        failed = run.fails("logfire_dashboard", project=PROJECT_ID, **options)
        assert "definition" in failed.result["msg"]
        assert failed.writes == []


# Tokens


def test_33_a_tokens_description_is_the_services(run: "Runner") -> None:
    failed = run.fails("logfire_token", project=PROJECT_ID, description="mine")
    assert "description" in failed.result["msg"]
    made = run.ok("logfire_token", project=PROJECT_ID)
    assert made.result["token"]["description"] == "Created by Public API"


def test_34_35_a_new_tokens_answer_lacks_what_the_list_has(run: "Runner") -> None:
    """The members are there from the start, null or known from elsewhere, and filled by the next run."""
    made = run.ok("logfire_token", project="shop")
    token = made.result["token"]
    assert (token["project_id"], token["project_name"], token["active"]) == (PROJECT_ID, "shop", True)
    again = run.ok("logfire_token", project="shop").result["token"]
    assert set(again) == set(token) - {"token"}
    assert token["token"].startswith(again["token_prefix"])
    assert (again["id"], again["created_at"]) == (token["id"], token["created_at"])


def test_a_minimal_answer_to_a_tokens_creation(run: "Runner", emulator: "RunningEmulator") -> None:
    answer = {"id": UNKNOWN_ID, "token": "pylf_v1_local_minimalanswer"}
    emulator.faults.add(action="body", method="POST", body=answer)
    made = run.ok("logfire_token", project=PROJECT_ID).result["token"]
    assert (made["id"], made["token"], made["project_id"]) == (UNKNOWN_ID, answer["token"], PROJECT_ID)


def test_36_another_end_is_another_token(run: "Runner") -> None:
    first = run.ok("logfire_token", project="shop", expires_at="2099-01-01T00:00:00Z").result["token"]
    other = run.ok("logfire_token", project="shop", expires_at="2099-01-02T00:00:00Z").result["token"]
    assert other["replaced"] == first["id"]
    assert other["token"] != first["token"]
    assert other["expires_at"] == "2099-01-02T00:00:00Z"


def test_members_that_releases_lack_or_add(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.patch({"token_frontend_members": False, "release": "an image", "release_header": "x-backend"})
    made = run.ok("logfire_token", project="shop").result["token"]
    assert run.ok("logfire_token", project="shop").result["token"]["id"] == made["id"]
    project = {"id": PROJECT_ID, "project_name": "shop", "of_tomorrow": {"a": [1]}}
    emulator.faults.add(action="body", method="GET", path="/projects/$", body=[project])
    sparse = run.ok("logfire_project", name="shop")
    assert not sparse.changed
    assert set(sparse.result["project"]) == {
        "id",
        "name",
        "description",
        "visibility",
        "organization_name",
        "created_at",
        "updated_at",
    }
