# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run Ansible's commands as users do: in a separate process, and only with the settings below."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.community.logfire.plugins.module_utils._api import http

#: The folder of the collection, and the one that contains ansible_collections.
COLLECTION = Path(http.__file__).parents[3]
COLLECTIONS_PATH = os.environ.get("ANSIBLE_COLLECTIONS_PATH") or str(COLLECTION.parents[2])

CALLBACKS = Path(__file__).parent / "callbacks"

Json = dict[str, Any]

#: The ways in which a task of the collection can run on the controller, with the arguments that select them.
WAYS = {"in process": [], "as a module": ["-e", '{"logfire_in_process": false}']}
TASK_COMMANDS = ("playbook", "adhoc", "console")


class Way:
    """The way that the commands use. The fixture ``way`` changes it for a test."""

    name = "in process"


@dataclass
class Command:
    """A finished command: its exit status and its output."""

    status: int
    output: str


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of the commands, which store their files in ``folder``."""
    foreign = ("ANSIBLE_", "LOGFIRE_", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {
        "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS_PATH,
        "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
        "ANSIBLE_HOME": str(folder / "ansible-home"),
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_REMOTE_TMP": str(folder / "remote-tmp"),
        **more,
    }


def ansible(command: str, *arguments: str, folder: Path, typed: str = "", **more: str) -> Command:
    """Run ``ansible-<command>`` (``adhoc``: ``ansible``) of this Python in a folder, with further variables.

    ``typed`` is the input from the keyboard.

    Deprecation warnings are not allowed.
    """
    (folder / "ansible.cfg").touch()
    done = subprocess.run(
        [sys.executable, "-m", "ansible", command, *(WAYS[Way.name] if command in TASK_COMMANDS else []), *arguments],
        cwd=folder,
        env=environment(folder, **more),
        input=typed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert "[DEPRECATION WARNING]" not in done.stdout, done.stdout
    return Command(done.returncode, done.stdout)


@contextlib.contextmanager
def in_way(name: str) -> Iterator[None]:
    """Run commands in one of the WAYS."""
    before, Way.name = Way.name, name
    try:
        yield
    finally:
        Way.name = before


def write_play(folder: Path, tasks: list[Json], **variables: Any) -> str:
    """Write ``site.yml`` with a play on localhost, and a file with the variables. Return the name of the playbook."""
    (folder / "variables.json").write_text(json.dumps(variables))
    play = {
        "name": "Test",
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "vars_files": ["variables.json"],
        "tasks": tasks,
    }
    (folder / "site.yml").write_text(json.dumps([play], indent=2))
    return "site.yml"


def recording(folder: Path) -> dict[str, str]:
    """Return the variables that record the results of a playbook in a folder, for :func:`recorded`."""
    return {
        "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
        "ANSIBLE_CALLBACKS_ENABLED": "record_results",
        "LOGFIRE_TEST_RESULTS": str(folder / "results"),
    }


def recorded(folder: Path) -> list[Json]:
    """Return ``task`` (its name), ``failed`` and ``result`` for each task."""
    return [json.loads(line) for line in (folder / "results").read_text().splitlines()]
