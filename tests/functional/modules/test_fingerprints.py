# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that change behind what the API shows of them are noticed by their fingerprints, which tell nothing."""

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cases import bodies

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run, Runner

#: By type: two secrets of which the API shows the same.
ROTATED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "webhook": (
        {"format": "auto", "url": "https://hooks.example.com/services/T0/B0/beforehand"},
        {"format": "auto", "url": "https://hooks.example.com/services/T0/B0/afterwards"},
    ),
    "opsgenie": ({"auth_key": "before-secret-key-12345"}, {"auth_key": "afterw-secret-key-12345"}),
    "pagerduty": (
        {"routing_key": "a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3"},
        {"routing_key": "ffffffffe4f5a0b1c2d3e4f5a0b1c2d3"},
    ),
}
SECRET = {"webhook": "url", "opsgenie": "auth_key", "pagerduty": "routing_key"}


class Way:
    """A channel by its own module or by a stack, with a file of fingerprints."""

    def __init__(self, run: "Runner", module: str, file: Path) -> None:
        self.run, self.module, self.file = run, module, file

    def __call__(self, check: bool = False, fail: bool = False, **options: Any) -> "Run":
        channel = {"name": "new", **options}
        given = channel if self.module == "logfire_channel" else {"channels": [channel]}
        run = self.run.fails if fail else self.run.ok
        done = run(self.module, check=check, fingerprints=str(self.file), **given)
        for first, second in ROTATED.values():
            for secret in {*first.values(), *second.values()} - {"auto"}:
                assert secret not in done.stdout
                assert not self.file.is_file() or secret not in self.file.read_text(errors="replace")
        return done


@pytest.fixture(params=["logfire_channel", "logfire_stack"])
def way(request: pytest.FixtureRequest, run: "Runner", tmp_path: Path) -> Way:
    return Way(run, request.param, tmp_path / "fingerprints.json")


def stored(emulator: "RunningEmulator") -> dict[str, Any]:
    """The channel as the service has it."""
    (found,) = (channel for channel in emulator.store.snapshot()["channels"] if channel["label"] == "new")
    config: dict[str, Any] = found["config"]
    return config


@pytest.mark.parametrize("kind", ROTATED)
def test_a_rotated_secret_is_sent_once(kind: str, way: Way, emulator: "RunningEmulator") -> None:
    first, second = ({"type": kind, **config} for config in ROTATED[kind])
    assert way(config=first).changed
    assert stat.S_IMODE(way.file.stat().st_mode) == 0o600
    assert list(json.loads(way.file.read_text())) == [emulator.store.snapshot()["channels"][-1]["id"]]
    bytes_before = way.file.read_bytes()
    assert not way(config=first).changed

    check = way(check=True, config=second)
    assert check.changed
    assert "sent again" in json.dumps(check.result["diff"])
    assert way.file.read_bytes() == bytes_before
    real = way(config=second)
    assert real.result["diff"] == check.result["diff"]
    assert bodies(real)[-1]["config"][SECRET[kind]] == second[SECRET[kind]] == stored(emulator)[SECRET[kind]]
    assert way.file.read_bytes() != bytes_before
    for check_mode in (True, False):
        assert not way(check=check_mode, config=second).changed
    assert way(config=first).changed

    assert way(state="absent").changed
    assert json.loads(way.file.read_text()) == {}
    assert not way(state="absent").changed


def test_a_secret_that_is_not_known_is_sent_once(way: Way, run: "Runner") -> None:
    config = {"type": "webhook", **ROTATED["webhook"][0]}
    run.ok("logfire_channel", name="new", config=config)
    assert not way.file.exists()
    assert way(config=config).changed
    assert not way(config=config).changed
    assert not way(active=True).changed


def test_policies_other_than_on_drift(way: Way) -> None:
    first, second = ({"type": "opsgenie", **config} for config in ROTATED["opsgenie"])
    way(config=first)
    before = way.file.read_bytes()
    assert not way(config=second, update_secret="on_create").changed
    assert way(config=first, update_secret="always").changed
    assert way.file.read_bytes() == before
    assert way(config=second, update_secret="always").changed
    assert not way(config=second).changed


def test_a_secret_that_was_refused_is_not_known(way: Way, emulator: "RunningEmulator") -> None:
    first, second = ({"type": "webhook", **config} for config in ROTATED["webhook"])
    way(config=first)
    before = way.file.read_bytes()
    emulator.faults.add(action="status", status=422, method="PUT", path="/channels/")
    way(config=second, fail=True)
    assert way.file.read_bytes() == before
    assert way(config=second).changed
    assert not way(config=second).changed


BAD: dict[str, Any] = {
    "no JSON": b"{",
    "bytes": b"\xff\xfe\x00",
    "empty": b"",
    "a list": b"[]",
    "another file": b'{"name": "x"}',
    "another key": b'{"x": "scrypt:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAA=="}',
    "another value": b'{"11111111-1111-4111-8111-111111111111": "plain"}',
    "a number": b'{"11111111-1111-4111-8111-111111111111": 1}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
@pytest.mark.parametrize("check", [True, False])
def test_a_file_of_something_else(content: bytes, check: bool, way: Way) -> None:
    way.file.write_bytes(content)
    failed = way(check=check, fail=True, config={"type": "webhook", **ROTATED["webhook"][0]})
    assert failed.result["msg"].startswith(f"fingerprints: {way.file} is not a file of fingerprints")
    assert failed.calls == []
    assert way.file.read_bytes() == content


def test_places_that_cannot_be_written(way: Way, tmp_path: Path) -> None:
    config = {"type": "webhook", **ROTATED["webhook"][0]}
    for place in (tmp_path, tmp_path / "missing" / "file"):
        way.file = place
        failed = way(fail=True, config=config)
        assert failed.result["msg"].startswith(f"fingerprints: {place} cannot be")
        assert failed.calls == []


def test_the_mode_of_the_file(run: "Runner", tmp_path: Path) -> None:
    config = {"type": "webhook", **ROTATED["webhook"][0]}
    for number, mode in enumerate(("0644", 0o640)):
        file = tmp_path / str(number)
        run.ok("logfire_channel", name=f"c{number}", config=config, fingerprints=str(file), mode=mode)
        assert oct(stat.S_IMODE(file.stat().st_mode)) == ("0o644", "0o640")[number]
    failed = run.fails("logfire_channel", name="c", config=config, fingerprints=str(tmp_path / "2"), mode="u=rw")
    assert failed.result["msg"].startswith("mode: 'u=rw' is not an octal number")


def test_a_link_is_replaced_and_not_followed(way: Way, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("{}\n")
    os.symlink(other, way.file)
    way(config={"type": "webhook", **ROTATED["webhook"][0]})
    assert other.read_text() == "{}\n"
    assert not way.file.is_symlink()


def test_the_same_secret_of_two_channels_looks_different(run: "Runner", tmp_path: Path) -> None:
    config = {"type": "webhook", **ROTATED["webhook"][0]}
    channels = [{"name": name, "config": config} for name in ("one", "two")]
    run.ok("logfire_stack", channels=channels, fingerprints=str(tmp_path / "file"))
    first, second = json.loads((tmp_path / "file").read_text()).values()
    assert first != second
