# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example of Event-Driven Ansible: the alert that calls, the remedy, and the rulebook between, where it can run."""

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import requests
from plays import EXAMPLES, KEY, Plays

from playbooks import environment

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

EXAMPLE = EXAMPLES / "event_driven"
PATH = "a-secret-path-of-the-rulebook"
PATIENCE = 120  # seconds until a rulebook that hangs is ended


def inventory(plays: Plays) -> str:
    """The inventory of the example, whose hosts are this machine, and which touch a file as their remedy."""
    folder = plays.folder / "inventory"
    folder.mkdir()
    variables = {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "checkout_restart": f"touch {plays.folder}/restarted-" + "{{ inventory_hostname }}",
    }
    shutil.copy(EXAMPLE / "inventory.yml", folder / "1.yml")
    (folder / "2.json").write_text(json.dumps({"checkout": {"vars": variables}}))  # wins over the file before it
    return str(folder)


def restarted(plays: Plays) -> list[str]:
    return sorted(path.name for path in plays.folder.glob("restarted-*"))


def match(emulator: "RunningEmulator") -> None:
    """Let the last evaluation of the alert have found something."""
    (project,) = emulator.store.state.projects.values()
    (alert,) = project.alerts.values()
    alert.has_matches = True


SEED = {"projects": [{"project_name": "shop", "alerts": ["Checkout stuck"]}]}
ALL = ["restarted-shop1.example.com", "restarted-shop2.example.com"]


def test_the_alert_calls_the_rulebook(plays: Plays, emulator: "RunningEmulator") -> None:
    emulator.store.load({"projects": ["shop"]})
    variables = {"rulebook_url": "https://events.example.com", "rulebook_path": PATH}
    done = plays.run(EXAMPLE / "setup.yml", "-vvv", variables=variables)
    assert done.changed() == 2
    assert PATH not in done.output
    state = emulator.store.snapshot()
    (channel,) = state["channels"]
    assert channel["config"] == {
        "type": "webhook",
        "format": "raw-data",
        "url": f"https://events.example.com/{PATH}",
    }
    (alert,) = state["projects"][0]["alerts"]
    assert [assigned["channel_id"] for assigned in alert["channel_assignments"]] == [channel["id"]]
    assert alert["name"] == SEED["projects"][0]["alerts"][0]
    assert plays.run(EXAMPLE / "setup.yml", variables=variables).changed() == 0
    variables |= {"rulebook_path": f"{PATH}-anew", "rulebook_update": "always"}
    assert plays.run(EXAMPLE / "setup.yml", variables=variables).changed() == 1
    assert emulator.store.snapshot()["channels"][0]["config"]["url"].endswith("-anew")


def test_the_remedy(plays: Plays, emulator: "RunningEmulator") -> None:
    """It asks the service, and is applied when the alert has matches, whatever the call said."""
    emulator.store.load(SEED)
    arguments = ("-i", inventory(plays))
    event = {"ansible_eda": {"event": {"payload": ["a", "list"], "meta": {"endpoint": PATH}}}}
    done = plays.run(EXAMPLE / "remediate.yml", *arguments, variables=event)
    assert done.changed("shop1.example.com") == done.changed("shop2.example.com") == 0
    match(emulator)
    done = plays.run(EXAMPLE / "remediate.yml", *arguments, variables=event)
    assert done.changed("shop1.example.com") == done.changed("shop2.example.com") == 1
    assert restarted(plays) == ALL


@contextmanager
def rulebook(plays: Plays, port: int) -> Iterator[Iterator[str]]:
    """The rulebook as it runs, and what it prints."""
    for name in ("rulebook.yml", "remediate.yml"):
        shutil.copy(EXAMPLE / name, plays.folder)
    (plays.folder / "variables.yml").write_text(json.dumps({"rulebook_path": PATH, "rulebook_port": port}))
    command = ["ansible-rulebook", "--verbose", "--rulebook", "rulebook.yml", "--vars", "variables.yml"]
    process = subprocess.Popen(
        [*command, "--inventory", inventory(plays)],
        cwd=plays.folder,
        env=environment(plays.folder, LOGFIRE_API_TOKEN=KEY, LOGFIRE_BASE_URL=plays.emulator.base_url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    end = threading.Timer(PATIENCE, process.kill)
    end.start()
    try:
        yield iter(process.stdout or [])
    finally:
        process.terminate()
        process.wait()
        end.cancel()


@pytest.mark.skipif(shutil.which("ansible-rulebook") is None, reason="ansible-rulebook, which needs Java, is not here")
def test_the_rulebook(plays: Plays, emulator: "RunningEmulator") -> None:
    """Calls with the secret path run the remedy, once for those that come together."""
    emulator.store.load(SEED)
    match(emulator)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with rulebook(plays, port) as output:
        next(line for line in output if "Waiting for events" in line)
        for payload in ({"what": "ever"}, ["a", "list"]):
            answer = requests.post(f"http://127.0.0.1:{port}/{PATH}", json=payload, timeout=30)
            assert answer.status_code == 200
        next(line for line in output if "PLAY RECAP" in line)
    assert restarted(plays) == ALL
    assert len([request for request in emulator.log if request.path.endswith("/alerts/")]) == 1
