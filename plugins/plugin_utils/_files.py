# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A description of an organization, read from files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from ansible_collections.community.logfire.plugins.module_utils._kinds.files import Home, Homes
from ansible_collections.community.logfire.plugins.module_utils._kinds.kind import Kind
from ansible_collections.community.logfire.plugins.module_utils._kinds.kinds import STACK_KINDS
from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import (
    DASHBOARDS,
    JSON,
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
from ansible_collections.community.logfire.plugins.module_utils._values.places import leaves, spell

Stack = dict[str, Any]

KINDS = {kind.plural: kind for kind in STACK_KINDS}


class Reader(Protocol):
    """How files are read. Both raise FormatError, which names the file, and OSError."""

    def read_text(self, path: Path) -> str:
        """The content of a text file."""

    def read_yaml(self, path: Path, templates: bool = True, only: str | None = None) -> Any:
        """The content of a YAML file, in which C(templates) says whether texts may be templates.

        With C(only), the member of that name is all that counts of a dictionary: a dictionary with it, or an empty one.
        """


class Reading:
    """A directory that was read: the description in it, all problems of its files, and which file has which object.

    C(files) are the files by the places of the objects in the description, such as C(projects[0].alerts[1]).
    """

    def __init__(self, folder: Path, reader: Reader) -> None:
        self.stack: Stack = {}
        self.problems: list[str] = []
        self.files: dict[str, Path] = {}
        self._reader = reader
        with self._collecting():
            self._parts = self._find(folder)
            self._read(folder)

    @contextmanager
    def _collecting(self) -> Iterator[None]:
        try:
            yield
        except FormatError as error:
            self.problems.append(str(error))
        except OSError as error:
            self.problems.append(f"{error.filename}: {error.strerror}")

    def _find(self, folder: Path) -> dict[Part, Path]:
        if not folder.is_dir():
            raise FormatError(f"{folder}: there is no such directory")
        found, self.problems = find_parts(folder)
        for paths in found.values():
            if len(paths) > 1:
                both = " and ".join(str(folder / path) for path in paths)
                self.problems.append(f"{both} describe the same; keep one of them")
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
            _add_secrets(self.stack.get("channels", []), self._parts[Part(SECRETS)], self._reader)

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
        """The folder's name is the project's, unless the file says otherwise. What is not there says nothing."""
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
                    project[DASHBOARDS].append(_read_dashboard(slug, path, self._reader))
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
        """The items of a list, of its own file first. A name that is in two files is a problem."""
        kind = KINDS[option]
        items: list[Any] = []
        names: dict[str, Path] = {}
        for part, path in sorted(files.items()):
            with self._collecting():
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
    """What tells the object of an item from others; None where the item leaves that to an id."""
    name = item.get(kind.key) if isinstance(item, dict) and item.get("id") is None else None
    return name if isinstance(name, str) else None


def find_homes(folder: Path, parts: Parts, reader: Reader) -> Homes:
    """The files that a directory has in the folders of its lists, by the objects in them. Raises FormatError, OSError.

    The files are read without their templates, whose variables may belong to another playbook.
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
    """The items that one file has of a list; or it holds the options of one object alone."""
    content = reader.read_yaml(path)
    if may_be_single and isinstance(content, dict) and content and option not in content:
        content = {option: [content]}
    if not (isinstance(content, dict) and list(content) == [option] and isinstance(content[option], list)):
        alone = f"the options of one {KINDS[option].word}, or " if may_be_single else ""
        raise FormatError(f"{path}: must contain {alone}a list called {option}, and nothing else")
    return _with_queries(content[option], option, path, reader)


def _with_queries(items: list[Any], option: str, path: Path, reader: Reader) -> list[Any]:
    """Items with the SQL of the files that they name, which are relative to the file that names them."""
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


def _add_secrets(channels: list[Any], path: Path, reader: Reader) -> None:
    """Give the channels the secrets that a file has for them. Raises FormatError, which never has a secret in it."""
    content = reader.read_yaml(path, only=SECRETS_OPTION)
    secrets = content.get(SECRETS_OPTION) if isinstance(content, dict) else None
    if secrets is None:
        return  # the file can be there for other variables
    if not isinstance(secrets, dict) or not all(isinstance(own, dict) for own in secrets.values()):
        raise FormatError(f"{path}: {SECRETS_OPTION}: must be a dictionary with a dictionary for each channel")
    by_name = {channel["name"]: channel for channel in channels if isinstance(channel, dict) and "name" in channel}
    for name, own in secrets.items():
        if name not in by_name:
            known = ", ".join(by_name) or "none"
            raise FormatError(f"{path}: {SECRETS_OPTION}: the description has no channel {name!r}; channels: {known}")
        for option, value in own.items():
            if value == PLACEHOLDER:
                raise FormatError(f"{path}: {SECRETS_OPTION}: {name}: {option}: replace the placeholder {PLACEHOLDER}")
        by_name[name]["config"] = {**(by_name[name].get("config") or {}), **own}


def _read_dashboard(slug: str, path: Path, reader: Reader) -> Stack:
    """Never a template, whatever is in it: dashboards have variables in braces of their own."""
    content = (
        _load_json(path, reader.read_text(path)) if path.suffix == JSON else reader.read_yaml(path, templates=False)
    )
    definition = _check_json(path, content)
    if not isinstance(definition, dict):
        raise FormatError(f"{path}: must contain a Perses document")
    metadata = definition.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise FormatError(f"{path}: metadata: must be a dictionary")
    return {"slug": slug, "name": metadata.get("name") or _display_name(definition), "definition": definition}


def _display_name(definition: Stack) -> Any:
    """The name that the dashboard shows, which Perses' own tools write where Logfire has one in the metadata."""
    spec = definition.get("spec")
    display = spec.get("display") if isinstance(spec, dict) else None
    return display.get("name") if isinstance(display, dict) else None


def _load_json(path: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"{path}:{error.lineno}:{error.colno}: is not JSON: {error.msg}") from None
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
