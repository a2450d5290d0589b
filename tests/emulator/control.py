# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/_emulator/``: the emulator's own controls. No part of the API, and not recorded in the log."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, Body, Depends, Request
from pydantic import ValidationError

from .core import Emulator
from .errors import ApiError
from .faults import FaultRule

router = APIRouter(prefix="/_emulator", include_in_schema=False)

Json = dict[str, Any]
Object = Annotated[Json, Body()]


async def get_emulator(request: Request) -> Emulator:
    """The emulator that this application serves."""
    return cast(Emulator, request.app.state.emulator)


EmulatorDep = Annotated[Emulator, Depends(get_emulator)]


@router.post("/reset", status_code=204)
async def reset(emulator: EmulatorDep) -> None:
    """Back to how it was started."""
    emulator.reset()


@router.get("/log")
async def read_log(emulator: EmulatorDep) -> list[Json]:
    """The requests since the start, the last reset or the last DELETE."""
    return [entry.as_dict() for entry in emulator.log]


@router.delete("/log", status_code=204)
async def clear_log(emulator: EmulatorDep) -> None:
    """Forget them."""
    emulator.log.clear()


@router.get("/state")
async def read_state(emulator: EmulatorDep) -> Json:
    """The whole state, secrets in clear."""
    return emulator.store.snapshot()


@router.put("/state")
async def write_state(emulator: EmulatorDep, seed: Object) -> Json:
    """Replace the state by a seed, short or whole; answers with the whole of it."""
    emulator.store.load(seed)
    return emulator.store.snapshot()


@router.get("/faults")
async def read_faults(emulator: EmulatorDep) -> list[FaultRule]:
    """The rules, with what they have seen and done."""
    return emulator.faults.rules


@router.post("/faults", status_code=201)
async def add_fault(emulator: EmulatorDep, rule: FaultRule) -> FaultRule:
    """Add a rule."""
    emulator.faults.rules.append(rule)
    return rule


@router.delete("/faults", status_code=204)
async def clear_faults(emulator: EmulatorDep) -> None:
    """Remove all rules."""
    emulator.faults.clear()


@router.get("/settings")
async def read_settings(emulator: EmulatorDep) -> Json:
    """Every setting."""
    return emulator.settings.model_dump(mode="json")


@router.patch("/settings")
async def change_settings(emulator: EmulatorDep, changes: Object) -> Json:
    """Change some of them, all or none."""
    try:
        emulator.settings.patch(changes)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        raise ApiError(422, [dict(problem) for problem in problems]) from error
    return emulator.settings.model_dump(mode="json")
