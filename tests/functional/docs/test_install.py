# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection as users get it: built, installed without a network, and used ad hoc."""

import os
import platform
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from module_docs import MODULES

from ansible_collections.community.logfire.plugins.module_utils._api.http import COLLECTION_VERSION, OLDEST_REQUESTS
from playbooks import COLLECTION, Command, ansible, environment

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

GALAXY = yaml.safe_load((COLLECTION / "galaxy.yml").read_text())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    done = ansible("galaxy", "collection", "build", str(COLLECTION), "--output-path", str(folder), folder=folder)
    assert done.status == 0, done.output
    (made,) = folder.glob("*.tar.gz")
    return made


@pytest.fixture(scope="module")
def installed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with this collection alone."""
    folder = tmp_path_factory.mktemp("install")
    install = ["collection", "install", "--offline", "-p", str(folder), str(archive)]
    done = ansible("galaxy", *install, folder=folder, ANSIBLE_COLLECTIONS_PATH=str(folder))
    assert done.status == 0, done.output
    yield folder


def builder(*arguments: str | Path) -> str:
    """What ansible-builder prints."""
    pytest.importorskip("ansible_builder", reason="ansible-builder is not installed")
    command = [sys.executable, "-m", "ansible_builder", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout


def ad_hoc(folder: Path, emulator: "RunningEmulator", key: str, arguments: str, **more: str) -> Command:
    return ansible(
        "adhoc",
        "localhost",
        "-m",
        "community.logfire.logfire_project",
        "-a",
        arguments,
        folder=folder,
        ANSIBLE_COLLECTIONS_PATH=str(folder),
        LOGFIRE_API_TOKEN=key,
        LOGFIRE_BASE_URL=emulator.base_url,
        **more,
    )


def test_the_version_is_said_once() -> None:
    assert GALAXY["version"] == COLLECTION_VERSION


def test_what_is_in_the_archive(archive: Path) -> None:
    assert archive.name == f"community-logfire-{GALAXY['version']}.tar.gz"
    with tarfile.open(archive) as content:
        names = [name.removeprefix("./") for name in content.getnames()]
    wanted = {f"plugins/modules/{name}.py" for name in MODULES} | {"meta/runtime.yml", "README.md", "COPYING"}
    assert wanted <= set(names)
    parts = {part for name in names for part in name.split("/")}
    assert not {part for part in parts if part.startswith(".") or part.endswith((".pyc", ".gz"))}
    assert not parts & {"__pycache__", "tests", "benchmarks", "scripts", "output"}
    assert not parts & {"Makefile", "REUSE.toml", "antsibull-nox.toml", "noxfile.py", "pyproject.toml"}


def test_ad_hoc(installed: Path, emulator: "RunningEmulator", emulator_key: str) -> None:
    from emulator.kinds.projects import find

    done = ad_hoc(installed, emulator, emulator_key, "name=shop")
    assert done.status == 0, done.output
    assert "localhost | CHANGED => {" in done.output
    assert find(emulator.store, "shop") is not None
    again = ad_hoc(installed, emulator, emulator_key, "name=shop")
    assert "localhost | SUCCESS => {" in again.output


def test_without_requests(installed: Path, emulator: "RunningEmulator", emulator_key: str) -> None:
    """Ansible's own message for a library that is missing, and no traceback."""
    shim = installed / "shim"
    shim.mkdir()
    (shim / "requests.py").write_text("raise ImportError('No module named requests')\n")
    done = ad_hoc(installed, emulator, emulator_key, "name=shop", PYTHONPATH=str(shim))
    assert done.status == 2, done.output
    assert "Failed to import the required Python library (requests >= 2.22) on " in done.output
    assert emulator.log == []


@pytest.mark.parametrize(("version", "fits"), [("2.21.0", False), ("2.22.0", True), ("3.0.0a1", True)])
def test_an_old_requests(
    version: str, fits: bool, installed: Path, emulator: "RunningEmulator", emulator_key: str
) -> None:
    """The message names what is there, where, and what is needed."""
    shim = installed / f"shim-{version}"
    shim.mkdir()
    (shim / "sitecustomize.py").write_text(f"import requests\nrequests.__version__ = {version!r}\n")
    done = ad_hoc(installed, emulator, emulator_key, "name=shop", PYTHONPATH=str(shim))
    assert done.status == (0 if fits else 2), done.output
    told = f"The Python library requests {version} on {platform.node()}'s Python"
    assert (told in done.output, "is too old. Install requests >= 2.22." in done.output) == (not fits, not fits)
    assert bool(emulator.log) == fits


def test_the_oldest_requests_is_told_and_tested() -> None:
    """The bound is the same everywhere, and the tests run with the first release of it."""
    least = ".".join(map(str, OLDEST_REQUESTS))
    for file in ("requirements.txt", "plugins/doc_fragments/connection.py"):
        assert f"requests >= {least}" in (COLLECTION / file).read_text()
    assert f"`requests` {least} or later" in " ".join((COLLECTION / "README.md").read_text().split())
    assert f"\nrequests == {least}.0\n" in (COLLECTION / "tests/oldest-requirements.txt").read_text()


def test_an_execution_environment_finds_what_the_modules_import(installed: Path, tmp_path: Path) -> None:
    """ansible-builder reads it from what the collection says of itself."""
    builder("introspect", installed, "--write-pip", tmp_path / "pip.txt")
    assert (tmp_path / "pip.txt").read_text().split("#")[0].split() == ["requests", ">=", "2.22"]


def test_the_example_of_an_execution_environment(tmp_path: Path) -> None:
    example = COLLECTION / "examples/execution-environment.yml"
    builder("create", "-f", example, "-c", tmp_path, "--output-filename", "Containerfile")
    wanted = yaml.safe_load(example.read_text())["dependencies"]["galaxy"]
    assert yaml.safe_load((tmp_path / "_build/requirements.yml").read_text()) == wanted


def test_the_quick_start(archive: Path, emulator: "RunningEmulator", emulator_key: str, tmp_path: Path) -> None:
    """The README's commands, one after the other, in an environment that has nothing but what they install."""
    readme = (COLLECTION / "README.md").read_text()
    section = readme.partition("\n## Quick start\n")[2].partition("\n## ")[0]
    (playbook,) = re.findall(r"^```yaml\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert (COLLECTION / "examples/quick_start.yml").read_text().endswith(f"\n\n{playbook}")
    (tmp_path / "quick_start.yml").write_text(playbook)
    (tmp_path / "ansible.cfg").touch()
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    variables = environment(
        tmp_path,
        ANSIBLE_COLLECTIONS_PATH=str(tmp_path / "collections"),
        LOGFIRE_BASE_URL=emulator.base_url,
        PATH=os.pathsep.join([str(tmp_path / "venv/bin"), os.environ["PATH"]]),
    )
    commands = "".join(re.findall(r"^```shell\n(.*?)^```$", section, re.MULTILINE | re.DOTALL))
    # The archive is installed, since no test fetches from elsewhere.
    commands = re.sub(r"install git\+https://\S+\.git$", f"install --offline {archive}", commands, flags=re.MULTILINE)
    done = subprocess.run(
        ["bash", "-e", "-c", commands],
        cwd=tmp_path,
        env=variables,
        input=f"{emulator_key}\nhttps://hooks.slack.com/services/T0/B0/secret\n",  # what a reader pastes
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "services/T0/B0/secret" not in done.stdout + done.stderr
    assert re.findall(r"ok=1 +changed=(\d)", done.stdout) == ["1", "1"]
    assert [request.method for request in emulator.log if request.method != "GET"] == ["POST"] * 3
