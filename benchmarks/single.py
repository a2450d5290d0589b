# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures a task of each module, compared with the smallest module that sends the same requests, and its imports."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from measure import Bench, run

Json = dict[str, Any]

LIBRARY = Path(__file__).resolve().parent / "programs/library"
PAIRS = 32  # of tasks in one run
COLLECTION = "community.logfire"


def cases(state: Json) -> dict[str, tuple[Json, list[str]]]:
    """Return, for each module, options with which it changes nothing, and the paths that it then reads."""
    project = state["projects"][0]
    name, inside = project["project_name"], f"/api/v1/projects/{project['id']}"
    alert, board, channel = project["alerts"][0], project["dashboards"][0], state["channels"][0]
    projects = "/api/v1/projects/"
    return {
        "logfire_project": ({"name": name}, [projects]),
        "logfire_channel": ({"name": channel["label"], "active": True}, ["/api/v1/channels/"]),
        "logfire_token": ({"project": name}, [projects, f"{inside}/write-tokens/"]),
        "logfire_alert": (
            {"project": name, "name": alert["name"], "channels": [_label(state, alert)]},
            [projects, f"{inside}/alerts/", "/api/v1/channels/"],
        ),
        "logfire_dashboard": (
            {"project": name, "slug": board["slug"], "definition": board["definition"]},
            [projects, f"{inside}/dashboards/", f"{inside}/dashboards/{board['id']}/"],
        ),
    }


def _label(state: Json, alert: Json) -> str:
    ids = [assignment["channel_id"] for assignment in alert["channel_assignments"]]
    label: str = next(channel["label"] for channel in state["channels"] if channel["id"] in ids)
    return label


class Modules:
    """Milliseconds of a task of each module, and of the smallest one with the same requests, in alternating tasks."""

    def __init__(self, bench: Bench, state: Json) -> None:
        self._bench = bench
        self._state = state
        self._cases = cases(state)
        self._playbooks = {module: _playbook(bench, module, *case) for module, case in self._cases.items()}
        self._samples: dict[str, list[tuple[float, float]]] = {module: [] for module in self._cases}
        self._starts = {module: start(bench, module, options) for module, (options, _paths) in self._cases.items()}

    def measure(self) -> None:
        """Measure another round. Raises RuntimeError if a module and the smallest one send different requests."""
        for module, (_options, paths) in self._cases.items():
            self._bench.service.start_from(self._state, 0)
            ends = task_ends(self._playbooks[module], self._bench.environment)
            spans = [(end - before) * 1000 for before, end in pairwise(ends)]
            # The first task of each, which creates the archive, is excluded.
            self._samples[module] += zip(spans[1::2], spans[2::2], strict=True)
            requests = sum(self._bench.service.requests().values())
            if requests != len(ends) * len(paths):
                raise RuntimeError(f"{module} does not make the same calls as the smallest module: {requests}")

    def results(self) -> Json:
        """Return the medians so far; that of the ratio is over all pairs, since neighbors have the same conditions."""
        return {
            module: {
                "milliseconds": round(statistics.median(ours for ours, _smallest in self._samples[module]), 1),
                "smallest": round(statistics.median(smallest for _ours, smallest in self._samples[module]), 1),
                "ratio": round(statistics.median(ours / smallest for ours, smallest in self._samples[module]), 3),
                "runs": len(self._samples[module]),
                "requests": len(paths),
                **self._starts[module],
            }
            for module, (_options, paths) in self._cases.items()
        }


def _playbook(bench: Bench, module: str, options: Json, paths: list[str]) -> list[str]:
    """Return the command that runs a module and the smallest one alternately."""
    path = bench.folder / f"{module}.yml"
    tasks = [{f"{COLLECTION}.{module}": options}, {"smallest": {"paths": paths}}] * (1 + PAIRS)
    variables = {"logfire_in_process": False}
    path.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "vars": variables, "tasks": tasks}]))
    return ["ansible-playbook", "--module-path", str(LIBRARY), str(path)]


def task_ends(command: list[str], environment: dict[str, str]) -> list[float]:
    """Return when each unchanged task of a playbook ended, in seconds. Raises RuntimeError if the playbook fails."""
    ends, said = [], []
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            if line.startswith("ok: "):
                ends.append(time.perf_counter())
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{''.join(said)[-4000:]}")
    return ends


def start(bench: Bench, module: str, options: Json) -> Json:
    """Return what it takes to start a module: KiB of the archive, and files and milliseconds of imports by origin."""
    remote = bench.folder / "remote"
    subprocess.run(["rm", "-rf", str(remote)], check=True)
    keep = {"ANSIBLE_KEEP_REMOTE_FILES": "1", "ANSIBLE_REMOTE_TMP": str(remote)}
    command = ["ansible", "localhost", "-m", f"{COLLECTION}.{module}", "-a", json.dumps(options)]
    run(command, bench.environment | keep, bench.folder / "start.log")
    (archive,) = remote.glob(f"*/AnsiballZ_{module}.py")
    python = Path(bench.environment["VIRTUAL_ENV"]) / "bin/python"
    imports = []
    for _round in range(5):
        done = subprocess.run(
            [python, "-X", "importtime", archive], env=bench.environment, capture_output=True, text=True, check=True
        )
        imports.append(_import_times(done.stderr))
    owners = sorted({owner for times in imports for owner in times})
    return {
        "archive": round(archive.stat().st_size / 1024),
        "files": len(re.findall(rf"ansible_collections\.{re.escape(COLLECTION)}\S*_\w+", done.stderr)),
        "imports": {owner: round(statistics.median(times.get(owner, 0) for times in imports), 1) for owner in owners},
    }


def _import_times(report: str) -> dict[str, float]:
    """Return the milliseconds in a report of C(-X importtime), by origin of the code."""
    times: dict[str, float] = defaultdict(float)
    for own, name in re.findall(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", report, re.MULTILINE):
        top = name.split(".")[0]
        owner = {"ansible": "ansible-core", "ansible_collections": COLLECTION}.get(top, "Python")
        if top in ("requests", "urllib3", "charset_normalizer", "idna", "certifi", "chardet"):
            owner = "requests"
        times[owner] += int(own) / 1000
    return times
