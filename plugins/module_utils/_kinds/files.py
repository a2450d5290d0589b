# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Renders the description of an organization as files: pure functions, except for L(find).

The folders C(projects) and C(dashboards) also have an empty C(.gitkeep), because git does not keep empty folders: an
empty folder means that no projects or dashboards exist, but a missing one means that they are not described.
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
    """The file in a list's folder that describes an object; C(is_single) if it only has the options of that object."""

    path: str
    is_single: bool


Homes = Mapping[Part, Mapping[str, Home]]  # by the part of the list, and the canonical name of the object


def render(stack: Stack, known: Parts, homes: Homes) -> dict[str, str]:
    """Return the files of a description, as texts by paths. Raises FormatError for objects that are described twice.

    C(known) are the parts that the directory already has: their files keep their names, and dashboards in YAML stay in
    YAML. Objects in C(homes) stay in their files.
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
        """Add the files of a list. New objects, and those whose name is a template, go to the main file of the list."""
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
    """Raise FormatError if Ansible has replaced a text because it equals the value of a secret option.

    Within a longer text, Ansible replaces such a value by asterisks, which cannot be detected.
    """
    for place, value in leaves(stack):
        if HIDDEN in (value, *place):
            raise FormatError(
                f"{spell(place)}: the value is unknown: Ansible hid it, because it is also the value of a secret option"
            )


def of_lists(parts: Parts, stack: Stack) -> Parts:
    """Return the parts of a directory without those of lists that the description C(stack) does not contain."""
    silent = {("", name) for name in TOP_LISTS if stack.get(name) is None}
    if stack.get("channels") is None:
        silent.add(("", SECRETS_EXAMPLE))
    for project in stack.get("projects") or []:
        silent |= {(project["name"], name) for name in LISTS_ON_REQUEST if project.get(name) is None}
    return {part: paths for part, paths in parts.items() if (part.project, part.what) not in silent}


def find(folder: Path, parts: Parts) -> set[str]:
    """Return the paths of the files of C(parts), without the user's secrets.yml."""
    files = {path for part, paths in parts.items() for path in paths if not part.is_folder and part.what != SECRETS}
    lists = [paths for part, paths in parts.items() if part in (Part(PROJECTS), Part(DASHBOARDS, part.project))]
    kept = {path / KEEP for paths in lists for path in paths}
    return {str(path) for path in files | {path for path in kept if (folder / path).exists()}}


def _document(dashboard: Stack, suffix: str) -> str:
    """Return the text of a dashboard with its name in the document, as in Logfire's own export."""
    definition = dashboard["definition"]
    document = {**definition, "metadata": {**(definition.get("metadata") or {}), "name": dashboard["name"]}}
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    return text if suffix == JSON else to_yaml(json.loads(text), templates=False)


def _without_secrets(item: Stack) -> Stack:
    if not item.get("config"):
        return item
    config = {option: value for option, value in item["config"].items() if option not in CHANNEL_SECRETS}
    return {**item, "config": config}
