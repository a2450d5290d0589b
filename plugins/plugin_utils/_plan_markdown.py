# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Renders a plan of C(logfire_stack) as Markdown for a review, and reads its digest from it: pure functions.

Names and values are untrusted. Outside of code blocks, they are in C(<code>), which prevents links and mentions, with
an entity for each special character. The fence of a code block is longer than any in its content.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher, unified_diff
from itertools import islice
from typing import Any

from ansible_collections.community.logfire.plugins.module_utils._values.printable import printable

Json = dict[str, Any]

LONGEST = 60_000  # characters: GitHub limits comments to 65,536
LONGEST_NAME = 80
LONGEST_LINE = 400
MOST_LINES = 300  # of one diff
MOST_WARNINGS = 10

#: The actions, most dangerous first, each with its mark in the table and its words in the summary.
ACTIONS = {
    "delete": ("**➖&nbsp;delete**", "to delete"),
    "update": ("✏️&nbsp;update", "to update"),
    "create": ("➕&nbsp;create", "to create"),
}
_DIGEST = re.compile(r"\ufeff?<!-- community\.logfire plan ([0-9a-f]{64}) -->\r?\n")


def find_digest(text: str) -> str | None:
    """Return the digest in the first line of a text that L(to_markdown) has written, or None."""
    found = _DIGEST.match(text)
    return found and found[1]


