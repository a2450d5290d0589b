# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which of the collection's own files a run of each module loads: each file costs every task that loads it.

A file that is loaded and not listed here is one too many, or one that is new and really needed: then list it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from harness import COLLECTION
from organizations import Options, alert, dashboard, webhook

if TYPE_CHECKING:
    from harness import Runner

MODULES = sorted(path.stem for path in (Path(__file__).parents[3] / "plugins/modules").glob("logfire_*.py"))

#: Options and the connection, the client and its errors, and the organization where projects and channels are found.
EVERY = {"_arguments", "_client", "_errors", "_http", "_module", "_organization", "_secrets"}
EVERY |= {"_resources", "_resources.listed"}
#: Objects that are described field by field, and one of them, found and planned.
KIND = {"_resources.kind"}
PLANS = {*KIND, "_kind_module", "_engine", "_plan"}
ALERT = {"_resources.alert", "_durations"}
CHANNEL = {"_resources.channel", "_masks"}
DASHBOARD = {"_resources.dashboard", "_diff"}
PROJECT = {"_resources.project"}
TOKEN = {"_resources.token", "_durations", "_instants"}
STACKS = {*KIND, *ALERT, *CHANNEL, *DASHBOARD, *PROJECT, "_resources.kinds", "_parallel"}

#: What is loaded by a run that changes nothing.
LOADED = {
    "logfire_alert": {*EVERY, *PLANS, *ALERT},
    "logfire_alert_info": {*EVERY, *KIND, *ALERT, "_info_module"},
    "logfire_channel": {*EVERY, *PLANS, *CHANNEL},
    "logfire_channel_info": {*EVERY, *KIND, *CHANNEL, "_info_module"},
    "logfire_dashboard": {*EVERY, *PLANS, *DASHBOARD},
    "logfire_dashboard_info": {*EVERY, *KIND, *DASHBOARD, "_info_module"},
    "logfire_project": {*EVERY, *PLANS, *PROJECT},
    "logfire_project_info": {*EVERY, *KIND, *PROJECT, "_info_module"},
    "logfire_stack": {*EVERY, *STACKS, "_stack_module", "_stack", "_engine", "_plan"},
    "logfire_stack_files": set(),  # its work is done by a plugin where Ansible runs
    "logfire_stack_info": {*EVERY, *STACKS, "_stack_info_module", "_export"},
    "logfire_token": {*EVERY, *TOKEN, "_token_module"},
    "logfire_token_info": {*EVERY, *TOKEN, "_info_module", "_token_info_module"},
}
#: What a run that makes something loads besides.
MAKES = {
    **dict.fromkeys(
        ["logfire_alert", "logfire_channel", "logfire_dashboard", "logfire_project", "logfire_stack"], {"_apply"}
    ),
    "logfire_token": {"_tokens"},
}

#: A run of each that goes through all of its work.
OPTIONS: dict[str, Options] = {
    "logfire_alert": {"project": "shop", **alert("Errors", "ops")},
    "logfire_alert_info": {"project": "shop"},
    "logfire_channel": {"name": "night", "config": webhook("night"), "active": False},
    "logfire_dashboard": {"project": "shop", **dashboard("overview")},
    "logfire_dashboard_info": {"project": "shop", "definitions": True},
    "logfire_project": {"name": "web"},
    "logfire_stack": {
        "channels": [{"name": "ops"}],
        "projects": [{"name": "shop", "alerts": [alert("Errors", "ops")], "dashboards": [dashboard("overview")]}],
    },
    "logfire_token": {"project": "shop", "expires_in": "30d"},
    "logfire_token_info": {"project": "shop"},
}

#: Runs a module, if it has anything to run, and prints what is loaded then after the result.
PROBE = """
import contextlib, importlib, json, sys
from ansible.module_utils.testing import patch_module_args
collection, name, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
main = getattr(importlib.import_module(f"{collection}.modules.{name}"), "main", None)
with patch_module_args(options), contextlib.suppress(SystemExit):
    main and main()
utils = f"{collection}.module_utils."
print(json.dumps([module[len(utils):] for module in sys.modules if module.startswith(utils)]))
"""


UNKNOWN = "123e4567-e89b-12d3-a456-426614174000"
ORGANIZATION = {"channels": ["ops"], "projects": [{"project_name": "shop", "dashboards": ["home"]}]}


def loaded_by(run: "Runner", module: str, options: Options) -> tuple[Options, set[str]]:
    """The result of a module, and which files a run of it loads."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, COLLECTION, module, json.dumps({**run.connection, **options})],
        capture_output=True,
        text=True,
        check=True,
    )
    *result, loaded = [json.loads(line) for line in done.stdout.splitlines() if line]
    return result[0] if result else {}, set(loaded)


@pytest.mark.parametrize("module", MODULES)
def test_a_run_loads_what_it_needs(module: str, run: "Runner") -> None:
    run.emulator.store.load(ORGANIZATION)
    for changed in (True, False) if module in MAKES else (False,):
        result, loaded = loaded_by(run, module, OPTIONS.get(module, {}))
        if LOADED[module]:
            assert result["changed"] is changed, result
        assert loaded == LOADED[module] | (MAKES[module] if changed else set())


@pytest.mark.parametrize(
    ("module", "options", "more"),
    [
        ("logfire_project", {"name": "shop", "description": "New", "_ansible_diff": True}, {"_apply", "_diff"}),
        ("logfire_project", {"name": "shop", "description": "New", "_ansible_check_mode": True}, set()),
        ("logfire_alert", {"project": UNKNOWN, "name": "x", "state": "absent"}, {"_failures"}),
        ("logfire_project", {"name": "shop", "base_url": "http://127.0.0.1:9"}, {"_failures"}),
        ("logfire_token", {"project": "shop", "path": "token"}, {"_tokens", "_token_file"}),
    ],
    ids=["diff", "check mode", "refused", "no connection", "file"],
)
def test_what_few_runs_load(
    module: str, options: Options, more: set[str], run: "Runner", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run.emulator.store.load(ORGANIZATION)
    _result, loaded = loaded_by(run, module, options)
    assert loaded == LOADED[module] | more
