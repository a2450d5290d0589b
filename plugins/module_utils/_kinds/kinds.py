# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All kinds that the description of an organization can contain. New kinds are only added here."""

from __future__ import annotations

from .alert import ALERT
from .channel import CHANNEL
from .dashboard import DASHBOARD
from .kind import Kind
from .member import MEMBER
from .project import PROJECT
from .schedule import SCHEDULE
from .slo import SLO
from .variable import VARIABLE

STACK_KINDS: tuple[Kind, ...] = (CHANNEL, SCHEDULE, MEMBER, PROJECT, ALERT, DASHBOARD, VARIABLE, SLO)
ORGANIZATION_KINDS = tuple(kind for kind in STACK_KINDS if kind.parent is None)  # objects outside of projects
CONTAINER = PROJECT  # contains the objects of the other kinds
PROJECT_KINDS = tuple(kind for kind in STACK_KINDS if kind.parent is CONTAINER)
