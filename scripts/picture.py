# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draw docs/plan.svg: a plan in a terminal, from a run against the emulator."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request

from emulator import emulator
from layout import lay_out
from rich.console import Console
from rich.text import Text
from workplace import BUILD, ROOT, environment, venv

COMMAND = ["ansible-playbook", "quick_start.yml", "--check", "--diff"]
#: An alert that somebody changed, without the channel that it should notify.
SEED = {
    "projects": [
        {
            "project_name": "shop",
            "description": "The web shop",
            "visibility": "private",
            "alerts": [
                {
                    "name": "Checkout errors",
                    "query": "SELECT trace_id\nFROM records\nWHERE service_name = 'checkout'",
                    "time_window": "PT30M",
                    "frequency": "PT1M",
                }
            ],
        }
    ]
}
#: Rich's own frame would fetch a font from another site.
FRAME = """<!-- Drawn by scripts/picture.py. Do not edit. -->
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">
{matrix}</g></g>
</svg>
"""


def main() -> int:
    lay_out()
    bin_folder = venv("demo")
    with emulator(bin_folder, BUILD / "emulator.log") as variables:
        url = f"{variables['LOGFIRE_BASE_URL']}/_emulator/state"
        headers = {"Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(url, json.dumps(SEED).encode(), headers, method="PUT")).close()
        slack = {"SLACK_URL": "https://hooks.slack.com/services/T0/B0/secret"}
        shown = {"ANSIBLE_FORCE_COLOR": "1", "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml", "COLUMNS": "110"}
        env = environment(bin_folder, BUILD, **shown, **variables, **slack)
        run = subprocess.run(COMMAND, cwd=ROOT / "examples", env=env, capture_output=True, text=True, check=True)
    console = Console(record=True, width=124, file=sys.stderr, color_system="standard", force_terminal=True)
    console.print(Text(f"$ {' '.join(COMMAND)}\n", style="bold"))
    console.print(Text.from_ansi(run.stdout.strip()))
    picture = console.export_svg(title="community.logfire", code_format=FRAME, unique_id="plan")
    (ROOT / "docs/plan.svg").write_text("".join(f"{line.rstrip()}\n" for line in picture.splitlines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
