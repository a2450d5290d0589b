# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text that a terminal shows as it is: a pure function."""

from __future__ import annotations


def printable(text: str) -> str:
    """C(text) with escapes in place of characters that a terminal does not show but obeys.

    Names and the service's words may have any: line ends that forge a line of output, sequences that move the cursor or
    change colors, marks that reverse the direction of writing.
    """
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
