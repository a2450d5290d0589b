# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is measured: what each contestant is, and the command that does a job on an organization."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent / "programs"
JOBS = ("no-op", "first apply", "one change")  # and "tokens": that each project has an active write token
LATENCIES = (0, 50)  # milliseconds that an answer takes


@dataclass(frozen=True)
class Contestant:
    """One way to do the jobs. C(program) is a playbook or a script; C(tokens) the one that looks after tokens.

    C(words) says whose words it takes the organization in: the collection's or the API's. What is C(slow), a process
    for each call, is not measured on organizations of thousands: a run would take a quarter of an hour.
    """

    name: str
    title: str
    program: str
    tokens: str = ""
    words: str = "API"
    slow: bool = False
    idle: bool = False  # does nothing, and so only needs to do it once for each size
    as_modules: bool = False  # not in Ansible's own process

    def command(self, organization: Path, objects: int, job: str) -> list[str]:
        """The command that does the job. C(organization) is the file of it, C(objects) how many there are."""
        program = HERE / (self.tokens if job == "tokens" else self.program)
        if program.suffix == ".yml":
            variables = [f"organization={organization}", f"objects={objects}"]
            variables += ['{"logfire_in_process": false}'] if self.as_modules else []
            return ["ansible-playbook", str(program), *(word for pair in variables for word in ("-e", pair))]
        more = ["tokens"] if job == "tokens" else []
        return [sys.executable if program.suffix == ".py" else "bash", str(program), str(organization), *more]

    def takes(self, size: str, latency: int, job: str) -> bool:
        """Whether it is measured there."""
        if self.idle:
            return (latency, job) == (0, "no-op") and not (self.slow and size == "tenfold")
        if job == "tokens" and not self.tokens:
            return False
        if size == "200 objects":
            return (latency, job) == (0, "no-op") and self.name in ("stack", "modules", "as modules")
        return not (self.slow and size == "tenfold")

    def lacks(self, path: str) -> str:
        """The program that it needs and that is not on the search path, or nothing."""
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
    Contestant("given", "one task that is given all and does nothing", "given.yml", words="ours", idle=True),
)
