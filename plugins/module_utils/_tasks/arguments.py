# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks the arguments of a task: they become options that fit the argument spec, or one OptionError.

Ansible's own validation accepts null as a value, turns a null item of a list into empty text, names options but not
items of lists in errors, and may end with a traceback if something else is in the place of a dictionary. Here, all of
this is checked first, and then Ansible's validators get one level at a time.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.validation import check_type_dict, check_type_list

from .._values.option_errors import OptionError, Problems
from .._values.secrets import with_aliases
from .._values.suggestions import not_a_choice, not_among
from .._values.texts import HALF
from .._values.types import OpenChoices

#: Rules of an argument spec that affect several options.
RULES = ("mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by")

NOUNS = {"bool": "a boolean; use true or false", "int": "an integer", "float": "a number"}
DEEPEST = 190  # levels of a value; answers, which contain it, may have 200
OMIT = "__omit_place_holder__"  # the start of the variable C(omit) as an item of a list, before ansible-core 2.19


def check_options(rule: dict[str, Any], value: Any, place: str = "") -> dict[str, Any]:
    """Return the options in C(value) that are set, at any depth, in the format that Ansible's validation accepts.

    C(rule) is the part of an argument spec for this dictionary: C(options) and their C(RULES). C(place) is the path to
    it, such as C(projects[0]). Raises OptionError with all problems and their paths.
    """
    spec = rule["options"]
    known = with_aliases(spec)
    problems = Problems()
    options: dict[str, Any] = {}
    outline: dict[str, Any] = {}  # for Ansible's validators, which copy it: without the content of nested options
    for option, inner in _dictionary(value, place).items():
        here = f"{place}.{option}" if place else option
        if option not in known:
            problems.add(OptionError(here, not_among("unknown option", option, spec, "valid options")))
        elif inner is not None:  # null means that it is not set
            with problems.collected():
                options[option] = _check_value(known[option], inner, here)
                nested = "options" in known[option] or known[option]["type"] == "dict"
                outline[option] = type(options[option])() if nested else options[option]
    _validate(rule, outline, place, problems)
    problems.raise_any()
    return options


def _check_value(rule: dict[str, Any], value: Any, place: str) -> Any:
    if rule["type"] == "list":
        return _check_list(rule, value, place)
    if rule["type"] == "dict":
        return check_options(rule, value, place) if "options" in rule else _whole(_dictionary(value, place), place)
    return _whole(value if rule["type"] == "raw" else _single(value, place), place)


def _check_list(rule: dict[str, Any], value: Any, place: str) -> list[Any]:
    """Check a list. Empty text is an empty list of texts, as in C(channels=) on a command line."""
    of_dictionaries = rule["elements"] == "dict"
    if value == "" and not of_dictionaries:
        return []
    value = _from_json(value, "[")
    if isinstance(value, (dict, bool)):
        raise OptionError(place, f"must be a list{' of dictionaries' if of_dictionaries else ''}, not {_shape(value)}")
    check_item = check_options if of_dictionaries else _check_item
    problems, items = Problems(), []
    for index, item in enumerate(check_type_list(value)):
        with problems.collected():
            items.append(check_item(rule, item, f"{place}[{index}]"))
    problems.raise_any()
    return items


def _check_item(rule: dict[str, Any], item: Any, place: str) -> Any:
    """Check one text in a list: null or empty text instead is an error, since it must not mean an empty list."""
    missing = "null" if item is None else "omit" if str(item).startswith(OMIT) else "" if str(item).strip() else "empty"
    if missing:
        allowed = f"one of {', '.join(rule['choices'])}" if "choices" in rule else "text"
        raise OptionError(place, f"is {missing}; an item must be {allowed}, and a list without items is []")
    return _whole(_single(item, place), place)


def _dictionary(value: Any, place: str) -> dict[str, Any]:
    """Check a dictionary, or parse it from text: JSON, or key=value as on a command line. It may contain secrets."""
    options = _from_json(value, "{")
    with suppress(Exception):  # before ansible-core 2.19, it raises many types, and may return something else
        options = check_type_dict(options)
    if not isinstance(options, dict):
        raise OptionError(place, f"must be a dictionary, not {_shape(value)}")
    return options


