# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the problems of a directory, file by file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ansible_collections.community.logfire.plugins.module_utils._tasks.validation import Problem, find_problems
from ansible_collections.community.logfire.plugins.plugin_utils._files import Reading

#: The place of an object, such as C(projects[0].alerts[1])
PLACE = re.compile(r"[a-z]+\[\d+\](?:\.[a-z]+\[\d+\])*")


def problems_of(reading: Reading) -> Iterator[str]:
    """Yield the problems of the files and of their description, with object and file, and without secrets."""
    yield from reading.problems
    for problem in find_problems(_plain(reading.stack)):
        if problem.place:
            yield _in_file(problem, reading.files)
        elif len(set(map(reading.files.get, PLACE.findall(problem.text)))) < 2:  # C(reading) reports several files
            yield PLACE.sub(lambda place: str(reading.files.get(place[0], place[0])), problem.text)


def _in_file(problem: Problem, files: dict[str, Path]) -> str:
    """Return the problem of an object with its file. Some of its options, such as secrets, are in another file."""
    option = problem.text.partition(":")[0]
    file = files.get(f"{problem.place}.{option}") or files.get(problem.place)
    place = f" ({file})" if file else ""
    return f"{problem.subject}{place}: {problem.text}" if problem.subject or file else problem.text


def _plain(value: Any) -> Any:
    """Return a value as modules get it: dates, and vaulted values before ansible-core 2.19, become text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)
