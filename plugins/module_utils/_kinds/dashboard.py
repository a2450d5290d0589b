# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dashboards: the API's section I(dashboards). A definition is a Perses document."""

from __future__ import annotations

from typing import Any

from .._api.client import LogfireClient, Wire
from .._api.errors import needing
from .._values.diff import same
from .._values.json_values import plain_json
from .._values.option_errors import OptionError
from .._values.types import Name, ValueType
from .field import Field, Scopes, State
from .kind import Kind
from .project import PROJECT

# Members of the metadata that the service writes; layoutUpdatedAt is newer than the others.
SERVER_METADATA = ("name", "project", "createdAt", "updatedAt", "version", "layoutUpdatedAt")
IN_FILE = " (in its file, metadata.name or spec.display.name)"  # where the name of a dashboard is

# What the service may add where a definition leaves it out, by the place in the document ("*" is any member or item).
_DEFAULTS: dict[tuple[str, ...], Any] = {
    ("metadata",): {},
    ("spec", "display"): {},
    ("spec", "datasources"): {},
    ("spec", "datasources", "*", "default"): False,
    ("spec", "variables"): [],
    ("spec", "panels"): {},
    ("spec", "panels", "*", "spec", "queries"): [],
    ("spec", "panels", "*", "spec", "links"): [],
    ("spec", "panels", "*", "spec", "variables"): [],
    ("spec", "layouts"): [],
    ("spec", "duration"): "1h",
    ("spec", "refreshInterval"): "0s",
}
# Where a grid says what it shows. C(ref) is another spelling of C($ref), also to the vendor's own clients.
_GRID_CONTENT = ("spec", "layouts", "*", "spec", "items", "*", "content")
_BY_DEPTH = [
    [(place, value) for place, value in _DEFAULTS.items() if len(place) == depth]
    for depth in range(max(map(len, _DEFAULTS)) + 1)
]


def normalised(definition: Any) -> Any:
    """A definition without what does not count when two are compared.

    That is the metadata of the service, members that are null, and defaults that the service may have added. Everything
    else counts, the order of lists too.
    """
    return _without_defaults({**definition, "metadata": _own_metadata(definition)}, ())


