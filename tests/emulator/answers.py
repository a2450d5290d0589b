# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Variants of answers: as older releases send them, as newer ones might, and as other services do."""

import json
from collections.abc import Callable, Collection, Coroutine
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .shared_settings import SharedSettings

Answer = dict[str, Any]
Handler = Callable[[Request], Coroutine[Any, Any, Response]]

#: A member of answers that no client knows yet, and that only the server sets.
UNKNOWN = {"of_a_release_to_come": {"value": None}}
PROBLEM = "application/problem+json"


def with_unknown_members(value: Any, named: Collection[str], open_: Collection[str] = (), *, add: bool = True) -> Any:
    """Add a member to every object whose members the service defines.

    ``named`` are the members that hold such objects, at any depth; of these ``open_`` hold objects with members that
    users name, which get no other one.
    """
    if isinstance(value, list):
        return [with_unknown_members(item, named, open_, add=add) for item in value]
    if isinstance(value, dict):
        more = {
            name: with_unknown_members(value[name], named, open_, add=name not in open_)
            for name in named
            if name in value
        }
        return {**value, **more, **(UNKNOWN if add else {})}
    return value


class AnswerRoute(APIRoute):
    """A route whose successful answers are changed by the settings. Kinds with their own settings have a subclass."""

    named: ClassVar[Collection[str]] = ()
    open_: ClassVar[Collection[str]] = ()
    status_of_its_own: ClassVar[bool] = False

    @staticmethod
    def respell(settings: SharedSettings, request: Request, item: Answer) -> Answer:
        """Change an object of an answer by the settings of its kind."""
        return item

    def _respell(self, settings: SharedSettings, request: Request, item: Answer) -> Any:
        respelt = self.respell(settings, request, item)
        return with_unknown_members(respelt, self.named, self.open_) if settings.unknown_members else respelt

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's own handler."""
        current = super().get_route_handler()

        async def handler(request: Request) -> Response:
            response = await current(request)
            if response.status_code not in (200, 201):
                return response
            settings: SharedSettings = request.app.state.emulator.settings
            answer = json.loads(bytes(response.body))
            if isinstance(answer, list):
                respelt = [self._respell(settings, request, item) for item in answer]
            else:
                respelt = self._respell(settings, request, answer)
            created = response.status_code == 201 and not self.status_of_its_own
            return JSONResponse(respelt, settings.creation_status if created else response.status_code)

        return handler


class _Problems:
    """Errors as problem details (RFC 9457); their members are kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def wanted(self, scope: Scope) -> bool:
        """Whether a request gets them."""
        raise NotImplementedError

    def more(self, status: int, headers: Answer, body: Answer) -> Answer:
        """Members that the service adds."""
        return {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self.wanted(scope):
            await self._app(scope, receive, send)
            return
        start: Message = {}

        async def told(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] >= 400:
                start = message
            elif start:
                status, body = start["status"], json.loads(message["body"])
                problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
                headers = {name.decode(): value.decode() for name, value in start["headers"]}
                kept = {name: value for name, value in headers.items() if not name.startswith("content-")}
                told_more = self.more(status, headers, body)
                await JSONResponse({**problem, **told_more, **body}, status, kept, PROBLEM)(scope, receive, send)
            else:
                await send(message)

        await self._app(scope, receive, told)


class ProblemMiddleware(_Problems):
    """If a setting says so."""

    def __init__(self, app: ASGIApp, settings: SharedSettings) -> None:
        super().__init__(app)
        self._settings = settings

    def wanted(self, scope: Scope) -> bool:
        return self._settings.error_form == "problem"


class QueryProblemMiddleware(_Problems):
    """If the request accepts them, with the members that the vendor's query client knows."""

    def wanted(self, scope: Scope) -> bool:
        return PROBLEM in Headers(scope=scope).get("accept", "")

    def more(self, status: int, headers: Answer, body: Answer) -> Answer:
        may_pass = status == 429 or status >= 500
        wait = headers.get("retry-after", "")
        later = {"retry_after": int(wait)} if wait.isdigit() else {}
        return {"retryable": may_pass, **later, "error_details": body}
