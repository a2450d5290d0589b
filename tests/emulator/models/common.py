# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What several kinds share."""

from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from typing_extensions import TypeAliasType


class HTTPExceptionError(BaseModel):
    """Any refusal but a validation error."""

    detail: str


class FirstChoiceDocumented:
    """Describe a union in the OpenAPI document by its first member alone."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema["choices"][0])


#: Anything that JSON can say.
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
