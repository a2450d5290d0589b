# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job template of examples/awx: its playbook, with what AWX makes of the credential and of the survey's answers."""

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from plays import EXAMPLES, Play, Plays, unsettled
from test_layout import make

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

AWX = EXAMPLES / "awx"
SURVEY = json.loads((AWX / "survey.json").read_text())["spec"]
SECRETS = {"ops": {"url": "https://hooks.example.com/canaryofawx"}}


@pytest.fixture(autouse=True)
def repository(plays: Plays, emulator: "RunningEmulator") -> None:
    """The repository of the project, of which AWX makes a new copy for each job."""
    emulator.store.load({"projects": [{"project_name": "shop", "alerts": ["by hand"]}]})
    alert = "{name: Errors, query: SELECT 1, time_window: 5m, frequency: 1m, channels: [ops]}"
    channel = "{name: ops, config: {type: webhook, format: auto}}"
    files = {"channels.yml": f"channels: [{channel}]\n", "projects/shop/alerts.yml": f"alerts: [{alert}]\n"}
    make(plays.folder / "organization", files)
    shutil.copy(AWX / "site.yml", plays.folder)


def job(plays: Plays, *arguments: str, channel_secrets: str = json.dumps(SECRETS), **answers: Any) -> Play:
    """Run a job. Questions without an answer have their default; one that is empty is no variable."""
    given = {question["variable"]: question["default"] for question in SURVEY} | answers
    environment = yaml.safe_load((AWX / "credential_injectors.yml").read_text())["env"]
    secrets = {name: channel_secrets for name, field in environment.items() if "channel_secrets" in field}
    return plays.run(
        "site.yml", *arguments, variables={name: value for name, value in given.items() if value != ""}, **secrets
    )


def test_check_shows_the_plan_and_run_applies_it(plays: Plays, emulator: "RunningEmulator") -> None:
    plan = job(plays, "--check")
    assert "would create alert 'Errors' of project 'shop'" in unsettled(plan.output)
    assert plays.writes() == []
    assert "canaryofawx" not in plan.output + job(plays).output
    assert job(plays).changed() == 0
    (shop,) = emulator.store.snapshot()["projects"]
    assert [alert["name"] for alert in shop["alerts"]] == ["by hand", "Errors"]  # nothing is pruned without a choice


def test_all_answers(plays: Plays, emulator: "RunningEmulator") -> None:
    job(plays)
    done = job(plays, stack_prune=["alerts"], stack_prune_limit=5, stack_backup="true", stack_unset="default")
    assert "deleted alert 'by hand' of project 'shop'" in unsettled(done.output)
    assert len(list((plays.folder / "backups").iterdir())) == 1


@pytest.mark.parametrize("secrets", ['{"ops": {"url": "canaryofawx"}', '["canaryofawx"]'])
def test_secrets_that_are_no_dictionary(plays: Plays, secrets: str) -> None:
    failed = job(plays, channel_secrets=secrets)
    assert failed.status == 2 and "stack_channel_secrets" in failed.output
    assert "Traceback" not in failed.output and "canaryofawx" not in failed.output


def test_secrets_of_channels_that_are_not_described(plays: Plays) -> None:
    failed = job(plays, channel_secrets='{"opps": {"url": "https://hooks.example.com/canaryofawx"}}')
    problem = "stack_channel_secrets: the description has no channel opps; channels: ops"
    assert failed.status == 2 and problem in unsettled(failed.output)
