# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The texts in JSON values of any depth: pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Callable

#: An unpaired surrogate, which JSON can contain, but which cannot be encoded as text.
HALF = re.compile("[\ud800-\udfff]")


def texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in C(value) with its path, such as C(projects[shop].alerts[Errors].query).

    Keys have the path of their dictionary. Items of lists are identified by their name or, without one, their index.
    """
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield place, str(key)
            yield from texts(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            name = inner.get("name", index) if isinstance(inner, dict) else index
            yield from texts(inner, f"{place}[{name}]")


def map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return a copy of C(value) with C(change) applied to every text in it, including keys."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {map_texts(key, change): map_texts(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [map_texts(inner, change) for inner in value]
    return value


def whole(value: Any) -> Any:
    """Return a copy of C(value) with the replacement character instead of every unpaired surrogate."""
    return map_texts(value, lambda text: HALF.sub("\ufffd", text))
