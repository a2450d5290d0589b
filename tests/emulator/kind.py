# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The interface of a kind to the rest of the emulator."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from .records import Collection
from .security import Caller
from .shared_settings import SharedSettings
from .store import Store


def _nothing(store: Store, key: str) -> Iterable[Caller | None]:
    return ()


@dataclass(frozen=True)
class Kind:
    """A kind of object. ``callers`` yields what a bearer key is to it: a caller, or None for what is no API key.

    ``routers`` are below ``/api``, ``data_routers`` are not.
    """

    settings: type[SharedSettings]
    collections: tuple[Collection[Any], ...]
    routers: tuple[APIRouter, ...]
    callers: Callable[[Store, str], Iterable[Caller | None]] = _nothing
    data_routers: tuple[APIRouter, ...] = ()
