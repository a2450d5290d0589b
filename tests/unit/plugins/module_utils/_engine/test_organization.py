# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look-ups: by id before name, read once, never a guess, and what check mode takes on trust."""

from __future__ import annotations

import pytest

from ansible_collections.community.logfire.plugins.module_utils._api.errors import (
    Forbidden,
    LogfireError,
    NotFound,
    OptionError,
)
from ansible_collections.community.logfire.plugins.module_utils._engine.organization import (
    PLANNED,
    Organization,
    by_id,
    by_name,
    by_reference,
    known,
)
from ansible_collections.community.logfire.plugins.module_utils._kinds.alert import ALERT
from ansible_collections.community.logfire.plugins.module_utils._kinds.channel import CHANNEL
from ansible_collections.community.logfire.plugins.module_utils._kinds.project import PROJECT

A = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
B = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
UNKNOWN = "cccccccc-cccc-4ccc-8ccc-cccccccccccc"
PROJECTS = ({"id": B, "project_name": A}, {"id": A, "project_name": "production"})


class Client:
    def __init__(self, projects=PROJECTS, channels=(), alerts=()):
        self.projects, self.channels, self.alerts = projects, channels, alerts
        self.calls = []

    def list_projects(self):
        self.calls.append("projects")
        return list(self.projects)

    def list_channels(self):
        self.calls.append("channels")
        return list(self.channels)

    def list_alerts(self, project_id):
        self.calls.append(f"alerts of {project_id}")
        if isinstance(self.alerts, Exception):
            raise self.alerts
        return list(self.alerts)


def error(kind):
    return kind("the service answered", method="GET", path="/api/v1/projects/x/alerts/", status=1)


def test_an_id_anywhere_comes_before_a_name():
    """A project can be named like the id of another (api.md 16.1)."""
    assert by_reference(PROJECT, PROJECTS, A) == PROJECTS[1]
    assert by_reference(PROJECT, PROJECTS, A.upper()) == PROJECTS[1]
    assert by_reference(PROJECT, PROJECTS[:1], A) == PROJECTS[0]
    assert by_id(PROJECTS, "production") is None
    assert by_name(PROJECT, PROJECTS, "Production") is None


def test_two_of_a_name_are_an_error_that_lists_the_ids():
    channels = [{"id": "1", "label": "ops"}, {"id": "2", "label": "ops"}, {"id": "3", "label": "mail"}]
    with pytest.raises(OptionError, match="name: there are 2 channels 'ops'; name one by its id: 1, 2"):
        by_name(CHANNEL, channels, "ops")
    assert by_reference(CHANNEL, channels, "2") == channels[1]


def test_what_is_known():
    assert known(PROJECT, PROJECTS) == f"known are: {A}, production"
    assert known(PROJECT, []) == "there are no projects at all"
    many = known(CHANNEL, [{"id": "x", "label": f"c{number:02}"} for number in range(30)])
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


def test_a_name_that_looks_like_an_id():
    """The UUID is first taken for an id; that project is gone, and there is one of that name."""
    client = Client(projects=PROJECTS[:1])
    calls = []

    def read(project_id):
        calls.append(project_id)
        if project_id == A:
            raise error(NotFound)
        return [{"id": "1"}]

    organization = Organization(client)
    parent = organization.parent(A)
    assert organization.in_project(parent, read) == [{"id": "1"}]
    assert (calls, parent.id) == ([A, B], B)


@pytest.mark.parametrize(
    ("check_mode", "reference", "accepted"), [(True, "new", True), (True, UNKNOWN, False), (False, "new", False)]
)
def test_a_project_that_does_not_exist_yet(check_mode, reference, accepted):
    organization = Organization(Client(), check_mode)
    parent = organization.parent(reference, by_list=True)
    if accepted:
        organization.require(parent)
        assert organization.warnings == ["There is no project 'new' yet; check mode goes on as if there were."]
    else:
        with pytest.raises(OptionError, match=f"there is no project '{reference}'; known are: {A}, production"):
            organization.require(parent)


@pytest.mark.parametrize(
    ("check_mode", "reference", "accepted"), [(True, "new", True), (True, UNKNOWN, False), (False, "new", False)]
)
def test_a_channel_that_does_not_exist_yet(check_mode, reference, accepted):
    organization = Organization(Client(channels=[{"id": B, "label": "ops"}]), check_mode)
    assert organization.find(CHANNEL, "ops")["id"] == organization.find(CHANNEL, B)["id"] == B
    if accepted:
        assert organization.find(CHANNEL, reference) == {"id": PLANNED, "label": "new"}
        assert len(organization.warnings) == 1
    else:
        with pytest.raises(OptionError, match=f"channels: there is no channel '{reference}'; known are: ops"):
            organization.find(CHANNEL, reference)
