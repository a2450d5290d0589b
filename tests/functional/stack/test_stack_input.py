# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong in a description is refused before any request, with the path to it: over all options there are."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from harness import Runner, path_first
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from organizations import Options, alert, dashboard, slo, webhook
from watched import WatchedRunner

from ansible_collections.community.logfire.plugins.module_utils._engine.stack.description import stack_options

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Spec = dict[str, Any]

OVERRIDE: Options = {"name": "first", "conditions": [{"kind": "key-is-present", "attribute": "plan"}], "rollout": {}}
WINDOW: Options = {"days": ["sat", "sun"], "start": "00:00", "end": "23:59"}
#: A good item of each list; the one with the mistake is a copy of it, after it.
GOOD: dict[str, Options] = {
    "channels": {"name": "ops", "config": webhook("ops")},
    "config": webhook("ops"),
    "projects": {"name": "shop", "alerts": [alert("Errors", "ops")], "dashboards": [dashboard("overview")]},
    "alerts": alert("Errors", "ops"),
    "channel_assignments": {"channel": "ops"},
    "dashboards": dashboard("overview"),
    "members": {"email": "ann@example.com", "role": "admin"},
    "schedules": {"name": "Weekend", "timezone": "UTC", "windows": [WINDOW]},
    "windows": WINDOW,
    "variables": {"name": "config"},
    "slos": slo("Uptime", "ops"),
    "slos.alerts": slo("Uptime", "ops")["alerts"],
    **slo("Uptime", "ops")["alerts"],
    "overrides": OVERRIDE,
    "conditions": {"kind": "key-is-present", "attribute": "plan"},
}
KEYS = {
    "channels": "name",
    "members": "email",
    "projects": "name",
    "alerts": "name",
    "dashboards": "slug",
    "variables": "name",
    "slos": "name",
    "overrides": "name",
    "conditions": "attribute",
    "schedules": "name",
    "channel_assignments": "channel",
}
#: Options of which the argument spec says no more than that they are text.
DURATIONS = ("time_window", "frequency", "watermark", "rolling_window")
DECIMALS = ("threshold", "target_percent")
DURATION = "write it like 5m, 1h30m or 7d, as ISO 8601 (PT90M), or in seconds"
SECRET = "https://hooks.example.com/services/T0/B0/notforyou"


def levels(spec: Spec, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Spec]]:
    """Every level that options can be on."""
    yield path, spec
    for option, rule in spec.items():
        if "options" in rule:
            yield from levels(rule["options"], (*path, option))


def wrong(option: str, rule: Spec) -> list[Any]:
    """Values that an option cannot have."""
    if rule.get("choices"):
        return ["nonsense", "", 5]
    if option in DURATIONS:
        return ["soon", "", "5 m", "-5m", {"a": 1}, [1], 1e99]
    if option in DECIMALS:
        return ["much", "", "99,9", "99.9%", {"a": 1}, [1]]
    texts = ["maybe", [SECRET], {"url": SECRET}]
    if rule["type"] == "list":
        return [{"a": 1}] if rule["elements"] == "str" else [5, "text", ["text"], [5], [SECRET], [[{}]]]
    by_type: dict[str, list[Any]] = {"bool": texts, "int": texts, "dict": ["text", 5, [SECRET], ["a", "b"]]}
    return by_type.get(rule["type"], [])


def description_with(path: tuple[str, ...], options: Options) -> tuple[Options, str]:
    """A description with these options on a level, in a second item that is good otherwise, and the level's path."""
    if not path:
        return options, ""
    last = path[-1]
    word = ".".join(path[-2:]) if ".".join(path[-2:]) in GOOD else last
    item: Any = {**GOOD[word], **options}
    if word == "windows":
        above, place = description_with(path[:-1], {last: [GOOD[last], item]})
        return above, f"{place}.{last}[1]".lstrip(".")
    if word in KEYS:
        item.setdefault(KEYS[last], "second")
        item[KEYS[last]] = options.get(KEYS[last], "second")
        siblings = {"channels": None} if last == "channel_assignments" else {}
        above, place = description_with(path[:-1], {**siblings, last: [GOOD[last], item]})
        return above, f"{place}.{last}[1]".lstrip(".")
    above, place = description_with(path[:-1], {last: item})
    return above, f"{place}.{last}".lstrip(".")


