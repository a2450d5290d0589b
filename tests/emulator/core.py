# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The emulator as one object: its settings, state, request log and faults."""

import copy
from collections.abc import Mapping
from typing import Any

from .faults import Faults
from .kinds import KINDS
from .limits import RateLimiter
from .recorder import LoggedRequest
from .settings import Settings
from .shared_settings import SharedSettings
from .store import Store


class Emulator:
    """Everything that the HTTP layer uses; it does not depend on HTTP itself."""

    def __init__(self, settings: SharedSettings | None = None, seed: Mapping[str, Any] | None = None) -> None:
        self.settings = settings or Settings()
        self._first_settings = self.settings.model_copy(deep=True)
        self._seed = copy.deepcopy(dict(seed or {}))
        self.store = Store(KINDS, self.settings, self._seed)
        self.log: list[LoggedRequest] = []
        self.faults = Faults()
        self.limiter = RateLimiter(self.settings, self.store.clock)

    def reset(self) -> None:
        """Restore the initial settings and state, an empty log, no faults, and the full rate limit."""
        self.settings.replace(self._first_settings.model_copy(deep=True))
        self.store.load(copy.deepcopy(self._seed))
        self.log.clear()
        self.faults.clear()
        self.limiter.reset()
