# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The applications: the API as the service publishes it, what is beside it, and the emulator with its controls."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp

from . import control
from .answers import ProblemMiddleware, QueryProblemMiddleware
from .core import Emulator
from .errors import ApiError
from .faults import FaultMiddleware
from .kinds import telemetry
from .limits import RateLimitMiddleware
from .recorder import RecorderMiddleware
from .releases import MissingRoutesMiddleware
from .security import recognise


async def refuse(request: Request, error: Exception) -> JSONResponse:
    """A refusal in FastAPI's shape."""
    assert isinstance(error, ApiError)
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    return JSONResponse({"detail": jsonable_encoder(error.detail)}, error.status, headers)


def create_api(emulator: Emulator) -> FastAPI:
    """The API alone, with the paths of the published document (``/v1/...``); it is mounted at ``/api``."""
    api = FastAPI(title="Pydantic Logfire API (emulated)", version="0.1.0")
    api.state.emulator = emulator
    api.add_exception_handler(ApiError, refuse)
    for router in (router for kind in emulator.store.kinds for router in kind.routers):
        api.include_router(router)
    return api


def create_data_api(emulator: Emulator) -> FastAPI:
    """What is not below ``/api`` and in no published document: queries."""
    api = FastAPI(title="Queries of Pydantic Logfire (emulated)", openapi_url=None)
    api.state.emulator = emulator
    api.add_exception_handler(ApiError, refuse)
    for router in (router for kind in emulator.store.kinds for router in kind.data_routers):
        api.include_router(router)
    return api


def create_app(emulator: Emulator) -> FastAPI:
    """The whole: the APIs behind their log, faults and limits, and the controls beside them."""
    app = FastAPI(title="Logfire emulator", openapi_url=None)
    app.state.emulator = emulator
    app.add_exception_handler(ApiError, refuse)
    app.include_router(control.router)

    def knows_caller(authorization: str | None) -> bool:
        return recognise(emulator.store, authorization) is not None

    def knows_reader(authorization: str | None) -> bool:
        return telemetry.knows(emulator.store, authorization)

    def served(api: ASGIApp, knows: Callable[[str | None], bool]) -> ASGIApp:
        api = RateLimitMiddleware(MissingRoutesMiddleware(api, emulator.settings), emulator.limiter)
        api = ProblemMiddleware(api, emulator.settings) if knows is knows_caller else QueryProblemMiddleware(api)
        return RecorderMiddleware(FaultMiddleware(api, emulator.faults), emulator.settings, emulator.log, knows)

    app.mount("/api", served(create_api(emulator), knows_caller))
    app.mount("/", served(create_data_api(emulator), knows_reader))
    return app
