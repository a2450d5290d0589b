# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The wrapper of the API: the method, path and body of each call, and the answers that it takes."""

from __future__ import annotations

import inspect

import pytest

from ansible_collections.community.logfire.plugins.module_utils._api.client import LogfireClient, is_uuid
from ansible_collections.community.logfire.plugins.module_utils._api.errors import LogfireError

OBJECT = {"id": "new"}
SECRET = {"id": "new", "token": "pylf_v1_local_secret"}
DEFINITION = {"kind": "Dashboard"}


class FakeTransport:
    def __init__(self, answer):
        self.answer = answer
        self.calls = []

    def request(self, method, path, body=None):
        self.calls.append((method, path, body))
        return self.answer


# method, arguments, keywords, the request, its body, the answer
CALLS = [
    ("list_projects", [], {}, "GET projects/", None, [OBJECT]),
    ("create_project", ["shop"], {}, "POST projects/", {"project_name": "shop"}, OBJECT),
    (
        "create_project",
        ["shop"],
        {"description": "", "visibility": "private"},
        "POST projects/",
        {"project_name": "shop", "description": "", "visibility": "private"},
        OBJECT,
    ),
    ("get_project", ["p"], {}, "GET projects/p/", None, OBJECT),
    ("get_project_by_name", ["shop"], {}, "GET projects/", None, [{"id": "p", "project_name": "shop"}]),
    ("update_project", ["p"], {}, "PUT projects/p/", {}, OBJECT),
    ("update_project", ["p"], {"project_name": "renamed"}, "PUT projects/p/", {"project_name": "renamed"}, OBJECT),
    ("update_project", ["p"], {"description": ""}, "PUT projects/p/", {"description": ""}, OBJECT),
    ("update_project", ["p"], {"visibility": None}, "PUT projects/p/", {}, OBJECT),
    ("delete_project", ["p"], {}, "DELETE projects/p/", None, None),
    ("list_write_tokens", ["p"], {}, "GET projects/p/write-tokens/", None, [OBJECT]),
    ("create_write_token", ["p"], {}, "POST projects/p/write-tokens/", {}, SECRET),
    ("create_write_token", ["p"], {"expires_at": None}, "POST projects/p/write-tokens/", {}, SECRET),
    (
        "create_write_token",
        ["p"],
        {"expires_at": "2026-12-31T23:59:59Z"},
        "POST projects/p/write-tokens/",
        {"expires_at": "2026-12-31T23:59:59Z"},
        SECRET,
    ),
    ("delete_write_token", ["p", "t"], {}, "DELETE projects/p/write-tokens/t/", None, None),
    ("rotate_write_token", ["p", "t"], {}, "POST projects/p/write-tokens/t/rotate/", {}, SECRET),
    (
        "rotate_write_token",
        ["p", "t"],
        {"grace_period_hours": 24},
        "POST projects/p/write-tokens/t/rotate/",
        {"grace_period_hours": 24},
        SECRET,
    ),
    ("expire_write_token", ["p", "t"], {}, "PATCH projects/p/write-tokens/t/expire/", None, None),
    ("list_read_tokens", ["p"], {}, "GET projects/p/read-tokens/", None, []),
    (
        "create_read_token",
        ["p"],
        {"expires_at": "2026-12-31T23:59:59Z"},
        "POST projects/p/read-tokens/",
        {"expires_at": "2026-12-31T23:59:59Z"},
        SECRET,
    ),
    ("delete_read_token", ["p", "t"], {}, "DELETE projects/p/read-tokens/t/", None, None),
    ("rotate_read_token", ["p", "t"], {}, "POST projects/p/read-tokens/t/rotate/", None, SECRET),
    ("expire_read_token", ["p", "t"], {}, "PATCH projects/p/read-tokens/t/expire/", None, None),
    ("list_alerts", ["p"], {}, "GET projects/p/alerts/", None, [OBJECT]),
    ("create_alert", ["p"], {"active": False}, "POST projects/p/alerts/", {"active": False}, OBJECT),
    ("get_alert", ["p", "a"], {}, "GET projects/p/alerts/a/", None, OBJECT),
    ("update_alert", ["p", "a"], {"environments": []}, "PUT projects/p/alerts/a/", {"environments": []}, OBJECT),
    ("delete_alert", ["p", "a"], {}, "DELETE projects/p/alerts/a/", None, None),
    ("list_channels", [], {}, "GET channels/", None, [OBJECT]),
    (
        "create_channel",
        ["ops", {"type": "email"}],
        {},
        "POST channels/",
        {"label": "ops", "config": {"type": "email"}},
        OBJECT,
    ),
    ("get_channel", ["c"], {}, "GET channels/c/", None, OBJECT),
    ("update_channel", ["c"], {}, "PUT channels/c/", {}, OBJECT),
    ("update_channel", ["c"], {"active": False}, "PUT channels/c/", {"active": False}, OBJECT),
    ("update_channel", ["c"], {"label": "x", "active": None}, "PUT channels/c/", {"label": "x"}, OBJECT),
    ("delete_channel", ["c"], {}, "DELETE channels/c/", None, None),
    ("list_dashboards", ["p"], {}, "GET projects/p/dashboards/", None, [OBJECT]),
    (
        "create_dashboard",
        ["p", "Name", "slug", DEFINITION],
        {},
        "POST projects/p/dashboards/",
        {"name": "Name", "slug": "slug", "definition": DEFINITION},
        OBJECT,
    ),
    ("get_dashboard", ["p", "d"], {}, "GET projects/p/dashboards/d/", None, {"dashboard": DEFINITION}),
    (
        "update_dashboard",
        ["p", "d"],
        {"version": 3, "definition": DEFINITION},
        "PUT projects/p/dashboards/d/?replace_layout=true",
        {"version": 3, "definition": DEFINITION},
        OBJECT,
    ),
    ("update_dashboard", ["p", "d"], {"name": "x"}, "PUT projects/p/dashboards/d/", {"name": "x"}, OBJECT),
    ("delete_dashboard", ["p", "d"], {}, "DELETE projects/p/dashboards/d/", None, None),
]
NOT_BY_ID = ("create_project", "get_project_by_name", "create_channel")
IN_ONE = [call for call in CALLS if call[1] and call[0] not in NOT_BY_ID]