def to_markdown(result: Json, longest: int = LONGEST) -> str:
    """Render the plan in a result of C(logfire_stack) in diff mode, with at most about C(longest) characters.

    Raises KeyError, TypeError and AttributeError for anything but such a result.
    """
    digest = result["plan_digest"]
    changes = sorted(
        zip(result["changes"], result["diff"]), key=lambda change: list(ACTIONS).index(change[0]["action"])
    )
    head = [
        f"<!-- community.logfire plan {digest} -->",
        f"### Logfire: {_summary(result['changes'])}",
        *_warnings(result.get("warnings") or []),
        *_table(changes, longest // 2),
    ]
    foot = [f"Plan digest: <code>{digest}</code>"]
    room = longest - sum(len(part) + 2 for part in [*head, *foot]) - 200
    details, left_out, shortened = _details(changes, room)
    if left_out or shortened:
        parts = [f"{left_out} are left out"] * bool(left_out) + [f"{shortened} are shortened"] * bool(shortened)
        head.insert(2, f"**Not all of the {len(changes)} differences are shown here: {' and '.join(parts)}.**")
    return "\n\n".join([*head, *details, *foot]) + "\n"


def difference(approved: str, result: Json) -> list[str]:
    """Return the lines that differ between an approved text and the plan in a result; see L(to_markdown)."""
    old, new = (
        [line for line in text.splitlines() if not _says_digest(line)] for text in (approved, to_markdown(result))
    )
    return list(unified_diff(old, new, "approved", "now", lineterm=""))


def _says_digest(line: str) -> bool:
    return line.startswith(("<!-- community.logfire plan ", "Plan digest: "))


def _summary(changes: list[Json]) -> str:
    counts = Counter(change["action"] for change in changes)
    parts = [f"{counts[action]} {word}" for action, (_mark, word) in ACTIONS.items() if counts[action]]
    return ", ".join(parts) or "nothing to change"


def _warnings(warnings: list[Any]) -> Iterator[str]:
    if warnings:
        more = [f"... and {len(warnings) - MOST_WARNINGS} more"] if len(warnings) > MOST_WARNINGS else []
        texts = [_cut(printable(str(text)), LONGEST_LINE) for text in warnings[:MOST_WARNINGS]]
        lines = [line for text in [*texts, *more] for line in textwrap.wrap(text, 100, subsequent_indent="  ")]
        yield f"⚠️ **Warnings**\n\n{_block(lines)}"


def _table(changes: list[tuple[Json, Json]], room: int) -> Iterator[str]:
    """Yield the table with a row for each change, as many as fit into C(room) characters."""
    if not changes:
        return
    rows = ["| | kind | name | project | changes |", "|---|---|---|---|---|"]
    for number, (change, section) in enumerate(changes):
        project = _code(change["project"]) if change["project"] else ""
        cells = [ACTIONS[change["action"]][0], change["kind"], _code(change["name"]), project]
        row = f"| {' | '.join(cells)} | {_changed_options(change, section)} |"
        room -= len(row) + 1
        if room < 0:
            rows.append(f"| ... | | and {len(changes) - number} more | | |")
            break
        rows.append(row)
    yield "\n".join(rows)


def _changed_options(change: Json, section: Json) -> str:
    """Return the names of the options that an update changes."""
    before, after = section["before"], section["after"]
    options = [option for option in {**before, **after} if before.get(option) != after.get(option)]
    return ", ".join(options).replace("_", "\\_") if change["action"] == "update" else ""


def _details(changes: list[tuple[Json, Json]], room: int) -> tuple[list[str], int, int]:
    """Return the collapsed differences that fit, and how many are left out and shortened."""
    details: list[str] = []
    left_out = shortened = 0
    for change, section in changes:
        lines, is_whole = _bounded(_difference(section["before"], section["after"]))
        of = f" of project {_code(change['project'])}" if change["project"] else ""
        title = f"{change['action']} {change['kind']} {_code(change['name'])}{of}"
        text = f"<details><summary>{title}</summary>\n\n{_block(lines, 'diff')}\n\n</details>"
        if len(text) + 2 > room:
            left_out += 1
            continue
        room -= len(text) + 2
        shortened += not is_whole
        details.append(text)
    return details, left_out, shortened


def _bounded(lines: list[str]) -> tuple[list[str], bool]:
    """Limit the number and length of the lines of a difference; return whether they are complete, too."""
    shown = [_cut(line, LONGEST_LINE) for line in lines[:MOST_LINES]]
    more = ["  ... and more lines"] if len(lines) > MOST_LINES else []
    return [*shown, *more], shown == lines


def _difference(before: Json, after: Json) -> list[str]:
    """Return the lines before and after, by option, marked as in a patch. Many lines are truncated."""
    marked: list[str] = []
    for option in {**before, **after}:
        old, new = (
            list(islice(_lines({option: value[option]} if option in value else {}), 4 * MOST_LINES))
            for value in (before, after)
        )
        for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                marked += [f"  {line}" for line in old[first:last]]
            else:
                marked += [f"- {line}" for line in old[first:last]] + [f"+ {line}" for line in new[start:end]]
        if 4 * MOST_LINES in (len(old), len(new)):  # truncated; MOST_LINES lines and the remark about more are shown
            marked += ["  ..."] * MOST_LINES
    return marked


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    """Yield a value as lines, one for each member, item, and line of a text."""
    members = value.items() if isinstance(value, dict) else (("-", item) for item in value)
    for key, inner in members:
        label = "-" if isinstance(value, list) else f"{printable(str(key))}:"
        if isinstance(inner, (dict, list)) and inner:
            yield f"{indent}{label}"
            yield from _lines(inner, indent + "  ")
        elif isinstance(inner, str) and "\n" in inner:
            yield f"{indent}{label} |"
            yield from (f"{indent}  {printable(line)}" for line in inner.split("\n"))
        else:
            yield f"{indent}{label} {printable(json.dumps(inner, ensure_ascii=False))}"


def _block(lines: list[str], language: str = "text") -> str:
    """Return lines as a code block."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def _code(name: Any) -> str:
    """Return a name as inline code for a line, table cell or summary."""
    shown = _cut(printable(str(name)), LONGEST_NAME)
    return f"<code>{re.sub('[^A-Za-z0-9 -]', lambda found: _entity(found[0]), shown)}</code>"


def _entity(character: str) -> str:
    """Return the entity of a character. After an at sign, a comment prevents links to email addresses."""
    if ord(character) > 127:
        return character
    return f"&#{ord(character)};" + ("<!-- -->" if character == "@" else "")


def _cut(text: str, longest: int) -> str:
    """Shorten a text to its beginning and its end."""
    if len(text) <= longest:
        return text
    end = longest // 4
    return f"{text[: longest - end]} [... {len(text) - longest:,} characters ...] {text[-end:]}"
