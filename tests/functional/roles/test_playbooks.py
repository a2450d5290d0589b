# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks of the collection: what they refuse, and those that no other test runs."""

import json
from typing import TYPE_CHECKING

import pytest
from plays import Plays, unsettled
from test_layout import make
from test_write_token import OLD, alive

from playbooks import COLLECTION

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

PLAYBOOKS = sorted(path.stem for path in (COLLECTION / "playbooks").glob("*.yml"))
MISSING = {
    "apply": "for example: -e stack_directory=organization",
    "drift": "for example: -e stack_directory=organization",
    "export": "for example: -e export_directory=organization",
    "migrate": "for example: -e stack_directory=organization",
    "validate": "for example: -e stack_directory=organization",
    "rotate": "for example: -e write_token_project=shop -e write_token_path=/etc/shop/logfire.env",
}


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_what_is_missing_is_named(plays: Plays, emulator: "RunningEmulator", playbook: str) -> None:
    run = plays.run(f"community.logfire.{playbook}", "-i", "localhost,", "-c", "local")
    assert run.status == 2
    assert MISSING[playbook] in unsettled(run.output)
    assert emulator.log == []


@pytest.mark.parametrize("playbook", ["apply", "drift", "validate"])
def test_all_mistakes_in_files_are_told_at_once(plays: Plays, emulator: "RunningEmulator", playbook: str) -> None:
    alerts = "alerts:\n  - {name: Slow, time_window: 10 q}\n  - {name: Errors, querry: SELECT 1}\n"
    files = {"projects/shop/alerts.yml": alerts, "projects/shop/slo.yml": ""}
    make(plays.folder / "organization", files)
    run = plays.run(f"community.logfire.{playbook}", variables={"stack_directory": "organization"})
    assert run.status == 2
    place = f"of project 'shop' ({plays.folder}/organization/projects/shop/alerts.yml)"
    for mistake in (
        "projects/shop/slo.yml is not read; did you mean projects/shop/slos.yml?",
        f"alert 'Slow' {place}: time_window: '10 q'",
        f"alert 'Errors' {place}: querry: unknown option",
    ):
        assert mistake in unsettled(run.output)
    assert emulator.log == []


def test_both_tokens_of_a_migration_are_needed(plays: Plays) -> None:
    variables = {"stack_directory": "organization"}
    run = plays.run("community.logfire.migrate", variables=variables, LOGFIRE_SOURCE_TOKEN="pylf_v1_local_source")
    assert run.status == 2
    assert "Set the environment variables LOGFIRE_SOURCE_TOKEN and LOGFIRE_TARGET_TOKEN." in unsettled(run.output)


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_the_head_of_each_playbook_says_how_to_run_it(playbook: str) -> None:
    head = (COLLECTION / f"playbooks/{playbook}.yml").read_text().partition("\n- name:")[0]
    assert f"community.logfire.{playbook} " in head


def test_rotate_replaces_the_tokens_that_hosts_have(plays: Plays, emulator: "RunningEmulator") -> None:
    emulator.settings.clock_offset = -60
    emulator.store.load({"projects": [{"project_name": "shop", "write_tokens": [OLD]}]})
    emulator.settings.clock_offset = 0
    files = {name: plays.folder / f"{name}.env" for name in ("alpha", "beta")}
    files["alpha"].write_text(f"{OLD}\n")
    files["alpha"].chmod(0o600)
    hosts = {name: {"write_token_path": str(path)} for name, path in files.items()}
    local = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    (plays.folder / "inventory.json").write_text(json.dumps({"all": {"hosts": hosts, "vars": local}}))
    arguments, variables = ("-i", "inventory.json"), {"write_token_project": "shop"}
    run = plays.run("community.logfire.rotate", *arguments, variables=variables)
    assert run.changed("alpha") > 0 and run.changed("beta") == 0
    assert alive(emulator) == [files["alpha"].read_text().strip()] != [OLD]
    assert not files["beta"].exists()
    variables["write_token_max_age"] = "1d"
    assert plays.run("community.logfire.rotate", *arguments, variables=variables).changed("alpha") == 0
