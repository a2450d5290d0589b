# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Members of the organization: the published document's section I(members).

A person becomes a member by an invitation, or through the identity provider. The API changes roles and removes members.
"""

from __future__ import annotations

from .._api.client import Wire
from .._api.errors import LogfireError
from .._values.option_errors import OptionError
from .._values.types import Choice, Email
from .api_key import API_KEY
from .field import Field, Lookup, Scopes, State
from .kind import Kind

ADMIN = "admin"


class Member(Kind):
    name = "member"
    key = "email"
    wire_key = "email"
    unique = True
    scopes = Scopes("organization:read_member", "organization:write_member")
    update_method = "PATCH"
    answers_updates = False
    not_creatable = "the API cannot add members: use logfire_invitation to create a link with which the person can join"
    is_optional = True
    is_exported = False  # another organization has other people
    fields = (
        Field("email", Email(any_case=True), required=True, immutable=True),
        Field("role", Choice(ADMIN, "member", "guest", "billing")),
    )
    read_only = ("name", "role_id", "member_since", "github_username", "avatar")

    def as_listed(self, state: State) -> Wire:
        return {**super().as_listed(state), "role": state["role"]}

    def guard(self, lookup: Lookup, current: State, after: State | None, others: list[Wire]) -> None:
        """Refuse to remove the last admin, or a user whose personal API key the task uses, which is deleted too."""
        if after is None or after["role"] != ADMIN:
            roles = {str(other.get("role")).lower() for other in others}
            if current["role"] == ADMIN and ADMIN not in roles:
                problem = f"{current['email']!r} is the last admin of the organization"
                raise OptionError("role" if after else "email", problem)
        if after is None and current["id"] in _own_users(lookup):
            raise OptionError("email", f"{current['email']!r} owns the API token of this task, which would be revoked")


def _own_users(lookup: Lookup) -> set[str]:
    """Return the IDs of the users whose personal API keys are listed, which are only those of the caller.

    It is empty if the list cannot be read, because the API token does not have the scope, or an older service does not
    have the route.
    """
    try:
        keys = lookup.all(API_KEY)
    except LogfireError:
        return set()
    return {str(key["user_id"]) for key in keys if key.get("user_id")}


MEMBER = Member()
