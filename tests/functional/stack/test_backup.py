# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups: what a run changes is written to a directory first, and applying that directory brings it back."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from organizations import Options, alert, board, dashboard, slo, webhook
from test_stack_agreement import RELAXED, SECRETS, descriptions
from watched import WatchedRunner

from ansible_collections.community.logfire.plugins.module_utils._kinds.kinds import PROJECT_KINDS
from ansible_collections.community.logfire.plugins.module_utils._tasks import backup
from ansible_collections.community.logfire.plugins.plugin_utils._files import Reading

LIMITS = {"prune_limit": 99, "prune_projects_limit": 9}
ALL = {"prune": ["channels", "projects", "alerts", "dashboards"], **LIMITS}
MAIL: Options = {"type": "email", "recipients": ["ann@example.com"]}
WHOLE: Options = {
    "channels": [{"name": "ops", "config": webhook("ops")}, {"name": "mail", "config": MAIL}],
    "projects": [
        {
            "name": "shop",
            "description": "The {{ shop }}",
            "alerts": [alert("Errors", "ops", "mail"), alert("Slow")],
            "dashboards": [dashboard("home"), dashboard("latency", "{{ x }}")],
        },
        {"name": "web", "alerts": [alert("Down", "mail")], "dashboards": [dashboard("home")]},
    ],
}


class _Loader(yaml.SafeLoader):
    """YAML with the tag of what is no template."""


_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


class PlainReader:
    """Reads files without templates."""

    def read_text(self, path: Path) -> str:
        return path.read_text()

    def read_yaml(self, path: Path, templates: bool = True) -> Any:
        return yaml.load(path.read_text(), _Loader)


def restore(run: WatchedRunner, path: str, before: Options) -> None:
    """Apply a backup with the secrets of what was there, and with the pruning that it takes."""
    description = Reading(Path(path), PlainReader()).stack
    configs = {record["label"]: record["config"] for record in before["channels"]}
    for channel in description.get("channels", []):
        member = SECRETS.get(channel["config"]["type"])
        if member:
            assert member not in channel["config"]
            channel["config"][member] = configs[channel["name"]][member]
    kinds = [kind for kind in ALL["prune"] if kind in (*description, "alerts", "dashboards")]
    options = {**LIMITS, "prune": kinds}
    if run.stack(description, **options).result["not_tried"]:
        run.stack(description, **options)  # of what is described, nothing was there


@settings(max_examples=6, deadline=None, suppress_health_check=RELAXED, phases=[Phase.generate])
@given(first=descriptions(), second=descriptions())
def test_a_backup_brings_back_what_was_there(
    run: WatchedRunner, tmp_path_factory: pytest.TempPathFactory, first: Options, second: Options
) -> None:
    """Whatever was changed, but for the ids of what was removed, and times."""
    run.emulator.reset()
    run.stack(first)
    before, state = run.emulator.store.snapshot(), run.state()
    done = run.stack(second, **ALL, backup=True, backup_directory=str(tmp_path_factory.mktemp("backups")))
    assert ("backup_path" in done.result) is done.changed
    if done.changed:
        restore(run, done.result["backup_path"], before)
        assert run.state() == state


def change(run: WatchedRunner, folder: Path, description: Options, **options: Any) -> tuple[list[str], list[str]]:
    """Change the whole organization with a backup and go back. The files of the backup, and the calls that it took."""
    run.stack(WHOLE)
    before, state = run.emulator.store.snapshot(), run.state()
    done = run.stack(description, **options, backup=True, backup_directory=str(folder))
    path = done.result["backup_path"]
    files = sorted(str(file.relative_to(path)) for file in Path(path).rglob("*") if file.is_file())
    restore(run, path, before)
    assert run.state() == state
    again = run.stack(description, **options)
    assert again.changed
    more = [call for call in run.told(done) if run.told(done).count(call) > run.told(again).count(call)]
    return [file for file in files if not file.endswith(".gitkeep")], sorted(set(more))


SHOP_DASHBOARDS = ["projects/shop/dashboards/home.json", "projects/shop/dashboards/latency.json"]
WEB_DASHBOARDS = ["projects/web/dashboards/home.json"]
CHANNELS = "GET channels/"
OPTIONAL = [kind.plural for kind in PROJECT_KINDS if kind.is_optional]  # of which there are none in these projects
PROJECTS = ["projects/shop/project.yml", "projects/web/project.yml"]


def shop(**options: Any) -> Options:
    return {"projects": [{"name": "shop", **options}]}


