# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which files of a directory are a description, which are refused, and which are left alone; in this process."""

import json
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleError
from plays import tree
from test_files import read, write

Options = dict[str, Any]

ALERTS = "alerts:\n  - name: Errors\n"
DOCUMENT = {"kind": "Dashboard", "metadata": {"name": "One"}, "spec": {"text": "{{ a }}"}}
YAML_DOCUMENT = "kind: Dashboard\nmetadata:\n  name: One\nspec:\n  text: '{{ a }}'\n"


def make(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


@pytest.mark.parametrize("suffix", [".yml", ".yaml"])
def test_yaml_files_end_in_either_way(tmp_path: Path, suffix: str) -> None:
    make(
        tmp_path,
        {
            f"channels{suffix}": "channels:\n  - name: ops\n",
            f"projects/shop/project{suffix}": "description: '{{ a }}'\n",
            f"projects/shop/alerts{suffix}": ALERTS,
            f"projects/shop/dashboards/a%2Fb{suffix}": YAML_DOCUMENT,
            "projects/shop/dashboards/two.json": json.dumps(DOCUMENT),
        },
    )
    boards = [{"slug": slug, "name": "One", "definition": DOCUMENT} for slug in ("a/b", "two")]
    assert read(tmp_path, a="The shop") == {
        "channels": [{"name": "ops"}],
        "projects": [{"name": "shop", "description": "The shop", "alerts": [{"name": "Errors"}], "dashboards": boards}],
    }


@pytest.mark.parametrize(
    "path",
    [
        "channels.yml",
        "channels.json",
        "projects/shop/alerts.yml",
        "projects/shop/project.yml",
        "projects/shop/dashboards/one.json",
        "projects/shop/dashboards/one.yaml",
    ],
)
def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path, path: str) -> None:
    if path == "channels.json":  # JSON is YAML, and the only YAML in which the mark did harm
        path, text = "channels.yml", '{"channels": []}'
    else:
        text = {"json": json.dumps(DOCUMENT), "yaml": YAML_DOCUMENT}.get(path.rpartition(".")[2], "name: shop\n")
        text = {"channels.yml": "channels: []\n", "alerts.yml": "alerts: []\n"}.get(path.rpartition("/")[2], text)
    make(tmp_path, {path: text})
    expected = read(tmp_path)
    (tmp_path / path).write_text(text, encoding="utf-8-sig")
    assert read(tmp_path) == expected


#: Where something is that looks as if it described an object, and what is proposed.
MISPLACED = {
    "channel.yml": "channels.yml",
    "chanels.yml": "channels.yml",
    "Channels.yml": "channels.yml",
    "channels.YML": "channels.yml",
    "channels.json": "channels.yml",
    "channels": "channels.yml",
    "channels/team/ops.yml": "channels/ops.yml",
    "channels/ops.json": "channels/ops.yml",
    "channels.yml/ops.yml": "channels.yml",
    "project/shop/alerts.yml": "projects/",
    "Projects/shop/alerts.yml": "projects/",
    "projects.yml": "projects/NAME/project.yml",
    "project.yml": "projects/NAME/project.yml",
    "alerts.yml": "projects/NAME/alerts.yml",
    "dashboards/one.json": "projects/NAME/dashboards/",
    "projects/web.yml": "projects/web/project.yml",
    "projects/alerts.yml": "projects/NAME/alerts.yml",
    "projects/shop/alert.yml": "projects/shop/alerts.yml",
    "projects/shop/alert": "projects/shop/alerts.yml",
    "projects/shop/Alerts.yaml": "projects/shop/alerts.yml",
    "projects/shop/alerts.json": "projects/shop/alerts.yml",
    "projects/shop/alerts/errors.json": "projects/shop/alerts/errors.yml",
    "projects/shop/alerts/team/errors.yml": "projects/shop/alerts/errors.yml",
    "projects/shop/alert/errors.yml": "projects/shop/alerts.yml",
    "projects/shop/projects.yml": "projects/shop/project.yml",
    "slos.yml": "projects/NAME/slos.yml",
    "projects/shop/channels.yml": "channels.yml",
    "projects/shop/dashboard/one.json": "projects/shop/dashboards/",
    "projects/shop/dashbaords/one.json": "projects/shop/dashboards/",
    "projects/shop/dashboards": "projects/shop/dashboards/",
    "projects/shop/one.json": "projects/shop/dashboards/one.json",
    "projects/shop/boards/one.json": "projects/shop/dashboards/one.json",
    "projects/shop/dashboards/one.JSON": "projects/shop/dashboards/one.json",
    "projects/shop/dashboards/one.Yaml": "projects/shop/dashboards/one.yaml",
    "projects/shop/dashboards/team/one.yaml": "projects/shop/dashboards/one.yaml",
    "projects/shop/dashboards/team/deep/one.json": "projects/shop/dashboards/one.json",
}


