# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of any JSON type, such as schemas and the values of variables."""

from __future__ import annotations

import json
from typing import Any

from . import diff
from .types import ValueType


def plain_json(value: Any) -> Any:
    """Return a copy that has only JSON types. Raises ValueError for values that JSON cannot represent."""
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"cannot be written as JSON: {error}") from None


class Json(ValueType):
    """A JSON object, such as a schema. An empty object means none, which is null in the API."""

    spec = {"type": "dict"}

    def parse(self, option: Any) -> Any:
        return plain_json(option)

    def same(self, left: Any, right: Any) -> bool:
        """Whether both are equal as JSON: 1 equals 1.0, but not true."""
        return diff.same(left, right)

    def decode(self, wire: Any) -> Any:
        return wire or {}

    def encode(self, value: Any) -> Any:
        return value or None
