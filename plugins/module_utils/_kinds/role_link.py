# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Links that grant a role to the person who opens them.

The API can list and create them, but neither change nor revoke them. Lists only have the ID of the role. Its name is
taken from the list of members, which has both for each member.
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
    """A kind of links."""

    link: ClassVar[str]  # the member of answers with the link

    def make(self, client: LogfireClient, role: str, expiration: str | None) -> str:
        """Create a link for a role. C(expiration) is in RFC 3339, or None for the default. Raises LogfireError."""
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
        """Return the item of a list with that link, or None."""
        return next((each for each in listed if each.get(self.link) == link), None)

    def result(self, made: Wire, role: str | None) -> State:
        """Return a link as in results, without the link itself."""
        return {"role": role, **self.load(made)}


class Roles(NamedTuple):
    """The names of roles by their IDs, for roles that any member has."""

    names: dict[str, str]

    def name_of(self, made: Wire) -> str | None:
        """Return the role of a link, or None if no member has it."""
        return self.names.get(str(made.get("role_id")).lower())

    def may_be(self, made: Wire, role: str) -> bool:
        """Whether a link may be for a role: it is, or no member has either its role or C(role)."""
        own = self.name_of(made)
        return own == role or (own is None and role not in self.names.values())


def read_roles(client: LogfireClient) -> Roles:
    """Return the roles of members. Raises LogfireError."""
    with needing("organization:read_member", of_collection=True):
        members = client.read_list(api_path("members"))
    return Roles({str(member.get("role_id")).lower(): str(member.get("role")).casefold() for member in members})


def is_open(made: Wire, now: datetime) -> bool:
    """Whether a link can still be used."""
    used, most, ends_at = made.get("usage_count"), made.get("max_usage_count"), instant(made.get("expiration"))
    is_used = isinstance(used, int) and used >= (most if isinstance(most, int) else 1)
    return not is_used and (ends_at is None or ends_at > now)
