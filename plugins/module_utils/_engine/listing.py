# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The known content of one list of the API."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from .._api.client import Wire
from .._api.errors import LogfireError


@dataclass
class Listing:
    """One list of the API, as it was read, with the changes that this run has made since."""

    items: list[Wire] | None = None  # None: not read yet, or must be read again
    ids: set[str] = field(default_factory=set)  # of all objects that this run knows to exist
    error: LogfireError | None = None  # of the last failed attempt to read it
    lock: threading.Lock = field(default_factory=threading.Lock)
