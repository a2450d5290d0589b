# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client of the emulator that hides nothing."""

import json
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from emulator.server import RunningEmulator


class Api:
    """The API and the controls of an emulator. Each call returns the raw response."""

    def __init__(self, emulator: "RunningEmulator", key: str | None) -> None:
        self.emulator = emulator
        self.session = requests.Session()
        self.session.trust_env = False
        if key is not None:
            self.session.headers["Authorization"] = f"Bearer {key}"

    def call(self, method: str, path: str, body: Any = ..., **options: Any) -> requests.Response:
        """Send a request below ``/api/v1/``. The body is sent as JSON, even null, unless it is omitted."""
        if body is not ...:
            headers = {"Content-Type": "application/json", **options.get("headers", {})}
            options = {**options, "data": json.dumps(body), "headers": headers}
        return self.session.request(
            method, f"{self.emulator.base_url}/api/v1/{path}", allow_redirects=False, timeout=30, **options
        )

    def ok(self, method: str, path: str, body: Any = ..., **options: Any) -> Any:
        """Return the JSON of a response, which must be successful."""
        response = self.call(method, path, body, **options)
        assert response.status_code in (200, 201, 204), response.text
        return response.json() if response.content else None

    def control(self, method: str, path: str, body: Any = None) -> requests.Response:
        """Send a request to the emulator's controls."""
        return self.session.request(method, f"{self.emulator.base_url}/_emulator/{path}", json=body, timeout=30)
