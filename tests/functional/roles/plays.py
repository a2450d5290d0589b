# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run playbooks against emulators, and parse the recap of each host."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbooks import COLLECTION, ansible

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

EXAMPLES = COLLECTION / "examples"
KEY = "pylf_v1_local_canaryofroles"


@dataclass
class Play:
    """A finished run: its output, and the recap of each host."""

    status: int
    output: str

    def recap(self, host: str = "localhost") -> dict[str, int]:
        """Return the numbers of a host: ok, changed, unreachable, failed, skipped, rescued, ignored."""
        line = re.search(rf"^{host}\s+: (.*)$", self.output, re.MULTILINE)
        assert line, self.output
        return {word: int(number) for word, number in re.findall(r"(\w+)=(\d+)", line[1])}

    def changed(self, host: str = "localhost") -> int:
        """Return how many tasks changed something, in a run in which none failed."""
        assert self.status == 0, self.output
        return self.recap(host)["changed"]


class Plays:
    """Runs playbooks in a folder, with an emulator as the organization."""

    def __init__(self, folder: Path, emulator: "RunningEmulator") -> None:
        self.folder = folder
        self.emulator = emulator

    def run(self, playbook: str | Path | list[Any], *arguments: str, variables: Any = None, **environment: str) -> Play:
        """Run a playbook, a file or its content, in diff mode."""
        if isinstance(playbook, list):
            (self.folder / "site.yml").write_text(json.dumps(playbook))
            playbook = "site.yml"
        (self.folder / "variables.json").write_text(json.dumps(variables or {}))
        connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": self.emulator.base_url}
        done = ansible(
            *("playbook", str(playbook), "--diff", "-e", "@variables.json", *arguments),
            folder=self.folder,
            **{**connection, **environment},
        )
        return Play(done.status, done.output)

    def role(self, role: str, *arguments: str, **variables: Any) -> Play:
        """Run a role on localhost."""
        play = {"name": "Test", "hosts": "localhost", "gather_facts": False, "roles": [f"community.logfire.{role}"]}
        return self.run([play], *arguments, variables=variables)

    def writes(self) -> list[str]:
        """Return the requests since the last call of this method that were not reads."""
        log = list(self.emulator.log)
        self.emulator.log.clear()
        return [f"{request.method} {request.path}" for request in log if request.method != "GET"]


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files in a folder and its subfolders."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unsettled(text: str) -> str:
    """Return a text of the output without line breaks, which the callback can add."""
    return " ".join(text.split())


def umask() -> int:
    """Return the mode bits that new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