@pytest.mark.parametrize("path", MISPLACED)
def test_what_is_misplaced_is_refused(tmp_path: Path, path: str) -> None:
    make(tmp_path, {"projects/shop/.gitkeep": "", path: "{}"})
    with pytest.raises(AnsibleError) as error:
        read(tmp_path)
    assert f"did you mean {MISPLACED[path]}?" in str(error.value)
    assert str(error.value).count("is not read") == 1


def test_all_that_is_misplaced_is_told_at_once(tmp_path: Path) -> None:
    make(tmp_path, {"channel.yml": "", "projects/shop/alert.yml": "", "projects/shop/alerts.yml": ALERTS})
    with pytest.raises(AnsibleError) as error:
        read(tmp_path)
    assert f"{tmp_path}/channel.yml is not read; did you mean channels.yml?" in str(error.value)
    assert f"{tmp_path}/projects/shop/alert.yml is not read; did you mean projects/shop/alerts.yml?" in str(error.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("channels.yaml", "channels.yml"),
        ("projects/shop/alerts.yaml", "projects/shop/alerts.yml"),
        ("projects/shop/project.yaml", "projects/shop/project.yml"),
        ("projects/shop/dashboards/one.json", "projects/shop/dashboards/one.yaml"),
        ("projects/shop/dashboards/a%2Fb.json", "projects/shop/dashboards/a%2fb.json"),
        ("projects/%73hop/alerts.yml", "projects/shop/project.yml"),
    ],
)
def test_two_files_of_one_object_are_refused(tmp_path: Path, one: str, other: str) -> None:
    make(tmp_path, {one: "{}", other: "{}"})
    folders = [path.rpartition("/")[0] if "%73" in one else path for path in (one, other)]
    with pytest.raises(AnsibleError, match="describe the same objects; keep one of them") as error:
        read(tmp_path)
    assert f"{tmp_path / folders[0]} and {tmp_path / folders[1]}" in str(error.value)


def test_two_projects_of_one_name_are_refused(tmp_path: Path) -> None:
    make(tmp_path, {"projects/a/project.yml": "name: shop\n", "projects/shop/alerts.yml": ALERTS})
    with pytest.raises(AnsibleError, match="projects/a and .*projects/shop describe the same project, shop"):
        read(tmp_path)


@pytest.mark.parametrize("option", ["alerts", "dashboards"])
def test_what_is_in_the_file_of_the_project_and_beside_it_is_refused(tmp_path: Path, option: str) -> None:
    make(tmp_path, {"projects/shop/project.yml": f"{option}: []\n"})
    assert read(tmp_path) == {"projects": [{"name": "shop", option: []}]}
    make(tmp_path, {"projects/shop/alerts.yml": ALERTS, "projects/shop/dashboards/.gitkeep": ""})
    with pytest.raises(AnsibleError, match=f"project.yml: {option}: .* describes them too"):
        read(tmp_path)


LEFT_ALONE = [
    ".git/config.yml",
    ".draft/channels.yml",
    ".channels.yml",
    "README.md",
    "site.yml",
    "variables.yml",
    "secrets.yml",
    "group_vars/all.yml",
    "channels.yml.orig",
    "alerts.md",
    "projects/.git/alerts.yml",
    "projects/README.md",
    "projects/shop/.alerts.yml",
    "projects/shop/.gitkeep",
    "projects/shop/alerts.yml~",
    "projects/shop/notes.txt",
    "projects/shop/queries/errors.sql",
    "projects/shop/dashboards/.draft.json",
    "projects/shop/dashboards/.drafts/one.json",
    "projects/shop/dashboards/notes.md",
    "projects/shop/dashboards/sources/one.cue",
]


