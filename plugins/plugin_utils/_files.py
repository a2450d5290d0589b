# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A description of an organization, read from files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import (
    DASHBOARDS,
    JSON,
    PROJECT,
    PROJECT_LISTS,
    PROJECTS,
    TOP_LISTS,
    YAML,
    FormatError,
    Part,
    dashboards,
    find_parts,
)
from ansible_collections.community.logfire.plugins.module_utils._values.places import leaves, spell

Stack = dict[str, Any]


class Reader(Protocol):
    """How files are read. Both raise FormatError, which names the file, and OSError."""

    def read_text(self, path: Path) -> str:
        """The content of a text file."""

    def read_yaml(self, path: Path, templates: bool = True) -> Any:
        """The content of a YAML file, in which C(templates) says whether texts may be templates."""


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
