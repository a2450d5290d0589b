# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fields, references and scopes of kinds, and the protocols that planning uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from .._api.client import Wire
from .._values.option_errors import OptionError
from .._values.types import ValueType

if TYPE_CHECKING:
    from .kind import Kind
    from .report import Report

State = dict[str, Any]


class Fingerprints(Protocol):
    """Knows which secrets were last sent, since the API shows secrets only masked."""

    def matches(self, object_id: str, secret: str) -> bool:
        """Whether C(secret) was the last secret sent to the object."""

    def note(self, object_id: str, secret: str) -> None:
        """Record that the API accepted C(secret) for the object."""

    def discard(self, object_id: str) -> None:
        """Record that the object was removed."""


@dataclass(frozen=True)
class Reference:
    """A reference of a state to another object: C(holder) is the dictionary with its ID and, if known, its name."""

    kind: Kind
    holder: dict[str, Any]
    id_member: str = "id"
    name_member: str = "name"

    @property
    def id(self) -> str:
        object_id: str = self.holder[self.id_member]
        return object_id

    @property
    def name(self) -> str | None:
        return self.holder.get(self.name_member)

    def call(self, name: str | None) -> None:
        """Set the name in the state."""
        self.holder[self.name_member] = name


class Lookup(Protocol):
    """Finds other objects of the organization during planning."""

    fingerprints: Fingerprints | None

    def all(self, kind: Kind) -> list[Wire]:
        """Return the objects of a list of the organization, which is read only once. Raises LogfireError."""

    def find(self, kind: Kind, reference: str, current_id: str | None = None) -> Wire:
        """Return the object with a name or ID. Raises OptionError if there is none, or more than one.

        C(current_id) is the ID of the object that is used now. If it has that name, it is returned.
        """

    def report(self, report: Report, asked: State) -> Any:
        """Return the content of a report, which is read only once. Raises LogfireError."""


class Scopes(NamedTuple):
    """The scopes that the API requires (published document, security of each operation)."""

    read: str
    write: str
    create: str = ""  # if it differs from the scope of an update


class Field(NamedTuple):
    """One field of a kind. Its C(type) determines how values are checked, compared, sent and shown."""

    option: str
    type: ValueType
    wire: str = ""  # the member of requests, if its name differs from the option
    answer: str = ""  # the member of answers, if its name differs from requests
    required: bool = False  # for a creation
    default: Any = None  # the value of a new object if the option is not set
    required_on_create: bool = False  # the API requires it in the body of every creation
    creatable: bool = True  # False: the API ignores it in a creation, so a second request sets it
    immutable: bool = False  # cannot be changed after the creation

    @property
    def request_member(self) -> str:
        return self.wire or self.option

    @property
    def answer_member(self) -> str:
        return self.answer or self.request_member


@contextmanager
def naming(option: str) -> Iterator[None]:
    """A context that converts a ValueError to an OptionError for that option."""
    try:
        yield
    except OptionError as error:
        raise error.within(option) from None
    except ValueError as error:
        raise OptionError(option, str(error)) from None
