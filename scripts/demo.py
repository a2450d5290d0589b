# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Demonstrate the collection: plan the example, apply it, change it, repair it, and check that nothing is left to do.

The collection is built and installed like a release. Everything is sent to an emulator of Logfire that is started for
this or, if LOGFIRE_API_TOKEN is set, to the account of that token. With --clean: delete the objects from the account.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from emulator import emulator
from layout import lay_out
from playbook_run import Play, RunError, failure, lines_of, shown
from screen import Screen, has_color
from workplace import BUILD, ROOT, environment, venv

DEMO = BUILD / "demo"
COLLECTIONS = DEMO / "collections"
PLAYBOOKS = ROOT / "examples/demo"
#: The purpose of each run, in the order of the runs.
PLAN = ("Plan", "what would be created; nothing is written")
APPLY = ("Apply", "the same, for real")
CHANGE = ("Change", "a plan, applied as approved and rolled back; an alert, edited")
REPAIR = ("Repair", "the alert is set back to its description")
AGAIN = ("Again", "nothing is left to change")
DELETE = ("Delete", "all objects of the demo")


def main(clean: bool) -> int:
    if clean and not has_account():
        print("Nothing to delete: the emulator of the demo keeps no objects, and LOGFIRE_API_TOKEN is not set.")
        return 0
    start = time.monotonic()
    with Screen() as screen:
        try:
            env = prepare(screen)
            with service(screen) as variables:
                demo = Demo(screen, env | variables)
                demo.clean() if clean else demo.show()
                sent = requests_sent(variables)
            screen.say(f"\nDone: {sent}{time.monotonic() - start:.0f} seconds.")
            screen.say(
                f"Output of each run: {shown(DEMO)}/*.log{'' if clean else f'    Tokens: {shown(DEMO)}/tokens/'}"
            )
        except RunError as error:
            screen.say(f"\n{error}")
            return 1
        except KeyboardInterrupt:
            screen.say("\nStopped.")
            return 130
    return 0


def prepare(screen: Screen) -> dict[str, str]:
    """Create the environment, build and install the collection; return environment variables to use both."""
    screen.say(f"Environment    {shown(BUILD)}/venv-demo, with ansible-core")
    try:
        bin_folder = venv("demo")
    except subprocess.CalledProcessError as error:
        raise RunError(f"Failed: {' '.join(map(str, error.cmd))}\nCheck that the package index is reachable.") from None
    display = {
        "ANSIBLE_FORCE_COLOR" if has_color() else "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
    }
    env = environment(bin_folder, COLLECTIONS, **display)
    shutil.rmtree(COLLECTIONS, ignore_errors=True)
    for old in DEMO.glob("*.tar.gz"):
        old.unlink()
    DEMO.mkdir(parents=True, exist_ok=True)
    # Built as for a release, and installed as by a user.
    galaxy = ["ansible-galaxy", "collection"]
    for _line in lines_of([*galaxy, "build", str(lay_out()), "--output-path", str(DEMO)], env, DEMO / "build.log"):
        pass
    (archive,) = DEMO.glob("*.tar.gz")
    install = [*galaxy, "install", "--offline", "-p", str(COLLECTIONS), str(archive)]
    for _line in lines_of(install, env, DEMO / "install.log"):
        pass
    screen.say(f"Collection     {archive.name}, built and installed")
    return env


def has_account() -> bool:
    return bool(os.environ.get("LOGFIRE_API_TOKEN") or os.environ.get("LOGFIRE_API_KEY"))


@contextlib.contextmanager
def service(screen: Screen) -> Iterator[dict[str, str]]:
    """Yield the environment variables to use an emulator, which runs during the demo; none for the user's account."""
    if has_account():
        address = os.environ.get("LOGFIRE_BASE_URL") or "the region of its API token"
        screen.say(f"Logfire        your account, at {address}")
        yield {}
        return
    # A new emulator does not know the tokens of the last one.
    shutil.rmtree(DEMO / "tokens", ignore_errors=True)
    with emulator(venv("demo"), DEMO / "emulator.log") as variables:
        screen.say(f"Logfire        emulator at {variables['LOGFIRE_BASE_URL']}; with LOGFIRE_API_TOKEN, your account")
        yield variables


def requests_sent(variables: dict[str, str]) -> str:
    """Return how many requests the emulator got; an empty text for an account, where that is unknown."""
    if not variables:
        return ""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"{variables['LOGFIRE_BASE_URL']}/_emulator/log", timeout=10) as answer:
        return f"{len(json.load(answer))} requests to the API, "


class Demo:
    """Runs the playbooks, and shows what they change."""

    def __init__(self, screen: Screen, env: dict[str, str]) -> None:
        self._screen = screen
        self._env = env

    def show(self) -> None:
        (DEMO / "tokens").mkdir(mode=0o700, exist_ok=True)
        planned = self._play(PLAN, "1-plan", "site.yml", "--check", "--diff")
        applied = self._play(APPLY, "2-apply", "site.yml", "--diff")
        if unplanned := [change for change in applied.changes if change not in planned.changes]:
            raise RunError(f"Not in the plan, but changed: {', '.join(unplanned)}\nSee {shown(applied.log)}")
        self._play(CHANGE, "3-change", "change.yml", "--diff")
        self._play(REPAIR, "4-repair", "site.yml", "--diff", diff=True)
        again = self._play(AGAIN, "5-again", "site.yml", "--diff")
        if again.changed:
            raise RunError(f"This run should have changed nothing. See {shown(again.log)}")

    def clean(self) -> None:
        self._play(DELETE, "clean", "teardown.yml")

    def _play(self, step: tuple[str, str], name: str, playbook: str, *options: str, diff: bool = False) -> Play:
        title, purpose = step
        self._screen.say(f"\n{title:<14} {' '.join([playbook, *options])}: {purpose}")
        folders = {"demo_token_folder": str(DEMO / "tokens"), "demo_backup_folder": str(DEMO / "backups")}
        command = ["ansible-playbook", str(PLAYBOOKS / playbook), "-e", json.dumps(folders), *options]
        start = time.monotonic()
        play = Play(DEMO / f"{name}.log")
        for line in lines_of(command, self._env, play.log):
            for words in play.read(line, diff):
                self._screen.say(words)
        if play.recap is None:
            raise RunError(failure(play.log, "ansible-playbook ended early"))
        self._screen.say(f"  {play.recap}, {time.monotonic() - start:.0f} s")
        return play


if __name__ == "__main__":
    sys.exit(main(clean="--clean" in sys.argv[1:]))
