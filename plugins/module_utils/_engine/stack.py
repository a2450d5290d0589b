# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects: a whole description is read for, planned, and applied in the order that dependencies ask for.

Each object goes through the same engine as in its own module. What is added: reads and writes run side by side, all is
planned before anything is done, and one failure does not hide the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from .._api.client import Wire
from .._api.errors import LogfireError, OptionError
from .._api.parallel import side_by_side
from .._kinds.alert import ALERT
from .._kinds.channel import CHANNEL
from .._kinds.dashboard import DASHBOARD
from .._kinds.kind import Kind
from .._kinds.kinds import INSIDE, TOP
from .._kinds.project import PROJECT
from .engine import Engine, Outcome
from .organization import Organization, Parent, by_id, by_name
from .plan import Item

BY_LIST: dict[str, Kind] = {f"{kind.name}s": kind for kind in (*TOP, *INSIDE)}  # by the option that lists them


@dataclass
class Node:
    """One object of the description, or one that is pruned, and what becomes of it."""

    place: str  # where it is described, such as projects[1].alerts[0]
    item: Item
    owner: Node | None = None  # the project that it lies in
    outcome: Outcome | None = None
    error: LogfireError | OptionError | None = None
    skipped: str = ""  # why it was not tried

    @property
    def kind(self) -> Kind:
        return self.item.kind

    @property
    def id(self) -> str | None:
        return self.outcome.state["id"] if self.outcome and self.outcome.state else self.item.id

    @property
    def name(self) -> str | None:
        state = self.outcome.state if self.outcome else None
        name: str | None = state[self.kind.key] if state else self.item.wanted.get(self.kind.key)
        return name

    @property
    def changes_name(self) -> bool:
        """Whether it gives up its name, or may, as long as that is not known."""
        if self.item.id is None or self.item.wanted.get(self.kind.key) is None:
            return False
        current = self.outcome.current if self.outcome else None
        return current is None or current[self.kind.key] != self.name

    @property
    def broken(self) -> bool:
        return self.error is not None or self.skipped != ""

    def summary(self) -> dict[str, Any]:
        """What names it in results."""
        return {
            "kind": self.kind.name,
            "project": self.owner.name if self.owner else None,
            "name": self.name,
            "id": self.id,
        }


@dataclass
class Description:
    """What the user describes: the nodes in their order, and which lists were given at all."""

    nodes: list[Node] = field(default_factory=list)
    given: set[tuple[str, str]] = field(default_factory=set)  # kind, and the place of the project or ""


def stack_options() -> dict[str, Any]:
    """The argument spec of a description: the kinds' own, nested."""
    inside = {f"{kind.name}s": _list_of(kind) for kind in INSIDE}
    return {f"{kind.name}s": _list_of(kind, inside if kind is PROJECT else {}) for kind in TOP}


def _list_of(kind: Kind, more: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "list", "elements": "dict", "options": {**kind.argument_spec(), **(more or {})}, **kind.rules}


def parse_description(params: dict[str, Any]) -> Description:
    """The description that options hold. Raises OptionError, with the place, for what is wrong in itself."""
    description = Description()
    for kind in TOP:
        for node, options in _parse_list(description, kind, params, None):
            for inner in INSIDE if kind is PROJECT else ():
                if options.get(f"{inner.name}s") and not node.item.present:
                    raise OptionError(f"{node.place}.{inner.name}s", "cannot be described in a project that is absent")
                list(_parse_list(description, inner, options, node))
    return description


def _parse_list(
    description: Description, kind: Kind, options: dict[str, Any], owner: Node | None
) -> Iterator[tuple[Node, dict[str, Any]]]:
    place = f"{owner.place}.{kind.name}s" if owner else f"{kind.name}s"
    items = options.get(f"{kind.name}s")
    if items is None:
        return
    description.given.add((kind.name, owner.place if owner else ""))
    seen: dict[tuple[str, str], str] = {}
    for index, item in enumerate(items):
        node = Node(f"{place}[{index}]", _parse_item(kind, item, f"{place}[{index}]"), owner)
        named_by = "id" if item.get("id") is not None else kind.key  # objects with ids may share a name
        first = seen.setdefault((named_by, item[named_by]), node.place)
        if first != node.place:
            raise OptionError(f"{node.place}.{named_by}", f"{item[named_by]!r} is {first} already")
        description.nodes.append(node)
        yield node, item


