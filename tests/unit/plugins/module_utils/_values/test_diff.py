# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The smallest before and after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._values.diff import minimal

SCALARS = st.none() | st.booleans() | st.integers(min_value=2, max_value=9) | st.text(max_size=3)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4)


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ({"a": 1}, {"a": 1}, {}, {}),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, {"b": 2}, {"b": 3}),
        ({"a": 1}, {}, {"a": 1}, {}),
        ({}, {"a": None}, {}, {"a": None}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, {"a": {"c": 2}}, {"a": {"c": 3}}),
        ({"a": {"b": 1}}, {"a": 1}, {"a": {"b": 1}}, {"a": 1}),
        ({"a": ["x", "y"]}, {"a": ["x", "z"]}, {"a": ["x", "y"]}, {"a": ["x", "z"]}),
        ({"a": [{"q": 1}, {"q": 2}]}, {"a": [{"q": 1}, {"q": 3}]}, {"a": {"[1]": {"q": 2}}}, {"a": {"[1]": {"q": 3}}}),
        ({"a": [{"q": 1}]}, {"a": [{"q": 1}, {"q": 2}]}, {"a": [{"q": 1}]}, {"a": [{"q": 1}, {"q": 2}]}),
    ],
)
def test_what_is_left(before, after, left, right):
    assert minimal(before, after) == (left, right)


@given(OBJECTS)
def test_equal_is_empty(value):
    assert minimal(value, value) == ({}, {})


@given(OBJECTS, OBJECTS)
def test_different_stays_different(before, after):
    left, right = minimal(before, after)
    assert (left == right) is (before == after)
    back = minimal(before=after, after=before)
    assert back == (right, left)


@given(OBJECTS, OBJECTS)
def test_nothing_in_common_is_left(before, after):
    if before != after:
        assert_disjoint(*minimal(before, after))


def assert_disjoint(left, right):
    assert left != right
    if isinstance(left, dict) and isinstance(right, dict):
        for member in left.keys() & right.keys():
            assert_disjoint(left[member], right[member])


@given(OBJECTS, OBJECTS)
def test_what_is_left_comes_from_the_values(before, after):
    left, right = minimal(before, after)
    assert_part(left, before)
    assert_part(right, after)


def assert_part(part, whole):
    if isinstance(part, dict) and isinstance(whole, list):
        whole = {f"[{index}]": item for index, item in enumerate(whole)}
    if isinstance(part, dict):
        for member, value in part.items():
            assert_part(value, whole[member])
    else:
        assert part == whole
