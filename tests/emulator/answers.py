# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same answers, spelt otherwise: as older releases send them, as newer ones might, as other services do."""

import json
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .durations import respell
from .kinds.alerts import ORIGIN
from .kinds.views import UNKNOWN
from .releases import as_of_release
from .settings import Settings

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

DURATIONS = ("time_window", "frequency", "watermark")
#: Members of answers that have members which the service names itself, and those that have such members in them.
NAMED = ("channels", "channel_assignments", "config", "query_check", "suppression", "metadata")
DEFINITIONS = ("dashboard", "definition")
#: Optional members of displays, by where the display is.
DISPLAYS: dict[str, tuple[str, ...]] = {
    "dashboard": ("description",),
    "panel": ("description",),
    "layout": ("title", "collapse"),
    "variable": ("name", "description", "hidden"),
}
PROBLEM = "application/problem+json"


def with_unknown_members(value: Any) -> Any:
    """One more member in every object whose members the service names: of a definition, the metadata."""
    if isinstance(value, list):
        return [with_unknown_members(item) for item in value]
    if isinstance(value, dict):
        more = {name: with_unknown_members(value[name]) for name in NAMED if name in value}
        more |= {
            name: {**value[name], "metadata": value[name]["metadata"] | UNKNOWN}
            for name in DEFINITIONS
            if name in value
        }
        return {**value, **more, **UNKNOWN}
    return value


def with_display_nulls(definition: dict[str, Any]) -> dict[str, Any]:
    """The optional members of every display that is there: null where they were left out."""
    spec = definition["spec"]
    holders = {
        "dashboard": [spec, *spec.get("datasources", {}).values()],
        "panel": [panel["spec"] for panel in (spec["panels"] or {}).values()],
        "layout": [layout["spec"] for layout in spec["layouts"]],
        "variable": [variable["spec"] for variable in spec["variables"]],
    }
    for where, members in DISPLAYS.items():
        for holder in holders[where]:
            if holder.get("display"):
                holder["display"] = {**dict.fromkeys(members), **holder["display"]}
    return definition


def _alert(settings: Settings, item: dict[str, Any]) -> dict[str, Any]:
    shown = {
        name: respell(value, settings.duration_form) if name in DURATIONS else value for name, value in item.items()
    }
    if settings.alert_origin_members == "set":
        shown = {name: value for name, value in shown.items() if name not in ORIGIN or value is not None}
    return shown


def _respelt(settings: Settings, method: str, path: str, item: dict[str, Any]) -> dict[str, Any]:
    if "/alerts/" in path:
        item = _alert(settings, item)
    for member in DEFINITIONS:
        if member in item and settings.dashboard_display_nulls:
            item = {**item, member: with_display_nulls(item[member])}
    if "token" in item and settings.token_create_answer == "minimal":
        item = {name: item[name] for name in ("id", "token")}
    item = as_of_release(settings, method, path, item)
    return with_unknown_members(item) if settings.unknown_members else item


class AnswerRoute(APIRoute):
    """A route whose successful answers are spelt as the settings say."""

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's own handler."""
        current = super().get_route_handler()

        async def handler(request: Request) -> Response:
            response = await current(request)
            if response.status_code not in (200, 201):
                return response
            settings: Settings = request.app.state.emulator.settings
            method, path = request.method, request.url.path
            answer = json.loads(bytes(response.body))
            if isinstance(answer, list):
                respelt: Any = [_respelt(settings, method, path, item) for item in answer]
            else:
                respelt = _respelt(settings, method, path, answer)
            created = response.status_code == 201 and "/dashboards/" not in path
            return JSONResponse(respelt, settings.creation_status if created else response.status_code)

        return handler


class ProblemMiddleware:
    """Refusals as problem details (RFC 9457), if a setting says so; their C(detail) stays as it is."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._settings.error_form == "json":
            await self._app(scope, receive, send)
            return
        start: Message = {}

        async def told(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] >= 400:
                start = message
            elif start:
                status = start["status"]
                problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
                headers = {name.decode(): value.decode() for name, value in start["headers"]}
                kept = {name: value for name, value in headers.items() if not name.startswith("content-")}
                answer = JSONResponse({**problem, **json.loads(message["body"])}, status, kept, PROBLEM)
                await answer(scope, receive, send)
            else:
                await send(message)

        await self._app(scope, receive, told)
