# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Arguments as Ansible hands them over: what templates and YAML make of them differs from core to core."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from argument_specs import WHOLE
from cases import seed

from playbooks import ansible, recorded, recording, write_play

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Options = dict[str, Any]
Task = tuple[str, Options]

ALERT = {key: value for key, value in WHOLE["logfire_alert"].items() if key != "channels"}
STORED = {"name": ALERT["name"], "channels": ["ops"], "environments": ["prod"]}
KEY = "pylf_v1_local_argumentsinplaybooks"


@pytest.fixture
def shop(emulator: "RunningEmulator") -> "RunningEmulator":
    """The project shop with an alert that has a channel and an environment."""
    emulator.store.load(seed(alerts=[STORED]))
    return emulator


def play(shop: "RunningEmulator", folder: Path, tasks: list[Task], **variables: Any) -> list[Options]:
    """The results of tasks, each a module and its options, on real Ansible; C(msg) says why one failed."""
    listed = [
        {"name": f"{number}", f"community.logfire.logfire_{module}": options, "ignore_errors": True}
        for number, (module, options) in enumerate(tasks)
    ]
    connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": shop.base_url}
    playbook = write_play(folder, listed, **variables)
    done = ansible("playbook", playbook, folder=folder, **connection, **recording(folder))
    assert done.status == 0, done.output
    assert "Traceback" not in done.output
    assert "MODULE FAILURE" not in done.output
    results = recorded(folder)
    assert [result["task"] for result in results] == [task["name"] for task in listed]
    return [{**result["result"], "failed": result["failed"]} for result in results]


def in_stack(options: Options) -> Task:
    return "stack", {"projects": [{"name": "shop", "alerts": [{"name": ALERT["name"], **options}]}]}


def test_an_empty_variable_in_a_list(shop: "RunningEmulator", tmp_path: Path) -> None:
    """It clears nothing: an alert that loses its channels tells nobody."""
    before = shop.store.snapshot()
    items = ["{{ empty }}", "{{ nothing }}", "{{ None }}", None, "", "{{ ' ' }}"]
    tasks: list[Task] = []
    for option in ("channels", "environments"):
        tasks += [("alert", {**ALERT, option: [item]}) for item in items]
        tasks += [in_stack({option: ["{{ good }}", item]}) for item in items]
    tasks += [("stack", {"channels": [], "prune": [item]}) for item in items]
    results = play(shop, tmp_path, tasks, empty="", nothing=None, good="ops")
    for (_module, options), result in zip(tasks, results, strict=True):
        assert result["failed"], options
        assert any(f"[{index}]: is {state}" in result["msg"] for index in (0, 1) for state in ("null", "empty"))
    assert shop.store.snapshot() == before
    assert len(shop.log) == 0


def test_an_empty_variable_in_place_of_a_list(shop: "RunningEmulator", tmp_path: Path) -> None:
    """Null is not set, empty text is an empty list."""
    kept, cleared = play(
        shop,
        tmp_path,
        [
            ("alert", {**ALERT, "channels": "{{ nothing }}", "environments": None}),
            ("alert", {**ALERT, "channels": "{{ empty }}", "environments": []}),
        ],
        empty="",
        nothing=None,
    )
    assert [channel["name"] for channel in kept["alert"]["channels"]] == ["ops"]
    assert kept["alert"]["environments"] == ["prod"]
    assert (cleared["alert"]["channels"], cleared["alert"]["environments"]) == ([], [])


def test_omit_in_a_list(shop: "RunningEmulator", tmp_path: Path) -> None:
    """Never an environment of that name."""
    (result,) = play(shop, tmp_path, [("alert", {**ALERT, "environments": ["a", "{{ missing | default(omit) }}"]})])
    assert "environments[1]: is omit" in result["msg"] if result["failed"] else result["alert"]["environments"] == ["a"]


def test_a_command_line_clears(shop: "RunningEmulator", tmp_path: Path) -> None:
    given = " ".join(f'{name}="{value}"' for name, value in ALERT.items())
    connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": shop.base_url}
    arguments = ("localhost", "-m", "community.logfire.logfire_alert", "-a", f"{given} channels= environments=")
    done = ansible("adhoc", *arguments, folder=tmp_path, **connection)
    assert done.status == 0, done.output
    (alert,) = shop.store.snapshot()["projects"][0]["alerts"]
    assert (alert["channel_assignments"], alert["environments"]) == ([], []), json.dumps(alert)


def test_null_is_not_set(shop: "RunningEmulator", tmp_path: Path) -> None:
    tasks: list[Task] = [
        ("alert", {**ALERT, "channels": None, "channel_assignments": [{"channel": "ops"}]}),
        ("alert", {**ALERT, "channels": ["ops"], "channel_assignments": "{{ nothing }}", "state": None}),
        ("alert", {**ALERT, "id": "{{ nothing }}", "api_key": None, "timeout": None}),
        in_stack({"channels": ["ops"], "channel_assignments": None, "id": None, "state": "{{ nothing }}"}),
        ("token", {"project": "shop", "id": None, "token": "{{ nothing }}", "path": str(tmp_path / "token")}),
        ("project", {"name": "shop", "id": None, "description": None}),
    ]
    results = play(shop, tmp_path, tasks, nothing=None)
    assert [result["msg"] for result in results if result["failed"]] == []


