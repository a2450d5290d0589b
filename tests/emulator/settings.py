# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every setting: those of all kinds and those of each. ``PATCH /_emulator/settings`` takes any part of them."""

from pydantic import create_model

from .kinds import KINDS
from .shared_settings import SharedSettings

#: One class that has them all. In the code a kind's own are ``Settings.of(...)``, with the class of the kind.
Settings: type[SharedSettings] = create_model("Settings", __base__=tuple(kind.settings for kind in reversed(KINDS)))
