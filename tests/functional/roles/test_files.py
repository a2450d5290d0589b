# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Descriptions as files: written, read, and compared byte by byte, in this process."""

import json
import os
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
import yaml
from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from hostile import SECRETS, SLUGS, TEXTS, name, organization, stacks, text, with_secrets
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plays import tree, umask

from ansible_collections.community.logfire.plugins.action.logfire_stack_files import ActionModule
from ansible_collections.community.logfire.plugins.lookup.logfire_stack_files import LookupModule
from ansible_collections.community.logfire.plugins.module_utils._kinds.files import render
from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import from_file_name, to_file_name
from ansible_collections.community.logfire.plugins.module_utils._values.yaml_text import to_yaml

Options = dict[str, Any]


def write(folder: Path, stack: Options, *, check: bool = False, **options: Any) -> Options:
    """Run the action plugin."""
    arguments = {"path": str(folder), "stack": stack, **options}
    task = SimpleNamespace(args=arguments, check_mode=check, diff=True, async_val=0, action="logfire_stack_files")
    context = {"connection": MagicMock(), "play_context": MagicMock(), "templar": None, "shared_loader_obj": None}
    result: Options = ActionModule(task=task, loader=DataLoader(), **context).run()
    return result


def read(folder: Path, **variables: Any) -> Options:
    """Run the lookup."""
    loader = DataLoader()
    (stack,) = LookupModule(loader=loader, templar=Templar(loader=loader, variables=variables)).run([str(folder)])
    return json.loads(json.dumps(stack))


def ordered(stack: Options) -> Options:
    """A description in the order of names of files."""
    projects = [
        {**project, "dashboards": sorted(project["dashboards"], key=lambda board: str(board["slug"]))}
        for project in sorted(stack["projects"], key=lambda project: str(project["name"]))
    ]
    return {**stack, "projects": projects}


def named(stack: Options) -> Options:
    """A description with the dashboards' names in their documents, as files have them."""
    for project in stack["projects"]:
        for board in project["dashboards"]:
            board["definition"]["metadata"] = {"name": board["name"]}
    return stack


class Tagged(yaml.CSafeLoader):
    """libyaml's loader, which knows the tag."""


class PythonTagged(yaml.SafeLoader):
    """PyYAML's own, which differs from libyaml in what it makes of rare characters."""


for loader in (Tagged, PythonTagged):
    loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def loads_back(value: Any) -> None:
    written = to_yaml(value)
    assert yaml.load(written, Tagged) == value, written
    assert yaml.load(written, PythonTagged) == value, written


@pytest.mark.parametrize("words", TEXTS)
def test_each_text_is_written_so_that_every_loader_reads_it(words: str) -> None:
    loads_back({"alerts": [{"name": words, "list": [words]}], "description": words})


@settings(max_examples=400, deadline=None)
@given(text, text)
def test_any_text_is_written_so_that_every_loader_reads_it(one: str, two: str) -> None:
    loads_back({"alerts": [{"name": one, "list": [one, two]}, {"name": two, "channels": []}], "description": one})


@settings(max_examples=60, deadline=None)
@given(stacks())
@example(organization())
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, stack: Options) -> None:
    folder = tmp_path_factory.mktemp("organization")
    assert write(folder, stack)["changed"]
    assert ordered(read(folder)) == ordered(named(stack))
    assert not write(folder, stack)["changed"]
    assert not write(folder, read(folder))["changed"]


@settings(max_examples=300, deadline=None)
@given(st.one_of(name, st.sampled_from(SLUGS)))
def test_any_slug_makes_a_name_of_a_file(slug: str) -> None:
    file_name = to_file_name(slug)
    assert from_file_name(file_name) == slug
    assert file_name.isascii() and file_name.isprintable() and not set(file_name) & set('/\\ :*?"<>|+')
    assert not file_name.startswith(".")


