# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a directory, found without the service: all of it at once."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from plays import Plays, unsettled
from test_layout import make

from ansible_collections.community.logfire.plugins.lookup.logfire_stack_problems import LookupModule
from playbooks import COLLECTION

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

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


def test_a_name_that_is_given_twice(tmp_path: Path) -> None:
    make(tmp_path, {"channels.yml": "channels:\n  - name: ops\n  - name: ops\n"})
    (problem,) = problems(tmp_path)
    assert "duplicate channel name 'ops'; first used in channels[0]" in problem


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
