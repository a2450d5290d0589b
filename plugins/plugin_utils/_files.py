# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the description of an organization from files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ansible_collections.community.logfire.plugins.module_utils._kinds.files import Home, Homes
from ansible_collections.community.logfire.plugins.module_utils._kinds.kind import Kind
from ansible_collections.community.logfire.plugins.module_utils._kinds.kinds import STACK_KINDS
from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import (
    DASHBOARDS,
    PROJECT,
    PROJECT_LISTS,
    PROJECTS,
    QUERIES,
    SECRETS,
    TOP_LISTS,
    YAML,
    FormatError,
    Part,
    Parts,
    dashboards,
    files_of_list,
    find_parts,
)
from ansible_collections.community.logfire.plugins.module_utils._kinds.secrets_file import (
    PLACEHOLDER,
    SECRETS_OPTION,
)
from ansible_collections.community.logfire.plugins.module_utils._values.suggestions import not_among
from ansible_collections.community.logfire.plugins.plugin_utils._dashboard_files import read_dashboard
from ansible_collections.community.logfire.plugins.plugin_utils._reader import Reader

Stack = dict[str, Any]

KINDS = {kind.plural: kind for kind in STACK_KINDS}


class Reading:
    """A directory that was read: its description, the problems of its files, and the file of each object.

    C(files) are the paths by the places of the objects in the description, such as C(projects[0].alerts[1]).
    """

    def __init__(self, folder: Path, reader: Reader) -> None:
        self.stack: Stack = {}
        self.problems: list[str] = []
        self.files: dict[str, Path] = {}
        self._reader = reader
        self._unread: set[str] = set()  # lists with a file that could not be read
        with self._collecting():
            self._parts = self._find(folder)
            self._read(folder)

    @contextmanager
    def _collecting(self, part_of: str = "") -> Iterator[None]:
        """Collect errors of the files that the block reads. C(part_of) is the list that a file is part of."""
        try:
            yield
        except FormatError as error:
            self.problems.append(str(error))
            self._unread.add(part_of)
        except OSError as error:
            self.problems.append(f"{error.filename}: {error.strerror}")
            self._unread.add(part_of)

    def _find(self, folder: Path) -> dict[Part, Path]:
        if not folder.is_dir():
            raise FormatError(f"{folder}: there is no such directory")
        found, self.problems = find_parts(folder)
        for paths in found.values():
            if len(paths) > 1:
                both = " and ".join(str(folder / path) for path in paths)
                self.problems.append(f"{both} describe the same objects; keep one of them")
        return {part: folder / paths[0] for part, paths in found.items()}

    def _read(self, folder: Path) -> None:
        for name in TOP_LISTS:
            files = files_of_list(self._parts, name)
            if files:
                self.stack[name] = self._read_files_of_list(files, name, name)
        if Part(PROJECTS) in self._parts:
            self.stack["projects"] = self._read_projects()
        if not self.stack and not self.problems:
            raise FormatError(f"{folder}: there is neither a file {TOP_LISTS[0]}{YAML} nor a folder {PROJECTS} in it")
        if Part(SECRETS) in self._parts:
            with self._collecting():
                self._add_secrets(self._parts[Part(SECRETS)])

    def _add_secrets(self, path: Path) -> None:
        """Add the secrets in a file to the channels. No problem contains a secret."""
        content = self._reader.read_yaml(path, only=SECRETS_OPTION)
        secrets = content.get(SECRETS_OPTION) if isinstance(content, dict) else None
        if secrets is None:
            return  # the file may only contain other variables
        if not isinstance(secrets, dict) or not all(isinstance(own, dict) for own in secrets.values()):
            raise FormatError(f"{path}: {SECRETS_OPTION}: must be a dictionary with a dictionary for each channel")
        numbers = {
            str(channel["name"]): number
            for number, channel in enumerate(self.stack.get("channels", []))
            if isinstance(channel, dict) and channel.get("name") is not None
        }
        for name, own in ((str(name), own) for name, own in secrets.items()):
            if name in numbers:
                self._add_secrets_of(numbers[name], own, path)
            elif "channels" not in self._unread:
                problem = f"the description has no channel {name!r}"
                problem = not_among(problem, name, numbers, "channels") if numbers else f"{problem}; channels: none"
                self.problems.append(f"{path}: {SECRETS_OPTION}: {problem}")

    def _add_secrets_of(self, number: int, secrets: Stack, path: Path) -> None:
        channel, config = self.stack["channels"][number], f"channels[{number}].config"
        for option, value in secrets.items():
            self.files[f"{config}.{option}"] = path
            if value == PLACEHOLDER:
                place = f"{path}: {SECRETS_OPTION}: {channel['name']}: {option}"
                self.problems.append(f"{place}: replace the placeholder {PLACEHOLDER}")
        if isinstance(channel.get("config"), (dict, type(None))):
            channel["config"] = {**(channel.get("config") or {}), **secrets}

    def _read_projects(self) -> list[Stack]:
        boards = dashboards(self._parts)
        folders: dict[str, Path] = {}
        projects: list[Stack] = []
        for part, folder in self._parts.items():
            if part.what == PROJECTS and part.project:
                place = f"{PROJECTS}[{len(projects)}]"
                project = self._read_project(part.project, boards.get(part.project, {}), place)
                other = folders.setdefault(str(project["name"]), folder)
                if other != folder:
                    self.problems.append(
                        f"{other} and {folder} describe the same project, {project['name']}; keep one of them"
                    )
                self.files.setdefault(place, folder)
                projects.append(project)
        return projects

    def _read_project(self, name: str, boards: Mapping[str, Path], place: str) -> Stack:
        """Read a project. Its name is that of the folder, unless the file sets it. Missing files are omitted lists."""
        project: Stack = {"name": name}
        if Part(PROJECT, name) in self._parts:
            with self._collecting():
                project.update(self._read_own(name, place))
        for inner in PROJECT_LISTS:
            files = files_of_list(self._parts, inner, name)
            if files:
                project[inner] = self._read_files_of_list(files, inner, f"{place}.{inner}")
        if Part(DASHBOARDS, name) in self._parts:
            project[DASHBOARDS] = []
            for slug, path in boards.items():
                with self._collecting():
                    project[DASHBOARDS].append(read_dashboard(slug, path, self._reader))
                    self.files[f"{place}.{DASHBOARDS}[{len(project[DASHBOARDS]) - 1}]"] = path
        return project

    def _read_own(self, name: str, place: str) -> Stack:
        path = self._parts[Part(PROJECT, name)]
        own: Any = self._reader.read_yaml(path)
        if not isinstance(own, dict):
            raise FormatError(f"{path}: must contain the options of the project")
        self.files[place] = path
        for option in (*PROJECT_LISTS, DASHBOARDS):
            others = [part for part in files_of_list(self._parts, option, name) if option in own]
            if others:
                raise FormatError(f"{path}: {option}: {self._parts[others[0]]} describes them too; keep one of them")
        for option in PROJECT_LISTS:
            if isinstance(own.get(option), list):
                own[option] = _with_queries(own[option], option, path, self._reader)
        return own

    def _read_files_of_list(self, files: Mapping[Part, Path], option: str, place: str) -> list[Any]:
        """Return the items of a list, first those of the main file. A name in two files is a problem."""
        kind = KINDS[option]
        items: list[Any] = []
        names: dict[str, Path] = {}
        for part, path in sorted(files.items()):
            with self._collecting(part_of=place):
                for item in _read_list(path, option, self._reader, may_be_single=bool(part.file)):
                    name = _name_of(kind, item)
                    other = names.setdefault(kind.canonical_key(name), path) if name is not None else path
                    if other != path:
                        self.problems.append(
                            f"{other} and {path} describe the same {kind.word}, {name}; keep one of them"
                        )
                    self.files[f"{place}[{len(items)}]"] = path
                    items.append(item)
        return items


