# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a command, and fail if it fails or if its output contains a deprecation warning of Ansible."""

from __future__ import annotations

import subprocess
import sys

DEPRECATION = "[DEPRECATION WARNING]"


def main(command: list[str]) -> int:
    warnings = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            warnings += DEPRECATION in line
    if warnings:
        print(f"Failed: {warnings} warnings of a deprecation", flush=True)
    return process.returncode or (1 if warnings else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
