# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Canaries in place of secrets: nothing that Ansible prints or logs, or leaves behind, may hold one.

Each secret has a part of its own, which no other text has, and which is not what masks show (the host of a URL, the
last four characters of a key, the beginning of a token). Ansible runs with all its verbosity, with diffs and a log.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ansible_collections.community.logfire.plugins.module_utils._engine import engine
from playbooks import Command, ansible, write_play

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

Json = dict[str, Any]

# The part that must not be seen, and the secret.
CANARIES = {
    "canaryenv4711": "pylf_v1_local_canaryenv4711abcd",
    "canaryparam4712": "pylf_v1_local_canaryparam4712abcd",
    "canaryhook4713": "https://hooks.example.com/services/canaryhook4713?token=canaryhook4713abcd",
    "canarymoved4714": "https://other.example.com/services/canarymoved4714/abcd",
    "canarygenie4715": "GenieKey canarygenie4715abcd",
    "canarypager4716": "canarypager4716abcd",
    "canaryheader4717": "canaryheader4717abcd",
    "canaryheld4718": "pylf_v1_local_0123456canaryheld4718abcd",
    "canaryfile4719": "pylf_v1_local_6543210canaryfile4719abcd",
    "canaryread4720": "pylf_v1_local_6543210canaryread4720abcd",
}
ENV, PARAM, HOOK, MOVED, GENIE, PAGER, HEADER, HELD, FILE, READER = CANARIES.values()
SHOP = "11111111-1111-4111-8111-111111111111"
CONFIGS: dict[str, Json] = {
    "webhook": {"type": "webhook", "format": "auto", "url": "{{ hook }}"},
    "opsgenie": {"type": "opsgenie", "auth_key": "{{ genie }}"},
    "pagerduty": {"type": "pagerduty", "routing_key": "{{ pager }}"},
}
#: Surrounding blanks are not sent: an error repeats the secret without them.
VARIABLES = {
    "param": f"{PARAM}\n",
    "hook": f"{HOOK} ",
    "moved": MOVED,
    "genie": GENIE,
    "pager": f" {PAGER}\n",
    "header": HEADER,
    "held": f"{HELD}\n",
    "reader": f"{READER}\n",
}
PRIVATE = {"api_token": "{{ param }}", "headers": {"X-Proxy-Key": "{{ header }}"}}


def task(module: str, options: Json, **keywords: Any) -> Json:
    return {"name": f"A {module}", f"community.logfire.logfire_{module}": options, **keywords}


def play(emulator: "RunningEmulator", folder: Path, tasks: list[Json], plain: bool = True) -> Command:
    """Run tasks, all of which end well; C(plain) ones are counted as they are written."""
    done = ansible(
        "playbook",
        "-vvvv",
        "--diff",
        write_play(folder, tasks, **VARIABLES),
        folder=folder,
        ANSIBLE_LOG_PATH=str(folder / "log"),
        LOGFIRE_API_TOKEN=f"{ENV} ",
        LOGFIRE_BASE_URL=emulator.base_url,
    )
    assert done.status == 0, done.output
    assert not plain or f"ok={len(tasks)} " in done.output, done.output
    return done


def made_tokens(emulator: "RunningEmulator") -> set[str]:
    """The secrets of the tokens that the service made, revoked ones too, and the links of its invitations."""
    state = emulator.store.snapshot()
    tokens = {item["token"] for each in state["projects"] for item in each["write_tokens"] + each["read_tokens"]}
    tokens |= {item["token"] for item in state["api_keys"]} | {item["invite_url"] for item in state["invitations"]}
    return tokens - {HELD, FILE}


