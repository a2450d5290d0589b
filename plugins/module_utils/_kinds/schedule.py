# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Delivery schedules: the times when an alert or SLO notifies a channel.

The routes are not in the published document, but in the vendor's Terraform provider. The API has no list of schedules,
and their names need not be unique.
"""

from __future__ import annotations

from .._values.types import Name, Word
from .._values.windows import Windows
from .field import Field, Scopes
from .kind import Kind


class Schedule(Kind):
    name = "schedule"
    wire_key = "label"
    is_listed = False
    is_optional = True
    loss = "These channels will then be notified at all times."
    scopes = Scopes("organization:read_channel", "organization:write_channel")
    since = "v2026-09-23.01"
    fields = (
        Field("name", Name(), "label", required=True),
        Field("timezone", Word(), required=True),
        Field("windows", Windows(), required=True),
    )
    read_only = ("organization_id", "created_at", "updated_at")


SCHEDULE = Schedule()
