# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What reads the files of a description."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol


class Reader(Protocol):
    """How files are read. Both raise FormatError, which names the file, and OSError."""

    def read_text(self, path: Path) -> str:
        """The content of a text file."""

    def read_yaml(self, path: Path, templates: bool = True, only: str | None = None) -> Any:
        """The content of a YAML file, in which C(templates) says whether texts may be templates.

        With C(only), the member of that name is all that counts of a dictionary: a dictionary with it, or an empty one.
        """
