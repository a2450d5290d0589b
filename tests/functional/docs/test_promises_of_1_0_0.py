# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks that were written for release 1.0.0 still work: no option and no result that it documents has changed.

``release_1_0_0.json`` was made from that release by :func:`promises` below.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argument_specs import spec_of
from module_docs import CLIENTS, MODULES, Json

RELEASE: dict[str, Json] = json.loads((Path(__file__).parent / "release_1_0_0.json").read_text())
RULES = ("type", "elements", "required", "default", "choices", "aliases")


def promises(options: Json, returns: Json) -> Json:
    """What the documentation of a module promises of each option and each member of its result, by their paths."""
    return {
        "options": dict(_flat(options, "suboptions", RULES)),
        "returns": dict(_flat(returns, "contains", ("type",))),
    }


def _flat(items: Json, inner: str, rules: tuple[str, ...], above: str = "") -> Iterator[tuple[str, Json]]:
    for name, item in items.items():
        yield f"{above}{name}", {rule: item[rule] for rule in rules if rule in item}
        yield from _flat(item.get(inner) or {}, inner, rules, f"{above}{name}.")


def kept(then: Any, now: Any, rule: str) -> bool:
    """Whether a rule still holds: choices and aliases may be added, and what was required may be left out."""
    if rule == "required":
        return bool(then or not now)
    return set(then) <= set(now or ()) if rule in ("choices", "aliases") else bool(then == now)


@pytest.mark.parametrize("name", RELEASE)
def test_what_was_promised_holds(name: str) -> None:
    docs = MODULES[name]
    now = promises(docs.options, docs.returns)
    for part in ("options", "returns"):
        for path, rules in RELEASE[name][part].items():
            assert path in now[part], f"{part}: {path} is gone"
            for rule, value in rules.items():
                assert kept(value, now[part][path].get(rule), rule), f"{part}: {path}: {rule} was {value}"


@pytest.mark.parametrize("name", RELEASE)
def test_no_option_became_required(name: str) -> None:
    then = RELEASE[name]["options"]
    required = {path for path, rules in promises(MODULES[name].options, {})["options"].items() if rules.get("required")}
    assert {path for path in required if path in then} <= {path for path in then if then[path].get("required")}
    assert [path for path in required if path not in then and path.rpartition(".")[0] in then] == []


@pytest.mark.parametrize("name", sorted(set(CLIENTS) & RELEASE.keys()))
def test_the_argument_spec_has_what_was_documented(name: str) -> None:
    spec = spec_of(name)
    for path in RELEASE[name]["options"]:
        level = spec
        for option in path.split("."):
            assert option in level, path
            level = level[option].get("options", {})
