# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that mean the same are no change, however they are spelt; values that do not are one."""

import json
import string
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from cases import (
    ALERT,
    CONFIGS,
    DASHBOARD,
    NIGHT_ID,
    OPS_ID,
    PROJECT_ID,
    SCHEDULE_ID,
    bodies,
    definition,
    seed,
    stored_definition,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def random_inputs(examples: int) -> Callable[[Any], Any]:
    """Few examples, the same ones each time; fixtures are shared by them on purpose."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


# Durations


@pytest.mark.parametrize(
    ("stored", "shown", "spellings"),
    [
        (
            "PT1H30M",
            "1h30m",
            ["90m", "1h30m", "PT1H30M", "PT90M", "5400", 5400, "PT5400S", "5400s", "pt1h30m", " 90m "],
        ),
        ("P1D", "24h", ["24h", "1d", "P1D", "PT24H", "86400", 86400, "1440m", "P1DT0H", "23h60m"]),
        ("P7D", "7d", ["7d", "168h", "P7D", "P1W", "PT168H", "604800", "6d24h"]),
        ("P2D", "2d", ["2d", "48h", "P2D"]),
        ("PT1M", "1m", ["1m", "60s", "60", 60, "PT60S", "PT1M", "PT60.0S"]),
        ("PT1M30S", "1m30s", ["90s", "1m30s", "PT90S"]),
    ],
)
def test_durations_in_all_spellings(
    stored: str, shown: str, spellings: list[Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(seed(alerts=[{"name": "Errors", "time_window": stored, "frequency": "P1D"}]))
    for spelling in spellings:
        same = run.ok("logfire_alert", project=PROJECT_ID, name="Errors", time_window=spelling, frequency="24h")
        assert not same.changed, spelling
        assert same.result["alert"]["time_window"] == shown


@pytest.mark.parametrize("other", ["91m", "1h30m1s", "PT1H", "5399", "1d"])
def test_other_durations_are_a_change(other: str, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed(alerts=[{"name": "Errors", "time_window": "PT1H30M"}]))
    assert run.ok("logfire_alert", project=PROJECT_ID, name="Errors", time_window=other, check=True).changed


def test_a_duration_without_a_minimum(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed(alerts=[{"name": "Errors", "watermark": "PT0S"}]))
    for spelling in ("0s", "0", 0, "PT0S", "0m"):
        assert not run.ok("logfire_alert", project=PROJECT_ID, name="Errors", watermark=spelling).changed


@st.composite
def spelt_durations(draw: st.DrawFn) -> tuple[int, str]:
    """Seconds from a minute to a day, and a spelling of them."""
    seconds = draw(st.integers(60, 86400))
    if draw(st.booleans()):
        return seconds, str(seconds)
    units = draw(st.sets(st.sampled_from("dhm")))
    parts, rest = [], seconds
    for unit in "dhms":
        if unit in units or unit == "s":
            amount, rest = divmod(rest, SECONDS[unit])
            if amount or draw(st.booleans()):
                parts.append((unit, f"{amount}{unit}"))
    if not parts:
        parts = [("s", "0s")]
    if draw(st.booleans()):
        return seconds, "".join(text for _unit, text in parts)
    days = "".join(text for unit, text in parts if unit == "d")
    clock = "".join(text for unit, text in parts if unit != "d")
    return seconds, ("P" + days + ("T" + clock if clock else "")).upper()


@random_inputs(40)
@given(spelt=spelt_durations())
def test_any_spelling_of_any_duration(spelt: tuple[int, str], run: "Runner", emulator: "RunningEmulator") -> None:
    seconds, text = spelt
    emulator.store.load(seed(alerts=[{"name": "Errors", "time_window": seconds, "frequency": "P1D"}]))
    assert not run.ok("logfire_alert", project=PROJECT_ID, name="Errors", time_window=text).changed
    emulator.store.load(seed(alerts=[{"name": "Errors", "time_window": seconds + 1, "frequency": "P1D"}]))
    change = run.ok("logfire_alert", project=PROJECT_ID, name="Errors", time_window=text)
    (body,) = bodies(change)
    assert set(body) == {"time_window"}
    (alert,) = emulator.store.snapshot()["projects"][0]["alerts"]
    emulator.store.load(seed(alerts=[{"name": "Errors", "time_window": seconds}]))
    assert alert["time_window"] == emulator.store.snapshot()["projects"][0]["alerts"][0]["time_window"]


# Instants


@pytest.mark.parametrize("echo", ["utc", "as_given"])
@pytest.mark.parametrize(
    "spelling",
    [
        "2099-12-31T23:59:59Z",
        "2099-12-31T16:59:59-07:00",
        "2100-01-01T01:59:59+02:00",
        "2099-12-31T23:59:59.000Z",
        "2099-12-31T23:59:59.250Z",
        "2099-12-31t23:59:59z",
        "2099-12-31 23:59:59",
    ],
)
def test_instants_across_offsets(spelling: str, echo: Any, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.expires_at_echo = echo
    emulator.store.load(seed(write_tokens=[{"expires_at": "2099-12-31T18:59:59-05:00"}]))
    assert not run.ok("logfire_token", project=PROJECT_ID, expires_at=spelling).changed


def test_another_instant_is_a_change(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed(write_tokens=[{"expires_at": "2099-12-31T23:59:59Z"}]))
    for other in ("2099-12-31T23:59:59-07:00", "2099-12-31T23:59:57Z"):
        assert run.ok("logfire_token", project=PROJECT_ID, expires_at=other, check=True).changed


# Sets


@pytest.mark.parametrize("order", ["shuffled", "reversed", "insertion"])
def test_channels_environments_and_recipients_are_sets(order: Any, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.settings.list_order = order
    alert = {"name": "Errors", "environments": ["prod", "staging", "test"], "channels": ["ops", "night", "mail"]}
    config = {"type": "email", "recipients": ["a@b.de", "c@d.de", "e@f.de"]}
    emulator.store.load(seed(alerts=[alert], channels=[{"label": "mail", "config": config}]))
    for turn in range(3):
        channels = ["mail", "night", "ops"][turn:] + ["mail", "night", "ops"][:turn]
        environments = ["test", "prod", "staging"][turn:] + ["test", "prod", "staging"][:turn]
        recipients = ["e@f.de", "a@b.de", "c@d.de"][turn:] + ["e@f.de", "a@b.de", "c@d.de"][:turn]
        same = run.ok(
            "logfire_alert", project=PROJECT_ID, name="Errors", channels=channels, environments=environments + ["prod"]
        )
        assert not same.changed
        assert [channel["name"] for channel in same.result["alert"]["channels"]] == ["mail", "night", "ops"]
        assert same.result["alert"]["environments"] == ["prod", "staging", "test"]
        assert not run.ok("logfire_channel", name="mail", config={"type": "email", "recipients": recipients}).changed


def test_another_set_is_a_change(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed(alerts=[{"name": "Errors", "environments": ["prod"], "channels": ["ops"]}]))
    for other in ({"environments": ["Prod"]}, {"environments": []}, {"channels": ["night"]}, {"channels": []}):
        assert run.ok("logfire_alert", project=PROJECT_ID, name="Errors", **other, check=True).changed, other


@pytest.mark.parametrize(
    "channels",
    [["ops", "night"], [OPS_ID, "night"], [NIGHT_ID.upper(), OPS_ID], [NIGHT_ID, "ops"]],
    ids=["names", "both", "ids", "both, turned"],
)
def test_channels_by_name_or_id(channels: list[str], run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed(alerts=[{"name": "Errors", "channels": ["ops", "night"]}]))
    for option in ({"channels": channels}, {"channel_assignments": [{"channel": each} for each in channels]}):
        assert not run.ok("logfire_alert", project="shop", name="Errors", **option).changed


def test_channels_keep_their_schedules(run: "Runner", emulator: "RunningEmulator") -> None:
    """The list of names says nothing of schedules; an assignment does."""
    assignment = {"channel_id": OPS_ID, "schedule_id": SCHEDULE_ID}
    emulator.store.load(seed(alerts=[{"name": "Errors", "channel_assignments": [assignment]}]))
    names = {"project": PROJECT_ID, "name": "Errors"}
    assert not run.ok("logfire_alert", **names, channels=["ops"]).changed
    scheduled = [{"channel": OPS_ID, "schedule_id": SCHEDULE_ID}]
    assert not run.ok("logfire_alert", **names, channel_assignments=scheduled).changed
    more = run.ok("logfire_alert", **names, channels=["night", "ops"])
    assert {"channel_id": OPS_ID, "schedule_id": SCHEDULE_ID} in bodies(more)[0]["channel_assignments"]
    other = run.ok("logfire_alert", **names, channel_assignments=[{"channel": "ops", "schedule_id": NIGHT_ID}])
    assert bodies(other)[0] == {"channel_assignments": [{"channel_id": OPS_ID, "schedule_id": NIGHT_ID}]}


# Nothing and emptiness


@pytest.mark.parametrize("stored", [None, ""])
@pytest.mark.parametrize("cleared", ["null", "empty"])
def test_no_description_and_an_empty_one(
    stored: str | None, cleared: Any, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.settings.cleared_description = cleared
    emulator.store.load(seed(description=stored, alerts=[{"name": "Errors", "description": ""}]))
    for options in ({}, {"description": ""}):
        project = run.ok("logfire_project", name="shop", **options)
        assert not project.changed
        assert project.result["project"]["description"] == ""
        assert not run.ok("logfire_alert", project=PROJECT_ID, name="Errors", **options).changed
    emulator.faults.add(action="body", path="/alerts/$", body=[{**raw_alert(emulator), "description": None}])
    assert not run.ok("logfire_alert", project=PROJECT_ID, name="Errors", description="").changed
    assert not run.ok("logfire_project", name="shop", description=" \n").changed


def raw_alert(emulator: "RunningEmulator") -> dict[str, Any]:
    """The first alert as a list shows it."""
    (alert,) = emulator.store.snapshot()["projects"][0]["alerts"]
    return {**alert, "channels": [], "channel_assignments": []}


# Names and text


@pytest.mark.parametrize("name", ["Über 5 % — «Größe» 🔥", "a/b|c,d", "{{ braces }}", "'\"\\"])
def test_any_text_is_a_name(name: str, run: "Runner") -> None:
    """Found again, whatever it is made of."""
    query = f"SELECT '{name}'\n-- {name}\n"
    for module, options in {
        "logfire_channel": {"name": name, "config": {"type": "email", "recipients": ["a@b.de"]}},
        "logfire_alert": {"project": "shop", **ALERT, "name": name, "query": query, "channels": [name]},
        "logfire_dashboard": {"project": "shop", "slug": name, "name": name, "definition": definition(name)},
    }.items():
        made = run.ok(module, **options)
        assert made.changed
        assert not run.ok(module, **options).changed
        if module == "logfire_alert":
            assert made.result["alert"]["query"] == query


def test_names_are_case_sensitive(run: "Runner") -> None:
    run.ok("logfire_alert", project="shop", **ALERT)
    assert run.ok("logfire_alert", project="shop", **{**ALERT, "name": "errors"}, check=True).changed


# Configurations of channels


def test_a_region_that_is_not_said_is_no_change(run: "Runner") -> None:
    key = CONFIGS["pagerduty"][0]["routing_key"]
    config = {"type": "pagerduty", "routing_key": key}
    run.ok("logfire_channel", name="pager", config={**config, "region": "eu"})
    assert not run.ok("logfire_channel", name="pager", config=config).changed
    changed = run.ok("logfire_channel", name="pager", config={**config, "region": "us"})
    assert bodies(changed) == [{"config": {**config, "region": "us"}}]
    kept = run.ok("logfire_channel", name="pager", config={**config, "routing_key": key[:-4] + "ffff"})
    assert bodies(kept)[0]["config"]["region"] == "us"


SECRETS = {
    "webhook": ("url", "https://hooks.example.com/services/A", "https://hooks.example.com/services/B"),
    "opsgenie": ("auth_key", "GenieKey secret-key-12345", "GenieKey another-key-12345"),
    "pagerduty": ("routing_key", "a" * 28 + "c2d3", "b" * 28 + "c2d3"),
}
DRIFTED = {
    "webhook": [
        "http://hooks.example.com/services/A",
        "https://hooks.example.com:8443/services/A",
        "https://x.example",
    ],
    "opsgenie": ["GenieKey secret-key-12346"],
    "pagerduty": ["a" * 28 + "c2d4"],
}


@pytest.mark.parametrize("kind", SECRETS)
@pytest.mark.parametrize("mode", ["on_drift", "always", "on_create"])
def test_when_a_secret_is_updated(kind: str, mode: str, run: "Runner", emulator: "RunningEmulator") -> None:
    """The part that the API shows decides, unless the user said always or never."""
    member, stored, unseen = SECRETS[kind]
    more = {"format": "auto"} if kind == "webhook" else {}
    channel = {"label": "pager", "config": {"type": kind, **more, member: stored}}
    for secret, differs in [(stored, False), (unseen, False), *((other, True) for other in DRIFTED[kind])]:
        emulator.store.load(seed(channels=[channel]))
        options = {"name": "pager", "config": {"type": kind, member: secret}, "update_secret": mode}
        expected = mode == "always" or (mode == "on_drift" and differs)
        for check in (True, False):
            ran = run.ok("logfire_channel", check=check, **options)
            assert ran.changed is expected, secret
        (kept,) = (each["config"] for each in emulator.store.snapshot()["channels"] if each["label"] == "pager")
        assert kept[member] == (secret if expected else stored)
        if expected:
            assert ran.result["diff"]["before"] != ran.result["diff"]["after"]
            assert bodies(ran) == [{"config": {"type": kind, **more, member: secret}}]


@pytest.mark.parametrize("port", ["", ":443"])
def test_the_default_port_and_the_case_of_a_host_are_no_change(port: str, run: "Runner") -> None:
    run.ok("logfire_channel", name="pager", config={"type": "webhook", "url": f"https://hooks.example.com{port}/a"})
    for same in ("https://hooks.example.com/a", "https://hooks.example.com:443/a", "https://HOOKS.example.com/a"):
        assert not run.ok("logfire_channel", name="pager", config={"type": "webhook", "url": same}).changed


def test_a_short_key_shows_nothing_and_is_no_change(run: "Runner", emulator: "RunningEmulator") -> None:
    for threshold in (0, 8, 40):
        emulator.store.load(seed())
        emulator.settings.mask_entirely_below = threshold
        for key in ("k", "abcd", "abcdefg", "abcdefgh", "a" * 32):
            options = {"name": f"pager {len(key)}", "config": {"type": "opsgenie", "auth_key": key}}
            assert run.ok("logfire_channel", **options).changed
            assert not run.ok("logfire_channel", **options).changed, (threshold, key)


# Dashboards


def without(value: dict[str, Any], *path: str) -> dict[str, Any]:
    """A copy without one member."""
    inner = without(value[path[0]], *path[1:]) if path[1:] else None
    return {**{k: v for k, v in value.items() if k != path[0]}, **({path[0]: inner} if inner is not None else {})}


IRRELEVANT: dict[str, dict[str, Any]] = {
    "as it is": definition(),
    "metadata of the server": {
        **definition(),
        "metadata": {
            "name": "x",
            "project": "y",
            "createdAt": "2026-02-19T12:51:31.131766Z",
            "updatedAt": "z",
            "version": 5,
            "layoutUpdatedAt": None,
        },
    },
    "no metadata": without(definition(), "metadata"),
    "null metadata": {**definition(), "metadata": None},
    "no duration": without(definition(), "spec", "duration"),
    "null duration": definition(duration=None),
    "no refreshInterval": without(definition(), "spec", "refreshInterval"),
    "no variables": without(definition(), "spec", "variables"),
    "null variables": definition(variables=None),
    "no datasources": without(definition(), "spec", "datasources"),
    "no queries": without(definition(), "spec", "panels", "panel", "spec", "queries"),
    "a null member inside": definition(
        panels={
            "panel": {
                **definition()["spec"]["panels"]["panel"],
                "spec": {**definition()["spec"]["panels"]["panel"]["spec"], "links": None},
            }
        }
    ),
}


@pytest.mark.parametrize("given_definition", IRRELEVANT.values(), ids=IRRELEVANT)
def test_what_does_not_count_in_a_dashboard(
    given_definition: dict[str, Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(
        seed(dashboards=[{"slug": "overview", "name": "Overview", "version": 7, "definition": stored_definition()}])
    )
    for form in (given_definition, json.dumps(given_definition)):
        same = run.ok("logfire_dashboard", project=PROJECT_ID, slug="overview", name="Overview", definition=form)
        assert not same.changed, same.result["diff"]


@pytest.mark.parametrize("defaults", [True, False], ids=["adds defaults", "adds none"])
def test_a_sparse_dashboard_stays_as_it_is(defaults: bool, run: "Runner", emulator: "RunningEmulator") -> None:
    """What the service adds to it on creation is no change afterwards."""
    emulator.settings.dashboard_defaults = defaults
    sparse = {"kind": "Dashboard", "spec": {"display": None, "panels": None, "layouts": []}}
    options = {"project": PROJECT_ID, "slug": "sparse", "name": "Sparse", "definition": sparse}
    assert run.ok("logfire_dashboard", **options).warnings == []
    assert not run.ok("logfire_dashboard", **options).changed


RELEVANT: dict[str, dict[str, Any]] = {
    "the display's name": definition(display={"name": "Other", "description": "All of it"}),
    "a text": definition("Bye"),
    "a duration": definition(duration="2h"),
    "another spelling of a duration": definition(duration="60m"),
    "no layouts": definition(layouts=[]),
    "a false that is a zero": definition(False),
}


@pytest.mark.parametrize("given_definition", RELEVANT.values(), ids=RELEVANT)
def test_what_counts_in_a_dashboard(
    given_definition: dict[str, Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load(seed(dashboards=[{"slug": "overview", "name": "Overview", "definition": stored_definition(0)}]))
    names = {"project": PROJECT_ID, "slug": "overview"}
    changed = run.ok("logfire_dashboard", **names, definition=given_definition)
    assert changed.changed
    assert set(changed.result["diff"]["after"]["definition"]) == {"spec"}
    assert not run.ok("logfire_dashboard", **names, definition=given_definition).changed


def test_the_order_of_layouts_and_queries_counts(run: "Runner") -> None:
    grids = [{"kind": "Grid", "spec": {"display": {"title": title}, "items": []}} for title in "ab"]
    options = {"project": PROJECT_ID, "slug": "overview", "name": "Overview"}
    run.ok("logfire_dashboard", **options, definition=definition(layouts=grids))
    assert run.ok("logfire_dashboard", **options, definition=definition(layouts=grids[::-1])).changed


@pytest.mark.parametrize("mode", ["definition", "dashboard"])
def test_a_dashboard_is_renamed_whatever_becomes_of_its_metadata(
    mode: Any, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.settings.dashboard_metadata_name = mode
    run.ok("logfire_dashboard", project="shop", **DASHBOARD)
    for options in ({"name": "New"}, {"name": "Newer", "definition": definition("Bye")}):
        changed = run.ok("logfire_dashboard", project="shop", slug="overview", **options)
        assert changed.changed
        assert changed.result["dashboard"]["definition"]["metadata"]["name"] == options["name"]
        assert not run.ok("logfire_dashboard", project="shop", slug="overview", **options).changed
    (stored,) = emulator.store.snapshot()["projects"][0]["dashboards"]
    assert (stored["name"], stored["definition"]["metadata"]["name"]) == ("Newer", "Newer")


JSON_VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text(string.printable, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(string.ascii_letters, max_size=5), inner),
    max_leaves=8,
)


@random_inputs(12)
@given(value=JSON_VALUES, other=JSON_VALUES, dropped=st.sets(st.sampled_from(["variables", "duration", "datasources"])))
def test_any_content_of_a_plugin(
    value: Any, other: Any, dropped: set[str], run: "Runner", emulator: "RunningEmulator"
) -> None:
    """Applied, it stays; what the service adds elsewhere does not matter; another content is sent and kept."""
    emulator.store.load(seed())
    names = {"project": PROJECT_ID, "slug": "overview", "name": "Overview"}
    for text in (value, other):
        wanted = definition(text)
        wanted["spec"] = {k: v for k, v in wanted["spec"].items() if k not in dropped}
        run.ok("logfire_dashboard", **names, definition=wanted)
        again = run.ok("logfire_dashboard", **names, definition=json.dumps(wanted))
        assert not again.changed, again.result["diff"]
        (stored,) = emulator.store.snapshot()["projects"][0]["dashboards"]
        assert stored["definition"]["spec"]["panels"]["panel"]["spec"]["plugin"]["spec"] == {"text": text}


# Plan, apply, plan again

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
NAME = TEXT.filter(lambda text: text.strip() != "")
UUIDS = st.uuids(version=4).map(str)
HOSTS = st.sampled_from(["https://a.example", "http://b.example:8080", "https://user@c.example"])
ANY_CONFIG = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("webhook"), "url": st.builds("{}/{}".format, HOSTS, st.integers())},
        optional={"format": st.sampled_from(["auto", "slack-blockkit", "slack-legacy", "raw-data"])},
    ),
    st.fixed_dictionaries(
        {"type": st.just("opsgenie"), "auth_key": st.text(string.ascii_letters, min_size=1)},
        optional={"base_url": st.sampled_from(["", "https://api.eu.opsgenie.com"])},
    ),
    st.fixed_dictionaries(
        {"type": st.just("pagerduty"), "routing_key": st.text(string.hexdigits, min_size=1)},
        optional={"region": st.sampled_from(["us", "eu"])},
    ),
    st.fixed_dictionaries({"type": st.just("pagerduty-integration"), "install_id": UUIDS, "service_id": UUIDS}),
    st.fixed_dictionaries(
        {"type": st.just("slack-integration"), "install_id": UUIDS, "channel_id": st.text("C0123", min_size=3)},
        optional={"include_agent_prompt": st.booleans()},
    ),
    st.fixed_dictionaries({"type": st.just("email"), "recipients": st.lists(st.emails(), max_size=3)}),
    st.fixed_dictionaries({"type": st.just("web-push"), "recipients": st.lists(UUIDS, max_size=3)}),
)
ANY: dict[str, tuple[st.SearchStrategy[Any], st.SearchStrategy[Any]]] = {
    "project": (
        st.just({"name": "site"}),
        st.fixed_dictionaries({}, optional={"description": TEXT, "visibility": st.sampled_from(["public", "private"])}),
    ),
    "channel": (
        st.fixed_dictionaries({"name": st.just("pager"), "config": ANY_CONFIG}),
        st.fixed_dictionaries({}, optional={"config": ANY_CONFIG, "active": st.booleans()}),
    ),
    "alert": (
        st.just({"project": PROJECT_ID, **ALERT}),
        st.fixed_dictionaries(
            {},
            optional={
                "description": TEXT,
                "query": NAME,
                "time_window": st.integers(60, 86400).map(str),
                "frequency": st.sampled_from(["1m", "PT2H", "P1D"]),
                "watermark": st.sampled_from(["10s", "0", "PT1M"]),
                "notify_when": st.sampled_from(["has_matches", "matches_changed"]),
                "environments": st.lists(NAME, max_size=3),
                "channels": st.lists(st.sampled_from(["ops", NIGHT_ID]), unique=True),
                "active": st.booleans(),
            },
        ),
    ),
    "dashboard": (
        st.just({"project": PROJECT_ID, **DASHBOARD}),
        st.fixed_dictionaries(
            {},
            optional={
                "name": NAME,
                "definition": st.builds(definition, TEXT, duration=st.sampled_from(["1h", "6h", "7d", None])),
            },
        ),
    ),
}


@pytest.mark.parametrize("kind", ANY)
@random_inputs(10)
@given(data=st.data())
def test_plan_apply_plan_again(kind: str, data: st.DataObject, run: "Runner", emulator: "RunningEmulator") -> None:
    """From anything to anything else: foretold as it is then done, and nothing left to do."""
    emulator.store.load(seed())
    new, changes = ANY[kind]
    module, names = f"logfire_{kind}", data.draw(new)
    for options in ({**names, **data.draw(changes)}, {**names, **data.draw(changes)}):
        check = run.ok(module, check=True, **options)
        real = run.ok(module, **options)
        assert (check.changed, check.result["diff"]) == (real.changed, real.result["diff"])
        assert real.warnings == []
        again = run.ok(module, **options)
        assert not again.changed, again.result["diff"]
