# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lists in which objects are looked up by id or by name.

Alerts refer to channels, and nearly all refers to projects. Who only looks them up loads these lists, and not the files
that say how projects and channels are described, compared and sent.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from .._client import LogfireClient, Wire


class Listed(ABC):
    """Objects that the API lists, each with an id and something to call it by."""

    name: ClassVar[str]  # the word for one, and the key of results
    key: ClassVar[str] = "name"  # the option that names one
    wire_key: ClassVar[str] = "name"  # the member of answers that names one

    @abstractmethod
    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        """All objects of the list; C(project_id) is empty for what is not in a project."""

    def complete(self, client: LogfireClient, project_id: str, wire: Wire) -> Wire:
        """An item of the list with what the list leaves out, read once."""
        return wire


class Projects(Listed):
    name = "project"
    wire_key = "project_name"

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        return client.list_projects()


class Channels(Listed):
    name = "channel"
    wire_key = "label"

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        return client.list_channels()


PROJECTS = Projects()
CHANNELS = Channels()
