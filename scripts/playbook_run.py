# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a command: yields its lines at once, parses those of a playbook, and shows the end of the log of a failure."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from no_deprecation import DEPRECATION
from workplace import ROOT

#: The number of lines that are shown from the log of a failure.
LAST_LINES, WIDTH = 15, 400
COLOR = re.compile(r"\x1b\[[0-9;]*m")


class RunError(Exception):
    """An error whose message is shown to the user."""


class Play:
    """A run of a playbook, from the lines that it prints."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.changes: list[str] = []
        self.changed = 0
        self.recap: str | None = None
        self._in_diff = False

    def read(self, line: str, diff: bool) -> Iterator[str]:
        """Yield the lines to show for a line of output: tasks, their changes and, with C(diff), the differences."""
        plain = COLOR.sub("", line)
        if DEPRECATION in plain:
            raise RunError(f"ansible-core warns of a deprecation. See {shown(self.log)}")
        self._in_diff = (self._in_diff and bool(plain)) or plain.startswith("--- before")
        if self._in_diff and diff and plain.strip():
            yield f"    {line}"
        if found := re.match(r"TASK \[(.*)\]", plain):
            yield f"  {found.group(1)}"
        elif found := re.match(r"\+\+\+ after: (.*) \((\w+)\)$", plain):
            yield from self._change(f"{found.group(2)} {found.group(1)}", not diff)
        elif found := re.match(r"changed: \[localhost\] => \(item=(.*)\)", plain):
            yield from self._change(found.group(1), True)
        elif found := re.match(r"localhost\s+: (ok=\d+)\s+changed=(\d+)\s+.*?(failed=\d+)", plain):
            self.changed = int(found.group(2))
            self.recap = f"changed={self.changed} {found.group(1)} {found.group(3)} tasks"

    def _change(self, what: str, is_shown: bool) -> Iterator[str]:
        self.changes.append(what)
        if is_shown:
            yield f"    {what}"


def lines_of(command: list[str], env: dict[str, str], log: Path) -> Iterator[str]:
    """Run a command; yield its lines at once, and write them to a log. Raises RunError if it fails."""
    with (
        log.open("w") as kept,
        subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            kept.write(COLOR.sub("", line))
            kept.flush()
            yield line.rstrip("\n")
    if process.returncode:
        raise RunError(failure(log, f"Failed: {' '.join(command)}"))


def failure(log: Path, words: str) -> str:
    """Return the message of a failure, with the end of the log and the path of the whole log."""
    lines = [line if len(line) <= WIDTH else f"{line[:WIDTH]} ..." for line in log.read_text().rstrip().splitlines()]
    return "\n".join([*lines[-LAST_LINES:], "", words, f"The whole output: {shown(log)}"])


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
