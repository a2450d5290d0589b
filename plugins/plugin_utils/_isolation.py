# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a function like a separate program: captures its output, and restores the state of the process."""

from __future__ import annotations

import gc
import io
import locale
import os
import signal
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import Any, Callable


class Output:
    """The captured output."""

    def __init__(self) -> None:
        self.stdout, self.stderr = io.StringIO(), io.StringIO()

    def texts(self) -> tuple[str, str]:
        return self.stdout.getvalue(), self.stderr.getvalue()


@contextmanager
def isolated(environment: Mapping[str, str], folder: str) -> Iterator[Output]:
    """A context with additional environment variables and a working directory; the state is restored afterwards.

    It only works in the main thread, where signal handlers can be set.
    """
    output = Output()
    with ExitStack() as stack:
        # Each is restored, even if that of another one fails.
        stack.callback(os.chdir, os.getcwd())
        stack.callback(_restore_environment, dict(os.environ))
        stack.callback(os.umask, _umask())
        stack.callback(locale.setlocale, locale.LC_ALL, locale.setlocale(locale.LC_ALL))
        stack.callback(gc.unfreeze)
        stack.callback(_restore_handlers, {number: signal.getsignal(number) for number in signal.valid_signals()})
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(redirect_stdout(output.stdout))
        stack.enter_context(redirect_stderr(output.stderr))
        os.environ.update(environment)
        os.chdir(folder)
        yield output


def call(program: Callable[[], None]) -> int:
    """Run a program and return its exit status. Exceptions that end the task, such as its timeout, are not caught."""
    try:
        program()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _umask() -> int:
    mask = os.umask(0o077)  # it can only be read by setting it
    os.umask(mask)
    return mask


def _restore_environment(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)


def _restore_handlers(handlers: Mapping[int, Any]) -> None:
    for number, handler in handlers.items():
        if signal.getsignal(number) is not handler:
            signal.signal(number, handler)
