# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line: options, the line with the address of the emulator, and a clean exit on SIGTERM and SIGINT."""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from .core import Emulator
from .errors import ApiError
from .server import LOOPBACK_HOSTS, bind_loopback, build_server
from .settings import Settings


def build_parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="emulator", description="A stand-in of the Logfire management API.")
    parser.add_argument("--host", default="127.0.0.1", choices=LOOPBACK_HOSTS, help="loopback address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one")
    parser.add_argument("--seed", type=Path, metavar="FILE.json", help="state to start from, as PUT /_emulator/state")
    parser.add_argument("--latency-ms", type=int, default=0, metavar="N", help="wait before each answer")
    parser.add_argument("--settings", action="store_true", help="show every setting with its default, and end")
    return parser


def describe_settings() -> str:
    """Yield a line for each setting: its default as JSON, and its description."""
    defaults = Settings().model_dump(mode="json")
    return "\n".join(
        f"{name} = {json.dumps(defaults[name])}: {field.description}" for name, field in Settings.model_fields.items()
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until a signal ends it."""
    parser = build_parser()
    options = parser.parse_args(argv)
    if options.settings:
        print(describe_settings())
        return 0
    try:
        seed = json.loads(options.seed.read_text(encoding="utf-8")) if options.seed else None
        emulator = Emulator(Settings(latency_ms=options.latency_ms), seed)
    except (OSError, ValueError, ApiError) as error:
        parser.error(str(error))

    def leave(signum: int, frame: FrameType | None) -> None:
        sys.exit(0)

    # uvicorn stops gracefully on these two, and then raises the signal again, which is handled as an exit with 0.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    listener = bind_loopback(options.host, options.port)
    host, port = listener.getsockname()[:2]
    shown_host = f"[{host}]" if ":" in host else host

    def announce() -> None:
        print(f"Logfire emulator listening on http://{shown_host}:{port}", flush=True)

    build_server(emulator, on_started=announce).run(sockets=[listener])
    return 0
