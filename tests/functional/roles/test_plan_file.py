# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role stack with a file of the plan: written in check mode, and applied as it was approved."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from plays import Plays, tree, unsettled

from ansible_collections.community.logfire.plugins.plugin_utils._plan_markdown import find_digest

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Json = dict[str, Any]

ALERT = {"name": "Errors", "query": "SELECT 1", "time_window": "5m", "frequency": "1m", "channels": ["ops"]}
SECRET = "https://hooks.example.com/services/canary-5d0c"
DESCRIPTION: Json = {
    "stack_channels": [{"name": "ops", "config": {"type": "webhook"}}],
    "stack_projects": [{"name": "shop", "description": "The `shop`", "alerts": [ALERT]}],
    "stack_channel_secrets": {"ops": {"url": SECRET}},
    "stack_plan_file": "plan.md",
}


def include(check: bool, **variables: Any) -> Json:
    """A task that includes the role, in check mode or not."""
    role = {"name": "community.logfire.stack", "apply": {"check_mode": check}}
    return {"ansible.builtin.include_role": role, "vars": {**DESCRIPTION, **variables}}


def refused(*tasks: Json, because: str) -> Json:
    """Tasks that must fail in the way that a message tells."""
    told = {"that": f"{because!r} in ansible_failed_result.msg"}
    failed = {"ansible.builtin.fail": {"msg": "it should have been refused"}}
    return {"block": [*tasks, failed], "rescue": [{"ansible.builtin.assert": told}]}


def test_a_plan_is_written_approved_and_applied(plays: Plays, emulator: "RunningEmulator", tmp_path: Path) -> None:
    planned = plays.role("stack", "--check", "-vvvv", **DESCRIPTION)
    assert planned.status == 0 and plays.writes() == []
    plan = (tmp_path / "plan.md").read_text()
    assert "### Logfire: 3 to create" in plan and find_digest(plan)
    assert (tmp_path / "plan.md").stat().st_mode & 0o777 == 0o600
    assert "canary-5d0c" not in plan + planned.output

    applied = plays.role("stack", "-vvvv", **DESCRIPTION)
    assert applied.changed() == 1 and len(plays.writes()) == 3
    assert (tmp_path / "plan.md").read_text() == plan
    assert "+++ after: project shop (create)" in applied.output and "canary-5d0c" not in applied.output
    assert plays.role("stack", **DESCRIPTION).changed() == 0  # what is left to do is nothing
    assert plays.writes() == []


def test_another_plan_is_refused(plays: Plays, emulator: "RunningEmulator", tmp_path: Path) -> None:
    """After an edit by somebody else: without a write, and with the lines that differ. Check mode can be a task's."""
    emulator.store.load({"channels": ["ops"], "projects": [{"project_name": "shop", "description": "Old"}]})
    assert plays.run(play(include(True))).status == 0
    (project,) = emulator.store.snapshot()["projects"]
    snapshot = emulator.store.snapshot()
    emulator.store.load({**snapshot, "projects": [{**project, "description": "Edited"}]})
    plays.writes()
    run = plays.run(play(include(False)))
    assert run.status == 2 and plays.writes() == []
    assert "expected_plan: the plan differs from the approved plan, and nothing was changed." in unsettled(run.output)
    assert '"-- description: \\"Old\\""' in run.output and '"+- description: \\"Edited\\""' in run.output
    assert plays.run(play(include(True), include(False))).status == 0
    assert len(plays.writes()) == 2


def test_slips(plays: Plays, emulator: "RunningEmulator", tmp_path: Path) -> None:
    """No plan, no digest in it, or no directory for it: an error, and nothing is changed."""
    (tmp_path / "notes.md").write_text("# Notes\n")
    (tmp_path / "empty.md").touch()
    tasks = [
        refused(include(False), because="stack_plan_file: there is no plan "),
        refused(include(False, stack_plan_file=""), because="stack_plan_file: there is no plan "),
        *(
            refused(include(False, stack_plan_file=name), because="does not begin with the digest of a plan")
            for name in ("notes.md", "empty.md")
        ),
        refused(include(True, stack_plan_file="nowhere/plan.md"), because="Destination directory"),
    ]
    run = plays.run(play(*tasks))
    assert run.status == 0, run.output
    assert plays.writes() == []


def play(*tasks: Json) -> list[Json]:
    return [{"name": "Test", "hosts": "localhost", "gather_facts": False, "tasks": list(tasks)}]


def test_a_backup_is_applied(plays: Plays, emulator: "RunningEmulator", tmp_path: Path) -> None:
    """To go back, with the secret that it does not have: by the path that the role returns."""
    assert plays.run(play(include(False, stack_plan_file=None))).status == 0
    before = emulator.store.snapshot()
    changed = {
        "stack_plan_file": None,
        "stack_channels": [{"name": "ops", "config": {"type": "email", "recipients": ["ann@example.com"]}}],
        "stack_channel_secrets": {},
        "stack_projects": [{"name": "shop", "description": "Another", "alerts": [{**ALERT, "query": "SELECT 2"}]}],
        "stack_backup": True,
        "stack_backup_directory": "backups",
    }
    back = {"stack_directory": "{{ stack_result.backup_path }}", "stack_channels": None, "stack_projects": None}
    run = plays.run(play(include(False, **changed), include(False, **back, stack_plan_file=None)), "-vvvv")
    assert run.recap()["changed"] == 2 and "canary-5d0c" not in run.output
    (backup,) = (tmp_path / "backups").iterdir()
    assert "canary-5d0c" not in "".join(text.decode() for text in tree(backup).values())
    after = emulator.store.snapshot()
    assert [alert["query"] for alert in after["projects"][0]["alerts"]] == ["SELECT 1"]
    assert after["channels"][0]["config"] == before["channels"][0]["config"]
