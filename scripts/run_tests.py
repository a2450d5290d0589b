# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the tests, all or some: python scripts/run_tests.py [lint] [units] [functional] [sanity] [integration]

All steps run, whatever failed before them; a table tells at the end. The variable ARGS holds more arguments for the
pytest or ansible-test of a step, as in: make units ARGS="-k durations"
"""

from __future__ import annotations

import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from emulator import emulator
from layout import lay_out
from workplace import BUILD, ROOT, environment, venv

PLUGINS = "ansible_collections.community.logfire.plugins"
TYPED = ("module_utils", "plugin_utils", "action", "lookup")
EXTRA_ARGUMENTS = shlex.split(os.environ.get("ARGS", ""))


@dataclass
class Workplace:
    """The laid-out copy, and the tools that run in it."""

    copy: Path
    bin: Path
    env: dict[str, str]

    def run(self, *command: str | Path, cwd: Path | None = None) -> bool:
        print("$", shlex.join(map(str, command)), flush=True)
        return subprocess.run(command, cwd=cwd or self.copy, env=self.env, check=False).returncode == 0


Step = Callable[[Workplace], bool]


def command(*words: str) -> Step:
    return lambda place: place.run(*words)


def mypy(place: Workplace) -> bool:
    # From where the package's full name can be found: the folder that holds ansible_collections.
    check = ["mypy", "--config-file", str(place.copy / "pyproject.toml")]
    packages = [word for name in TYPED for word in ("-p", f"{PLUGINS}.{name}")]
    plugins = place.run(*check, *packages, cwd=BUILD)
    return place.run(*check, ".", cwd=place.copy / "scripts") and plugins


def ansible_lint(place: Workplace) -> bool:
    there = [path for path in ("examples", "roles", "plugins/modules") if (place.copy / path).is_dir()]
    return place.run("ansible-lint", "--offline", "--profile", "production", "--strict", *there)


def pytest(place: Workplace, folder: str, *options: str) -> bool:
    return place.run("pytest", folder, *options, *EXTRA_ARGUMENTS)


def functional(place: Workplace) -> bool:
    return pytest(place, "tests/functional", "-n", "auto")


def sanity(place: Workplace) -> bool:
    provide_get_pip(place.bin)
    return place.run("ansible-test", "sanity", "--local", "--requirements", "--color", "no", *EXTRA_ARGUMENTS)


def integration(place: Workplace) -> bool:
    with emulator(place.bin, BUILD / "emulator.log") as variables:
        # ansible-test passes no environment variables on, so the targets get all in this file.
        (place.copy / "tests/integration/integration_config.yml").write_text(
            f"logfire_base_url: {variables['LOGFIRE_BASE_URL']}\n"
            f"logfire_api_token: {variables['LOGFIRE_API_TOKEN']}\n"
            f"logfire_prefix: ci-{secrets.token_hex(4)}\n"
        )
        return place.run("ansible-test", "integration", "--local", "--color", "no", *EXTRA_ARGUMENTS)


def provide_get_pip(bin_folder: Path) -> None:
    """Where the script with which ansible-test installs pip cannot be downloaded, put ours where it looks first."""
    package = next(bin_folder.parent.glob("lib/python*/site-packages/ansible_test"))
    versions = re.findall(r"\bpip='([\d.]+)'", (package / "_internal/python_requirements.py").read_text())
    url = re.search(r"\burl = '(\S+)' % pip_version", (package / "_util/target/setup/requirements.py").read_text())
    for version in set(versions):
        cached = Path.home() / f".ansible/test/cache/get_pip_{version.replace('.', '_')}.py"
        if cached.exists() or url is None or can_be_downloaded(url.group(1) % version):
            continue
        cached.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "scripts/get_pip.py", cached)


def can_be_downloaded(url: str) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=10):
            return True
    except (OSError, urllib.error.URLError):
        return False


STEPS: dict[str, dict[str, Step]] = {
    "lint": {
        "ruff check": command("ruff", "check", "."),
        "ruff format": command("ruff", "format", "--check", "."),
        "mypy": mypy,
        "yamllint": command("yamllint", "--strict", "."),
        "changelog": command("antsibull-changelog", "lint"),
        "module docs": command(
            *("antsibull-docs", "lint-collection-docs", "--plugin-docs", "--validate-collection-refs", "all", ".")
        ),
        "ansible-lint": ansible_lint,
    },
    "units": {"units": partial(pytest, folder="tests/unit")},
    "functional": {"functional": functional},
    "sanity": {"sanity": sanity},
    "integration": {"integration": integration},
}


def main(groups: list[str]) -> int:
    unknown = set(groups) - set(STEPS)
    if unknown:
        print(f"No such tests: {', '.join(sorted(unknown))}. There are: {', '.join(STEPS)}.")
        return 2
    place = workplace()
    results: list[tuple[str, bool, float]] = []
    for group in groups or STEPS:
        for name, step in STEPS[group].items():
            print(f"\n===== {name} =====", flush=True)
            start = time.monotonic()
            passed = step(place)
            results.append((name, passed, time.monotonic() - start))
    failed = [passed for name, passed, seconds in results].count(False)
    print(f"\n{'step':<14}{'result':<8}seconds")
    for name, passed, seconds in results:
        print(f"{name:<14}{'ok' if passed else 'FAILED':<8}{seconds:7.1f}")
    # The form in which a CI that counts tests finds them.
    print(f"\n{len(results) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def workplace() -> Workplace:
    bin_folder = venv("test")
    variables = {"PYTHONPATH": str(BUILD)}
    shared = ROOT.parent / "shared"
    if shared.is_dir():
        # Documents of the team that are no part of the repository: a few tests compare with them where they are.
        variables["LOGFIRE_SHARED"] = str(shared)
    return Workplace(lay_out(), bin_folder, environment(bin_folder, BUILD, **variables))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
