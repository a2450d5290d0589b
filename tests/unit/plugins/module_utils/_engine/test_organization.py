# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look-ups: by id before name, read once, never a guess, and what check mode takes on trust."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from time import sleep

import pytest

from ansible_collections.community.logfire.plugins.module_utils._api.errors import (
    Forbidden,
    LogfireError,
    NotFound,
    RateLimited,
)
from ansible_collections.community.logfire.plugins.module_utils._engine import organization
from ansible_collections.community.logfire.plugins.module_utils._engine.lookup import by_id, by_name, missing
from ansible_collections.community.logfire.plugins.module_utils._engine.organization import Organization
from ansible_collections.community.logfire.plugins.module_utils._kinds.alert import ALERT
from ansible_collections.community.logfire.plugins.module_utils._kinds.channel import CHANNEL
from ansible_collections.community.logfire.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.logfire.plugins.module_utils._values.instants import format_instant
from ansible_collections.community.logfire.plugins.module_utils._values.option_errors import OptionError

A = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
B = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
UNKNOWN = "cccccccc-cccc-4ccc-8ccc-cccccccccccc"
PROJECTS = ({"id": B, "project_name": A}, {"id": A, "project_name": "production"})


class Client:
    def __init__(self, projects=PROJECTS, channels=(), alerts=()):
        self.projects, self.channels, self.alerts = projects, channels, alerts
        self.calls = []

    def read_list(self, path):
        place = path.removeprefix("/api/v1/").removesuffix("/")
        self.calls.append(place)
        items = {"projects": self.projects, "channels": self.channels}.get(place, self.alerts)
        if isinstance(items, Exception):
            raise items
        return list(items)


def error(kind):
    return kind("the service answered", method="GET", path="/api/v1/projects/x/alerts/", status=1)


def test_an_id_anywhere_comes_before_a_name():
    """A project can be named like the id of another (api.md 16.1)."""
    assert Organization(Client()).by_reference(PROJECT, A) == PROJECTS[1]
    assert Organization(Client()).by_reference(PROJECT, A.upper()) == PROJECTS[1]
    assert Organization(Client(PROJECTS[:1])).by_reference(PROJECT, A) == PROJECTS[0]
    assert by_id(PROJECTS, "production") is None
    assert by_name(PROJECT, PROJECTS, "Production") is None


def test_two_of_a_name_are_an_error_that_lists_the_ids():
    channels = [{"id": "1", "label": "ops"}, {"id": "2", "label": "ops"}, {"id": "3", "label": "mail"}]
    with pytest.raises(OptionError, match="name: there are 2 channels 'ops'; name one by its id: 1, 2"):
        by_name(CHANNEL, channels, "ops")
    assert Organization(Client(channels=channels)).by_reference(CHANNEL, "2") == channels[1]


class TwoRuns(Client):
    """A service in which another run removes one of two channels of a name before so many looks at the list."""

    def __init__(self, looks, created_at):
        super().__init__(channels=[{"id": name, "label": "ops", "created_at": created_at} for name in "12"])
        self.looks = looks

    def read_list(self, path):
        if len(self.calls) == self.looks:
            self.channels = self.channels[:1]
        return super().read_list(path)


