# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Managed variables of a project: the published document's section I(variables).

The API reads a variable as a I(config), and writes it as a I(definition), which is also the answer to writes.
"""

from __future__ import annotations

from typing import Any

from .._api.client import LogfireClient, Wire
from .._api.errors import LogfireError, needing, unexpected
from .._values.json_values import Json
from .._values.types import Flag, Name, SetOf, Text
from .field import Field, Scopes, State
from .kind import Kind
from .project import PROJECT
from .rollouts import Labels, Overrides, Rollout, as_read, check_labels

MISSING_ROUTE = "Not Found"  # the answer of the service's web framework for unknown paths


def check_name(name: str) -> None:
    """Raise ValueError for a name that applications could not use: it must be a Python identifier in ASCII."""
    if not (name.isascii() and name.isidentifier()):
        raise ValueError(
            f"{name!r} is not a valid variable name: use letters, digits and _, and begin with a letter or _"
        )


class Variable(Kind):
    name = "variable"
    has_ids = False
    parent = PROJECT
    scopes = Scopes("project:read_variables", "project:write_variables")
    unique = True
    is_optional = True
    is_exported = False  # it requires another scope, and a request for each project
    fields = (
        Field("name", Name(check_name), required=True),
        Field("description", Text(clears_with=None), default="", required_on_create=True),
        Field("json_schema", Json(), default={}, required_on_create=True),
        Field("labels", Labels(), default={}),
        Field("rollout", Rollout(), default={}, required_on_create=True),
        Field("overrides", Overrides(), default=[], required_on_create=True),
        Field("aliases", SetOf(Name()), default=[]),
        Field("example", Text(clears_with=None), default=""),
        Field("external", Flag()),
    )
    read_only = ("project_id", "type_name", "template_inputs_schema")
    runtime_fields = ("kind", "latest_version")

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        path = self.path(project_id)
        with needing(self.scopes.read, self.since):
            configs = client.read(path).get("variables")
        if not isinstance(configs, dict) or not all(isinstance(config, dict) for config in configs.values()):
            raise unexpected("the answer does not contain variables by name", "GET", path)
        return [{**config, "id": name, "name": name, "project_id": project_id} for name, config in configs.items()]

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        return as_read(super().create(client, project_id, body), "POST", self.path(project_id))

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        path = self.path(project_id, object_id)
        return as_read(super().update(client, project_id, object_id, body), "PUT", path)

    def delete(self, client: LogfireClient, project_id: str, object_id: str) -> None:
        try:
            super().delete(client, project_id, object_id)
        except LogfireError as error:
            if error.status != 405 and (error.status, error.detail) != (404, MISSING_ROUTE):
                raise
            problem = "this service cannot remove variables through its management API: remove it in the browser"
            raise LogfireError(
                problem, method=error.method, path=error.path, status=error.status, detail=error.detail
            ) from None

    def load(self, wire: Wire) -> State:
        """Convert an answer. The labels are kept as read, too, since unchanged ones must be sent with their version."""
        return {**super().load(wire), "stored_labels": wire.get("labels") or {}}

    def public(self, state: State, wanted: State) -> State:
        """Return a state without fields that the API does not return."""
        shown = {option: value for option, value in state.items() if option not in ("stored_labels", "external")}
        return {**shown, "overrides": Overrides().show(state["overrides"])}

    def same(self, field: Field, wanted: Any, current: Any) -> bool:
        return field.option == "external" or super().same(field, wanted, current)

    def changes(self, wanted: State, current: State) -> State:
        """Return the changes. They always include fields that the API does not return."""
        changes = super().changes(wanted, current)
        return {**changes, "external": wanted["external"]} if changes and "external" in wanted else changes

    def not_persisted(self, wanted: State, current: State) -> list[str]:
        return [option for option in super().not_persisted(wanted, current) if option != "external"]

    def check(self, changes: State, current: State | None) -> None:
        super().check(changes, current)
        check_labels(changes, current or {field.option: field.default for field in self.fields})

    def update_body(self, changes: State, current: State, project_name: str | None) -> Wire:
        body = super().update_body(changes, current, project_name)
        for name, label in changes.get("labels", {}).items():
            if "value" in label and Json().same(label, current["labels"].get(name)):
                stored = current["stored_labels"][name]
                body["labels"][name].update(serialized_value=stored["serialized_value"], version=stored["version"])
        return body

    def gap(self, state: State) -> str:
        if not (state["type_name"] or state["template_inputs_schema"]):
            return ""
        return (
            f"The variable {state['name']!r} has a type or a schema of template inputs, for which there is no option."
        )


VARIABLE = Variable()
