# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"
SCHEDULE = "5a5f2d0e-3c1b-4b53-8a55-0c2f2f6f7b22"
BODY = {
    "name": "Errors",
    "description": "",
    "query": "SELECT 1",
    "time_window": "PT5M",
    "frequency": "PT5M",
    "watermark": "PT10S",
    "notify_when": "has_matches",
}
BASE = {
    *BODY,
    *(
        "id",
        "organization_id",
        "project_id",
        "created_at",
        "updated_at",
        "created_by_name",
        "updated_by_name",
        "active",
    ),
    *("environments", "channels", "channel_assignments", "snoozed_until", "suppression"),
}
RUN = {"last_run", "has_matches", "has_errors", "fired", "result", "result_length"}


@pytest.fixture
def channels(api: Api) -> list[str]:
    """The ids of four channels."""
    config = {"type": "webhook", "format": "auto", "url": "https://example.com/webhook"}
    return [api.ok("POST", "channels/", {"label": label, "config": config})["id"] for label in "abcd"]


def create(api: Api, project: str, **members: Any) -> Any:
    """A new alert."""
    return api.ok("POST", f"{project}alerts/", {**BODY, **members})


def test_answers(api: Api, project: str) -> None:
    """The last run shows on reading, the check of the query on writing."""
    answer = api.call("POST", f"{project}alerts/", BODY)
    created = answer.json()
    path = f"{project}alerts/{created['id']}/"
    assert answer.status_code == 201
    assert set(created) == set(api.ok("PUT", path, {})) == BASE | {"query_check"}
    assert set(api.ok("GET", path)) == BASE | RUN
    assert api.ok("GET", f"{project}alerts/") == [api.ok("GET", path)]
    assert {name: created[name] for name in BODY} == BODY
    assert (created["active"], created["environments"], created["channels"], created["updated_at"]) == (
        True,
        [],
        [],
        None,
    )
    assert api.call("DELETE", path).status_code == 204
    assert api.call("GET", path).status_code == 404


@pytest.mark.parametrize("member", BODY)
def test_required_members(api: Api, project: str, member: str) -> None:
    """Each of them, the description and the watermark too; and none may be null."""
    without = {name: value for name, value in BODY.items() if name != member}
    for body in (without, {**BODY, member: None}):
        answer = api.call("POST", f"{project}alerts/", body)
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == ["body", member]
    assert api.ok("GET", f"{project}alerts/") == []


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("PT5M", "PT5M"),
        ("PT90M", "PT1H30M"),
        ("PT5400S", "PT1H30M"),
        ("PT24H", "P1D"),
        ("PT48H", "P2D"),
        ("PT168H", "P7D"),
        ("P7D", "P7D"),
        ("PT720H", "P30D"),
        ("PT36H", "P1DT12H"),
    ],
)
def test_durations(api: Api, project: str, sent: str, answered: str) -> None:
    """Whole days come back as days."""
    created = create(api, project, time_window=sent, frequency="PT24H")
    assert (created["time_window"], created["frequency"], created["watermark"]) == (answered, "P1D", "PT10S")
    assert api.ok("GET", f"{project}alerts/")[0]["time_window"] == answered


@pytest.mark.parametrize(
    ("window", "frequency", "wrong"),
    [
        ("PT1M", "PT1M", None),
        ("PT59S", "PT1M", "time_window"),
        ("PT1M", "PT30S", "frequency"),
        ("P1D", "PT1M", None),
        ("P7D", "PT1M", "time_window"),
        ("P7D", "PT1H", None),
        ("P30D", "PT1H", "time_window"),
        ("P30D", "P1D", None),
        ("P90D", "P1D", "time_window"),
        ("P30D", "P7D", "frequency"),
        ("soon", "PT1M", "time_window"),
        ("PT5M", "", "frequency"),
    ],
)
def test_limits_of_durations(api: Api, project: str, window: str, frequency: str, wrong: str | None) -> None:
    """A minute at least; a longer window wants a rarer evaluation. The same on creation and on an update."""
    body = {"time_window": window, "frequency": frequency}
    before = create(api, project)
    for method, path, given in (
        ("POST", f"{project}alerts/", {**BODY, **body}),
        ("PUT", f"{project}alerts/{before['id']}/", body),
    ):
        answer = api.call(method, path, given)
        if wrong is None:
            assert answer.status_code in (200, 201)
        else:
            assert answer.status_code == 422
            assert [problem["loc"] for problem in answer.json()["detail"]] == [["body", wrong]]


