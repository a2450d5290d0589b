# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""For each type of value: what is the same, what is not, and what is refused when it would be sent."""

from __future__ import annotations

import pytest

from ansible_collections.community.logfire.plugins.module_utils._values.checks import check_url
from ansible_collections.community.logfire.plugins.module_utils._values.decimals import Decimal
from ansible_collections.community.logfire.plugins.module_utils._values.masks import mask_url
from ansible_collections.community.logfire.plugins.module_utils._values.types import (
    Choice,
    Duration,
    Email,
    Flag,
    Instant,
    Name,
    Secret,
    SetOf,
    Text,
    Url,
    Uuid,
    Word,
)

UPPER = "AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA"
SAME = [
    (Text(), "SELECT 1", ["SELECT 1\n", "SELECT 1\r\n", "SELECT 1 \t\n\n"]),
    (Text(), "a\nb", ["a\r\nb", "a\rb", "a\nb\n"]),
    (Text(), "", ["\n", "  "]),
    (Name(), "Caf\u00e9", ["Cafe\u0301"]),
    (Uuid(), UPPER, [UPPER.lower()]),
    (Duration(60, 3600), "90m", ["PT90M", "1h30m", 5400, "PT5400S", "PT1H30M0S"]),
    (Duration(60, 3600), "24h", ["P1D", "1d", "PT24H"]),
    (Decimal(), "99.9", ["99.9000", 99.9, " 99.90 "]),
    (Decimal(), "60000", ["60000.0000"]),
    (Instant(), "2026-12-31T23:59:59Z", ["2027-01-01T00:59:59+01:00", "2026-12-31 23:59:59.5"]),
    (Email(), "Ops@Example.COM", ["Ops@example.com", " Ops@EXAMPLE.com "]),
    (
        Url(),
        "https://API.example.com",
        ["https://api.example.com/", "https://api.example.com:443", "HTTPS://api.example.com"],
    ),
    (SetOf(Name()), ["b", "Caf\u00e9"], [["Cafe\u0301", "b"], ["b", "b", "Cafe\u0301"]]),
    (SetOf(Uuid()), [UPPER], [[UPPER.lower()], [UPPER, UPPER.lower()]]),
    (SetOf(Email()), ["a@B.c"], [["a@b.C"]]),
    (Choice("a", "b"), "a", ["a"]),
    (Flag(), True, [True]),
    (Word(), "C1", [" C1 "]),
]
OTHER = [
    (Text(), "a  b", ["a b", " a  b", "A  b"]),
    (Name(), "ops", ["Ops", "0ps"]),
    (Uuid(), UPPER, ["B" + UPPER[1:]]),
    (Duration(60, 3600), "24h", ["2d", "23h59m59s"]),
    (Decimal(), "99.9", ["99.99", "-99.9"]),
    (Instant(), "2026-12-31T23:59:59Z", ["2026-12-31T23:59:58Z"]),
    (Email(), "ops@example.com", ["Ops@example.com", "ops@example.org"]),
    (
        Url(),
        "https://api.example.com",
        ["http://api.example.com", "https://api.example.com:8443", "https://api.example.com/v2"],
    ),
    (SetOf(Name()), ["a"], [["A"], [], ["a", "b"]]),
    (Flag(), True, [False]),
]
REFUSED = [
    (Name(), [" a", "a ", "a\n", "\ta"]),
    (Choice("a", "b"), ["c", "A"]),
    (Duration(60, 3600), ["59s", "3601s", "1d"]),
    (Url(), ["api.example.com", "ftp://x", "https://"]),
    (SetOf(Name()), [["a", " b"]]),
]
MEANINGLESS = [
    (Name(), ["", " "]),
    (Text(required=True), ["", " \n"]),
    (Uuid(), [""]),
    (Duration(60, 3600), ["", "10 m", "x", "1.5h", None]),
    (Decimal(), ["", "1e3", "x", "1,5"]),
    (Instant(), ["", "tomorrow", "2026-12-31"]),
    (SetOf(Name()), [["a", ""]]),
    (Secret(mask_url, check_url), ["hooks.example.com/secret"]),
]


def pairs(table):
    return [(kind, left, right) for kind, left, others in table for right in others]


@pytest.mark.parametrize(("kind", "left", "right"), pairs(SAME))
def test_values_that_are_the_same(kind, left, right):
    left, right = kind.parse(left), kind.parse(right)
    assert kind.same(left, right)
    assert kind.same(right, left)
    assert not kind.same(left, None)
    assert not kind.same(None, left)


@pytest.mark.parametrize(("kind", "left", "right"), pairs(OTHER))
def test_values_that_are_not(kind, left, right):
    assert not kind.same(kind.parse(left), kind.parse(right))


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in REFUSED for value in values])
def test_what_is_not_sent(kind, value):
    parsed = kind.parse(value)
    with pytest.raises(ValueError):
        kind.check(parsed)
    if isinstance(kind, SetOf):
        kind.check(parsed, parsed)  # what is stored already may stay beside others


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in MEANINGLESS for value in values])
def test_what_means_nothing(kind, value):
    with pytest.raises(ValueError):
        kind.parse(value)


@pytest.mark.parametrize(("kind", "left", "_others"), SAME)
def test_text_is_sent_as_it_was_written(kind, left, _others):
    if isinstance(kind, (Text, Name, Uuid, Email)):
        assert kind.encode(kind.parse(left)) == left


def test_no_mistake_in_a_secret_repeats_it():
    with pytest.raises(ValueError) as problem:
        Secret(mask_url, check_url).parse("hooks.example.com/topsecret")
    assert "topsecret" not in str(problem.value)
