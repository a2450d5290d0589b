# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The request log, and the common parts of all answers of the API: the delay and the header with the release."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .shared_settings import SharedSettings


@dataclass
class LoggedRequest:
    """One request of the API as received, and the status of the answer; None if there was no answer."""

    n: int
    method: str
    path: str
    query: str
    body: Any
    raw_body: str
    headers: dict[str, str]
    authorized: bool
    client: tuple[str, int] | None
    time: float
    status: int | None = None
    fault: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as ``GET /_emulator/log`` shows it."""
        return asdict(self)


async def read_body(receive: Receive) -> bytes:
    """Return the whole body of a request."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        chunk: bytes = message.get("body", b"")
        body += chunk
        if not message.get("more_body", False):
            return body


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return None


class RecorderMiddleware:
    """Writes the log, waits for the latency, and adds the release to every answer."""

    def __init__(
        self, app: ASGIApp, settings: SharedSettings, log: list[LoggedRequest], knows: Callable[[str | None], bool]
    ) -> None:
        self._app = app
        self._settings = settings
        self._log = log
        self._knows = knows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.time()
        body = await read_body(receive)
        entry = self._record(scope, body, started)
        scope["emulator.entry"] = entry
        replayed = False

        async def replay() -> Message:
            nonlocal replayed
            if replayed:
                return await receive()
            replayed = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                if self._settings.latency_ms:
                    await asyncio.sleep(self._settings.latency_ms / 1000)
                entry.status = message["status"]
                if self._settings.release is not None:
                    MutableHeaders(scope=message)[self._settings.release_header] = self._settings.release
            await send(message)

        await self._app(scope, replay, stamped)

    def _record(self, scope: Scope, body: bytes, started: float) -> LoggedRequest:
        headers = Headers(scope=scope)
        entry = LoggedRequest(
            n=len(self._log) + 1,
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            body=_parsed(body),
            raw_body=body.decode("utf-8", "replace"),
            headers={name: value for name, value in headers.items() if name != "authorization"},
            authorized=self._knows(headers.get("authorization")),
            client=tuple(scope["client"]) if scope.get("client") else None,
            time=started,
        )
        self._log.append(entry)
        return entry
