# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Short seeds: a state with names only is completed with ids, secrets and instants.

``{"channels": ["ops"], "projects": ["shop", {"project_name": "web", "alerts": [{"name": "E", "channels": ["ops"]}]}]}``
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from .errors import ApiError
from .identity import Clock, Ids
from .records import Collection, Raw, State, Types


def load(seed: Mapping[str, Any] | None, types: Types, ids: Ids, clock: Clock) -> State:
    """Return the state of a seed. An invalid seed is a 422."""
    try:
        state: State = types.state.model_validate(Seeding(types, ids, clock).completed(dict(seed or {})))
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        raise ApiError(422, [dict(problem) for problem in problems]) from error
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ApiError(422, [{"type": "seed", "loc": ["body"], "msg": str(error)}]) from error
    return state


class Seeding:
    """Completes a seed, collection by collection."""

    def __init__(self, types: Types, ids: Ids, clock: Clock) -> None:
        self.ids = ids
        self.clock = clock
        self._types = types
        self._completed: dict[Collection[Any], list[Raw]] = {}

    def completed(self, seed: Raw) -> Raw:
        """Return the whole state."""
        state = {**seed, "organization": {"id": self.ids.new(), **seed.get("organization", {})}}
        self._complete_inside(None, state)
        return state

    def id_of(self, collection: Collection[Any], name: Any) -> Any:
        """Return the ID of the first record with this name in a collection so far; return an ID as it is."""
        named = [each["id"] for each in self._completed.get(collection, []) if each[collection.naming] == name]
        return named[0] if named else name

    def _complete_inside(self, holder: Collection[Any] | None, raw: Raw) -> None:
        for collection in self._types.inside(holder):
            if collection.name in raw:
                raw[collection.name] = [self._record(collection, item, raw) for item in raw[collection.name]]

    def _record(self, collection: Collection[Any], item: Any, holder: Raw) -> Raw:
        given = {collection.naming: item} if isinstance(item, str) else dict(item)
        record = {"id": self.ids.new(), "created_at": self.clock.now(), **given}
        collection.complete(self, record, holder)
        self._completed.setdefault(collection, []).append(record)
        self._complete_inside(collection, record)
        return record
