# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tokens for single organizations, for which the API token of an instance's admin is exchanged (RFC 8693).

Admins of a self-hosted instance can get one for each organization (vendor's Terraform provider). The tokens are kept in
memory until the task ends, and are never shown.
"""

from __future__ import annotations

import re
import threading
from typing import Any, Callable

from .errors import ExchangeRefused, LogfireError, Unauthorized, UnknownAudience
from .http import Transport

PATH = "/api/oauth/token"
SCOPE = "organization:read organization:write"
LIFETIME = 900  # seconds, as requested from the service
MARGIN = 30  # seconds before its expiry from which a token is no longer used
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"


class TokenExchange:
    """Exchanges tokens, and keeps each until shortly before it expires. Any number of threads may share it."""

    def __init__(self, transport: Transport, learn: Callable[[str], None]) -> None:
        self.transport = transport
        self._learn = learn
        # By organization, each with the time, by the monotonic clock, until which it is used.
        self._tokens: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def token_for(self, name: str, instead_of: str = "") -> str:
        """Return a token for the organization that currently has that name; never the refused token C(instead_of).

        Raises LogfireError: UnknownAudience if the instance has no such organization.
        """
        with self._lock:
            token, end = self._tokens.get(name, ("", 0.0))
            if not token or token == instead_of or end <= self.transport.monotonic():
                token, lifetime = self._exchange(name)
                self._tokens[name] = token, self.transport.monotonic() + usable_seconds(lifetime)
            return token

    def _exchange(self, name: str) -> tuple[str, Any]:
        """Return a new token, and its lifetime in seconds as the answer has it, which may be anything."""
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token": self.transport.token,
            "subject_token_type": ACCESS_TOKEN,
            "audience": f"{self.transport.base_url}/{name}",
            "scope": SCOPE,
            "expires_in": str(LIFETIME),
        }
        try:
            answer = self.transport.send_form(PATH, form)
        except LogfireError as error:
            if error.status in (400, 403) and not isinstance(error, UnknownAudience):
                raise error.copy(ExchangeRefused) from None
            raise
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not re.fullmatch(r"[!-~]{8,10000}", token):
            raise LogfireError("the answer holds no access token", method="POST", path=PATH)
        self.transport.hide(token)
        self._learn(token)
        return token, answer.get("expires_in")


def usable_seconds(lifetime: Any) -> float:
    """Return the seconds for which to reuse a token: its lifetime less MARGIN, but at least half of it."""
    if isinstance(lifetime, bool) or not isinstance(lifetime, (int, float)):
        return 0.0
    return lifetime - MARGIN if lifetime > 2 * MARGIN else lifetime / 2


class OrganizationTransport:
    """Requests in one organization. If a token is refused, a new one is requested, once."""

    def __init__(self, exchange: TokenExchange, name: str) -> None:
        """C(name) is the current name of the organization."""
        self._tokens = exchange
        self._name = name

    def request(self, method: str, path: str, body: Any = None, is_read: bool = False) -> Any:
        """Send a request; see L(Transport.request)."""
        token = self._tokens.token_for(self._name)
        try:
            return self._tokens.transport.request(method, path, body, is_read, token)
        except Unauthorized as error:
            repeated = error.repeated
        try:
            again = self._tokens.token_for(self._name, instead_of=token)
            return self._tokens.transport.request(method, path, body, is_read, again)
        except LogfireError as error:
            error.repeated = error.repeated or repeated
            raise

    def seconds_for(self, requests: int) -> float | None:
        """See L(Transport.seconds_for)."""
        return self._tokens.transport.seconds_for(requests)

    def close(self) -> None:
        """Send no more requests."""
        self._tokens.transport.close()
