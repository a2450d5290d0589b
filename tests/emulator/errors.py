# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the API refuses. The HTTP side turns these into answers; nothing here knows of HTTP but the numbers."""

from typing import Any


class ApiError(Exception):
    """A refusal: ``{"detail": ...}`` with a status code, as FastAPI's HTTP exceptions answer."""

    def __init__(self, status: int, detail: str | list[dict[str, Any]]) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status
        self.detail = detail


class BadRequestError(ApiError):
    """400."""

    def __init__(self, detail: str) -> None:
        super().__init__(400, detail)


class UnauthorizedError(ApiError):
    """401: no key, or one that nobody knows."""

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
    """422 for one member of the body, in the shape of FastAPI's own validation errors."""

    def __init__(self, member: str, message: str, value: Any) -> None:
        problem = {"type": "value_error", "loc": ["body", member], "msg": f"Value error, {message}", "input": value}
        super().__init__(422, [problem])


def refusal(status: int, member: str, message: str, value: Any) -> ApiError:
    """A refusal of one member of the body, with a status of which the settings decide; 422 has its own shape."""
    return InvalidError(member, message, value) if status == 422 else ApiError(status, message)
