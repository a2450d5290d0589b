# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Serving the emulator: from the command line, or in a thread of a test."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn

from .app import create_app
from .core import Emulator
from .faults import Faults
from .recorder import LoggedRequest
from .settings import Settings
from .shared_settings import SharedSettings
from .store import Store
from .transport import TransportProtocol

LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")


class _Server(uvicorn.Server):
    """uvicorn's server, with a signal that it is ready."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_started()


def bind_loopback(host: str, port: int) -> socket.socket:
    """A listening socket of this machine only; port 0 takes a free one."""
    if host not in LOOPBACK_HOSTS:
        raise ValueError(f"the emulator listens on {', '.join(LOOPBACK_HOSTS)} only, not on {host}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is set because asyncio disables Nagle's algorithm only for sockets with the protocol TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    return listener


def build_server(emulator: Emulator, on_started: Callable[[], None]) -> uvicorn.Server:
    """Return a server without logs that keeps connections open, so that tests can check that clients reuse them."""
    config = uvicorn.Config(
        create_app(emulator),
        http=TransportProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_level=logging.CRITICAL,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
    return _Server(config, on_started)


@dataclass(frozen=True)
class RunningEmulator:
    """An emulator that serves in this process. A new setting may simply be assigned: ``.settings.list_order = ...``."""

    base_url: str
    emulator: Emulator

    @property
    def store(self) -> Store:
        """The store; ``.store.load(seed)`` seeds it, ``.store.snapshot()`` shows it."""
        return self.emulator.store

    @property
    def settings(self) -> SharedSettings:
        """The settings."""
        return self.emulator.settings

    @property
    def log(self) -> list[LoggedRequest]:
        """The requests of the API so far."""
        return self.emulator.log

    @property
    def faults(self) -> Faults:
        """The faults; ``.faults.add(action="drop_after", method="POST")`` adds one."""
        return self.emulator.faults

    def reset(self) -> None:
        """Restore the initial state."""
        self.emulator.reset()


@contextmanager
def running_emulator(seed: Mapping[str, Any] | None = None, **settings: Any) -> Iterator[RunningEmulator]:
    """An emulator on a free port of 127.0.0.1, served by a thread that ends with the block."""
    emulator = Emulator(Settings(**settings), seed)
    listener = bind_loopback("127.0.0.1", 0)
    ready = threading.Event()
    server = build_server(emulator, ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="emulator", daemon=True)
    thread.start()
    try:
        if not ready.wait(timeout=30):
            raise RuntimeError("the emulator did not start")
        yield RunningEmulator(f"http://127.0.0.1:{listener.getsockname()[1]}", emulator)
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        listener.close()
