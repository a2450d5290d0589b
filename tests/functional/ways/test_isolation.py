# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The items of a loop, which Ansible runs in one process of its own: none sees what another had."""

from pathlib import Path
from typing import TYPE_CHECKING

from playbooks import ansible, recorded, recording, write_play

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ITEMS = range(20)
UNREACHABLE = 7
TOKENS = [f"pylf_v1_own_canaryofitem{item:02}canaryofitem" for item in ITEMS]
NAMES = [f"project-{item:02}" for item in ITEMS]
TASK = {
    "name": "Each",
    "community.logfire.logfire_token": {
        "project": "{{ names[item] }}",
        "api_token": "{{ tokens[item] if item % 3 else omit }}",
        "base_url": "{{ addresses[item] }}",
        "headers": {"X-Item": "canaryofheader{{ item }}"},
        "path": "token-{{ item }}",
        "retry_timeout": 0,
    },
    "environment": {"LOGFIRE_API_TOKEN": "{{ tokens[item] }}", "LC_ALL": "{{ ['C', 'C.UTF-8'][item % 2] }}"},
    "loop": list(ITEMS),
    "ignore_errors": True,
}


def test_no_item_of_a_loop_sees_anothers(emulator: "RunningEmulator", way: str, tmp_path: Path) -> None:
    """Each has a token that reaches one project, an address, a header, an environment and a file of its own."""
    emulator.store.load({"projects": NAMES})
    keys = [{"key": key, "project": name} for key, name in zip(TOKENS, NAMES, strict=True)]
    emulator.settings.patch({"keys": keys})
    port = emulator.base_url.rpartition(":")[2]
    addresses = [f"{('127.0.0.1', 'localhost')[item % 2]}:{port}" for item in ITEMS]
    addresses[UNREACHABLE] = "127.0.0.1:1"
    urls = [f"http://{address}" for address in addresses]
    playbook = write_play(tmp_path, [TASK], tokens=TOKENS, names=NAMES, addresses=urls)
    done = ansible("playbook", "-vvvv", playbook, folder=tmp_path, **recording(tmp_path))
    assert done.status == 0, done.output

    items = recorded(tmp_path)[0]["result"]["results"]
    assert [item["item"] for item in items if "failure" in item] == [UNREACHABLE]
    sent = {(entry.headers["x-item"], entry.headers["host"]) for entry in emulator.log}
    assert sent == {(f"canaryofheader{item}", addresses[item]) for item in ITEMS if item != UNREACHABLE}
    made = {
        project["project_name"]: [token["token"] for token in project["write_tokens"]]
        for project in emulator.store.snapshot()["projects"]
    }
    for item, name in enumerate(NAMES):
        file = tmp_path / f"token-{item}"
        assert made[name] == ([] if item == UNREACHABLE else [file.read_text().strip()])
    assert "canaryofheader" not in done.output
    # Ansible itself shows the environment in which it starts a module.
    assert ("canaryofitem" in done.output) is (way == "as a module")
    assert not [token for tokens in made.values() for token in tokens if token in done.output]
