# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The applications: the API as the service publishes it, and around it the emulator with its controls."""

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp

from . import control
from .answers import ProblemMiddleware
from .core import Emulator
from .errors import ApiError
from .faults import FaultMiddleware
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


def create_app(emulator: Emulator) -> FastAPI:
    """The whole: the API behind its log, faults and limits, and the controls beside it."""
    app = FastAPI(title="Logfire emulator", openapi_url=None)
    app.state.emulator = emulator
    app.add_exception_handler(ApiError, refuse)
    app.include_router(control.router)
    served: ASGIApp = MissingRoutesMiddleware(create_api(emulator), emulator.settings)
    served = RateLimitMiddleware(served, emulator.limiter)
    served = ProblemMiddleware(served, emulator.settings)
    served = FaultMiddleware(served, emulator.faults)

    def knows(authorization: str | None) -> bool:
        return recognise(emulator.store, authorization) is not None

    app.mount("/api", RecorderMiddleware(served, emulator.settings, emulator.log, knows))
    return app
