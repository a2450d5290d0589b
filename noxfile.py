# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every check and test, one session each: nox --list. `make test` runs them, each in an environment of its own.

Sessions that antsibull-nox.toml does not describe are here. Those named after an ansible-core need a Python that this
core runs on; scripts/cores.py has the table.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import antsibull_nox
import nox

sys.path.insert(0, str(Path(__file__).resolve().parent / "scripts"))

from ansible_test import provide_get_pip
from cores import CORES, OLDEST_REQUESTS_PYTHON, Core, found_pythons
from emulator import emulator
from layout import lay_out
from workplace import BUILD, ROOT, environment, search_path, unsettled_environment, venv

TYPED = ("module_utils", "plugin_utils", "action", "filter", "lookup")
#: Whether to test only some Pythons: the oldest and the newest on targets, and one on controllers.
ENDS = os.environ.get("TEST_PYTHONS") == "ends"
FUNCTIONAL = ("tests/functional", "-n", "auto", "--dist", "worksteal")
#: Tests for which the release of ansible-core hardly matters: our own HTTP code, documentation, and tools. One core
#: is enough. The others cover arguments, the life cycle of each kind, and roles and playbooks on the oldest core;
#: so do the integration targets.
ANY_CORE = (
    *("account", "benchmarks", "calls", "demo", "docs", "emulator"),
    *(
        f"faults/test_{name}.py"
        for name in (
            *("fuzz", "guide_self_hosted", "hostile_servers", "killed", "matrix", "misshapen_answers"),
            *("parallel_tokens", "races", "tls", "two_runs"),
        )
    ),
    *(
        f"modules/test_{name}.py"
        for name in (
            *("api_keys", "equality", "faults", "gateway_providers", "group_mappings", "hostile_settings"),
            *("invitations", "members", "messages", "null_omitted_empty", "organizations", "queries", "reports"),
            *("schedules", "slos", "tokens", "variables"),
        )
    ),
    *(f"roles/test_{name}.py" for name in ("guide_gitops", "layout", "plan_markdown")),
    *(
        f"stack/test_{name}.py"
        for name in (
            *("backup", "info_modules", "owners_and_defaults", "plan_digest", "preview", "stack_calls"),
            *("stack_concurrency", "stack_cost", "stack_failures", "stack_names", "stack_prune", "stack_waiting"),
        )
    ),
    "secrets/test_echoes.py",
)
#: Tests that depend most on requests and urllib3.
TRANSPORT = (
    "tests/unit/plugins/module_utils/_api",
    "tests/functional/modules/test_faults.py",
    *(f"tests/functional/faults/test_{name}.py" for name in ("hostile_servers", "tls", "guide_self_hosted")),
)
NO_DEPRECATION = ("python", str(ROOT / "scripts/no_deprecation.py"))

nox.options.envdir = BUILD / "nox"
nox.options.reuse_venv = "yes"

# The user's settings of Ansible, and shims without a Python, would affect the tests.
settled = unsettled_environment() | {"PATH": search_path()}
os.environ.clear()
os.environ.update(settled)

antsibull_nox.load_antsibull_nox_toml()