def test_what_describes_nothing_is_left_alone(tmp_path: Path) -> None:
    projects = [{"name": name, "alerts": [], "dashboards": [board("one")]} for name in ("shop", "web")]
    described = {"channels": [], "projects": projects}
    write(tmp_path, described)
    make(tmp_path, dict.fromkeys(LEFT_ALONE, "mine") | {"projects/web/dashboards/.draft.json": "mine"})
    (tmp_path / "projects/shop/again").symlink_to(tmp_path / "projects")
    assert read(tmp_path) == described
    assert not write(tmp_path, described)["changed"]
    write(tmp_path, {"channels": [], "projects": [{"name": "shop"}]})
    assert {path for path, content in tree(tmp_path).items() if content == b"mine"} == {
        *LEFT_ALONE,
        "projects/web/dashboards/.draft.json",
    } - {"projects/shop/dashboards/.gitkeep"}  # the folder is no list any more
    assert not (tmp_path / "projects/web/dashboards/one.json").exists()


def board(slug: str, text: str = "{{ a }}") -> Options:
    return {"slug": slug, "name": "One", "definition": {**DOCUMENT, "spec": {"text": text}}}


def test_files_keep_their_names_when_they_are_written_again(tmp_path: Path) -> None:
    """An object is in one file, and dashboards in YAML stay YAML, without Ansible's tags."""
    described = {
        "channels": [{"name": "ops"}],
        "projects": [
            {"name": "shop", "alerts": [{"name": "Errors"}], "dashboards": [board("a b"), board("new"), board("two")]}
        ],
    }
    make(
        tmp_path,
        {
            "channels.yaml": "channels: []\n",
            "projects/%73hop/project.yaml": "description: Mine\n",
            "projects/%73hop/alerts.yaml": "alerts: []\n",
            "projects/%73hop/alerts.yml": "alerts: []\n",
            "projects/%73hop/dashboards/a b.yaml": "spec: {}\n",
            "projects/%73hop/dashboards/two.json": "{}",
            "projects/%73hop/dashboards/two.yml": "{}",
            "projects/%73hop/dashboards/gone.yml": "{}",
        },
    )
    result = write(tmp_path, described)
    assert {file["path"]: file["action"] for file in result["files"]} == {
        "channels.yaml": "update",
        "projects/.gitkeep": "create",
        "projects/%73hop/project.yaml": "update",
        "projects/%73hop/alerts.yaml": "delete",
        "projects/%73hop/alerts.yml": "update",
        "projects/%73hop/dashboards/.gitkeep": "create",
        "projects/%73hop/dashboards/a b.yaml": "update",
        "projects/%73hop/dashboards/gone.yml": "delete",
        "projects/%73hop/dashboards/new.json": "create",
        "projects/%73hop/dashboards/two.json": "update",
        "projects/%73hop/dashboards/two.yml": "delete",
    }
    yaml = (tmp_path / "projects/%73hop/dashboards/a b.yaml").read_text()
    assert yaml == "---\nkind: Dashboard\nmetadata:\n  name: One\nspec:\n  text: '{{ a }}'\n"
    assert read(tmp_path) == described
    assert not write(tmp_path, described)["changed"]


NAMES = ["A", "a", "Ab", "aB", "ab", "Other", "%41", "\u00c4", "\u00e4"]