def test_limits_look_at_the_whole_alert(emulator: "RunningEmulator", api: Api, project: str) -> None:
    """Half of a pair is checked against the stored half; the limits are a setting."""
    alert = create(api, project, time_window="P30D", frequency="P1D")
    path = f"{project}alerts/{alert['id']}/"
    assert api.call("PUT", path, {"frequency": "PT5M"}).status_code == 422
    emulator.settings.window_limits = []
    assert api.ok("PUT", path, {"frequency": "PT5M"})["frequency"] == "PT5M"
    emulator.settings.patch({"window_limits": [{"time_window": "PT1H", "frequency": "PT1M"}]})
    assert api.call("PUT", path, {"frequency": "PT5M"}).status_code == 422
    assert api.ok("PUT", path, {"name": "untouched durations pass"})["time_window"] == "P30D"


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ({}, {}),
        ({"unknown": 1}, {}),
        ({"name": "new"}, {"name": "new"}),
        ({"description": "new"}, {"description": "new"}),
        ({"description": ""}, {"description": ""}),
        ({"query": "SELECT 2"}, {"query": "SELECT 2"}),
        ({"active": False}, {"active": False}),
        ({"notify_when": "matches_changed"}, {"notify_when": "matches_changed"}),
        ({"watermark": "PT1M"}, {"watermark": "PT1M"}),
        ({"environments": []}, {"environments": []}),
        ({"channel_assignments": []}, {"channel_assignments": [], "channels": []}),
        ({"channel_ids": []}, {"channel_assignments": [], "channels": []}),
        ({"channel_ids": None}, {}),
    ],
)
def test_partial_update(
    api: Api, project: str, channels: list[str], body: dict[str, Any], changes: dict[str, Any]
) -> None:
    """What is left out stays; empty texts and lists clear."""
    full = {"description": "old", "environments": ["production"], "channel_ids": channels[:1], "active": True}
    before = create(api, project, **full)
    path = f"{project}alerts/{before['id']}/"
    api.ok("PUT", path, body)
    ignored = {"updated_at", "updated_by_name", "suppression", "query_check"}
    after = api.ok("GET", path)
    assert {name: after[name] for name in BASE - ignored} == {
        name: {**before, **changes}[name] for name in BASE - ignored
    }


@pytest.mark.parametrize(("setting", "shown"), [("empty", ""), ("null", None)])
def test_no_description(emulator: "RunningEmulator", api: Api, project: str, setting: str, shown: str | None) -> None:
    """How an empty one comes back is a setting."""
    emulator.settings.patch({"alert_empty_description": setting})
    assert create(api, project, description="")["description"] == shown
    assert api.ok("GET", f"{project}alerts/")[0]["description"] == shown


@pytest.mark.parametrize(
    "body",
    [
        {"description": None},
        {"environments": None},
        {"channel_assignments": None},
        {"name": None},
        {"active": None},
        {"notify_when": "sometimes"},
        {"channel_assignments": [{"schedule_id": SCHEDULE}]},
        {"channel_assignments": [{"channel_id": ID}]},
        {"channel_ids": [ID]},
    ],
)
def test_bad_updates(api: Api, project: str, body: dict[str, Any]) -> None:
    """null is no word of an update, and a channel has to exist. Nothing is changed."""
    created = create(api, project)
    path = f"{project}alerts/{created['id']}/"
    before = api.ok("GET", path)
    assert api.call("PUT", path, {"name": "new", **body}).status_code == 422
    assert api.ok("GET", path) == before


@pytest.mark.parametrize("status", [400, 404, 422])
def test_status_of_an_unknown_channel(emulator: "RunningEmulator", api: Api, project: str, status: int) -> None:
    """A setting."""
    emulator.settings.patch({"unknown_channel_status": status})
    answer = api.call("POST", f"{project}alerts/", {**BODY, "channel_ids": [ID]})
    assert answer.status_code == status
    assert isinstance(answer.json()["detail"], list if status == 422 else str)


