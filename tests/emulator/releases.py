# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers of older releases: members that they did not have are taken out, routes that they did not have answer 404."""

import re
from collections.abc import Iterator
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from .settings import Settings

Json = dict[str, Any]


def absent_members(settings: Settings, method: str, path: str) -> Iterator[str]:
    """The members that an answer of this release lacks."""
    if "/alerts/" in path:
        if not settings.alert_environments:
            yield "environments"
        if not settings.alert_channel_assignments:
            yield "channel_assignments"
        if not settings.alert_status_members:
            yield from ("fired", "snoozed_until", "suppression", "query_check")
        if method == "POST" and settings.alert_create_channels == "absent":
            yield "channels"
    if "/write-tokens/" in path:
        if not settings.token_frontend_members:
            yield from ("frontend_application_id", "frontend_application_name", "frontend_application_deleted")
        if not settings.rotate_grace_period:
            yield "previous_token_expires_at"


def as_of_release(settings: Settings, method: str, path: str, item: Json) -> Json:
    """An object of an answer as this release sends it."""
    absent = set(absent_members(settings, method, path))
    aged = {name: value for name, value in item.items() if name not in absent}
    if method == "POST" and "/alerts/" in path and settings.alert_create_channels == "empty":
        aged["channels"] = []
    return aged


class MissingRoutesMiddleware:
    """Paths that the emulated release does not have: FastAPI's own 404."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        missing = self._settings.missing_routes if scope["type"] == "http" else []
        if any(re.search(pattern, scope["path"]) for pattern in missing):
            await JSONResponse({"detail": "Not Found"}, 404)(scope, receive, send)
            return
        await self._app(scope, receive, send)
