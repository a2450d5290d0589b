# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Masks, which the API shows instead of secrets: pure functions."""

from __future__ import annotations

from urllib.parse import urlsplit

MASK = "*" * 10


def mask_url(url: str) -> str:
    """Return the URL of a webhook as the API shows it: scheme, host and port, then ten asterisks."""
    try:
        parts = urlsplit(url)
    except ValueError:  # not a URL, but it may still be a secret
        return MASK
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/{MASK}"


def mask_key(key: str) -> str:
    """Return a key as the API shows it: ten asterisks and the last four characters, even of a short key."""
    return MASK + (key[-4:] if len(key) > 12 else "")


def is_masked(text: str) -> bool:
    """Whether C(text) is a masked secret, with ten asterisks. Such a text must never be sent to the API."""
    if "://" in text:
        try:
            parts = urlsplit(text)
        except ValueError:  # not a URL; the text of the exception could contain a secret
            return False
        return parts.path == f"/{MASK}" and not parts.query and not parts.fragment
    return text == MASK or (text.startswith(MASK) and len(text) == len(MASK) + 4)


def mask_differs(secret: str, masked: str) -> bool:
    """Whether the visible part of C(masked), a URL's host or a key's last four characters, differs from C(secret).

    A mask without a visible part does not differ from any secret.
    """
    if not is_masked(masked):
        return masked not in ("", secret)
    if "://" in masked:
        return _origin(secret) != _origin(masked)
    return not secret.endswith(masked[len(MASK) :])


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