def test_assignments(api: Api, project: str, channels: list[str]) -> None:
    """Whole channels with their schedule, and the bare pairs; the newer member wins; order is the server's."""
    given = [{"channel_id": channels[0]}, {"channel_id": channels[1], "schedule_id": SCHEDULE}]
    created = create(api, project, channel_assignments=given, channel_ids=channels[2:])
    pairs = {(item["channel_id"], item["schedule_id"]) for item in created["channel_assignments"]}
    assert pairs == {(channels[0], None), (channels[1], SCHEDULE)}
    assert {(item["id"], item["schedule_id"]) for item in created["channels"]} == pairs
    assert created["channels"][0]["config"]["url"] == "https://example.com/**********"
    assert [item["channel_id"] for item in created["channel_assignments"]] != channels[:2]


def test_one_channel_twice(api: Api, project: str, channels: list[str]) -> None:
    """It is assigned once."""
    given = [{"channel_id": channels[0], "schedule_id": SCHEDULE}, {"channel_id": channels[0]}]
    assert create(api, project, channel_assignments=given)["channel_assignments"] == [
        {"channel_id": channels[0], "schedule_id": None}
    ]


@pytest.mark.parametrize("status", [400, 409, 422])
def test_one_channel_twice_may_be_refused(
    emulator: "RunningEmulator", api: Api, project: str, channels: list[str], status: int
) -> None:
    """A setting, on creation as on an update; nothing is changed then."""
    emulator.settings.patch({"repeated_channel_status": status})
    path = f"{project}alerts/{create(api, project, channel_ids=channels[:1])['id']}/"
    before = api.ok("GET", path)
    twice = {"channel_assignments": [{"channel_id": channels[1], "schedule_id": ID}, {"channel_id": channels[1]}]}
    assert api.call("POST", f"{project}alerts/", {**BODY, **twice}).status_code == status
    assert api.call("PUT", path, {"name": "new", **twice}).status_code == status
    assert api.ok("GET", f"{project}alerts/") == [before]


def test_order(emulator: "RunningEmulator", api: Api, project: str, channels: list[str]) -> None:
    """Environments, assignments and channels do not come back as they were given."""
    environments = ["production", "staging", "test"]
    members = {"environments": environments, "channel_ids": channels}
    created = create(api, project, **members)
    again = api.ok("GET", f"{project}alerts/{created['id']}/")
    assert sorted(created["environments"]) == environments
    assert created["environments"] != environments
    for name, member in (("channels", "id"), ("channel_assignments", "channel_id")):
        shown = [item[member] for item in created[name]]
        assert sorted(shown) == sorted(channels)
        assert shown != channels
    for name in ("environments", "channels", "channel_assignments"):
        assert created[name] == again[name]
    emulator.settings.list_order = "insertion"
    assert api.ok("GET", f"{project}alerts/")[0]["environments"] == environments


def test_names_are_not_unique(api: Api, project: str) -> None:
    """Two alerts of one name."""
    assert create(api, project)["id"] != create(api, project)["id"]


@pytest.mark.parametrize("status", [400, 409, 422])
def test_a_name_that_is_taken(emulator: "RunningEmulator", api: Api, project: str, status: int) -> None:
    """On creation as on a rename, within a project; an alert may keep its own name. A setting."""
    emulator.settings.patch({"duplicate_alert_status": status})
    create(api, project)
    other = f"{project}alerts/{create(api, project, name='other')['id']}/"
    created = api.call("POST", f"{project}alerts/", BODY)
    assert created.status_code == status
    assert isinstance(created.json()["detail"], list if status == 422 else str)
    assert api.call("PUT", other, {"name": BODY["name"], "query": "SELECT 2"}).status_code == status
    assert api.ok("GET", other)["query"] == "SELECT 1"
    assert api.ok("PUT", other, {"name": "other", "query": "SELECT 2"})["query"] == "SELECT 2"
    second = api.ok("POST", "projects/", {"project_name": "second"})["id"]
    assert create(api, f"projects/{second}/")["name"] == BODY["name"]


