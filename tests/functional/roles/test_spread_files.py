# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people have in files of their own: alerts of a team, queries and secrets; in this process."""

import json
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleError
from test_files import read, write
from test_layout import DOCUMENT, make

from ansible_collections.community.logfire.plugins.plugin_utils._handwritten import keep_head, lost_parts

Options = dict[str, Any]

ONE = "name: Slow\nfrequency: 1m\n"
TWO = "alerts:\n  - name: Errors\n  - name: Down\n"
OPS = {"name": "ops", "config": {"type": "webhook", "format": "auto"}}
URL = "https://hooks.example.com/services/canary"


def test_a_list_is_spread_over_files_of_a_folder(tmp_path: Path) -> None:
    files = {
        "projects/shop/alerts.yml": "alerts:\n  - name: Own\n",
        "projects/shop/alerts/b.yaml": ONE,
        "projects/shop/alerts/a.yml": TWO,
        "projects/shop/slos/one.yml": "name: Fast\n",
        "channels/ops.yml": "name: ops\n",
        "projects/shop/alerts/notes.md": "mine",
    }
    make(tmp_path, files)
    shop = {
        "name": "shop",
        "alerts": [{"name": "Own"}, {"name": "Errors"}, {"name": "Down"}, {"name": "Slow", "frequency": "1m"}],
        "slos": [{"name": "Fast"}],
    }
    assert read(tmp_path) == {"channels": [{"name": "ops"}], "projects": [shop]}


@pytest.mark.parametrize("other", ["projects/shop/alerts.yml", "projects/shop/alerts/a.yml"])
def test_a_name_in_two_files_names_both(tmp_path: Path, other: str) -> None:
    make(tmp_path, {other: TWO, "projects/shop/alerts/b.yml": "name: Down\n"})
    with pytest.raises(AnsibleError) as error:
        read(tmp_path)
    both = f"{tmp_path / other} and {tmp_path}/projects/shop/alerts/b.yml describe the same alert, Down; keep one"
    assert both in str(error.value)


def test_names_of_objects_with_ids_may_be_the_same(tmp_path: Path) -> None:
    make(tmp_path, {f"projects/shop/alerts/{name}.yml": f"name: Down\nid: {name}\n" for name in ("a", "b")})
    assert len(read(tmp_path)["projects"][0]["alerts"]) == 2


@pytest.mark.parametrize("content", ["", "- name: a\n", "alerts: []\nname: a\n", "{}"])
def test_a_file_in_a_folder_holds_one_object_or_a_list(tmp_path: Path, content: str) -> None:
    make(tmp_path, {"projects/shop/alerts/a.yml": content})
    with pytest.raises(
        AnsibleError, match=r"a.yml: must contain the options of one alert, or a list called alerts, and"
    ):
        read(tmp_path)


def test_an_export_leaves_objects_in_their_files(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            "projects/shop/alerts/a.yml": "# Team A\n" + TWO,
            "projects/shop/alerts/b.yml": ONE,
            "projects/shop/alerts/gone.yml": "name: Gone\n",
        },
    )
    alerts = [{"name": name, "active": True} for name in ("Down", "Errors", "New", "Slow")]
    described = {"projects": [{"name": "shop", "alerts": alerts}]}
    result = write(tmp_path, described)
    assert {file["path"]: file["action"] for file in result["files"]} == {
        "projects/.gitkeep": "create",
        "projects/shop/project.yml": "create",
        "projects/shop/alerts.yml": "create",
        "projects/shop/alerts/a.yml": "update",
        "projects/shop/alerts/b.yml": "update",
        "projects/shop/alerts/gone.yml": "delete",
    }
    folder = tmp_path / "projects/shop/alerts"
    assert (folder / "a.yml").read_text().startswith("# Team A\n---\nalerts:\n  - name: Down\n    active: true\n")
    assert (folder / "b.yml").read_text() == "---\nname: Slow\nactive: true\n"
    assert (tmp_path / "projects/shop/alerts.yml").read_text() == "---\nalerts:\n  - name: New\n    active: true\n"
    assert sorted(alert["name"] for alert in read(tmp_path)["projects"][0]["alerts"]) == [
        alert["name"] for alert in alerts
    ]
    assert not write(tmp_path, described)["changed"]


