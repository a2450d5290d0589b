# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The directory of a description: which file describes what, how names are spelled, and which files are misplaced.

There is a list of each kind, such as C(channels.yml) and C(projects/NAME/alerts.yml), besides
C(projects/NAME/project.yml) and C(projects/NAME/dashboards/SLUG.json). A list can also be spread over the files of a
folder of its name, such as C(projects/NAME/alerts/checkout.yml). YAML files end in C(.yml) or C(.yaml), and dashboards
can be YAML too. What begins with a dot is never part of a description.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from .kinds import CONTAINER, ORGANIZATION_KINDS, PROJECT_KINDS

PROJECTS, PROJECT, DASHBOARDS = "projects", "project", "dashboards"
SECRETS, SECRETS_EXAMPLE = "secrets", "secrets.example"
TOP_LISTS = tuple(kind.plural for kind in ORGANIZATION_KINDS if kind is not CONTAINER)
PROJECT_LISTS = tuple(kind.plural for kind in PROJECT_KINDS if not kind.left_out)
#: The options of each list that hold SQL, which can be in a file of its own.
QUERIES = {
    kind.plural: tuple(field.option for field in kind.fields if field.option.endswith("query"))
    for kind in PROJECT_KINDS
}
LISTS_ON_REQUEST = tuple(kind.plural for kind in PROJECT_KINDS if not kind.is_exported)
FILES_OF_PLAYBOOKS = ("variables",)  # words that files beside a playbook have for something else
YAML, JSON = ".yml", ".json"
YAML_SUFFIXES = (YAML, ".yaml")
SUFFIXES = (JSON, *YAML_SUFFIXES)


class FormatError(ValueError):
    """A file or directory that does not hold what it should; the text says which one."""


class Part(NamedTuple):
    """A part of a description that has a file or a folder of its own.

    C(what) is one of the words of the layout. C(projects) is a folder, of one project or of all, and so is
    C(dashboards) without a file. C(file) is what stands for one of the files of a folder: the slug of a dashboard.
    """

    what: str
    project: str = ""
    file: str = ""

    @property
    def is_folder(self) -> bool:
        return self.what == PROJECTS or (self.what == DASHBOARDS and not self.file)


Parts = dict[Part, list[PurePosixPath]]
Found = TypeVar("Found")


def find_parts(folder: Path) -> tuple[Parts, list[str]]:
    """The paths of each part in a directory, and what is to say of what looks like a part and is none.

    There can be several paths of one part, C(alerts.yml) and C(alerts.yaml). At the top, only the folders of the layout
    are looked into: a playbook and all that belongs to it may lie there. Raises OSError.
    """
    parts: Parts = {}
    problems = []

    def look(at: PurePosixPath, above: tuple[Path, ...]) -> None:
        for entry in sorted((folder / at).iterdir()):
            if entry.name.startswith("."):
                continue
            path, is_folder = at / entry.name, entry.is_dir()
            part = part_of(path, is_folder)
            meant = None if part or (is_folder and _is_folder_of_list(path)) else _meant(path, is_folder)
            if part:
                parts.setdefault(part, []).append(path)
            elif meant:
                problems.append(f"{entry}{'/' if is_folder else ''} is not read; did you mean {meant}?")
            if is_folder and not meant and path.parts[0] in (PROJECTS, *TOP_LISTS) and entry.resolve() not in above:
                look(path, (*above, entry.resolve()))  # links can lead round in circles

    look(PurePosixPath(), (folder.resolve(),))
    return parts, problems


def dashboards(parts: Mapping[Part, Found]) -> dict[str, dict[str, Found]]:
    """What there is of each dashboard, by project and slug."""
    found: dict[str, dict[str, Found]] = {}
    for part, paths in parts.items():
        if part.what == DASHBOARDS and part.file:
            found.setdefault(part.project, {})[part.file] = paths
    return found


def files_of_list(parts: Mapping[Part, Found], option: str, project: str = "") -> dict[Part, Found]:
    """What there is of each file of a list: its own, and those of the folder of its name."""
    return {part: paths for part, paths in parts.items() if (part.what, part.project) == (option, project)}


