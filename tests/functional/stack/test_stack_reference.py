# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organization that measurements refer to: planned, made, found unchanged, described and found unchanged again."""

from collections import Counter
from collections.abc import Sequence

from api_calls import short
from organizations import count, organization
from watched import WatchedRunner

#: One list of each kind, of alerts and dashboards one for each of the ten projects; and each of the twenty dashboards.
READS = {
    "GET channels/": 1,
    "GET projects/": 1,
    "GET projects/P/alerts/": 10,
    "GET projects/P/dashboards/": 10,
    "GET projects/P/dashboards/ID/": 20,
}
#: Each object is made by one request, and the channel that is inactive takes a second one. In projects that were just
#: made there is nothing to look for. Channels and alerts are looked at once more after all were made, since the service
#: keeps no two runs from making two of one name.
CREATION = {
    "GET channels/": 2,
    "GET projects/": 1,
    "POST channels/": 5,
    "PUT channels/ID/": 1,
    "POST projects/": 10,
    "GET projects/P/alerts/": 10,
    "POST projects/P/alerts/": 100,
    "POST projects/P/dashboards/": 20,
}
REMOVAL = {"GET channels/": 1, "GET projects/": 1, "DELETE projects/ID/": 10, "DELETE channels/ID/": 5}


def kinds(calls: Sequence[str]) -> Counter[str]:
    """How many calls of each kind."""
    return Counter(short(calls))


def test_reference_organization(run: WatchedRunner) -> None:
    description = organization()
    assert count(description) == 135

    check = run.stack(description, check=True)
    assert check.changed
    assert kinds(check.calls) == {"GET channels/": 1, "GET projects/": 1}
    assert check.result["summary"] == {**dict.fromkeys(check.result["summary"], 0), "created": 135}

    real = run.stack(description)
    assert real.result["summary"] == check.result["summary"]
    assert real.result["diff"] == check.result["diff"]
    assert [{**change, "id": None} for change in real.result["changes"]] == check.result["changes"]
    assert all(change["id"] for change in real.result["changes"])
    assert kinds(real.calls) == CREATION
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
        assert kinds(again.calls) == READS
        assert len(again.calls) == 42

    info = run.ok("logfire_stack_info")
    assert kinds(info.calls) == READS
    same = run.stack(info.result["stack"])
    assert not same.changed, same.result["diff"]
    assert run.state() == made

    removal = {kind: [{"name": item["name"], "state": "absent"} for item in description[kind]] for kind in description}
    for mode in (True, False):
        gone = run.stack(removal, check=mode)
        assert kinds(gone.calls) == {call: n for call, n in REMOVAL.items() if not mode or call.startswith("GET ")}
    assert not any(run.state().values())
