# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check the language of the texts that people read: python scripts/prose.py [folder of the collection]

The texts are guides, documentation, the changelog's fragments, names of tasks, and messages. They are checked with
proselint, and with the style of this collection in prose-style.yml. Code in them is not checked.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
STYLE = ROOT / "scripts/prose-style.yml"
Span = tuple[int, int]
Remark = tuple[int, str, str]  # the position, the words, and the advice
Linter = Callable[[str], Iterable[Remark]]
END = "\N{PILCROW SIGN}"  # of a paragraph


@dataclass(frozen=True)
class Finding:
    """A problem in a line of a file."""

    path: str
    line: int
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.found!r}: {self.remedy}"


@dataclass(frozen=True)
class Rule:
    """A phrase to avoid. ``example`` is a text with that phrase, which the rule must find."""

    everywhere: bool  # also in comments and messages, not only in documentation
    avoid: re.Pattern[str]
    remedy: str
    example: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the style of this collection. Raises ValueError if a rule does not find its own example."""
    written = yaml.safe_load(STYLE.read_text())
    found = tuple(
        Rule(part == "everywhere", re.compile(rf"\b(?:{rule['avoid']})"), rule["use"], rule["example"])
        for part in ("everywhere", "documentation")
        for rule in written[part]
    )
    for rule in found:
        if not rule.avoid.search(rule.example):
            raise ValueError(f"{STYLE.name}: {rule.avoid.pattern} is not in {rule.example!r}")
    return found


def check(path: str, text: str, *linters: Linter) -> list[Finding]:
    """Return the problems in a text in which everything but prose was already replaced by blanks."""
    flowing, origins = flow(text)
    remarks = sorted(remark for linter in linters for remark in linter(flowing))
    return [
        Finding(path, text.count("\n", 0, origins[start]) + 1, words, remedy)
        for start, words, remedy in remarks
        if "_" not in words  # of code
    ]


def style(text: str) -> Iterator[Remark]:
    """Yield phrases that the style of this collection avoids in documentation."""
    yield from remarks(text, rules())


def style_of_code(text: str) -> Iterator[Remark]:
    """Yield phrases that the style of this collection avoids in comments and messages."""
    yield from remarks(text, (rule for rule in rules() if rule.everywhere))


def remarks(text: str, chosen: Iterable[Rule]) -> Iterator[Remark]:
    for rule in chosen:
        for match in rule.avoid.finditer(text):
            yield match.start(), match[0], rule.remedy


@cache
def proselint() -> Linter:
    """Return the linter of that name, with the checks that the style does not disable."""
    checks = importlib.import_module("proselint.checks").__register__
    registry = importlib.import_module("proselint.registry").CheckRegistry()
    registry.register_many(checks)
    off: list[str] = yaml.safe_load(STYLE.read_text())["proselint_off"]
    default = importlib.import_module("proselint.config").DEFAULT["checks"]
    # The first matching name is used.
    enabled = registry.get_all_enabled(
        dict.fromkeys(off, False) | {name: on for name, on in default.items() if name not in off}
    )

    def lint(text: str) -> Iterator[Remark]:
        for each in enabled:
            # Its patterns expect characters on both sides of the text.
            for result in each.check_with_flags(f"\n{text}\n"):
                start, end = result.span
                yield start - 1, text[start - 1 : end - 1].strip(), result.message

    return lint


def flow(text: str) -> tuple[str, list[int]]:
    """Return the text with joined lines, since phrases can wrap, and the original position of each character."""
    parts = [(match[0], match.start()) for match in re.finditer(rf"[\s{END}]+|\S", text)]
    joined = "".join(
        END if END in part or part.count("\n") > 1 else " " if part.isspace() else part for part, _start in parts
    )
    return joined, [start for _part, start in parts]


def blank(text: str, spans: list[Span], filler: str = " ") -> str:
    """Return the text with the spans replaced by filler. The filler ``_`` makes each span one word."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", filler, text[start:end]) + text[end:]
    return text


def only(text: str, spans: list[Span]) -> str:
    """Return the text with everything but the spans replaced by blanks."""
    ends = [0, *(end for _start, end in sorted(spans))]
    starts = [*(start for start, _end in sorted(spans)), len(text)]
    return blank(text, list(zip(ends, starts, strict=True)), END)


def mask(text: str, *code: str, filler: str = "_") -> str:
    """Return the text with matches of the patterns replaced by filler."""
    for pattern in code:
        text = blank(text, [match.span() for match in re.finditer(pattern, text, re.MULTILINE | re.DOTALL)], filler)
    return text


