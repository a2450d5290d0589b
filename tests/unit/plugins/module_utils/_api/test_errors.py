# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What errors say: the hint that fits, and nothing that was not meant to be said."""

from __future__ import annotations

import pytest

from ansible_collections.community.logfire.plugins.module_utils._api.errors import (
    BY_STATUS,
    LogfireError,
    article,
    needing,
)
from ansible_collections.community.logfire.plugins.module_utils._values.option_errors import OptionError

ITEM = "/api/v1/projects/1/alerts/2/"


@pytest.mark.parametrize(
    ("status", "method", "path", "hint"),
    [
        (401, "GET", ITEM, "Check that the API token is valid and active, and belongs to this organization."),
        (403, "PUT", ITEM, "needs the scope s:write and access to the project. The API gives the same answer if"),
        (403, "PUT", "/api/v1/channels/1/", "needs the scope s:write, for the whole organization."),
        (404, "GET", ITEM, ""),
        (409, "PUT", ITEM, ""),
        (422, "PUT", ITEM, ""),
        (429, "GET", ITEM, "Increase retry_timeout, or send fewer requests."),
        (500, "GET", ITEM, ""),
    ],
)
def test_the_hint_of_a_status(status, method, path, hint):
    kind = BY_STATUS.get(status, LogfireError)
    error = kind(f"the service answered {status}: why", method=method, path=path, status=status, detail="why")
    with pytest.raises(kind), needing("s:write"):
        raise error
    assert str(error).startswith(f"the service answered {status}: why ({method} {path}).")
    assert hint in str(error)
    assert bool(hint) is (str(error) != f"the service answered {status}: why ({method} {path}).")


@pytest.mark.parametrize(
    ("of_collection", "since", "hint"),
    [
        (True, "", " The service at base_url has no such API. Check that it is Logfire and recent enough."),
        (
            True,
            "v2",
            " The service at base_url has no such API. Check that it is Logfire and recent enough (release v2 or"
            " later).",
        ),
        (False, "v2", ""),
    ],
)
def test_a_list_that_is_not_found_is_a_route_that_is_not_there(of_collection, since, hint):
    error = BY_STATUS[404]("the service answered 404", method="GET", path="/api/v1/slos/")
    with pytest.raises(LogfireError), needing("s:read", since, of_collection):
        raise error
    assert str(error) == f"the service answered 404 (GET /api/v1/slos/).{hint}"


def test_everything_that_an_error_can_say():
    error = LogfireError(
        "no answer came in time", method="POST", path="/api/v1/channels/", waited=12.34, outcome_unknown=True
    )
    error.task = "create channel 'ops'"
    assert str(error) == (
        "Could not create channel 'ops': no answer came in time (POST /api/v1/channels/)."
        " Gave up after waiting 12 s in all. It may still have succeeded; the next run verifies it."
    )
    assert error.failure() == {
        "status": None,
        "detail": None,
        "method": "POST",
        "path": "/api/v1/channels/",
        "waited": 12.3,
    }


def test_an_option_error_names_the_option():
    error = OptionError("config.url", "must be a URL")
    assert (error.option, error.problem, str(error)) == ("config.url", "must be a URL", "config.url: must be a URL")
    assert isinstance(error, ValueError)


@pytest.mark.parametrize("noun", ["an alert", "a project", "an API key", "an SLO", "a URL", "a Slack channel"])
def test_the_article_is_the_one_that_is_spoken(noun):
    assert article(noun.partition(" ")[2]) == noun
