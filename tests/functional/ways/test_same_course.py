# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules' examples lack, in process and as a module: failures, mistakes, warnings, and Ansible's keywords.

The examples themselves are compared in docs/test_examples.py.
"""

import os
import pwd
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from same_course import play_both_ways

from playbooks import Json

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

KEY = "pylf_v1_local_samecourse0123456789"
UNABLE = "pylf_v1_own_withoutscopes0123456789"
HELD = "pylf_v1_local_heldheldheldheldheldheldheldheld"
ALERT = {"name": "Errors", "query": "SELECT 1", "time_window": "5m", "frequency": "1m"}
WEBHOOK = {"type": "webhook", "url": "https://hooks.example.com/services/T0/B0/verysecret"}

#: Projects that answer in their own way, and what an answer about their alerts is.
ANSWERS: dict[str, Json] = {
    "bad": {"action": "status", "status": 400, "body": {"detail": "No."}},
    "gone": {"action": "status", "status": 404, "body": {"detail": "No."}},
    "taken": {"action": "status", "status": 409, "body": {"detail": "No."}},
    "invalid": {"action": "status", "status": 422, "body": {"detail": [{"loc": ["body", "query"], "msg": "No."}]}},
    "limited": {"action": "status", "status": 429, "headers": {"Retry-After": "1000"}},
    "broken": {"action": "status", "status": 503, "body": "<html>"},
    "cut": {"action": "truncate"},
    "silent": {"action": "drop_before"},
    "slow": {"action": "delay", "seconds": 1.0},
    "elsewhere": {"action": "redirect", "location": "https://example.com/"},
    "strange": {"action": "body", "body": ["no object"]},
}
IDS = {name: f"{number:08d}-1111-4111-8111-111111111111" for number, name in enumerate(ANSWERS)}


def seed(emulator: "RunningEmulator") -> None:
    emulator.settings.patch({"keys": [{"key": UNABLE, "scopes": ["project:read"]}]})
    projects = [{"id": id_, "project_name": name} for name, id_ in IDS.items()]
    emulator.store.load({"projects": [*projects, {"project_name": "shop", "write_tokens": [{"token": HELD}]}]})
    for name, answer in ANSWERS.items():
        emulator.faults.add(**answer, path=f"/{IDS[name]}/alerts/", count=None)


def tasks_for(module: str, *several: Json, **keywords: Any) -> list[Json]:
    return [{"name": module, f"community.logfire.logfire_{module}": options, **keywords} for options in several]


def failures(folder: Path) -> list[Json]:
    quick = {"retry_timeout": 0, "timeout": 0.2}
    return [
        *tasks_for("alert", *({**ALERT, **quick, "project": id_} for id_ in IDS.values())),
        *tasks_for("alert_info", {"project": IDS["bad"]}),
        *tasks_for("stack", {"projects": [{"id": IDS["bad"], "name": "bad", "alerts": [ALERT]}, {"name": "new"}]}),
        *tasks_for("stack_info", {"projects": ["nowhere"]}, {"projects": ["bad"]}),
        *tasks_for(
            "project",
            {"name": "new", "api_token": "unknown", "base_url": "{{ url }}"},
            {"name": "other", "api_token": UNABLE},
            {"name": "new", "base_url": "http://127.0.0.1:1", "retry_timeout": 0},
        ),
        *tasks_for("token", {"project": "shop", "id": IDS["bad"]}, {"project": "nowhere", "rotate": True}),
        *tasks_for("dashboard", {"project": "nowhere", "slug": "overview"}),
    ]


def mistakes(folder: Path) -> list[Json]:
    (folder / "token-of-others").write_text("no token\n")
    return [
        *tasks_for("project", {}, {"name": " "}, {"name": "new", "colour": "red"}, {"name": "new", "state": "gone"}),
        *tasks_for("project", {"name": "new", "ca_path": "nowhere.pem"}, {"name": "new", "timeout": 0}),
        *tasks_for("alert", {**ALERT, "project": "shop", "time_window": "soon"}),
        *tasks_for("channel", {"name": "ops", "config": {"type": "webhook", "link": 1}}, {"name": "x", "config": "y"}),
        *tasks_for("stack", {"projects": [{"name": "shop"}, {"name": "shop"}]}, {"projects": [{"alerts": [5]}]}),
        *tasks_for("token", {"project": "shop", "path": "token-of-others"}, {"project": "shop", "state": "absent"}),
        *tasks_for("token", {"project": "shop", "token": "{{ vaulted }}", "id": "x"}),
        *tasks_for("project_info", {"api_token": ""}, environment={"LOGFIRE_API_TOKEN": "two words"}),
    ]


def keywords(folder: Path) -> list[Json]:
    """And what Ansible does with a task and around it."""
    file = {"project": "shop", "path": "held-token", "mode": "u=rw,g=r"}
    return [
        *tasks_for("project", {"name": "made"}, check_mode=True),
        *tasks_for("project", {"name": "made"}, diff=False),
        *tasks_for("project", {"name": "{{ item }}"}, loop=["one", "", "two"], loop_control={"label": "some"}),
        *tasks_for("project_info", {"name": "made"}, environment={"LOGFIRE_API_TOKEN": UNABLE}),
        *tasks_for("project_info", {"name": "made"}, environment={"LOGFIRE_API_TOKEN": ""}),
        *tasks_for("project_info", {"base_url": "http://nobody.invalid"}, environment={"http_proxy": "{{ url }}"}),
        *tasks_for("channel", {"name": "ops", "config": WEBHOOK}, no_log=True),
        *tasks_for("channel", {"name": "ops", "config": WEBHOOK, "update_secret": "always"}),
        *tasks_for("token", {"project": "shop", "token": "{{ vaulted }}"}, {**file, "grace_period": "1h"}, file),
        *tasks_for("token", {**file, "mode": "0600"}, {**file, "path": "~/none/token"}, check_mode=True),
        *tasks_for("token", {"project": "shop", "type": "read", "rotate": True}, register="made"),
        *tasks_for("token", {"project": "shop", "type": "read", "token": "{{ made.token.token }}", "state": "absent"}),
        *tasks_for("token_info", {"project": "shop"}, delegate_to="localhost"),
        *tasks_for("alert_info", {"project": "nowhere"}),
        *tasks_for("dashboard_info", {"project": "shop"}, until="tried.attempts == 2", register="tried", delay=0),
        *tasks_for("channel_info", {}, become=True, become_user="{{ user }}"),
    ]


PLAYS = {"failures": failures, "mistakes": mistakes, "keywords": keywords}


@pytest.mark.parametrize("play", PLAYS.values(), ids=PLAYS)
def test_tasks(play: Any, emulator: "RunningEmulator", tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret")
    secret = VaultLib([("default", VaultSecret(b"secret"))]).encrypt(HELD, VaultSecret(b"secret")).decode()
    (tmp_path / "vault.yml").write_text(f"vaulted: !vault |\n{indent(secret, '  ')}")
    done, results = play_both_ways(
        emulator,
        tmp_path,
        lambda folder: [{**task, "ignore_errors": True} for task in play(folder)],
        seed,
        *("-e", f"@{tmp_path / 'vault.yml'}", "--vault-password-file", str(tmp_path / "password")),
        variables={"url": emulator.base_url, "user": pwd.getpwuid(os.geteuid()).pw_name},
        LOGFIRE_API_TOKEN=KEY,
        HOME=str(tmp_path),
    )
    succeeded = [result["task"] for result in results if not result["failed"]]
    assert (succeeded != []) is (play is keywords)
