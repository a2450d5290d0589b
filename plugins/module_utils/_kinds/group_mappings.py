# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Group mappings of a self-hosted instance: which groups of the identity provider have which roles.

They are one document (published document, section I(Group Mappings)), which refers to everything by name. It is
compared as a set of mappings, each of a group, an organization, a role in that organization, and roles in its projects.
"""

from __future__ import annotations

from typing import Any, TypedDict

from .._api.client import LogfireClient, Wire, api_path
from .._api.errors import Conflict
from .._values.checks import canonical_name, text
from .._values.option_errors import OptionError, Problems
from .._values.types import ValueType
from .document import Document
from .field import Field, Scopes, State

OVERRIDDEN = "overridden_by_environment"
ADVICE = "Remove the mappings from the environment of the deployment, or manage them there."

_NAME: dict[str, Any] = {"type": "str", "required": True}
_ROLES: dict[str, Any] = {"type": "list", "elements": "dict"}


class ProjectRole(TypedDict):
    """The role of a group in a project."""

    project_name: str
    role: str


class OrganizationRole(TypedDict):
    """The role of a group in an organization, and in projects of it."""

    organization_name: str
    role: str
    project_roles: list[ProjectRole]


class GroupMapping(TypedDict):
    """The roles of a group of the identity provider."""

    group_id: str
    organization_roles: list[OrganizationRole]


class Mappings(ValueType):
    """All mappings. A group without roles is the same as no group."""

    spec = {
        **_ROLES,
        "options": {
            "group_id": _NAME,
            "organization_roles": {
                **_ROLES,
                "required": True,
                "options": {
                    "organization_name": _NAME,
                    "role": _NAME,
                    "project_roles": {**_ROLES, "options": {"project_name": _NAME, "role": _NAME}},
                },
            },
        },
    }

    def parse(self, option: list[dict[str, Any]]) -> list[GroupMapping]:
        return _sorted(option)

    def canonical(self, value: list[GroupMapping]) -> Any:
        return frozenset(
            (
                canonical_name(group["group_id"]),
                canonical_name(role["organization_name"]),
                role["role"],
                frozenset((canonical_name(each["project_name"]), each["role"]) for each in role["project_roles"]),
            )
            for group in value
            for role in group["organization_roles"]
        )

    def decode(self, wire: Any) -> list[GroupMapping]:
        if not isinstance(wire, list):
            raise ValueError("not a list")
        return _sorted(wire)

    def show(self, value: list[GroupMapping]) -> Any:
        """Return the mappings by group and organization, so that a diff only shows those that differ."""
        shown: dict[str, dict[str, Any]] = {}
        for group in value:
            roles = shown.setdefault(group["group_id"], {})
            for role in group["organization_roles"]:
                name = role["organization_name"]
                while name in roles:  # the service may have duplicates
                    name += " (again)"
                projects = {each["project_name"]: each["role"] for each in role["project_roles"]}
                roles[name] = {"role": role["role"], "project_roles": projects}
        return shown


def _sorted(mappings: list[dict[str, Any]]) -> list[GroupMapping]:
    """Return mappings with only the known members, sorted by name. An invalid answer may raise any exception."""
    groups = (_group_mapping(group) for group in mappings)
    return sorted((group for group in groups if group["organization_roles"]), key=lambda group: group["group_id"])


def _group_mapping(group: dict[str, Any]) -> GroupMapping:
    roles = sorted(map(_organization_role, group["organization_roles"]), key=lambda role: role["organization_name"])
    return {"group_id": text(group["group_id"]), "organization_roles": roles}


def _organization_role(role: dict[str, Any]) -> OrganizationRole:
    projects: list[ProjectRole] = [
        {"project_name": text(each["project_name"]), "role": text(each["role"])}
        for each in role.get("project_roles") or []
    ]
    return {
        "organization_name": text(role["organization_name"]),
        "role": text(role["role"]),
        "project_roles": sorted(projects, key=lambda project: project["project_name"]),
    }


class GroupMappings(Document):
    name = "group_mappings"
    title = "group mappings"
    scopes = Scopes("instance:admin", "instance:admin")
    fields = (Field("mappings", Mappings(), "group_organization_mapping"),)
    read_only = ("api_mapping_status",)
    older_path = api_path("group-mappings")

    def path(self, project_id: str, object_id: str = "") -> str:
        return api_path("instance", "group-mappings")

    def parse(self, options: dict[str, Any]) -> State:
        """Refuse duplicates, since it is unknown which of two roles would take effect."""
        problems = Problems()
        _check_names(problems, "mappings", options["mappings"], "group_id")
        for index, group in enumerate(options["mappings"]):
            place, of_group = f"mappings[{index}].organization_roles", f" of group {group['group_id']!r}"
            _check_names(problems, place, group["organization_roles"], "organization_name", of_group)
            for number, role in enumerate(group["organization_roles"]):
                there, of_both = (
                    f"{place}[{number}].project_roles",
                    f" of organization {role['organization_name']!r}{of_group}",
                )
                _check_names(problems, there, role.get("project_roles") or [], "project_name", of_both)
        problems.raise_any()
        return super().parse(options)

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        try:
            return super().update(client, project_id, object_id, body)
        except Conflict as error:
            error.problem += f". If the environment of the deployment sets the mappings: {ADVICE[:-1]}"
            raise

    def live_warnings(self, state: State) -> list[str]:
        if state["api_mapping_status"] != OVERRIDDEN:
            return []
        return [
            "The environment of the deployment sets other group mappings, so the mappings of the API are not used."
            f" {ADVICE}"
        ]


def _check_names(problems: Problems, place: str, items: list[dict[str, Any]], option: str, of: str = "") -> None:
    """Collect problems: blank or duplicate names, and blank roles."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        for member in (option, "role"):
            if member in item and not item[member].strip():
                problems.add(OptionError(f"{place}[{index}].{member}", "must not be empty"))
        if canonical_name(item[option]) in seen:
            duplicate = f"duplicate {option.split('_')[0]} {item[option]!r}{of}"
            problems.add(OptionError(f"{place}[{index}].{option}", duplicate))
        seen.add(canonical_name(item[option]))


GROUP_MAPPINGS = GroupMappings()