@pytest.mark.parametrize(
    "path", ["projects/shop/alerts.yml", "projects/shop/alerts/a.yml", "projects/shop/project.yml"]
)
def test_a_query_is_in_a_file_beside(tmp_path: Path, path: str) -> None:
    alert = "alerts:\n  - name: Slow\n    query_file: {}slow.sql\n"
    below = "" if "alerts/" in path else "queries/"
    sql = "SELECT '{{ a }}'\n"
    folder = (tmp_path / path).parent.relative_to(tmp_path)
    make(tmp_path, {path: alert.format(below), f"{folder}/{below}slow.sql": sql})
    assert read(tmp_path)["projects"] == [{"name": "shop", "alerts": [{"name": "Slow", "query": sql}]}]


def test_the_queries_of_an_slo_are_in_files_too(tmp_path: Path) -> None:
    slo = "name: Fast\ntotal_query_file: total.sql\nbad_query_file: bad.sql\n"
    make(tmp_path, {f"projects/shop/slos/{name}": name for name in ("total.sql", "bad.sql")})
    make(tmp_path, {"projects/shop/slos/fast.yml": slo})
    assert read(tmp_path)["projects"][0]["slos"] == [
        {"name": "Fast", "total_query": "total.sql", "bad_query": "bad.sql"}
    ]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("query_file: nowhere.sql", "{folder}/nowhere.sql: No such file or directory"),
        ("query_file: slow.sql\n    query: SELECT 1", "mutually exclusive with query"),
        ("query_file: []", "must be the path of a file"),
    ],
)
def test_a_query_that_cannot_be_read_is_an_error(tmp_path: Path, query: str, problem: str) -> None:
    folder = tmp_path / "projects/shop"
    make(tmp_path, {"projects/shop/alerts.yml": f"alerts:\n  - name: Slow\n    {query}\n"})
    with pytest.raises(AnsibleError) as error:
        read(tmp_path)
    expected = f"{folder}/alerts.yml: alert 'Slow': query_file: {problem.format(folder=folder)}"
    assert expected in str(error.value)


def test_a_dashboard_without_a_name_has_that_of_its_display(tmp_path: Path) -> None:
    shown = {"spec": {"display": {"name": "Shown"}}}
    boards = {"shown": shown, "named": {**DOCUMENT, **shown}, "none": {"spec": {"display": None}}}
    make(tmp_path, {f"projects/shop/dashboards/{slug}.json": json.dumps(board) for slug, board in boards.items()})
    names = {board["slug"]: board["name"] for board in read(tmp_path)["projects"][0]["dashboards"]}
    assert names == {"shown": "Shown", "named": "One", "none": None}


def test_the_secrets_of_the_directory_go_to_their_channels(tmp_path: Path) -> None:
    write(tmp_path, {"channels": [OPS, {"name": "mail"}]})
    make(tmp_path, {"secrets.yml": f"other: '{{{{ nobody }}}}'\nstack_channel_secrets: {{ops: {{url: {URL}}}}}\n"})
    assert read(tmp_path)["channels"] == [{**OPS, "config": {**OPS["config"], "url": URL}}, {"name": "mail"}]
    assert not write(tmp_path, {"channels": [OPS, {"name": "mail"}]})["changed"]
    make(tmp_path, {"secrets.yml": "logfire_tokens: mine\n"})
    assert read(tmp_path)["channels"] == [OPS, {"name": "mail"}]


