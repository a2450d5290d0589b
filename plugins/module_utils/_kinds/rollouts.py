# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The labels of a variable with their values, and the rollouts, which weigh the labels."""

from __future__ import annotations

import json
from typing import Any, TypedDict

from .._api.client import Wire
from .._api.errors import unexpected
from .._values import diff
from .._values.checks import text
from .._values.json_values import Json, plain_json
from .._values.option_errors import OptionError
from .._values.suggestions import not_among

LONGEST_LABEL = 200
RESERVED = ("latest", "code_default")  # references of labels that are not names of other labels
TOLERANCE = 1e-9  # for rounding errors in a sum of fractions

#: The member of each kind of condition besides the attribute. The service may support more kinds.
CONDITIONS = {
    **dict.fromkeys(("value-equals", "value-does-not-equal"), "value"),
    **dict.fromkeys(("value-is-in", "value-is-not-in"), "values"),
    **dict.fromkeys(("value-matches-regex", "value-does-not-match-regex"), "pattern"),
    **dict.fromkeys(("key-is-present", "key-is-not-present"), ""),
}


class Label(TypedDict, total=False):
    """What a label stands for: one of a value and the name of another label."""

    value: Any
    ref: str


class Override(TypedDict, total=False):
    """A rollout for those who meet all conditions. C(name) and C(description) can be written, but not read."""

    name: str
    description: str
    conditions: list[Wire]
    rollout: dict[str, float]


class Labels(Json):
    """All labels, each C({value}) or C({ref}). C(ref) is the name of another label, C(latest) or C(code_default)."""

    def parse(self, option: dict[Any, Any]) -> Any:
        labels = {str(name): target for name, target in option.items()}
        for name, target in labels.items():
            if not isinstance(target, dict) or len(target) != 1 or not target.keys() <= {"value", "ref"}:
                raise OptionError(name, "must be a dictionary with one of value and ref")
            if "ref" in target and not (isinstance(target["ref"], str) and target["ref"]):
                raise OptionError(f"{name}.ref", f"must be the name of a label, {' or '.join(RESERVED)}")
        return plain_json(labels)

    def check(self, value: dict[str, Label], stored: Any = None) -> None:
        for name in value:
            if name not in (stored or {}) and (name in RESERVED or not 1 <= len(name) <= LONGEST_LABEL):
                raise ValueError(
                    f"{name!r} is not a valid label name: use 1 to {LONGEST_LABEL} characters; reserved names are"
                    f" {', '.join(RESERVED)}"
                )
            seen = [name]
            while (ref := value[seen[-1]].get("ref")) not in (None, *RESERVED):
                if ref not in value:
                    raise OptionError(
                        f"{seen[-1]}.ref", not_among(f"there is no label {ref!r}", ref, value, "existing labels")
                    )
                if ref in seen:
                    raise OptionError(f"{name}.ref", f"is a circular reference: {' -> '.join([*seen, ref])}")
                seen.append(ref)

    def decode(self, wire: Any) -> Any:
        """Convert the labels of an answer, each C({version, serialized_value}) or C({ref, version})."""
        return {
            name: {"ref": text(each["ref"])} if "ref" in each else {"value": json.loads(each["serialized_value"])}
            for name, each in (wire or {}).items()
        }

    def encode(self, value: dict[str, Label]) -> Any:
        return {name: _target(each) for name, each in value.items()}


def _target(label: Label) -> Wire:
    """Return the value or reference of a label in the form of requests."""
    if "value" in label:
        return {"target_type": "version", "serialized_value": json.dumps(label["value"], ensure_ascii=False)}
    if label["ref"] in RESERVED:
        return {"target_type": label["ref"]}
    return {"target_type": "label", "target_label": label["ref"]}