@pytest.mark.parametrize(("name", "arguments", "keywords", "request_line", "body", "answer"), CALLS)
def test_the_request_of_a_call(name, arguments, keywords, request_line, body, answer):
    transport = FakeTransport(answer)
    result = getattr(LogfireClient(transport), name)(*arguments, **keywords)
    method, path = request_line.split()
    assert transport.calls == [(method, f"/api/v1/{path}", body)]
    expected = {"get_project_by_name": {"id": "p", "project_name": "shop"}, "get_dashboard": DEFINITION}
    assert result == expected.get(name, answer)


def test_every_call_is_in_the_table():
    methods = {name for name, _member in inspect.getmembers(LogfireClient, inspect.isfunction) if name[0] != "_"}
    assert methods == {call[0] for call in CALLS} | {
        "close",
        "inside",
        "seconds_for",
        "read_list",
        "read",
        "create",
        "update",
        "delete",
        "make_secret",
        "send",
    }


@pytest.mark.parametrize(("name", "arguments", "keywords"), [call[:3] for call in IN_ONE])
def test_an_empty_id_is_refused(name, arguments, keywords):
    for place in range(1 if "dashboard" in name and "create" in name else len(arguments)):
        transport = FakeTransport([])
        emptied = [*arguments[:place], "", *arguments[place + 1 :]]
        with pytest.raises(ValueError, match="id is empty"):
            getattr(LogfireClient(transport), name)(*emptied, **keywords)
        assert transport.calls == []


