# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read answers in bounded time and memory, whatever the server sends, with every version of urllib3."""

from __future__ import annotations

import gzip
import io
import socket
import time
import zlib
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.exceptions import HTTPError
else:
    try:
        import requests
        from requests.adapters import HTTPAdapter
        from urllib3.exceptions import HTTPError
    except ImportError:  # no request is sent then, but the class below must still be definable
        HTTPAdapter = object

LARGEST_ANSWER = 64 * 1024 * 1024  # bytes; a hundred times the expected size of the largest list of the API
ENCODING = "gzip"  # for the Accept-Encoding of requests: read_body() unpacks nothing else
_BLOCK = 65536  # bytes


class BoundedAdapter(HTTPAdapter):
    """An adapter of C(requests) whose timeout covers the whole answer, from the first byte to the last.

    The timeout of C(requests) itself only limits the wait for the next bytes, so a server that sends one header, one
    interim answer or one byte after the other never exceeds it.
    """

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _bound(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        _bound(manager)
        return manager


def read_body(response: requests.Response) -> bytes:
    """Return the unpacked body of a streamed answer. A body larger than LARGEST_ANSWER is truncated.

    Raises requests.RequestException if the connection breaks.
    """
    body = bytearray()
    try:
        while len(body) <= LARGEST_ANSWER and (block := response.raw.read(_BLOCK, decode_content=False)):
            body += block
        if len(body) <= LARGEST_ANSWER and response.raw.length_remaining:  # urllib3 checks this only since 2.0
            raise HTTPError("incomplete")
        if response.headers.get("Content-Encoding", "").lower() == ENCODING:
            return gzip.GzipFile(fileobj=io.BytesIO(body)).read(LARGEST_ANSWER + 1)
    except (HTTPError, OSError, EOFError, zlib.error) as error:
        raise requests.exceptions.ConnectionError(error) from None
    return bytes(body)


class BoundedResponse(HTTPResponse):
    """An answer that must arrive completely, with headers and trailers, within the timeout of its socket."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_InTime(self.fp.detach(), sock))


class _InTime(io.RawIOBase):
    """A stream of what arrives at a socket, until its timeout has passed since this object was created."""

    def __init__(self, arriving: io.RawIOBase, sock: socket.socket) -> None:
        self._arriving = arriving
        self._socket = sock
        self._timeout = sock.gettimeout()
        self._end = None if self._timeout is None else time.monotonic() + self._timeout

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._end is None:
            return self._arriving.readinto(buffer)
        left = self._end - time.monotonic()
        if left <= 0:
            raise socket.timeout
        self._socket.settimeout(left)
        try:
            return self._arriving.readinto(buffer)
        finally:
            self._socket.settimeout(self._timeout)  # for the next request

    def close(self) -> None:
        self._arriving.close()
        super().close()


def _bound(manager: Any) -> None:
    """Make the connections of a pool manager of urllib3 read bounded answers; its other settings are kept."""
    manager.pool_classes_by_scheme = {
        scheme: pool if pool.ConnectionCls.response_class is BoundedResponse else _bounded(pool)
        for scheme, pool in manager.pool_classes_by_scheme.items()
    }


def _bounded(pool: Any) -> type:
    connection = type(
        f"Bounded{pool.ConnectionCls.__name__}", (pool.ConnectionCls,), {"response_class": BoundedResponse}
    )
    return type(f"Bounded{pool.__name__}", (pool,), {"ConnectionCls": connection})
