# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The text of a file that contains one secret of the service: only the secret, or a line of an environment file."""

from __future__ import annotations

import re
from typing import NamedTuple

# The format of all secrets of the service: pylf_v1_REGION_SECRET, pylf_v2_REGION_UUID_SECRET.
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
    """The text around the secret. C(variable) is None if the text is only the secret."""

    variable: str | None = None
    before: str = ""
    after: str = "\n"

    @property
    def format(self) -> str:
        """C(token) or C(environment), as in the option C(format)."""
        return "token" if self.variable is None else "environment"

    def text(self, secret: str) -> str:
        """Return the whole text with that secret."""
        return f"{self.before}{secret}{self.after}"

    def changed_to(self, format: str | None, variable: str | None, default: str) -> Layout:
        """Return the layout with another format and variable; None keeps the current one.

        If the format becomes C(environment) without a variable, the variable is C(default).
        """
        if format == "token":
            return self if self.variable is None else Layout()
        if format is None and self.variable is None:
            return self
        name = variable or self.variable or default
        return self if name == self.variable else Layout(name, f"{name}=")


def is_secret(text: str) -> bool:
    """Whether C(text) has the format of a token or key of the service."""
    return re.fullmatch(_SECRET, text) is not None


def read_secret(text: str) -> tuple[Layout, str | None]:
    """Return the layout of a text and the secret in it, or None. Raises ValueError if it contains anything else."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError("neither a token nor NAME=token")
    if match["variable"] is None and match["secret"] is None:
        return Layout(), None
    return Layout(match["variable"], match["before"], match["after"]), match["secret"]


def read_link(text: str) -> tuple[Layout, str | None]:
    """Return the same for a text that contains only a URL. Raises ValueError for anything else."""
    link = text.strip()
    if link and not re.fullmatch(r"https?://[!-~]{1,990}", link):
        raise ValueError("not a URL")
    return Layout(), link or None
