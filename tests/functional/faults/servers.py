# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small servers on loopback that send any response that a test needs, even an invalid one."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """A connection. The server's C(answer) writes the response."""

    protocol_version = "HTTP/1.1"
    server: "_Server"
    body: bytes

    def do_GET(self) -> None:
        self.server.seen.append((self.command, self.path, dict(self.headers.items())))
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        with suppress(OSError):  # the client may close the connection
            self.server.answer(self)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_CONNECT = do_GET

    def send(
        self,
        body: bytes,
        status: int = 200,
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> None:
        """Send a complete response."""
        self.start(status, {"Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})})
        self.wfile.write(body)

    def start(self, status: int, headers: dict[str, str]) -> None:
        """Send the status and headers of a response."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Write nothing to stderr."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    answer: Answer
    seen: list[tuple[str, str, dict[str, str]]]

    def handle_error(self, *_arguments: object) -> None:
        """Ignore failed handshakes and broken connections, which tests cause."""


@dataclass
class TinyServer:
    """The address of a server, and the method, path and headers of each request that it received."""

    port: int
    scheme: str = "http"
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def calls(self) -> list[str]:
        return [f"{method} {path}" for method, path, _headers in self.seen]


@contextmanager
def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[TinyServer]:
    """Run a server in this context that gives this response to every request."""
    server = _Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    tiny = TinyServer(server.server_address[1], "https" if tls else "http")
    server.answer, server.seen = answer, tiny.seen
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield tiny
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
