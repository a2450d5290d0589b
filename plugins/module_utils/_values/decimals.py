# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decimal numbers, which are never converted to floats."""

from __future__ import annotations

import re
from decimal import Decimal as Number
from decimal import InvalidOperation
from typing import Any

from .types import ValueType


class Decimal(ValueType):
    """A decimal number as text, without trailing zeros: the API answers with four decimals.

    C(above) and C(below) are the exclusive bounds that the API accepts; a stored value may be out of range.
    """

    def __init__(self, above: int | None = None, below: int | None = None) -> None:
        self._above = above
        self._below = below

    def parse(self, option: Any) -> str:
        text = str(option).strip()
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
            raise ValueError(f"{text!r} is not a decimal number, such as 99.9")
        return _plain(text)

    def check(self, value: str, stored: Any = None) -> None:
        if self._above is not None and not Number(value) > self._above:
            raise ValueError(f"{value!r} is out of range; it must be greater than {self._above}")
        if self._below is not None and not Number(value) < self._below:
            raise ValueError(f"{value!r} is out of range; it must be less than {self._below}")

    def decode(self, wire: Any) -> str | None:
        """Return the number in canonical spelling; other text as it is."""
        try:
            return None if wire is None else _plain(str(wire))
        except InvalidOperation:
            return str(wire)


def _plain(text: str) -> str:
    """Return the canonical spelling of a number. Raises InvalidOperation."""
    whole, point, decimals = f"{Number(text):f}".partition(".")
    return whole + (point + decimals).rstrip("0").rstrip(".")
