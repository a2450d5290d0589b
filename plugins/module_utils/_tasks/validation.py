# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds all problems of a description that can be found without the service, object by object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._engine.stack.description import parse_description
from .._kinds.kind import Kind
from .._kinds.kinds import CONTAINER, ORGANIZATION_KINDS, PROJECT_KINDS
from .._values.option_errors import OptionError, all_errors
from .._values.secrets import redact, secrets_of, unmistakable
from .arguments import check_options

Stack = dict[str, Any]


class Problem(NamedTuple):
    """A problem of the object at C(place), which is empty for a problem of the whole description."""

    place: str
    subject: str  # the name of the object in messages: alert 'Errors' of project 'shop'
    text: str


def find_problems(stack: Stack) -> list[Problem]:
    """Return all problems that the modules would report before they send a request. They contain no secrets."""
    problems: list[Problem] = []
    parsed = {
        kind.plural: list(_check_list(kind, stack[kind.plural], kind.plural, "", problems))
        for kind in ORGANIZATION_KINDS
        if stack.get(kind.plural) is not None
    }
    if not problems:
        try:
            parse_description(parsed)  # problems across objects: duplicate names
        except OptionError as error:
            problems += [Problem("", "", str(each)) for each in all_errors(error)]
    return problems


def _check_list(kind: Kind, items: Any, place: str, of: str, problems: list[Problem]) -> Iterator[Stack]:
    """Yield the options of valid items, and add problems of the others. C(of) is their project, for messages."""
    if not isinstance(items, list):
        problems.append(Problem(place.rpartition(".")[0], "", f"{kind.plural}: must be a list{of}"))
        return
    for index, item in enumerate(items):
        here = f"{place}[{index}]"
        own, lists = _split(item) if kind is CONTAINER and isinstance(item, dict) else (item, {})
        name = item.get(kind.key) or item.get("id") if isinstance(item, dict) else None
        subject = f"{kind.word} {repr(name) if name else f'number {index + 1}'}{of}"
        try:
            options = _check_item(kind, own)
        except OptionError as error:
            secrets = unmistakable(secrets_of(own, kind.argument_spec()))
            problems += [Problem(here, subject, redact(str(each), secrets)) for each in all_errors(error)]
            options = None
        contents = {
            inner.plural: list(_check_list(inner, value, f"{here}.{inner.plural}", f" of {subject}", problems))
            for inner, value in lists.items()
            if value is not None
        }
        if options is not None:
            yield {**options, **contents}


def _split(project: Stack) -> tuple[Stack, dict[Kind, Any]]:
    """Return the options of a project itself, and the lists of its objects."""
    lists = {kind.plural: kind for kind in PROJECT_KINDS}
    own = {option: value for option, value in project.items() if option not in lists}
    return own, {lists[option]: value for option, value in project.items() if option in lists}


def _check_item(kind: Kind, item: Any) -> Stack:
    """Return the options of an item, converted to their types. Raises OptionError, whose text may contain a secret."""
    spec = kind.argument_spec()
    validator = ArgumentSpecValidator(spec, **kind.rules)
    options: Stack = validator.validate(check_options({"options": spec, **kind.rules}, item)).validated_parameters
    kind.check_named(options)
    if options["state"] == "present":
        kind.check(kind.parse(options), None)
    return options
