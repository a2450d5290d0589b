# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
attributes:
  check_mode:
    support: full
    description: Can run in C(check_mode) and predict changes without making them.
    details:
      - If a project or channel does not exist yet, check mode assumes that an earlier task creates it, and warns.
  diff_mode:
    support: full
    description: Returns the changes, or in C(check_mode) the predicted changes, in C(diff) mode.
    details:
      - The diff shows only differences, and never contains secrets.
  idempotent:
    support: full
    description: A second run with the same options reports no change.
  action_group:
    support: full
    description: Use C(group/community.logfire.logfire) in C(module_defaults) to set the connection options once.
    membership:
      - community.logfire.logfire
"""

    # Of modules that only read.
    INFO = r"""
attributes:
  check_mode:
    support: full
    description: Can run in C(check_mode) and predict changes without making them.
    details:
      - This module does not change anything.
  diff_mode:
    support: N/A
    description: Returns the changes, or in C(check_mode) the predicted changes, in C(diff) mode.
    details:
      - This module does not change anything.
  idempotent:
    support: full
    description: A second run with the same options reports no change.
    details:
      - This module does not change anything.
  action_group:
    support: full
    description: Use C(group/community.logfire.logfire) in C(module_defaults) to set the connection options once.
    membership:
      - community.logfire.logfire
"""
