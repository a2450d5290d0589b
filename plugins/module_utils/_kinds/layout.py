# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The directory of a description: what each file contains, how names become file names, and which files are misplaced.

Most kinds have a list, such as C(channels.yml) and C(projects/NAME/alerts.yml). In addition, there are
C(projects/NAME/project.yml) and C(projects/NAME/dashboards/SLUG.json). A list can also be split into files in a folder
of the same name, such as C(projects/NAME/alerts/checkout.yml). YAML files end in C(.yml) or C(.yaml), and dashboards
can be YAML too. Names that begin with a dot are never part of a description.
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
PROJECT_LISTS = tuple(kind.plural for kind in PROJECT_KINDS if not kind.detail_option)
#: The options of each list that contain SQL, which can also be in a separate file.
QUERIES = {
    kind.plural: tuple(field.option for field in kind.fields if field.option.endswith("query"))
    for kind in PROJECT_KINDS
}
LISTS_ON_REQUEST = tuple(kind.plural for kind in PROJECT_KINDS if not kind.is_exported)
FILES_OF_PLAYBOOKS = ("variables",)  # names of files with another meaning beside a playbook
YAML, JSON = ".yml", ".json"
YAML_SUFFIXES = (YAML, ".yaml")
SUFFIXES = (JSON, *YAML_SUFFIXES)


class FormatError(ValueError):
    """A file or directory has invalid content; the message contains its path."""


class Part(NamedTuple):
    """A part of a description with its own file or folder.

    C(what) is a name in the layout, such as C(alerts). C(projects) is the folder of one or all projects, and
    C(dashboards) is a folder unless C(file) is set. C(file) identifies a file in a folder, such as the slug of a
    dashboard.
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
    """Return the paths of each part in a directory, and problems of files that look like misplaced parts.

    One part can have several paths, such as C(alerts.yml) and C(alerts.yaml). At the top level, only the folders of the
    layout are searched, because the directory may also contain a playbook and its files. Raises OSError.
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
                look(path, (*above, entry.resolve()))  # symbolic links can be circular

    look(PurePosixPath(), (folder.resolve(),))
    return parts, problems


def dashboards(parts: Mapping[Part, Found]) -> dict[str, dict[str, Found]]:
    """Return the paths of each dashboard, by project and slug."""
    found: dict[str, dict[str, Found]] = {}
    for part, paths in parts.items():
        if part.what == DASHBOARDS and part.file:
            found.setdefault(part.project, {})[part.file] = paths
    return found


def files_of_list(parts: Mapping[Part, Found], option: str, project: str = "") -> dict[Part, Found]:
    """Return the paths of each file of a list: the main file, and those in the folder of the same name."""
    return {part: paths for part, paths in parts.items() if (part.what, part.project) == (option, project)}


def part_of(path: PurePosixPath, is_folder: bool) -> Part | None:
    """Return the part of a description to which a path in its directory belongs, or None."""
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
    """Whether a path can be the folder of a list: C(alerts) in a project, or C(channels) at the top level."""
    names = path.parts
    if len(names) == 3 and names[0] == PROJECTS:
        return names[2] in PROJECT_LISTS
    return len(names) == 1 and names[0] in TOP_LISTS


def _meant(path: PurePosixPath, is_folder: bool) -> str | None:
    """Return the correct path of a file that is not part of a description, but looks like one; else None.

    These are files with a suffix of the layout in places where objects can be described, and names that are similar to
    those of the layout.
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
    """Return the name in the layout to which C(name) is similar, except for case and one or two letters, or None."""
    matches = get_close_matches(name.lower(), (*TOP_LISTS, PROJECTS, PROJECT, *PROJECT_LISTS, DASHBOARDS), 1, 0.85)
    return matches[0] if matches else None


def spell_names(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the names of files or folders for names or slugs, without suffixes.

    C(known) are the existing ones, which are kept. Names that only differ in case get file names that are different
    even on file systems that ignore case.
    """
    plain = {name: to_file_name(name) for name in names}
    count = Counter(spelt.lower() for spelt in plain.values())
    return {
        name: known.get(name, spelt) if count[spelt.lower()] == 1 else to_file_name(name, keep="")
        for name, spelt in plain.items()
    }


def to_file_name(name: str, keep: str = "A-Z") -> str:
    """Convert a name or slug to a file name that is valid on any system, with %XX for other characters, as in URLs.

    C(keep) is the range of upper-case letters to keep, or an empty text to convert them, too.
    """
    return re.sub(
        rf"[^{keep}a-z0-9._-]|\A\.", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name
    )


def from_file_name(file_name: str) -> str:
    """Convert a file name back to the name or slug."""
    return unquote(file_name)
