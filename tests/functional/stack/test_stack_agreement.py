# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stack, the modules of single objects and a description of what there is mean the same, whatever the content."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from organizations import Options, board
from readings import WORLDS, Reading
from watched import WatchedRunner

RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
ABSENT = {"state": "absent"}
USER = "55555555-5555-4555-8555-555555555555"

LONG = "SELECT trace_id FROM records WHERE message = 'it''s \"x\"' AND attributes->>'a' LIKE '%\\%' -- {{ x }}\n" * 80
HOSTILE = st.sampled_from(
    [
        *["yes", "null", "~", "1e3", "0x1f", "007", "2026-11-23", "[]", "{}", "!unsafe x", "&a *a", "%", "@x", "- x"],
        *[
            "{{ lookup('env', 'HOME') }}",
            "{% raw %}",
            "{# x #}",
            "a # b",
            "a: b",
            "'",
            '"',
            "\\",
            "\\n",
            "\\'\"",
            "$$x",
        ],
        *["a\nb", "a\n\n  b\n", "a\r\nb", "a\tb", " a", "a ", "a\u00a0", "\u2028", "\x00", "\x7f", "\ufeffx", "? x"],
        *["$$x", "👩\u200d🚀 ü ß 漢字", "x" * 200],
    ]
)
ANY = HOSTILE | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = ANY.map(str.strip).filter(bool)
SECRETS = {"webhook": "url", "opsgenie": "auth_key", "pagerduty": "routing_key"}


def _config(config_type: str, **members: st.SearchStrategy[Any]) -> st.SearchStrategy[Options]:
    optional = {name: members.pop(name) for name in ("base_url", "region", "include_agent_prompt") if name in members}
    return st.fixed_dictionaries({"type": st.just(config_type), **members}, optional=optional)


CONFIGS = st.one_of(
    _config(
        "webhook",
        url=st.sampled_from(["https://hooks.example.com/services/T0/B0/verysecret", "https://b.example.com/notforyou"]),
        format=st.sampled_from(["auto", "slack-blockkit", "raw-data"]),
    ),
    _config(
        "opsgenie",
        auth_key=st.sampled_from(["GenieKey secret-key-12345", "GenieKey secret-key-67890"]),
        base_url=st.sampled_from(["https://api.eu.opsgenie.com", ""]),
    ),
    _config("pagerduty", routing_key=st.just("a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3"), region=st.sampled_from(["us", "eu"])),
    _config(
        "slack-integration",
        install_id=st.just(USER),
        channel_id=st.sampled_from(["C0123456789", "C9"]),
        include_agent_prompt=st.booleans(),
    ),
    _config(
        "email",
        recipients=st.lists(st.sampled_from(["ann@example.com", "bob@example.com", "eve@x.example"]), max_size=3),
    ),
)


def _alerts(names: st.SearchStrategy[str], channels: list[str]) -> st.SearchStrategy[Options]:
    return st.fixed_dictionaries(
        {
            "name": names,
            "query": NAMES | st.just(LONG),
            "time_window": st.sampled_from(["5m", "90m", "PT1H30M", "3600", "P1D"]),
            "frequency": st.sampled_from(["1m", "300", "PT1H"]),
        },
        optional={
            "description": ANY,
            "watermark": st.sampled_from(["0", "10s", "1m30s"]),
            "notify_when": st.sampled_from(["has_matches", "matches_changed", "starts_having_matches"]),
            "channels": st.lists(st.sampled_from(channels), unique=True) if channels else st.just([]),
            "environments": st.lists(NAMES, max_size=3),
            "active": st.booleans(),
        },
    )


def _definitions() -> st.SearchStrategy[Options]:
    return st.builds(
        board,
        ANY,
        duration=st.sampled_from(["1h", "6h"]),
        refreshInterval=st.just("0s"),
        variables=st.just([]),
    )


def _described(items: st.SearchStrategy[Options], key: str) -> st.SearchStrategy[list[Options]]:
    """Different objects, some of which are not to exist."""
    gone = st.builds(lambda item: {key: item[key], **ABSENT}, items)
    return st.lists(items | items | items | gone, max_size=3, unique_by=lambda item: item[key])


@st.composite
def descriptions(draw: st.DrawFn, removals: bool = True) -> Options:
    """What a stack takes; the names are few, so that two descriptions speak of the same objects."""
    few = st.sampled_from(["one", "two", USER, "{{ three }}"])
    names = few if removals else NAMES
    items = st.fixed_dictionaries({"name": names, "config": CONFIGS}, optional={"active": st.booleans()})
    channels = draw(_described(items, "name"))
    usable = [channel["name"] for channel in channels if "state" not in channel]
    projects = []
    for name in draw(st.lists(st.sampled_from(["shop", "web", "true", "1e3", "0x1f"]), max_size=3, unique=True)):
        slugs = st.sampled_from(["a", "b", "null"])
        dashboards = st.fixed_dictionaries({"slug": slugs, "name": NAMES, "definition": _definitions()})
        project = {
            "name": name,
            "alerts": draw(_described(_alerts(names, usable), "name")),
            "dashboards": draw(_described(dashboards, "slug")),
        }
        if draw(st.booleans()):
            project |= {"description": draw(ANY), "visibility": draw(st.sampled_from(["private", "public"]))}
        projects.append({"name": name, **ABSENT} if removals and draw(st.integers(0, 5)) == 0 else project)
    return {"channels": channels, "projects": projects}


