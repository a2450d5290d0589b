# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text without control characters: a pure function."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return C(text) with escapes instead of characters that a terminal interprets.

    Names and messages of the service may contain any: line breaks that forge a line of output, sequences that move the
    cursor or change colors, and marks that reverse the direction of text.
    """
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
