# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Older releases: their missing routes answer 404."""

import re

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from .shared_settings import SharedSettings


class MissingRoutesMiddleware:
    """Answers with FastAPI's own 404 for paths that the emulated release does not have."""

    def __init__(self, app: ASGIApp, settings: SharedSettings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        missing = self._settings.missing_routes if scope["type"] == "http" else []
        if any(re.search(pattern, scope["path"]) for pattern in missing):
            await JSONResponse({"detail": "Not Found"}, 404)(scope, receive, send)
            return
        await self._app(scope, receive, send)
