# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pipelines of examples/gitops: their commands, run as the services run them, with stand-ins for gh and curl."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from plays import EXAMPLES, KEY

from playbooks import environment

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Json = dict[str, Any]

GITOPS = EXAMPLES / "gitops"
GITHUB, GITLAB = (yaml.safe_load((GITOPS / f"pipelines/{name}.yml").read_text()) for name in ("github", "gitlab"))
#: What they answer to what the pipelines ask for; each call is noted in calls.txt.
STAND_INS = {
    "gh": """case "$1 $2" in
      "run download") cp "$TEST_FOLDER/artifact.md" plan.md ;;
      "run list") echo 42 ;;
      api*) echo 0a1b2c ;;
    esac""",
    "curl": """case "$*" in
      */raw/plan.md*) cp "$TEST_FOLDER/artifact.md" plan.md ;;
      */merge_requests) echo '[{"iid": 7}]' ;;
    esac""",
}
VARIABLES = {
    **{"PULL_REQUEST": "7", "GH_REPO": "acme/logfire", "GITHUB_SHA": "0a1b2c"},
    **{"CI_API_V4_URL": "https://gitlab.example.com/api/v4", "CI_PROJECT_ID": "1", "CI_COMMIT_SHA": "0a1b2c"},
    **{"CI_MERGE_REQUEST_IID": "7", "GITLAB_TOKEN": "glpat-canary"},
}


def commands(name: str) -> dict[str, str]:
    """The script of each job, but for what installs Ansible and the collection."""
    if name == "gitlab":
        return {job: "\n".join(GITLAB[job]["script"]) for job in ("plan", "apply", "drift")}
    return {
        job: "\n".join(
            step["run"] for step in steps if "run" in step and step["name"] != "Install" and "if" not in step
        )
        for job, steps in ((job, GITHUB["jobs"][job]["steps"]) for job in ("plan", "apply", "drift"))
    }


class Pipeline:
    """Jobs, each in a fresh copy of the repository."""

    def __init__(self, name: str, folder: Path, emulator: "RunningEmulator") -> None:
        self.name, self.folder, self.emulator = name, folder, emulator
        (folder / "bin").mkdir()
        for program, answers in STAND_INS.items():
            path = folder / "bin" / program
            path.write_text(f'#!/bin/sh\necho "{program} $*" >> "$TEST_FOLDER/calls.txt"\n{answers}\n')
            path.chmod(0o755)

    def run(self, job: str) -> tuple[int, str, Path]:
        """The status of a job, all that it printed, and where it ran."""
        place = self.folder / f"{job}-{len(list(self.folder.iterdir()))}"
        shutil.copytree(GITOPS, place)
        path = os.pathsep.join([str(self.folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
        connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": self.emulator.base_url}
        more = {"PATH": path, "TEST_FOLDER": str(self.folder), "LOGFIRE_CHANNEL_SECRETS": ""}
        (place / "ansible.cfg").touch()
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", commands(self.name)[job]],
            cwd=place,
            env=environment(place, **{**connection, **VARIABLES, **more}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, place

    def calls(self) -> str:
        return (self.folder / "calls.txt").read_text()


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_change_is_planned_commented_and_applied(name: str, tmp_path: Path, emulator: "RunningEmulator") -> None:
    """Then drift is found, and what was approved does not fit any more."""
    pipeline = Pipeline(name, tmp_path, emulator)
    status, output, place = pipeline.run("plan")
    assert status == 0, output
    assert all(request.method == "GET" for request in emulator.log)
    assert "### Logfire: 4 to create" in (place / "plan.md").read_text()
    if name == "github":
        assert "gh pr comment 7 --edit-last --create-if-none --body-file plan.md\n" in pipeline.calls()
    else:
        assert "/projects/1/merge_requests/7/notes\n" in pipeline.calls()
        assert "--data-urlencode body@plan.md" in pipeline.calls()
    shutil.copy(place / "plan.md", tmp_path / "artifact.md")

    status, output, place = pipeline.run("apply")
    assert status == 0, output
    (shop,) = emulator.store.snapshot()["projects"]
    assert [alert["name"] for alert in shop["alerts"]] == ["Checkout errors"]
    assert len(list((place / "backups").iterdir())) == 1
    if name == "github":
        assert "gh api repos/acme/logfire/commits/0a1b2c/pulls --jq .[0].head.sha\n" in pipeline.calls()
        assert "--event pull_request --commit 0a1b2c " in pipeline.calls()
        assert "gh run download 42 --name plan\n" in pipeline.calls()
    else:
        assert "/jobs/artifacts/refs%2Fmerge-requests%2F7%2Fhead/raw/plan.md?job=plan\n" in pipeline.calls()
        return  # the rest is the same

    snapshot = emulator.store.snapshot()
    emulator.store.load({**snapshot, "projects": [{**shop, "description": "Edited by hand"}]})
    status, output, place = pipeline.run("drift")
    assert status == 2 and "The organization differs from the files." in output
    assert "Edited by hand" in (place / "drift.md").read_text()
    emulator.log.clear()
    status, output, place = pipeline.run("apply")
    assert status == 2 and "expected_plan: the plan differs from the approved plan" in output
    assert all(request.method == "GET" for request in emulator.log)


def test_both_pipelines_do_the_same() -> None:
    """With the same playbooks, whose commands have what they need."""
    playbooks = [
        {
            job: [line for line in script.split("\n") if line.startswith("ansible-playbook")]
            for job, script in all_.items()
        }
        for all_ in map(commands, ("github", "gitlab"))
    ]
    assert (
        playbooks[0]
        == playbooks[1]
        == {
            "plan": ["ansible-playbook site.yml --check"],
            "apply": ["ansible-playbook site.yml"],
            "drift": ["ansible-playbook drift.yml"],
        }
    )
    for job in GITHUB["jobs"].values():
        for step in job["steps"]:
            if str(step.get("run")).startswith("ansible-playbook"):
                assert step["env"].keys() == {"LOGFIRE_API_TOKEN", "LOGFIRE_CHANNEL_SECRETS"}
    assert GITLAB["plan"]["artifacts"]["paths"] == ["plan.md"]
    installs = [
        step["run"] for job in GITHUB["jobs"].values() for step in job["steps"] if step.get("name") == "Install"
    ]
    assert {tuple(text.strip().split("\n")) for text in installs} == {tuple(GITLAB["default"]["before_script"])}
