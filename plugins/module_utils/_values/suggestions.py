# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What messages say of words that are not among those allowed: pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: object, allowed: Iterable[str]) -> str:
    """The question that follows a problem, such as C(; did you mean 'shop'?); empty when nothing is similar.

    Capitals make no difference, nor do C(-) and blanks in place of C(_).
    """
    plain = {_plain(each): each for each in allowed}
    matches = get_close_matches(_plain(str(word)), plain, 1, 0.75)
    return f"; did you mean {plain[matches[0]]!r}?" if matches else ""


def not_among(problem: str, word: object, allowed: Iterable[str], heading: str, most: int | None = None) -> str:
    """A problem, what may be meant, and what is allowed: under a heading all words, or at most so many.

    For instance C(unknown option; did you mean 'name'? Valid options: id, name).
    """
    words = sorted(allowed)
    question = did_you_mean(word, words)
    start = f"{question} {heading[0].upper()}{heading[1:]}" if question else f"; {heading}"
    return f"{problem}{start}: {', '.join(words[:most])}{', ...' if words[most:] and most else ''}"


def not_a_choice(value: object, choices: Iterable[str]) -> str:
    """What is wrong with a value that is not one of those an option can have."""
    return not_among(f"{value!r} is not a valid choice", value, choices, "valid choices")


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")
