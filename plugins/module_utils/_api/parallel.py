# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Concurrent requests, in the threads of a pool."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Callable, Protocol, TypeVar

from .._values.option_errors import OptionError
from .errors import LogfireError

T = TypeVar("T")

CONCURRENCY: dict[str, Any] = {"type": "int", "default": 8}  # the option's argument spec


def concurrency(params: dict[str, Any]) -> int:
    """Return the maximum number of concurrent requests. Raises OptionError."""
    workers: int = params["concurrency"]
    if not 1 <= workers <= 64:
        raise OptionError("concurrency", f"{workers} is out of range; allowed: 1 to 64")
    return workers


class Closable(Protocol):
    """Something that sends requests."""

    def close(self) -> None:
        """Send no more requests."""


@contextmanager
def workers(count: int, *clients: Closable) -> Iterator[Executor]:
    """A pool of C(count) threads that use C(clients). After an exception in the block, no more requests are sent.

    This includes the timeout of an Ansible task, because the block may run in the process of the task.
    """
    pool = ThreadPoolExecutor(count)
    try:
        yield pool
    except BaseException:
        for client in clients:
            client.close()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def side_by_side(
    pool: Executor, work: Callable[[T], object], items: list[T]
) -> list[LogfireError | OptionError | None]:
    """Call C(work) with each item; return the error of each call, or None, in that order. Raises other exceptions."""

    def attempt(item: T) -> LogfireError | OptionError | None:
        try:
            work(item)
        except (LogfireError, OptionError) as error:
            return error
        return None

    return list(pool.map(attempt, items))
