# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The value types. The type of a field determines how its values are checked, compared, sent and shown.

A value has three forms: the I(option), as the user wrote it; the I(value), in the canonical form of the collection; and
the I(wire) form of the API.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Callable
from urllib.parse import urlsplit

from .checks import canonical_name, check_outer_blanks, check_url, not_blank, optional_text
from .durations import format_duration, parse_duration, read_duration, wire_duration
from .instants import format_instant, parse_instant
from .masks import is_masked
from .suggestions import not_a_choice


class OpenChoices(list[str]):
    """Choices to which the service may add others. A stored value may be unknown; see L(ValueType.check)."""


class ValueType:
    """The base type, which uses values without conversion."""

    #: The argument spec of the option.
    spec: dict[str, Any] = {"type": "str"}
    secret = False

    def parse(self, option: Any) -> Any:
        """Convert an option to a value. Raises ValueError for an invalid one."""
        return option

    def check(self, value: Any, stored: Any = None) -> None:
        """Raise ValueError for a value that the API is known to refuse, if it would be sent to replace C(stored).

        A value that is already stored is never refused.
        """

    def without_unknown(self, value: Any) -> tuple[Any, list[str]]:
        """Return C(value) without parts that the API is not known to accept, or None, and the omitted members."""
        try:
            self.check(value)
        except ValueError:
            return None, [""]
        return value, []

    def canonical(self, value: Any) -> Any:
        """Return the form of a value that is equal for all values with the same meaning."""
        return value

    def same(self, left: Any, right: Any) -> bool:
        """Whether two values mean the same. null only equals null or an absent value."""
        if left is None or right is None:
            return left is right
        return bool(self.canonical(left) == self.canonical(right))

    def changed(self, wanted: Any, current: Any) -> Any:
        """Return the part of a changed value to send."""
        return wanted

    def decode(self, wire: Any) -> Any:
        """Convert a member of an answer, which may be null, to a value. Raises ValueError for an invalid one."""
        return wire

    def encode(self, value: Any) -> Any:
        """Convert a value to the member of a request."""
        return value

    def show(self, value: Any) -> Any:
        """Convert a value to what a diff shows."""
        return value


class Flag(ValueType):
    spec = {"type": "bool"}