@pytest.mark.parametrize(
    ("given", "escaped"),
    [("a/b", "a%2Fb"), ("a b", "a%20b"), ("a?b=c#d", "a%3Fb%3Dc%23d"), ("100%", "100%25"), ("%2F", "%252F")]
    + [("ü", "%C3%BC")],
)
def test_segments_are_escaped_once(given, escaped):
    transport = FakeTransport(None)
    LogfireClient(transport).delete_alert(given, "a")
    assert transport.calls == [("DELETE", f"/api/v1/projects/{escaped}/alerts/a/", None)]


def test_the_first_project_of_a_name():
    projects = [{"id": "1", "project_name": "a"}, {"id": "2", "project_name": "b"}, {"id": "3", "project_name": "b"}]
    client = LogfireClient(FakeTransport(projects))
    assert client.get_project_by_name("b") == projects[1]
    assert client.get_project_by_name("c") is None


NO_LISTS = [None, {}, {"detail": "x"}, "text", 1, [None], ["a"], [{}], [{"id": None}], [{"id": 1}], [{"id": ""}], [[]]]
NO_OBJECTS = [None, [], "text", 1, [OBJECT]]
NO_NEW_OBJECTS = [*NO_OBJECTS, {}, {"id": None}, {"id": 5}, {"id": ""}]
NO_SECRETS = [*NO_NEW_OBJECTS, {"id": "new"}, {"id": "new", "token": None}, {"id": "new", "token": ""}]


@pytest.mark.parametrize(
    ("name", "arguments", "answers"),
    [
        ("list_projects", [], NO_LISTS),
        ("get_project_by_name", ["x"], NO_LISTS),
        ("list_write_tokens", ["p"], NO_LISTS),
        ("list_read_tokens", ["p"], NO_LISTS),
        ("list_alerts", ["p"], NO_LISTS),
        ("list_channels", [], NO_LISTS),
        ("list_dashboards", ["p"], NO_LISTS),
        ("get_project", ["p"], NO_OBJECTS),
        ("get_alert", ["p", "a"], NO_OBJECTS),
        ("get_channel", ["c"], NO_OBJECTS),
        ("get_dashboard", ["p", "d"], [*NO_OBJECTS, {}, {"dashboard": None}, {"dashboard": []}]),
        ("create_project", ["x"], NO_NEW_OBJECTS),
        ("create_channel", ["x", {}], NO_NEW_OBJECTS),
        ("create_alert", ["p"], NO_NEW_OBJECTS),
        ("create_dashboard", ["p", "n", "s", {}], NO_NEW_OBJECTS),
        ("update_project", ["p"], NO_NEW_OBJECTS),
        ("update_channel", ["c"], NO_NEW_OBJECTS),
        ("update_alert", ["p", "a"], NO_NEW_OBJECTS),
        ("update_dashboard", ["p", "d"], NO_NEW_OBJECTS),
        ("create_write_token", ["p"], NO_SECRETS),
        ("create_read_token", ["p"], NO_SECRETS),
        ("rotate_write_token", ["p", "t"], NO_SECRETS),
        ("rotate_read_token", ["p", "t"], NO_SECRETS),
    ],
)
def test_an_answer_of_another_shape(name, arguments, answers):
    """A creation may have been carried out nevertheless, and says so."""
    for answer in answers:
        transport = FakeTransport(answer)
        with pytest.raises(LogfireError, match="the answer ") as caught:
            getattr(LogfireClient(transport), name)(*arguments)
        assert caught.value.outcome_unknown is (transport.calls[0][0] == "POST")
        assert caught.value.status is None
        assert caught.value.path == transport.calls[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123e4567-e89b-12d3-a456-426614174000", True),
        ("123E4567-E89B-12D3-A456-426614174000", True),
        ("123e4567e89b12d3a456426614174000", False),
        ("123e4567-e89b-12d3-a456-426614174000\n", False),
        ("shop", False),
        ("", False),
    ],
)
def test_the_shape_of_ids(text, expected):
    assert is_uuid(text) is expected
