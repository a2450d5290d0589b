# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The emulator's OpenAPI document against the published one: each difference has a reason, each reason a difference."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_differences import DIFFERENCES, EMULATED, MISSING, NOT_PUBLISHED

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("LOGFIRE_SHARED") or ROOT.parent / "shared")
DOCUMENT = SHARED / "openapi.yml"

pytestmark = pytest.mark.skipif(
    not DOCUMENT.is_file(), reason="the published OpenAPI document is not at hand (LOGFIRE_SHARED names its folder)"
)

Node = dict[str, Any]

#: Keywords that describe without restricting, or that say again what the schema says.
SILENT = {"title", "description", "examples", "discriminator", "x-order"}
KEPT = {
    *("type", "format", "pattern", "default", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"),
    *("exclusiveMinimum", "exclusiveMaximum", "uniqueItems", "minProperties"),
}


class Reader:
    """Turns a document's operations into nested dictionaries that can be compared member by member."""

    def __init__(self, document: Node) -> None:
        self._document = document

    def operations(self) -> Iterator[tuple[str, Node]]:
        """The operations of the kinds that are emulated, as ``METHOD path``."""
        for path, item in self._document["paths"].items():
            if path.startswith(EMULATED):
                for method, operation in item.items():
                    yield f"{method.upper()} {path}", self.operation(operation)

    def operation(self, operation: Node) -> Node:
        """Parameters, body, answers and scopes."""
        node: Node = {
            "parameters": {
                f"{item['in']} {item['name']}": {"required": item.get("required"), **self.schema(item["schema"])}
                for item in operation.get("parameters", [])
            },
            "scopes": {
                scope: True for entry in operation.get("security", []) for name in entry for scope in entry[name]
            },
            "answers": {code: self.answer(answer) for code, answer in operation["responses"].items()},
        }
        if "requestBody" in operation:
            body = operation["requestBody"]
            node["body"] = {"required": body.get("required", False), **self.content(body)}
        return node

    def answer(self, answer: Node) -> Node:
        """The body and the headers of an answer."""
        headers = {name: self.schema(header["schema"]) for name, header in answer.get("headers", {}).items()}
        return {**self.content(answer), "headers": headers}

    def content(self, holder: Node) -> Node:
        """The JSON schema of a body, if there is one."""
        contents = holder.get("content", {})
        assert set(contents) <= {"application/json"}
        return {"schema": self.schema(contents["application/json"]["schema"])} if contents else {}

    def schema(self, schema: Any, inside: tuple[str, ...] = ()) -> Node:
        """A schema with its references resolved; a recursive one ends where it comes again."""
        node: Node = {}
        reference = schema.get("$ref")
        if reference is not None:
            name = reference.rpartition("/")[2]
            if name in inside:
                return {"recursive": True}
            node = self.schema(self._document["components"]["schemas"][name], (*inside, name))
        unknown = set(schema) - SILENT - KEPT - {"$ref", "properties", "required", "enum", "const", "items"}
        assert unknown <= {"anyOf", "oneOf", "additionalProperties", "propertyNames"}, unknown
        node |= {name: schema[name] for name in KEPT & set(schema)}
        if "properties" in schema:
            node["members"] = {name: self.schema(value, inside) for name, value in schema["properties"].items()}
        if "propertyNames" in schema:
            node["names"] = self.schema(schema["propertyNames"], inside)
        if "required" in schema:
            node["required"] = dict.fromkeys(schema["required"], True)
        values = schema.get("enum", [schema["const"]] if "const" in schema else [])
        if values:
            node["values"] = dict.fromkeys(values, True)
        if "items" in schema:
            node["items"] = self.schema(schema["items"], inside)
        others = schema.get("additionalProperties", True)
        if others is not True:
            node["others"] = others and self.schema(others, inside)
        choices = [self.schema(choice, inside) for choice in schema.get("anyOf", []) + schema.get("oneOf", [])]
        if choices:
            node["choices"] = {_label(choice): choice for choice in choices}
            assert len(node["choices"]) == len(choices)
        return node


def _label(choice: Node) -> str:
    """A name for one of several choices: the value of its tag, its required members, or its type."""
    for tag in ("type", "kind", "target_type"):
        values = choice.get("members", {}).get(tag, {}).get("values")
        if values:
            return ",".join(values)
    if "members" in choice:
        return ",".join(choice.get("required", ["object"]))
    return str(choice.get("format") or choice.get("type") or "any")


def compare(published: Any, emulated: Any, where: str) -> Iterator[str]:
    """The differences, each at the highest place where it shows: + only emulated, - only published, ~ not the same."""
    if isinstance(published, dict) and isinstance(emulated, dict):
        for name in published.keys() | emulated.keys():
            if name not in emulated:
                yield f"- {where}/{name}"
            elif name not in published:
                yield f"+ {where}/{name}"
            else:
                yield from compare(published[name], emulated[name], f"{where}/{name}")
    elif published != emulated:
        yield f"~ {where}: {published!r} -> {emulated!r}"


@pytest.fixture(scope="module")
def differences() -> list[str]:
    """All of them."""
    from emulator.app import create_api
    from emulator.core import Emulator

    published = dict(Reader(yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))).operations())
    emulated = dict(Reader(create_api(Emulator()).openapi()).operations())
    assert emulated.keys() - published.keys() == NOT_PUBLISHED
    assert published.keys() - emulated.keys() == MISSING
    found = [line for name in published.keys() - MISSING for line in compare(published[name], emulated[name], name)]
    return sorted(line.replace("//", "/ ", 1) for line in found)


def test_every_difference_has_a_reason(differences: list[str]) -> None:
    """What the emulator does otherwise, it does on purpose."""
    assert [line for line in differences if not any(fnmatchcase(line, pattern) for pattern in DIFFERENCES)] == []


def test_every_reason_has_a_difference(differences: list[str]) -> None:
    """No reason outlives what it explains."""
    assert [pattern for pattern in DIFFERENCES if not any(fnmatchcase(line, pattern) for line in differences)] == []
