# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The base of all kinds of objects: fields that are parsed, compared, sent and shown.

The file of a kind declares its fields, and how the API lists, creates, updates and deletes its objects. An object has
three representations. I(options) are what the user wrote. A I(state) has canonical names and values, so that states can
be compared: both what the user wants (only the fields that were set) and what exists (all fields) are states. I(wire)
is the representation of the API.
"""

from __future__ import annotations

from typing import Any

from .._api.client import LogfireClient, Wire, api_path
from .._api.errors import article, needing, unexpected
from .._values.option_errors import OptionError, Problems
from .declaration import Declaration
from .field import Field, Lookup, Reference, State, naming


class Kind(Declaration):
    """A kind of object of the API."""

    @property
    def word(self) -> str:
        """The noun for an object in messages; its plural ends with C(s)."""
        return self.title or self.name

    @property
    def plural(self) -> str:
        """The name of options and results with a list of objects of the kind, and the segment of their path."""
        return f"{self.name}s"

    def path(self, project_id: str, object_id: str = "") -> str:
        """Return the path of one object or of the list. C(project_id) is empty for kinds outside of projects."""
        above = (self.parent.plural, project_id) if self.parent else ()
        return api_path(*above, self.plural.replace("_", "-"), *([object_id] if object_id else []))

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        """Return all objects of the list."""
        with needing(self.scopes.read, self.since, of_collection=True):
            return self.read_list(client, self.path(project_id))

    def read_list(self, client: LogfireClient, path: str) -> list[Wire]:
        """Request the list, and return the objects in the answer."""
        return client.read_list(path)

    def read_one(self, client: LogfireClient, project_id: str, object_id: str) -> Wire:
        """Return one object by its ID."""
        with needing(self.scopes.read, self.since):
            return client.read(self.path(project_id, object_id))

    def complete(self, client: LogfireClient, project_id: str, wire: Wire) -> Wire:
        """Return an item of the list with the details that the list omits, which are read only once."""
        return wire

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        """Create an object with the members in C(body); return the answer."""
        with needing(self.scopes.create or self.scopes.write, self.since, of_collection=self.parent is None):
            return client.create(self.path(project_id), body)

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        """Set the members in C(body), and keep the others; return the answer."""
        path = self.path(project_id, object_id)
        with needing(self.scopes.write, self.since):
            if self.answers_updates:
                return client.update(path + self.update_query, body, self.update_method)
            client.send(self.update_method, path, body)
        for item in self.read_all(client, project_id):
            if item["id"] == object_id:
                return item
        raise unexpected(f"{article(self.word)} is not in the list after it was changed", "GET", self.path(project_id))

    def delete(self, client: LogfireClient, project_id: str, object_id: str) -> None:
        """Remove the object."""
        with needing(self.scopes.write, self.since):
            client.delete(self.path(project_id, object_id))

    def client_for(self, client: LogfireClient, state: State) -> LogfireClient:
        """Return the client to change or remove an object, which may use another credential than the API token."""
        return client

    def argument_spec(self) -> dict[str, Any]:
        """Return the options of one object, for a module or an item of a list."""
        return {
            **{field.option: dict(field.type.spec) for field in self.fields},
            **({"id": {"type": "str"}} if self.has_ids else {self.key: {"type": "str", "required": True}}),
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        }

    @property
    def rules(self) -> dict[str, Any]:
        """Return the rules for several options, as keyword arguments of AnsibleModule."""
        return {
            "required_one_of": [(self.key, "id")] if self.has_ids else [],
            "mutually_exclusive": [list(group) for group in self.exclusive],
        }

    def is_called(self, wire: Wire, name: str) -> bool:
        """Whether an object of an answer has that name."""
        own = wire.get(self.wire_key)
        return isinstance(own, str) and self.canonical_key(own) == self.canonical_key(name)

    def canonical_key(self, name: str) -> str:
        """Return the canonical form of a name."""
        field = next(field for field in self.fields if field.option == self.key)
        return str(field.type.canonical(name))

    def names_used(self, wanted: State) -> list[tuple[Kind, str]]:
        """Return the kinds, and names or IDs, of the objects to which the described object refers."""
        return []

    def references(self, state: State) -> list[Reference]:
        """Return the references of an object to others."""
        return []

    def used_ids(self, wire: Wire, kind: Kind) -> set[str]:
        """Return the IDs, in lower case, of the objects of C(kind) to which an object of an answer refers."""
        try:
            references = self.references(self.load(wire))
        except (ValueError, LookupError, TypeError, AttributeError):  # reported when this object itself is managed
            return set()
        return {reference.id.lower() for reference in references if reference.kind is kind}

    def owner(self, state_or_wire: dict[str, Any]) -> str | None:
        """Return what manages the object, as text, such as an SLO; None for objects that users manage."""
        return None

    def check_named(self, options: dict[str, Any]) -> None:
        """Raise OptionError if the name or ID of the object is blank."""
        for option in (self.key, "id"):
            if options.get(option) is not None and not options[option].strip():
                raise OptionError(option, "must not be empty")

    def parse_removal(self, options: dict[str, Any]) -> State:
        """Return the state in the options of a task that removes an object. Raises OptionError."""
        return {self.key: options[self.key]}

    def check_removal(self, wanted: State, current: State) -> None:
        """Raise OptionError if the options do not confirm the removal of an object."""

    def parse(self, options: dict[str, Any]) -> State:
        """Return the wanted state: only fields that were set. Raises OptionError."""
        wanted: State = {}
        problems = Problems()
        for field in self.fields:
            value = options.get(field.option)
            if value is not None:
                with problems.collected(), naming(field.option):
                    wanted[field.option] = field.type.parse(value)
        problems.raise_any()
        return wanted

    def read(self, wire: Wire, project_id: str, method: str = "GET", object_id: str = "") -> State:
        """Return the state of an object in the answer to a request.

        Raises LogfireError for an answer in an unexpected format, with an unknown outcome after a POST.
        """
        try:
            return self.load(wire)
        except (ValueError, LookupError, TypeError, AttributeError):
            problem = f"the answer has {article(self.word)} in an unexpected format"
            raise unexpected(problem, method, self.path(project_id, object_id)) from None

    def load(self, wire: Wire) -> State:
        """Convert an object of an answer to a state. A missing member is the same as null."""
        fields = {field.option: field.type.decode(wire.get(field.answer_member)) for field in self.fields}
        return {"id": wire["id"], **fields, **{member: wire.get(member) for member in self.read_only}}

    def with_defaults(self, wanted: State) -> State:
        """Return C(wanted) with the defaults of fields that were not set."""
        defaults = {field.option: field.default for field in self.fields if not field.required}
        return {**defaults, **wanted}

    def resolve(self, wanted: State, current: State | None, lookup: Lookup) -> State:
        """Return C(wanted) with IDs and names in its references to other objects. Raises OptionError."""
        return wanted

    def changes(self, wanted: State, current: State) -> State:
        """Return the fields of C(wanted) that differ from C(current), with their new values.

        Raises OptionError if an immutable field differs.
        """
        changed = [
            field
            for field in self.fields
            if field.option in wanted and not self.same(field, wanted[field.option], current[field.option])
        ]
        for field in changed:
            if field.immutable:
                raise OptionError(
                    field.option,
                    f"the {self.word} {current['id']} has the {field.option} {current[field.option]!r}, and"
                    f" {article(field.option)} cannot be changed",
                )
        return {each.option: each.type.changed(wanted[each.option], current[each.option]) for each in changed}

    def same(self, field: Field, wanted: Any, current: Any) -> bool:
        """Whether two values of a field mean the same."""
        return field.type.same(wanted, current)

    def check(self, changes: State, current: State | None) -> None:
        """Raise OptionError for a value that would be sent and that the API is known to refuse."""
        problems = Problems()
        for field in self.fields:
            if changes.get(field.option) is not None:
                with problems.collected(), naming(field.option):
                    field.type.check(changes[field.option], current and current[field.option])
        problems.raise_any()

    def not_persisted(self, wanted: State, current: State) -> list[str]:
        """Return the options that the API did not save, according to its answer to a change."""
        return list(self.changes(wanted, current))

    def public(self, state: State, wanted: State) -> State:
        """Return a state for a result, without secrets, even if it was predicted from C(wanted)."""
        return state

    def new(self, wanted: State) -> State:
        """Return the state of a new object.

        Raises OptionError if a required field is missing, or if the API cannot create such objects.
        """
        if self.not_creatable:
            raise OptionError(self.key, f"there is no {self.word} {wanted.get(self.key)!r}; {self.not_creatable}")
        missing = [field.option for field in self.fields if field.required and not wanted.get(field.option)]
        if missing:
            also = f"; also required: {', '.join(missing[1:])}" if missing[1:] else ""
            raise OptionError(missing[0], f"required to create {article(self.word)}{also}")
        fields = {field.option: wanted.get(field.option, field.default) for field in self.fields}
        return {"id": None, **fields, **dict.fromkeys(self.read_only)}

    def create_body(self, state: State, wanted: State, project_name: str | None) -> Wire:
        """Return the body of a creation: the fields that were set, and those that the API requires."""
        return {
            field.request_member: field.type.encode(state[field.option])
            for field in self.fields
            if field.creatable
            and (field.required_on_create or (field.option in wanted and state[field.option] not in ("", [], None)))
        }

    def update_body(self, changes: State, current: State, project_name: str | None) -> Wire:
        """Return the body of an update: only the changes, since omitted members are kept."""
        return {
            field.request_member: field.type.encode(changes[field.option])
            for field in self.fields
            if field.option in changes
        }

    def as_listed(self, state: State) -> Wire:
        """Return an object of a list for one that check mode would create, with the members that others use."""
        return {"id": state["id"], self.wire_key: state[self.key]}

    def guard(self, lookup: Lookup, current: State, after: State | None, others: list[Wire]) -> None:
        """Raise OptionError for a dangerous change or, if C(after) is None, removal.

        C(others) are the other objects of the list.
        """

    def secret_in(self, changes: State) -> str | None:
        """Return the secret that the request for C(changes) contains, for the fingerprints, or None."""
        return None

    def needs_project_name(self, current: State | None) -> bool:
        """Whether the body of a creation (C(current) is None) or update contains the name of the project."""
        return False

    def show(self, state: State) -> dict[str, Any]:
        """Return the fields of a state as diffs show them."""
        return {
            field.option: field.type.show(state[field.option])
            for field in self.fields
            if state.get(field.option) is not None
        }

    def describe(self, state: State) -> dict[str, Any]:
        """Return all options that describe an object of this state, since omitted options would not be changed."""
        return {field.option: state[field.option] for field in self.fields}

    def gap(self, state: State) -> str:
        """Return a sentence about what L(describe) cannot describe; an empty text if it describes all."""
        return ""

    def warnings(self, answer: Wire) -> list[str]:
        """Return the warnings in an answer to a creation or an update."""
        return []
