# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which nodes use which: alerts notify channels."""

from __future__ import annotations

from typing import Any

from ..._kinds.alert import ALERT
from ..._kinds.channel import CHANNEL
from ..._values.placeholders import placeholder
from .node import Node


def channels_of(node: Node) -> list[dict[str, Any]]:
    """The channels that an alert is to have."""
    state = node.outcome.state if node.outcome and node.kind is ALERT and node.item.present else None
    return state["channels"] if state else []


def uses(channels: list[dict[str, Any]], node: Node) -> bool:
    """Whether the channel of C(node) is among C(channels)."""
    id_or_placeholder = node.id or placeholder(node.kind.name, node.name or "")
    return any(channel["id"] == id_or_placeholder for channel in channels)


def refers_to(node: Node, channel: Node) -> bool:
    """Whether an alert needs that there is a channel of the name of C(channel)."""
    if node.kind is not ALERT or channel.kind is not CHANNEL:
        return False
    return any(reference["channel"] == channel.name for reference in node.item.wanted.get("channels", []))
