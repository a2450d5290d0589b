# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The targets of ansible-test touch nothing but what carries the prefix of the run, and remove it in any case.

That is what makes them fit for an account in which other things are.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2.nativetypes import NativeEnvironment

from playbooks import COLLECTION

TASKS = sorted((COLLECTION / "tests/integration/targets").glob("*/tasks/main.yml"))
PREFIX = "ci-0a1b2c3d"
ID = f"{PREFIX}-id"
#: Options that name no projects and channels, and have templates of more than names.
OTHER = {"definition", "path", "stack"}


class Registered:
    """Stands for what a task registered, such as an id: only the run itself can have made that."""

    def __getattr__(self, name: str) -> "Registered":
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __str__(self) -> str:
        return ID


def objects(tasks: list[dict[str, Any]], variables: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The projects and channels that tasks name: the word for it, and the name with the variables filled in."""
    for task in tasks:
        yield from objects([*task.get("block", []), *task.get("always", [])], variables)
        for module in (name for name in task if name.startswith("community.logfire.")):
            for item in filled(task.get("loop", [None]), variables):
                yield from named(module, filled(task[module] or {}, {**variables, "item": item}))


def named(module: str, options: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What one task names, by the options of its module."""
    for word in ("project", "channel", "api_key", "gateway_provider", "organization", "schedule"):
        if module.removesuffix("_info").endswith(f"logfire_{word}"):
            yield word, options.get("name", options.get("slug", ID))
        described = [item for item in options.get(f"{word}s") or [] if isinstance(item, dict)]
        yield from ((word, item["name"]) for item in described)
    if "project" in options:
        yield "project", str(options["project"])


def filled(value: Any, variables: dict[str, Any]) -> Any:
    """A value with its templates filled in, as far as they speak of names."""
    if isinstance(value, dict):
        return {name: filled(member, variables) for name, member in value.items() if name not in OTHER}
    if isinstance(value, list):
        return [filled(member, variables) for member in value]
    templates = NativeEnvironment()
    templates.globals["lookup"] = lambda *_arguments: Registered()  # what a run wrote before
    return templates.from_string(value).render(variables) if isinstance(value, str) else value


@pytest.mark.parametrize("path", TASKS, ids=lambda path: path.parents[1].name)
def test_a_target_names_what_is_its_own_and_removes_it(path: Path) -> None:
    (whole,) = yaml.safe_load(path.read_text())
    variables: dict[str, Any] = {task["register"]: Registered() for task in whole["block"] if "register" in task}
    variables["logfire_prefix"] = PREFIX
    for name, value in whole.get("vars", {}).items():
        variables[name] = filled(value, variables)
    names = set(objects(whole["block"], variables))
    # An invitation has no name, and ends by itself; members and reports are not made.
    assert names or path.parents[1].name in (
        "logfire_invitation",
        "logfire_member",
        "logfire_group_mappings",
        "logfire_audit_log_info",
        "logfire_usage_info",
    )
    assert {name for _word, name in names if not re.match(f"{PREFIX}[- ]", name)} == set()
    # A name that no project can have is refused.
    made = {(word, name) for word, name in names if name != ID and not (word == "project" and " " in name)}
    assert set(objects(whole.get("always", []), variables)) == made