def _name_of(kind: Kind, item: Any) -> str | None:
    """Return the canonical name of an item; None if it is identified by an ID."""
    name = item.get(kind.key) if isinstance(item, dict) and item.get("id") is None else None
    return name if isinstance(name, str) else None


def find_homes(folder: Path, parts: Parts, reader: Reader) -> Homes:
    """Return the file of each object in the folders of lists in a directory. Raises FormatError, OSError.

    Templates are not resolved, because their variables may belong to another playbook.
    """
    homes: dict[Part, dict[str, Home]] = {}
    for part, paths in parts.items():
        if not part.file or part.what == DASHBOARDS:
            continue
        content = reader.read_yaml(folder / paths[0], templates=False)
        is_single = isinstance(content, dict) and part.what not in content
        items = [content] if is_single else content.get(part.what) if isinstance(content, dict) else None
        kind = KINDS[part.what]
        for item in items if isinstance(items, list) else ():
            name = _name_of(kind, item)
            if name is not None:
                home = Home(str(paths[0]), is_single)
                homes.setdefault(Part(part.what, part.project), {})[kind.canonical_key(name)] = home
    return homes


def _read_list(path: Path, option: str, reader: Reader, may_be_single: bool) -> list[Any]:
    """Return the items of a list in one file, which may instead contain the options of a single object."""
    content = reader.read_yaml(path)
    if may_be_single and isinstance(content, dict) and content and option not in content:
        content = {option: [content]}
    if not (isinstance(content, dict) and list(content) == [option] and isinstance(content[option], list)):
        alone = f"the options of one {KINDS[option].word}, or " if may_be_single else ""
        raise FormatError(f"{path}: must contain {alone}a list called {option}, and nothing else")
    return _with_queries(content[option], option, path, reader)


def _with_queries(items: list[Any], option: str, path: Path, reader: Reader) -> list[Any]:
    """Return items with the SQL from the files to which they refer, relative to the file of the items."""
    return [_with_query(item, KINDS[option], path, reader) if isinstance(item, dict) else item for item in items]


def _with_query(item: Stack, kind: Kind, path: Path, reader: Reader) -> Stack:
    item = dict(item)
    for query in QUERIES.get(kind.plural, ()):
        named = item.pop(f"{query}_file", None)
        if named is None:
            continue
        place = f"{path}: {kind.word} {item.get(kind.key)!r}: {query}_file"
        if item.get(query) is not None:
            raise FormatError(f"{place}: mutually exclusive with {query}")
        if not isinstance(named, str) or not named.strip():
            raise FormatError(f"{place}: must be the path of a file")
        try:
            item[query] = reader.read_text(path.parent / named)
        except OSError as error:
            raise FormatError(f"{place}: {path.parent / named}: {error.strerror}") from None
    return item
