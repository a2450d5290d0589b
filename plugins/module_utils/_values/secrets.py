# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps secrets out of results and messages: pure functions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from .masks import mask_url
from .texts import map_texts, texts

HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"  # Ansible's own text for hidden values
LONG = 16  # characters from which on a secret cannot be mistaken for other text


def redact(content: Any, secrets: Iterable[str]) -> Any:
    """Return C(content), a text or texts at any depth, with asterisks in place of every secret in it."""
    longest_first = sorted(filter(None, secrets), key=len, reverse=True)
    if not longest_first:
        return content
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return map_texts(content, lambda text: pattern.sub("********", text))


def place_of_secret(content: Any, secrets: Iterable[str]) -> str | None:
    """Return the place of a text, at any depth, that contains a secret, such as C(projects[shop].description)."""
    shown = redact(content, secrets)
    return next(
        (place for (place, text), (_place, masked) in zip(texts(content), texts(shown)) if text != masked), None
    )


def secrets_of(arguments: Any, spec: dict[str, Any]) -> Iterator[str]:
    """Yield the secrets in arguments, at any depth: the values of options with C(no_log) in C(spec)."""
    known = with_aliases(spec)
    for item in arguments if isinstance(arguments, list) else [arguments]:
        for option, value in item.items() if isinstance(item, dict) else ():
            rule = known.get(option, {})
            if rule.get("no_log"):
                yield from _values(value)
            elif "options" in rule:
                yield from secrets_of(value, rule["options"])


def _values(secret: Any) -> Iterator[str]:
    """Yield a secret as text, also without surrounding whitespace, which is not sent to the service."""
    if isinstance(secret, (dict, list)):
        for inner in secret.values() if isinstance(secret, dict) else secret:
            yield from _values(inner)
    elif secret is not None and not isinstance(secret, bool):
        yield from {str(secret), str(secret).strip()}


def spellings(secrets: Iterable[str]) -> Iterator[str]:
    """Yield secrets in the forms that an answer may contain: as in JSON or a URL, and URLs without their scheme."""
    for secret in secrets:
        without_scheme = secret.partition("://")[2] or secret
        for text in (secret, without_scheme):
            in_json = (json.dumps(text, ensure_ascii=letters)[1:-1] for letters in (True, False))
            yield from (text, *in_json, quote(text, safe=""))


def unmistakable(secrets: Iterable[str]) -> set[str]:
    """Return the secrets that unrelated text cannot contain: long ones, of which masks show only a part."""
    return {secret for secret in secrets if len(secret) >= LONG and secret not in mask_url(secret)}


def hide_arguments(arguments: Any, spec: dict[str, Any]) -> Any:
    """Return a module's arguments with the values of options with C(no_log) in C(spec) replaced, at any depth."""
    if isinstance(arguments, list):
        return [hide_arguments(item, spec) for item in arguments]
    if not isinstance(arguments, dict):
        return arguments
    known, shown = with_aliases(spec), {}
    for option, value in arguments.items():
        rule = known.get(option, {})
        if rule.get("no_log") and value not in (None, {}):
            value = HIDDEN
        elif "options" in rule:
            value = hide_arguments(value, rule["options"])
        shown[option] = value
    return shown


def with_aliases(spec: dict[str, Any]) -> dict[str, Any]:
    """Return an argument spec that contains options by their aliases, too."""
    return {**spec, **{alias: rule for rule in spec.values() for alias in rule.get("aliases", ())}}