def one_by_one(run: WatchedRunner, description: Options) -> list[bool]:
    """Apply each object by its own module, what others need first, and what is to be removed last and in reverse."""
    items: list[tuple[str, Options]] = [("channel", item) for item in description["channels"]]
    for project in description["projects"]:
        items.append(("project", {name: project[name] for name in project if name not in ("alerts", "dashboards")}))
    for project in description["projects"]:
        for kind in ("alert", "dashboard"):
            items += [(kind, {"project": project["name"], **item}) for item in project.get(f"{kind}s", [])]
    kept = [(kind, item) for kind, item in items if "state" not in item]
    gone = [(kind, item) for kind, item in items if "state" in item]
    return [run.ok(f"logfire_{kind}", **item).changed for kind, item in [*kept, *gone[::-1]]]


@settings(max_examples=8, deadline=None, suppress_health_check=RELAXED)
@given(first=descriptions(), second=descriptions())
def test_stack_and_modules_agree(run: WatchedRunner, other: WatchedRunner, first: Options, second: Options) -> None:
    """The same state, and each finds nothing to change in what the other made: from nothing, and from there on."""
    run.emulator.reset()
    other.emulator.reset()
    for description in (first, second):
        run.stack(description)
        one_by_one(other, description)
        assert run.state() == other.state()
        again = other.stack(description)
        assert not again.changed, again.result["diff"]
        assert not any(one_by_one(run, description))


def with_secrets(stack: Options, snapshot: Options) -> Options:
    """A description with the secrets that it leaves out."""
    configs = {record["label"]: record["config"] for record in snapshot["channels"]}
    for channel in stack["channels"]:
        secret = SECRETS.get(channel["config"]["type"])
        if secret:
            assert secret not in channel["config"]
            channel["config"][secret] = configs[channel["name"]][secret]
    return stack


@settings(max_examples=20, deadline=None, suppress_health_check=RELAXED)
@given(description=descriptions(removals=False), world=WORLDS)
def test_what_is_described_can_be_applied(
    run: WatchedRunner, other: WatchedRunner, description: Options, world: Reading
) -> None:
    """To the same organization: 0 changes. To an empty one: the same organization, described in the same words."""
    for emulator in (run.emulator, other.emulator):
        emulator.reset()
        emulator.settings.patch(world)
    run.stack(description)
    described = run.ok("logfire_stack_info").result["stack"]
    same = run.stack(described)
    assert not same.changed, same.result["diff"]
    other.stack(with_secrets(described, run.emulator.store.snapshot()))
    assert other.state() == run.state()
    copied = other.ok("logfire_stack_info").result["stack"]
    assert with_secrets(copied, other.emulator.store.snapshot()) == described


def test_ids_where_names_do_not_tell(run: WatchedRunner) -> None:
    """Objects of one name are described with their ids, and an alert's channels then too: still 0 changes."""
    twins = [{"label": "ops"}, {"label": "ops"}, {"label": "night"}]
    alerts = [{"name": name, "query": "SELECT 1"} for name in ("Errors", "Errors", "Slow")]
    run.emulator.store.load({"channels": twins, "projects": [{"project_name": "shop", "alerts": alerts}]})
    snapshot = run.emulator.store.snapshot()
    ids = [record["id"] for record in snapshot["channels"]]
    snapshot["projects"][0]["alerts"][2]["channel_assignments"] = [{"channel_id": object_id} for object_id in ids]
    run.emulator.store.load(snapshot)
    info = run.ok("logfire_stack_info")
    stack = info.result["stack"]
    assert ["id" in channel for channel in stack["channels"]] == [False, True, True]
    assert sorted(stack["projects"][0]["alerts"][2]["channels"]) == sorted([*ids[:2], "night"])
    assert len([warning for warning in info.warnings if "described with their IDs" in warning]) == 2
    assert not run.stack(stack).changed


def test_some_projects(run: WatchedRunner) -> None:
    """Only these are read; one that is not there is an error that names those that are."""
    run.emulator.store.load({"projects": [{"project_name": "shop", "dashboards": ["a"]}, "web"]})
    info = run.ok("logfire_stack_info", projects=["web"])
    assert [project["name"] for project in info.result["stack"]["projects"]] == ["web"]
    assert sorted(run.told(info)) == sorted(
        ["GET channels/", "GET projects/", "GET projects/web/alerts/", "GET projects/web/dashboards/"]
    )
    assert run.fails("logfire_stack_info", projects=["nope"]).result["msg"].endswith("existing projects: shop, web")
    assert run.ok("logfire_stack_info", projects=[]).result["stack"]["projects"] == []
    normal, check = (run.ok("logfire_stack_info", check=mode) for mode in (False, True))
    assert normal.result == check.result
    assert sorted(normal.calls) == sorted(check.calls)


def test_a_channel_of_an_unknown_type(run: WatchedRunner) -> None:
    """Is described without its configuration, with a warning, and can be left as it is."""
    snapshot = run.emulator.store.snapshot()
    run.emulator.store.load({**snapshot, "channels": ["ops"]})
    listed = run.ok("logfire_channel_info").result["channels"][0]
    wire = {"id": listed["id"], "label": "ops", "active": True, "config": {"type": "pigeon", "loft": "7"}}
    run.emulator.faults.add(action="body", method="GET", path="/channels/$", count=None, body=[wire])
    info = run.ok("logfire_stack_info")
    assert info.result["stack"]["channels"] == [{"name": "ops", "active": True}]
    assert "is of a type that this version does not support" in info.warnings[0]
    assert not run.stack(info.result["stack"]).changed
