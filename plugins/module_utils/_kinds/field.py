# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a kind says of itself in its declaration, and what planning may ask of others."""

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
    """What is known of the secrets that were sent: the API shows too little of them to tell."""

    def matches(self, object_id: str, secret: str) -> bool:
        """Whether C(secret) is what was last sent to the object."""

    def note(self, object_id: str, secret: str) -> None:
        """Remember that the API accepted C(secret) for the object."""

    def discard(self, object_id: str) -> None:
        """Remember that the object is gone."""


@dataclass(frozen=True)
class Reference:
    """Where a state refers to another object: C(holder) has its ID and, once that is known, its name."""

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
        """Take note of the name."""
        self.holder[self.name_member] = name


class Lookup(Protocol):
    """What planning may ask about other objects of the organization."""

    fingerprints: Fingerprints | None

    def all(self, kind: Kind) -> list[Wire]:
        """The objects of a list of the organization, which is read once. Raises LogfireError."""

    def find(self, kind: Kind, reference: str, current_id: str | None = None) -> Wire:
        """The object of a list that a name or an id means. Raises OptionError when there is none, or more than one.

        C(current_id) is what is referred to now: if it has that name, it is meant.
        """

    def report(self, report: Report, asked: State) -> Any:
        """What a report says, which is read once. Raises LogfireError."""


class Scopes(NamedTuple):
    """What the API asks of the API token (published document, security of each operation)."""

    read: str
    write: str
    create: str = ""  # where a creation needs another one than a change


class Field(NamedTuple):
    """One field of a kind. Its C(type) says how values are checked, compared, sent and shown."""

    option: str
    type: ValueType
    wire: str = ""  # the member of requests, where it is not called as the option
    answer: str = ""  # the member of answers, where it is not called as in requests
    required: bool = False  # to create
    default: Any = None  # of a new object, when the user says nothing
    always_created_with: bool = False  # the API wants it in the body of every creation
    creatable: bool = True  # False: the API ignores it when it creates; a second request sets it
    immutable: bool = False  # can only be given to a new object

    @property
    def request_member(self) -> str:
        return self.wire or self.option

    @property
    def answer_member(self) -> str:
        return self.answer or self.request_member


@contextmanager
def naming(option: str) -> Iterator[None]:
    """Say of every problem with a value which option it is of."""
    try:
        yield
    except OptionError as error:
        raise error.within(option) from None
    except ValueError as error:
        raise OptionError(option, str(error)) from None
