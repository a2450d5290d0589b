# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A description of an organization as the texts of files: pure functions, and a look into a directory.

The folders C(projects) and C(dashboards) also have an empty C(.gitkeep): git keeps no empty folder, and an empty one
says that there are none, while no folder says nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .._values.places import leaves, spell
from .._values.secrets import HIDDEN
from .._values.yaml_text import to_yaml
from .layout import (
    DASHBOARDS,
    JSON,
    LISTS_ON_REQUEST,
    PROJECT,
    PROJECT_LISTS,
    PROJECTS,
    TOP_LISTS,
    YAML,
    FormatError,
    Part,
    Parts,
    dashboards,
    spell_names,
)

Stack = dict[str, Any]

KEEP = ".gitkeep"
SECRETS = ("url", "auth_key", "routing_key")  # of a channel's config


def render(stack: Stack, known: Parts) -> dict[str, str]:
    """The files of a description: their texts by their paths. Raises FormatError for what is described twice.

    C(known) are the parts that a directory has. Their files keep their names, and dashboards in YAML stay YAML.
    """
    _refuse_hidden(stack)
    files: dict[str, str] = {}

    def add(path: str, text: str) -> None:
        if path in files:
            raise FormatError(f"{path}: two objects would be written to this file")
        files[path] = text

    def suffix(part: Part, usual: str) -> str:
        suffixes = [path.suffix for path in known.get(part, ())]
        return suffixes[0] if suffixes and usual not in suffixes else usual

    def add_yaml(part: Part, folder: str, content: Any) -> None:
        add(f"{folder}{part.what}{suffix(part, YAML)}", to_yaml(content))

    for name in TOP_LISTS:
        if stack.get(name) is not None:
            add_yaml(Part(name), "", {name: [_without_secrets(item) for item in stack[name]]})
    if stack.get("projects") is not None:
        add(f"{PROJECTS}/{KEEP}", "")
    folders = spell_names(
        [project["name"] for project in stack.get("projects") or []],
        {part.project: paths[0].name for part, paths in known.items() if part.what == PROJECTS},
    )
    boards = dashboards(known)
    for project in stack.get("projects") or []:
        name = project["name"]
        folder = f"{PROJECTS}/{folders[name]}/"
        own = {option: value for option, value in project.items() if option not in (*PROJECT_LISTS, DASHBOARDS)}
        add_yaml(Part(PROJECT, name), folder, own)
        for inner in PROJECT_LISTS:
            if project.get(inner) is not None:
                add_yaml(Part(inner, name), folder, {inner: project[inner]})
        if project.get("dashboards") is not None:
            add(f"{folder}{DASHBOARDS}/{KEEP}", "")
            stems = spell_names(
                [dashboard["slug"] for dashboard in project["dashboards"]],
                {slug: paths[0].stem for slug, paths in boards.get(name, {}).items()},
            )
            for dashboard in project["dashboards"]:
                ending = suffix(Part(DASHBOARDS, name, dashboard["slug"]), JSON)
                add(f"{folder}{DASHBOARDS}/{stems[dashboard['slug']]}{ending}", _document(dashboard, ending))
    return files


def _refuse_hidden(stack: Stack) -> None:
    """Raise FormatError where Ansible put a word of its own in place of a text that is the value of a secret option.

    In a longer text it puts asterisks in place of such a value, which nobody can tell from asterisks of a user.
    """
    for place, value in leaves(stack):
        if HIDDEN in (value, *place):
            raise FormatError(
                f"{spell(place)}: is not known: Ansible hid it, since it is also the value of a secret option"
            )


def of_lists(parts: Parts, stack: Stack) -> Parts:
    """The parts of a description, without lists that this one does not speak of."""
    silent = {("", name) for name in TOP_LISTS if stack.get(name) is None}
    for project in stack.get("projects") or []:
        silent |= {(project["name"], name) for name in LISTS_ON_REQUEST if project.get(name) is None}
    return {part: paths for part, paths in parts.items() if (part.project, part.what) not in silent}


def find(folder: Path, parts: Parts) -> set[str]:
    """The paths of the files that parts of a description have in a directory."""
    files = {path for part, paths in parts.items() for path in paths if not part.is_folder}
    lists = [paths for part, paths in parts.items() if part in (Part(PROJECTS), Part(DASHBOARDS, part.project))]
    kept = {path / KEEP for paths in lists for path in paths}
    return {str(path) for path in files | {path for path in kept if (folder / path).exists()}}


def _document(dashboard: Stack, suffix: str) -> str:
    """The document with the dashboard's name, as Logfire's own export has it."""
    definition = dashboard["definition"]
    document = {**definition, "metadata": {**(definition.get("metadata") or {}), "name": dashboard["name"]}}
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    return text if suffix == JSON else to_yaml(json.loads(text), templates=False)


def _without_secrets(item: Stack) -> Stack:
    if not item.get("config"):
        return item
    config = {option: value for option, value in item["config"].items() if option not in SECRETS}
    return {**item, "config": config}
