# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the emulator stores, secrets in clear, and where it lies. Its JSON form is what ``/_emulator/state`` shows.

Values that only requests restrict are open in records, so that those of a release to come can be seeded.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, cast
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, create_model

from .errors import NotFoundError

if TYPE_CHECKING:
    from .seeding import Seeding

Raw = dict[str, Any]


class Record(BaseModel):
    """An object with an ID. Unknown members are refused, to find mistakes in seeds."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    created_at: datetime


class Authored(Record):
    """A record with its author and last editor; ``updated_at`` is null until the first change."""

    updated_at: datetime | None = None
    created_by_name: str | None = None
    updated_by_name: str | None = None


R = TypeVar("R", bound=Record)


def _as_seeded(seeding: "Seeding", record: Raw, holder: Raw) -> None:
    """Complete nothing."""


@dataclass(frozen=True, eq=False)
class Collection(Generic[R]):
    """Records of one type: a list in JSON, found by id in Python, in order of insertion.

    ``name`` is the member of what they lie in: of a record of another collection (``within``), or of the organization's
    state. A seed may give the one member ``naming`` in place of a record; ``complete`` fills in what it leaves out.
    """

    name: str
    record: type[R]
    missing: str
    within: "Collection[Any] | None" = None
    naming: str = "name"
    complete: "Callable[[Seeding, Raw, Raw], None]" = _as_seeded

    def of(self, holder: BaseModel) -> dict[UUID, R]:
        """Return the records in a holder."""
        return cast("dict[UUID, R]", getattr(holder, self.name))

    def find(self, holder: BaseModel, record_id: UUID) -> R:
        """Return one of them. Raises the error that it is missing."""
        found = self.of(holder).get(record_id)
        if found is None:
            raise NotFoundError(self.missing)
        return found


def taken(records: Iterable[Record], member: str, value: Any, holder: Record | None = None) -> bool:
    """Whether any record but C(holder) has a value in a member."""
    return any(getattr(each, member) == value and each is not holder for each in records)


class Organization(BaseModel):
    """The organization of all keys."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str = "acme"


class State(BaseModel):
    """The whole state; the kinds add their members."""

    model_config = ConfigDict(extra="forbid")

    organization: Organization


def _by_id(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    keyed = {item["id"] if isinstance(item, dict) else item.id: item for item in value}
    if len(keyed) != len(value):
        raise ValueError("two objects have the same id")
    return keyed


def _as_list(value: dict[UUID, R]) -> list[R]:
    return list(value.values())


def _keyed(record: Any) -> Any:
    """Return the type of a collection's member: a list in JSON, and a dictionary by ID in Python."""
    return Annotated[dict[UUID, record], BeforeValidator(_by_id), PlainSerializer(_as_list)]


class Types:
    """The types of the state and of all records, with the members that lie in them."""

    def __init__(self, collections: Iterable[Collection[Any]]) -> None:
        self.collections = list(collections)
        self._records: dict[Collection[Any], Any] = {}
        self.state = self._with_members(State, None)

    def inside(self, holder: Collection[Any] | None) -> Iterator[Collection[Any]]:
        """The collections that lie in the records of another, or in the organization."""
        return (collection for collection in self.collections if collection.within is holder)

    def record(self, collection: Collection[R]) -> type[R]:
        """The type of the records of a collection."""
        return cast("type[R]", self._records[collection])

    def _with_members(self, base: Any, holder: Collection[Any] | None) -> Any:
        members: dict[str, Any] = {
            inner.name: (_keyed(self._with_members(inner.record, inner)), Field(default_factory=dict))
            for inner in self.inside(holder)
        }
        complete: Any = create_model(base.__name__, __base__=base, **members) if members else base
        if holder is not None:
            self._records[holder] = complete
        return complete
