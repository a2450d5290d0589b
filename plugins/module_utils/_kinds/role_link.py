# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Links that give whoever opens one a role.

The API can list and create them, and can neither change nor revoke one. A list shows the ID of the role. Which role
that is shows the list of members: those who have it have both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, NamedTuple

from .._api.client import LogfireClient, Wire, api_path
from .._api.errors import needing, unexpected
from .._values.checks import check_url
from .credential import instant
from .field import State
from .kind import Kind

ROLES = ("admin", "member", "guest", "billing")


class RoleLink(Kind):
    """Such links, as a kind."""

    link: ClassVar[str]  # what answers call a link

    def make(self, client: LogfireClient, role: str, expiration: str | None) -> str:
        """A new link for a role, which ends at an RFC 3339 instant, or when the service says. Raises LogfireError."""
        path, body = self.path(""), {"role": role, **({"expiration": expiration} if expiration else {})}
        with needing(self.scopes.write, of_collection=True):
            answer = client.send("POST", path, body)
            link = answer.get(self.link) if isinstance(answer, dict) else None
            try:
                check_url(link if isinstance(link, str) else "")
            except ValueError:
                raise unexpected("the answer holds no link", "POST", path) from None
            return str(link)

    def find(self, listed: Iterable[Wire], link: str) -> Wire | None:
        """What has a link."""
        return next((each for each in listed if each.get(self.link) == link), None)

    def result(self, made: Wire, role: str | None) -> State:
        """What was made as results have it, without its link."""
        return {"role": role, **self.load(made)}


class Roles(NamedTuple):
    """The names of roles by their IDs, as far as members have them."""

    names: dict[str, str]

    def name_of(self, made: Wire) -> str | None:
        """The role that a link is for, or None where nobody has it."""
        return self.names.get(str(made.get("role_id")).lower())

    def may_be(self, made: Wire, role: str) -> bool:
        """Whether a link is for a role, or for one that nobody has, as nobody has the one that is asked for."""
        own = self.name_of(made)
        return own == role or (own is None and role not in self.names.values())


def read_roles(client: LogfireClient) -> Roles:
    """The roles that members have. Raises LogfireError."""
    with needing("organization:read_member", of_collection=True):
        members = client.read_list(api_path("members"))
    return Roles({str(member.get("role_id")).lower(): str(member.get("role")).casefold() for member in members})


def is_open(made: Wire, now: datetime) -> bool:
    """Whether somebody can still use a link."""
    used, most, ends_at = made.get("usage_count"), made.get("max_usage_count"), instant(made.get("expiration"))
    is_used = isinstance(used, int) and used >= (most if isinstance(most, int) else 1)
    return not is_used and (ends_at is None or ends_at > now)
