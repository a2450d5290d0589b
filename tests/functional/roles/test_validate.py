# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a directory, found without the service: all of it at once."""

import copy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from plays import Plays, unsettled
from test_layout import make

from ansible_collections.community.logfire.plugins.lookup.logfire_stack_problems import LookupModule
from ansible_collections.community.logfire.plugins.module_utils._kinds.kinds import CHANNEL
from playbooks import COLLECTION

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

OPTIONS = "Valid options: " + ", ".join(sorted(CHANNEL.argument_spec()["config"]["options"]))
URL = "https://hooks.example.com/services/canaryofproblems"


def problems(folder: Path) -> list[str]:
    loader = DataLoader()
    found: list[str] = LookupModule(loader=loader, templar=Templar(loader=loader)).run([str(folder)])
    return [problem.replace(str(folder), "HERE") for problem in found]


def test_all_problems_are_found_with_their_names_and_files(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            "channels.yml": "channels:\n  - name: ops\n    config: {type: webhook, formt: auto, activ: 1}\n"
            "  - {name: mail}\n",
            "projects/shop/project.yml": "visibility: hidden\n",
            "projects/shop/alert.yml": "alerts: []\n",
            "projects/shop/alerts.yml": "alerts:\n  - {name: Slow, time_window: 10 q}\n"
            "  - {name: Fine, frequency: 2d}\n  - nothing\n",
            "projects/shop/slos/broken.yml": "name: [\n",
            "projects/shop/dashboards/one.json": '{"metadata": {"name": "One"}}',
            "projects/web/alerts.yml": "alerts:\n  - {nam: Errors}\n",
        },
    )
    found = problems(tmp_path)
    starts = [
        "HERE/projects/shop/alert.yml is not read; did you mean projects/shop/alerts.yml?",
        "HERE/projects/shop/slos/broken.yml:",
        "channel 'ops' (HERE/channels.yml): config.formt: unknown option",
        "channel 'ops' (HERE/channels.yml): config.activ: unknown option",
        "project 'shop' (HERE/projects/shop/project.yml): visibility: ",
        "alert 'Slow' of project 'shop' (HERE/projects/shop/alerts.yml): time_window: '10 q' is not a duration",
        "alert 'Fine' of project 'shop' (HERE/projects/shop/alerts.yml): frequency: '2d' is out of range",
        "alert number 3 of project 'shop' (HERE/projects/shop/alerts.yml): ",
        "dashboard 'one' of project 'shop' (HERE/projects/shop/dashboards/one.json): definition.spec: must be a dict",
        "alert number 1 of project 'web' (HERE/projects/web/alerts.yml): nam: unknown option",
    ]
    assert len(found) == len(starts), found
    for problem, start in zip(found, starts, strict=True):
        assert problem.startswith(start), problem


WHOLE: dict[str, Any] = {
    "channels.yml": {"channels": [{"name": "ops", "active": True, "config": {"type": "webhook", "format": "auto"}}]},
    "secrets.yml": {"stack_channel_secrets": {"ops": {"url": "https://hooks.example.com/a"}}},
    "members.yml": {"members": [{"email": "ada@example.com", "role": "member"}]},
    "schedules.yml": {
        "schedules": [
            {"name": "Nights", "timezone": "UTC", "windows": [{"days": [1], "start": "20:00", "end": "23:00"}]}
        ]
    },
    "projects/shop/project.yml": {"name": "shop", "description": "The shop", "visibility": "private"},
    "projects/shop/alerts/errors.yml": {
        "name": "Errors",
        "query_file": "errors.sql",
        "time_window": "5m",
        "frequency": "1m",
        "channel_assignments": [{"channel": "ops", "schedule": "Nights"}],
        "environments": ["production"],
    },
    "projects/shop/variables.yml": {
        "variables": [
            {
                "name": "agent",
                "labels": {"production": {"value": "a"}, "beta": {"ref": "production"}},
                "rollout": {"production": 0.5},
                "overrides": [
                    {
                        "conditions": [{"kind": "value-equals", "attribute": "plan", "value": "free"}],
                        "rollout": {"production": 1},
                    }
                ],
            }
        ]
    },
    "projects/shop/slos.yml": {
        "slos": [
            {
                "name": "Works",
                "bad_query": "is_exception",
                "total_query": "true",
                "target_percent": 99.5,
                "rolling_window": "30d",
                "scope_value": "shop",
                "alerts": {"fast": {"channels": ["ops"]}},
            }
        ]
    },
    "projects/shop/dashboards/one.yaml": {
        "kind": "Dashboard",
        "metadata": {"name": "One"},
        "spec": {"display": {"name": "One"}, "panels": {}, "layouts": []},
    },
}
ODD: list[Any] = [5, True, None, "", [], {}, date(2026, 1, 1), ["x"], {"a": 1}, {1: 2}, 1.5, [None], "\x01"]


def inner(value: Any, *place: Any) -> Iterator[tuple[Any, ...]]:
    """The places of all that is in a value."""
    yield place
    for key, each in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        yield from inner(each, *place, key)


