# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module that applies whole organizations: C(logfire_stack)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from .._api.parallel import CONCURRENCY, concurrency
from .._engine.stack import report
from .._engine.stack.backup import describe_before
from .._engine.stack.description import parse_description, stack_options
from .._engine.stack.digest import is_digest
from .._engine.stack.prune import Pruning
from .._engine.stack.run import run
from .._engine.stack.stack import Stack
from .._kinds.kinds import STACK_KINDS
from .._values.option_errors import MissingSecret, OptionError, Problems, all_errors
from .backup import OPTIONS as BACKUP
from .backup import Backup
from .fingerprints import OPTIONS as FINGERPRINTS
from .fingerprints import fingerprints
from .module import STRICT, LogfireModule, blank, connect, make_module, run_safely
from .preview import STACK_OPTION, preview_of

SOURCE_OF_SECRETS = "with the role stack, set stack_channel_secrets, or add it to secrets.yml in the directory"


def run_stack() -> None:
    """Run the module C(logfire_stack)."""
    module = make_module(
        {
            **stack_options(),
            "prune": {
                "type": "list",
                "elements": "str",
                "choices": [kind.plural for kind in STACK_KINDS if kind.is_listed],
                "default": [],
            },
            "prune_limit": {"type": "int", "default": 20},
            "prune_projects_limit": {"type": "int", "default": 0},
            "unset": {"type": "str", "choices": ["keep", "default"], "default": "keep"},
            "organization": {"type": "str"},
            "expected_plan": {"type": "str"},
            "concurrency": CONCURRENCY,
            **BACKUP,
            **FINGERPRINTS,
            **STACK_OPTION,
            **STRICT,
        }
    )
    # Existing objects are used to the end, so garbage collection skips them, which saves a tenth of the time.
    gc.freeze()
    run_safely(module, lambda: _apply(module), long_arguments=True)


def _apply(module: LogfireModule) -> dict[str, Any]:
    params = module.params
    description = parse_description(params, is_whole=params["unset"] == "default")
    name, expected = blank(params, "organization"), _expected_plan(params)
    backup = Backup(params["backup_directory"], module.no_log_values) if params["backup"] else None

    def keep(stack: Stack, pool: Executor) -> None:
        if backup is not None:
            backup.make(describe_before(stack, pool), stack.digest)

    with fingerprints(params, module.check_mode) as known:
        organization = connect(module, known)
        pruning = Pruning(params["prune"], params["prune_limit"], params["prune_projects_limit"])
        with _naming_source_of_secrets():
            stack = run(
                organization, description, pruning, concurrency(params), name, expected, preview_of(module), keep
            )
    for warning in sorted(set(organization.warnings)):  # threads add them in any order
        module.warn(warning)
    result: dict[str, Any] = {**(report.refusal(stack) if stack.refused else report.result(stack))}
    if backup is not None and backup.path:
        result["backup_path"] = backup.path
    if module._diff:
        result["diff"] = report.diff(stack)
    return result


@contextmanager
def _naming_source_of_secrets() -> Iterator[None]:
    """A context that adds to the error of a missing secret where the role reads it from."""
    try:
        yield
    except OptionError as error:
        errors = all_errors(error)
        if not any(isinstance(each, MissingSecret) for each in errors):
            raise
        problems = Problems()
        for each in errors:
            problems.add(each.noting(f"; {SOURCE_OF_SECRETS}") if isinstance(each, MissingSecret) else each)
        problems.raise_any()


def _expected_plan(params: dict[str, Any]) -> str | None:
    """Return the digest of the approved plan. Raises OptionError for an invalid one, such as an empty text."""
    if params["expected_plan"] is None:
        return None
    expected: str = params["expected_plan"].strip()
    if not is_digest(expected):
        raise OptionError("expected_plan", "is not a digest of 64 hexadecimal digits, such as plan_digest")
    return expected