def test_files_look_like_this() -> None:
    stack = {
        "channels": [{"name": "ops", "active": True, "config": {"type": "email", "recipients": ["a@example.com"]}}],
        "projects": [
            {
                "name": "shop",
                "description": "Größe {{ x }}",
                "alerts": [
                    {"name": "Errors", "query": "SELECT 1\nFROM records\n", "time_window": "5m", "channels": []}
                ],
                "dashboards": [{"slug": "a/b", "name": "Über", "definition": {"spec": {}, "kind": "Dashboard"}}],
            }
        ],
    }
    assert render(stack, {}, {}) == {
        "channels.yml": """\
---
channels:
  - name: ops
    active: true
    config:
      type: email
      recipients:
        - a@example.com
""",
        "projects/.gitkeep": "",
        "projects/shop/project.yml": """\
---
name: shop
description: !unsafe 'Größe {{ x }}'
""",
        "projects/shop/alerts.yml": """\
---
alerts:
  - name: Errors
    query: |
      SELECT 1
      FROM records
    time_window: 5m
    channels: []
""",
        "projects/shop/dashboards/.gitkeep": "",
        "projects/shop/dashboards/a%2Fb.json": """\
{
  "kind": "Dashboard",
  "metadata": {
    "name": "Über"
  },
  "spec": {}
}
""",
    }


@pytest.mark.parametrize(
    ("words", "spelt"),
    [
        ("1e3", "'1e3'"),  # a number to YAML 1.2
        ("y", "'y'"),  # a truth value to YAML 1.1
        ("0o17", "'0o17'"),
        ("5m", "5m"),
        ("ls\u2028ls", '"ls\\Lls"'),  # the end of a line to YAML 1.1
        ("a\nps\u2029\n", '"a\\nps\\P\\n"'),
        ("long " * 100 + "end", "long " * 100 + "end"),
        ("{{ a }}\n", "!unsafe |\n  {{ a }}"),
    ],
)
def test_what_loaders_do_not_agree_on_is_spelt_out(words: str, spelt: str) -> None:
    assert to_yaml({"a": words}) == f"---\na: {spelt}\n"


def test_nothing_is_an_anchor() -> None:
    shared = {"type": "email", "recipients": ["a@example.com"]}
    assert "&" not in to_yaml({"channels": [{"name": "a", "config": shared}, {"name": "b", "config": shared}]})


def test_texts_of_ansible_are_texts(tmp_path: Path) -> None:
    class Text(str):
        """As Ansible's own, which has tags."""

    class Mapping(dict[Any, Any]):
        """As Ansible's own, which knows where it is from."""

    stack = {"channels": [{"name": "a", "config": {}}]}
    marked = Mapping({Text("channels"): [Mapping({"name": Text("a"), "config": Mapping()})]})
    assert write(tmp_path / "one", marked)["changed"] and write(tmp_path / "two", stack)["changed"]
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_file_that_cannot_be_replaced_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"channels": []})
    before = tree(tmp_path)

    def replace(_self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(_self), None, str(target))

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(AnsibleActionFail, match="channels.yml: Permission denied"):
        write(tmp_path, {"channels": [{"name": "a"}]})
    assert tree(tmp_path) == before


