# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documents: kinds of which the service always has exactly one. It is read and replaced as a whole."""

from __future__ import annotations

from typing import Any, ClassVar

from .._api.client import LogfireClient, Wire
from .._api.errors import NotFound, needing, unexpected
from .field import State
from .kind import Kind


class Document(Kind):
    """A document, handled as a list of one object. Its name is used as its ID."""

    key = "id"
    wire_key = "id"
    is_document = True
    older_path: ClassVar[str] = ""  # its path in earlier releases

    @property
    def rules(self) -> dict[str, Any]:
        return {}

    def argument_spec(self) -> dict[str, Any]:
        return {field.option: {**field.type.spec, "required": True} for field in self.fields}

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        return [self._send(client, "GET")]

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        """Update the document, and read it: the answer does not have all members."""
        return self._send(client, "PUT", body)

    def live_warnings(self, state: State) -> list[str]:
        """Return warnings about the current document, which are shown even if it is not changed."""
        return []

    def _send(self, client: LogfireClient, method: str, body: Wire | None = None) -> Wire:
        """Send a request to the new route or, if the service does not have it, to the older one."""
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