def part_of(path: PurePosixPath, is_folder: bool) -> Part | None:
    """The part of a description that a path in its directory is."""
    names = path.parts
    top, inside = names[0] == PROJECTS, names[2:]
    project = from_file_name(names[1]) if len(names) > 1 else ""
    if is_folder:
        if top and len(names) <= 2:
            return Part(PROJECTS, project)
        return Part(DASHBOARDS, project) if top and inside == (DASHBOARDS,) else None
    is_yaml = path.suffix in YAML_SUFFIXES
    if len(names) == 1:
        return Part(path.stem) if is_yaml and path.stem in (*TOP_LISTS, SECRETS, SECRETS_EXAMPLE) else None
    if is_yaml and _is_folder_of_list(path.parent):
        return Part(path.parent.name, project if top else "", from_file_name(path.stem))
    if top and len(inside) == 1 and is_yaml and path.stem in (PROJECT, *PROJECT_LISTS):
        return Part(path.stem, project)
    if top and len(inside) == 2 and inside[0] == DASHBOARDS and path.suffix in SUFFIXES:
        return Part(DASHBOARDS, project, from_file_name(path.stem))
    return None


def _is_folder_of_list(path: PurePosixPath) -> bool:
    """Whether the files of a list can lie in a folder: C(alerts) of a project, or C(channels) at the top."""
    names = path.parts
    if len(names) == 3 and names[0] == PROJECTS:
        return names[2] in PROJECT_LISTS
    return len(names) == 1 and names[0] in TOP_LISTS


def _meant(path: PurePosixPath, is_folder: bool) -> str | None:
    """Where a path that is no part of a description should be, if it looks as if it should be one.

    That is a file whose name ends as those of the layout do, wherever a described object could be, and anything with a
    name like one of the layout's.
    """
    names = path.parts
    suffix = path.suffix.lower()
    is_data = not is_folder and suffix in SUFFIXES
    word = _word(path.stem) if is_folder or is_data or not suffix else None
    project = f"{PROJECTS}/{names[1]}" if len(names) > 2 else f"{PROJECTS}/NAME"
    homes = {
        **{name: f"{name}{YAML}" for name in TOP_LISTS},
        PROJECTS: f"{PROJECTS}/" if is_folder else f"{project}/{PROJECT}{YAML}",
        PROJECT: f"{PROJECTS}/" if is_folder and len(names) == 1 else f"{project}/{PROJECT}{YAML}",
        **{name: f"{project}/{name}{YAML}" for name in PROJECT_LISTS},
        DASHBOARDS: f"{project}/{DASHBOARDS}/",
    }
    if len(names) == 1 and word in FILES_OF_PLAYBOOKS:
        return None
    if len(names) <= 3 and word and not _is_folder_of_list(path.parent):
        return homes[word]
    if len(names) == 1 or not is_data:
        return None
    home = next((folder for folder in path.parents if _is_folder_of_list(folder)), None)
    if home is not None:
        return f"{home}/{path.stem}{YAML}"
    if len(names) == 2:
        return f"{PROJECTS}/{path.stem}/{PROJECT}{YAML}"
    return f"{project}/{DASHBOARDS}/{path.stem}{suffix}"


def _word(name: str) -> str | None:
    """The word of the layout that a name is like: a letter or two may differ, and so may capitals."""
    matches = get_close_matches(name.lower(), (*TOP_LISTS, PROJECTS, PROJECT, *PROJECT_LISTS, DASHBOARDS), 1, 0.85)
    return matches[0] if matches else None


def spell_names(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """The names of files or folders for names or slugs, without what their names end in.

    C(known) are those that are there, by what they stand for; they stay. Names that differ only in capitals are told
    apart on every file system, also on those that do not tell capitals from others.
    """
    plain = {name: to_file_name(name) for name in names}
    count = Counter(spelt.lower() for spelt in plain.values())
    return {
        name: known.get(name, spelt) if count[spelt.lower()] == 1 else to_file_name(name, keep="")
        for name, spelt in plain.items()
    }


def to_file_name(name: str, keep: str = "A-Z") -> str:
    """A name or slug as the name of a file on any system: what could not stand in one as %XX, as in URLs.

    C(keep) are the capitals, or nothing.
    """
    return re.sub(
        rf"[^{keep}a-z0-9._-]|\A\.", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name
    )


def from_file_name(file_name: str) -> str:
    """The name or slug that the name of a file stands for."""
    return unquote(file_name)
