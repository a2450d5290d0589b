# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a service may do to text before it stores it. Each step is a setting, and off at first."""

import re
import unicodedata
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, WithJsonSchema

from .shared_settings import SharedSettings


def _is_uuid(value: str) -> str:
    UUID(value)
    return value


#: An id as it was given: :func:`identifier` decides what becomes of its letters.
GivenId = Annotated[str, AfterValidator(_is_uuid), WithJsonSchema({"type": "string", "format": "uuid"})]


def name(settings: SharedSettings, value: str) -> str:
    """A name, label, slug or environment."""
    if settings.name_blanks == "strip":
        value = value.strip()
    if settings.name_case == "lower":
        value = value.lower()
    return unicodedata.normalize("NFC", value) if settings.name_form == "nfc" else value


def names(settings: SharedSettings, values: list[str]) -> list[str]:
    """Several of them."""
    return [name(settings, value) for value in values]


def description(settings: SharedSettings, value: str) -> str:
    """Text for people."""
    if settings.line_ends == "lf":
        value = re.sub("\r\n?", "\n", value)
    if settings.text_blanks == "strip":
        return value.strip()
    return value.rstrip() if settings.text_blanks == "strip_end" else value


def query(settings: SharedSettings, value: str) -> str:
    """SQL."""
    value = description(settings, value)
    return f"{value}\n" if settings.query_newline and not value.endswith("\n") else value


def identifier(settings: SharedSettings, value: str) -> str:
    """An id of something that is not managed here; dashes, braces and the like are settled in any case."""
    return str(UUID(value)) if settings.id_case == "lower" else value


def address(settings: SharedSettings, value: str) -> str:
    """An e-mail address: only its domain knows no case."""
    local, at, domain = value.rpartition("@")
    return f"{local}{at}{domain.lower()}" if settings.email_domain_case == "lower" else value
