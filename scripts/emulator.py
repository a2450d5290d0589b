# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a command with its own Logfire emulator: python scripts/emulator.py COMMAND...

The command gets LOGFIRE_BASE_URL and LOGFIRE_API_TOKEN of the emulator. Without a command, it runs until Ctrl-C.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from workplace import BUILD, ROOT, venv

TOKEN = "pylf_v1_local_emulator"
START_SECONDS = 30


@contextlib.contextmanager
def emulator(bin_folder: Path, log: Path) -> Iterator[dict[str, str]]:
    """Start an emulator on a free port, yield the environment variables to use it, and always stop it at the end."""
    signal.signal(signal.SIGTERM, _leave)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            [bin_folder / "python", ROOT / "tests/emulator", "--port", "0"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            # Ctrl-C does not reach the emulator: it is stopped here, after its users have ended.
            start_new_session=True,
        )
    try:
        yield {"LOGFIRE_BASE_URL": _wait_for_url(process, log), "LOGFIRE_API_TOKEN": TOKEN}
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _leave(signum: int, frame: FrameType | None) -> None:
    """Exit like Ctrl-C, with the clean-up."""
    sys.exit(128 + signum)


def _wait_for_url(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"^Logfire emulator listening on (http://\S+)$", log.read_text(), re.MULTILINE)
        if found:
            return found.group(1)
        time.sleep(0.05)
    raise SystemExit(f"The emulator did not start. It said:\n{log.read_text()}")


def main(command: list[str]) -> int:
    bin_folder = venv("emulator")
    with emulator(bin_folder, BUILD / "emulator.log") as variables:
        if command:
            return subprocess.run(command, env=os.environ | variables, check=False).returncode
        print("\n".join(f"export {name}={value}" for name, value in variables.items()), flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
