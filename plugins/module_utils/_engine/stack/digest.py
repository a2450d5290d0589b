# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan comes to in one word, by which it is approved: pure functions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from ..._kinds.kind import Kind
from ..._values.masks import MASK, is_masked
from ..._values.texts import map_texts
from ..plan import Plan
from .node import Node

_VERSION = 1  # of what goes into a digest; a digest of another version is that of another plan
_SHAPE = re.compile("[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Whether it has the shape of a digest."""
    return _SHAPE.fullmatch(text) is not None


def digest(nodes: Iterable[Node]) -> str:
    """The digest of all that is planned for nodes: 64 hexadecimal digits.

    Neither the order of the nodes counts, nor ids that the service has yet to give, nor the values of secrets: of a
    secret counts whether it is sent, and where to.
    """
    planned = [(node, node.outcome.plan) for node in nodes if node.outcome and node.changed]
    changes = sorted(json.dumps(_change(node, plan), sort_keys=True) for node, plan in planned)
    return hashlib.sha256(json.dumps([_VERSION, *changes]).encode()).hexdigest()


def _change(node: Node, plan: Plan) -> dict[str, Any]:
    """All that a change does to an object, with the whole of each value that differs."""
    kind = node.kind
    current = plan.current or {}
    replaced = current if plan.action == "delete" else {option: current.get(option) for option in plan.changes}
    return {
        **node.identity(),
        "action": plan.action,
        "before": _without_ends(kind, kind.show(replaced)),
        "after": _without_ends(kind, kind.show(plan.changes)),
        "contents": node.contents,
        "sends_secret": kind.secret_in(plan.changes) is not None,
    }


def _without_ends(kind: Kind, shown: dict[str, Any]) -> Any:
    """Fields without the last characters of a key, which its mask shows."""
    if not kind.keeps_secrets:
        return shown
    return map_texts(shown, lambda text: MASK if is_masked(text) and "://" not in text else text)