def test_ids_of_registered_results(shop: "RunningEmulator", tmp_path: Path) -> None:
    """The commonest way to refer to what an earlier task made: a check run foretells what the real run does."""
    tasks = [
        {"logfire_project": {"name": "web"}, "register": "project"},
        {"logfire_channel": {"name": "pager", "config": {"type": "email", "recipients": ["a@b.example"]}}},
        {"logfire_alert": {**ALERT, "project": "{{ project.project.id }}", "channels": ["{{ channel.channel.id }}"]}},
        {"logfire_alert": {"project": "shop", "name": ALERT["name"], "channels": ["{{ channel.channel.id }}", "ops"]}},
        {"logfire_token": {"project": "{{ project.project.id }}"}},
    ]
    tasks[1]["register"] = "channel"
    listed = [
        {
            "name": f"{number}",
            **{f"community.logfire.{key}" if key[:7] == "logfire" else key: of for key, of in task.items()},
        }
        for number, task in enumerate(tasks)
    ]
    playbook = write_play(tmp_path, listed)
    connection = {"LOGFIRE_API_TOKEN": KEY, "LOGFIRE_BASE_URL": shop.base_url}
    runs = []
    for mode in (["--check"], []):
        done = ansible("playbook", playbook, "--diff", *mode, folder=tmp_path, **connection, **recording(tmp_path))
        assert done.status == 0, done.output
        runs.append([result["result"]["diff"] for result in recorded(tmp_path)[-len(tasks) :]])
    assert runs[0] == runs[1]


BOARD = WHOLE["logfire_dashboard"]
SECRET = "https://hooks.example.com/verysecret"


def board(folder: Path, file: str, text: str, filters: str = "") -> Task:
    """A dashboard whose definition is read from a file."""
    (folder / file).write_text(text, encoding="utf-8")
    return "dashboard", {
        **BOARD,
        "slug": file.replace(".", "-"),
        "definition": f"{{{{ lookup('file', '{file}') {filters} }}}}",
    }


def text_of(result: Options) -> Any:
    """What stands where the definition of the example has Hello."""
    return result["dashboard"]["definition"]["spec"]["panels"]["panel"]["spec"]["plugin"]["spec"]["text"]


def test_definitions_in_files(shop: "RunningEmulator", tmp_path: Path) -> None:
    """JSON with blanks or a byte order mark before it, or with what looks like code in it."""
    code = "import os; a.b(); datetime.datetime(1)"
    document = json.dumps(BOARD["definition"]).replace("Hello", code)
    texts = {"plain": document, "line": f"\n{document}", "blanks": f" \t {document}\n", "mark": f"\ufeff{document}"}
    results = play(shop, tmp_path, [board(tmp_path, f"{name}.json", text) for name, text in texts.items()])
    assert [result.get("msg") for result in results] == [None] * len(texts)
    assert {text_of(result) for result in results} == {code}


def test_a_time_stamp_in_yaml(shop: "RunningEmulator", tmp_path: Path) -> None:
    """It is text then, as ISO 8601 has it; or one sentence says to put it in quotes."""
    stamped = json.dumps(BOARD["definition"]).replace('"Hello"', "2026-03-02T10:00:00Z")
    (tmp_path / "stamps.yml").write_text(f"board: {stamped}\nend: 2099-03-02T10:00:00Z\n")
    read = f"(lookup('file', '{tmp_path}/stamps.yml') | from_yaml)"
    filtered, quoted, token = play(
        shop,
        tmp_path,
        [
            board(tmp_path, "board.yml", stamped, "| from_yaml"),
            ("dashboard", {**BOARD, "definition": f"{{{{ {read}.board | to_json }}}}"}),
            ("token", {"project": "shop", "expires_at": f"{{{{ {read}.end }}}}"}),
        ],
    )
    if filtered["failed"]:
        assert filtered["msg"] == (
            "definition: must be a dictionary, not text that contains none in JSON or key=value format"
            " (quote timestamps)"
        )
    else:
        assert text_of(filtered) == "2026-03-02T10:00:00+00:00"
    assert text_of(quoted) == "2026-03-02T10:00:00+00:00"
    assert token["token"]["expires_at"] == "2099-03-02T10:00:00Z"


def test_no_dictionaries(shop: "RunningEmulator", tmp_path: Path) -> None:
    code = f"{{'url': '{SECRET}', 'x': os.system('import x')}}"
    values = [
        f"import x from {SECRET}",
        "{{ code }}",
        code,
        [SECRET],
        "{{ [code] }}",
        5,
        "",
        "{{ empty }}",
        "2026-03-02",
    ]
    tasks: list[Task] = []
    for value in values:
        tasks += [
            ("dashboard", {**BOARD, "definition": value}),
            ("channel", {"name": "new", "config": value}),
            ("project", {"name": "shop", "headers": value}),
            ("stack", {"channels": [{"name": "new", "config": value}]}),
            ("stack", {"channels": [value]}),
        ]
    results = play(shop, tmp_path, tasks, code=code, empty="")
    for (_module, options), result in zip(tasks, results, strict=True):
        assert ": must be a dictionary, not " in result["msg"], (options, result["msg"])
        assert SECRET not in result["msg"]
    assert len(shop.log) == 0


def test_half_an_emoji(shop: "RunningEmulator", tmp_path: Path) -> None:
    """In a definition nothing is sent; in an answer it does not keep the result from Ansible."""
    document = json.dumps(BOARD["definition"]).replace("Hello", "\\ud83d")
    answer = [{"id": "11111111-1111-4111-8111-111111111111", "project_name": "a\ud83db"}]
    shop.faults.add(action="body", method="GET", path="/projects/$", body=answer)
    refused, found = play(shop, tmp_path, [board(tmp_path, "half.json", document), ("project_info", {})])
    place = "definition.spec.panels.panel.spec.plugin.spec.text"
    assert refused["msg"].startswith(f"{place}: contains half of a surrogate pair, '\\ud83d'")
    assert found["projects"][0]["name"] == "a\ufffdb"
    assert [entry.method for entry in shop.log] == ["GET"]
