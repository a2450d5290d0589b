# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks, run as the guides say; export and apply are in test_round_trip.py."""

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from emulator.server import running_emulator
from hostile import definition
from plays import EXAMPLES, KEY, Plays, unsettled

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Json = dict[str, Any]
DOCUMENT = {**definition("{{ a }}"), "metadata": {"name": "Overview", "project": "shop"}}
SEED: Json = {
    "channels": ["ops", {"label": "mail", "config": {"type": "email", "recipients": ["a@example.com"]}}],
    "projects": [
        {
            "project_name": "shop",
            "description": "{{ a }}",
            "alerts": [
                {"name": "Errors", "query": "SELECT '{{ a }}'", "channels": ["ops", "mail"]},
                {"name": "Slow", "channels": ["mail"]},
            ],
            "dashboards": [{"slug": "overview", "name": "Overview", "definition": DOCUMENT}],
        },
        "empty",
    ],
}
SECRETS = {"ops": {"url": "https://hooks.example.com/services/of-the-target"}}


def contents(emulator: "RunningEmulator") -> dict[str, Any]:
    """What is in each project, without ids and times."""
    return {
        project["project_name"]: (
            project["description"],
            sorted((alert["name"], alert["query"], len(alert["channel_assignments"])) for alert in project["alerts"]),
            sorted(
                (board["slug"], board["name"], json.dumps(board["definition"]["spec"], sort_keys=True))
                for board in project["dashboards"]
            ),
        )
        for project in emulator.store.snapshot()["projects"]
    }


def test_migrate_organization(plays: Plays, emulator: "RunningEmulator", other: "RunningEmulator") -> None:
    emulator.store.load(SEED)
    environment = {
        "LOGFIRE_SOURCE_TOKEN": KEY,
        "LOGFIRE_SOURCE_URL": emulator.base_url,
        "LOGFIRE_TARGET_TOKEN": KEY,
        "LOGFIRE_TARGET_URL": other.base_url,
        "LOGFIRE_BASE_URL": "http://127.0.0.1:9",  # of neither
    }
    playbook, directory = "community.logfire.migrate", "organization"
    lacking = plays.run(playbook, "--check", variables={"stack_directory": directory}, **environment)
    assert lacking.status == 2 and "(channels[1]): config.url: required" in lacking.output
    variables = {"stack_directory": directory, "stack_channel_secrets": SECRETS}
    planned = plays.run(playbook, "--check", variables=variables, **environment)
    assert planned.changed() == 1
    for what in ("channel ops", "project empty", "alert Slow of project shop", "dashboard overview of project shop"):
        assert f"+++ after: {what} (create)" in planned.output
    assert contents(other) == {}
    assert plays.run(playbook, variables=variables, **environment).changed() == 1
    assert contents(other) == contents(emulator)
    assert SECRETS["ops"]["url"] in json.dumps(other.store.snapshot())
    assert plays.run(playbook, variables=variables, **environment).changed() == 0
    assert plays.writes() == []  # the source


def test_copy_project(plays: Plays, emulator: "RunningEmulator") -> None:
    emulator.store.load(SEED)
    playbook, variables = EXAMPLES / "copy_project.yml", {"logfire_source": "shop", "logfire_target": "staging"}
    assert plays.run(playbook, "--check", variables=variables).changed() == 1
    assert plays.writes() == []
    assert plays.run(playbook, variables=variables).changed() == 1
    assert contents(emulator)["staging"][1:] == contents(emulator)["shop"][1:]
    assert plays.run(playbook, variables=variables).changed() == 0


def test_drift(plays: Plays, emulator: "RunningEmulator") -> None:
    emulator.store.load(SEED)
    variables = {"export_directory": "organization", "stack_directory": "organization"}
    assert plays.run("community.logfire.export", variables=variables).changed() == 1
    agreement = plays.run("community.logfire.drift", variables=variables)
    assert "The organization matches the files." in unsettled(agreement.output)

    shop = {**SEED["projects"][0], "alerts": [{**SEED["projects"][0]["alerts"][0], "query": "SELECT 'by hand'"}]}
    emulator.store.load({**SEED, "channels": [*SEED["channels"], "by hand"], "projects": [shop, "scratch", "empty"]})
    drift = plays.run("community.logfire.drift", variables=variables)
    assert drift.status == 2
    told = unsettled(drift.output)
    assert '"The organization differs from the files:"' in told
    for line in (
        "alert Errors of project shop: differs",
        "alert Slow of project shop: does not exist",
        "channel by hand: is not described",
        "project scratch: is not described",
    ):
        assert f'"{line}"' in told
    assert "SELECT 'by hand'" in told  # the diff has the values
    assert plays.writes() == []
    (plays.folder / "organization/channels.yml").unlink()  # nothing is said of channels then
    told = unsettled(plays.run("community.logfire.drift", variables=variables).output)
    assert "project scratch: is not described" in told and "channel by hand" not in told


def test_organizations(plays: Plays) -> None:
    """The two of the example and eighteen more, each with a token that no other takes."""
    names = ["acme", "globex", *(f"organization{number}" for number in range(18))]
    keys = {name: f"pylf_v1_local_{name}" for name in names}
    with ExitStack() as running:
        organizations = {
            name: running.enter_context(running_emulator(accept_local_keys=False, keys=[{"key": key}]))
            for name, key in keys.items()
        }
        hosts: Json = {name: {"logfire_base_url": organizations[name].base_url} for name in names}
        for name in names[2:]:
            hosts[name]["logfire_api_token"] = keys[name]
        (plays.folder / "more.json").write_text(json.dumps({"logfire_organizations": {"hosts": hosts}}))
        inventory = ("-i", str(EXAMPLES / "organizations/inventory.yml"), "-i", "more.json")
        environment = {"LOGFIRE_ACME_TOKEN": keys["acme"], "LOGFIRE_GLOBEX_TOKEN": keys["globex"]}
        playbook = EXAMPLES / "organizations.yml"

        planned = plays.run(playbook, *inventory, "--check", "--limit", "acme", **environment)
        assert planned.changed("acme") == 1 and contents(organizations["acme"]) == {}
        done = plays.run(playbook, *inventory, "--forks", "10", **environment)
        assert {done.changed(name) for name in names} == {1}
        for name in names:
            (shop,) = organizations[name].store.snapshot()["projects"]
            (channel,) = organizations[name].store.snapshot()["channels"]
            assert shop["description"] == f"The shop of {name}"
            assert len(shop["alerts"]) == len(shop["dashboards"]) == 1
            recipient = "oncall@globex.example.com" if name == "globex" else "oncall@example.com"
            assert channel["config"]["recipients"] == [recipient]
        again = plays.run(playbook, *inventory, "--limit", "acme,globex", **environment)
        assert again.changed("acme") == again.changed("globex") == 0
