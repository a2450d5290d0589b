# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Delivery schedules: the hours in which an alert or SLO notifies a channel.

They are in no published document, but in the vendor's Terraform provider. The API has no list of them, and their names
need not be unique.
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
    loss = "The channels are notified at all times then."
    scopes = Scopes("organization:read_channel", "organization:write_channel")
    since = "v2026-09-23.01"
    fields = (
        Field("name", Name(), "label", required=True),
        Field("timezone", Word(), required=True),
        Field("windows", Windows(), required=True),
    )
    read_only = ("organization_id", "created_at", "updated_at")


SCHEDULE = Schedule()
