# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that are any JSON: schemas, and what applications get."""

from __future__ import annotations

import json
from typing import Any

from . import diff
from .types import ValueType


def plain_json(value: Any) -> Any:
    """A copy of plain JSON values. Raises ValueError for what JSON has no word for."""
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"cannot be written as JSON: {error}") from None


class Json(ValueType):
    """A JSON object, such as a schema. An empty one is none, which the API calls null."""

    spec = {"type": "dict"}

    def parse(self, option: Any) -> Any:
        return plain_json(option)

    def same(self, left: Any, right: Any) -> bool:
        """Equal as JSON: 1 is 1.0, but it is not true."""
        return diff.same(left, right)

    def decode(self, wire: Any) -> Any:
        return wire or {}

    def encode(self, value: Any) -> Any:
        return value or None
