# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The result of logfire_stack, in the order of its description: pure functions."""

from __future__ import annotations

from typing import TypedDict

from ..._api.errors import Failure, LogfireError
from ..._values.diff import Section
from ..._values.printable import printable
from ..preview import TrialResult
from .node import Identity, Node
from .stack import Stack

MOST_NAMES = 20
DONE = {"create": "created", "update": "updated", "delete": "deleted"}


class Summary(TypedDict):
    """How many objects had which outcome."""

    created: int
    updated: int
    deleted: int
    unchanged: int
    failed: int
    skipped: int


class Change(Identity):
    """A change of an object, done or predicted."""

    action: str


class TriedChange(Change):
    """The change of an object whose query was tried."""

    preview: TrialResult


class Failed(Identity):
    """Why an object failed. C(failure) is None if the cause was not a request."""

    msg: str
    failure: Failure | None


class NotTried(Identity):
    """Why an object was not tried."""

    msg: str


class Refusal(TypedDict):
    """The result if the plan differs from the approved one."""

    failed: bool
    changed: bool
    msg: str
    plan_digest: str
    changes: list[Change]
    messages: list[str]


class _Result(TypedDict):
    changed: bool
    summary: Summary
    requests: int
    plan_digest: str
    changes: list[Change]
    messages: list[str]
    failures: list[Failed]
    not_tried: list[NotTried]


class Result(_Result, total=False):
    """The result of the module, with the keys of a failure."""

    failed: bool
    msg: str
    failure: Failure


def result(stack: Stack) -> Result:
    """Return the result of the module: changes, failures, and objects that were not tried."""
    nodes = stack.nodes
    done = [node.outcome.action for node in nodes if node.outcome and not node.broken]
    failed = [node for node in nodes if node.error]
    skipped = [node for node in nodes if node.skipped]
    changed = [node for node in nodes if node.changed]
    parts: Result = {
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
        _tell_failure(parts, nodes, failed)
    return parts


def refusal(stack: Stack) -> Refusal:
    """Return the result if the plan differs from the approved one: nothing was done, and it shows the current plan."""
    changed = [node for node in stack.nodes if node.changed and node.outcome]
    planned = [f"{node.outcome.action} {node.placed}" for node in changed if node.outcome]
    more = f" and {len(planned) - MOST_NAMES} more changes" if len(planned) > MOST_NAMES else ""
    problem = (
        "expected_plan: the plan differs from the approved plan, and nothing was changed. The description or the"
        f" organization has changed since. This run would: {', '.join(planned[:MOST_NAMES])}{more}"
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
    """Return a text for each change, such as C(created alert 'Errors' of project 'shop')."""
    return [
        printable(f"{f'would {node.outcome.action}' if foreseen else DONE[node.outcome.action]} {node.subject}")
        + (" in part; see the failure" if node.error else "")
        for node in changed
        if node.outcome
    ]


def _changes(changed: list[Node]) -> list[Change]:
    return [_change(node, node.outcome.action) for node in changed if node.outcome]


def _change(node: Node, action: str) -> Change:
    if node.trial:
        return TriedChange(**node.identity(), action=action, preview=node.trial.result)
    return Change(**node.identity(), action=action)


def _tell_failure(parts: Result, nodes: list[Node], failed: list[Node]) -> None:
    messages = dict.fromkeys(str(node.error) for node in failed)  # one failed read affects many nodes
    parts["failed"] = True
    parts["msg"] = f"{len(failed)} of {len(nodes)} objects failed: " + "; ".join(messages)
    requests = [failure for failure in map(_failure, failed) if failure]
    if requests:
        parts["failure"] = requests[0]


def _failure(node: Node) -> Failure | None:
    return node.error.failure() if isinstance(node.error, LogfireError) else None


def diff(stack: Stack) -> list[Section]:
    """Return the diff: a section for each changed object, with its own heading."""
    sections: list[Section] = []
    for node in stack.nodes:
        if node.outcome and node.changed:
            of = f" of project {node.owner.name}" if node.owner else ""
            heading = printable(f"{node.kind.word} {node.name}{of}")
            changes = node.outcome.plan.diff
            after = {**changes["after"], **({"preview": node.trial.words} if node.trial else {})}
            sections.append(
                {
                    "before": {**changes["before"], **node.contents},
                    "after": after,
                    "before_header": heading,
                    "after_header": f"{heading} ({node.outcome.action})",
                }
            )
    return sections
