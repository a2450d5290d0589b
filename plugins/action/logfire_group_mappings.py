# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.community.logfire.plugins.modules import logfire_group_mappings
from ansible_collections.community.logfire.plugins.plugin_utils._in_process import InProcessAction


class ActionModule(InProcessAction):
    main = staticmethod(logfire_group_mappings.main)
