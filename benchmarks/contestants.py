# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contestants, and the commands with which they do a job on an organization."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent / "programs"
JOBS = ("no-op", "first apply", "one change")  # and "tokens": that each project has an active write token
LATENCIES = (0, 50)  # milliseconds before each answer


@dataclass(frozen=True)
class Contestant:
    """One way to do the jobs. C(program) is a playbook or a script; C(tokens) is the one for the job with tokens.

    C(words) says whether the organization is passed in the format of the collection or of the API. C(slow) contestants,
    which start a process for each call, are not run on organizations with thousands of objects: a run would take a
    quarter of an hour.
    """

    name: str
    title: str
    program: str
    tokens: str = ""
    words: str = "API"
    slow: bool = False
    idle: bool = False  # does nothing, so it is only run for one job of each size
    as_modules: bool = False  # not in Ansible's own process

    def command(self, organization: Path, objects: int, job: str) -> list[str]:
        """Return the command for the job. C(organization) is its file, and C(objects) is its number of objects."""
        program = HERE / (self.tokens if job == "tokens" else self.program)
        if program.suffix == ".yml":
            variables = [f"organization={organization}", f"objects={objects}"]
            variables += ['{"logfire_in_process": false}'] if self.as_modules else []
            return ["ansible-playbook", str(program), *(word for pair in variables for word in ("-e", pair))]
        more = ["tokens"] if job == "tokens" else []
        return [sys.executable if program.suffix == ".py" else "bash", str(program), str(organization), *more]

    def takes(self, size: str, latency: int, job: str) -> bool:
        """Whether it is measured in this case."""
        if self.idle:
            return (latency, job) == (0, "no-op") and not (self.slow and size == "tenfold")
        if job == "tokens" and not self.tokens:
            return False
        if size == "200 objects":
            return (latency, job) == (0, "no-op") and self.name in ("stack", "modules", "as modules")
        return not (self.slow and size == "tenfold")

    def lacks(self, path: str) -> str:
        """Return the required program that is not in the search path, or an empty text."""
        if self.name != "client":
            return ""
        return next((program for program in ("logfire-cli", "jq") if shutil.which(program, path=path) is None), "")


CONTESTANTS = (
    Contestant("stack", "`logfire_stack`", "stack.yml", words="ours"),
    Contestant("plain", "plain script (the floor)", "plain.py", "plain.py"),
    Contestant("client", "shell script on `logfire-cli`", "client.sh", "client.sh", slow=True),
    Contestant("uri", "`ansible.builtin.uri`", "uri.yml", "uri_tokens.yml", slow=True),
    Contestant("modules", "single modules in loops", "modules.yml", "modules_tokens.yml", words="ours", slow=True),
    Contestant(
        *("as modules", "single modules in loops, as on a remote host", "modules.yml", "modules_tokens.yml"),
        words="ours",
        slow=True,
        as_modules=True,
    ),
    Contestant("ping", "`ansible.builtin.ping` in a loop", "ping.yml", words="ours", slow=True, idle=True),
    Contestant("one task", "one task that does nothing", "one_task.yml", words="ours", idle=True),
    Contestant(
        "given", "one task that gets the whole description and does nothing", "given.yml", words="ours", idle=True
    ),
)
