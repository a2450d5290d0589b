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
from .records import State

Raw = dict[str, Any]


def load(seed: Mapping[str, Any] | None, ids: Ids, clock: Clock) -> State:
    """The state of a seed; what is wrong with the seed becomes a 422."""
    try:
        return State.model_validate(_Completion(ids, clock).state(dict(seed or {})))
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        raise ApiError(422, [dict(problem) for problem in problems]) from error
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ApiError(422, [{"type": "seed", "loc": ["body"], "msg": str(error)}]) from error


def empty_definition(name: str, project: str) -> Raw:
    """A dashboard with nothing on it."""
    return {
        "kind": "Dashboard",
        "metadata": {"name": name, "project": project},
        "spec": {
            "display": {"name": name},
            "panels": {},
            "layouts": [],
            "variables": [],
            "duration": "1h",
            "refreshInterval": "0s",
        },
    }


class _Completion:
    """Fills in what a seed leaves out."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._channel_ids: dict[str, Any] = {}

    def state(self, raw: Raw) -> Raw:
        organization = {"id": self._ids.new(), **raw.pop("organization", {})}
        channels = [self._channel(item) for item in raw.pop("channels", [])]
        self._channel_ids = {item["label"]: item["id"] for item in reversed(channels)}
        projects = [self._project(item) for item in raw.pop("projects", [])]
        return {"organization": organization, "channels": channels, "projects": projects, **raw}

    def _record(self, item: Any, naming: str) -> Raw:
        given = {naming: item} if isinstance(item, str) else dict(item)
        return {"id": self._ids.new(), "created_at": self._clock.now(), **given}

    def _channel(self, item: Any) -> Raw:
        record = self._record(item, "label")
        webhook = {"type": "webhook", "format": "auto", "url": "https://hooks.example.com/services/secret"}
        return {"config": webhook, **record}

    def _project(self, item: Any) -> Raw:
        record = self._record(item, "project_name")
        record.setdefault("updated_at", record["created_at"])
        for kind in ("write_tokens", "read_tokens"):
            record[kind] = [
                {"token": self._ids.secret(), **self._record(token, "token")} for token in record.get(kind, [])
            ]
        record["alerts"] = [self._alert(alert) for alert in record.get("alerts", [])]
        record["dashboards"] = [
            self._dashboard(board, record["project_name"]) for board in record.get("dashboards", [])
        ]
        return record

    def _alert(self, item: Any) -> Raw:
        record = self._record(item, "name")
        labels = record.pop("channels", None)
        if labels is not None:
            record["channel_assignments"] = [{"channel_id": self._channel_ids.get(name, name)} for name in labels]
        return record

    def _dashboard(self, item: Any, project: str) -> Raw:
        record = self._record(item, "slug")
        record.setdefault("name", record["slug"])
        empty = empty_definition(record["name"], project)
        given = record.get("definition", {})
        record["definition"] = {**empty, **given, "metadata": {**empty["metadata"], **given.get("metadata", {})}}
        return record
