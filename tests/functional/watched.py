# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A runner that checks the rules for all runs after each run."""

import functools
import importlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import yaml
from api_calls import UUID
from harness import COLLECTION, Run, Runner
from organizations import count, state_of

from ansible_collections.community.logfire.plugins.module_utils._kinds.kinds import ORGANIZATION_KINDS, PROJECT_KINDS

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

SECRETS = ("url", "auth_key", "routing_key", "token")
COUNTED = {"create": "created", "update": "updated", "delete": "deleted"}
#: Members that Ansible adds to results.
ANSIBLES_OWN = {"changed", "failed", "msg", "warnings", "exception", "deprecations"}

FREE = re.compile(
    r"(^diff\.(before|after)|\.definition|\.config|\.suppression|\.rows|^stack\.(channels|members|projects|schedules))$"
)


class WatchedRunner(Runner):
    """Fails if a run breaks a rule, regardless of its test. C(names) has the names of all objects so far, by ID."""

    def __init__(self, emulator: "RunningEmulator", key: str) -> None:
        super().__init__(emulator, key)
        self.names: dict[str, str] = {}

    def __call__(self, module: str, /, *, check: bool = False, connect: bool = True, **options: Any) -> Run:
        before = self.emulator.store.snapshot()
        run = super().__call__(module, check=check, connect=connect, **options)
        after = self.emulator.store.snapshot()
        self.names |= names_of(before) | names_of(after)
        assert "Internal error" not in run.stdout
        assert "Traceback" not in run.stdout + run.stderr
        if check or not (run.changed or run.failed):
            assert not run.writes, "a write in check mode, or in a run that changed nothing"
        secrets = {*secrets_in(before), *secrets_in(after), *secrets_in(options), self.connection["api_token"]}
        for secret in secrets:
            assert json.dumps(secret)[1:-1] not in run.stdout + run.stderr, "a secret is shown"
        assert shape(run.result) <= documented(module), shape(run.result) - documented(module)
        if "summary" in run.result:
            check_consistency(run.result, options)
        return run

    def stack(self, description: Mapping[str, Any], **options: Any) -> Run:
        """Apply a description, which must succeed."""
        return self.ok("logfire_stack", **description, **options)

    def told(self, run: Run, writes: bool = False) -> list[str]:
        """Return the calls of a run, or only the writes, without the common prefix, and with names instead of IDs."""
        return short(run.writes if writes else run.calls, self.names)

    def id(self, name: str) -> str:
        """Return the ID of the only object with this name."""
        (found,) = [object_id for object_id, seen in names_of(self.emulator.store.snapshot()).items() if seen == name]
        return found

    def state(self) -> Any:
        """Return the state of the emulator in a form that can be compared with that of another one."""
        return state_of(self.emulator.store.snapshot())


def secrets_in(value: Any) -> Iterator[str]:
    """Yield the secrets in a state or in options. Short ones are skipped: other texts may contain them."""
    if isinstance(value, list):
        for item in value:
            yield from secrets_in(item)
    if isinstance(value, dict):
        for name, member in value.items():
            if name in SECRETS and isinstance(member, str) and len(member) > 8:
                yield member
            yield from secrets_in(member)


def check_consistency(result: dict[str, Any], options: Mapping[str, Any]) -> None:
    """Check that the parts of a stack's result agree, and are in the order of the description."""
    summary, changes = result["summary"], result["changes"]
    failed = [(each["kind"], each["project"], each["name"]) for each in result["failures"]]
    whole = [each for each in changes if (each["kind"], each["project"], each["name"]) not in failed]
    for action, counted in COUNTED.items():  # an object that was saved only in part counts as failed
        assert summary[counted] == sum(change["action"] == action for change in whole)
    assert (summary["failed"], summary["skipped"]) == (len(result["failures"]), len(result["not_tried"]))
    for section, change in zip(result["diff"], changes, strict=True):
        assert section["after_header"] == f"{section['before_header']} ({change['action']})"
    for message, change in zip(result["messages"], changes, strict=True):
        assert re.match(f"(would )?{change['action']}d? {change['kind']} ".replace("slo ", "SLO "), message)
    assert result.get("failed", False) == bool(summary["failed"])
    assert result["changed"] == bool(changes)
    if not options.get("prune"):
        assert sum(summary.values()) == count(options)
    places = list(_places(options))
    for entries in (changes, result["failures"], result["not_tried"]):
        found = [_place(places, entry) for entry in entries]
        assert found == sorted(found), "not in the order of the description"
    for failure in result["failures"]:
        assert failure["msg"] in result["msg"]


def _places(options: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield kind, name and ID of the described objects, in the order of the description."""
    for kind in ORGANIZATION_KINDS:
        for item in options.get(kind.plural) or []:
            yield kind.name, item.get(kind.key), item.get("id")
            for inner in PROJECT_KINDS:
                for object_ in item.get(inner.plural) or []:
                    yield f"{inner.name} of {item.get('name')}", object_.get(inner.key), object_.get("id")


def _place(places: Sequence[tuple[str, Any, Any]], entry: Mapping[str, Any]) -> int:
    """Return the position of an entry of a result in the description. Pruned objects come last."""
    kind = f"{entry['kind']} of {entry['project']}" if entry["project"] else entry["kind"]
    same = [
        number
        for number, (described, name, object_id) in enumerate(places)
        if described == kind
        and (_one_spelling(entry["name"]) == _one_spelling(name) or (entry["id"] or "") == object_id)
    ]
    return same[0] if same else len(places)


def _one_spelling(name: str | None) -> str:
    """Return a name in a single form of Unicode, since services may store it in another one."""
    return unicodedata.normalize("NFC", name or "")


def shape(value: Any, path: str = "") -> set[str]:
    """Return the paths of the members of a result, except for those that Ansible adds."""
    paths: set[str] = set()
    if isinstance(value, list):
        return paths.union(*(shape(item, path) for item in value))
    if isinstance(value, dict):
        for name, member in value.items():
            if path or name not in ANSIBLES_OWN:
                here = f"{path}.{name}" if path else name
                paths |= {here} if _is_free(here) else {here, *shape(member, here)}
    return paths


def _is_free(path: str) -> bool:
    """Return whether the content of a member belongs to users, or is described elsewhere."""
    return FREE.search(path) is not None


@functools.cache
def documented(module: str) -> frozenset[str]:
    """Return the paths in the RETURN block of a module."""
    returns = yaml.safe_load(importlib.import_module(f"{COLLECTION}.modules.{module}").RETURN)
    return frozenset(_documented(returns))


def _documented(returns: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for name, described in returns.items():
        yield f"{path}{name}"
        if "contains" in described:
            yield from _documented(described["contains"], f"{path}{name}.")
        elif described["type"] == "dict" and not _is_free(f"{path}{name}"):
            yield from (f"{path}{name}.{member}" for member in described["sample"])


def short(calls: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return calls without the common prefix, and with names instead of IDs. IDs without a name become ID."""
    shorter = [call.replace(" /api/v1/", " ") for call in calls]
    for object_id, name in names.items():
        shorter = [call.replace(object_id, name) for call in shorter]
    return [UUID.sub("ID", call) for call in shorter]


def names_of(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """Return names, labels and slugs by ID."""
    projects = snapshot["projects"]
    inside = [item for project in projects for kind in ("alerts", "dashboards") for item in project[kind]]
    records = [*snapshot["channels"], *projects, *inside]
    return {
        record["id"]: record.get("project_name") or record.get("label") or record.get("slug") or record["name"]
        for record in records
    }
