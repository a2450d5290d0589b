# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Masks against the vectors of the service's own clients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._values.masks import (
    is_masked,
    mask_differs,
    mask_key,
    mask_url,
)


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://example.com/webhook/primary", "https://example.com/**********"),
        ("https://example.com:8443/a?token=1#b", "https://example.com:8443/**********"),
        ("https://user:password@example.com/a", "https://example.com/**********"),
        ("http://[::1]:8080/", "http://[::1]:8080/**********"),
    ],
)
def test_masks_of_urls(url, masked):
    assert mask_url(url) == masked
    assert is_masked(masked)
    assert not is_masked(url)
    assert not mask_differs(url, masked)


@pytest.mark.parametrize(
    ("key", "masked"),
    [
        ("GenieKey secret-key-12345", "**********2345"),
        ("a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3", "**********c2d3"),
        ("short", "**********"),
        ("", "**********"),
    ],
)
def test_masks_of_keys(key, masked):
    assert mask_key(key) == masked
    assert is_masked(masked)
    assert not is_masked(key)
    assert not mask_differs(key, masked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.com/**********", True),
        ("https://example.com:8443/**********", True),
        ("https://example.com/webhook/updated", False),
        ("https://example.com/**********?q=1", False),
        ("https://example.com/**********#a", False),
        ("https://example.com/a/**********", False),
        ("https://example.com/*********", False),
        ("**********1234", True),
        ("**********", True),
        ("GenieKey secret-key-12345", False),
        ("**********12345", False),
        ("**********123", False),
        ("*********", False),
        ("", False),
        # no URL at all: no mask either, and no exception, whose text would hold the secret
        ("https://[secret/**********", False),
        ("https://example.com\uff0fsecret", False),
    ],
)
def test_what_is_a_mask(text, expected):
    assert is_masked(text) is expected


@pytest.mark.parametrize(
    ("secret", "masked", "expected"),
    [
        ("https://example.com/new", "https://example.com/**********", False),
        ("https://EXAMPLE.com:443/new", "https://example.com/**********", False),
        ("https://example.com/new", "https://example.org/**********", True),
        ("http://example.com/new", "https://example.com/**********", True),
        ("https://example.com:8443/new", "https://example.com/**********", True),
        ("secret-key-12345", "**********2345", False),
        ("secret-key-12345", "**********2346", True),
        ("secret-key-12345", "**********", False),  # nothing to be seen
        ("secret-key-12345", "", False),
        ("https://example.com/a", "https://example.com/a", False),  # a release that does not mask
        ("https://example.com/a", "https://example.com/b", True),
    ],
)
def test_what_a_mask_gives_away(secret, masked, expected):
    assert mask_differs(secret, masked) is expected


@given(st.from_regex(r"\A[!-.0-~]+\Z"))
def test_a_mask_shows_four_characters_at_most(key):
    masked = mask_key(key)
    assert is_masked(masked)
    assert not mask_differs(key, masked)
    assert len(masked.replace("*", "")) <= 4
