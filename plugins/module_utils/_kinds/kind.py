# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every kind of object has in common: fields that are parsed, compared, sent and shown.

A kind is described, not programmed: its file lists its fields and says how the API lists, creates, updates and deletes
it. Three representations of an object meet here. I(options) are what the user wrote. A I(state) is in the
collection's words and in one spelling, so that states can be compared; what the user asked for (only the fields that
were set) and what exists (all fields) are both states. I(wire) is the API's.
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
        """What messages call one; several with an C(s) at the end."""
        return self.title or self.name

    @property
    def plural(self) -> str:
        """The option and the result that list objects of the kind, and the part of their path."""
        return f"{self.name}s"

    def path(self, project_id: str, object_id: str = "") -> str:
        """The path of one object, or of the list; C(project_id) is empty for what is not in a project."""
        above = (self.parent.plural, project_id) if self.parent else ()
        return api_path(*above, self.plural.replace("_", "-"), *([object_id] if object_id else []))

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        """All objects of the list."""
        with needing(self.scopes.read, self.since, of_collection=True):
            return self.read_list(client, self.path(project_id))

    def read_list(self, client: LogfireClient, path: str) -> list[Wire]:
        """The objects that the answer to a request for the list holds."""
        return client.read_list(path)

    def read_one(self, client: LogfireClient, project_id: str, object_id: str) -> Wire:
        """One object by its id."""
        with needing(self.scopes.read, self.since):
            return client.read(self.path(project_id, object_id))

    def complete(self, client: LogfireClient, project_id: str, wire: Wire) -> Wire:
        """An item of the list with what the list leaves out, read once."""
        return wire

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        """Make an object with what is in C(body); return the answer."""
        with needing(self.scopes.create or self.scopes.write, self.since, of_collection=self.parent is None):
            return client.create(self.path(project_id), body)

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        """Give the object the values that are in C(body), and leave the others; return the answer."""
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
        """The client that may change or remove an object, if another credential than the API token does."""
        return client

    def argument_spec(self) -> dict[str, Any]:
        """The options of one object, for a module or as the items of a list."""
        return {
            **{field.option: dict(field.type.spec) for field in self.fields},
            **({"id": {"type": "str"}} if self.has_ids else {self.key: {"type": "str", "required": True}}),
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        }

    @property
    def rules(self) -> dict[str, Any]:
        """What goes with the argument spec, in Ansible's words."""
        return {
            "required_one_of": [(self.key, "id")] if self.has_ids else [],
            "mutually_exclusive": [list(group) for group in self.exclusive],
        }

    def is_called(self, wire: Wire, name: str) -> bool:
        """Whether an object of an answer has that name. One without a name has none."""
        own = wire.get(self.wire_key)
        return isinstance(own, str) and self.canonical_key(own) == self.canonical_key(name)

    def canonical_key(self, name: str) -> str:
        """What two spellings of a name have in common."""
        field = next(field for field in self.fields if field.option == self.key)
        return str(field.type.canonical(name))

    def names_used(self, wanted: State) -> list[tuple[Kind, str]]:
        """The names and IDs of the objects that the user's description of an object refers to, with their kinds."""
        return []

    def references(self, state: State) -> list[Reference]:
        """The objects that an object refers to."""
        return []

    def used_ids(self, wire: Wire, kind: Kind) -> set[str]:
        """The IDs, in lower case, of the objects of a kind to which an object of an answer refers."""
        try:
            references = self.references(self.load(wire))
        except (ValueError, LookupError, TypeError, AttributeError):  # it is reported where it is named
            return set()
        return {reference.id.lower() for reference in references if reference.kind is kind}

    def owner(self, state_or_wire: dict[str, Any]) -> str | None:
        """What else made the object and keeps it as it is, in words; None for what people made."""
        return None

    def check_named(self, options: dict[str, Any]) -> None:
        """Raise OptionError when what names the object is blank."""
        for option in (self.key, "id"):
            if options.get(option) is not None and not options[option].strip():
                raise OptionError(option, "must not be empty")

    def parse_removal(self, options: dict[str, Any]) -> State:
        """What the options of a task that removes an object say. Raises OptionError."""
        return {self.key: options[self.key]}

    def check_removal(self, wanted: State, current: State) -> None:
        """Raise OptionError for an object that the options do not mean to remove."""

    def parse(self, options: dict[str, Any]) -> State:
        """The state that options ask for: only what was set. Raises OptionError."""
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
        """The state of an object as the answer to a request has it.

        Raises LogfireError when the answer makes no sense. After a POST that is an unknown outcome.
        """
        try:
            return self.load(wire)
        except (ValueError, LookupError, TypeError, AttributeError):
            problem = f"the answer has {article(self.word)} in an unexpected format"
            raise unexpected(problem, method, self.path(project_id, object_id)) from None

    def load(self, wire: Wire) -> State:
        """The state of an object as an answer has it; a member that is missing counts as null."""
        fields = {field.option: field.type.decode(wire.get(field.answer_member)) for field in self.fields}
        return {"id": wire["id"], **fields, **{member: wire.get(member) for member in self.read_only}}

    def with_defaults(self, wanted: State) -> State:
        """C(wanted) with the defaults of what the user did not set, and of what has one."""
        defaults = {field.option: field.default for field in self.fields if not field.required}
        return {**defaults, **wanted}

    def resolve(self, wanted: State, current: State | None, lookup: Lookup) -> State:
        """C(wanted) with the references to other objects looked up."""
        return wanted

    def changes(self, wanted: State, current: State) -> State:
        """The fields of C(wanted) that differ from C(current), with the values to give them.

        Raises OptionError for a difference in what cannot be changed.
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

    def unkept(self, wanted: State, current: State) -> list[str]:
        """The options that an object, read back after a change, does not have as they were wanted."""
        return list(self.changes(wanted, current))

    def public(self, state: State, wanted: State) -> State:
        """A state as a result may show it: without secrets, also where it was predicted from C(wanted)."""
        return state

    def new(self, wanted: State) -> State:
        """The state of an object that is made as C(wanted).

        Raises OptionError when something required is missing, or when the API cannot create such objects.
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
        """The request that makes C(state): what the user set, and what the API insists on."""
        return {
            field.request_member: field.type.encode(state[field.option])
            for field in self.fields
            if field.creatable
            and (field.always_created_with or (field.option in wanted and state[field.option] not in ("", [], None)))
        }

    def update_body(self, changes: State, current: State, project_name: str | None) -> Wire:
        """The request that makes C(changes): only what changes, since omitted means unchanged."""
        return {
            field.request_member: field.type.encode(changes[field.option])
            for field in self.fields
            if field.option in changes
        }

    def as_listed(self, state: State) -> Wire:
        """What a list would say of an object that check mode foresees, as far as others depend on it."""
        return {"id": state["id"], self.wire_key: state[self.key]}

    def guard(self, lookup: Lookup, current: State, after: State | None, others: list[Wire]) -> None:
        """Raise OptionError for a change or removal (C(after) is None) that nobody can want.

        C(others) are the other objects of the list.
        """

    def secret_in(self, changes: State) -> str | None:
        """The secret that a request which makes C(changes) carries, for the fingerprints."""
        return None

    def needs_project_name(self, current: State | None) -> bool:
        """Whether a body that creates (C(current) is None) or changes an object holds the project's name."""
        return False

    def show(self, state: State) -> dict[str, Any]:
        """The fields of a state as diffs show them."""
        return {
            field.option: field.type.show(state[field.option])
            for field in self.fields
            if state.get(field.option) is not None
        }

    def describe(self, state: State) -> dict[str, Any]:
        """The options that make an object of this state, every one of them: what is left out would not be changed."""
        return {field.option: state[field.option] for field in self.fields}

    def gap(self, state: State) -> str:
        """What of a state L(describe) has to leave out, as a sentence; an empty text for nothing."""
        return ""

    def warnings(self, answer: Wire) -> list[str]:
        """What an answer to a creation or a change says that the user should know."""
        return []
