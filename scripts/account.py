# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the integration tests in the account of LOGFIRE_API_TOKEN: python scripts/account.py [TARGET...]

All objects that the targets create have a prefix of this run. The targets remove them; objects that remain are
removed at the end or, if the run was killed, at the start of the next one.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from layout import lay_out
from workplace import BUILD, environment, venv

FOLDER = BUILD / "account"


def main(targets: list[str]) -> int:
    token = os.environ.get("LOGFIRE_API_TOKEN") or os.environ.get("LOGFIRE_API_KEY")
    if not token:
        print("Requires an account: set LOGFIRE_API_TOKEN and, if it does not contain a region, LOGFIRE_BASE_URL.")
        return 2
    # SIGTERM ends this like Ctrl-C, with the clean-up.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    base_url = os.environ.get("LOGFIRE_BASE_URL", "")
    print(f"The account is at {base_url or 'the region of the API token'}.", flush=True)
    try:
        passed = run_targets(lay_out(FOLDER), environment(venv("demo"), FOLDER), base_url, token, targets)
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    return 0 if passed else 1


def run_targets(
    collection: Path, env: Mapping[str, str], base_url: str, token: str, targets: Iterable[str] = ()
) -> bool:
    """Run ansible-test in a copy of the collection, with an account. Return whether all passed and nothing is left."""
    config = collection / "tests/integration/integration_config.yml"
    if config.exists() and not sweep(config, env):
        return False
    prefix = f"ci-{secrets.token_hex(4)}"
    # ansible-test does not pass environment variables on, so all settings of the targets are in this file.
    with open(os.open(config, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"logfire_base_url": base_url, "logfire_api_token": token, "logfire_prefix": prefix}, file)
    passed = swept = False
    try:
        passed = run(["ansible-test", "integration", "--local", "--color", "no", *targets], collection, env)
    finally:
        swept = sweep(config, env)
    return passed and swept


def sweep(config: Path, env: Mapping[str, str]) -> bool:
    """Remove the remaining objects of the run with this configuration, then the configuration, which has a secret."""
    swept = run(["ansible-playbook", "sweep.yml", "-e", f"@{config}"], config.parent, env)
    if swept:
        config.unlink()
    else:
        print(f"Something may be left in the account. The next run removes it; its prefix is in {config}", flush=True)
    return swept


def run(command: list[str], folder: Path, env: Mapping[str, str]) -> bool:
    print("$", shlex.join(command), flush=True)
    # Ctrl-C does not reach the command, so that the clean-up starts only after the targets have ended.
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait() == 0
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGINT)
        process.wait()
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
