# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The text of a file that holds one secret of the service: the secret alone, or a line of an environment file."""

from __future__ import annotations

import re
from typing import NamedTuple

# All secrets that the service makes start like this: pylf_v1_REGION_SECRET, pylf_v2_REGION_UUID_SECRET.
_SECRET = r"pylf_v[0-9]+_[A-Za-z0-9._~+/=-]{1,990}"
_TEXT = re.compile(
    rf"""
    (?P<before> \s* (?: (?:export\s+)? (?P<variable> [A-Za-z_][A-Za-z0-9_]*) = )? (?P<quote> ["']?) )
    (?P<secret> {_SECRET})?
    (?P<after> (?P=quote) \s*)
    """,
    re.VERBOSE,
)


class Layout(NamedTuple):
    """What surrounds the secret, as text; C(variable) is None where it stands alone."""

    variable: str | None = None
    before: str = ""
    after: str = "\n"

    @property
    def format(self) -> str:
        """C(token) or C(environment), as the option of that name has it."""
        return "token" if self.variable is None else "environment"

    def text(self, secret: str) -> str:
        """The whole text with that secret."""
        return f"{self.before}{secret}{self.after}"

    def changed_to(self, format: str | None, variable: str | None, default: str) -> Layout:
        """The layout in a format, with a variable; None keeps what it is.

        A new line of an environment file has the variable C(default) when none is given.
        """
        if format == "token":
            return self if self.variable is None else Layout()
        if format is None and self.variable is None:
            return self
        name = variable or self.variable or default
        return self if name == self.variable else Layout(name, f"{name}=")


def is_secret(text: str) -> bool:
    """Whether it looks like a token or key of the service."""
    return re.fullmatch(_SECRET, text) is not None


def read_secret(text: str) -> tuple[Layout, str | None]:
    """The layout of a text and the secret in it, if any. Raises ValueError when there is anything else in it."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError("neither a token nor NAME=token")
    if match["variable"] is None and match["secret"] is None:
        return Layout(), None
    return Layout(match["variable"], match["before"], match["after"]), match["secret"]


def read_link(text: str) -> tuple[Layout, str | None]:
    """The same of a text that holds nothing but the address of a page. Raises ValueError for anything else."""
    link = text.strip()
    if link and not re.fullmatch(r"https?://[!-~]{1,990}", link):
        raise ValueError("no address of a page")
    return Layout(), link or None
