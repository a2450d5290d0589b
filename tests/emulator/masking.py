# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets as answers show them: enough to recognize one, but not enough to use it."""

from urllib.parse import urlsplit

STARS = "*" * 10
VISIBLE = 4


def mask_url(url: str) -> str:
    """Keep scheme, host and port; replace path, query, fragment and credentials by ten asterisks."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/{STARS}"


def mask_key(key: str, entirely_below: int) -> str:
    """Return ten asterisks and the last four characters; without these for a key shorter than the threshold."""
    return STARS if len(key) < max(entirely_below, VISIBLE + 1) else STARS + key[-VISIBLE:]


def is_masked_url(url: str) -> bool:
    """Whether a URL is masked."""
    parts = urlsplit(url)
    return bool(parts.scheme and parts.netloc) and parts.path == f"/{STARS}" and not (parts.query or parts.fragment)


def is_masked_key(key: str) -> bool:
    """Whether a key is masked."""
    return key.startswith(STARS) and len(key) in (len(STARS), len(STARS) + VISIBLE)