#: What is changed, which files the backup has, and the calls that it takes.
CHANGES: dict[str, tuple[Options, list[str], list[str]]] = {
    "a channel": (
        {"channels": [{"name": "mail", "config": {**MAIL, "recipients": ["eve@example.com"]}}]},
        ["channels.yml"],
        [],
    ),
    "a project": (shop(description="Other"), PROJECTS, []),
    "a new project": ({"projects": [{"name": "new", "alerts": [alert("One")]}]}, PROJECTS, []),
    "an alert": (
        shop(alerts=[{"name": "Slow", "time_window": "9m"}]),
        [*PROJECTS, "projects/shop/alerts.yml"],
        [CHANNELS],
    ),
    "a new alert": (shop(alerts=[alert("New")]), [*PROJECTS, "projects/shop/alerts.yml"], [CHANNELS]),
    "a dashboard": (
        shop(dashboards=[{"slug": "home", "definition": board("Other")}]),
        [*PROJECTS, *SHOP_DASHBOARDS],
        ["GET projects/shop/dashboards/latency/"],
    ),
    "each dashboard": (
        shop(dashboards=[dashboard("home", "Other"), dashboard("latency", "Other")]),
        [*PROJECTS, *SHOP_DASHBOARDS],
        [],
    ),
    "a project that is removed": (
        {"projects": [{"name": "web", "state": "absent"}]},
        [*PROJECTS, "projects/web/alerts.yml", *WEB_DASHBOARDS, *(f"projects/web/{kind}.yml" for kind in OPTIONAL)],
        sorted(
            [
                CHANNELS,
                *(f"GET projects/web/{what}/" for what in ("alerts", "dashboards", "dashboards/home", *OPTIONAL)),
            ]
        ),
    ),
    "a channel that is removed": (
        {"channels": [{"name": "mail", "state": "absent"}]},
        ["channels.yml", *PROJECTS, "projects/shop/alerts.yml", "projects/web/alerts.yml"],
        ["GET projects/shop/slos/", "GET projects/web/slos/"],
    ),
}


@pytest.mark.parametrize(("description", "files", "calls"), CHANGES.values(), ids=CHANGES)
def test_what_is_in_a_backup(
    run: WatchedRunner, tmp_path: Path, description: Options, files: list[str], calls: list[str]
) -> None:
    """The lists of what changes, and what used it; nothing that was read is read again."""
    assert change(run, tmp_path, description) == (sorted(files), calls)


def test_a_name_is_given_back(run: WatchedRunner, tmp_path: Path) -> None:
    """To the same object, which its users kept."""
    run.stack(WHOLE)
    state, mail, errors = run.state(), run.id("mail"), run.id("Errors")
    renamed = {
        "channels": [{"id": mail, "name": "post"}],
        "projects": [{"id": run.id("shop"), "name": "store", "alerts": [{"id": errors, "name": "Failures"}]}],
    }
    before = run.emulator.store.snapshot()
    path = run.stack(renamed, backup=True, backup_directory=str(tmp_path)).result["backup_path"]
    restore(run, path, before)
    assert run.state() == state
    assert (run.id("mail"), run.id("Errors")) == (mail, errors)


def test_nothing_is_written(run: WatchedRunner, tmp_path: Path) -> None:
    """In check mode, when nothing changes, and when another plan was expected."""
    options = {"backup": True, "backup_directory": str(tmp_path / "backups")}
    assert "backup_path" not in run.stack(WHOLE, check=True, **options).result
    run.fails("logfire_stack", **WHOLE, **options, expected_plan="0" * 64)
    run.stack(WHOLE)
    assert "backup_path" not in run.stack(WHOLE, **options).result
    assert list(tmp_path.iterdir()) == []


def test_the_directory(run: WatchedRunner, tmp_path: Path) -> None:
    """Is made if need be, named by the time and the plan, and readable by whom the umask lets read."""
    before = os.umask(0o027)
    try:
        made = run.stack(WHOLE, backup=True, backup_directory=str(tmp_path / "a/backups"))
        run.emulator.reset()
        again = run.stack(WHOLE, backup=True, backup_directory=str(tmp_path / "a/backups"))
    finally:
        os.umask(before)
    paths = [Path(each.result["backup_path"]) for each in (made, again)]
    assert sorted(paths) == sorted((tmp_path / "a/backups").iterdir()) and len(set(paths)) == 2
    for path in paths:
        prefix = made.result["plan_digest"][:12]
        assert re.fullmatch(rf"[0-9]{{8}}T[0-9]{{6}}Z-{prefix}(-2)?", path.name)
        assert {oct(each.stat().st_mode & 0o777) for each in path.rglob("*")} == {"0o750", "0o640"}
        assert path.stat().st_mode & 0o777 == 0o750