class Rollout(Json):
    """The weight of each label; the rest up to 1 is the share of the default in the code."""

    def parse(self, option: dict[Any, Any]) -> Any:
        weights = {}
        for label, weight in option.items():
            try:
                weights[str(label)] = float("" if isinstance(weight, bool) else weight)
            except (TypeError, ValueError):
                raise OptionError(str(label), f"{weight!r} is not a number from 0 to 1") from None
            if not 0 <= weights[str(label)] <= 1:
                raise OptionError(str(label), f"{weight!r} is out of range; a weight must be from 0 to 1")
        if sum(weights.values()) > 1 + TOLERANCE:
            raise ValueError(f"the weights add up to {sum(weights.values()):g}; the maximum is 1")
        return weights

    def decode(self, wire: Any) -> Any:
        return dict((wire or {}).get("labels") or {})

    def encode(self, value: dict[str, float]) -> Any:
        return {"labels": value}


class Overrides(Json):
    """Rollouts under conditions, of which the first match is used. The API does not return their names."""

    spec = {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str"},
            "description": {"type": "str"},
            "conditions": {
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": {
                    "kind": {"type": "str", "required": True},
                    "attribute": {"type": "str", "required": True},
                    "value": {"type": "raw"},
                    "values": {"type": "raw"},
                    "pattern": {"type": "str"},
                },
                "mutually_exclusive": [["value", "values", "pattern"]],
            },
            "rollout": {"type": "dict", "required": True},
        },
    }

    def parse(self, option: list[dict[str, Any]]) -> Any:
        overrides = []
        for index, override in enumerate(option):
            given = {member: value for member, value in override.items() if value is not None}
            try:
                given["rollout"] = Rollout().parse(override["rollout"])
                given["conditions"] = [_condition(condition) for condition in override["conditions"]]
            except ValueError as error:
                raise ValueError(f"item {index}: {error}") from None
            overrides.append(given)
        return plain_json(overrides)

    def same(self, left: Any, right: Any) -> bool:
        return diff.same(self.show(left), self.show(right))

    def decode(self, wire: Any) -> Any:
        return [
            {"conditions": each["conditions"], "rollout": Rollout().decode(each["rollout"])} for each in (wire or [])
        ]

    def encode(self, value: list[Override]) -> Any:
        return [{**each, "rollout": Rollout().encode(each["rollout"])} for each in value]

    def show(self, value: list[Override]) -> Any:
        """Return the parts that the API returns, too."""
        return [{"conditions": each["conditions"], "rollout": each["rollout"]} for each in value]


def _condition(option: dict[str, Any]) -> Wire:
    """Return a condition with the members of its kind. Raises ValueError for missing or superfluous members."""
    given = {member: value for member, value in option.items() if value is not None}
    kind = given["kind"]
    if kind not in CONDITIONS:
        return given
    needed = CONDITIONS[kind]
    if needed == "value":
        given.setdefault("value", None)
    if needed and (needed not in given or (needed == "values" and not isinstance(given["values"], list))):
        raise ValueError(f"a condition {kind} requires {needed}" + (", a list" if needed == "values" else ""))
    if given.keys() - {"kind", "attribute", needed}:
        raise ValueError(f"a condition {kind} has {needed or 'nothing'} besides kind and attribute")
    return given


def check_labels(changes: dict[str, Any], old: dict[str, Any]) -> None:
    """Raise OptionError if a change makes rollouts refer to labels that do not exist."""
    new = {**old, **changes}
    for option, overrides in (("rollout", [{"rollout": new["rollout"]}]), ("overrides", new["overrides"])):
        for label in (label for override in overrides for label in override["rollout"]):
            if label not in new["labels"] and (option in changes or label in old["labels"]):
                problem = f"there is no label {label!r}"
                labels = new["labels"]
                raise OptionError(
                    option,
                    not_among(problem, label, labels, "existing labels") if labels else f"{problem}; none are defined",
                )


def as_read(definition: Wire, method: str, path: str) -> Wire:
    """Convert the answer to a write to the format of answers to reads."""
    try:
        labels = {name: _label(label) for name, label in (definition.get("labels") or {}).items()}
    except (AttributeError, LookupError, TypeError):
        raise unexpected("the answer has labels in an unexpected format", method, path) from None
    return {**definition, "id": definition.get("name"), "labels": labels}


def _label(label: Wire) -> Wire:
    if label["target_type"] == "version":
        return {"version": label["version_number"], "serialized_value": label["serialized_value"]}
    return {"ref": label["target_label"] if label["target_type"] == "label" else label["target_type"]}