SPELLINGS: dict[str, list[str]] = {
    "days": ["P7D", "P1DT12H", "PT1H30M", "PT0S"],
    "hours": ["PT168H", "PT36H", "PT1H30M", "PT0S"],
    "seconds": ["PT604800S", "PT129600S", "PT5400S", "PT0S"],
    "weeks": ["P1W", "P1DT12H", "PT1H30M", "PT0S"],
    "all_parts": ["P7DT0H0M0S", "P1DT12H0M0S", "P0DT1H30M0S", "P0DT0H0M0S"],
    "decimal": ["P7DT0.0S", "P1DT43200.0S", "P0DT5400.0S", "P0DT0.0S"],
}


@pytest.mark.parametrize("form", SPELLINGS)
def test_spellings_of_durations(emulator: "RunningEmulator", api: Api, project: str, form: str) -> None:
    """In every answer, of every duration: a setting."""
    emulator.settings.patch({"duration_form": form, "window_limits": [], "frequency_max": None})
    for sent, shown in zip(("PT168H", "PT36H", "PT90M"), SPELLINGS[form], strict=False):
        created = create(api, project, time_window=sent, frequency=sent, watermark="PT0S")
        path = f"{project}alerts/{created['id']}/"
        (listed,) = (item for item in api.ok("GET", f"{project}alerts/") if item["id"] == created["id"])
        for answer in (created, api.ok("PUT", path, {"time_window": sent}), api.ok("GET", path), listed):
            durations = [answer[member] for member in ("time_window", "frequency", "watermark")]
            assert durations == [shown, shown, SPELLINGS[form][3]]


ORIGINS: dict[str, dict[str, Any]] = {
    "an SLO": {"slo_id": ID, "slo_bucket_tier": 1, "slo_tier": 2, "slo_tier_viable": False},
    "an integration": {"integration_id": "github"},
    "a client": {},
}


@pytest.mark.parametrize("always", [False, True])
@pytest.mark.parametrize("made_by", ORIGINS)
def test_what_made_an_alert(emulator: "RunningEmulator", api: Api, made_by: str, always: bool) -> None:
    """Comes from a seed, is told in every answer, and stays; whether members that are null are told is a setting."""
    emulator.settings.alert_origin_members = "always" if always else "set"
    alert = {"name": "burn rate", **ORIGINS[made_by]}
    emulator.store.load({"projects": [{"project_name": "shop", "alerts": [alert]}]})
    [project] = emulator.store.state.projects
    path = f"projects/{project}/alerts/"
    [listed] = api.ok("GET", path)
    path += f"{listed['id']}/"
    nulls = dict.fromkeys(("integration_id", "slo_id", "slo_bucket_tier", "slo_tier", "slo_tier_viable"))
    expected = {**(nulls if always else {}), **ORIGINS[made_by]}
    for answer in (listed, api.ok("GET", path), api.ok("PUT", path, {"channel_assignments": [], "slo_id": None})):
        assert {name: answer[name] for name in nulls if name in answer} == expected
    state = emulator.store.snapshot()
    emulator.store.load(state)
    assert emulator.store.snapshot() == state


def test_a_notify_when_of_a_release_to_come(emulator: "RunningEmulator", api: Api) -> None:
    """A request is refused with it; what a seed brought is shown, and kept by changes of other members."""
    alert = {"name": "Errors", "notify_when": "full_moon", "time_window": "PT45S"}
    emulator.store.load({"projects": [{"project_name": "shop", "alerts": [alert]}]})
    [project] = emulator.store.state.projects
    [listed] = api.ok("GET", f"projects/{project}/alerts/")
    path = f"projects/{project}/alerts/{listed['id']}/"
    for answer in (listed, api.ok("GET", path), api.ok("PUT", path, {"name": "x"})):
        assert (answer["notify_when"], answer["time_window"]) == ("full_moon", "PT45S")
    assert api.call("PUT", path, {"notify_when": "full_moon"}).status_code == 422


@pytest.mark.parametrize("status", ["ok", "slow", "timed_out", "not_checked"])
def test_query_check(api: Api, project: str, status: str) -> None:
    """Told when a query is saved, and only then."""
    query = f"SELECT 1 /* {status} */"
    created = create(api, project, query=query)
    path = f"{project}alerts/{created['id']}/"
    updated = api.ok("PUT", path, {"query": query})
    assert created["query_check"] == updated["query_check"]
    assert created["query_check"]["status"] == status
    assert created["query_check"]["timed_out"] is (status == "timed_out")
    assert api.ok("PUT", path, {"name": "new"})["query_check"] is None