_USED = [("88888888-8888-4888-8888-888888888888", "Weekend"), ("99999999-9999-4999-8999-999999999999", "second")]
#: What nobody can create: members, and schedules that nothing described uses.
SEEN = {
    "members": [GOOD["members"], {"email": "second"}],
    "channels": [{"id": _USED[0][0], "label": "used"}],
    "schedules": [{"id": schedule_id, "label": label} for schedule_id, label in _USED],
    "projects": [
        {
            "project_name": "user",
            "alerts": [
                {"name": label, "channel_assignments": [{"channel_id": _USED[0][0], "schedule_id": schedule_id}]}
                for schedule_id, label in _USED
            ],
        }
    ],
}
WRONG = [
    (path, option, value)
    for path, spec in levels(stack_options())
    for option, rule in spec.items()
    for value in wrong(option, rule)
]
#: Whose values are told from what an object has already: the service may know more of them.
OPEN = {"visibility", "notify_when", "format", "region", "role"}
OPEN |= {"scope_kind", "source", "metric_aggregation", "comparison"}
LEVELS = [path for path, _spec in levels(stack_options())]


def refuse(run: WatchedRunner, description: Options, after_a_look: bool = False) -> str:
    """The message with which a description is refused."""
    refused = run.fails("logfire_stack", check=after_a_look, **description)
    assert refused.writes == [] if after_a_look else refused.calls == []
    assert SECRET not in refused.result["msg"]
    assert "verysecret" not in refused.result["msg"]
    return path_first(refused.result["msg"])


@pytest.mark.parametrize("path", LEVELS[1:], ids=".".join)
def test_wrong_values(run: WatchedRunner, path: tuple[str, ...]) -> None:
    run.emulator.store.load(SEEN)
    assert run.stack(description_with(path, {})[0], check=True).changed
    for level, option, value in WRONG:
        if level == path:
            others = {"channels": None} if option == "channel_assignments" else {}
            description, place = description_with(path, {**others, option: value})
            message = refuse(run, description, after_a_look=option in OPEN)
            assert message.startswith((f"{place}.{option}:", f"{place}.{option}[0]:")), (message, value)


@pytest.mark.parametrize("option", ["channels", "projects", "prune", "prune_limit", "concurrency"])
def test_wrong_values_at_the_top(run: WatchedRunner, option: str) -> None:
    values = [value for level, name, value in WRONG if (level, name) == ((), option)]
    for value in values or ["nonsense"]:
        assert option in refuse(run, {option: value})


@pytest.mark.parametrize("concurrency", [0, -1, 65])
def test_concurrency_out_of_range(run: WatchedRunner, concurrency: int) -> None:
    message = refuse(run, {"concurrency": concurrency, "projects": []})
    assert message == f"concurrency: {concurrency} is out of range; allowed: 1 to 64"


@pytest.mark.parametrize("path", LEVELS[1:], ids=".".join)
@pytest.mark.parametrize("value", [SECRET, None, {"a": [1]}])
def test_unknown_options(run: WatchedRunner, path: tuple[str, ...], value: Any) -> None:
    description, place = description_with(path, {"titel": value})
    assert refuse(run, description).startswith(f"{place}.titel: unknown option; valid options: ")


def test_an_unknown_option_at_the_top(run: WatchedRunner) -> None:
    assert "chanels" in refuse(run, {"chanels": []})


MISTAKES: list[tuple[tuple[str, ...], Options, str]] = [
    (("channels",), {"name": None}, ": one of the following is required: name, id"),
    (("channels",), {"name": "  "}, ".name: must not be empty"),
    (("channels",), {"id": ""}, ".id: must not be empty"),
    (("channels", "config"), {"type": ""}, ".type: '' is not a valid choice; valid choices: email, "),
    (("channels", "config"), {"type": None}, ": missing required arguments: type"),
    (("channels", "config"), {"recipients": ["ann@example.com"]}, ".recipients: not allowed for type webhook"),
    (("channels", "config"), {"url": "ftp://example.com/verysecret"}, ".url: must be a URL"),
    (("projects",), {"name": None, "state": "absent"}, ": one of the following is required: name, id"),
    (("projects", "alerts"), {"name": None}, ": one of the following is required: name, id"),
    (("projects", "alerts"), {"channel_assignments": []}, ": parameters are mutually exclusive: channels|channel_"),
    (("projects", "alerts"), {"query": " "}, ".query: must not be empty"),
    (("projects", "alerts"), {"channels": ["ops", "ops"]}, ".channels: duplicate channel 'ops'"),
    (("projects", "alerts", "channel_assignments"), {"channel": None}, ": missing required arguments: channel"),
    (("projects", "dashboards"), {"slug": None}, ": one of the following is required: slug, id"),
    (("projects", "dashboards"), {"definition": {}}, ".definition.spec: must be a dictionary"),
    (("projects", "dashboards"), {"definition": {"metadata": 5}}, ".definition.metadata: must be a dictionary"),
]


