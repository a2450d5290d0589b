# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organization that measurements refer to: planned, made, found unchanged, described and found unchanged again."""

from collections import Counter

from organizations import count, organization
from watched import WatchedRunner, short


def test_reference_organization(run: WatchedRunner) -> None:
    description = organization()
    assert count(description) == 135

    check = run.stack(description, check=True)
    assert check.changed
    assert sorted(short(check.calls)) == ["GET channels/", "GET projects/"]
    assert check.result["summary"] == {**dict.fromkeys(check.result["summary"], 0), "created": 135}

    real = run.stack(description)
    assert real.result["summary"] == check.result["summary"]
    assert real.result["diff"] == check.result["diff"]
    assert [{**change, "id": None} for change in real.result["changes"]] == check.result["changes"]
    assert all(change["id"] for change in real.result["changes"])
    # One of the five channels is made inactive, which takes a second request; alerts are looked for once a project.
    assert Counter(call.split()[0] for call in real.calls) == {"GET": 2 + 10, "POST": 135, "PUT": 1}
    made = run.state()
    assert [item["label"] for item in made["channels"]] == [item["name"] for item in description["channels"]]
    for project, described in zip(made["projects"], description["projects"], strict=True):
        assert project["project_name"] == described["name"]
        assert [item["name"] for item in project["alerts"]] == [item["name"] for item in described["alerts"]]
        assert [item["slug"] for item in project["dashboards"]] == [item["slug"] for item in described["dashboards"]]

    for mode in (True, False):
        again = run.stack(description, check=mode)
        assert not again.changed
        assert (again.result["changes"], again.result["diff"]) == ([], [])
        assert again.result["summary"] == {**dict.fromkeys(real.result["summary"], 0), "unchanged": 135}
        kinds = Counter(short([request])[0].replace("ID/", "") for request in again.calls)
        lists = {"GET projects/": 1, "GET channels/": 1, "GET projects/alerts/": 10}
        assert kinds == {**lists, "GET projects/dashboards/": 10 + 20}
        assert len(again.calls) == 42

    info = run.ok("logfire_stack_info")
    assert len(info.calls) == 42
    assert not info.writes
    same = run.stack(info.result["stack"])
    assert not same.changed, same.result["diff"]
    assert run.state() == made