def test_a_file_is_written_beside_under_a_name_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that others cannot foresee, so that they cannot put a link there, and that they cannot read."""
    victim = tmp_path / "victim"
    victim.write_text("theirs")
    folder = tmp_path / "organization"
    folder.mkdir()
    (folder / f".{os.getpid()}.tmp").symlink_to(victim)
    seen: list[str] = []
    mkstemp, fchmod = tempfile.mkstemp, os.fchmod

    def make(*arguments: Any, **options: Any) -> tuple[int, str]:
        descriptor, name = mkstemp(*arguments, **options)
        seen.append(Path(name).name)
        return descriptor, name

    def change(descriptor: int, mode: int) -> None:
        assert os.fstat(descriptor).st_mode & 0o777 == 0o600
        fchmod(descriptor, mode)

    monkeypatch.setattr(tempfile, "mkstemp", make)
    monkeypatch.setattr(os, "fchmod", change)
    write(folder, {"channels": []})
    write(folder, {"channels": [{"name": "ops"}]})
    assert victim.read_text() == "theirs" and (folder / "channels.yml").read_text() == "---\nchannels:\n  - name: ops\n"
    assert len(set(seen)) == 2 and all(name.startswith(".") and name.endswith(".tmp") for name in seen)
    assert sorted(path.name for path in folder.iterdir()) == [f".{os.getpid()}.tmp", "channels.yml"]


def test_only_what_differs_is_written_and_only_files_of_the_layout_are_removed(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "organization"
    board = {"slug": "one", "name": "One", "definition": {"spec": {}}}
    shop = {"name": "shop", "alerts": [], "dashboards": [board, {**board, "slug": "two"}]}
    first = {"channels": [], "projects": [shop, {"name": "gone", "alerts": [], "dashboards": []}]}
    made = {
        "channels.yml",
        "projects/.gitkeep",
        "projects/gone/alerts.yml",
        "projects/gone/dashboards/.gitkeep",
        "projects/gone/project.yml",
    }
    made |= {f"projects/shop/{path}" for path in ("alerts.yml", "project.yml", "dashboards/.gitkeep")}
    made |= {"projects/shop/dashboards/one.json", "projects/shop/dashboards/two.json"}

    planned = write(folder, first, check=True)
    assert not folder.exists()
    result = write(folder, first)
    assert result == planned
    assert result["path"] == str(folder) and {file["path"] for file in result["files"]} == made == tree(folder).keys()
    assert (folder / "channels.yml").stat().st_mode & 0o777 == 0o666 & ~umask()

    own = ["README.md", "projects/shop/notes.txt", "projects/shop/dashboards/notes.md", "channels.yml.orig"]
    for path in own:
        (folder / path).write_text("mine")
    (folder / "channels.yml").chmod(0o640)
    kept = (folder / "projects/shop/alerts.yml").stat().st_mtime_ns
    second = {"channels": [{"name": "ops"}], "projects": [{**shop, "dashboards": [board]}]}
    before = tree(folder)
    planned = write(folder, second, check=True)
    assert tree(folder) == before
    result = write(folder, second)
    assert result == planned
    assert {(file["path"], file["action"]) for file in result["files"]} == {
        ("channels.yml", "update"),
        ("projects/shop/dashboards/two.json", "delete"),
        *((path, "delete") for path in made if "gone" in path),
    }
    assert [section["before_header"] for section in result["diff"]] == [file["path"] for file in result["files"]]
    assert result["diff"][0]["before"] == "---\nchannels: []\n"
    assert result["diff"][0]["after"] == "---\nchannels:\n  - name: ops\n"
    assert not (folder / "projects/gone").exists()
    assert (folder / "channels.yml").stat().st_mode & 0o777 == 0o640
    assert (folder / "projects/shop/alerts.yml").stat().st_mtime_ns == kept
    assert all((folder / path).read_text() == "mine" for path in own)
    assert not [path for path in tree(folder) if path.endswith(".tmp")]


def test_files_of_other_projects_can_be_kept(tmp_path: Path) -> None:
    projects = [{"name": project, "alerts": [], "dashboards": []} for project in ("shop", "web")]
    write(tmp_path, {"channels": [], "projects": projects})
    result = write(tmp_path, {"channels": [], "projects": [{"name": "shop", "alerts": []}]}, remove_projects=False)
    assert [file["path"] for file in result["files"]] == ["projects/shop/dashboards/.gitkeep"]
    result = write(tmp_path, {"channels": [], "projects": [{"name": "shop", "alerts": []}]})
    assert {file["path"].split("/")[1] for file in result["files"]} == {"web"}
    # No folder says nothing of projects; an empty one would say that there are none.
    write(tmp_path, {"channels": []})
    assert [path.name for path in tmp_path.iterdir()] == ["channels.yml"]


def test_secrets_are_not_written(tmp_path: Path) -> None:
    write(tmp_path, with_secrets(organization()))
    with_them = tree(tmp_path)
    write(tmp_path, organization())
    assert tree(tmp_path) == with_them
    values = [value for secret in SECRETS.values() for value in secret.values()]
    assert not [path for path, content in with_them.items() if any(value.encode() in content for value in values)]


@pytest.mark.parametrize(
    ("stack", "problem"),
    [
        ({"projects": [{"name": "a"}, {"name": "a"}]}, "projects/a/project.yml: two objects"),
        ({"projects": [{"description": "a"}]}, "not a description"),
        ({"channels": ["a"]}, "not a description"),
        ({"projects": [{"name": "\ud83d"}]}, "not a description"),
        ({"projects": [{"name": "a" * 300}]}, "File name too long"),
        (
            {"channels": [{"name": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}]},
            r"channels\[0\].name: the value is unknown: Ansible hid it",
        ),
        (
            {"projects": [{"name": "a", "x": {"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER": 1}}]},
            r"projects\[0\].x.VALUE_SPECIFIED_IN_NO_LOG_PARAMETER: the value is unknown",
        ),
    ],
)
def test_what_cannot_be_written_is_an_error(tmp_path: Path, stack: Options, problem: str) -> None:
    with pytest.raises(AnsibleActionFail, match=problem):
        write(tmp_path, stack)


def test_no_path_is_an_error() -> None:
    with pytest.raises(AnsibleActionFail, match="path: must not be empty"):
        write("", {"channels": []})


@pytest.mark.parametrize("check", [True, False])
def test_a_file_in_the_place_of_the_directory(tmp_path: Path, check: bool) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AnsibleActionFail, match=f"path: {tmp_path}/file is not a directory"):
        write(tmp_path / "file", {"channels": []}, check=check)


def test_files_written_by_hand_have_templates(tmp_path: Path) -> None:
    dashboards = tmp_path / "projects/shop/dashboards"
    dashboards.mkdir(parents=True)
    (tmp_path / "channels.yml").write_text("channels: '{{ from_elsewhere }}'\n")
    (tmp_path / "projects/shop/alerts.yml").write_text(
        "alerts:\n  - name: '{{ name }}'\n    query: !unsafe '{{ name }}'\n    channels: ['{{ name }}', a]\n"
    )
    (dashboards / "one.json").write_text('{"spec": {"a": "{{ name }}"}}')
    (dashboards / ".#one.json").write_text("an editor's")
    assert read(tmp_path, name="Errors", from_elsewhere=[{"name": "ops"}]) == {
        "channels": [{"name": "ops"}],
        "projects": [
            {
                "name": "shop",
                "alerts": [{"name": "Errors", "query": "{{ name }}", "channels": ["Errors", "a"]}],
                "dashboards": [{"slug": "one", "name": None, "definition": {"spec": {"a": "{{ name }}"}}}],
            }
        ],
    }


def test_what_is_not_there_is_not_described(tmp_path: Path) -> None:
    (tmp_path / "projects/shop").mkdir(parents=True)
    (tmp_path / "projects/web/dashboards").mkdir(parents=True)
    (tmp_path / "projects/web/project.yml").write_text("name: website\n")
    (tmp_path / "projects/README.md").write_text("mine")
    (tmp_path / "projects/.git").mkdir()
    assert read(tmp_path) == {"projects": [{"name": "shop"}, {"name": "website", "dashboards": []}]}


@pytest.mark.parametrize(
    ("path", "content", "problem"),
    [
        ("channels.yml", "- name: ops\n", "channels.yml: must contain a list called channels"),
        ("channels.yml", "channels:\n", "channels.yml: must contain a list called channels"),
        ("channels.yml", "channels: []\nalerts: []\n", "and nothing else"),
        ("channels.yml", "channels: [\n", "YAML"),
        ("projects/a/alerts.yml", "alerts: {}\n", "alerts.yml: must contain a list called alerts"),
        ("projects/a/project.yml", "- a\n", "project.yml: must contain the options"),
        ("projects/a/dashboards/b.json", "{", "b.json:1:2: is not JSON: Expecting property name"),
        ("projects/a/dashboards/b.json", "[]", "b.json: must contain a Perses document"),
        ("notes.txt", "", "neither a file channels.yml nor a folder projects"),
    ],
)
def test_a_file_that_holds_something_else_is_an_error(tmp_path: Path, path: str, content: str, problem: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(content)
    with pytest.raises(AnsibleError, match=problem):
        read(tmp_path)
