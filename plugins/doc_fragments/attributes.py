# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
attributes:
  check_mode:
    support: full
    description: Can run in C(check_mode) and tell what would change without sending anything that changes it.
    details:
      - A project or channel that does not exist yet is taken, with a warning, for one that an earlier task would make.
  diff_mode:
    support: full
    description: Tells what changed, or in C(check_mode) what would change, in C(diff) mode.
    details:
      - Only what differs is shown. Secrets never are.
  idempotent:
    support: full
    description: When run twice in a row with the same options, the second run reports no change.
  action_group:
    support: full
    description: Use C(group/community.logfire.logfire) in C(module_defaults) to set the options of the connection once.
    membership:
      - community.logfire.logfire
"""

    # Of modules that only read.
    INFO = r"""
attributes:
  check_mode:
    support: full
    description: Can run in C(check_mode) and tell what would change without sending anything that changes it.
    details:
      - This module changes nothing.
  diff_mode:
    support: N/A
    description: Tells what changed, or in C(check_mode) what would change, in C(diff) mode.
    details:
      - This module changes nothing.
  idempotent:
    support: full
    description: When run twice in a row with the same options, the second run reports no change.
    details:
      - This module changes nothing.
  action_group:
    support: full
    description: Use C(group/community.logfire.logfire) in C(module_defaults) to set the options of the connection once.
    membership:
      - community.logfire.logfire
"""
