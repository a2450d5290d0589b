# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Suggestions for words that are not allowed: pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: object, allowed: Iterable[str]) -> str:
    """Return the question after a problem, such as C(; did you mean 'shop'?); empty if no allowed word is similar.

    Case is ignored, and C(-) and spaces match C(_).
    """
    plain = {_plain(each): each for each in allowed}
    matches = get_close_matches(_plain(str(word)), plain, 1, 0.75)
    return f"; did you mean {plain[matches[0]]!r}?" if matches else ""


def not_among(problem: str, word: object, allowed: Iterable[str], heading: str, most: int | None = None) -> str:
    """Return a problem with a suggestion, and a heading with the allowed words, at most C(most) of them.

    For example: C(unknown option; did you mean 'name'? Valid options: id, name).
    """
    words = sorted(allowed)
    question = did_you_mean(word, words)
    start = f"{question} {heading[0].upper()}{heading[1:]}" if question else f"; {heading}"
    return f"{problem}{start}: {', '.join(words[:most])}{', ...' if words[most:] and most else ''}"


def not_a_choice(value: object, choices: Iterable[str]) -> str:
    """Return the problem of a value that is not one of the choices of its option."""
    return not_among(f"{value!r} is not a valid choice", value, choices, "valid choices")


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")
