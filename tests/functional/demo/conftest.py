# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What these tests share: the scripts can be imported."""

import sys
from pathlib import Path

# Last, since emulator.py there is not the emulator.
sys.path.append(str(Path(__file__).resolve().parents[3] / "scripts"))