@pytest.fixture
def waits(monkeypatch):
    """The seconds that were waited; none of them is."""
    waited = []
    monkeypatch.setattr(organization.time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize("looks", [1, 2, 4])
def test_a_young_pair_may_be_about_to_go(waits, looks):
    """Another run that made one of them at the same time removes it. What is planned meanwhile stays."""
    client = TwoRuns(looks, format_instant(datetime.now(timezone.utc)))
    looking = Organization(client)
    looking.all(CHANNEL)
    looking.remember(CHANNEL, None, {"id": "3", "label": "planned"})
    assert looking.find(CHANNEL, "ops")["id"] == "1"
    assert waits == [0.5, 1.0, 2.0, 4.0][:looks]
    assert [channel["id"] for channel in looking.all(CHANNEL)] == ["1", "3"]


def test_a_pair_that_stays_is_an_error(waits):
    """After a few seconds if it is young, at once if it is old or if its age is not known."""
    for created_at, seconds in (
        (format_instant(datetime.now(timezone.utc)), 7.5),
        ("2026-01-01T00:00:00Z", 0),
        (None, 0),
    ):
        waits.clear()
        with pytest.raises(OptionError, match="there are 2 channels 'ops'"):
            Organization(TwoRuns(99, created_at)).find(CHANNEL, "ops")
        assert sum(waits) == seconds


def test_what_there_is_instead_of_what_is_missing():
    problem = f"there is no project 'x'; existing projects: {A}, production"
    assert missing(PROJECT, "x", PROJECTS) == problem
    problem = f"there is no project 'Prodution'; did you mean 'production'? Existing projects: {A}, production"
    assert missing(PROJECT, "Prodution", PROJECTS) == problem
    assert missing(PROJECT, "x", []) == "there is no project 'x'; none exist yet"
    many = missing(CHANNEL, "x", [{"id": "x", "label": f"c{number:02}"} for number in range(30)])
    assert many.endswith("c19, ...")


def test_lists_are_read_once_until_forgotten():
    client = Client()
    organization = Organization(client)
    for _time in range(3):
        organization.parent("production")
    assert client.calls == ["projects"]
    organization.forget(PROJECT)
    organization.parent("production")
    assert client.calls == ["projects"] * 2


class Door:
    """A lock that counts who came to it."""

    def __init__(self):
        self.came = 0
        self.lock = threading.Lock()

    def __enter__(self):
        self.came += 1
        return self.lock.__enter__()

    def __exit__(self, *reason):
        self.lock.release()


def test_who_waits_for_a_list_that_cannot_be_read_fails_with_it():
    """Otherwise each would wait for retry_timeout once more, one after the other. Whoever asks later reads again."""
    door, client = Door(), Client(alerts=error(RateLimited))
    organization = Organization(client)
    organization._listing(ALERT, A).lock = door
    parent, read_list = organization.parent(A), client.read_list

    def read_when_all_are_there(path):
        for _attempt in range(500):
            if door.came == 8:
                return read_list(path)
            sleep(0.01)
        raise AssertionError("they did not come")

    client.read_list = read_when_all_are_there
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(organization.all, ALERT, parent) for _number in range(8)]
        errors = [future.exception() for future in asked]
    assert [str(each) for each in errors] == [str(client.alerts)] * 8
    assert len(set(map(id, errors))) == 8  # each says later what it was for
    assert len(client.calls) == 1
    client.read_list, client.alerts = read_list, []
    assert organization.all(ALERT, parent) == []


def test_a_project_by_id_costs_no_request():
    client = Client()
    parent = Organization(client).parent(B.upper())
    assert (parent.id, parent.name, client.calls) == (B, None, [])


def test_a_project_by_name():
    parent = Organization(Client()).parent("production")
    assert (parent.id, parent.name) == (A, "production")
    assert Organization(Client()).parent("nowhere").id is None


@pytest.mark.parametrize("kind", [NotFound, Forbidden])
def test_a_project_that_is_gone_has_nothing_in_it(kind):
    """Under a project that is gone the API answers 404 or 403; the list of projects tells (api.md 1.9)."""
    organization = Organization(Client(projects=[], alerts=error(kind)))
    parent = organization.parent(A)
    assert organization.all(ALERT, parent) == []
    assert parent.id is None


@pytest.mark.parametrize("kind", [NotFound, Forbidden])
def test_a_refusal_below_a_project_that_exists_is_an_error(kind):
    client = Client(alerts=error(kind))
    organization = Organization(client)
    for reference in (A, "production"):
        with pytest.raises(kind):
            organization.all(ALERT, organization.parent(reference))


def test_other_failures_are_failures():
    organization = Organization(Client(projects=[], alerts=error(LogfireError)))
    with pytest.raises(LogfireError):
        organization.all(ALERT, organization.parent(A))


