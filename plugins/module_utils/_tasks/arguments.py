# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The front door: a task's arguments as they arrive become options as the argument spec wants them, or one OptionError.

Ansible's own validation takes null for given, turns a null item of a list into empty text, names the options that lead
to a mistake but not the items of lists, and may break off with a traceback where a dictionary is something else. Here
its validators see one level at a time, after all of that has been looked at.
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

#: What an argument spec may say of several options together.
RULES = ("mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by")

NOUNS = {"bool": "a boolean; use true or false", "int": "an integer", "float": "a number"}
DEEPEST = 190  # levels of a value; an answer of the service that repeats it may have 200
OMIT = "__omit_place_holder__"  # what the variable C(omit) is as an item of a list, before ansible-core 2.19


def check_options(rule: dict[str, Any], value: Any, place: str = "") -> dict[str, Any]:
    """The options that C(value) holds, at any depth: those that are set, in the shape that Ansible's validation takes.

    C(rule) is what an argument spec says of a dictionary: C(options), and C(RULES) about them; C(place) is the path to
    it, such as C(projects[0]). Raises OptionError for all that is wrong, with the paths to it.
    """
    spec = rule["options"]
    known = with_aliases(spec)
    problems = Problems()
    options: dict[str, Any] = {}
    outline: dict[str, Any] = {}  # for Ansible's validators, which copy all of it: of what is nested, that it is there
    for option, inner in _dictionary(value, place).items():
        here = f"{place}.{option}" if place else option
        if option not in known:
            problems.add(OptionError(here, not_among("unknown option", option, spec, "valid options")))
        elif inner is not None:  # null is not set
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
    """The items of a list. Empty text is an empty list of texts, as in C(channels=) on a command line."""
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
    """One text of a list: an empty variable in its place is a mistake, and must not look like an empty list."""
    missing = "null" if item is None else "omit" if str(item).startswith(OMIT) else "" if str(item).strip() else "empty"
    if missing:
        allowed = f"one of {', '.join(rule['choices'])}" if "choices" in rule else "text"
        raise OptionError(place, f"is {missing}; an item must be {allowed}, and a list without items is []")
    return _whole(_single(item, place), place)


def _dictionary(value: Any, place: str) -> dict[str, Any]:
    """A dictionary, or one in text: JSON, or what Ansible takes on a command line. Its content may be secret."""
    options = _from_json(value, "{")
    with suppress(Exception):  # before ansible-core 2.19 it raises many kinds, and returns what is no dictionary
        options = check_type_dict(options)
    if not isinstance(options, dict):
        raise OptionError(place, f"must be a dictionary, not {_shape(value)}")
    return options


def _from_json(value: Any, start: str) -> Any:
    """The value of JSON text that starts like this, after blanks and the byte order mark of a file; others stay."""
    text = value.lstrip("\ufeff \t\r\n") if isinstance(value, str) else ""
    if text.startswith(start):
        with suppress(ValueError, RecursionError):
            return json.loads(text)
        return text
    return value


def _single(value: Any, place: str) -> Any:
    """A value that is no list or dictionary, which Ansible would turn into text in Python's notation."""
    if isinstance(value, (dict, list)):
        hint = "for text of a template that looks like one, use the filter string"  # before ansible-core 2.19
        raise OptionError(place, f"must be a single value, not {_shape(value)} ({hint})")
    return value


def _whole(value: Any, place: str) -> Any:
    """A value that the service can keep and answer. Raises OptionError, since it would not be able to read it again."""

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
            raise OptionError(where, f"holds half of a character, {half}, such as an emoji that was cut in two")

    check(value, place, 0)
    return value


def _json_problem(text: str) -> str:
    """Where text that begins like JSON is none; the text itself may be secret."""
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        try:
            json.loads(text)
        except json.JSONDecodeError as error:
            return f" (line {error.lineno}, column {error.colno}: {error.msg})"
        except RecursionError:
            return " (nested too deeply)"
    return ""


def _shape(value: Any) -> str:
    """What a value is, without showing it."""
    if isinstance(value, str):
        # A time stamp that YAML has read stands in the text of a template as Python writes it.
        hint = " (quote time stamps)" if "datetime." in value else _json_problem(value)
        return f"text that holds none as JSON or key=value{hint}" if value.strip() else "empty text"
    names = {dict: "a dictionary", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    other = "null" if value is None else "another kind of value"
    return next((name for shape, name in names.items() if isinstance(value, shape)), other)


def _validate(rule: dict[str, Any], options: dict[str, Any], place: str, problems: Problems) -> None:
    """Let Ansible's validators look at the options of one level. They look at them together only if each is good."""
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
    """Why a value is refused, in words that are shorter than Ansible's; empty where these are needed."""
    choices = rule.get("choices", ())
    other = [each for each in (value if isinstance(value, list) else [value]) if each not in choices]
    if choices and other:
        return not_a_choice(other[0], choices)
    return f"{value!r} is not {NOUNS[rule['type']]}" if rule["type"] in NOUNS else ""


def _problem(spec: dict[str, Any], options: dict[str, Any], rules: dict[str, Any]) -> str | None:
    messages: list[str] = ArgumentSpecValidator(spec, **rules).validate(options).error_messages
    return messages[0] if messages else None


def accept_unknown_choices(spec: dict[str, Any]) -> dict[str, Any]:
    """An argument spec in which a choice that the service may know, and this version does not, is no mistake yet.

    The object may have that value; when it does not, the field's type refuses it.
    """
    return {
        option: {
            key: accept_unknown_choices(value) if key == "options" else value
            for key, value in rule.items()
            if not isinstance(value, OpenChoices)
        }
        for option, rule in spec.items()
    }
