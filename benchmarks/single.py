# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one task of each module costs, beside the smallest module that makes the same calls, and where its time goes."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from operator import truediv
from pathlib import Path
from typing import Any

import yaml
from measure import Bench, run

Json = dict[str, Any]

LIBRARY = Path(__file__).resolve().parent / "programs/library"
ITEMS = 12  # of a loop
COLLECTION = "community.logfire"


def cases(state: Json) -> dict[str, tuple[Json, list[str]]]:
    """For each module, options with which it changes nothing, and the paths that it reads then."""
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
    """Milliseconds of a task of each module, and of the smallest that does its calls. They take turns, too."""

    def __init__(self, bench: Bench, state: Json) -> None:
        self._bench = bench
        self._state = state
        self._cases = cases(state)
        tasks: dict[str, tuple[str, Json]] = {}
        for module, (options, paths) in self._cases.items():
            tasks[module] = (f"{COLLECTION}.{module}", options)
            tasks[_smallest(module)] = ("smallest", {"paths": paths})
        self._playbooks = {
            name: [_playbook(bench, name, task, items) for items in (1, 1 + ITEMS)] for name, task in tasks.items()
        }
        self._samples: dict[str, list[float]] = {name: [] for name in tasks}
        self._starts = {module: start(bench, module, options) for module, (options, _paths) in self._cases.items()}

    def measure(self) -> None:
        """Once more. Raises RuntimeError when a module does not make the calls that the smallest makes for it."""
        requests = {}
        for name, playbooks in self._playbooks.items():
            self._bench.service.start_from(self._state, 0)
            one, many = (run(book, self._bench.environment, self._bench.folder / "single.log") for book in playbooks)
            self._samples[name].append((many.seconds - one.seconds) / ITEMS * 1000)
            requests[name] = sum(self._bench.service.requests().values())
        wrong = [module for module in self._cases if requests[module] != requests[_smallest(module)]]
        if wrong:
            raise RuntimeError(f"not the same calls as the smallest module: {wrong} in {requests}")

    def results(self) -> Json:
        """Medians so far. That of the ratio is of each time's, since neighbours have the same conditions."""
        return {
            module: {
                "milliseconds": round(statistics.median(self._samples[module]), 1),
                "smallest": round(statistics.median(self._samples[_smallest(module)]), 1),
                "ratio": round(statistics.median(self._ratios(module)), 3),
                "runs": len(self._samples[module]),
                "requests": len(paths),
                **self._starts[module],
            }
            for module, (_options, paths) in self._cases.items()
        }

    def _ratios(self, module: str) -> Iterator[float]:
        return map(truediv, self._samples[module], self._samples[_smallest(module)])


def _smallest(module: str) -> str:
    return f"smallest for {module}"


def _playbook(bench: Bench, name: str, task: tuple[str, Json], items: int) -> list[str]:
    module, options = task
    path = bench.folder / f"{name.replace(' ', '-')}-{items}.yml"
    looped = {module: options, "loop": list(range(items))}
    path.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": [looped]}]))
    return ["ansible-playbook", "--module-path", str(LIBRARY), str(path)]


def start(bench: Bench, module: str, options: Json) -> Json:
    """What is sent and imported to run a module: KiB of the archive, files and milliseconds by whose they are."""
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
    """Milliseconds of C(-X importtime) by whose code it is."""
    times: dict[str, float] = defaultdict(float)
    for own, name in re.findall(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", report, re.MULTILINE):
        top = name.split(".")[0]
        owner = {"ansible": "ansible-core", "ansible_collections": COLLECTION}.get(top, "Python")
        if top in ("requests", "urllib3", "charset_normalizer", "idna", "certifi", "chardet"):
            owner = "requests"
        times[owner] += int(own) / 1000
    return times
