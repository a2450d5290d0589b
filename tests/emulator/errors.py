# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors of the API, which the HTTP layer converts to answers. Apart from the status, they do not depend on HTTP."""

from typing import Any


class ApiError(Exception):
    """An error: ``{"detail": ...}`` with a status code, like the HTTP exceptions of FastAPI."""

    def __init__(self, status: int, detail: str | list[dict[str, Any]]) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status
        self.detail = detail


class BadRequestError(ApiError):
    """400."""

    def __init__(self, detail: str) -> None:
        super().__init__(400, detail)


class UnauthorizedError(ApiError):
    """401: no key, or an unknown one."""

    def __init__(self, detail: str) -> None:
        super().__init__(401, detail)


class ForbiddenError(ApiError):
    """403."""

    def __init__(self, detail: str) -> None:
        super().__init__(403, detail)


class NotFoundError(ApiError):
    """404."""

    def __init__(self, detail: str) -> None:
        super().__init__(404, detail)


class ConflictError(ApiError):
    """409."""

    def __init__(self, detail: str) -> None:
        super().__init__(409, detail)


class InvalidError(ApiError):
    """422 for one member of the body, in the format of FastAPI's own validation errors."""

    def __init__(self, member: str, message: str, value: Any) -> None:
        problem = {"type": "value_error", "loc": ["body", member], "msg": f"Value error, {message}", "input": value}
        super().__init__(422, [problem])


def refusal(status: int, member: str, message: str, value: Any) -> ApiError:
    """Return the error for one member of the body, with a status from the settings; 422 has its own format."""
    return InvalidError(member, message, value) if status == 422 else ApiError(status, message)
