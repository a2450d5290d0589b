# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run playbooks both in process and as modules, and compare their results, requests, files and output."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbooks import WAYS, Command, ansible, in_way, recorded, recording, write_play

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Json = dict[str, Any]

#: The order of concurrent requests varies, so it cannot be compared.
ONE_BY_ONE = {f"community.logfire.{module}": {"concurrency": 1} for module in ("logfire_stack", "logfire_stack_info")}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d(?::|%3A)\d\d(?::|%3A)\d\d(\.\d+)?(Z|\+00:00)?")


def play_both_ways(
    emulator: "RunningEmulator",
    folder: Path,
    tasks: Callable[[Path], list[Json]],
    seed: Callable[["RunningEmulator"], None],
    *arguments: str,
    variables: Json | None = None,
    **environment: str,
) -> tuple[Command, list[Json]]:
    """Run tasks on localhost in both ways, each with its own folder and organization, and compare the runs.

    ``tasks`` returns the tasks for a folder, and ``seed`` fills the organization. Returns the results in process.
    """
    courses = []
    for number, way in enumerate(WAYS):
        emulator.reset()
        seed(emulator)
        place = folder / str(number)  # of the same length, so that the lines of the output break at the same words
        place.mkdir()
        ordered = [{**task, "module_defaults": ONE_BY_ONE} for task in tasks(place)]
        playbook = write_play(place, ordered, **(variables or {}))
        with in_way(way):
            done = ansible(
                *("playbook", "--diff", playbook, *arguments),
                folder=place,
                **{"LOGFIRE_BASE_URL": emulator.base_url, **recording(place), **environment},
            )
        assert done.status == 0, done.output
        courses.append((done, recorded(place), [_sent(entry) for entry in emulator.log], _files(place)))
    (done, results, *_rest), _as_module = courses
    for one, other in zip(*[_settled(course, folder) for course in courses], strict=True):
        assert one == other
    return done, results


def _sent(entry: Any) -> list[Any]:
    return [entry.method, entry.path, entry.query, entry.raw_body, entry.headers]


def _files(place: Path) -> Json:
    """Return mode, owner and content of the files that the tasks created."""
    return {
        path.name: [oct(path.stat().st_mode), path.stat().st_uid, path.read_text()] for path in place.glob("*token*")
    }


def _settled(course: tuple[Command, list[Json], list[Any], Json], folder: Path) -> list[Any]:
    """Return a course without the parts that differ between runs: times, and the folder."""
    done, results, requests, files = course
    text = INSTANT.sub("(instant)", json.dumps([results, requests, files, done.output]))
    text = re.sub(rf"{re.escape(str(folder))}/\d", "(folder)", text)
    results, requests, files, output = json.loads(text)
    # Comparing individual results and requests makes differences easier to read.
    return [*results, *requests, files, *output.splitlines()]
