# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tokens of organizations: how long one is used, and when another is asked for."""

from __future__ import annotations

import pytest

from ansible_collections.community.logfire.plugins.module_utils._api.errors import LogfireError, Unauthorized
from ansible_collections.community.logfire.plugins.module_utils._api.exchange import (
    OrganizationTransport,
    TokenExchange,
    usable_seconds,
)


class Service:
    """In place of a transport: hands out a-token-1, a-token-2, ..., and refuses those in C(refused)."""

    base_url, token = "https://logfire.example.com", "the-api-token"

    def __init__(self, lifetime=900):
        self.now, self.lifetime = 100.0, lifetime
        self.forms, self.sent, self.hidden, self.refused = [], [], [], set()

    def monotonic(self):
        return self.now

    def hide(self, secret):
        self.hidden.append(secret)

    def send_form(self, path, form):
        self.forms.append(form)
        return {"access_token": f"a-token-{len(self.forms)}", "expires_in": self.lifetime}

    def request(self, method, path, body=None, is_read=False, token=None):
        self.sent.append(token)
        if token in self.refused:
            raise Unauthorized("the service answered 401", method=method, path=path, status=401)
        return {}


@pytest.mark.parametrize(
    ("lifetime", "seconds"),
    [(900, 870), (61, 31), (60, 30), (10, 5), (0, 0), (None, 0), ("900", 0), (True, 0), (90.5, 60.5)],
)
def test_how_long_a_token_is_used(lifetime, seconds):
    assert usable_seconds(lifetime) == seconds
    service = Service(lifetime)
    exchange = TokenExchange(service, lambda secret: None)
    first = exchange.token_for("acme")
    service.now += max(seconds - 0.5, 0)
    assert (exchange.token_for("acme") == first) is (seconds > 0)
    service.now += 1
    assert exchange.token_for("acme") != first


def test_each_organization_has_its_own_token():
    service, learned = Service(), []
    exchange = TokenExchange(service, learned.append)
    assert [exchange.token_for(name) for name in ("acme", "globex", "acme")] == ["a-token-1", "a-token-2", "a-token-1"]
    assert [form["audience"] for form in service.forms] == [
        "https://logfire.example.com/acme",
        "https://logfire.example.com/globex",
    ]
    assert service.forms[0]["subject_token"] == "the-api-token"
    assert learned == service.hidden == ["a-token-1", "a-token-2"]


@pytest.mark.parametrize("refused", [{"a-token-1"}, {"a-token-1", "a-token-2"}])
def test_a_refused_token_is_exchanged_anew_once(refused):
    service = Service()
    service.refused = refused
    inside = OrganizationTransport(TokenExchange(service, lambda secret: None), "acme")
    try:
        inside.request("DELETE", "/api/v1/organization/")
    except LogfireError as error:
        assert error.status == 401 and len(refused) == 2
    assert service.sent == ["a-token-1", "a-token-2"]


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"access_token": None}, {"access_token": "a b c d e"}, {"access_token": ""}]
)
def test_no_token(answer):
    service = Service()
    service.send_form = lambda path, form: answer
    with pytest.raises(LogfireError, match="the answer holds no access token"):
        TokenExchange(service, lambda secret: None).token_for("acme")
