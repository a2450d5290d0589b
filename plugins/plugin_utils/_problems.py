# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a directory, file by file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.community.logfire.plugins.module_utils._tasks.validation import find_problems
from ansible_collections.community.logfire.plugins.plugin_utils._files import Reading


def problems_of(reading: Reading) -> Iterator[str]:
    """The problems of the files, and those of the description in them, each with its object and file; no secrets."""
    yield from reading.problems
    for problem in find_problems(_plain(reading.stack)):
        file = reading.files.get(problem.place)
        place = f" ({file})" if file else ""
        yield f"{problem.subject}{place}: {problem.text}" if problem.subject or file else problem.text


def _plain(value: Any) -> Any:
    """A value as modules get it, all text: from a vault, it is none before ansible-core 2.19, and a date is none."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)
