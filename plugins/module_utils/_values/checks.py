# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of the value types, and the canonical spelling in which names are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit


def not_blank(text: str) -> str:
    """Return C(text). Raises ValueError if it is blank."""
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def check_outer_blanks(name: str) -> None:
    """Raise ValueError for a new name with whitespace around it.

    Some services strip names, and then the next run would not find the object.
    """
    if name != name.strip():
        raise ValueError(f"{name!r} must not begin or end with whitespace")


def canonical_name(text: str) -> str:
    """Return a name in the spelling in which names are compared: composed Unicode (NFC)."""
    return unicodedata.normalize("NFC", text)


def check_tenant_name(name: str, noun: str) -> None:
    """Raise ValueError for a name that a new project or organization cannot have (published document)."""
    if not (2 <= len(name) <= 50 and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name)):
        raise ValueError(
            f"{name!r} is not a valid {noun} name: use 2 to 50 lowercase letters, digits and single hyphens"
        )


def check_url(url: str) -> None:
    """Raise ValueError for an invalid HTTP URL. The message does not contain it, because it may be a secret."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(character.isspace() for character in url):
        raise ValueError("must be a URL that starts with http:// or https:// and names a host")


def optional_text(wire: Any) -> str | None:
    """Return a required member of an answer that is text or null. Raises ValueError for other values."""
    if wire is not None and not isinstance(wire, str):
        raise ValueError("neither text nor null")
    return wire


def text(wire: Any) -> str:
    """Return a member of an answer that is text. Raises ValueError for other values."""
    if not isinstance(wire, str):
        raise ValueError("not text")
    return wire


def check_range(number: int, least: int, most: int) -> None:
    """Raise ValueError for a number that is out of range."""
    if not least <= number <= most:
        raise ValueError(f"{number} is out of range; allowed: {least} to {most}")
