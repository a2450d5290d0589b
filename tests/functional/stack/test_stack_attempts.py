# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task that Ansible runs again has the arguments that it had, whatever they have been through in between."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from playbooks import ansible

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

PLAY = """
- hosts: localhost
  gather_facts: false
  vars:
    about: !unsafe "{{ no_variable }}, 2026-11-01"
    since: 2026-11-01
  tasks:
    - community.logfire.logfire_stack:
        projects:
          - name: orders
            description: "{{ about }}"
          - name: "{{ since }}"
      register: applied
      KEYWORDS
    - assert:
        that:
          - not applied.changed
          - applied.summary.unchanged == 2
"""
AGAIN = {
    "until": ("until: applied.attempts == 2\n      retries: 2\n      delay: 0", ""),
    "debugger": ("debugger: always", "redo\ncontinue\n"),
}


@pytest.mark.parametrize(("keywords", "typed"), AGAIN.values(), ids=AGAIN)
def test_again(emulator: "RunningEmulator", emulator_key: str, tmp_path: Path, keywords: str, typed: str) -> None:
    (tmp_path / "site.yml").write_text(PLAY.replace("KEYWORDS", keywords))
    connection = {"LOGFIRE_API_TOKEN": emulator_key, "LOGFIRE_BASE_URL": emulator.base_url}
    done = ansible("playbook", "site.yml", folder=tmp_path, typed=typed, **connection)
    assert done.status == 0, done.output
    projects = {project["project_name"]: project["description"] for project in emulator.store.snapshot()["projects"]}
    assert projects == {"orders": "{{ no_variable }}, 2026-11-01", "2026-11-01": None}
