# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access to the connection itself: the only way to break one as a network does.

An ASGI application cannot close a connection without an answer: uvicorn turns that into a 500. So the emulator serves
with a protocol that hands each request the transport it came by.
"""

import asyncio
from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

TRANSPORT = "emulator.transport"


async def _with_transport(
    app: ASGIApp, transport: asyncio.Transport, scope: Scope, receive: Receive, send: Send
) -> None:
    await app({**scope, TRANSPORT: transport}, receive, send)


class TransportProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, whose requests know their transport."""

    # As in uvicorn itself, narrower than asyncio's base class: an HTTP connection has a transport that writes.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give the application the transport of this connection."""
        super().connection_made(transport)
        self.app = partial(_with_transport, self.app, transport)


async def wait_closed(receive: Receive) -> None:
    """Wait until uvicorn has noticed that the connection is gone: from then on it expects no answer."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def abort(scope: Scope, receive: Receive) -> None:
    """Close the connection at once; nothing more is sent."""
    scope[TRANSPORT].abort()
    await wait_closed(receive)


async def finish(scope: Scope, receive: Receive) -> None:
    """Close the connection after what was written to it has been sent."""
    scope[TRANSPORT].close()
    await wait_closed(receive)
