# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the bodies and answers of several kinds share.

A kind names its models as the published document does. They are typed dictionaries where "left out" must stay apart
from null and from a default; models elsewhere. Both drop members that they do not know, as the service does.
"""

from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from typing_extensions import TypeAliasType

from .records import Authored


class HTTPExceptionError(BaseModel):
    """Any error except a validation error."""

    detail: str


class FirstChoiceDocumented:
    """Describe a union in the OpenAPI document only by its first member."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema["choices"][0])


#: Any JSON value.
JSONBData = TypeAliasType(
    "JSONBData",
    "dict[str, JSONBData] | list[JSONBData] | str | int | bool | float | None",
)

Responses = dict[int | str, dict[str, Any]]

#: Every route documents the rate limit.
RATE_LIMITED: Responses = {
    429: {
        "model": HTTPExceptionError,
        "description": "Rate limit exceeded",
        "headers": {"Retry-After": {"description": "Seconds to wait before retrying.", "schema": {"type": "string"}}},
    }
}

View = dict[str, Any]


def authored(record: Authored) -> View:
    """The members that answers about records with an author have in common."""
    return {name: getattr(record, name) for name in Authored.model_fields}
