# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Placeholder IDs for objects that check mode would create. Later tasks of the same check run recognize them.

The IDs of the API are UUIDs, so none of them can look like C(planned-project:shop).
"""

from __future__ import annotations

_PREFIX = "planned-"


def placeholder(kind: str, name: str) -> str:
    """Return the placeholder ID of an object that does not exist yet."""
    return f"{_PREFIX}{kind}:{name}"


def is_placeholder(object_id: str | None) -> bool:
    """Whether an ID is a placeholder of any kind."""
    return object_id is not None and object_id.startswith(_PREFIX) and ":" in object_id


def planned_name(kind: str, object_id: str) -> str | None:
    """Return the name of the object of a placeholder; None if it is not a placeholder of this kind."""
    prefix = placeholder(kind, "")
    return object_id[len(prefix) :] if object_id.startswith(prefix) else None
