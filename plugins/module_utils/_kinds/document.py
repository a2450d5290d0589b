# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documents: kinds of which the service has one, always. It is read, and replaced as a whole."""

from __future__ import annotations

from typing import Any, ClassVar

from .._api.client import LogfireClient, Wire
from .._api.errors import NotFound, needing, unexpected
from .field import State
from .kind import Kind


class Document(Kind):
    """Such a document, as a list of one. Its name takes the place of an ID."""

    key = "id"
    wire_key = "id"
    is_document = True
    older_path: ClassVar[str] = ""  # where earlier releases have it

    @property
    def rules(self) -> dict[str, Any]:
        return {}

    def argument_spec(self) -> dict[str, Any]:
        return {field.option: {**field.type.spec, "required": True} for field in self.fields}

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        return [self._send(client, "GET")]

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        """The answer lacks what only a read tells."""
        return self._send(client, "PUT", body)

    def live_warnings(self, state: State) -> list[str]:
        """What users should know of how the document is, whether they change it or not."""
        return []

    def _send(self, client: LogfireClient, method: str, body: Wire | None = None) -> Wire:
        """A request, by the older route where the service has no newer one."""
        path = self.path("")
        with needing(self.scopes.write, self.since, of_collection=True):
            try:
                answer = client.send(method, path, body)
            except NotFound as missing:
                try:
                    answer = client.send(method, self.older_path, body)
                except NotFound:
                    raise missing from None
        if not isinstance(answer, dict):
            raise unexpected("the answer is not an object", method, path)
        return {**answer, "id": self.name}