def _from_json(value: Any, start: str) -> Any:
    """Parse JSON text that begins with C(start), after whitespace and a byte order mark; return other values as is."""
    text = value.lstrip("\ufeff \t\r\n") if isinstance(value, str) else ""
    if text.startswith(start):
        with suppress(ValueError, RecursionError):
            return json.loads(text)
        return text
    return value


def _single(value: Any, place: str) -> Any:
    """Refuse a list or dictionary, which Ansible would convert to text in Python's notation."""
    if isinstance(value, (dict, list)):
        hint = "for a template that returns text in this form, use the filter string"  # before ansible-core 2.19
        raise OptionError(place, f"must be a single value, not {_shape(value)} ({hint})")
    return value


def _whole(value: Any, place: str) -> Any:
    """Raise OptionError for a value that the service could not return later: too deep, or not valid Unicode."""

    def check(inner: Any, where: str, level: int) -> None:
        if level > DEEPEST:
            raise OptionError(place, f"is nested more than {DEEPEST} levels deep")
        if isinstance(inner, dict):
            for key, each in inner.items():
                check(str(key), where, level)
                check(each, f"{where}.{key}", level + 1)
        elif isinstance(inner, list):
            for index, each in enumerate(inner):
                check(each, f"{where}[{index}]", level + 1)
        elif isinstance(inner, str) and HALF.search(inner):
            half = ascii(HALF.findall(inner)[0])
            raise OptionError(where, f"contains half of a surrogate pair, {half}, such as an emoji that was cut in two")

    check(value, place, 0)
    return value


def _json_problem(text: str) -> str:
    """Return the position of the error in text that begins like JSON; the text itself may be secret."""
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        try:
            json.loads(text)
        except json.JSONDecodeError as error:
            return f" (line {error.lineno}, column {error.colno}: {error.msg})"
        except RecursionError:
            return " (nested too deeply)"
    return ""


def _shape(value: Any) -> str:
    """Describe the type of a value without showing it."""
    if isinstance(value, str):
        # A timestamp that YAML has parsed is in Python's notation in the text of a template.
        hint = " (quote timestamps)" if "datetime." in value else _json_problem(value)
        return f"text that contains none in JSON or key=value format{hint}" if value.strip() else "empty text"
    names = {dict: "a dictionary", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    other = "null" if value is None else "another kind of value"
    return next((name for shape, name in names.items() if isinstance(value, shape)), other)


def _validate(rule: dict[str, Any], options: dict[str, Any], place: str, problems: Problems) -> None:
    """Run Ansible's validators on the options of one level; the rules for several options only if each is valid."""
    spec = {
        option: {key: each for key, each in setting.items() if key not in ("options", *RULES)}
        for option, setting in rule["options"].items()
    }
    problem = None if problems.errors else _problem(spec, options, {key: rule.get(key) for key in RULES})
    if problem is None and not problems.errors:
        return
    for option, value in options.items():
        wrong = _problem({option: spec[option]}, {option: value}, {}) if option in spec else None
        if wrong:
            problems.add(OptionError(f"{place}.{option}" if place else option, _reason(spec[option], value) or wrong))
    if problem is not None and not problems.errors:
        problems.add(OptionError(place, problem))


def _reason(rule: dict[str, Any], value: Any) -> str:
    """Return why a value is refused, shorter than Ansible does; empty if Ansible's message must be used."""
    choices = rule.get("choices", ())
    other = [each for each in (value if isinstance(value, list) else [value]) if each not in choices]
    if choices and other:
        return not_a_choice(other[0], choices)
    return f"{value!r} is not {NOUNS[rule['type']]}" if rule["type"] in NOUNS else ""


def _problem(spec: dict[str, Any], options: dict[str, Any], rules: dict[str, Any]) -> str | None:
    messages: list[str] = ArgumentSpecValidator(spec, **rules).validate(options).error_messages
    return messages[0] if messages else None


def accept_unknown_choices(spec: dict[str, Any]) -> dict[str, Any]:
    """Return an argument spec that accepts unknown values where the service may have more choices than this version.

    The object may already have that value; if not, the field's type refuses it.
    """
    return {
        option: {
            key: accept_unknown_choices(value) if key == "options" else value
            for key, value in rule.items()
            if not isinstance(value, OpenChoices)
        }
        for option, rule in spec.items()
    }
