# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file with the fingerprints of the secrets that were last sent, since the API shows secrets only masked."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .._api.client import is_uuid
from .._values.fingerprints import is_fingerprint, is_fingerprint_of, make_fingerprint
from .._values.option_errors import OptionError

OPTIONS: dict[str, Any] = {"fingerprints": {"type": "path"}, "mode": {"type": "raw", "default": "0600"}}


class FingerprintFile:
    """A file at C(path) with fingerprints by the IDs of objects. Any number of threads may share it.

    The methods raise OptionError.
    """

    def __init__(self, path: str, mode: int = 0o600, check_mode: bool = False) -> None:
        self._path = os.path.abspath(path)
        self._mode = mode
        self._check_mode = check_mode
        self._noted: dict[str, str | None] = {}  # since the file was read; None: removed
        self._lock = threading.Lock()
        self._known = self._read()
        if not check_mode and not os.access(os.path.dirname(self._path), os.W_OK):
            raise _problem(f"{self._path} cannot be written: there is no directory, or it is read-only")

    def matches(self, object_id: str, secret: str) -> bool:
        """Whether C(secret) was the last secret sent to the object."""
        known = self._known.get(object_id)
        return known is not None and is_fingerprint_of(known, secret)

    def note(self, object_id: str, secret: str) -> None:
        """Record that the API accepted C(secret) for the object."""
        if not self.matches(object_id, secret):
            with self._lock:
                self._noted[object_id] = make_fingerprint(secret)

    def discard(self, object_id: str) -> None:
        """Record that the object was removed."""
        with self._lock:
            if object_id in self._known or object_id in self._noted:
                self._noted[object_id] = None

    def save(self) -> None:
        """Write the recorded changes atomically. Lines that others have written in the meantime are kept."""
        if self._check_mode or not self._noted:
            return
        merged = {**self._read(), **self._noted}
        lines = {object_id: text for object_id, text in sorted(merged.items()) if text is not None}
        folder, name = os.path.split(self._path)
        try:
            descriptor, beside = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
            try:
                with open(descriptor, "w", encoding="ascii") as file:
                    os.fchmod(descriptor, self._mode)
                    file.write(json.dumps(lines, indent=2) + "\n")
                os.replace(beside, self._path)
            except BaseException:
                os.unlink(beside)
                raise
        except OSError as error:
            raise _problem(
                f"{self._path} cannot be written: {error.strerror}. The next run will send the secrets again"
            ) from None

    def _read(self) -> dict[str, str]:
        try:
            with open(self._path, encoding="utf-8-sig") as file:
                content = json.load(file)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise _problem(f"{self._path} cannot be read: {error.strerror}") from None
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict) or not all(is_uuid(key) and is_fingerprint(content[key]) for key in content):
            raise _problem(f"{self._path} is not a file of fingerprints of this module, and is not changed")
        return content


@contextmanager
def fingerprints(params: dict[str, Any], check_mode: bool) -> Iterator[FingerprintFile | None]:
    """Yield the file that the options C(fingerprints) and C(mode) describe, or None. It is saved at the end, even after
    a failure.

    Raises OptionError.
    """
    if not params.get("fingerprints"):
        yield None
        return
    mode = params["mode"]
    try:
        number = mode if isinstance(mode, int) else int(str(mode), 8)
    except ValueError:
        raise OptionError("mode", f"{mode!r} is not an octal number, such as '0644'") from None
    file = FingerprintFile(params["fingerprints"], number, check_mode)
    try:
        yield file
    finally:
        file.save()


def _problem(text: str) -> OptionError:
    return OptionError("fingerprints", text)
