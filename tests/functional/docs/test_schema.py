# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schemas for editors: up to date, true of our own files, and against what the modules refuse."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import jsonschema
import pytest
import yaml
from guides import blocks

from ansible_collections.community.logfire.plugins.module_utils._kinds.channel import MEMBERS
from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import (
    DASHBOARDS,
    PROJECT_LISTS,
    QUERIES,
    TOP_LISTS,
    part_of,
)
from playbooks import COLLECTION

SCHEMAS = {path.stem: json.loads(path.read_text()) for path in (COLLECTION / "docs/schema").glob("*.json")}
SINGULAR = {DASHBOARDS: "dashboard"}


def load_script() -> Any:
    spec = importlib.util.spec_from_file_location("schema", COLLECTION / "scripts/schema.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Loader(yaml.SafeLoader):
    """Knows Ansible's tags."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: node.value)


def problems(name: str, text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(SCHEMAS[name])
    return [error.message for error in validator.iter_errors(yaml.load(text, Loader))]


def files() -> Iterator[tuple[str, str, str]]:
    """The files of descriptions in the examples and in the guide: where it is, the schema, and the text."""
    for path in sorted((COLLECTION / "examples").rglob("*")):
        for folder in path.relative_to(COLLECTION / "examples").parents:
            place = PurePosixPath(path.relative_to(COLLECTION / "examples" / folder))
            part = part_of(place, False) if path.is_file() else None
            if part and (COLLECTION / "examples" / folder / "projects").is_dir():
                yield str(path.relative_to(COLLECTION)), SINGULAR.get(part.what, part.what), path.read_text()
    for block in blocks("configuration_as_code"):
        place = PurePosixPath(*PurePosixPath(block.file).parts[1:]) if block.file else None
        part = part_of(place, False) if place and place.parts else None
        if part:
            yield str(block), SINGULAR.get(part.what, part.what), block.text


FILES = list(files())


def test_the_schemas_are_up_to_date() -> None:
    """Run scripts/schema.py if they are not."""
    found = {path.name: path.read_text() for path in (COLLECTION / "docs/schema").glob("*.json")}
    assert found == load_script().texts()


def test_each_file_has_a_schema() -> None:
    assert SCHEMAS.keys() == {*TOP_LISTS, *PROJECT_LISTS, "project", "dashboard", "secrets"}
    for option, queries in QUERIES.items():
        own = SCHEMAS[option]["definitions"]["item"]["properties"] if option in SCHEMAS else {}
        assert {name.removesuffix("_file") for name in own if name.endswith("query_file")} == set(queries)
    assert set(load_script().SECRETS) == {member for member, of in MEMBERS.items() if of.secret}
    for schema in SCHEMAS.values():
        jsonschema.Draft7Validator.check_schema(schema)


@pytest.mark.parametrize(("place", "name", "text"), FILES, ids=[place for place, _name, _text in FILES])
def test_our_own_files_follow_them(place: str, name: str, text: str) -> None:
    assert problems(name, text) == []


def test_there_are_files() -> None:
    assert {"channels", "project", "alerts", "dashboard"} <= {name for _place, name, _text in FILES}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("alerts", "alerts:\n  - name: a\n    querry: b\n"),
        ("alerts", "alerts: {}\n"),
        ("alerts", "alerts: []\nname: a\n"),
        ("alerts", "nam: a\n"),
        ("alerts", "name: a\nnotify_when: never\n"),
        ("alerts", "name: a\nactive: 'on fire'\n"),
        ("alerts", "name: a\nquery: a\nquery_file: b\n"),
        ("alerts", "name: a\nchannels: {a: b}\n"),
        ("channels", "channels:\n  - name: a\n    config: {type: webhook, ulr: a}\n"),
        ("channels", "channels:\n  - name: a\n    config: {format: auto}\n"),
        ("project", "alerts:\n  - naem: a\n"),
        ("slos", "slos:\n  - name: a\n    alerts: {quick: {}}\n"),
        ("dashboard", "metadata: {name: a}\n"),
        ("secrets", "stack_channel_secrets: {ops: {uri: a}}\n"),
    ],
)
def test_mistakes_are_marked(name: str, text: str) -> None:
    assert problems(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("alerts", "name: a\nactive: '{{ b }}'\nnotify_when: '{{ b }}'\nchannels: '{{ b }}'\ntime_window: 300\n"),
        ("alerts", "name: a\nquery: !unsafe '{{ b }}'\n"),
        ("channels", "name: a\nconfig: {type: email, recipients: ['{{ b }}']}\n"),
        ("project", "name: a\nalerts: []\ndashboards: []\n"),
        ("slos", "name: a\nalerts: {fast: {channels: [ops]}}\ntotal_query_file: a.sql\n"),
        ("secrets", "other: a\nstack_channel_secrets: {ops: {url: a}}\n"),
    ],
)
def test_what_is_right_is_not_marked(name: str, text: str) -> None:
    assert problems(name, text) == []