@pytest.mark.parametrize("name", WHOLE)
def test_odd_values_are_described_with_their_file(tmp_path: Path, name: str) -> None:
    """Each value in turn. What is in other files has no part in it."""
    files = {each: yaml.safe_dump(content) for each, content in WHOLE.items()}
    make(tmp_path, {**files, "projects/shop/alerts/errors.sql": "SELECT 1"})
    assert problems(tmp_path) == []
    for place in inner(WHOLE[name]):
        for odd in ODD:
            changed: Any = {"": copy.deepcopy(WHOLE[name])}
            holder, last = changed, ""
            for step in place:
                holder, last = holder[last], step
            holder[last] = odd
            (tmp_path / name).write_text(yaml.safe_dump(changed[""]))
            for problem in problems(tmp_path):
                file = "secrets.yml" if "config.url" in problem else name
                assert f"HERE/{file}" in problem or name == "channels.yml" and "has no channel" in problem, (place, odd)


@pytest.mark.parametrize("number", [404, 4.5])
def test_numbers_are_texts_where_texts_are_wanted(tmp_path: Path, number: float) -> None:
    make(
        tmp_path,
        {
            "channels.yml": f"channels:\n  - name: {number}\n    config: {{type: pagerduty}}\n",
            "secrets.yml": f"stack_channel_secrets: {{{number}: {{routing_key: {number}}}}}\n",
            "projects/shop/alerts.yml": f"alerts:\n  - {{name: {number}, query: {number}, channels: [{number}]}}\n",
        },
    )
    assert problems(tmp_path) == []


def test_a_slip_in_the_secrets_is_in_their_file(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            "channels.yml": "channels:\n  - name: ops\n    config: {type: webhook}\n",
            "secrets.yml": "stack_channel_secrets: {ops: {urls: canary}, opps: {}, nix: {}}\n",
        },
    )
    names = "HERE/secrets.yml: stack_channel_secrets: the description has no channel"
    assert problems(tmp_path) == [
        f"{names} 'opps'; did you mean 'ops'? Channels: ops",
        f"{names} 'nix'; channels: ops",
        f"channel 'ops' (HERE/secrets.yml): config.urls: unknown option; did you mean 'url'? {OPTIONS}",
    ]


@pytest.mark.parametrize("channels", ["channels: [\n", "channels:\n", "- name: ops\n"])
def test_secrets_of_channels_that_cannot_be_read_are_no_problem(tmp_path: Path, channels: str) -> None:
    make(tmp_path, {"channels.yml": channels, "secrets.yml": "stack_channel_secrets: {ops: {url: canary}}\n"})
    (problem,) = problems(tmp_path)
    assert problem.startswith("HERE/channels.yml")


def test_a_name_in_two_files_is_told_once(tmp_path: Path) -> None:
    alert = "{name: Errors, query: SELECT 1, time_window: 5m, frequency: 1m}"
    make(tmp_path, {"projects/web/alerts.yml": f"alerts: [{alert}]\n", "projects/web/alerts/b.yml": f"{alert}\n"})
    (problem,) = problems(tmp_path)
    both = "HERE/projects/web/alerts.yml and HERE/projects/web/alerts/b.yml"
    assert problem == f"{both} describe the same alert, Errors; keep one of them"


def test_a_name_that_is_given_twice(tmp_path: Path) -> None:
    make(tmp_path, {"channels.yml": "channels:\n  - name: ops\n  - name: ops\n"})
    (problem,) = problems(tmp_path)
    assert (
        problem
        == "channel 'ops' (HERE/channels.yml): name: duplicate channel name 'ops'; first used in HERE/channels.yml"
    )


def test_no_secret_is_shown(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            "channels.yml": "channels:\n  - name: ops\n    config: {type: webhook}\n",
            "secrets.yml": f"stack_channel_secrets: {{ops: {{url: ['{URL}']}}}}\n",
        },
    )
    (problem,) = problems(tmp_path)
    assert "config.url" in problem and "canary" not in problem


@pytest.mark.parametrize("directory", ["gitops/organization"])
def test_the_examples_are_correct(directory: str) -> None:
    assert problems(COLLECTION / "examples" / directory) == []


def test_the_playbook(plays: Plays, emulator: "RunningEmulator") -> None:
    make(plays.folder / "files", {"channels.yml": "channels:\n  - name: ops\n    activ: true\n"})
    nothing = {"LOGFIRE_API_TOKEN": "", "LOGFIRE_BASE_URL": ""}
    run = plays.run("community.logfire.validate", variables={"stack_directory": "files"}, **nothing)
    assert run.status == 2
    file = plays.folder / "files/channels.yml"
    assert f"channel 'ops' ({file}): activ: unknown option" in unsettled(run.output)
    file.write_text("channels:\n  - name: ops\n")
    run = plays.run("community.logfire.validate", variables={"stack_directory": "files"}, **nothing)
    assert run.changed() == 0 and "The files are correct." in unsettled(run.output)
    assert emulator.log == []
