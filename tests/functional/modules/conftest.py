# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures of the tests of modules: rules for all runs."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from cases import seed
from harness import Run, Runner, is_write

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

SECRET_MEMBERS = ("url", "auth_key", "routing_key", "token")


def _secrets(value: Any) -> set[str]:
    """Return the secrets in a state of the emulator. URLs without a path are not secret: the API does not mask them."""
    if isinstance(value, list):
        return set().union(*map(_secrets, value))
    if isinstance(value, dict):
        own = {secret for name, secret in value.items() if name in SECRET_MEMBERS and isinstance(secret, str)}
        own = {secret for secret in own if "://" not in secret or urlsplit(secret).path}
        return own.union(*map(_secrets, value.values()))
    return set()


class CarefulRunner(Runner):
    """A runner that checks the rules for all runs after each run."""

    def __call__(self, module: str, /, *, check: bool = False, connect: bool = True, **options: Any) -> Run:
        before = self.emulator.store.snapshot()
        run = super().__call__(module, check=check, connect=connect, **options)
        after = self.emulator.store.snapshot()
        assert "Internal error" not in run.stdout
        assert "Traceback" not in run.stdout + run.stderr
        if check or not (run.changed or run.failed):
            writes = [call for call in run.requests if is_write(call) and (check or call.status not in range(400, 500))]
            assert not writes, "a write in check mode, or one that was not refused in a run that changed nothing"
            assert after == before
        assert "asterisks" not in str(run.warnings), "a secret had to be hidden in a result"
        shown = json.loads(run.stdout.splitlines()[-1])
        for credential in (shown.get("token"), shown.get("api_key")):
            if not run.failed and isinstance(credential, dict):
                credential.pop("token", None)  # the purpose of the module
        for secret in _secrets(before) | _secrets(after) | {self.connection["api_token"]}:
            assert len(secret) < 8 or secret not in json.dumps(shown, ensure_ascii=False) + run.stderr, (
                "a secret is shown"
            )
        return run


@pytest.fixture(autouse=True)
def no_connection_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ignore the environment variables of the user who runs the tests."""
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY", "LOGFIRE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(emulator: "RunningEmulator", emulator_key: str) -> Runner:
    """Run modules against an emulator that has the project shop and the channels ops and night."""
    emulator.store.load(seed())
    return CarefulRunner(emulator, emulator_key)
