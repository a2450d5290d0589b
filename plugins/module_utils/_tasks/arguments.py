# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nested options, validated by Ansible's own validators one level at a time, so that a mistake has a place.

Ansible itself names the options that lead to a mistake, but not which items of lists; it takes null for given; and
where a dictionary is something else, it may break off with a traceback, or show secrets that it did not get to collect.
"""

from __future__ import annotations

from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.validation import check_type_dict, check_type_list

from .._api.errors import OptionError

_RULES = ("mutually_exclusive", "required_one_of")


def check_nested(spec: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """Those of C(options) that have options of their own, without nulls at any depth. Raises OptionError.

    C(spec) is an argument spec.
    """
    return {
        option: _check_value(rule, options[option], option)
        for option, rule in spec.items()
        if "options" in rule and options.get(option) is not None
    }


def _check_value(rule: dict[str, Any], value: Any, place: str) -> Any:
    if rule["type"] == "dict":
        return _check_level(rule, value, place)
    try:
        items = check_type_list(value)
    except TypeError:
        raise OptionError(place, "must be a list of dictionaries") from None
    return [_check_level(rule, item, f"{place}[{index}]") for index, item in enumerate(items)]


def _check_level(rule: dict[str, Any], value: Any, place: str) -> dict[str, Any]:
    """The options of one dictionary; what is nested deeper is looked at first."""
    spec = rule["options"]
    try:
        options = check_type_dict(value)
    except TypeError:
        raise OptionError(place, "must be a dictionary") from None
    given: dict[str, Any] = {}  # to Ansible's validators, which copy all of it: of what is sound, only that it is there
    whole: dict[str, Any] = {}
    for option, inner in options.items():
        here = f"{place}.{option}"
        if option not in spec:
            raise OptionError(here, f"there is no such option; there are: {', '.join(sorted(spec))}")
        if inner is not None:
            nested = "options" in spec[option]
            whole[option] = _check_value(spec[option], inner, here) if nested else inner
            sound = nested or (spec[option]["type"] == "dict" and isinstance(inner, dict))
            given[option] = type(whole[option])() if sound else inner
    flat = {
        name: {key: setting for key, setting in each.items() if key not in ("options", *_RULES)}
        for name, each in spec.items()
    }
    problem = _problem(flat, given, {key: rule.get(key) for key in _RULES})
    if problem is None:
        return whole
    for option, inner in given.items():
        wrong = _problem({option: flat[option]}, {option: inner}, {})
        if wrong:
            raise OptionError(f"{place}.{option}", wrong)
    raise OptionError(place, problem)


def _problem(spec: dict[str, Any], options: dict[str, Any], rules: dict[str, Any]) -> str | None:
    messages: list[str] = ArgumentSpecValidator(spec, **rules).validate(options).error_messages
    return messages[0] if messages else None
