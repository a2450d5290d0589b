# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets kept out of what is shown: pure functions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from .masks import mask_url
from .texts import map_texts, texts

HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"  # Ansible's own word for it
LONG = 16  # characters from which on a secret is unlike any other text


def redact(content: Any, secrets: Iterable[str]) -> Any:
    """C(content), a text or texts of any depth, with asterisks in place of every secret that it repeats."""
    longest_first = sorted(filter(None, secrets), key=len, reverse=True)
    if not longest_first:
        return content
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return map_texts(content, lambda text: pattern.sub("********", text))


def place_of_secret(content: Any, secrets: Iterable[str]) -> str | None:
    """Where in texts of any depth one of the secrets is, such as C(projects[shop].description)."""
    shown = redact(content, secrets)
    return next(
        (place for (place, text), (_place, masked) in zip(texts(content), texts(shown)) if text != masked), None
    )


def secrets_of(arguments: Any, spec: dict[str, Any]) -> Iterator[str]:
    """The secrets in arguments, at any depth: the values of options that C(spec) says are not to be logged."""
    known = with_aliases(spec)
    for item in arguments if isinstance(arguments, list) else [arguments]:
        for option, value in item.items() if isinstance(item, dict) else ():
            rule = known.get(option, {})
            if rule.get("no_log"):
                yield from _values(value)
            elif "options" in rule:
                yield from secrets_of(value, rule["options"])


def _values(secret: Any) -> Iterator[str]:
    """As text, and without surrounding blanks: these are not sent, and so not what the service could repeat."""
    if isinstance(secret, (dict, list)):
        for inner in secret.values() if isinstance(secret, dict) else secret:
            yield from _values(inner)
    elif secret is not None and not isinstance(secret, bool):
        yield from {str(secret), str(secret).strip()}


def spellings(secrets: Iterable[str]) -> Iterator[str]:
    """Secrets in the forms in which an answer may repeat them: as in JSON or a URL, and a URL without its scheme."""
    for secret in secrets:
        without_scheme = secret.partition("://")[2] or secret
        for text in (secret, without_scheme):
            in_json = (json.dumps(text, ensure_ascii=letters)[1:-1] for letters in (True, False))
            yield from (text, *in_json, quote(text, safe=""))


def unmistakable(secrets: Iterable[str]) -> set[str]:
    """Those that unrelated text does not contain: long, and more than the API shows of them."""
    return {secret for secret in secrets if len(secret) >= LONG and secret not in mask_url(secret)}


def hide_arguments(arguments: Any, spec: dict[str, Any]) -> Any:
    """A module's arguments with the values of options that C(spec) says are not to be logged replaced, at any depth."""
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
    """An argument spec that finds an option by its aliases, too."""
    return {**spec, **{alias: rule for rule in spec.values() for alias in rule.get("aliases", ())}}