def _without_defaults(value: Any, place: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        members = {}
        for member, inner in value.items():
            inner = _without_defaults(inner, (*place, member))
            if inner is not None and not _is_default(inner, (*place, member)):
                members[member] = inner
        return members
    if isinstance(value, list):
        return [_without_defaults(inner, (*place, "*")) for inner in value]
    return value


def _is_default(value: Any, place: tuple[str, ...]) -> bool:
    return len(place) < len(_BY_DEPTH) and any(
        value == default and all(wanted in ("*", actual) for wanted, actual in zip(pattern, place))
        for pattern, default in _BY_DEPTH[len(place)]
    )


def _tidy(value: Any, place: tuple[str, ...] = ()) -> Any:
    """A definition in the one spelling that the API takes: C($ref) in a grid, and no null in a display.

    Answers and other tools may have the other one. What a plugin is told is its own business.
    """
    if isinstance(value, list):
        return [_tidy(item, (*place, "*")) for item in value]
    if not isinstance(value, dict) or place[-1:] == ("plugin",):
        return value
    in_display = place[-1:] == ("display",)
    members = {
        member: _tidy(inner, (*place, member)) for member, inner in value.items() if not (in_display and inner is None)
    }
    return {"$ref": members["ref"]} if place == _GRID_CONTENT and members.keys() == {"ref"} else members


class Definition(ValueType):
    """A Perses document."""

    spec = {"type": "dict"}

    def parse(self, option: dict[str, Any]) -> Wire:
        """A copy of plain JSON values. Raises ValueError for what JSON has no word for."""
        definition: Wire = plain_json(option)
        if not isinstance(definition.get("metadata", {}), (dict, type(None))):
            raise OptionError("metadata", "must be a dictionary")
        if not isinstance(definition.get("spec"), dict):
            raise OptionError(
                "spec", "must be a dictionary; a definition is a Perses document with kind, metadata and spec"
            )
        tidy: Wire = _tidy(definition)
        return tidy

    def same(self, left: Wire | None, right: Wire | None) -> bool:
        """Whether what is wanted (C(left)) is there.

        Metadata that only the service has do not count: they may be its own, of a newer release.
        """
        wanted, current = normalised(left or {}), normalised(right or {})
        own, found = wanted.setdefault("metadata", {}), current.get("metadata", {})
        return same(wanted, {**current, "metadata": {name: found[name] for name in own if name in found}})

    def decode(self, wire: Any) -> Any:
        """None in lists."""
        if wire is not None and not (isinstance(wire, dict) and isinstance(wire.get("metadata") or {}, dict)):
            raise ValueError("no document")
        return _tidy(wire)

    def show(self, value: Wire) -> Any:
        return normalised(value)


class Dashboard(Kind):
    name = "dashboard"
    key = "slug"
    wire_key = "dashboard_slug"
    parent = PROJECT
    scopes = Scopes("project:read_dashboard", "project:write_dashboard")
    unique = True
    left_out = "definition"
    # People's changes of the layout in the UI lie over the definition, unless a change asks to replace them. Older
    # releases do not know the parameter, and ignore it (vendor's Pulumi provider 0.2.4).
    update_query = "?replace_layout=true"
    fields = (
        Field("slug", Name(), answer="dashboard_slug", required=True, immutable=True),
        Field("name", Name(), answer="dashboard_name", required=True),
        Field("definition", Definition(), required=True),
    )
    read_only = ("project_id", "version", "created_at", "updated_at", "created_by_name", "updated_by_name")

    def complete(self, client: LogfireClient, project_id: str, wire: Wire) -> Wire:
        """The list has the version and not the definition, the item has it the other way round.

        The list is read first: an edit in between then makes the version too old, never the definition.
        """
        if "definition" in wire:
            return wire
        with needing(self.scopes.read):
            return {**wire, "definition": client.get_dashboard(project_id, wire["id"])}

    def new(self, wanted: State) -> State:
        try:
            return super().new(wanted)
        except OptionError as error:
            is_document = error.option == "name" and "definition" in wanted  # as from a file
            raise (error.noting(IN_FILE) if is_document else error) from None

    def describe(self, state: State) -> dict[str, Any]:
        """With the metadata that are not the service's."""
        metadata = _own_metadata(state["definition"])
        return {**super().describe(state), "definition": {**state["definition"], "metadata": metadata}}

    def needs_project_name(self, current: State | None) -> bool:
        return current is None or not (current["definition"].get("metadata") or {}).get("project")

    def create_body(self, state: State, wanted: State, project_name: str | None) -> Wire:
        return {
            "name": state["name"],
            "slug": state["slug"],
            "definition": _with_metadata(state["definition"], state["name"], project_name),
        }

    def update_body(self, changes: State, current: State, project_name: str | None) -> Wire:
        """Every change sends the definition: its metadata hold the name too, and it is the name that is read back."""
        state = {**current, **changes}
        project_name = project_name or current["definition"]["metadata"]["project"]
        body: Wire = {"definition": _with_metadata(state["definition"], state["name"], project_name)}
        if "name" in changes:
            body["name"] = state["name"]
        return body if current["version"] is None else {**body, "version": current["version"]}


def _with_metadata(definition: Wire, name: str, project_name: str | None) -> Wire:
    """The definition to send: the API requires the dashboard's and the project's name in the metadata."""
    return {**definition, "metadata": {**_own_metadata(definition), "name": name, "project": project_name}}


def _own_metadata(definition: Wire) -> Wire:
    metadata = definition.get("metadata") or {}
    return {member: value for member, value in metadata.items() if member not in SERVER_METADATA}


DASHBOARD = Dashboard()
