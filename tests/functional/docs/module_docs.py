# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation in the files of modules, and its comparison with results."""

import ast
from pathlib import Path
from typing import Any

import yaml

from playbooks import COLLECTION

Json = dict[str, Any]

PREFIX = "community.logfire."
TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "dict": (dict,),
    "list": (list,),
    "raw": (object,),
}
#: Members that Ansible adds to results.
ANSIBLES_OWN = {"changed", "failed", "invocation", "warnings", "deprecations", "msg", "exception"}


class ModuleDocs:
    """DOCUMENTATION, EXAMPLES and RETURN of a module."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        blocks = _blocks(path)
        self.documentation: Json = yaml.safe_load(blocks["DOCUMENTATION"])
        self.examples: list[Json] = yaml.safe_load(blocks["EXAMPLES"])
        self.returns: Json = yaml.safe_load(blocks["RETURN"])
        self.options: Json = dict(self.documentation["options"])
        for fragment in self.documentation.get("extends_documentation_fragment", []):
            name, _dot, block = fragment.removeprefix(PREFIX).partition(".")
            text = _blocks(COLLECTION / f"plugins/doc_fragments/{name}.py")[block.upper() or "DOCUMENTATION"]
            self.options.update(yaml.safe_load(text).get("options", {}))


def _blocks(path: Path) -> dict[str, str]:
    """Return the strings that a file assigns to names, also in classes."""
    return {
        name.id: text
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for name, value in [(node.targets[0], node.value)]
        if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(text := value.value, str)
    }


MODULES = {path.stem: ModuleDocs(path) for path in sorted((COLLECTION / "plugins/modules").glob("logfire_*.py"))}
#: Modules that call the API.
CLIENTS = [name for name, docs in MODULES.items() if "api_token" in docs.options]


def differences(returns: Json, result: Json, *, nothing_removed: bool = False) -> list[str]:
    """Return the differences between a result in diff mode and RETURN."""
    own = {key: value for key, value in result.items() if key not in ANSIBLES_OWN and not key.startswith("_ansible_")}
    failed = bool(result.get("failed"))

    def promised(documented: Json) -> bool:
        returned = str(documented.get("returned", "always"))
        if returned.startswith("success"):
            return not failed and not (nothing_removed and "unless" in returned)
        return returned == "always" or (returned == "in diff mode" and not failed)

    return list(_compare(returns, own, "", promised))


def _compare(documented: Json, values: Json, place: str, promised: Any) -> Any:
    for key in values.keys() - documented.keys():
        yield f"{place}{key} is not documented"
    for key, about in documented.items():
        if key in values:
            yield from _compare_value(about, values[key], f"{place}{key}", promised)
        elif promised(about):
            yield f"{place}{key} is missing"


def _compare_value(about: Json, value: Any, place: str, promised: Any) -> Any:
    if value is None:
        if "V(null)" not in str(about["description"]):
            yield f"{place} is null, which its description does not say"
    elif not _is(about["type"], value):
        yield f"{place} is {value!r}, which is no {about['type']}"
    elif "contains" in about:
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            where = f"{place}[{index}]." if isinstance(value, list) else f"{place}."
            if isinstance(item, dict):
                yield from _compare(about["contains"], item, where, promised)
            else:
                yield f"{where} is {item!r}, which is no dict"
    elif isinstance(value, list) and not all(_is(about["elements"], item) for item in value):
        yield f"{place} is {value!r}, not all of {about['elements']}"


def _is(wanted: str, value: Any) -> bool:
    return isinstance(value, TYPES[wanted]) and (wanted in ("bool", "raw") or not isinstance(value, bool))


def bad_samples(returns: Json, place: str = "") -> list[str]:
    """Return the samples that are missing, or whose type is not the documented one."""
    bad = []
    for key, about in returns.items():
        if "contains" in about:
            bad += bad_samples(about["contains"], f"{place}{key}.")
        elif list(_compare_value(about, about.get("sample"), key, lambda _about: True)) or about.get("sample") is None:
            bad.append(f"{place}{key}")
    return bad
