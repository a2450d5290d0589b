# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The result of a stack, in the order of its description: pure functions."""

from __future__ import annotations

from typing import Any

from ..._api.errors import LogfireError
from ..._values.printable import printable
from .node import Node
from .stack import Stack

MOST_NAMES = 20
DONE = {"create": "created", "update": "updated", "delete": "deleted"}


def result(stack: Stack) -> dict[str, Any]:
    """The result of the module: what was done, what failed, and what was not tried."""
    nodes = stack.nodes
    done = [node.outcome.action for node in nodes if node.outcome and not node.broken]
    failed = [node for node in nodes if node.error]
    skipped = [node for node in nodes if node.skipped]
    changed = [node for node in nodes if node.changed]
    parts: dict[str, Any] = {
        "changed": bool(changed),
        "summary": {
            "created": done.count("create"),
            "updated": done.count("update"),
            "deleted": done.count("delete"),
            "unchanged": done.count("none"),
            "failed": len(failed),
            "skipped": len(skipped),
        },
        "requests": stack.requests,
        "plan_digest": stack.digest,
        "changes": _changes(changed),
        "messages": _messages(changed, stack.organization.check_mode),
        "failures": [{**node.identity(), "msg": str(node.error), "failure": _failure(node)} for node in failed],
        "not_tried": [{**node.identity(), "msg": node.skipped} for node in skipped],
    }
    if failed:
        parts.update(_failed(nodes, failed))
    return parts


def refusal(stack: Stack) -> dict[str, Any]:
    """The result when the plan is another than was expected: what would be done now. Nothing was."""
    changed = [node for node in stack.nodes if node.changed and node.outcome]
    planned = [f"{node.outcome.action} {node.placed}" for node in changed if node.outcome]
    more = f" and {len(planned) - MOST_NAMES} more changes" if len(planned) > MOST_NAMES else ""
    problem = (
        "expected_plan: the plan differs from the approved plan, and nothing was changed. The description or the"
        f" organization has changed since. It would now: {', '.join(planned[:MOST_NAMES])}{more}"
    )
    errors = dict.fromkeys(str(node.error) for node in stack.nodes if node.error)
    return {
        "failed": True,
        "changed": False,
        "msg": "; ".join([problem, *errors]),
        "plan_digest": stack.digest,
        "changes": _changes(changed),
        "messages": _messages(changed, foreseen=True),
    }


def _messages(changed: list[Node], foreseen: bool) -> list[str]:
    """Each change in words, such as C(created alert 'Errors' of project 'shop')."""
    return [
        printable(f"{f'would {node.outcome.action}' if foreseen else DONE[node.outcome.action]} {node.subject}")
        + (" in part; see the failure" if node.error else "")
        for node in changed
        if node.outcome
    ]


def _changes(changed: list[Node]) -> list[dict[str, Any]]:
    return [
        {
            **node.identity(),
            "action": node.outcome.action,
            **({"preview": node.trial.result} if node.trial else {}),
        }
        for node in changed
        if node.outcome
    ]


def _failed(nodes: list[Node], failed: list[Node]) -> dict[str, Any]:
    messages = dict.fromkeys(str(node.error) for node in failed)  # what could not be read concerns many
    parts: dict[str, Any] = {
        "failed": True,
        "msg": f"{len(failed)} of {len(nodes)} objects failed: " + "; ".join(messages),
    }
    requests = [failure for failure in map(_failure, failed) if failure]
    if requests:
        parts["failure"] = requests[0]
    return parts


def _failure(node: Node) -> dict[str, Any] | None:
    return node.error.failure() if isinstance(node.error, LogfireError) else None


def diff(stack: Stack) -> list[dict[str, Any]]:
    """What diff mode shows: a section for each object that was changed, under a heading of its own."""
    sections = []
    for node in stack.nodes:
        if node.outcome and node.changed:
            of = f" of project {node.owner.name}" if node.owner else ""
            heading = printable(f"{node.kind.word} {node.name}{of}")
            headers = {"before_header": heading, "after_header": f"{heading} ({node.outcome.action})"}
            changes = node.outcome.plan.diff
            after = {**changes["after"], **({"preview": node.trial.words} if node.trial else {})}
            sections.append({"before": {**changes["before"], **node.contents}, "after": after, **headers})
    return sections