@pytest.mark.parametrize("by_list", [True, False])
def test_a_project_that_is_gone_is_not_one_that_has_its_id_as_name(by_list):
    """What was meant for a project must not go to another, only since that is named like the ID of the first."""
    organization = Organization(Client(projects=PROJECTS[:1], alerts=error(NotFound)))
    with pytest.raises(
        OptionError, match=f"no project with the ID {A}; a project has it as its name: use the ID of that project, {B}"
    ):
        organization.all(ALERT, organization.parent(A, by_list=by_list))


@pytest.mark.parametrize(
    ("check_mode", "reference", "accepted"), [(True, "new", True), (True, UNKNOWN, False), (False, "new", False)]
)
def test_a_project_that_does_not_exist_yet(check_mode, reference, accepted):
    organization = Organization(Client(), check_mode)
    parent = organization.parent(reference, by_list=True)
    if accepted:
        organization.require(parent)
        assert parent.id == "planned-project:new"
        assert organization.warnings == ["Project 'new' does not exist; check mode assumes an earlier task creates it."]
    else:
        with pytest.raises(OptionError, match=f"there is no project '{reference}'; existing projects: {A}, production"):
            organization.require(parent)


@pytest.mark.parametrize(
    ("check_mode", "reference", "accepted"), [(True, "new", True), (True, UNKNOWN, False), (False, "new", False)]
)
def test_a_channel_that_does_not_exist_yet(check_mode, reference, accepted):
    organization = Organization(Client(channels=[{"id": B, "label": "ops"}]), check_mode)
    assert organization.find(CHANNEL, "ops")["id"] == organization.find(CHANNEL, B)["id"] == B
    if accepted:
        assert organization.find(CHANNEL, reference) == {"id": "planned-channel:new", "label": "new"}
        assert len(organization.warnings) == 1
    else:
        with pytest.raises(OptionError, match=f"channels: there is no channel '{reference}'; existing channels: ops"):
            organization.find(CHANNEL, reference)


def test_what_check_mode_foresaw_is_known_again():
    client = Client(channels=[{"id": B, "label": "ops"}])
    organization = Organization(client, check_mode=True)
    parent = organization.parent("planned-project:new")
    assert (parent.id, parent.name, str(parent)) == ("planned-project:new", "new", "new")
    assert organization.all(ALERT, parent) == []
    organization.require(parent)
    assert organization.find(CHANNEL, "planned-channel:new") == {"id": "planned-channel:new", "label": "new"}
    assert client.calls == ["channels"]
    assert organization.warnings == []


@pytest.mark.parametrize("reference", ["planned-project:new", "planned-channel:new"])
def test_what_check_mode_foresaw_is_nothing_in_a_real_run(reference):
    organization = Organization(Client())
    with pytest.raises(OptionError, match=f"'{reference}' is a placeholder that check mode returned"):
        organization.parent(reference) if "project" in reference else organization.find(CHANNEL, reference)


def test_an_object_without_a_name_has_none():
    channels = [{"id": A}, {"id": B, "label": None}, {"id": UNKNOWN, "label": "ops"}]
    organization = Organization(Client(channels=channels))
    assert organization.find(CHANNEL, "ops") == channels[2]
    assert organization.find(CHANNEL, A) == channels[0]
    with pytest.raises(LogfireError, match=r"a channel without a name \(GET /api/v1/channels/\)"):
        Organization(Client(channels=channels[:1])).find(CHANNEL, "ops")


def test_names_are_compared_in_one_spelling_of_unicode():
    channels = [{"id": "1", "label": "Cafe\u0301"}]
    assert by_name(CHANNEL, channels, "Caf\u00e9") == channels[0]


def test_a_name_with_blanks_around_it_is_refused_unless_there_is_one():
    channels = [{"id": "1", "label": "ops"}, {"id": "2", "label": " night"}]
    assert by_name(CHANNEL, channels, " night") == channels[1]
    with pytest.raises(OptionError, match="name: ' ops' must not begin or end with whitespace"):
        by_name(CHANNEL, channels, " ops")