def assert_hidden(done: Command, folder: Path, *more: str) -> None:
    """No canary in the output, in the log, or in any other file but those that the test itself wrote."""
    places = {"the output": done.output}
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in ("variables.json", "token", "link"):
            places[str(path)] = path.read_bytes().decode(errors="replace")
    assert "PLAY RECAP" in done.output
    assert str(folder / "log") in places
    found = [(canary, place) for place, text in places.items() for canary in (*CANARIES, *more) if canary in text]
    assert found == []


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text(f"{FILE}\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def shop(emulator: "RunningEmulator") -> "RunningEmulator":
    """The project shop, with the two tokens that the user holds."""
    emulator.settings.revoked_tokens = "listed"
    tokens = [{"token": HELD}, {"token": FILE}]
    emulator.store.load({"projects": [{"id": SHOP, "project_name": "shop", "write_tokens": tokens}]})
    return emulator


def test_success_shows_no_secret(shop: "RunningEmulator", tmp_path: Path, token_file: Path) -> None:
    tasks = []
    for name, config in CONFIGS.items():
        tasks += [
            task("channel", {"name": name, "config": config}, check_mode=True),
            task("channel", {"name": name, "config": config, **PRIVATE}),
            task("channel", {"name": name, "config": config, "update_secret": "always"}),
        ]
    moved = {**CONFIGS["webhook"], "url": "{{ moved }}"}
    path = {"project": SHOP, "path": str(token_file)}
    key = {"name": "pipeline", "scopes": ["project:read"], "path": str(token_file.with_name("key"))}
    link = {"role": "member", "path": str(token_file.with_name("link"))}
    tasks += [
        task("channel", {"name": "webhook", "config": moved}, register="made"),
        task("channel", {"name": "webhook", "config": CONFIGS["opsgenie"]}),
        task("channel", {"name": "pagerduty", "state": "absent"}),
        task("token", path),
        task("token", {**path, "rotate": True, "expires_in": "1h"}, check_mode=True),
        task("token", {**path, "rotate": True, "grace_period": "1h", **PRIVATE}, register="made"),
        {"name": "Show", "ansible.builtin.debug": {"var": "made"}},
        {"name": "Not even hidden", "ansible.builtin.assert": {"that": "made.token.token is not defined"}},
        task("token", {**path, "expires_in": "1h"}),
        task("token", {"project": SHOP, "token": "{{ held }}"}),
        task("token", {"project": SHOP, "token": "{{ held }}", "rotate": True}, no_log=True),
        task("token", {"project": SHOP, "type": "read"}, no_log=True),
        task("token", {**path, "state": "absent"}),
        task("token", {**path, "type": "read"}),
        task("api_key", key, check_mode=True),
        task("api_key", key),
        task("api_key", {**key, "rotate": True, **PRIVATE}, register="made"),
        {"name": "Show", "ansible.builtin.debug": {"var": "made"}},
        {"name": "Not even hidden", "ansible.builtin.assert": {"that": "made.api_key.token is not defined"}},
        task("api_key", {"name": "other", "scopes": key["scopes"]}, no_log=True),
        task("api_key", {"path": key["path"], "state": "absent"}),
        task("invitation", link, check_mode=True),
        task("invitation", link),
        task("invitation", {**link, "new": True, **PRIVATE}, register="made"),
        {"name": "Show", "ansible.builtin.debug": {"var": "made"}},
        {"name": "Not even hidden", "ansible.builtin.assert": {"that": "made.invitation.invite_url is not defined"}},
        task("invitation", {"role": "guest", "new": True}, no_log=True),
        task("invitation_info", {}),
    ]
    done = play(shop, tmp_path, tasks)
    sent = json.dumps([entry.as_dict() for entry in shop.log])  # or the absence of canaries would mean nothing
    for secret in (HOOK, MOVED, GENIE, PAGER, HEADER):
        assert secret in sent
    made = made_tokens(shop)
    assert len(made) == 6 + 3 + 3
    assert token_file.read_text().strip() in made
    assert [path.name for path in tmp_path.glob(".logfire-token-*")] == []
    assert_hidden(done, tmp_path, *(secret.rpartition("/")[2][20:] for secret in made))


def test_a_token_is_returned_by_the_run_that_made_it(shop: "RunningEmulator", tmp_path: Path) -> None:
    """And so these tests would find one that should not be there."""
    done = play(shop, tmp_path, [task("token", {"project": SHOP, "type": "read"})])
    (made,) = made_tokens(shop)
    assert made in done.output
    with pytest.raises(AssertionError):
        assert_hidden(done, tmp_path, made)
    assert_hidden(done, tmp_path)


def echoes(*secrets: str) -> list[Json]:
    """Answers that repeat secrets: as the API refuses, as its framework does, as a proxy does, and as nobody should."""
    text = f"echo of {' and '.join(secrets)}"
    invalid = {"type": "x", "loc": ["body", "config"], "msg": text, "input": text, "ctx": {"error": text}}
    return [
        {"status": 400, "body": {"detail": text}},
        {"status": 422, "body": {"detail": [invalid]}},
        {"status": 502, "body": text, "count": 2},
        {"status": 400, "body": {"detail": {"message": text}, "error": text}},
        {"status": 201, "body": {"id": [text], "token": [text]}, "count": 2},
    ]


def test_failures_show_no_secret(shop: "RunningEmulator", tmp_path: Path, token_file: Path) -> None:
    """Every task fails, with an answer that repeats the secrets which the request held."""

    def channel(name: str) -> Json:
        return task("channel", {"name": f"new-{name}", "config": CONFIGS[name], **PRIVATE})

    rotate = {"project": SHOP, "rotate": True}
    carriers: list[tuple[Json, str, tuple[str, ...], int]] = [
        (channel("webhook"), "/channels/$", (PARAM, HEADER, HOOK), 5),
        (channel("opsgenie"), "/channels/$", (PARAM, HEADER, GENIE), 2),
        (channel("pagerduty"), "/channels/$", (PARAM, HEADER, PAGER), 2),
        (task("project", {"name": "new"}), "/projects/$", (ENV,), 2),
        (task("token", {**rotate, "token": "{{ held }}"}), "/rotate/$", (ENV, HELD), 2),
        (task("token", {**rotate, "path": str(token_file)}), "-tokens/$", (ENV, FILE), 5),
    ]
    tasks, rules = [], []
    for failing, path, secrets, answers in carriers:
        for echo in echoes(*secrets)[:answers]:
            tasks.append({**failing, "ignore_errors": True, "register": f"failed_{len(tasks)}"})
            rules.append(shop.faults.add(action="status", method="POST", path=path, **echo))
    failed = [f"failed_{number} is failed" for number in range(len(tasks))]
    done = play(shop, tmp_path, [*tasks, {"name": "All failed", "ansible.builtin.assert": {"that": failed}}])
    assert [rule.fired for rule in rules] == [rule.count for rule in rules]
    assert done.output.count("echo of ") >= 2 * len(carriers)  # the API's own words are shown, less the secrets
    assert_hidden(done, tmp_path)


def test_a_failure_after_a_new_secret_does_not_show_it(
    shop: "RunningEmulator", tmp_path: Path, token_file: Path
) -> None:
    """The token is made and safe in its file; what ends the old one fails, and repeats the new one's value."""
    new = "pylf_v1_local_7777777canarymade4720abcd"
    answer = {"id": "99999999-9999-4999-8999-999999999999", "token": new}
    shop.faults.add(action="status", method="POST", path="-tokens/$", status=201, body=answer)
    shop.faults.add(action="status", method="DELETE", path="-tokens/", status=400, body={"detail": f"echo of {new}"})
    options = {"project": SHOP, "path": str(token_file), "rotate": True}
    done = play(shop, tmp_path, [task("token", options, ignore_errors=True)])
    assert token_file.read_text() == f"{new}\n"
    assert "echo of " in " ".join(done.output.split())  # ansible-core before 2.19 breaks lines
    assert_hidden(done, tmp_path, "canarymade4720")


def test_queries_show_no_read_token(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """Neither in a task nor in a template, neither when all is well nor when an error repeats it."""
    tokens = [{"token": READER}, {"token": FILE}]
    emulator.store.load({"projects": [{"id": SHOP, "project_name": "shop", "read_tokens": tokens}]})
    (tmp_path / "files").mkdir()
    (tmp_path / "files/token").write_text(f"LOGFIRE_READ_TOKEN={FILE}\n")
    query = {"sql": "SELECT 1 AS one", "min_timestamp": "1h"}
    alert = {"name": "Errors", "query": "SELECT 1", "time_window": "5m", "frequency": "1m"}
    one, stack = {"project": "shop", **alert}, {"projects": [{"name": "shop", "alerts": [alert]}]}
    lookup = "lookup('community.logfire.logfire_query', 'SELECT 1 AS one', min_timestamp='1h', read_token=reader)"
    tasks = [
        task("query", {**query, "read_token": "{{ reader }}", **PRIVATE}),
        task("query", {**query, "read_token_path": str(tmp_path / "files/token")}),
        task("query", query, environment={"LOGFIRE_READ_TOKEN": "{{ reader }}"}),
        task("alert", {**one, "preview": {"read_token": "{{ reader }}"}}, check_mode=True),
        task("alert", {**one, "preview": {"read_token_path": str(tmp_path / "files/token")}}, check_mode=True),
        task("stack", {**stack, "preview": {"read_tokens": {"shop": "{{ reader }}"}}}, check_mode=True),
        {"name": "A template", "ansible.builtin.debug": {"msg": "{{ " + lookup + " }}"}},
    ]
    for each in tasks:  # all of them once more, with an answer that repeats the token of the request
        echo = {"detail": f"echo of {FILE if 'read_token_path' in json.dumps(each) else READER} at Line: 1, Column: 1"}
        emulator.faults.add(action="status", path="/v2/query", skip=len(tasks), status=400, body=echo)
    failing = [{**each, "ignore_errors": True} for each in tasks]
    done = play(emulator, tmp_path, [*tasks, *failing])
    assert [rule.fired for rule in emulator.faults.rules] == [1] * len(tasks)
    assert done.output.count("echo of ") >= len(tasks)
    assert "ignored=7" in done.output
    assert_hidden(done, tmp_path)


def test_strange_answers_show_no_secret(shop: "RunningEmulator", tmp_path: Path, token_file: Path) -> None:
    """Answers in shapes that the API does not have, with the secrets in them, which the texts of exceptions repeat."""
    where = [
        (task("channel", {"name": "x", "config": CONFIGS["webhook"], **PRIVATE}), "/channels/$", (PARAM, HOOK)),
        (task("token", {"project": SHOP, "path": str(token_file)}), "/write-tokens/$", (ENV, FILE)),
        (task("project", {"name": "other", **PRIVATE}), "/projects/$", (PARAM, HEADER)),
    ]
    tasks = []
    for failing, path, secrets in where:
        text = f"echo of {' and '.join(secrets)}"
        shapes: list[Json] = [
            {"label": "x", "config": text},
            {"label": "x", "config": {"type": [text], "url": [text]}, "project_name": [text], "token_prefix": [text]},
            {"label": {"a": text}, "project_name": {"a": text}, "expires_at": [text], "token_prefix": text},
        ]
        for shape in shapes:
            rule = {"action": "status", "method": "GET", "path": path, "status": 200}
            shop.faults.add(**rule, body=[{"id": "1", **shape}])
            shop.faults.add(action="status", method="POST", path=path, status=400, body={"detail": text})
            tasks.append({**failing, "ignore_errors": True})
    # A secret that is not the user's, so that Ansible does not know it, in what makes an exception that repeats it.
    url = "https://hooks.example.com\uff0fcanarystored4721"
    stored = {"id": "1", "label": "y", "config": {"type": "webhook", "url": url}}
    shop.faults.add(action="status", method="GET", path="/channels/$", status=200, body=[stored])
    tasks.append(task("channel", {"name": "y"}, ignore_errors=True))
    done = play(shop, tmp_path, tasks)
    assert "in an unexpected format" in done.output
    assert_hidden(done, tmp_path, "canarystored4721")


def test_internal_errors_show_no_secret(run: "Runner", monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect of the collection itself: neither the exception's text nor its traceback is shown."""

    def fail(*arguments: Any) -> None:
        raise RuntimeError("echo of canaryinternal4722")

    monkeypatch.setattr(engine.Engine, "ensure", fail)
    failed = run("logfire_project", name="shop")
    assert failed.failed
    assert "Internal error in community.logfire" in failed.result["msg"]
    assert "RuntimeError" in failed.result["msg"]
    assert "canaryinternal4722" not in failed.stdout + failed.stderr
    assert "Traceback" not in failed.stdout + failed.stderr
