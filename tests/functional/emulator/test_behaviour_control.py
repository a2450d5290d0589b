# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The emulator's own controls: state, seeds, settings, reset; and its command line."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

TESTS = Path(__file__).resolve().parents[2]
ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"

SEED: dict[str, Any] = {
    "organization": {"name": "acme-gmbh"},
    "channels": [
        "ops",
        {"label": "mail", "active": False, "config": {"type": "email", "recipients": ["a@b.example"]}},
    ],
    "projects": [
        "empty",
        {
            "project_name": "shop",
            "write_tokens": [{}, {"expires_at": "2020-01-01T00:00:00Z"}],
            "read_tokens": [{}],
            "alerts": ["Quiet", {"name": "Loud", "channels": ["ops", "mail"]}],
            "dashboards": ["overview", {"slug": "details", "name": "Details"}],
        },
    ],
}


def everything(api: Api) -> dict[str, Any]:
    """All that the API shows."""
    seen = {path: api.ok("GET", path) for path in ("channels/", "projects/")}
    for project in seen["projects/"]:
        for kind in ("alerts", "dashboards", "write-tokens", "read-tokens"):
            path = f"projects/{project['id']}/{kind}/"
            seen[path] = api.ok("GET", path)
        for board in seen[f"projects/{project['id']}/dashboards/"]:
            path = f"projects/{project['id']}/dashboards/{board['id']}/"
            seen[path] = api.ok("GET", path)
    return seen


def test_short_seed(api: Api) -> None:
    """Names are enough; the rest is made up."""
    whole = api.control("PUT", "state", SEED).json()
    assert whole["organization"]["name"] == "acme-gmbh"
    seen = everything(api)
    assert len(seen) == 12
    assert {item["label"]: item["active"] for item in seen["channels/"]} == {"ops": True, "mail": False}
    shop = next(item for item in seen["projects/"] if item["project_name"] == "shop")
    assert shop["organization_name"] == "acme-gmbh"
    alerts = seen[f"projects/{shop['id']}/alerts/"]
    assert {alert["name"]: len(alert["channels"]) for alert in alerts} == {"Quiet": 0, "Loud": 2}
    assert sorted(token["active"] for token in seen[f"projects/{shop['id']}/write-tokens/"]) == [False, True]


@pytest.mark.parametrize("definition", [{}, {"metadata": {}}, {"metadata": {"name": "Shop"}}])
def test_a_definition_is_completed(api: Api, definition: dict[str, Any]) -> None:
    api.control(
        "PUT",
        "state",
        {"projects": [{"project_name": "shop", "dashboards": [{"slug": "b", "definition": definition}]}]},
    )
    (project,) = api.ok("GET", "projects/")
    (listed,) = api.ok("GET", f"projects/{project['id']}/dashboards/")
    shown = api.ok("GET", f"projects/{project['id']}/dashboards/{listed['id']}/")["dashboard"]
    assert shown["kind"] == "Dashboard"
    assert shown["metadata"]["name"] == definition.get("metadata", {}).get("name", "b")
    assert shown["metadata"]["project"] == "shop"
    assert shown["spec"]["panels"] == {}


def test_state_round_trip(api: Api) -> None:
    """What GET shows, PUT takes: nothing changes. Secrets are in clear."""
    api.control("PUT", "state", SEED)
    state = api.control("GET", "state").json()
    before = everything(api)
    assert api.control("PUT", "state", state).json() == state
    assert everything(api) == before
    assert state["channels"][0]["config"]["url"].endswith("/secret")
    assert re.fullmatch(r"pylf_v1_local_\w{43}", state["projects"][1]["write_tokens"][0]["token"])


@pytest.mark.parametrize(
    "seed",
    [
        {"project": []},
        {"projects": [{"name": "shop"}]},
        {"projects": [{"project_name": "shop", "alerts": [{"name": "a", "window": "PT5M"}]}]},
        {"projects": [{"project_name": "shop", "alerts": [{"name": "a", "channels": ["nobody"]}]}]},
        {"projects": [{"id": ID, "project_name": "a"}, {"id": ID, "project_name": "b"}]},
        {"projects": 1},
        {"channels": [1]},
        {"organization": "acme"},
    ],
)
def test_bad_seeds(api: Api, project: str, seed: Any) -> None:
    """422, and the state stays."""
    answer = api.control("PUT", "state", seed)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert len(api.ok("GET", "projects/")) == 1


def test_settings(emulator: "RunningEmulator", api: Api) -> None:
    """All are shown; some are changed, or none when one of them is wrong."""
    defaults = api.control("GET", "settings").json()
    changed = api.control("PATCH", "settings", {"latency_ms": 1, "keys": [{"key": "k", "scopes": ["project:read"]}]})
    assert changed.json() == {
        **defaults,
        "latency_ms": 1,
        "keys": [{"key": "k", "scopes": ["project:read"], "project": None}],
    }
    for wrong in ({"latency": 1}, {"latency_ms": "x"}, {"list_order": "none"}):
        assert api.control("PATCH", "settings", {"actor_name": "no", **wrong}).status_code == 422
    assert emulator.settings.actor_name == "Emulator"
    assert emulator.settings.latency_ms == 1