@pytest.mark.parametrize(("path", "options", "message"), MISTAKES)
def test_mistakes(run: WatchedRunner, path: tuple[str, ...], options: Options, message: str) -> None:
    description, place = description_with(path, options)
    if "channel_assignments" in options:
        description["projects"][1]["alerts"][1]["channels"] = []
    assert refuse(run, description).startswith(place + message)


#: What the API would refuse is told from what an object has already, and so after a look.
REFUSED_AFTER_A_LOOK: list[tuple[tuple[str, ...], Options, str]] = [
    (("projects",), {"name": "No Name"}, ".name: 'No Name' is not a valid project name"),
    (("projects", "slos"), {"rolling_window": "91d"}, ".rolling_window: '91d' is out of range; allowed: 1h to 90d"),
    (("projects", "slos"), {"target_percent": "100"}, ".target_percent: '100' is out of range; it must be less than"),
    (("projects", "alerts"), {"time_window": "31d"}, ".time_window: '31d' is out of range; allowed: 1m to 30d"),
]


@pytest.mark.parametrize(("path", "options", "message"), REFUSED_AFTER_A_LOOK)
def test_mistakes_that_take_a_look(run: WatchedRunner, path: tuple[str, ...], options: Options, message: str) -> None:
    description, place = description_with(path, options)
    run.emulator.store.load({"channels": ["ops"]})
    failed = run.fails("logfire_stack", **description)
    assert path_first(failed.result["msg"]).startswith(place + message)
    assert failed.writes == []


MISSING: list[tuple[Options, str]] = [
    ({"channels": [{"active": True}]}, "channels[0]: one of the following is required: name, id"),
    ({"channels": [{"name": "ops", "config": {}}]}, "channels[0].config: missing required arguments: type"),
    ({"projects": [{"state": "absent"}]}, "projects[0]: one of the following is required: name, id"),
    ({"projects": [{"name": "shop", "dashboards": [{}]}]}, "projects[0].dashboards[0]: one of the following is"),
    (
        {"projects": [{"name": "shop", "alerts": [{"name": "A", "channel_assignments": [{}]}]}]},
        "projects[0].alerts[0].channel_assignments[0]: missing required arguments: channel",
    ),
]


@pytest.mark.parametrize(("description", "message"), MISSING)
def test_missing_options(run: WatchedRunner, description: Options, message: str) -> None:
    assert refuse(run, description).startswith(message)


NEEDED: list[tuple[Options, str]] = [
    ({"channels": [{"name": "ops"}]}, "channels[0].config: required to create a channel"),
    (
        {"channels": [{"name": "ops", "config": {"type": "webhook"}}]},
        "channels[0].config.url: required to create a webhook channel",
    ),
    ({"projects": [{"name": "shop", "alerts": [{"name": "A"}]}]}, "projects[0].alerts[0].query: required to create an"),
    ({"projects": [{"name": "shop", "dashboards": [{"slug": "a"}]}]}, "projects[0].dashboards[0].name: required to"),
    ({"projects": [{"id": "11111111-1111-4111-8111-111111111111"}]}, "projects[0].id: there is no project '11111111-"),
]


@pytest.mark.parametrize(("description", "message"), NEEDED)
def test_needed_to_create(run: WatchedRunner, description: Options, message: str) -> None:
    """Is known only when it is known what exists, and still before anything is written."""
    for check in (True, False):
        refused = run.fails("logfire_stack", check=check, **description)
        assert path_first(refused.result["msg"]).startswith(message)
        assert not refused.writes


