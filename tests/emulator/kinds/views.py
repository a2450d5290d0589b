# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the views of the kinds share."""

from typing import Any

from ..records import Authored

View = dict[str, Any]

#: A member of answers that nobody knows yet, and that is the server's own.
UNKNOWN = {"of_a_release_to_come": {"value": None}}


def authored(record: Authored) -> View:
    """The members that answers about channels, alerts and dashboards have in common."""
    return {
        "id": record.id,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "created_by_name": record.created_by_name,
        "updated_by_name": record.updated_by_name,
    }