def _parse_item(kind: Kind, options: dict[str, Any], place: str) -> Item:
    try:
        kind.check_named(options)
        present = options["state"] == "present"
        wanted = kind.parse(options) if present else {kind.key: options.get(kind.key)}
    except OptionError as error:
        raise OptionError(f"{place}.{error.option}", error.problem) from None
    return Item(kind, wanted, options.get("id"), None, present)


class Stack:
    """One description, carried out on one organization."""

    def __init__(self, organization: Organization, description: Description, concurrency: int) -> None:
        self.organization = organization
        self.nodes = list(description.nodes)
        self._given = description.given
        self._concurrency = concurrency

    def run(self, prune: list[str], prune_limit: int) -> None:
        """Read, plan, and unless in check mode apply; afterwards each node has an outcome, an error, or was skipped.

        Raises OptionError, before anything is done, when the description does not fit the organization.
        """
        with ThreadPoolExecutor(self._concurrency) as pool:
            self._read(pool, prune)
            preview = self.organization.preview()
            for phase in _phases(self.nodes):
                for node in phase:
                    self._plan(Engine(preview), node)
            self._check_identities()
            self.nodes += self._pruned(preview, prune, prune_limit)
            self._check_channels()
            self.organization.warnings += preview.warnings
            if not self.organization.check_mode:
                self._apply(pool)

    # Reading

    def _read(self, pool: Executor, prune: list[str]) -> None:
        """All lists and definitions that planning needs, side by side; errors go to the nodes that they concern."""
        organization = self.organization
        alerts_name_channels = any("channels" in node.item.wanted for node in self.nodes if node.kind is ALERT)
        top = [kind for kind in TOP if (kind.name, "") in self._given or (kind is CHANNEL and alerts_name_channels)]
        for kind, error in zip(top, side_by_side(pool, organization.all, top)):
            if error:
                raise _while_reading(error, f"the {kind.name}s")
        described = {(node.kind.name, node.owner.place) for node in self.nodes if node.owner}
        lists = [
            (kind, owner)
            for owner in self.nodes
            for kind in INSIDE
            if owner.kind is PROJECT and owner.item.present and (kind.name, owner.place) in self._given
            if f"{kind.name}s" in prune or (kind.name, owner.place) in described
        ]
        for (kind, owner), error in zip(lists, side_by_side(pool, lambda place: self._read_list(*place), lists)):
            if error:
                error = _while_reading(error, f"the {kind.name}s of {owner.item}")
                self._given.discard((kind.name, owner.place))  # nothing of it is pruned
                nodes = self._nodes_of(kind, owner)
                if not nodes:  # it was to be emptied
                    nodes = [Node(f"{owner.place}.{kind.name}s", Item(kind, {}), owner)]
                    self.nodes += nodes
                for node in nodes:
                    node.error = error
        boards = [node for node in self.nodes if node.kind is DASHBOARD and node.item.present and not node.error]
        for node, error in zip(boards, side_by_side(pool, self._read_definition, boards)):
            node.error = error and _while_reading(error, str(_placed(node)))

    def _nodes_of(self, kind: Kind, owner: Node | None) -> list[Node]:
        return [node for node in self.nodes if node.kind is kind and node.owner is owner]

    def _read_list(self, kind: Kind, owner: Node) -> None:
        parent = self._existing(owner)
        if parent is not None:
            self.organization.all(kind, parent)

    def _read_definition(self, node: Node) -> None:
        parent = self._existing(node.owner) if node.owner else None
        found = _find(node, self.organization.all(node.kind, parent)) if parent else None
        if found is not None:
            self.organization.complete(node.kind, parent, found)

    def _existing(self, owner: Node) -> Parent | None:
        """The project of a node, if it exists."""
        found = _find(owner, self.organization.all(PROJECT))
        return self.organization.parent(found["id"]) if found else None

    # Planning

    def _plan(self, engine: Engine, node: Node) -> None:
        if node.error:
            return
        try:
            node.outcome = engine.ensure(_placed(node))
        except OptionError as error:
            raise OptionError(f"{node.place}.{error.option}", error.problem) from None
        except LogfireError as error:
            node.error = error

    def _check_identities(self) -> None:
        """One object must not be described twice, by its name and by its id."""
        seen: dict[tuple[str, str], Node] = {}
        for node in self.nodes:
            if node.id is None:
                continue
            other = seen.setdefault((node.kind.name, node.id), node)
            if other is not node:
                raise OptionError(node.place, f"is the same {node.kind.name} as {other.place}: {node.id}")

    def _check_channels(self) -> None:
        """What is described must not use a channel that is removed."""
        gone = [node for node in self.nodes if node.kind is CHANNEL and not node.item.present]
        for node in self.nodes:
            for channel in _channels_of(node) if "channels" in node.item.wanted else ():
                for other in gone:
                    if _uses([channel], other):
                        raise OptionError(
                            f"{node.place}.channels", f"the channel {other.name!r} is to be removed ({other.place})"
                        )

    def _pruned(self, preview: Organization, prune: list[str], limit: int) -> list[Node]:
        """Nodes that remove what is not described, of the kinds that C(prune) names. Raises OptionError."""
        pruned: list[Node] = []
        for option, kind in BY_LIST.items():
            if option not in prune:
                continue
            if kind in TOP:
                if (kind.name, "") not in self._given:
                    raise OptionError(
                        "prune", f"{option} cannot be pruned when {option} is not given (an empty list removes all)"
                    )
                pruned += self._undescribed(kind, None)
                continue
            for owner in self.nodes:
                if owner.kind is PROJECT and owner.item.present and (kind.name, owner.place) in self._given:
                    pruned += self._undescribed(kind, owner)
        if len(pruned) > limit:
            names = ", ".join(str(_placed(node)) for node in pruned[:10]) + (", ..." if len(pruned) > 10 else "")
            raise OptionError("prune_limit", f"{len(pruned)} objects would be removed, and {limit} may be: {names}")
        for node in pruned:
            self._plan(Engine(preview), node)
        return pruned

    def _undescribed(self, kind: Kind, owner: Node | None) -> list[Node]:
        nodes = self._nodes_of(kind, owner)
        if any(node.error for node in nodes):
            return []  # it is not known which objects these are
        described = {node.id for node in nodes}
        parent = self._existing(owner) if owner else None
        existing = self.organization.all(kind, parent) if owner is None or parent is not None else []
        return [
            Node("prune", Item(kind, {kind.key: item.get(kind.wire_key)}, item["id"], None, False), owner)
            for item in sorted(existing, key=lambda item: (str(item.get(kind.wire_key)), item["id"]))
            if item["id"] not in described
        ]

    # Applying

    def _apply(self, pool: Executor) -> None:
        """Make and change what lies in the organization, then what lies in projects; remove the other way round."""
        engine = Engine(self.organization)
        for phase in _phases([node for node in self.nodes if node.outcome and node.outcome.changed]):
            broken = [node for node in self.nodes if node.broken]
            ready = [node for node in phase if not self._is_blocked(node, broken)]
            for node, error in zip(ready, side_by_side(pool, lambda node: self._ensure(engine, node), ready)):
                node.error = error

    def _ensure(self, engine: Engine, node: Node) -> None:
        try:
            node.outcome = engine.ensure(_placed(node))
        except OptionError as error:
            raise OptionError(f"{node.place}.{error.option}", error.problem) from None
        if node.kind is PROJECT and node.outcome.action == "create" and node.id:
            self.organization.start_empty(DASHBOARD, node.id)

    def _is_blocked(self, node: Node, broken: list[Node]) -> bool:
        """Whether what a node depends on is among what failed in earlier phases; it is skipped then."""
        if node.owner is not None and node.owner.broken:
            node.skipped = f"the project {node.owner.name!r} failed"
        for other in broken:
            if node.item.present and other.kind is CHANNEL and _uses(_channels_of(node), other):
                node.skipped = f"the channel {other.name!r} failed"
            if node.kind is CHANNEL and not node.item.present and other.kind is ALERT:
                before = other.outcome.current if other.outcome else None
                if other.outcome is None or (before and _uses(before["channels"], node)):
                    node.skipped = f"the alert {other.name!r} failed and may still use it"
        return node.skipped != ""

    # Results

    def result(self) -> dict[str, Any]:
        """The result of the module: what was done, what failed, what was not tried, in the order of the description."""
        done = [node for node in self.nodes if node.outcome and not node.broken]
        actions = [node.outcome.action for node in done if node.outcome]
        failed = [node for node in self.nodes if node.error]
        skipped = [node for node in self.nodes if node.skipped]
        changed = self._changed()
        result: dict[str, Any] = {
            "changed": bool(changed),
            "summary": {
                "created": actions.count("create"),
                "updated": actions.count("update"),
                "deleted": actions.count("delete"),
                "unchanged": actions.count("none"),
                "failed": len(failed),
                "skipped": len(skipped),
            },
            "changes": [{**node.summary(), "action": outcome.action} for node, outcome in changed],
            "failures": [{**node.summary(), "msg": str(node.error), "failure": _failure(node)} for node in failed],
            "not_tried": [{**node.summary(), "msg": node.skipped} for node in skipped],
        }
        if failed:
            result["failed"] = True
            messages = dict.fromkeys(str(node.error) for node in failed)  # what could not be read concerns many
            result["msg"] = f"{len(failed)} of {len(self.nodes)} objects failed: " + "; ".join(messages)
            requests = [failure for failure in map(_failure, failed) if failure]
            if requests:
                result["failure"] = requests[0]
        return result

    def diff(self) -> list[dict[str, Any]]:
        """What diff mode shows: a section for each object that was changed."""
        return [_section(node, outcome) for node, outcome in self._changed()]

    def _changed(self) -> list[tuple[Node, Outcome]]:
        """The nodes that were changed, or would be, with what became of them."""
        return [
            (node, node.outcome) for node in self.nodes if node.outcome and node.outcome.changed and not node.broken
        ]