def test_texts_for_structures(run: WatchedRunner) -> None:
    """Are read as Ansible reads them on a command line."""
    config = "type=webhook url=https://hooks.example.com/services/T0/B0/verysecret"
    channels = json.dumps({"name": "ops", "config": config})
    projects = [{"name": "shop", "alerts": ["name=Errors state=absent"]}]
    runner = Runner(run.emulator, run.connection["api_token"])
    made = runner.ok("logfire_stack", channels=[channels], projects=projects)
    assert [change["name"] for change in made.result["changes"]] == ["ops", "shop"]


def test_null_is_not_given(run: WatchedRunner) -> None:
    """At any depth: as if the option were not there."""
    with_nulls = alert("Errors", channel_assignments=None, id=None, description=None, state=None)
    item = {"name": "shop", "alerts": [{**with_nulls, "channels": None}], "dashboards": None}
    made = run.stack({"channels": None, "projects": [item]})
    assert made.result["summary"]["created"] == 2


def test_all_mistakes_are_named(run: WatchedRunner) -> None:
    """In the order of the description, each with its names and its path: of types, of values, and of what exists."""
    projects: list[Options] = [{"name": "shop", "alerts": [{"name": "A", "active": "maybe"}]}, {"nam": "web"}]
    assert refuse(run, {"projects": projects}) == (
        "2 problems: (1) alert 'A' of project 'shop' (projects[0].alerts[0]): active: 'maybe' is not a boolean;"
        " use true or false (2) projects[1].nam: unknown option; did you mean 'name'? Valid"
        f" options: {', '.join(sorted(stack_options()['projects']['options']))}"
    )
    slow_alert = "alert 'B' of project ' ' (projects[0].alerts[0])"
    slow = alert("B", "ops", time_window="10 m", frequency="often")
    projects = [{"name": " ", "alerts": [slow]}, {"name": "web", "alerts": [alert("C"), alert("C")]}]
    assert refuse(run, {"projects": projects}) == (
        "4 problems: (1) projects[0].name: must not be empty"
        f" (2) {slow_alert}: time_window: '10 m' is not a duration; {DURATION}"
        f" (3) {slow_alert}: frequency: 'often' is not a duration; {DURATION}"
        " (4) alert 'C' of project 'web' (projects[1].alerts[1]): name: duplicate alert name 'C' in project 'web';"
        " first used in projects[1].alerts[0]"
    )
    projects = [{"name": "No Name", "alerts": [{"name": "A"}]}, {"name": "web", "alerts": [{"name": "A"}]}]
    for check in (True, False):
        refused = run.fails("logfire_stack", projects=projects, check=check)
        assert refused.writes == []
        assert refused.result["msg"] == (
            "2 problems: (1) project 'No Name' (projects[0]): name: 'No Name' is not a valid project name: use 2 to 50"
            " lowercase letters, digits and single hyphens (2) alert 'A' of project 'web' (projects[1].alerts[0]):"
            " query: required to create an alert; also required: time_window, frequency"
        )


def test_of_many_mistakes_ten_are_named(run: WatchedRunner) -> None:
    message = refuse(run, {"channels": [{"name": f"c{number}", "nam": 1} for number in range(13)]})
    assert message.startswith("13 problems: (1) ")
    assert "channel 'c9' (channels[9]): nam: unknown option" in message
    assert message.endswith(" and 3 more")
    assert "'c10'" not in message


_JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def _items(spec: Spec) -> st.SearchStrategy[Any]:
    """Items of a level: options with values that may be junk."""
    values = {
        option: _JUNK | st.lists(_items(rule["options"]), max_size=2) if "options" in rule else _JUNK
        for option, rule in spec.items()
    }
    good = {
        option: st.sampled_from(rule["choices"]) if rule.get("choices") else st.sampled_from(["shop", "5m", "true"])
        for option, rule in spec.items()
        if "options" not in rule
    }
    return st.fixed_dictionaries({}, optional={**values, **good}) | st.fixed_dictionaries({}, optional=values)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    channels=_JUNK | st.lists(_items(stack_options()["channels"]["options"]), max_size=2),
    projects=_JUNK | st.lists(_items(stack_options()["projects"]["options"]), max_size=2),
)
def test_junk(run: WatchedRunner, emulator: "RunningEmulator", channels: Any, projects: Any) -> None:
    """Is refused in words or planned, never with a traceback (which the runner looks for)."""
    result = run("logfire_stack", check=True, channels=channels, projects=projects)
    assert isinstance(result.result.get("msg", ""), str)
