# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A description of an organization as files, and back.

The folders C(projects) and C(dashboards) also have an empty C(.gitkeep): git keeps no empty folder, and an empty one
says that there are none, while no folder says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from ansible_collections.community.logfire.plugins.module_utils._values.secrets import HIDDEN
from ansible_collections.community.logfire.plugins.plugin_utils._layout import (
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
    find_parts,
    spell_names,
)
from ansible_collections.community.logfire.plugins.plugin_utils._places import leaves, spell
from ansible_collections.community.logfire.plugins.plugin_utils._yaml import to_yaml

Stack = dict[str, Any]

KEEP = ".gitkeep"
SECRETS = ("url", "auth_key", "routing_key")  # of a channel's config


class Reader(Protocol):
    """How files are read. Both raise FormatError, which names the file, and OSError."""

    def read_text(self, path: Path) -> str:
        """The content of a text file."""

    def read_yaml(self, path: Path, templates: bool = True) -> Any:
        """The content of a YAML file, in which C(templates) says whether texts may be templates."""


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


def read(folder: Path, reader: Reader) -> Stack:
    """The description that a directory holds. Raises FormatError and OSError."""
    if not folder.is_dir():
        raise FormatError(f"{folder}: there is no such directory")
    found, problems = find_parts(folder)
    for paths in found.values():
        if len(paths) > 1:
            problems.append(f"{' and '.join(str(folder / path) for path in paths)} describe the same; keep one of them")
    if problems:
        raise FormatError("; ".join(problems))
    parts = {part: folder / paths[0] for part, paths in found.items()}
    stack: Stack = {}
    for name in TOP_LISTS:
        if Part(name) in parts:
            stack[name] = _read_list(parts[Part(name)], name, reader)
    if Part(PROJECTS) in parts:
        stack["projects"] = _read_projects(parts, reader)
    if not stack:
        raise FormatError(f"{folder}: there is neither a file {TOP_LISTS[0]}{YAML} nor a folder {PROJECTS} in it")
    return stack


def _read_projects(parts: Mapping[Part, Path], reader: Reader) -> list[Stack]:
    boards = dashboards(parts)
    folders: dict[Any, Path] = {}
    projects = []
    for part, folder in parts.items():
        if part.what == PROJECTS and part.project:
            project = _read_project(part.project, parts, boards.get(part.project, {}), reader)
            other = folders.setdefault(str(project["name"]), folder)
            if other != folder:
                raise FormatError(
                    f"{other} and {folder} describe the same project, {project['name']}; keep one of them"
                )
            projects.append(project)
    return projects


def _read_project(name: str, parts: Mapping[Part, Path], boards: Mapping[str, Path], reader: Reader) -> Stack:
    """The folder's name is the project's, unless the file says otherwise. What is not there says nothing."""
    project: Stack = {"name": name}
    if Part(PROJECT, name) in parts:
        path = parts[Part(PROJECT, name)]
        own = reader.read_yaml(path)
        if not isinstance(own, dict):
            raise FormatError(f"{path}: must hold the options of the project")
        for option in (*PROJECT_LISTS, DASHBOARDS):
            if option in own and Part(option, name) in parts:
                raise FormatError(f"{path}: {option}: {parts[Part(option, name)]} describes them too; keep one of them")
        project.update(own)
    for inner in PROJECT_LISTS:
        if Part(inner, name) in parts:
            project[inner] = _read_list(parts[Part(inner, name)], inner, reader)
    if Part(DASHBOARDS, name) in parts:
        project["dashboards"] = [_read_dashboard(slug, path, reader) for slug, path in boards.items()]
    return project


def _read_list(path: Path, option: str, reader: Reader) -> list[Any]:
    content = reader.read_yaml(path)
    if not (isinstance(content, dict) and list(content) == [option] and isinstance(content[option], list)):
        raise FormatError(f"{path}: must hold a list called {option}, and nothing else")
    items: list[Any] = content[option]
    return items


def _read_dashboard(slug: str, path: Path, reader: Reader) -> Stack:
    """Never a template, whatever is in it: dashboards have variables in braces of their own."""
    content = (
        _load_json(path, reader.read_text(path)) if path.suffix == JSON else reader.read_yaml(path, templates=False)
    )
    definition = _check_json(path, content)
    if not isinstance(definition, dict):
        raise FormatError(f"{path}: must hold a Perses document")
    metadata = definition.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise FormatError(f"{path}: metadata: must be a dictionary")
    return {"slug": slug, "name": metadata.get("name"), "definition": definition}


def _load_json(path: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise FormatError(f"{path}: is not JSON: {error}") from None
    except RecursionError:
        raise FormatError(f"{path}: is nested too deeply") from None


def _check_json(path: Path, content: Any) -> Any:
    """The content with what JSON can say only; YAML has dates and more. Raises FormatError."""
    for place, value in leaves(content):
        if not isinstance(value, (str, int, float, type(None))):
            raise FormatError(f"{path}: {spell(place)}: JSON has no such value as {value}; put it in quotes")
    try:
        return json.loads(json.dumps(content, allow_nan=False))
    except (TypeError, ValueError) as error:  # a key that is no text, a number that is none
        raise FormatError(f"{path}: {error}") from None


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
