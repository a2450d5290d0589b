# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations of a self-hosted instance: the published document's sections I(Instance) and I(Organizations).

The key of an admin of the instance can list and create them. To change or remove one, a token of that organization is
required (vendor's Terraform provider), which is requested with its current name.
"""

from __future__ import annotations

from typing import Any

from .._api.client import LogfireClient, Wire, api_path
from .._api.errors import needing
from .._values.checks import canonical_name, check_tenant_name, text
from .._values.option_errors import OptionError
from .._values.types import Email, Name, Text, ValueType
from .field import Field, Scopes, State
from .kind import Kind

LINK = ("url", "icon", "name")


def check_name(name: str) -> None:
    """The rule for new names."""
    check_tenant_name(name, "organization")


class BillingEmail(Email):
    """An address, or an empty text for none."""

    def parse(self, option: str) -> str:
        return option.strip()

    def decode(self, wire: Any) -> str:
        return super().decode(wire) or ""


class Links(ValueType):
    """Links on a page, in their order."""

    spec = {
        "type": "list",
        "elements": "dict",
        "options": {member: {"type": "str", "required": True} for member in LINK},
    }

    def canonical(self, value: list[dict[str, str]]) -> Any:
        return [[canonical_name(link[member]) for member in LINK] for link in value]

    def decode(self, wire: Any) -> list[dict[str, str]]:
        return [{member: text(link[member]) for member in LINK} for link in wire or []]


class Organization(Kind):
    name = "organization"
    wire_key = "organization_name"
    scopes = Scopes("instance:admin", "organization:admin", create="instance:admin")
    since = "v2026-06-03.01"
    since_inside = "v2026-06-25.01"  # the first release with the routes that require a token of the organization
    unique = True
    removal_needs_list = True
    fields = (
        Field("name", Name(check_name), "organization_name", required=True),
        Field("display_name", Text(), "organization_display_name", default=""),
        Field("billing_email", BillingEmail(), default="", creatable=False),
        *(Field(option, Text(), default="") for option in ("github_handle", "location", "avatar", "description")),
        Field("links", Links(), default=[]),
    )
    read_only = (
        *("subscription_plan", "has_admin_panel", "created_at", "updated_at", "spending_cap"),
        *("spending_cap_reached_at", "planless_grace_period_ends_at", "gateway_enabled", "ai_enabled"),
        "ai_training_enabled",
    )

    def path(self, project_id: str, object_id: str = "") -> str:
        """Return the path. That of a single organization does not contain its ID, since the token identifies it."""
        return api_path("organization") if object_id else api_path("instance", "organizations")

    def client_for(self, client: LogfireClient, state: State) -> LogfireClient:
        return client.inside(state["name"])

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        with needing(self.scopes.write, self.since_inside, of_collection=True):
            return client.update(self.path(project_id, object_id), body)

    def delete(self, client: LogfireClient, project_id: str, object_id: str) -> None:
        with needing(self.scopes.write, self.since_inside, of_collection=True):
            client.delete(self.path(project_id, object_id))

    def argument_spec(self) -> dict[str, Any]:
        return {**super().argument_spec(), "confirm_deletion": {"type": "str"}}

    def parse_removal(self, options: dict[str, Any]) -> State:
        """Require the name a second time, so that no organization is removed by accident."""
        confirmed, name = options["confirm_deletion"], options["name"]
        if confirmed is None:
            raise OptionError("confirm_deletion", "required to delete an organization: repeat its current name")
        if options["id"] is None and confirmed != name:
            raise OptionError("confirm_deletion", f"{confirmed!r} is not the name of the organization, {name!r}")
        return {"name": name, "confirm_deletion": confirmed}

    def check_removal(self, wanted: State, current: State) -> None:
        if wanted["confirm_deletion"] != current["name"]:
            raise OptionError(
                "confirm_deletion",
                f"{wanted['confirm_deletion']!r} is not the current name of the organization, {current['name']!r}",
            )


ORGANIZATION = Organization()
