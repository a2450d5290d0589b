# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All settings, shared ones and those of each kind. ``PATCH /_emulator/settings`` changes any of them."""

from pydantic import create_model

from .kinds import KINDS
from .shared_settings import SharedSettings

#: One class with all settings. The code of a kind accesses its own with ``Settings.of(...)`` of its class.
Settings: type[SharedSettings] = create_model("Settings", __base__=tuple(kind.settings for kind in reversed(KINDS)))
