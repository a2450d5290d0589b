# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets kept out of what is shown: pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"  # Ansible's own word for it
LONG = 16  # characters from which on a secret can be taken for unlike any other text


def redact(text: str, secrets: Iterable[str]) -> str:
    """C(text) with asterisks in place of every secret that it repeats."""
    for secret in sorted(secrets, key=len, reverse=True):
        if secret:
            text = text.replace(secret, "********")
    return text


def hide_arguments(arguments: Any, spec: dict[str, Any]) -> Any:
    """A module's arguments with the values of options that C(spec) says are not to be logged replaced, at any depth."""
    if isinstance(arguments, list):
        return [hide_arguments(item, spec) for item in arguments]
    if not isinstance(arguments, dict):
        return arguments
    shown = {}
    for option, value in arguments.items():
        rule = spec.get(option, {})
        if rule.get("no_log") and value not in (None, {}):
            value = HIDDEN
        elif "options" in rule:
            value = hide_arguments(value, rule["options"])
        shown[option] = value
    return shown
