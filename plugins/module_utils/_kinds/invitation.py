# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invitations: links, each for one person to join the organization with a role."""

from __future__ import annotations

from .field import Scopes
from .role_link import RoleLink


class Invitation(RoleLink):
    name = "invitation"
    scopes = Scopes("organization:read_invitation", "organization:write_invitation")
    link = "invite_url"
    fields = ()
    read_only = (
        *("organization_id", "role_id", "expiration", "max_usage_count", "usage_count", "created_at", "last_used_at"),
    )


INVITATION = Invitation()
