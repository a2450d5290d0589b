# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shows the progress of a long task while it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable

from ..module_utils._api import progress

INTERVAL = 5.0  # seconds before the first message, and between messages


@contextmanager
def reporting_progress(say: Callable[[str], None], announce: Callable[[str], None]) -> Iterator[None]:
    """A context that calls C(say) every INTERVAL, from a thread, and C(announce) with each announcement."""
    progress.begin(announce)
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(INTERVAL):
            say(str(progress.current))

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()
