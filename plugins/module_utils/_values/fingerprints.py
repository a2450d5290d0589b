# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fingerprints of secrets, which are safe to publish: salted, and slow to brute-force. Pure functions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re

# About 10 ms and 4 MiB each. The secrets of channels are random, so mostly their length protects them from guessing.
_COST = {"n": 2**12, "r": 8, "p": 1}
_BYTES = 16
_SHAPE = re.compile(r"scrypt:([A-Za-z0-9+/]{22}==):([A-Za-z0-9+/]{22}==)")


def make_fingerprint(secret: str, salt: bytes | None = None) -> str:
    """Return C(scrypt:SALT:HASH) in base64, with a random C(salt) of 16 bytes by default."""
    salt = os.urandom(_BYTES) if salt is None else salt
    digest = hashlib.scrypt(secret.encode(), salt=salt, dklen=_BYTES, **_COST)
    return ":".join(["scrypt", base64.b64encode(salt).decode(), base64.b64encode(digest).decode()])


def is_fingerprint(text: object) -> bool:
    """Whether C(text) has the format of a fingerprint."""
    return isinstance(text, str) and _SHAPE.fullmatch(text) is not None


def is_fingerprint_of(text: str, secret: str) -> bool:
    """Whether C(text), which must be a fingerprint, is the fingerprint of C(secret)."""
    salt = base64.b64decode(text.split(":")[1])
    return hmac.compare_digest(text, make_fingerprint(secret, salt))
