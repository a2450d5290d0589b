# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Apply the example: plan it with --check --diff, and apply it. Make an approved change, and take it back. Apply the
example again, and see that this run changed nothing.

The collection is built and installed as users get it. Everything goes to an emulator of Logfire that is started for
this, or, when LOGFIRE_API_TOKEN is set, to the account that it belongs to. With --remove: take it away again, there.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from emulator import emulator
from layout import lay_out
from no_deprecation import DEPRECATION
from workplace import BUILD, ROOT, environment, venv

DEMO = BUILD / "demo"
COLLECTIONS = DEMO / "collections"
PLAYBOOKS = ROOT / "examples/demo"


class DemoError(Exception):
    """Told to the user as it is."""


def main(remove: bool) -> int:
    if remove and not has_account():
        print("There is nothing to remove: an emulator forgets all when it ends, and LOGFIRE_API_TOKEN is not set.")
        return 1
    bin_folder = venv("demo")
    env = environment(bin_folder, COLLECTIONS, ANSIBLE_NOCOLOR="1")
    try:
        install_collection(env)
        with service(bin_folder) as variables:
            if remove:
                say(" ", play("removed", env | variables, "teardown.yml").summary)
            else:
                apply_and_change(env | variables)
    except DemoError as error:
        print(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    return 0


def install_collection(env: dict[str, str]) -> None:
    """Build the archive that would be published, and install it as a user would."""
    shutil.rmtree(COLLECTIONS, ignore_errors=True)
    for old in DEMO.glob("*.tar.gz"):
        old.unlink()
    DEMO.mkdir(parents=True, exist_ok=True)
    galaxy = ["ansible-galaxy", "collection"]
    run([*galaxy, "build", str(lay_out()), "--output-path", str(DEMO)], env, DEMO / "build.log")
    (archive,) = DEMO.glob("*.tar.gz")
    run([*galaxy, "install", "--offline", "-p", str(COLLECTIONS), str(archive)], env, DEMO / "install.log")
    say("Collection", f"{archive.name}, built and installed")


def has_account() -> bool:
    return bool(os.environ.get("LOGFIRE_API_TOKEN") or os.environ.get("LOGFIRE_API_KEY"))


@contextlib.contextmanager
def service(bin_folder: Path) -> Iterator[dict[str, str]]:
    """The variables that lead to the user's own account, or to an emulator that lives as long as the demo."""
    if has_account():
        say("Logfire", os.environ.get("LOGFIRE_BASE_URL") or "your account, in the region of its API token")
        yield {}
        return
    # A new emulator knows no tokens of the last one.
    shutil.rmtree(DEMO / "tokens", ignore_errors=True)
    with emulator(bin_folder, DEMO / "emulator.log") as variables:
        say("Logfire", f"emulator at {variables['LOGFIRE_BASE_URL']} (set LOGFIRE_API_TOKEN for your own account)")
        yield variables


def apply_and_change(env: dict[str, str]) -> None:
    say("\nPlan", "with --check --diff: no write is sent")
    planned = play("1-plan", env, "site.yml", "--check", "--diff")
    for task, item in planned.changes:
        say(f"  {task:<18}{item}".rstrip())
    say(" ", planned.summary)
    say("\nApply")
    applied = play("2-apply", env, "site.yml", "--diff")
    say(" ", applied.summary)
    say("\nApproved change", "planned, applied by the digest of the plan, and taken back from the backup")
    change = play("3-change", env, "change.yml", "--diff")
    for task, _item in change.changes:
        say(f"  {task}")
    say(" ", change.summary)
    say("\nApply again")
    again = play("4-again", env, "site.yml", "--diff")
    say(" ", again.summary)
    say(f"\nWhole output: {DEMO.relative_to(ROOT)}/*.log    Tokens: {DEMO.relative_to(ROOT)}/tokens/")
    unplanned = [" ".join(change) for change in applied.changes if change not in planned.changes]
    if unplanned:
        raise DemoError(f"Not in the plan, but changed: {', '.join(unplanned)}")
    if again.changed:
        raise DemoError(f"The last run should have changed nothing:\n{again.log.read_text()}")


class Play:
    """What the log of a run tells."""

    def __init__(self, log: Path, seconds: float) -> None:
        self.log = log
        text = log.read_text()
        if DEPRECATION in text:
            raise DemoError(f"ansible-core warns of a deprecation:\n{text}")
        recap = re.search(r"^localhost\s+: (ok=\d+)\s+changed=(\d+)\s+.*?(failed=\d+)", text, re.MULTILINE)
        if recap is None:
            raise DemoError(f"ansible-playbook did not get far:\n{text}")
        self.changed = int(recap.group(2))
        self.changes = list(self._changes(text))
        counts = f"changed={self.changed} {recap.group(1)} {recap.group(3)}"
        self.summary = f"{counts}   (tasks; {len(self.changes)} objects changed, {seconds:.0f} s)"

    @staticmethod
    def _changes(text: str) -> Iterator[tuple[str, str]]:
        task = ""
        for line in text.splitlines():
            if found := re.match(r"TASK \[(.*)\]", line):
                task = found.group(1)
            elif found := re.match(r"changed: \[localhost\](?: => \(item=(.*)\))?", line):
                yield task, found.group(1) or ""


def say(*words: str) -> None:
    print(*words, flush=True)


def play(name: str, env: dict[str, str], playbook: str, *options: str) -> Play:
    log = DEMO / f"{name}.log"
    start = time.monotonic()
    folders = {"demo_token_folder": str(DEMO / "tokens"), "demo_backup_folder": str(DEMO / "backups")}
    command = ["ansible-playbook", str(PLAYBOOKS / playbook), "-e", json.dumps(folders), *options]
    run(command, env, log)
    return Play(log, time.monotonic() - start)


def run(command: list[str], env: dict[str, str], log: Path) -> None:
    with log.open("w") as output:
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode:
        raise DemoError(f"{log.read_text()}\nFailed: {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main(remove="--remove" in sys.argv[1:]))
