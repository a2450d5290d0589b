# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The digest of a plan, by which the plan is approved: pure functions."""

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

_VERSION = 1  # of the content of a digest; plans never match a digest of another version
_SHAPE = re.compile("[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Whether C(text) has the format of a digest."""
    return _SHAPE.fullmatch(text) is not None


def digest(nodes: Iterable[Node]) -> str:
    """Return the digest of the planned changes of nodes: 64 hexadecimal digits.

    It does not depend on the order of the nodes, on IDs that the service has yet to assign, or on the values of
    secrets; but it depends on whether a secret is sent, and to which host.
    """
    planned = [(node, node.outcome.plan) for node in nodes if node.outcome and node.changed]
    changes = sorted(json.dumps(_change(node, plan), sort_keys=True) for node, plan in planned)
    return hashlib.sha256(json.dumps([_VERSION, *changes]).encode()).hexdigest()


def _change(node: Node, plan: Plan) -> dict[str, Any]:
    """Return all that a change does to an object, with the complete value of each field that differs."""
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
    """Return fields without the last characters of keys, which masks show."""
    if not kind.keeps_secrets:
        return shown
    return map_texts(shown, lambda text: MASK if is_masked(text) and "://" not in text else text)
