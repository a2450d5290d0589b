# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the demo shows of its runs, and what it says when one fails."""

import sys
import time
from pathlib import Path

import playbook_run
import pytest
import screen
from playbook_run import Play, RunError, lines_of

OUTPUT = """
TASK [Apply the description] ****
\x1b[0;31m--- before: alert Errors of project shop\x1b[0m
\x1b[0;32m+++ after: alert Errors of project shop (update)\x1b[0m
\x1b[0;31m-    "time_window": "30m"\x1b[0m

\x1b[0;33mchanged: [localhost]\x1b[0m
TASK [Ensure the project has tokens] ****
--- before
+++ after

changed: [localhost] => (item=write token of shop)
PLAY RECAP ****
localhost                  : ok=3    changed=2    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0
"""
CHANGES = ["update alert Errors of project shop", "write token of shop"]


def read(output: str, diff: bool) -> tuple[Play, list[str]]:
    play = Play(Path("run.log"))
    return play, [words for line in output.splitlines() for words in play.read(line, diff)]


def test_tasks_and_what_they_change() -> None:
    play, shown = read(OUTPUT, diff=False)
    tasks = ("  Apply the description", "  Ensure the project has tokens")
    assert shown == [tasks[0], f"    {CHANGES[0]}", tasks[1], f"    {CHANGES[1]}"]
    assert (play.changes, play.changed, play.recap) == (CHANGES, 2, "changed=2 ok=3 failed=0 tasks")


def test_a_diff_with_its_colors() -> None:
    play, shown = read(OUTPUT, diff=True)
    assert '    \x1b[0;31m-    "time_window": "30m"\x1b[0m' in shown
    assert play.changes == CHANGES


def test_a_deprecation_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playbook_run, "ROOT", Path())
    with pytest.raises(RunError, match="warns of a deprecation. See run.log"):
        read("\x1b[1;35m[DEPRECATION WARNING]: gone soon", diff=False)


def test_a_failure_names_the_log_and_shows_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playbook_run, "ROOT", tmp_path)
    program = "print('first'); print('x\\n' * 20); print('l' * 999); print('\\x1b[31mlast'); raise SystemExit(3)"
    lines = lines_of([sys.executable, "-c", program], {}, tmp_path / "run.log")
    assert next(lines) == "first"
    with pytest.raises(RunError) as error:
        list(lines)
    said = str(error.value)
    assert "first\n" not in said and f"{'l' * 400} ...\nlast\n" in said
    assert said.endswith("The whole output: run.log")


def test_dots_while_nothing_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "SECONDS", 0.02)
    with screen.Screen() as shown:
        shown.say("Start")
        time.sleep(0.5)
        shown.say("End")
    first, dots, last = capsys.readouterr().out.splitlines()
    assert (first, last) == ("Start", "End")
    assert len(dots) > 5 and set(dots.strip()) == {"."}


@pytest.mark.parametrize(
    ("terminal", "no_color", "colored"), [(True, "", True), (True, "1", False), (False, "", False)]
)
def test_color(terminal: bool, no_color: str, colored: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert screen.has_color() is colored
