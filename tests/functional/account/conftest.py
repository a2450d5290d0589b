# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Allow these tests to import the scripts."""

import sys
from pathlib import Path

# Last, since emulator.py in that folder is not the emulator.
sys.path.append(str(Path(__file__).resolve().parents[3] / "scripts"))
