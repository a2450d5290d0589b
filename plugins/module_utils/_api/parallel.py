# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests side by side, in the threads of a pool."""

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
    """The number of requests that may be under way at a time. Raises OptionError."""
    workers: int = params["concurrency"]
    if not 1 <= workers <= 64:
        raise OptionError("concurrency", f"{workers} is out of range; allowed: 1 to 64")
    return workers


class Closable(Protocol):
    """What sends requests."""

    def close(self) -> None:
        """Send nothing more."""


@contextmanager
def workers(count: int, *clients: Closable) -> Iterator[Executor]:
    """A pool of threads that use C(clients). What is raised in the block ends it at once: nothing more is sent.

    So does the timeout of a task, in whose process the block may run.
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
    """The error of each call of C(work), or None, in the order of C(items). Other exceptions are raised."""

    def attempt(item: T) -> LogfireError | OptionError | None:
        try:
            work(item)
        except (LogfireError, OptionError) as error:
            return error
        return None

    return list(pool.map(attempt, items))
