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

# Members of the metadata that the service writes; layoutUpdatedAt was added later.
SERVER_METADATA = ("name", "project", "createdAt", "updatedAt", "version", "layoutUpdatedAt")
IN_FILE = " (in its file, metadata.name or spec.display.name)"  # where the name of a dashboard is

# Defaults that the service may add to a definition, by the place in the document ("*" is any member or item).
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
# The reference of a grid item to its panel. C(ref) means the same as C($ref), also to the vendor's own clients.
_GRID_CONTENT = ("spec", "layouts", "*", "spec", "items", "*", "content")
_BY_DEPTH = [
    [(place, value) for place, value in _DEFAULTS.items() if len(place) == depth]
    for depth in range(max(map(len, _DEFAULTS)) + 1)
]


def normalised(definition: Any) -> Any:
    """Return a definition without parts that are ignored in comparisons.

    These are the metadata of the service, null members, and defaults that the service may have added. Everything else
    is compared, including the order of lists.
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
    """Return a definition in the form that the API accepts: with C($ref) in grids, and without null in displays.

    Answers and other tools may use the other form. The options of plugins are not changed.
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
        """Return a copy that has only JSON types. Raises ValueError for values that JSON cannot represent."""
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
        """Whether the current definition (C(right)) is as wanted (C(left)).

        Metadata that only the current one has is ignored: a newer release of the service may have added it.
        """
        wanted, current = normalised(left or {}), normalised(right or {})
        own, found = wanted.setdefault("metadata", {}), current.get("metadata", {})
        return same(wanted, {**current, "metadata": {name: found[name] for name in own if name in found}})

    def decode(self, wire: Any) -> Any:
        """Return the definition; None for an item of a list, which has none."""
        if wire is not None and not (isinstance(wire, dict) and isinstance(wire.get("metadata") or {}, dict)):
            raise ValueError("not a document")
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
    detail_option = "definition"
    # Layout changes in the UI take precedence over the definition, unless an update asks to replace them. Older
    # releases ignore this parameter (vendor's Pulumi provider 0.2.4).
    update_query = "?replace_layout=true"
    fields = (
        Field("slug", Name(), answer="dashboard_slug", required=True, immutable=True),
        Field("name", Name(), answer="dashboard_name", required=True),
        Field("definition", Definition(), required=True),
    )
    read_only = ("project_id", "version", "created_at", "updated_at", "created_by_name", "updated_by_name")

    def complete(self, client: LogfireClient, project_id: str, wire: Wire) -> Wire:
        """Add the definition. A list only has the version, and a single dashboard only the definition.

        The list was read first, so after an edit in between, the version is too old, but never the definition.
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
        """Return the options, with the metadata that the service does not write."""
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
        """Return the body, always with the definition: its metadata has the name too, which the API returns."""
        state = {**current, **changes}
        project_name = project_name or current["definition"]["metadata"]["project"]
        body: Wire = {"definition": _with_metadata(state["definition"], state["name"], project_name)}
        if "name" in changes:
            body["name"] = state["name"]
        return body if current["version"] is None else {**body, "version": current["version"]}


def _with_metadata(definition: Wire, name: str, project_name: str | None) -> Wire:
    """Return the definition to send: the API requires the names of the dashboard and the project in the metadata."""
    return {**definition, "metadata": {**_own_metadata(definition), "name": name, "project": project_name}}


def _own_metadata(definition: Wire) -> Wire:
    metadata = definition.get("metadata") or {}
    return {member: value for member, value in metadata.items() if member not in SERVER_METADATA}


DASHBOARD = Dashboard()
