# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A description of an organization as files, and back: what stands where, and how it is spelt.

C(channels.yml), C(projects/NAME/project.yml), C(projects/NAME/alerts.yml), C(projects/NAME/dashboards/SLUG.json). The
folders C(projects) and C(dashboards) also have an empty C(.gitkeep), since git keeps no empty folder, and an empty one
says that there are none, while no folder says nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Callable
from urllib.parse import unquote

import yaml

Stack = dict[str, Any]

CHANNELS, PROJECTS, PROJECT, ALERTS, DASHBOARDS, KEEP = (
    "channels.yml",
    "projects",
    "project.yml",
    "alerts.yml",
    "dashboards",
    ".gitkeep",
)
LAYOUT = (
    CHANNELS,
    f"{PROJECTS}/{KEEP}",
    *(f"{PROJECTS}/*/{name}" for name in (PROJECT, ALERTS, f"{DASHBOARDS}/{KEEP}", f"{DASHBOARDS}/*.json")),
)
SECRETS = ("url", "auth_key", "routing_key")  # of a channel's config

# Ansible takes a text for a template when one of these is in it, or at its beginning.
_TEMPLATE = re.compile(r"\{[{%#]|\A#jinja2:")
# Text that only some loaders take for a number or a truth value; what all of them would, PyYAML quotes itself.
_AMBIGUOUS = re.compile(r"[-+.0-9][0-9a-fA-FoOxX_.+-]*|[yYnN]")
# What a block of lines cannot hold, or what some loaders read as the end of a line.
_NO_BLOCK = re.compile(r"[^\n\t -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]")


class FormatError(ValueError):
    """A file that does not hold what it should; the text says which one."""


def render(stack: Stack) -> dict[str, str]:
    """The files of a description: their texts by their paths. Raises FormatError for what is described twice."""
    files: dict[str, str] = {}

    def add(path: str, text: str) -> None:
        if path in files:
            raise FormatError(f"{path}: two objects would be written to this file")
        files[path] = text

    if stack.get("channels") is not None:
        add(CHANNELS, to_yaml({"channels": [_without_secrets(channel) for channel in stack["channels"]]}))
    if stack.get("projects") is not None:
        add(f"{PROJECTS}/{KEEP}", "")
    for project in stack.get("projects") or []:
        folder = f"{PROJECTS}/{to_file_name(project['name'])}"
        own = {option: value for option, value in project.items() if option not in ("alerts", "dashboards")}
        add(f"{folder}/{PROJECT}", to_yaml(own))
        if project.get("alerts") is not None:
            add(f"{folder}/{ALERTS}", to_yaml({"alerts": project["alerts"]}))
        if project.get("dashboards") is not None:
            add(f"{folder}/{DASHBOARDS}/{KEEP}", "")
            for dashboard in project["dashboards"]:
                add(f"{folder}/{DASHBOARDS}/{to_file_name(dashboard['slug'])}.json", _dashboard_to_json(dashboard))
    return files


def read(folder: Path, load_yaml: Callable[[Path], Any]) -> Stack:
    """The description that a directory holds. Raises FormatError, OSError and what C(load_yaml) raises."""
    stack: Stack = {}
    if (folder / CHANNELS).exists():
        stack["channels"] = _read_list(folder / CHANNELS, "channels", load_yaml)
    if (folder / PROJECTS).is_dir():
        projects = [project for project in _visible((folder / PROJECTS).iterdir()) if project.is_dir()]
        stack["projects"] = [_read_project(project, load_yaml) for project in projects]
    if not stack:
        raise FormatError(f"{folder}: there is neither a file {CHANNELS} nor a folder {PROJECTS} in it")
    return stack


def find(folder: Path) -> set[str]:
    """The files of the layout that a directory has."""
    return {path.relative_to(folder).as_posix() for pattern in LAYOUT for path in folder.glob(pattern)}


def _read_project(folder: Path, load_yaml: Callable[[Path], Any]) -> Stack:
    """The folder's name is the project's, unless the file says otherwise. What is not there says nothing."""
    project: Stack = {"name": from_file_name(folder.name)}
    if (folder / PROJECT).exists():
        own = load_yaml(folder / PROJECT)
        if not isinstance(own, dict):
            raise FormatError(f"{folder / PROJECT}: must hold the options of the project")
        project.update(own)
    if (folder / ALERTS).exists():
        project["alerts"] = _read_list(folder / ALERTS, "alerts", load_yaml)
    if (folder / DASHBOARDS).is_dir():
        project["dashboards"] = [_read_dashboard(path) for path in _visible((folder / DASHBOARDS).glob("*.json"))]
    return project


def _read_list(path: Path, option: str, load_yaml: Callable[[Path], Any]) -> list[Any]:
    content = load_yaml(path)
    if not (isinstance(content, dict) and list(content) == [option] and isinstance(content[option], list)):
        raise FormatError(f"{path}: must hold a list called {option}, and nothing else")
    items: list[Any] = content[option]
    return items


def _read_dashboard(path: Path) -> Stack:
    """Never a template, whatever is in it: dashboards have variables in braces of their own."""
    try:
        definition = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise FormatError(f"{path}: is not JSON: {error}") from None
    if not isinstance(definition, dict):
        raise FormatError(f"{path}: must hold a Perses document")
    name = (definition.get("metadata") or {}).get("name")
    return {"slug": from_file_name(path.stem), "name": name, "definition": definition}


def _visible(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if not path.name.startswith("."))


def _dashboard_to_json(dashboard: Stack) -> str:
    """The document with the dashboard's name, as Logfire's own export has it."""
    definition = dashboard["definition"]
    document = {**definition, "metadata": {**(definition.get("metadata") or {}), "name": dashboard["name"]}}
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _without_secrets(channel: Stack) -> Stack:
    if not channel.get("config"):
        return channel
    config = {option: value for option, value in channel["config"].items() if option not in SECRETS}
    return {**channel, "config": config}


def to_file_name(name: str) -> str:
    """A name or slug as the name of a file on any system: what could not stand in one as %XX, as in URLs."""
    return re.sub(r"[^A-Za-z0-9._-]|\A\.", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name)


def from_file_name(name: str) -> str:
    return unquote(name)


def to_yaml(value: Any) -> str:
    """YAML that every loader reads as C(value), and Ansible too: what looks like a template is tagged C(!unsafe)."""
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        explicit_start=True,
        sort_keys=False,
        width=sys.maxsize,
    )
    return text


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their option."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        style = None
        if _NO_BLOCK.search(text):
            style = '"'
        elif "\n" in text:
            style = "|"
        elif _AMBIGUOUS.fullmatch(text):
            style = "'"
        tag = "!unsafe" if _TEMPLATE.search(text) else "tag:yaml.org,2002:str"
        return self.represent_scalar(tag, text, style)


_Dumper.add_representer(str, _Dumper.represent_text)
