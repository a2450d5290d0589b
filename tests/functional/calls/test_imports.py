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
EVERY = {"_arguments", "_client", "_errors", "_http", "_module", "_organization", "_secrets", "_values"}
EVERY |= {"_resources", "_resources.kind", "_resources.project"}
#: One object, planned and made.
PLANS = {"_kind_module", "_engine", "_diff"}
#: Alerts notify channels, which they find by name.
ALERTS = {"_resources.alert", "_resources.channel"}
DASHBOARDS = {"_resources.dashboard", "_diff"}
TOKENS = {"_token_module", "_tokens", "_token_file", "_resources.token"}
STACKS = {*ALERTS, *DASHBOARDS, "_resources.kinds", "_parallel"}

LOADED = {
    "logfire_alert": {*EVERY, *PLANS, *ALERTS},
    "logfire_alert_info": {*EVERY, *ALERTS, "_info_module"},
    "logfire_channel": {*EVERY, *PLANS, "_resources.channel"},
    "logfire_channel_info": {*EVERY, "_info_module", "_resources.channel"},
    "logfire_dashboard": {*EVERY, *PLANS, *DASHBOARDS},
    "logfire_dashboard_info": {*EVERY, *DASHBOARDS, "_info_module"},
    "logfire_project": {*EVERY, *PLANS},
    "logfire_project_info": {*EVERY, "_info_module"},
    "logfire_stack": {*EVERY, *STACKS, "_stack_module", "_stack", "_engine"},
    "logfire_stack_files": set(),  # its work is done by a plugin where Ansible runs
    "logfire_stack_info": {*EVERY, *STACKS, "_stack_info_module", "_export"},
    "logfire_token": {*EVERY, *TOKENS},
    "logfire_token_info": {*EVERY, "_info_module", "_token_info_module", "_resources.token"},
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


@pytest.mark.parametrize("module", MODULES)
def test_a_run_loads_what_it_needs(module: str, run: "Runner") -> None:
    run.emulator.store.load({"channels": ["ops"], "projects": [{"project_name": "shop", "dashboards": ["home"]}]})
    options = {**run.connection, **OPTIONS.get(module, {})}
    done = subprocess.run(
        [sys.executable, "-c", PROBE, COLLECTION, module, json.dumps(options)],
        capture_output=True,
        text=True,
        check=True,
    )
    *result, loaded = [json.loads(line) for line in done.stdout.splitlines() if line]
    assert not any(entry.get("failed") for entry in result), result
    assert bool(result) is bool(LOADED[module]), "the module did not run"
    assert set(loaded) == LOADED[module]
