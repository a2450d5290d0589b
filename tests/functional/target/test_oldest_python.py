# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules on the oldest Python and C(requests) that a target may have, whatever the controller's are."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from playbooks import Json, ansible, write_play

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

OLDEST = "python3.9"
OLDEST_LIBRARIES = Path(__file__).resolve().parents[2] / "oldest-requirements.txt"
MODULE = "community.logfire.logfire_"
ALERT = {"name": "Slow", "query": "SELECT 1", "time_window": "5m", "frequency": "1m"}
DASHBOARD = {
    "name": "Overview",
    "definition": {
        "kind": "Dashboard",
        "spec": {"display": {"name": "Overview"}, "panels": {}, "layouts": [], "variables": []},
    },
}
STACK: Json = {
    "channels": [{"name": "ops", "config": {"type": "webhook", "url": "https://hooks.example.com/1"}}],
    "projects": [{"name": "shop", "alerts": [{**ALERT, "channels": ["ops"]}]}],
}


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the oldest of what the modules import."""
    base = shutil.which(OLDEST)
    if base is None:
        pytest.skip(f"there is no {OLDEST} on the PATH")
    folder = tmp_path_factory.mktemp("target")
    subprocess.run([base, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin/python", "-m", "pip", "--quiet", "install", "-r", OLDEST_LIBRARIES], check=True)
    return folder / "bin/python"


def test_modules_run_on_it(python: Path, emulator: "RunningEmulator", emulator_key: str, tmp_path: Path) -> None:
    token = {"project": "shop", "type": "write", "path": str(tmp_path / "token")}
    wishes: list[tuple[str, Any]] = [
        ("stack", STACK),
        ("token", token),
        ("alert", {**ALERT, "project": "shop", "name": "Errors"}),
        ("dashboard", {"project": "shop", "slug": "overview", **DASHBOARD}),
    ]
    tasks: list[Json] = [
        {"ansible.builtin.setup": {"gather_subset": ["!all", "!min", "python"]}, "name": "facts"},
        {"ansible.builtin.debug": {"msg": "target is {{ ansible_facts.python.executable }}"}, "name": "show"},
        *({MODULE + name: options, "name": name} for name, options in wishes),
        {MODULE + "stack_info": None, "name": "look", "register": "found"},
        {
            "ansible.builtin.assert": {"that": ["found.stack.projects | map(attribute='name') | list == ['shop']"]},
            "name": "see",
        },
    ]
    playbook = write_play(tmp_path, tasks, ansible_python_interpreter=str(python))
    for changed in len(wishes), 0:
        done = ansible(
            *("playbook", "--diff", playbook),
            folder=tmp_path,
            LOGFIRE_API_TOKEN=emulator_key,
            LOGFIRE_BASE_URL=emulator.base_url,
        )
        assert done.status == 0, done.output
        assert json.dumps(f"target is {python}") in done.output
        assert f" changed={changed} " in done.output, done.output
    assert (tmp_path / "token").read_text().startswith("pylf_")
