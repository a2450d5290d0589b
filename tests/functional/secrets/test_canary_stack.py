# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The canaries in whole organizations; secrets that are words like any other; the file beside a token's file."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_canary import CONFIGS, GENIE, HEADER, HOOK, MOVED, PAGER, PARAM, PRIVATE, SHOP, assert_hidden, play, task

from ansible_collections.community.logfire.plugins.module_utils._tasks import secret_file
from ansible_collections.community.logfire.plugins.module_utils._values.secrets import HIDDEN

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

Json = dict[str, Any]

ALERT = {"name": "A", "query": "SELECT 1", "time_window": "5m", "frequency": "1m", "channels": ["webhook"]}
CHANNELS = [{"name": name, "config": config} for name, config in CONFIGS.items()]
STACK: Json = {"channels": CHANNELS, "projects": [{"name": "shop", "alerts": [ALERT]}], **PRIVATE}


def test_a_stack_shows_no_secret(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """Made, changed, moved, described and pruned; registered and shown; planned for reviewers, and backed up."""
    kept = {"backup": True, "backup_directory": "{{ playbook_dir }}/backups"}
    plan = {"content": "{{ made | community.logfire.logfire_plan_markdown }}", "dest": "{{ playbook_dir }}/plan.md"}
    again = [{**channel, "update_secret": "always"} for channel in CHANNELS]
    moved = [{"name": "webhook", "config": {**CONFIGS["webhook"], "url": "{{ moved }}"}}]
    tasks = [
        task("stack", STACK, check_mode=True),
        task("stack", STACK, register="made"),
        task("stack", {**STACK, "channels": again}, register="again"),
        {"name": "Plan", "ansible.builtin.copy": plan},
        task("stack", {**STACK, **kept, "channels": moved}, register="moved_there"),
        task("stack_info", PRIVATE, register="found"),
        task("stack", {**STACK, **kept, "channels": moved, "prune": ["channels"]}, no_log=True),
    ]
    tasks += [
        {"name": "Show", "ansible.builtin.debug": {"var": name}} for name in ("made", "again", "moved_there", "found")
    ]
    done = play(emulator, tmp_path, tasks)
    sent = json.dumps([entry.as_dict() for entry in emulator.log])
    for secret in (HOOK, MOVED, GENIE, PAGER):
        assert secret in sent
    assert "### Logfire: " in (tmp_path / "plan.md").read_text()
    assert len([*tmp_path.glob("backups/*/channels.yml")]) == 2
    assert_hidden(done, tmp_path)


def test_failures_of_a_stack_show_no_secret(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """Every answer repeats what the request held: in words, field by field, and as a page."""
    text = f"echo of {' and '.join([PARAM, HEADER, HOOK, GENIE, PAGER])}"
    invalid = {"type": "x", "loc": ["body", "config"], "msg": text, "input": text}
    answers: list[Json] = [
        {"status": 400, "body": {"detail": text}},
        {"status": 422, "body": {"detail": [invalid]}},
        {"status": 200, "body": [text]},
    ]
    tasks = []
    for number, answer in enumerate(answers):
        emulator.faults.add(action="status", method="POST", path="/channels/$", count=len(CHANNELS), **answer)
        tasks.append(task("stack", {**STACK, "projects": []}, ignore_errors=True, register=f"failed_{number}"))
    failed = {"that": [f"failed_{number} is failed" for number in range(2)]}
    done = play(emulator, tmp_path, [*tasks, {"name": "Failed", "ansible.builtin.assert": failed}])
    assert "echo of " in done.output
    assert_hidden(done, tmp_path)


WORDS = ["shop", "e", "Errors", "private", "1"]


@pytest.fixture(autouse=True)
def no_connection_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY", "LOGFIRE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("word", WORDS)
def test_a_secret_that_is_a_word_hides_no_other_word(word: str, run: "Runner", emulator: "RunningEmulator") -> None:
    """Nor is it shown where it is the secret."""
    emulator.store.load({"projects": [{"id": SHOP, "project_name": "shop", "alerts": ["Errors"]}]})
    made = run.ok("logfire_channel", name="shop", config={"type": "opsgenie", "auth_key": word}, headers={"X-A": word})
    shown = json.loads(made.stdout.splitlines()[-1])
    given = shown["invocation"]["module_args"]
    assert (given["config"]["auth_key"], given["headers"], given["api_token"]) == (HIDDEN, HIDDEN, HIDDEN)
    assert (given["name"], made.result["channel"]["name"]) == ("shop", "shop")
    assert made.result["diff"]["after"]["config"] == {"type": "opsgenie", "auth_key": "**********"}
    assert made.result["channel"]["config"]["auth_key"] == "**********"
    config = {"type": "opsgenie", "auth_key": word}
    description = {"channels": [{"name": "other", "config": config}], "projects": [{"name": "shop"}]}
    stack = run.ok("logfire_stack", _ansible_verbosity=3, **description)
    assert json.loads(stack.stdout.splitlines()[-1])["invocation"]["module_args"]["channels"][0]["config"] == {
        **dict.fromkeys(given["config"]),
        "type": "opsgenie",
        "auth_key": HIDDEN,
    }
    assert [change["name"] for change in stack.result["changes"]] == ["other"]
    assert "********" in str(stack.result["diff"])


@pytest.mark.parametrize("word", WORDS)
def test_an_api_token_that_is_a_word(word: str, run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load({"projects": [{"id": SHOP, "project_name": "shop", "alerts": ["Errors"]}]})
    emulator.settings.keys = [{"key": word}]
    found = run.ok("logfire_alert", api_token=word, project="shop", name="Errors")
    assert found.result["alert"]["name"] == "Errors"
    assert HIDDEN not in json.dumps(found.result)
    assert json.loads(found.stdout.splitlines()[-1])["invocation"]["module_args"]["api_token"] == HIDDEN


# The file beside a token's file


@pytest.fixture
def modes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The mode that a file had at the moment a secret was written to it."""
    seen: list[int] = []
    write = os.pwrite

    def watched(handle: int, content: bytes, offset: int) -> int:
        if b"pylf_" in content:
            seen.append(os.fstat(handle).st_mode & 0o777)
        return write(handle, content, offset)

    monkeypatch.setattr(secret_file.os, "pwrite", watched)
    return seen


@pytest.mark.parametrize("mode", ["0600", "0640", "u=r,go="])
def test_nobody_can_read_a_token_before_it_is_in_its_place(
    mode: str, run: "Runner", emulator: "RunningEmulator", tmp_path: Path, modes: list[int]
) -> None:
    """Whatever the umask: the mode is the final one before anything is written."""
    emulator.store.load({"projects": ["shop"]})
    before = os.umask(0)
    try:
        run.ok("logfire_token", project="shop", path=str(tmp_path / "token"), mode=mode)
    finally:
        os.umask(before)
    wanted = {"0600": 0o600, "0640": 0o640, "u=r,go=": 0o400}[mode]
    assert modes == [wanted]
    assert (tmp_path / "token").stat().st_mode & 0o777 == wanted
    assert [path.name for path in tmp_path.iterdir()] == ["token"]


@pytest.mark.parametrize("is_revoked", [True, False])
def test_nothing_is_left_beside_when_a_token_cannot_be_put_away(
    is_revoked: bool, run: "Runner", emulator: "RunningEmulator", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: the new token is revoked, or named with the way to revoke it; the file is what it was."""
    emulator.store.load({"projects": ["shop"]})
    emulator.settings.revoked_tokens = "listed"
    target = tmp_path / "token"
    run.ok("logfire_token", project="shop", path=str(target))
    content, write = target.read_text(), os.pwrite

    def full(handle: int, text: bytes, offset: int) -> int:
        if b"pylf_" in text:
            raise OSError(28, "No space left on device")
        return write(handle, text, offset)

    monkeypatch.setattr(secret_file.os, "pwrite", full)
    if not is_revoked:
        emulator.faults.add(action="status", method="DELETE", status=403)
    failed = run.fails("logfire_token", project="shop", path=str(target), rotate=True)
    old, made = emulator.store.snapshot()["projects"][0]["write_tokens"]
    assert "No space left on device" in failed.result["msg"]
    assert (f"id={made['id']} state=absent" in failed.result["msg"]) is not is_revoked
    assert (old["revoked"], made["revoked"]) == (False, is_revoked)
    assert made["token"] not in failed.stdout
    assert target.read_text() == content
    assert {path.name for path in tmp_path.iterdir()} == {"token", *([] if is_revoked else [".token.pending"])}


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("logfire_stack", {"projects": [{"name": "shop"}]}),
        ("logfire_dashboard", {"project": "shop", "slug": "home", "state": "absent"}),
    ],
)
def test_long_arguments_are_not_repeated(module: str, options: dict[str, Any], run: "Runner") -> None:
    """Only at -vvv, where Ansible shows them: a whole organization, or a dashboard, would be most of the result."""
    quiet, told = (run.ok(module, _ansible_verbosity=level, **options) for level in (2, 3))
    shown = [json.loads(each.stdout.splitlines()[-1])["invocation"] for each in (quiet, told)]
    assert shown[0] == {}
    assert options.keys() <= shown[1]["module_args"].keys()
