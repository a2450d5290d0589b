# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What errors say: the hint that fits, and nothing that was not meant to be said."""

from __future__ import annotations

import pytest

from ansible_collections.community.logfire.plugins.module_utils._api.errors import (
    BY_STATUS,
    LogfireError,
    OptionError,
    needed_scope,
)

ITEM = "/api/v1/projects/1/alerts/2/"


@pytest.mark.parametrize(
    ("status", "method", "path", "hint"),
    [
        (401, "GET", ITEM, "Check that the API token is right, active and of this organization."),
        (403, "PUT", ITEM, "needs the scope project:write_alert and must reach the project"),
        (404, "GET", "/api/v1/channels/", "has no such API: is it a Logfire, and recent enough?"),
        (404, "GET", "/api/v1/projects/1/alerts/", "has no such API: is it a Logfire, and recent enough?"),
        (404, "GET", ITEM, ""),
        (409, "PUT", ITEM, ""),
        (422, "PUT", ITEM, ""),
        (429, "GET", ITEM, "Raise retry_timeout, or send fewer requests."),
        (500, "GET", ITEM, ""),
    ],
)
def test_the_hint_of_a_status(status, method, path, hint):
    kind = BY_STATUS.get(status, LogfireError)
    error = kind(f"the service answered {status}: why", method=method, path=path, status=status, detail="why")
    assert str(error).startswith(f"the service answered {status}: why ({method} {path}).")
    assert hint in str(error)
    assert bool(hint) is (str(error) != f"the service answered {status}: why ({method} {path}).")


def test_everything_that_an_error_can_say():
    error = LogfireError(
        "no answer came in time", method="POST", path="/api/v1/channels/", waited=12.34, outcome_unknown=True
    )
    error.task = "create channel 'ops'"
    assert str(error) == (
        "Could not create channel 'ops': no answer came in time (POST /api/v1/channels/)."
        " Gave up after waiting 12 s in all. It may have been carried out all the same; the next run finds out."
    )
    assert error.failure() == {
        "status": None,
        "detail": None,
        "method": "POST",
        "path": "/api/v1/channels/",
        "waited": 12.3,
    }


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/api/v1/projects/", "project:read"),
        ("POST", "/api/v1/projects/", "organization:create_project"),
        ("GET", "/api/v1/projects/1/", "project:read"),
        ("PUT", "/api/v1/projects/1/", "project:write"),
        ("DELETE", "/api/v1/projects/1/", "project:write"),
        ("GET", "/api/v1/projects/1/write-tokens/", "project:write_token"),
        ("POST", "/api/v1/projects/1/write-tokens/", "project:write_token"),
        ("DELETE", "/api/v1/projects/1/write-tokens/2/", "project:write_token"),
        ("POST", "/api/v1/projects/1/write-tokens/2/rotate/", "project:write_token"),
        ("GET", "/api/v1/projects/1/read-tokens/", "project:read_token"),
        ("PATCH", "/api/v1/projects/1/read-tokens/2/expire/", "project:read_token"),
        ("GET", "/api/v1/projects/1/alerts/", "project:read_alert"),
        ("POST", "/api/v1/projects/1/alerts/", "project:write_alert"),
        ("GET", "/api/v1/projects/1/dashboards/2/", "project:read_dashboard"),
        ("DELETE", "/api/v1/projects/1/dashboards/2/", "project:write_dashboard"),
        ("GET", "/api/v1/channels/", "organization:read_channel"),
        ("PUT", "/api/v1/channels/1/", "organization:write_channel"),
        ("GET", "/api/v1/other/", "of this route"),
    ],
)
def test_the_scope_of_a_route(method, path, scope):
    assert needed_scope(method, path) == scope


def test_an_option_error_names_the_option():
    error = OptionError("config.url", "must be a URL")
    assert (error.option, error.problem, str(error)) == ("config.url", "must be a URL", "config.url: must be a URL")
    assert isinstance(error, ValueError)
