# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make integration-account`` leaves an account as it was, whatever happened. The emulator is the account."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import account
import pytest
from emulator.kinds.projects import ProjectCreate, create

from playbooks import COLLECTION, environment

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

CONFIG = "tests/integration/integration_config.yml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What ansible-test needs of the collection, in a git repository where it wants it to be."""
    folder = tmp_path / "ansible_collections/community/logfire"
    for part in ("meta", "plugins", "tests/integration"):
        unwanted = shutil.ignore_patterns("__pycache__", "integration_config.yml")
        shutil.copytree(COLLECTION / part, folder / part, ignore=unwanted)
    shutil.copy(COLLECTION / "galaxy.yml", folder)
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


@pytest.fixture
def others(emulator: "RunningEmulator") -> dict[str, Any]:
    """What is in the account besides, and must stay."""
    names = ["shop", "ci-shop", "my-ci-0a1b2c3d-shop"]
    emulator.store.load({"projects": names, "channels": ["ops", "ci", "CI-0a1b2c3d ops"]})
    return emulator.store.snapshot()


def run_targets(copy: Path, emulator: "RunningEmulator", key: str, *targets: str) -> bool:
    """Run targets as the script does; the tools are those of the Python that runs this."""
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = environment(copy.parents[2], ANSIBLE_COLLECTIONS_PATH=str(copy.parents[2]), PATH=tools)
    return account.run_targets(copy, env, emulator.base_url, key, targets)


def write_config(copy: Path, emulator: "RunningEmulator", key: str, prefix: str) -> None:
    """The note that a run before this one left."""
    config = {"logfire_base_url": emulator.base_url, "logfire_api_token": key, "logfire_prefix": prefix}
    (copy / CONFIG).write_text(json.dumps(config))


def made(emulator: "RunningEmulator") -> list[str]:
    """The names of the projects and channels that were made."""
    bodies = [request.body for request in emulator.log if request.method == "POST" and request.status == 201]
    return [str(body.get("project_name") or body.get("label")) for body in bodies if isinstance(body, dict)]


def test_a_run_leaves_nothing(
    copy: Path,
    others: dict[str, Any],
    emulator: "RunningEmulator",
    emulator_key: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Nothing of its own, and nothing of a run before it that was killed."""
    create(emulator.store, ProjectCreate(project_name="ci-0a1b2c3d-alert"))
    write_config(copy, emulator, emulator_key, "ci-0a1b2c3d")
    assert run_targets(copy, emulator, emulator_key, "logfire_channel")
    assert [name[:3] for name in made(emulator)] == ["ci-"]
    assert emulator.store.snapshot() == others
    assert not (copy / CONFIG).exists()
    assert emulator_key not in "".join(capfd.readouterr())


def test_what_a_failed_run_leaves_is_swept(
    copy: Path, others: dict[str, Any], emulator: "RunningEmulator", emulator_key: str
) -> None:
    """An alert is refused half way, and then the removal of its project, with which the target's own cleaning ends."""
    emulator.faults.add(action="status", status=422, method="POST", path="/alerts/$")
    emulator.faults.add(action="status", status=403, method="DELETE", path="/projects/[^/]+/$")
    assert not run_targets(copy, emulator, emulator_key, "logfire_alert")
    assert len(made(emulator)) == 3
    assert [rule.fired for rule in emulator.faults.rules] == [1, 1]
    assert emulator.store.snapshot() == others


def test_what_an_interrupted_run_leaves_is_swept(
    copy: Path, others: dict[str, Any], emulator: "RunningEmulator", emulator_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = account.run

    def interrupted(command: list[str], folder: Path, env: dict[str, str]) -> bool:
        if command[0] != "ansible-test":
            return run(command, folder, env)
        prefix = json.loads((copy / CONFIG).read_text())["logfire_prefix"]
        create(emulator.store, ProjectCreate(project_name=f"{prefix}-alert"))
        raise KeyboardInterrupt

    monkeypatch.setattr(account, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_targets(copy, emulator, emulator_key)
    assert emulator.store.snapshot() == others


@pytest.mark.parametrize("prefix", ["", "ci-shop", "ci-0a1b2c3d|shop"])
def test_a_prefix_that_others_could_have_sweeps_nothing(
    prefix: str, copy: Path, others: dict[str, Any], emulator: "RunningEmulator", emulator_key: str
) -> None:
    write_config(copy, emulator, emulator_key, prefix)
    assert not run_targets(copy, emulator, emulator_key)
    assert emulator.store.snapshot() == others
    assert emulator.log == []


def test_without_a_token_nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert account.main([]) == 2
