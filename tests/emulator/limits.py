# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rate limit: a token bucket that holds the requests of a minute, or another number, and is refilled steadily."""

import math
from datetime import timedelta
from email.utils import format_datetime

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from .identity import Clock
from .shared_settings import SharedSettings


class RateLimiter:
    """Allows a number of requests per minute; disabled unless the setting is set."""

    def __init__(self, settings: SharedSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """Fill the bucket."""
        self._spent = 0.0
        self._checked = self._clock.peek()

    def take(self) -> int | None:
        """Count one request; return None if it is allowed, else the whole seconds to wait."""
        limit = self._settings.rate_limit_per_minute
        if limit is None:
            return None
        burst = float(self._settings.rate_limit_burst or limit)
        now = self._clock.peek()
        refilled = (now - self._checked).total_seconds() * limit / 60
        self._spent = min(max(self._spent - refilled, 0.0), burst)
        self._checked = now
        if self._spent + 1 <= burst:
            self._spent += 1
            return None
        return math.ceil((self._spent + 1 - burst) * 60 / limit)

    def retry_after(self, seconds: int) -> str:
        """Return the value of the header, as a number of seconds or a date."""
        if self._settings.retry_after_format == "seconds":
            return str(seconds)
        return format_datetime(self._clock.peek() + timedelta(seconds=seconds + 1), usegmt=True)


class RateLimitMiddleware:
    """Answers with 429 and ``Retry-After`` above the limit."""

    def __init__(self, app: ASGIApp, limiter: RateLimiter) -> None:
        self._app = app
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        seconds = self._limiter.take() if scope["type"] == "http" else None
        if seconds is None:
            await self._app(scope, receive, send)
            return
        headers = {"Retry-After": self._limiter.retry_after(seconds)}
        await JSONResponse({"detail": "Rate limit exceeded"}, 429, headers)(scope, receive, send)
