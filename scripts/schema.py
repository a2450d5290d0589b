# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write docs/schema: a JSON schema for each file of a description, from the options of logfire_stack, for editors."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
MODULE = ROOT / "plugins/modules/logfire_stack.py"
FOLDER = ROOT / "docs/schema"
CONTAINER = "projects"
WITH_OWN_FILES = "dashboards"  # one file for each object, instead of a list
SECRETS = ("url", "auth_key", "routing_key")
TEMPLATE = {"type": "string", "pattern": r"\{[{%]"}
TYPES: dict[str, dict[str, Any]] = {
    "str": {"type": ["string", "number"]},  # a duration can be a number of seconds
    "path": {"type": "string"},
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "dict": {"type": "object"},
    "raw": {},
}

Json = dict[str, Any]


def schemas() -> dict[str, Json]:
    """Return the schemas by the names of their files, without C(.json)."""
    lists = {name: option for name, option in _options(MODULE).items() if _is_list(option)}
    project = lists.pop(CONTAINER)
    inside = {name: option for name, option in project["suboptions"].items() if _is_list(option)}
    found = {name: _of_list(name, option) for name, option in {**lists, **inside}.items() if name != WITH_OWN_FILES}
    found["project"] = _of_item(project)
    found["dashboard"] = _of_dashboard()
    found["secrets"] = _of_secrets()
    head = {"$schema": "http://json-schema.org/draft-07/schema#"}
    return {name: {**head, "title": f"{name} of a Logfire organization", **schema} for name, schema in found.items()}


def _options(path: Path) -> Json:
    text = re.search(r'^DOCUMENTATION = r"""\n(.*?)"""', path.read_text(), re.DOTALL | re.MULTILINE)
    if text is None:
        raise ValueError(f"{path} has no documentation")
    options: Json = yaml.safe_load(text[1])["options"]
    return options


def _is_list(option: Json) -> bool:
    return option.get("elements") == "dict" and "suboptions" in option


def _of_list(name: str, option: Json) -> Json:
    """Return the schema of a file with the list or, in the folder of the list, with a single object."""
    item = {"$ref": "#/definitions/item"}
    whole = {
        "type": "object",
        "properties": {name: {"type": "array", "items": item}},
        "additionalProperties": False,
    }
    return {"if": {"required": [name]}, "then": whole, "else": item, "definitions": {"item": _of_item(option)}}


def _of_item(option: Json) -> Json:
    properties: Json = {}
    for name, inner in option["suboptions"].items():
        properties[name] = _of_option(inner)
        if name.endswith("query"):
            description = (
                f"Path of a file that contains the {name}, relative to this file. Mutually exclusive with {name}."
            )
            properties[f"{name}_file"] = {"type": "string", "description": description}
    both = [{"not": {"required": [name, f"{name}_file"]}} for name in properties if f"{name}_file" in properties]
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"allOf": both} if both else {}),
        **_required(option["suboptions"]),
    }


def _required(options: Json) -> Json:
    required = [name for name, option in options.items() if option.get("required")]
    return {"required": required} if required else {}


def _of_option(option: Json) -> Json:
    description = {"description": _plain(option["description"])}
    default = {"default": option["default"]} if "default" in option else {}
    return {**description, **default, **_or_template(_of_values(option))}


def _of_values(option: Json) -> Json:
    if _is_list(option):
        return {"type": "array", "items": _of_item(option)}
    if option["type"] == "list":
        element = {"type": option.get("elements", "str")}
        return {"type": "array", "items": _or_template(_of_values({**option, **element}))}
    if "suboptions" in option:
        return _of_item(option)
    if "choices" in option:
        return {"enum": list(option["choices"])}
    return dict(TYPES[option["type"]])


def _or_template(schema: Json) -> Json:
    """Return a schema that also accepts a template, which is a text."""
    is_text = "string" in schema.get("type", ["string"] if not schema else [])
    return schema if is_text else {"anyOf": [schema, TEMPLATE]}


def _of_dashboard() -> Json:
    named = {"type": "object", "properties": {"name": {"type": "string"}}}
    spec = {"type": "object", "properties": {"display": named}}
    return {"type": "object", "required": ["spec"], "properties": {"metadata": named, "spec": spec}}


def _of_secrets() -> Json:
    secrets = {
        "type": "object",
        "properties": {secret: {"type": "string"} for secret in SECRETS},
        "additionalProperties": False,
    }
    description = "The secrets of the channels, by the names of the channels."
    return {
        "type": "object",
        "properties": {
            "stack_channel_secrets": {
                "type": "object",
                "description": description,
                "additionalProperties": secrets,
            }
        },
    }


def _plain(description: str | list[str]) -> str:
    """Return a description without Ansible's markup."""
    text = " ".join([description] if isinstance(description, str) else description)
    text = re.sub(r"\b[MP]\(community\.logfire\.(\w+)(#\w+)?\)", r"\1", text)
    text = re.sub(r"\bO\((?:[^()]*[:.])?(\w+)(=[^()]*)?\)", r"\1\2", text)
    return re.sub(r"\b[BCIV]\(([^()]*)\)", r"\1", text)


def texts() -> dict[str, str]:
    """Return the files of the folder, as texts by name."""
    return {f"{name}.json": json.dumps(schema, indent=2) + "\n" for name, schema in schemas().items()}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in texts().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    main()
