# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is hidden where the same text is a secret of the task and a part of what the service said.

The values of headers are hidden in arguments, messages and logs, never in what was read. What must never be shown is
replaced by asterisks, with a warning; and nobody is handed a description that would change what it describes.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from in_process import forget_warnings
from organizations import board
from test_canary import assert_hidden, play, task

from ansible_collections.community.logfire.plugins.module_utils._values.secrets import HIDDEN

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run, Runner

Options = dict[str, Any]

#: Long enough for ansible-core to look for it everywhere.
TEXT = "checkout-service-of-the-shop"
PROJECT = {
    "project_name": TEXT,
    "description": f"All of {TEXT}",
    "alerts": [{"name": TEXT, "query": f"SELECT 1 FROM records WHERE service_name = '{TEXT}'", "environments": [TEXT]}],
    "dashboards": [{"slug": TEXT, "name": TEXT, "definition": board(f"of {TEXT}", **{TEXT: [TEXT]})}],
}
INFO: dict[str, Options] = {
    "logfire_project_info": {},
    "logfire_channel_info": {},
    "logfire_alert_info": {"project": TEXT},
    "logfire_dashboard_info": {"project": TEXT, "definitions": True},
    "logfire_token_info": {"project": TEXT},
    "logfire_stack_info": {},
}
WARNING = "A secret of this task occurs in its result and is replaced with asterisks."


@pytest.fixture(autouse=True)
def no_connection_variables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY", "LOGFIRE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    forget_warnings()
    yield
    forget_warnings()


def shown(run: "Run") -> Options:
    """The whole result, with the arguments, where this ansible-core hands them back."""
    result: Options = json.loads(run.stdout.splitlines()[-1])
    return result


def stored(emulator: "RunningEmulator") -> Options:
    emulator.store.load({"channels": [TEXT], "projects": [PROJECT]})
    return emulator.store.snapshot()


@pytest.mark.parametrize("module", INFO)
def test_a_headers_value_in_what_was_read(module: str, run: "Runner", emulator: "RunningEmulator") -> None:
    stored(emulator)
    plain = run.ok(module, **INFO[module])
    with_header = run.ok(module, **INFO[module], headers={"X-Proxy-Key": TEXT})
    assert with_header.result == plain.result
    assert shown(with_header).get("invocation", {}).get("module_args", {}).get("headers", HIDDEN) == HIDDEN


def test_an_export_under_a_header_is_applied_without_a_change(run: "Runner", emulator: "RunningEmulator") -> None:
    before = stored(emulator)
    headers = {"X-Proxy-Key": TEXT}
    exported = run.ok("logfire_stack_info", headers=headers).result["stack"]
    applied = run.ok("logfire_stack", **exported, prune=["channels", "alerts", "dashboards", "projects"])
    assert applied.result["summary"]["unchanged"] == 4
    assert emulator.store.snapshot() == before


def test_a_headers_value_in_diffs(run: "Runner", emulator: "RunningEmulator") -> None:
    stored(emulator)
    changed = run.ok("logfire_project", name=TEXT, description=f"Not {TEXT}", headers={"X-Proxy-Key": TEXT})
    assert changed.result["diff"]["before"]["description"] == f"All of {TEXT}"
    assert changed.result["diff"]["after"]["description"] == f"Not {TEXT}"
    assert changed.result["project"]["name"] == TEXT


def test_a_headers_value_in_messages_and_arguments(run: "Runner", emulator: "RunningEmulator") -> None:
    """Of the options that are no secrets, too: these are no news to whoever wrote them."""
    stored(emulator)
    headers = {"X-Proxy-Key": TEXT}
    emulator.faults.add(action="status", method="PUT", path="/projects/", status=400, body={"detail": f"no {TEXT}"})
    for failed in (
        run.fails("logfire_project", name=TEXT, description="x", headers=headers),
        run.fails("logfire_alert", project=f"not {TEXT}", name="x", headers=headers),
        run.fails("logfire_alert", project=f"not {TEXT}", notify_when=TEXT, headers=headers),
        run.fails(
            "logfire_stack",
            projects=[{"name": TEXT, "alerts": [{"name": TEXT, "channels": [f"no {TEXT}"]}]}],
            headers=headers,
        ),
    ):
        assert TEXT not in failed.stdout
    check = {"status": "slow", "message": f"{TEXT} is slow"}
    emulator.faults.add(
        action="body", method="PUT", path="/alerts/", body={"id": "1", "name": TEXT, "query_check": check}
    )
    warned = run.ok("logfire_alert", project=TEXT, name=TEXT, query="SELECT 2 /* slow */", headers=headers)
    assert warned.warnings
    assert TEXT not in str(warned.warnings)