def _failure(node: Node) -> dict[str, Any] | None:
    return node.error.failure() if isinstance(node.error, LogfireError) else None


def _section(node: Node, outcome: Outcome) -> dict[str, Any]:
    """One object's part of the diff, under a heading of its own."""
    of = f" of project {node.owner.name}" if node.owner else ""
    heading = f"{node.kind.name} {node.name}{of}"
    return {**outcome.plan.diff, "before_header": heading, "after_header": f"{heading} ({outcome.action})"}


def _placed(node: Node) -> Item:
    """The item, in the project as it is known by now."""
    if node.owner is None:
        return node.item
    return node.item._replace(project=node.owner.id or node.owner.name, project_name=node.owner.name)


def _find(node: Node, objects: list[Wire]) -> Wire | None:
    """The object that a node describes, as far as reading needs it; planning reports what is ambiguous."""
    if node.item.id is not None:
        return by_id(objects, node.item.id)
    try:
        return by_name(node.kind, objects, str(node.item.wanted.get(node.kind.key)))
    except OptionError:
        return None


def _channels_of(node: Node) -> list[dict[str, Any]]:
    """The channels that an alert is to have."""
    state = node.outcome.state if node.outcome and node.kind is ALERT and node.item.present else None
    return state["channels"] if state else []


def _uses(channels: list[dict[str, Any]], node: Node) -> bool:
    """Whether the channel of C(node) is among C(channels); the name of one that has no id yet tells."""
    return any(
        channel["id"] == node.id and (channel["id"] is not None or channel["name"] == node.name) for channel in channels
    )


def _while_reading(error: LogfireError | OptionError, what: str) -> LogfireError | OptionError:
    if isinstance(error, LogfireError):
        error.task = f"read {what}"
    return error


def _phases(nodes: list[Node]) -> list[list[Node]]:
    """The order in which objects are planned and applied; those of one phase do not depend on each other.

    What others need is made first and removed last. A name that one object gives up another may take, so changes of
    names come first, one by one.
    """
    phases = []
    for kinds in (TOP, INSIDE):
        kept = [node for node in nodes if node.kind in kinds and node.item.present]
        phases += [[node] for node in kept if node.changes_name]
        phases.append([node for node in kept if not node.changes_name])
    for kinds in (INSIDE, (PROJECT,), (CHANNEL,)):
        phases.append([node for node in nodes if node.kind in kinds and not node.item.present])
    return phases
