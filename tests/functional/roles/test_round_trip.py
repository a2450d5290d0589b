# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization described and made again: with anything in it by modules, with everything at once by roles."""

import json
from typing import TYPE_CHECKING

import pytest
from harness import Runner
from hostile import SECRETS, Options, organization, stacks, with_secrets
from hypothesis import HealthCheck, given, settings
from organizations import slo
from plays import KEY, Plays, tree
from readings import WORLDS, Reading

if TYPE_CHECKING:
    from emulator.server import RunningEmulator


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stack=stacks(), world=WORLDS)
def test_what_is_described_is_what_it_takes_to_make_it(
    emulator: "RunningEmulator", other: "RunningEmulator", stack: Options, world: Reading
) -> None:
    for each in (emulator, other):
        each.reset()
        each.settings.patch(world)
    one, two = Runner(emulator, KEY), Runner(other, KEY)
    one.ok("logfire_stack", **stack)
    described = one.ok("logfire_stack_info").result["stack"]
    again = one.ok("logfire_stack", **described)
    assert not again.changed and not again.writes, again.result["diff"]
    two.ok("logfire_stack", **described)
    assert two.ok("logfire_stack_info").result["stack"] == described


#: A service that touches every text, and answers otherwise than it was asked.
TOUCHY: Reading = {
    **{"name_form": "nfc", "line_ends": "lf", "text_blanks": "strip_end", "query_newline": True},
    **{"email_domain_case": "lower", "duration_form": "all_parts", "cleared_description": "empty"},
    **{"alert_empty_description": "null", "alert_create_channels": "absent", "unknown_members": True},
    **{"dashboard_display_nulls": True, "grid_content": "ref", "dashboard_metadata_name": "dashboard"},
}


#: Whom nobody can create.
MEMBERS = [{"email": "ada@example.com", "role": "admin"}, {"email": "bob@example.com", "role": "guest"}]
EVERYTHING = {"export_directory": "here", "export_members": True, "export_variables": True, "export_slos": True}


def with_all_kinds() -> Options:
    """The hostile organization with an object of each further kind that a description can have."""
    description = organization()
    hostile = description["projects"][0]
    weekend = [{"days": [6, 7], "start": "00:00", "end": "23:59:59"}, {"days": [1], "start": "18:00", "end": "23:00"}]
    description["members"] = MEMBERS
    description["schedules"] = [
        {"name": alert["name"], "timezone": "Europe/London", "windows": weekend} for alert in hostile["alerts"][::2]
    ]
    for alert in hostile["alerts"][::2]:
        (channel,) = alert.pop("channels")
        alert["channel_assignments"] = [{"channel": channel, "schedule": alert["name"]}]
    names = [alert["name"] for alert in hostile["alerts"]]
    hostile["variables"] = [
        {"name": "config", "labels": {"production": {"value": names}}, "rollout": {"production": 0.5}},
        {"name": "empty"},
    ]
    assignments = [{"channel": names[1]}, {"channel": names[0], "schedule": names[0]}]
    hostile["slos"] = [{**slo(names[0]), "alerts": {"slow": {"channel_assignments": assignments}}}, slo("plain")]
    return description


@pytest.mark.parametrize("reading", [{}, TOUCHY], ids=["as it is", "touchy"])
def test_export_and_apply(
    plays: Plays, emulator: "RunningEmulator", other: "RunningEmulator", reading: Reading
) -> None:
    """The same organization: nothing to change. One with these people only: then it exports the same bytes."""
    for each in (emulator, other):
        each.settings.patch(reading)
        each.store.load({"members": [{**member, "role": "admin"} for member in MEMBERS]})
    description = with_all_kinds()
    Runner(emulator, KEY).ok("logfire_stack", **with_secrets(description))
    here, there = plays.folder / "here", plays.folder / "there"
    emulator.log.clear()

    run = plays.run("community.logfire.export", "--check", variables=EVERYTHING)
    assert run.changed() == 1 and not here.exists()
    run = plays.run("community.logfire.export", variables=EVERYTHING)
    assert run.changed() == 1
    files = tree(here)
    assert {"members.yml", "schedules.yml"} < files.keys()
    assert {f"projects/hostile/{kind}.yml" for kind in ("variables", "slos")} < files.keys()
    documents = [path for path in files if path.startswith("projects/hostile/dashboards/") and path.endswith(".json")]
    assert len(documents) == len(description["projects"][0]["dashboards"])
    run = plays.run("community.logfire.export", variables=EVERYTHING)
    assert run.changed() == 0 and tree(here) == files

    run = plays.run("community.logfire.apply", variables={"stack_directory": "here"})
    assert run.changed() == 0
    assert plays.writes() == []

    # The files alone make another organization: with those of the secrets that only the user has.
    plays.emulator = other
    variables = {"stack_directory": "here", "stack_channel_secrets": SECRETS}
    run = plays.run("community.logfire.apply", variables=variables)
    assert run.changed() == 1
    state = json.dumps(other.store.snapshot())
    for secrets in SECRETS.values():
        for secret in secrets.values():
            assert secret in state and secret not in run.output
    run = plays.run("community.logfire.export", variables={**EVERYTHING, "export_directory": "there"})
    assert tree(there) == files