@pytest.mark.parametrize(
    "module", [name for name in INFO if name not in ("logfire_token_info", "logfire_channel_info")]
)
def test_the_api_token_in_what_was_read(module: str, run: "Runner", emulator: "RunningEmulator") -> None:
    """Somebody wrote it into a query, or into a key of a dashboard. It is not shown, and the user is told."""
    stored(emulator)
    emulator.settings.keys = [{"key": TEXT}]
    found = run(module, **INFO[module], api_token=TEXT)
    assert TEXT not in found.stdout
    if module == "logfire_stack_info":
        assert found.failed
        return
    assert WARNING in str(found.warnings)
    assert "********" in json.dumps(found.result)


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"description": f"Key: {TEXT}"}, "projects[shop].description"),
        ({"alerts": [{"name": "A", "query": f"SELECT '{TEXT}'"}]}, "projects[shop].alerts[A].query"),
        ({"alerts": [{"name": "A", "environments": [TEXT]}]}, "projects[shop].alerts[A].environments[0]"),
        ({"dashboards": [{"slug": "a", "name": f"My {TEXT}"}]}, "projects[shop].dashboards[My ********].name"),
        (
            {"dashboards": [{"slug": "a", "name": "A", "definition": board(**{f"x{TEXT}": {}})}]},
            "projects[shop].dashboards[A].definition.spec",
        ),
    ],
)
def test_an_export_with_the_api_token_in_it(
    part: Options, place: str, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.store.load({"projects": [{"project_name": "shop", **part}]})
    emulator.settings.keys = [{"key": TEXT}]
    failed = run.fails("logfire_stack_info", api_token=TEXT)
    assert failed.result["msg"].startswith(f"api_token: the API token occurs in the organization, in {place};")
    assert "stack" not in failed.result
    assert TEXT not in failed.stdout


def test_a_webhooks_address_in_what_was_read(run: "Runner", emulator: "RunningEmulator") -> None:
    url = "https://hooks.example.com/services/verysecret"
    emulator.store.load({"projects": [{"project_name": "shop", "description": f"Alerts go to {url}"}]})
    config = {"type": "webhook", "url": url}
    done = run.ok(
        "logfire_stack", channels=[{"name": "a", "config": config}], projects=[{"name": "shop", "description": ""}]
    )
    assert "verysecret" not in done.stdout
    assert WARNING in str(done.warnings)


@pytest.mark.parametrize(
    "url", ["https://hooks.example.com", "https://hooks.example.com/", "https://hooks.example.com:8443/**********"]
)
def test_an_address_of_which_the_service_shows_all(url: str, run: "Runner", emulator: "RunningEmulator") -> None:
    """A URL without a path, or the service's own mask: to hide it would hide a part of every mask."""
    emulator.store.load(
        {"channels": [{"label": "a", "config": {"type": "webhook", "url": "https://hooks.example.com/x"}}]}
    )
    masked = run.ok("logfire_channel", name="a", config={"type": "webhook", "url": url}).result["channel"]["config"]
    assert masked["url"].startswith("https://hooks.example.com")
    assert masked["url"].endswith("/**********")


def test_an_export_that_is_refused_is_not_written(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """On real Ansible, through the role: the files that are there stay."""
    (tmp_path / "organization").mkdir()
    emulator.store.load({"projects": [{"project_name": "shop", "description": "See pylf_v1_local_canaryenv4711abcd"}]})
    role = {"name": "community.logfire.export"}
    variables = {"export_directory": str(tmp_path / "organization")}
    export = {"name": "Export", "ansible.builtin.include_role": role, "vars": variables}
    block = {"name": "Try", "block": [export], "rescue": [{"name": "Refused", "ansible.builtin.meta": "noop"}]}
    done = play(emulator, tmp_path, [block, task("project_info", {})], plain=False)
    assert "occurs in the organization, in projects[shop].description" in done.output
    assert list((tmp_path / "organization").iterdir()) == []
    assert_hidden(done, tmp_path)