class Choice(ValueType):
    """One of several words. The service may support more of them than this version."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices
        self.spec = {"type": "str", "choices": OpenChoices(choices)}

    def check(self, value: str, stored: Any = None) -> None:
        if value not in self.choices:
            raise ValueError(not_a_choice(value, self.choices))

    def decode(self, wire: Any) -> Any:
        """Return a known word in its own case, whatever case the service uses; an unknown word as it is."""
        lowered = wire.lower() if isinstance(wire, str) else wire
        return lowered if lowered in self.choices else wire


class Text(ValueType):
    """Text or code with any number of lines. Line endings and trailing whitespace, which some services change, are
    ignored.

    C(clears_with) is the value that removes the text in the API.
    """

    def __init__(self, required: bool = False, clears_with: str | None = "") -> None:
        self.required = required
        self._clears_with = clears_with

    def parse(self, option: str) -> str:
        return not_blank(option) if self.required else option

    def canonical(self, value: str) -> str:
        return re.sub(r"\r\n?", "\n", value).rstrip()

    def decode(self, wire: Any) -> str:
        return wire if isinstance(wire, str) else ""

    def encode(self, value: str) -> str | None:
        return value or self._clears_with


class Name(ValueType):
    """The name of an object. Unicode is normalized, and surrounding whitespace is not part of it.

    C(check_name) raises ValueError for names that the API is known to refuse.
    """

    def __init__(self, check_name: Callable[[str], None] | None = None) -> None:
        self._check_name = check_name

    def parse(self, option: str) -> str:
        return not_blank(option)

    def check(self, value: str, stored: Any = None) -> None:
        check_outer_blanks(value)
        if self._check_name is not None:
            self._check_name(value)

    def canonical(self, value: str) -> str:
        return canonical_name(value)

    def decode(self, wire: Any) -> str | None:
        return optional_text(wire)


class Word(ValueType):
    """A text without surrounding whitespace, such as the ID of another service."""

    def parse(self, option: str) -> str:
        return not_blank(option).strip()

    def decode(self, wire: Any) -> str | None:
        return optional_text(wire)


class Uuid(Word):
    """An ID, which the API returns in lower case."""

    def canonical(self, value: str) -> str:
        return value.lower()


class Duration(ValueType):
    """A duration. C(shortest) and C(longest) are the seconds that the API accepts; a stored value may be out of range.

    C(in_seconds) says that requests have a number of seconds, although answers have a duration.
    """

    def __init__(self, shortest: int, longest: int, in_seconds: bool = False) -> None:
        self._range = range(shortest, longest + 1)
        self._in_seconds = in_seconds

    def parse(self, option: Any) -> str:
        return format_duration(parse_duration(option))

    def check(self, value: str, stored: Any = None) -> None:
        if parse_duration(value) not in self._range:
            allowed = f"{format_duration(self._range[0])} to {format_duration(self._range[-1])}"
            raise ValueError(f"{value!r} is out of range; allowed: {allowed}")

    def decode(self, wire: Any) -> str | None:
        return None if wire is None else read_duration(wire)

    def encode(self, value: str) -> str | int:
        return parse_duration(value) if self._in_seconds else wire_duration(value)


class Instant(ValueType):
    """A time. Fractions of a second, and the offset in which it is written, are ignored."""

    def parse(self, option: Any) -> str:
        return format_instant(parse_instant(option))

    def canonical(self, value: str) -> Any:
        return parse_instant(value).replace(microsecond=0)


class Email(Word):
    """An email address. Its domain is not case-sensitive; the part before it may be.

    C(any_case) ignores the case of both, for addresses that identify a person.
    """

    def __init__(self, any_case: bool = False) -> None:
        self._any_case = any_case

    def canonical(self, value: str) -> str:
        if self._any_case:
            return value.casefold()
        local, at, domain = value.rpartition("@")
        return f"{local}{at}{domain.lower()}"


class Url(Word):
    """The URL of a service. An empty text removes it."""

    def parse(self, option: str) -> str:
        return option.strip()

    def check(self, value: str, stored: Any = None) -> None:
        if value:
            check_url(value)

    def canonical(self, value: str) -> Any:
        try:
            parts = urlsplit(value)
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
            return parts.scheme, parts.hostname, port, parts.path.rstrip("/"), parts.query, parts.fragment
        except ValueError:
            return value


class Secret(ValueType):
    """A text that the API shows only masked. C(mask) returns the same mask."""

    spec = {"type": "str", "no_log": True}
    secret = True

    def __init__(self, mask: Callable[[str], str], check: Callable[[str], None] | None = None) -> None:
        self._mask = mask
        self._check = check

    def parse(self, option: str) -> str:
        secret = option.strip()
        if self._check is not None and secret and not is_masked(secret):
            self._check(secret)
        return secret

    def decode(self, wire: Any) -> str | None:
        return optional_text(wire)

    def show(self, value: str) -> str:
        return value if is_masked(value) else self._mask(value)


class SetOf(ValueType):
    """A list of values in which order and duplicates do not matter."""

    def __init__(self, item: ValueType) -> None:
        self.item = item
        self.spec = {"type": "list", "elements": item.spec["type"]}

    def parse(self, option: Sequence[Any]) -> list[Any]:
        by_meaning: dict[Any, Any] = {}
        for item in option:
            parsed = self.item.parse(item)
            by_meaning.setdefault(self.item.canonical(parsed), parsed)
        return sorted(by_meaning.values())

    def check(self, value: list[Any], stored: Any = None) -> None:
        known = self.canonical(stored or [])
        for item in value:
            if self.item.canonical(item) not in known:
                self.item.check(item)

    def canonical(self, value: list[Any]) -> Any:
        return frozenset(map(self.item.canonical, value))

    def decode(self, wire: Any) -> list[Any]:
        items = [self.item.decode(item) for item in wire] if isinstance(wire, list) else []
        if None in items:
            raise ValueError("null in a list")
        return sorted(items)