@pytest.mark.parametrize(
    ("secrets", "problem"),
    [
        (
            "stack_channel_secrets: {opps: {url: canary}}",
            "the description has no channel 'opps'; did you mean 'ops'? Channels: ops",
        ),
        ("stack_channel_secrets: {ops: canary}", "must be a dictionary with a dictionary for each channel"),
        ("stack_channel_secrets: {ops: {url: REPLACE_ME}}", "ops: url: replace the placeholder REPLACE_ME"),
    ],
)
def test_a_slip_in_the_secrets_is_an_error_without_a_secret(tmp_path: Path, secrets: str, problem: str) -> None:
    write(tmp_path, {"channels": [OPS]})
    make(tmp_path, {"secrets.yml": secrets})
    with pytest.raises(AnsibleError) as error:
        read(tmp_path)
    assert f"{tmp_path}/secrets.yml: stack_channel_secrets: {problem}" in str(error.value)
    assert "canary" not in str(error.value)


def test_an_export_has_an_example_of_the_secrets(tmp_path: Path) -> None:
    pager = {"name": "pager", "config": {"type": "pagerduty"}}
    mail = {"name": "mail", "config": {"type": "email", "recipients": []}}
    (tmp_path / "secrets.yml").write_text("mine")
    write(tmp_path, {"channels": [OPS, pager, mail, {"name": "odd"}]})
    text = (tmp_path / "secrets.example.yml").read_text()
    assert text.startswith("# ") and text.endswith(
        "---\nstack_channel_secrets:\n  ops:\n    url: REPLACE_ME\n  pager:\n    routing_key: REPLACE_ME\n"
    )
    assert not write(tmp_path, {"channels": [OPS, pager, mail, {"name": "odd"}]})["changed"]
    write(tmp_path, {"projects": []})  # says nothing of channels
    assert (tmp_path / "secrets.example.yml").exists()
    write(tmp_path, {"channels": [mail]})
    assert not (tmp_path / "secrets.example.yml").exists()
    assert (tmp_path / "secrets.yml").read_text() == "mine"


@pytest.mark.parametrize("check", [True, False])
def test_what_was_written_by_hand_is_not_overwritten_silently(tmp_path: Path, check: bool) -> None:
    make(
        tmp_path,
        {
            "channels.yml": "channels: []  # none yet\n",
            "projects/shop/alerts.yml": "alerts:\n  - name: Slow\n    query: SELECT '{{ a }}'\n",
            "projects/shop/project.yml": "# The head stays\ndescription: Old\n",
        },
    )
    described = {"channels": [OPS], "projects": [{"name": "shop", "description": "New", "alerts": []}]}
    (warning,) = write(tmp_path, described, check=check)["warnings"]
    assert warning == (
        "The exported values replace handwritten content in channels.yml (comments),"
        " projects/shop/alerts.yml (templates)."
    )
    if not check:
        assert (tmp_path / "projects/shop/project.yml").read_text() == (
            "# The head stays\n---\nname: shop\ndescription: New\n"
        )
        assert "warnings" not in write(tmp_path, described)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a: 1\n", []),
        ("# head\n---\n# more\na: 1\n", []),
        ("a: 1  # why\n", ["comments"]),
        ("a:\n  # why\n  - 1\n", ["comments"]),
        ("a: |\n  # a title\nb: '# no'\n", []),
        ("a: |\n  text\n# why\nb: 1\n", ["comments"]),
        ("a: 'x#y'\nb: x#y\n", []),
        ("a: '{{ b }}'\n", ["templates"]),
        ("a: !unsafe '{{ b }}'\n", []),
        ("a: |\n  {% if b %}\n", ["templates"]),
        ("query_file: a.sql\n", ["files of queries"]),
        ("a: [\n", []),
    ],
)
def test_what_is_lost(text: str, lost: list[str]) -> None:
    assert lost_parts(text) == lost


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "---\na: 1\n"),
        ("---\na: 0\n", "---\na: 1\n"),
        ("# one\n\n# two\na: 0\n", "# one\n\n# two\n---\na: 1\n"),
        ("# ---\na: 0\n", "# ---\n---\na: 1\n"),
        ("# one\n---\na: 0\n", "# one\n---\na: 1\n"),
        ("---\n# one\n\na: 0\n", "---\n# one\n\na: 1\n"),
    ],
)
def test_the_head_stays(old: str, new: str) -> None:
    assert keep_head("---\na: 1\n", old) == new
    assert keep_head("---\na: 1\n", new) == new
