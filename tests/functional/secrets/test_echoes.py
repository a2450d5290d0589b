# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an answer repeats: secrets in other spellings, and characters that a terminal obeys."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from harness import Runner

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

URL = 'https://hooks.example.com/services/"s3cret"/ü\\x'
ECHOES = {
    "as it is": URL,
    "in JSON": json.dumps(URL),
    "in JSON with its letters": json.dumps(URL, ensure_ascii=False),
    "in a URL": quote(URL, safe=""),
    "without its scheme": URL.partition("//")[2],
    "without its scheme, in JSON": json.dumps(URL.partition("//")[2]),
}
HOSTILE = "x\ny\x1b[31m\x9b2J\u202e\u2066\u2028\x00\r"


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_secret_that_is_repeated_in_another_spelling(
    echo: str, status: int, emulator: "RunningEmulator", emulator_key: str
) -> None:
    run = Runner(emulator, emulator_key)
    detail: Any = (
        f"cannot use {echo}" if status != 422 else [{"loc": ["body", "url"], "msg": f"not {echo}", "type": "x"}]
    )
    emulator.faults.add(action="status", status=status, method="POST", body={"detail": detail}, count=None)
    failed = run.fails("logfire_channel", name="ops", config={"type": "webhook", "url": URL})
    assert "s3cret" not in failed.stdout
    assert "********" in failed.result["msg"]


@pytest.mark.parametrize("option", ["api_token", "api_key"])
def test_a_short_secret_in_the_content_type(option: str, emulator: "RunningEmulator", emulator_key: str) -> None:
    run = Runner(emulator, emulator_key)
    run.connection.pop("api_token")
    emulator.settings.patch({"keys": [{"key": "s3cret"}]})
    for status in (200, 400):
        emulator.faults.clear()
        emulator.faults.add(
            action="status", status=status, body="no JSON", content_type="text/s3cret", path="/projects/", count=None
        )
        failed = run.fails("logfire_project", name="shop", **{option: "s3cret"})
        assert "s3cret" not in failed.stdout


def test_what_a_terminal_obeys_is_escaped(emulator: "RunningEmulator", emulator_key: str) -> None:
    run = Runner(emulator, emulator_key)
    emulator.store.load({"channels": [HOSTILE], "projects": ["shop"]})
    emulator.faults.add(action="status", status=400, method="PUT", body={"detail": HOSTILE})
    failed = run.fails("logfire_project", name="shop", description="x")
    unknown = run.fails("logfire_alert", project="shop", name="x", channels=["nobody"])
    warned = run.ok(
        "logfire_alert",
        check=True,
        project="shop",
        name="x",
        query="1",
        time_window="5m",
        frequency="1m",
        channels=[f"new{HOSTILE}x"],
    )
    stack = run.ok("logfire_stack", check=True, channels=[], prune=["channels"])
    heading = stack.result["diff"][0]["before_header"]
    for text in (failed.result["msg"], unknown.result["msg"], *warned.warnings, heading):
        assert text.isprintable(), text
    assert "\\x1b[31m" in failed.result["msg"]
    assert heading.startswith("channel x\\ny\\x1b")
