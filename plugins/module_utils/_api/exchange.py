# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Other credentials than the API token: tokens for one organization, exchanged for that of the instance (RFC 8693).

Whoever administers a self-hosted instance gets one for each organization (vendor's Terraform provider). They live as
long as the task, in memory only, and nothing shows them.
"""

from __future__ import annotations

import re
import threading
from typing import Any, Callable

from .errors import ExchangeRefused, LogfireError, Unauthorized, UnknownAudience
from .http import Transport

PATH = "/api/oauth/token"
SCOPE = "organization:read organization:write"
LIFETIME = 900  # seconds to ask for
MARGIN = 30  # seconds before its end in which a token is not used any more
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"


class TokenExchange:
    """Exchanges tokens, and keeps each until shortly before it ends. Any number of threads may share it."""

    def __init__(self, transport: Transport, learn: Callable[[str], None]) -> None:
        self.transport = transport
        self._learn = learn
        self._tokens: dict[str, tuple[str, float]] = {}  # by organization, with the second of the clock that ends it
        self._lock = threading.Lock()

    def token_for(self, name: str, instead_of: str = "") -> str:
        """A token for the organization that has that name now, and another than C(instead_of).

        Raises LogfireError, UnknownAudience where the instance knows no such organization.
        """
        with self._lock:
            token, end = self._tokens.get(name, ("", 0.0))
            if not token or token == instead_of or end <= self.transport.monotonic():
                token, lifetime = self._exchange(name)
                self._tokens[name] = token, self.transport.monotonic() + usable_seconds(lifetime)
            return token

    def _exchange(self, name: str) -> tuple[str, Any]:
        """A new token, and how long the answer says that it lives."""
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
    """For how many seconds a token can be used again; for half of its life where that is short, else not at all."""
    if isinstance(lifetime, bool) or not isinstance(lifetime, (int, float)):
        return 0.0
    return lifetime - MARGIN if lifetime > 2 * MARGIN else lifetime / 2


class Inside:
    """Requests in one organization. A token that is refused is exchanged again, once."""

    def __init__(self, exchange: TokenExchange, name: str) -> None:
        """C(name) is the organization's current one."""
        self._tokens = exchange
        self._name = name

    def request(self, method: str, path: str, body: Any = None, is_read: bool = False) -> Any:
        """As L(Transport.request)."""
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
        """As L(Transport.seconds_for)."""
        return self._tokens.transport.seconds_for(requests)

    def close(self) -> None:
        """Send nothing more."""
        self._tokens.transport.close()
