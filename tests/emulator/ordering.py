# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order of lists: that of the service is unknown, so the emulator avoids the order of insertion."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

T = TypeVar("T")
Order = Literal["shuffled", "reversed", "insertion"]


def arrange(items: Iterable[T], order: Order, identity: Callable[[T], object] = str) -> list[T]:
    """The items in one of the orders; ``shuffled`` depends on their identities alone and differs from insertion."""
    inserted = list(items)
    if order == "insertion":
        return inserted
    if order == "reversed":
        return inserted[::-1]
    shuffled = sorted(inserted, key=lambda item: hashlib.sha256(str(identity(item)).encode()).digest())
    return shuffled[::-1] if shuffled == inserted else shuffled