def without_blocks(text: str, *blocks: str) -> str:
    """Return the text without code blocks, except for the names of tasks in them."""
    bare = mask(text, *blocks, filler=" ")
    for name in re.finditer(r"^ *- name: ([A-Z]\S* [^\n]*)", text, re.MULTILINE):
        bare = bare[: name.start(1)] + name[1] + bare[name.end(1) :]
    return bare


def markdown(text: str) -> str:
    text = without_blocks(text, r"^```.*?^```", r"<!--.*?-->")
    return mask(text, r"`[^`]+`", r"\]\([^)]+\)", r"https?://\S+", r"[|]")


def restructured(text: str) -> str:
    # The content of directives and comments is indented.
    text = without_blocks(text, r"^( *)\.\. (?!list-table)[^\n]*\n(?:\1 +[^\n]*\n|\n)*", r"^ *:[\w-]+:[^\n]*")
    return mask(text, r"``[^`]+``", r":\w+:`[^`]+`", r"`[^`]+`_+", r"https?://\S+")


def documented(text: str) -> str:
    """Return the prose of YAML with the markup of Ansible's documentation and with templates."""
    values = [span for key, span in scalars(yaml.compose(text)) if key in DESCRIPTIONS]
    text = mask(only(text, values), r"\b[A-Z]+\([^)]*\)", r"``[^`]+``", r"\{\{.*?\}\}", r"\{%.*?%\}", r"https?://\S+")
    return mask(text, r"[>|]-?\n", r"'(?=\n)|''", filler=" ")


DESCRIPTIONS = {"short_description", "description", "notes", "details", "returned", "requirements", "name"} | {
    *("msg", "fail_msg", "success_msg", "bugfixes", "minor_changes", "major_changes", "breaking_changes"),
    *("deprecated_features", "removed_features", "security_fixes", "known_issues", "release_summary"),
}


def scalars(node: yaml.Node | None, key: str = "") -> Iterator[tuple[str, Span]]:
    """Yield the scalars below a node: the key of each, or of its list, and its span."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from scalars(value, str(name.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from scalars(value, key)
    elif node is not None:
        yield key, (node.start_mark.index, node.end_mark.index)


def python(text: str) -> str:
    """Return the documentation of Python code, its other strings with spaces, and its comments."""
    lines = [0]
    for line in text.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))

    def span(node: Any) -> Span:
        return lines[node.lineno - 1] + node.col_offset, lines[node.end_lineno - 1] + node.end_col_offset

    tree = ast.parse(text)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    strings = [
        span(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        or (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and " " in node.value
            and id(node) not in inside
        )
    ]
    done = only(text, strings + [match.span() for match in re.finditer(r"(?<=# )(?!Copyright|GNU|SPDX)[^\n]+", text)])
    for start, end in strings:
        literal = re.fullmatch(r'r?"""\n?(---\n.*)"""', text[start:end], re.DOTALL)
        if literal:
            first = start + literal.start(1)
            done = done[:first] + documented(literal[1]) + done[first + len(literal[1]) :]
    # Adjacent string literals are one string.
    return mask(mask(done, r'[fr]?"{1,3}', filler=" "), r"\{[^{}]*\}", r"``[^`]+``", r"\b[A-Z]+\([^)]*\)", r"%\w")


#: Patterns of the paths to check, the function that finds prose in them, and the linters.
TEXTS: dict[str, tuple[Callable[[str], str], Linter]] = {
    "*.md": (markdown, style),
    "docs/benchmarks/*.md": (markdown, style),
    "roles/*/README.md": (markdown, style),
    "tests/**/README.md": (markdown, style),
    "docs/docsite/rst/*.rst": (restructured, style),
    "examples/**/*.yml": (documented, style),
    "roles/*/*/*.yml": (documented, style),
    "playbooks/*.yml": (documented, style),
    "changelogs/fragments/*.yml": (documented, style),
    "plugins/doc_fragments/*.py": (python, style),
    "plugins/[fl]*/*.py": (python, style),
    "plugins/modules/*.py": (python, style),
    "plugins/action/*.py": (python, style_of_code),
    "plugins/*_utils/**/*.py": (python, style_of_code),
}
#: Files that others write, and the changelog, which is generated from the fragments.
NOT_OURS = {"CHANGELOG.md", "CODE_OF_CONDUCT.md"}


def findings(root: Path) -> Iterator[Finding]:
    """Yield the problems in the texts of a collection."""
    for pattern, (prose, own_style) in TEXTS.items():
        for path in sorted(root.glob(pattern)):
            if path.name not in NOT_OURS:
                yield from check(path.relative_to(root).as_posix(), prose(path.read_text()), own_style, proselint())


def main(root: Path = ROOT) -> int:
    found = list(findings(root))
    print(*found, f"{len(found)} findings", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