def test_query_check_markers(emulator: "RunningEmulator", api: Api, project: str) -> None:
    """Which queries are slow is a setting."""
    emulator.settings.query_checks = {"metrics": "slow"}
    assert create(api, project, query="SELECT * FROM metrics")["query_check"]["status"] == "slow"


def test_suppression(emulator: "RunningEmulator", api: Api) -> None:
    """Why an alert is quiet: paused, snoozed, or not quiet at all."""
    seeds = [{"name": "a"}, {"name": "b", "active": False}, {"name": "c", "snoozed_until": "2999-01-01T00:00:00Z"}]
    emulator.store.load({"projects": [{"project_name": "shop", "alerts": seeds}]})
    [project] = emulator.store.state.projects
    found = {item["name"]: item["suppression"] for item in api.ok("GET", f"projects/{project}/alerts/")}
    reasons = {name: value and value["reason"] for name, value in found.items()}
    assert reasons == {"a": None, "b": "paused", "c": "snoozed"}


def test_last_run(emulator: "RunningEmulator", api: Api) -> None:
    """What a seed says of the last run is shown."""
    run = {"last_run": "2026-01-02T03:04:05Z", "has_matches": True, "has_errors": False, "fired": True}
    seed = {"name": "a", **run, "result": {"rows": [1]}, "result_length": 1}
    emulator.store.load({"projects": [{"project_name": "shop", "alerts": [seed]}]})
    [project] = emulator.store.state.projects
    [alert] = api.ok("GET", f"projects/{project}/alerts/")
    assert {name: alert[name] for name in RUN} == {**run, "result": {"rows": [1]}, "result_length": 1}


@pytest.mark.parametrize(
    ("settings", "post", "get"),
    [
        ({"alert_environments": False}, {"environments"}, {"environments"}),
        ({"alert_channel_assignments": False}, {"channel_assignments"}, {"channel_assignments"}),
        ({"alert_create_channels": "absent"}, {"channels"}, set()),
        (
            {"alert_status_members": False},
            {"snoozed_until", "suppression", "query_check"},
            {"snoozed_until", "suppression", "fired"},
        ),
    ],
)
def test_older_releases(
    emulator: "RunningEmulator",
    api: Api,
    project: str,
    channels: list[str],
    settings: dict[str, Any],
    post: set[str],
    get: set[str],
) -> None:
    """Members that they did not have are dropped on the way in and missing on the way out; the rest works."""
    emulator.settings.patch(settings)
    created = create(api, project, environments=["production"], channel_ids=channels[:1])
    [listed] = api.ok("GET", f"{project}alerts/")
    assert set(created) == (BASE | {"query_check"}) - post
    assert set(listed) == (BASE | RUN) - get
    assert [channel["id"] for channel in listed["channels"]] == channels[:1]


def test_environments_of_older_releases(emulator: "RunningEmulator", api: Api, project: str) -> None:
    """They are not even stored."""
    emulator.settings.alert_environments = False
    create(api, project, environments=["production"])
    emulator.settings.alert_environments = True
    assert api.ok("GET", f"{project}alerts/")[0]["environments"] == []


def test_creation_may_hide_channels(emulator: "RunningEmulator", api: Api, project: str, channels: list[str]) -> None:
    """The answer to a POST has an empty list where a GET shows the channel."""
    emulator.settings.alert_create_channels = "empty"
    assert create(api, project, channel_ids=channels[:1])["channels"] == []
    assert len(api.ok("GET", f"{project}alerts/")[0]["channels"]) == 1


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_unknown_alert(api: Api, project: str, method: str) -> None:
    """404, for another project's alert too."""
    other = api.ok("POST", "projects/", {"project_name": "other"})["id"]
    alert = create(api, f"projects/{other}/")["id"]
    for item in (ID, alert):
        answer = api.call(method, f"{project}alerts/{item}/", {})
        assert (answer.status_code, set(answer.json())) == (404, {"detail"})
