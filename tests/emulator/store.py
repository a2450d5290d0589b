# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The store: the state, and the settings, IDs and clock that its changes require. It does not depend on HTTP."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from . import seeding
from .identity import Clock, Ids
from .ordering import arrange
from .records import Authored, Collection, R, Record, Types
from .shared_settings import SharedSettings

if TYPE_CHECKING:
    from .kind import Kind


class Store:
    """One organization and what is in it."""

    def __init__(
        self, kinds: "Iterable[Kind]", settings: SharedSettings, seed: Mapping[str, Any] | None = None
    ) -> None:
        self.kinds = list(kinds)
        self.settings = settings
        self.clock = Clock(settings)
        self.types = Types([collection for kind in self.kinds for collection in kind.collections])
        self.load(seed)

    def load(self, seed: Mapping[str, Any] | None) -> None:
        """Load a seed; the sequences of IDs and secrets restart, too."""
        ids = Ids(self.settings.random_seed)
        self.state: Any = seeding.load(seed, self.types, ids, self.clock)
        self.ids = ids

    def snapshot(self) -> dict[str, Any]:
        """Return the whole state as JSON, with unmasked secrets, as a seed for :meth:`load`."""
        snapshot: dict[str, Any] = self.state.model_dump(mode="json")
        return snapshot

    def add(self, collection: Collection[R], holder: BaseModel, **values: Any) -> R:
        """Add a new record to the organization's state or to another record."""
        record_type = self.types.record(collection)
        own = {"id": self.ids.new(), "created_at": self.clock.now()}
        if "created_by_name" in record_type.model_fields:
            own["created_by_name"] = self.settings.actor_name
        record = record_type(**{**own, **values})
        collection.of(holder)[record.id] = record
        return record

    def records(self) -> Iterator[Record]:
        """Return all records."""
        return self._records_in(self.state, None)

    def _records_in(self, holder: BaseModel, inside: Collection[Any] | None) -> Iterator[Record]:
        for collection in self.types.inside(inside):
            for record in collection.of(holder).values():
                yield record
                yield from self._records_in(record, collection)

    def arranged(self, records: Iterable[R]) -> list[R]:
        """Return records in the order of the server."""
        return arrange(records, self.settings.list_order, lambda record: record.id)

    def touch(self, record: Authored) -> None:
        """Note that a record was changed, when and by whom."""
        record.updated_at = self.clock.now()
        record.updated_by_name = self.settings.actor_name
