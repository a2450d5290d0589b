# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The smallest before and after that show all differences."""

from __future__ import annotations

from typing import Any, TypedDict

_MISSING = object()


class Diff(TypedDict):
    """What diff mode shows of one object."""

    before: dict[str, Any]
    after: dict[str, Any]


class Section(Diff):
    """What diff mode shows of one object among others."""

    before_header: str
    after_header: str


def no_diff() -> Diff:
    """Return a new diff without differences."""
    return {"before": {}, "after": {}}


def minimal(before: Any, after: Any) -> tuple[Any, Any]:
    """Return both values without what they have in common, at any depth; two empty dictionaries if they are equal.

    Dictionaries keep only the members that differ. Lists of the same length become dictionaries of the items that
    differ, with keys such as C([0]), so that the change of one query in a list of panels does not show the whole list.
    """
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after) and _nested(before + after):
        before, after = ({f"[{index}]": item for index, item in enumerate(items)} for items in (before, after))
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return before, after
    left, right = {}, {}
    for member in [*before, *(member for member in after if member not in before)]:
        old, new = before.get(member, _MISSING), after.get(member, _MISSING)
        if same(old, new):
            continue
        if old is not _MISSING and new is not _MISSING:
            old, new = minimal(old, new)
        if old is not _MISSING:
            left[member] = old
        if new is not _MISSING:
            right[member] = new
    return left, right


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal as JSON: 1 equals 1.0 but, unlike in Python, not true."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[member], right[member]) for member in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def _nested(items: list[Any]) -> bool:
    return all(isinstance(item, (dict, list)) for item in items)
