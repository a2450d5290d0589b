# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vocabulary of value types. A field names one, and with it how its values are checked, compared, sent and shown.

Three forms of a value meet here: an I(option) as the user wrote it, the I(value) in the collection's own spelling, and
the API's I(wire) form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Callable
from urllib.parse import urlsplit

from .checks import canonical_name, check_tidy, check_url, not_blank, optional_text
from .durations import format_duration, parse_duration, read_duration, wire_duration
from .instants import format_instant, parse_instant
from .masks import is_masked
from .suggestions import not_a_choice


class OpenChoices(list[str]):
    """Choices that the service may add to. What is stored already may be another; see L(ValueType.check)."""


class ValueType:
    """Values that are what they are."""

    #: What an argument spec says of the option.
    spec: dict[str, Any] = {"type": "str"}
    secret = False

    def parse(self, option: Any) -> Any:
        """The value that an option means. Raises ValueError for what means nothing."""
        return option

    def check(self, value: Any, stored: Any = None) -> None:
        """Raise ValueError for a value that the API is known to refuse, and that would be sent in place of C(stored).

        What is stored already is never refused, whatever it is.
        """

    def without_unknown(self, value: Any) -> tuple[Any, list[str]]:
        """C(value) without what the API is not known to take (None for nothing), and the members that are left out."""
        try:
            self.check(value)
        except ValueError:
            return None, [""]
        return value, []

    def canonical(self, value: Any) -> Any:
        """What two values that mean the same have in common."""
        return value

    def same(self, left: Any, right: Any) -> bool:
        """Whether two values mean the same. null and absent are the same as nothing but each other."""
        if left is None or right is None:
            return left is right
        return bool(self.canonical(left) == self.canonical(right))

    def changed(self, wanted: Any, current: Any) -> Any:
        """What to send of a value that differs from what is stored."""
        return wanted

    def decode(self, wire: Any) -> Any:
        """The value that a member of an answer means, null included. Raises ValueError for what means nothing."""
        return wire

    def encode(self, value: Any) -> Any:
        """The member of a request."""
        return value

    def show(self, value: Any) -> Any:
        """What a diff shows."""
        return value


class Flag(ValueType):
    spec = {"type": "bool"}


class Choice(ValueType):
    """One of some words. The service may know more of them than this version does."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices
        self.spec = {"type": "str", "choices": OpenChoices(choices)}

    def check(self, value: str, stored: Any = None) -> None:
        if value not in self.choices:
            raise ValueError(not_a_choice(value, self.choices))

    def decode(self, wire: Any) -> Any:
        """A known word however the service capitalizes it; another one as it is."""
        lowered = wire.lower() if isinstance(wire, str) else wire
        return lowered if lowered in self.choices else wire


class Text(ValueType):
    """Prose or code of any number of lines. Services differ in what they do to line ends and to blanks at the end.

    C(clears_with) is what the API takes for none.
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
    """What an object is called by: one spelling of Unicode is as good as another, blanks around it are not part of it.

    C(check_name) raises ValueError for names that the API is known to refuse.
    """

    def __init__(self, check_name: Callable[[str], None] | None = None) -> None:
        self._check_name = check_name

    def parse(self, option: str) -> str:
        return not_blank(option)

    def check(self, value: str, stored: Any = None) -> None:
        check_tidy(value)
        if self._check_name is not None:
            self._check_name(value)

    def canonical(self, value: str) -> str:
        return canonical_name(value)

    def decode(self, wire: Any) -> str | None:
        return optional_text(wire)


class Word(ValueType):
    """A text without blanks around it, such as another service's ID."""

    def parse(self, option: str) -> str:
        return not_blank(option).strip()

    def decode(self, wire: Any) -> str | None:
        return optional_text(wire)


class Uuid(Word):
    """An ID. The API answers in lower case."""

    def canonical(self, value: str) -> str:
        return value.lower()


class Duration(ValueType):
    """C(shortest) and C(longest) are the seconds that the API takes; what is stored may be another.

    C(in_seconds) is for requests that have a number where answers have a duration.
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
    """A moment. Fractions of a second and the offset that it is written with do not matter."""

    def parse(self, option: Any) -> str:
        return format_instant(parse_instant(option))

    def canonical(self, value: str) -> Any:
        return parse_instant(value).replace(microsecond=0)


class Email(Word):
    """An e-mail address. Its domain has no case; whether the part before has one is the server's business.

    C(any_case) is for an address that identifies a person, which systems spell as they like.
    """

    def __init__(self, any_case: bool = False) -> None:
        self._any_case = any_case

    def canonical(self, value: str) -> str:
        if self._any_case:
            return value.casefold()
        local, at, domain = value.rpartition("@")
        return f"{local}{at}{domain.lower()}"


class Url(Word):
    """The address of a service. An empty text removes one."""

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
    """A text that the API stores and shows only masked. C(mask) does the same."""

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
    """A list of values in which order and repetition do not matter."""

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