def test_names_that_differ_in_capitals_have_files_that_differ_in_more(tmp_path: Path) -> None:
    described = {
        "projects": [{"name": name, "dashboards": [board(slug) for slug in NAMES]} for name in ("Shop", "shop")]
    }
    make(
        tmp_path, {f"projects/Shop/dashboards/{name}.json": json.dumps(DOCUMENT) for name in ("A", "a", "Ab", "Other")}
    )
    old = read(tmp_path)
    assert [dashboard["slug"] for dashboard in old["projects"][0]["dashboards"]] == ["A", "Ab", "Other", "a"]
    write(tmp_path, described)
    paths = tree(tmp_path)
    assert len({path.lower() for path in paths}) == len(paths) == 2 + 2 * (len(NAMES) + 2) - 1
    assert {"projects/shop/dashboards/a.json", "projects/shop/dashboards/%41.json"} <= paths.keys()
    assert "projects/%53hop/dashboards/Other.json" in paths
    again = read(tmp_path)
    assert {project["name"]: {board["slug"] for board in project["dashboards"]} for project in again["projects"]} == {
        name: set(NAMES) for name in ("Shop", "shop")
    }
    assert not write(tmp_path, described)["changed"]


def test_what_is_removed_is_removed_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a file system that takes Gone.json and gone.json for one file would lose the new one."""
    write(tmp_path, {"projects": [{"name": "shop", "dashboards": [board("gone")]}]})
    done = []
    unlink, replace = Path.unlink, Path.replace

    def record_unlink(path: Path, missing_ok: bool = False) -> None:
        if not missing_ok:
            done.append(f"remove {path.name}")
        unlink(path, missing_ok)

    def record_replace(path: Path, target: Path) -> Path:
        done.append(f"write {target.name}")
        return replace(path, target)

    monkeypatch.setattr(Path, "unlink", record_unlink)
    monkeypatch.setattr(Path, "replace", record_replace)
    write(tmp_path, {"projects": [{"name": "shop", "dashboards": [board("Gone")]}]})
    assert done == ["remove gone.json", "write Gone.json"]


def test_a_link_to_nowhere_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, {"channels.yml": "channels: []\n", "projects/shop/project.yml": "name: shop\n"})
    (tmp_path / "projects/shop/alerts.yml").symlink_to("nowhere.yml")
    with pytest.raises(AnsibleError, match="alerts.yml: No such file or directory"):
        read(tmp_path)


def test_folders_can_be_links(tmp_path: Path) -> None:
    make(tmp_path, {"boards/one.json": json.dumps(DOCUMENT), "one/projects/a/alerts.yml": ALERTS})
    for project in ("a", "b"):
        (tmp_path / "one/projects" / project).mkdir(exist_ok=True)
        (tmp_path / "one/projects" / project / "dashboards").symlink_to(tmp_path / "boards")
    assert [len(project["dashboards"]) for project in read(tmp_path / "one")["projects"]] == [1, 1]


@pytest.mark.parametrize(
    ("suffix", "content", "problem"),
    [
        (".yml", "spec: {a: [2024-01-01]}\n", r"spec.a\[0\]: JSON has no such value as 2024-01-01"),
        (".yml", "2024-01-01: a\n", "keys must be"),
        (".yml", "spec: {a: .nan}\n", "Out of range float"),
        (".json", '{"a": NaN}', "Out of range float"),
        (".yml", "- a\n", "must contain a Perses document"),
        (".yml", "a: [\n", ":2:1: is not YAML"),
        (".yml", "a: 1\n---\nb: 2\n", "is not YAML"),
        (".yml", "metadata: [x]\n", "metadata: must be a dictionary"),
        (".json", '{"metadata": ["x"]}', "metadata: must be a dictionary"),
        (".json", "[" * 100_000, "is nested too deeply"),
        (".json", '{"a": \xff}', "is not UTF-8 text"),
    ],
)
def test_a_dashboard_that_is_none_is_an_error_with_its_file(
    tmp_path: Path, suffix: str, content: str, problem: str
) -> None:
    path = tmp_path / f"projects/shop/dashboards/one{suffix}"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="latin-1")
    with pytest.raises(AnsibleError, match=problem) as error:
        read(tmp_path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("directory", ["", "nowhere"])
def test_no_directory(tmp_path: Path, directory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {"channels.yml": "channels: []\n"})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AnsibleError, match="nowhere: there is no such directory|the path of the directory is empty"):
        read(tmp_path / directory if directory else directory)
