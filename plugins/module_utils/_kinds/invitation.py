# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invitations: links with which one person each joins the organization in a role.

The API can list and create them, not change or revoke one. A list shows the ID of the role. Only the list of members
tells which role that is: those who have it show both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from .._api.client import LogfireClient, Wire, api_path
from .._api.errors import unexpected
from .._values.types import check_url
from .credential import instant
from .kind import State

ROLES = ("admin", "member", "guest", "billing")
READ_ONLY = (
    "id",
    "organization_id",
    "role_id",
    "expiration",
    "max_usage_count",
    "usage_count",
    "created_at",
    "last_used_at",
)
PATH = api_path("invitations")


class Roles(NamedTuple):
    """The names of roles by their IDs, as far as members have them."""

    names: dict[str, str]

    def name_of(self, invitation: Wire) -> str | None:
        """The role of an invitation, or None where nobody has it."""
        return self.names.get(str(invitation.get("role_id")).lower())

    def may_be(self, invitation: Wire, role: str) -> bool:
        """Whether an invitation is for a role, or for one that nobody has, as nobody has the one that is asked for."""
        own = self.name_of(invitation)
        return own == role or (own is None and role not in self.names.values())


def read_roles(client: LogfireClient) -> Roles:
    """The roles that members have. Raises LogfireError."""
    members = client.read_list(api_path("members"))
    return Roles({str(member.get("role_id")).lower(): str(member.get("role")).casefold() for member in members})


def read_invitations(client: LogfireClient) -> list[Wire]:
    """All invitations. Raises LogfireError."""
    return client.read_list(PATH)


def create_invitation(client: LogfireClient, role: str, expiration: str | None) -> str:
    """A link for a role, which ends at an RFC 3339 instant, or when the service lets it. Raises LogfireError."""
    answer = client.send("POST", PATH, {"role": role, **({"expiration": expiration} if expiration else {})})
    link = answer.get("invite_url") if isinstance(answer, dict) else None
    try:
        check_url(link or "")
    except ValueError:
        raise unexpected("the answer holds no link", "POST", PATH) from None
    return str(link)


def is_open(invitation: Wire, now: datetime) -> bool:
    """Whether somebody can still join with an invitation."""
    used, most, end = (invitation.get(member) for member in ("usage_count", "max_usage_count", "expiration"))
    is_used = isinstance(used, int) and used >= (most if isinstance(most, int) else 1)
    ends_at = instant(end)
    return not is_used and (ends_at is None or ends_at > now)


def with_link(invitations: Iterable[Wire], link: str) -> Wire | None:
    """The invitation that a link is of."""
    return next((invitation for invitation in invitations if invitation.get("invite_url") == link), None)


def load_invitation(invitation: Wire, role: str | None) -> State:
    """An invitation as results have it, without its link."""
    return {"role": role, **{member: invitation.get(member) for member in READ_ONLY}}