def test_what_cannot_come_back_is_told(run: WatchedRunner, tmp_path: Path) -> None:
    """A member, whom the API cannot add, and one of two alerts of the same name."""
    run.emulator.store.load(
        {
            "members": [{"email": f"{name}@example.com", "role": "admin"} for name in ("ann", "bob")],
            "projects": [{"project_name": "shop", "alerts": ["Errors", "Errors", "Slow"]}],
        }
    )
    twin = run.emulator.store.snapshot()["projects"][0]["alerts"][1]["id"]
    gone = {
        "members": [{"email": "bob@example.com", "state": "absent"}],
        "projects": [
            {"name": "shop", "alerts": [{"id": twin, "state": "absent"}, {"name": "Slow", "state": "absent"}]}
        ],
    }
    done = run.stack(gone, backup=True, backup_directory=str(tmp_path))
    told = [warning for warning in done.warnings if "The backup does not contain" in warning]
    assert len(told) == 2
    assert any("member 'bob@example.com'" in warning and "logfire_invitation" in warning for warning in told)
    assert any(f"alert 'Errors' ({twin})" in warning for warning in told)
    restored = Reading(Path(done.result["backup_path"]), PlainReader()).stack
    assert [member["email"] for member in restored["members"]] == ["ann@example.com"]
    assert run.stack(restored).result["summary"]["created"] == 1


def test_an_slo_gets_its_channels_back(run: WatchedRunner, tmp_path: Path) -> None:
    mail: Options = {"name": "mail", "config": MAIL}
    run.stack({"channels": [mail], "projects": [{"name": "shop", "slos": [slo("Uptime", "mail")]}]})
    before, state = run.emulator.store.snapshot(), run.state()
    gone = {"channels": [{"name": "mail", "state": "absent"}]}
    done = run.stack(gone, backup=True, backup_directory=str(tmp_path))
    assert run.state() != state
    restore(run, done.result["backup_path"], before)
    assert run.state() == state


def test_a_kind_that_an_organization_does_without(run: WatchedRunner, tmp_path: Path) -> None:
    run.stack(WHOLE)
    run.emulator.faults.add(action="status", method="GET", path="/variables/", status=403, count=None)
    gone = {"projects": [{"name": "web", "state": "absent"}]}
    done = run.stack(gone, backup=True, backup_directory=str(tmp_path))
    assert any("The backup does not contain the variables" in warning for warning in done.warnings)
    assert not list(Path(done.result["backup_path"]).rglob("variables.yml"))


SECRET = "https://hooks.example.com/services/T0/B0/canary-5d0c-backup"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"backup": True}, "backup_directory: required if backup is true"),
        ({"backup": True, "backup_directory": ""}, "backup_directory: required if backup is true"),
        ({"backup": True, "backup_directory": "{tmp}/file"}, "backup_directory: {tmp}/file cannot be written: "),
        ({"backup": True, "backup_directory": "{tmp}/file/in"}, "backup_directory: {tmp}/file/in cannot be written: "),
    ],
)
def test_a_directory_that_cannot_be(run: WatchedRunner, tmp_path: Path, options: Options, problem: str) -> None:
    """Nothing is changed without the backup that was asked for."""
    (tmp_path / "file").touch()
    given = {name: value.format(tmp=tmp_path) if isinstance(value, str) else value for name, value in options.items()}
    failed = run.fails("logfire_stack", **WHOLE, **given)
    assert failed.result["msg"].startswith(problem.format(tmp=tmp_path))
    assert failed.writes == []


def test_a_secret_in_what_is_backed_up(run: WatchedRunner, tmp_path: Path) -> None:
    """Is not written: somebody has put it where everybody can read it."""
    run.emulator.store.load({"projects": [{"project_name": "shop", "description": f"See {SECRET}"}]})
    channels = [{"name": "ops", "config": {"type": "webhook", "url": SECRET}}]
    failed = run(
        "logfire_stack", channels=channels, **shop(description=""), backup=True, backup_directory=str(tmp_path)
    )
    assert failed.failed and failed.writes == []
    assert failed.result["msg"].startswith(
        "backup: a secret of this task occurs in the organization, in projects[shop]"
    )
    assert list(tmp_path.iterdir()) == []


def test_without_pyyaml(run: WatchedRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "YAML_MISSING", "Traceback ...")
    failed = run.fails("logfire_stack", **WHOLE, backup=True, backup_directory=str(tmp_path))
    assert failed.result["msg"] == "backup: requires the Python library PyYAML on the host where the module runs"


def test_a_full_disk(run: WatchedRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves nothing behind that looks like a backup, and nothing is changed."""

    def full(path: str, text: str, folder: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_write", full)
    failed = run.fails("logfire_stack", **WHOLE, backup=True, backup_directory=str(tmp_path))
    assert "No space left on device" in failed.result["msg"]
    assert failed.writes == [] and list(tmp_path.iterdir()) == []
