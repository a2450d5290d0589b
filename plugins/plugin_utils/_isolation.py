# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A function run like a program of its own: what it prints is caught, what it changes in the process is put back."""

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
    """What was printed."""

    def __init__(self) -> None:
        self.stdout, self.stderr = io.StringIO(), io.StringIO()

    def texts(self) -> tuple[str, str]:
        return self.stdout.getvalue(), self.stderr.getvalue()


@contextmanager
def isolated(environment: Mapping[str, str], folder: str) -> Iterator[Output]:
    """More environment variables, and a folder to work in; afterwards the process is as before.

    Only for the main thread, since signals have their handlers there.
    """
    output = Output()
    with ExitStack() as stack:
        # Each is put back whatever happens to the others.
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
    """Run a program to its end and return its status. What ends the task, such as its timeout, is not caught."""
    try:
        program()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _umask() -> int:
    mask = os.umask(0o077)  # it cannot be read without being set
    os.umask(mask)
    return mask


def _restore_environment(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)


def _restore_handlers(handlers: Mapping[int, Any]) -> None:
    for number, handler in handlers.items():
        if signal.getsignal(number) is not handler:
            signal.signal(number, handler)
