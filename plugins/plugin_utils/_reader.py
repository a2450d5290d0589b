# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The interface between a description and the reader of its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol


class Reader(Protocol):
    """Reads files. The methods raise FormatError, which contains the path of the file, and OSError."""

    def read_text(self, path: Path) -> str:
        """Return the content of a text file."""

    def read_yaml(self, path: Path, templates: bool = True, only: str | None = None) -> Any:
        """Return the content of a YAML file. C(templates) says whether to resolve templates in it.

        With C(only), a dictionary is reduced to the member of that name.
        """