@nox.session(default=False)
def fix(session: nox.Session) -> None:
    """Fix what the linter can fix."""
    session.install("ruff ~= 0.17.6")
    session.run("ruff", "check", "--fix", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """Check the types of the plugins' code, the scripts, the benchmarks, the emulator and this file."""
    session.install(
        *("mypy ~= 2.4", "ansible-core", "rich", "types-docutils", "types-PyYAML", "types-requests"),
        *("-r", "scripts/nox-requirements.txt", "-r", "scripts/emulator-requirements.txt"),
    )
    copy = lay_out()
    check = ("mypy", "--config-file", str(copy / "pyproject.toml"))
    # The folder that contains ansible_collections, so that the full names of the packages work.
    with session.chdir(BUILD):
        plugins = "ansible_collections.community.logfire.plugins"
        session.run(*check, *(word for name in TYPED for word in ("-p", f"{plugins}.{name}")))
    with session.chdir(copy / "scripts"):
        session.run(*check, ".", "../noxfile.py")
    with session.chdir(copy / "benchmarks"):
        found = os.pathsep.join(["../scripts", "../tests/functional"])
        session.run(*check, ".", env={"MYPYPATH": found})
    with session.chdir(copy / "tests"):
        session.run(*check, "--python-version", "3.11", "-p", "emulator")  # it needs no older one


@nox.session
def imports(session: nox.Session) -> None:
    """Check that the layers of module_utils only import lower ones."""
    session.install("import-linter ~= 2.16")
    copy = lay_out()
    with session.chdir(BUILD):
        session.run("lint-imports", "--no-cache", str(copy / "pyproject.toml"), env={"PYTHONPATH": str(BUILD)})


@nox.session
def changelog(session: nox.Session) -> None:
    """Check the fragments of the changelog."""
    session.install("antsibull-changelog >= 0.36")
    with session.chdir(lay_out()):
        session.run("antsibull-changelog", "lint")


@nox.session
def prose(session: nox.Session) -> None:
    """Check the language of documentation and messages."""
    session.install("proselint ~= 0.16.0", "pyyaml >= 6")
    session.run("python", "scripts/prose.py")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site, where a warning is an error."""
    session.run("python", "scripts/docs.py")


@nox.session
def workflows(session: nox.Session) -> None:
    """Check the workflows of the public repository, and the one of an example, for vulnerabilities."""
    session.install("zizmor >= 1.20")
    checked = (".github", "examples/gitops/pipelines/github.yml")
    session.run("zizmor", "--offline", "--no-progress", "--persona", "pedantic", *checked)


@nox.session(default=False)
def units(session: nox.Session) -> None:
    """Run the unit tests on the current Python only."""
    pytest(session, "tests/unit")


@nox.session
def functional(session: nox.Session) -> None:
    """Run modules, roles and playbooks against the emulator."""
    pytest(session, *FUNCTIONAL, more=("-r", "tests/sdk-requirements.txt"))


@nox.session(name="oldest-requests", python=OLDEST_REQUESTS_PYTHON, default=False)
def oldest_requests(session: nox.Session) -> None:
    """Run the tests of requests with the oldest supported releases of requests and urllib3."""
    pytest(session, *TRANSPORT, "-n", "auto", core=CORES[0], more=("-r", "tests/oldest-requirements.txt"))


def pytest(session: nox.Session, *arguments: str, core: Core | None = None, more: tuple[str, ...] = ()) -> None:
    session.install(*([core.requirement] if core else []), *more, "-r", "tests/requirements.txt")
    variables = {"PYTHONPATH": str(BUILD)}
    shared = ROOT.parent / "shared"
    if shared.is_dir():
        # Documents outside of the repository. If they exist, a few tests compare with them.
        variables["LOGFIRE_SHARED"] = str(shared)
    with session.chdir(lay_out()):
        env = environment(Path(session.bin), BUILD, **variables)
        session.run("pytest", *arguments, *session.posargs, env=env)


def for_core(core: Core) -> None:
    """Define the sessions of one ansible-core."""
    found = found_pythons()
    controllers = [python for python in core.controllers if python in found]
    # If there is none, nox reports which one is missing.
    python = controllers[-1] if controllers else core.controllers[-1]

    @nox.session(name=f"sanity-{core.version}", python=python, default=False)
    def sanity(session: nox.Session) -> None:
        skipped = [word for test in core.skipped_sanity for word in ("--skip-test", test)]
        ansible_test(session, core, "sanity", "--requirements", *skipped, *target_pythons(core))

    @nox.session(name=f"units-{core.version}", python=python, default=False)
    def units(session: nox.Session) -> None:
        ansible_test(session, core, "units", *target_pythons(core, prefix="venv/"))

    @nox.session(name=f"functional-{core.version}", python=python, default=False)
    def functional(session: nox.Session) -> None:
        pytest(session, *FUNCTIONAL, *(f"--ignore=tests/functional/{path}" for path in ANY_CORE), core=core)

    @nox.session(name=f"integration-{core.version}", python=python, default=False)
    def integration(session: nox.Session) -> None:
        chosen = controllers if not ENDS else controllers[:1] if core is CORES[0] else controllers[-1:]
        for controller in chosen:
            with emulator(venv("emulator"), BUILD / "emulator.log") as variables:
                configure_integration(copy_for(core) / "tests/integration", variables)
                ansible_test(session, core, "integration", "--venv", "--python", controller)

    sanity.__doc__ = f"Run the sanity tests of ansible-core {core.version}."
    units.__doc__ = f"Run the unit tests with ansible-core {core.version}, on each Python of targets."
    functional.__doc__ = f"Run modules, roles and playbooks against the emulator with ansible-core {core.version}."
    integration.__doc__ = f"Run the integration tests with ansible-core {core.version}, on each Python of controllers."


def ansible_test(session: nox.Session, core: Core, *arguments: str) -> None:
    """Run ansible-test of this core; deprecation warnings are failures."""
    session.install(core.requirement)
    provide_get_pip(Path(session.bin))
    with session.chdir(copy_for(core)):
        session.run(*NO_DEPRECATION, "ansible-test", *arguments, "--color", "no", *session.posargs)


def configure_integration(folder: Path, variables: dict[str, str]) -> None:
    """Write the files with the settings of the targets: ansible-test does not pass environment variables on."""
    (folder / "integration_config.yml").write_text(
        f"logfire_base_url: {variables['LOGFIRE_BASE_URL']}\n"
        f"logfire_api_token: {variables['LOGFIRE_API_TOKEN']}\n"
        f"logfire_prefix: ci-{secrets.token_hex(4)}\n"
    )
    (folder / "integration.cfg").write_text(f"[defaults]\ncallback_plugins = {folder / 'callbacks'}\n")


def copy_for(core: Core) -> Path:
    """Return a copy of the tree for one core, in which ansible-test keeps its environments."""
    return lay_out(BUILD / f"core-{core.version}")


def target_pythons(core: Core, prefix: str = "") -> list[str]:
    """Return the options of ansible-test for the Pythons to test."""
    targets = [python for python in core.targets if python in found_pythons()]
    if ENDS:
        targets = targets[:1] + targets[1:][-1:]
    return [
        "--controller",
        "origin:python=default",
        *(word for python in targets for word in ("--target-python", prefix + python)),
    ]


for each in CORES:
    for_core(each)