def test_every_setting_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    """Those of all kinds in the page about the emulator; those of one kind in its file. The command line shows all."""
    from emulator.cli import main
    from emulator.settings import Settings
    from emulator.shared_settings import SharedSettings

    page = (TESTS / "emulator" / "README.md").read_text(encoding="utf-8")
    assert [name for name in SharedSettings.model_fields if f"`{name}`" not in page] == []
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
    assert main(["--settings"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in shown] == list(Settings.model_fields)
    assert any(line.startswith('list_order = "shuffled"') and "never the order of insertion" in line for line in shown)


def test_reset(emulator: "RunningEmulator", api: Api) -> None:
    """Everything back to the start; ids and secrets come again in the same order."""

    def run() -> list[str]:
        project = api.ok("POST", "projects/", {"project_name": "shop"})
        token = api.ok("POST", f"projects/{project['id']}/write-tokens/")
        return [project["id"], token["id"], token["token"]]

    first = run()
    emulator.faults.add(action="status", path="nothing")
    emulator.settings.patch({"list_order": "insertion", "clock_offset": 1e6})
    assert api.control("POST", "reset").status_code == 204
    assert (emulator.log, emulator.faults.rules, emulator.store.state.projects) == ([], [], {})
    assert (emulator.settings.list_order, emulator.settings.clock_offset) == ("shuffled", 0)
    assert run() == first
    assert len(set(first)) == 3


def test_random_seed(emulator: "RunningEmulator", api: Api) -> None:
    """Another seed, other ids."""
    one = api.control("PUT", "state", {"projects": ["shop"]}).json()
    emulator.settings.random_seed = 1
    two = api.control("PUT", "state", {"projects": ["shop"]}).json()
    assert one["projects"][0]["id"] != two["projects"][0]["id"]


def test_controls_are_no_part_of_the_api(emulator: "RunningEmulator", api: Api) -> None:
    """They are neither in its document nor in the log, and need no key."""
    requests.get(f"{emulator.base_url}/_emulator/log", timeout=10)
    assert emulator.log == []
    document = requests.get(f"{emulator.base_url}/api/openapi.json", timeout=10).json()
    assert all(path.startswith("/v1/") for path in document["paths"])


def test_running_emulator() -> None:
    """Settings and a seed can be given; two run side by side."""
    from emulator.server import running_emulator

    with running_emulator(seed={"projects": ["shop"]}, list_order="insertion") as one, running_emulator() as two:
        assert one.base_url != two.base_url
        assert (len(one.store.state.projects), len(two.store.state.projects)) == (1, 0)
        one.store.load({})
        one.reset()
        assert len(one.store.state.projects) == 1
        assert one.settings.list_order == "insertion"
    with pytest.raises(requests.ConnectionError):
        requests.get(one.base_url, timeout=10)


@contextmanager
def started(arguments: list[str], **options: Any) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """An emulator in a process of its own, and the address of its first line."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, **options)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.fullmatch(r"Logfire emulator listening on (http://127\.0\.0\.1:[0-9]+)\n", line)
        assert found, line
        yield process, found[1]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize(
    ("arguments", "folder", "number"),
    [([str(TESTS / "emulator")], "/", signal.SIGTERM), (["-m", "emulator"], str(TESTS), signal.SIGINT)],
)
def test_command_line(tmp_path: Path, arguments: list[str], folder: str, number: int) -> None:
    """Both ways to start it, with a seed; a signal ends it without complaint, an open connection or not."""
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"projects": ["shop"]}), encoding="utf-8")
    options = ["--port", "0", "--seed", str(seed), "--latency-ms", "1"]
    with started([*arguments, *options], cwd=folder) as (process, base_url), requests.Session() as session:
        session.headers["Authorization"] = "Bearer pylf_v1_local_abc"
        [project] = session.get(f"{base_url}/api/v1/projects/", timeout=10).json()
        assert project["project_name"] == "shop"
        assert session.get(f"{base_url}/_emulator/settings", timeout=10).json()["latency_ms"] == 1
        process.send_signal(number)
        assert process.wait(timeout=10) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--host", "0.0.0.0"], "invalid choice"),
        (["--seed", "/nowhere/at/all.json"], "No such file"),
        (["--port", "many"], "invalid int"),
    ],
)
def test_bad_command_lines(capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str) -> None:
    """Refused with a usage."""
    from emulator.cli import main

    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert complaint in capsys.readouterr().err
