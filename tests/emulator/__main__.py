# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the emulator: ``python tests/emulator`` or, inside ``tests``, ``python -m emulator``."""

import sys
from importlib import import_module
from pathlib import Path

if not __package__:
    # Started by its folder's name: make the package importable by its own name instead of its modules by theirs.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

if __name__ == "__main__":
    sys.exit(import_module("emulator.cli").main())
