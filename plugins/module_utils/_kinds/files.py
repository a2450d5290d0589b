# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A description of an organization as the texts of files: pure functions, and a look into a directory.

The folders C(projects) and C(dashboards) also have an empty C(.gitkeep): git keeps no empty folder, and an empty one
means that none exist, while a missing folder means nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .._values.places import leaves, spell
from .._values.secrets import HIDDEN
from .._values.yaml_text import to_yaml
from .kinds import STACK_KINDS
from .layout import (
    DASHBOARDS,
    JSON,
    LISTS_ON_REQUEST,
    PROJECT,
    PROJECT_LISTS,
    PROJECTS,
    SECRETS,
    SECRETS_EXAMPLE,
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
CHANNEL_SECRETS = ("url", "auth_key", "routing_key")  # of a channel's config
KINDS = {kind.plural: kind for kind in STACK_KINDS}


class Home(NamedTuple):
    """The file of a list's folder that describes an object; C(is_single) if it holds the options of that one alone."""

    path: str
    is_single: bool


Homes = Mapping[Part, Mapping[str, Home]]  # by the part of the list, and the name of the object in its canonical form


def render(stack: Stack, known: Parts, homes: Homes) -> dict[str, str]:
    """The files of a description: their texts by their paths. Raises FormatError for what is described twice.

    C(known) are the parts that a directory has. Their files keep their names, and dashboards in YAML stay YAML. Objects
    stay in the files of a folder that C(homes) names.
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

    def add_list(part: Part, folder: str, items: list[Stack]) -> None:
        """An object that is new, or of a name that is a template, is in the list's own file."""
        spread: dict[Home | None, list[Stack]] = {}
        for item in items:
            name = item.get(KINDS[part.what].key)
            home = homes.get(part, {}).get(KINDS[part.what].canonical_key(name)) if name else None
            spread.setdefault(home, []).append(item)
        rest = spread.pop(None, [])
        for home, own in spread.items():
            if home is not None:
                add(home.path, to_yaml(own[0] if home.is_single and len(own) == 1 else {part.what: own}))
        if rest or not spread:
            add_yaml(part, folder, {part.what: rest})

    for name in TOP_LISTS:
        if stack.get(name) is not None:
            add_list(Part(name), "", [_without_secrets(item) for item in stack[name]])
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
                add_list(Part(inner, name), folder, project[inner])
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
                f"{spell(place)}: the value is unknown: Ansible hid it, because it is also the value of a secret option"
            )


def of_lists(parts: Parts, stack: Stack) -> Parts:
    """The parts of a description, without lists that this one does not speak of."""
    silent = {("", name) for name in TOP_LISTS if stack.get(name) is None}
    if stack.get("channels") is None:
        silent.add(("", SECRETS_EXAMPLE))
    for project in stack.get("projects") or []:
        silent |= {(project["name"], name) for name in LISTS_ON_REQUEST if project.get(name) is None}
    return {part: paths for part, paths in parts.items() if (part.project, part.what) not in silent}


def find(folder: Path, parts: Parts) -> set[str]:
    """The paths of the files that parts of a description have in a directory, but for the user's secrets."""
    files = {path for part, paths in parts.items() for path in paths if not part.is_folder and part.what != SECRETS}
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
    config = {option: value for option, value in item["config"].items() if option not in CHANNEL_SECRETS}
    return {**item, "config": config}
