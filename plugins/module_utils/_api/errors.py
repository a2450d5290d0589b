# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors of requests, with messages that help to solve them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

TOKEN_HINT = (
    "Check that the API token is valid and active, and belongs to this organization. Write and read tokens do not work"
    " here."
)


class Failure(TypedDict):
    """A failed request, as modules return it. C(waited) is in seconds."""

    status: int | None
    detail: str | None
    method: str
    path: str
    waited: float


class LogfireError(Exception):
    """A failed request. The message contains status, method, path and the API's own C(detail), nothing else.

    C(status) is None if no answer came. C(outcome_unknown) says that a request that must not be repeated blindly (a
    POST) may have succeeded nevertheless; C(repeated) says that it was sent before, with an unknown outcome. C(waited)
    is the number of seconds spent waiting before giving up. C(retry_in) is the number of seconds after which the
    request may be sent again, or None if it must not be repeated or another attempt would not help.
    """

    changed = False  # whether the run had changed anything before
    object_id: str | None = None  # of an object that was saved, but only in part
    scope = ""  # the scope that the request requires; see L(needing)
    since = ""  # the first release of the service that has the route, where it is known
    of_collection = False  # whether a 404 can only mean that the service has no such route
    is_listed = True  # whether a list shows the result of a request whose outcome is unknown

    def __init__(
        self,
        problem: str,
        *,
        method: str,
        path: str,
        status: int | None = None,
        detail: str | None = None,
        waited: float = 0.0,
        outcome_unknown: bool = False,
        repeated: bool = False,
        retry_in: float | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.method = method
        self.path = path
        self.status = status
        self.detail = detail
        self.waited = waited
        self.outcome_unknown = outcome_unknown
        self.repeated = repeated
        self.retry_in = retry_in
        self.task: str | None = None  # what the request was sent for, such as "create alert 'x'"

    def copy(self, kind: type[LogfireError] | None = None) -> LogfireError:
        """Return a copy for another object, which sets its own C(task); with C(kind), as that class of error."""
        kind = kind or type(self)
        twin = kind.__new__(kind)
        twin.args = self.args
        vars(twin).update(vars(self))
        return twin

    def __str__(self) -> str:
        start = f"Could not {self.task}: " if self.task else ""
        after = f" Gave up after waiting {self.waited:.0f} s in all." if self.waited >= 1 else ""
        return f"{start}{self.problem} ({self.method} {self.path}).{after}{self.hint()}"

    def hint(self) -> str:
        """Return what the user can do about it, with a leading space, or an empty text."""
        if self.outcome_unknown and not self.is_listed:
            return (
                " It may still have succeeded, and the API has no list with which to verify it: another run would"
                " create a second object."
            )
        if self.outcome_unknown:
            return " It may still have succeeded; the next run verifies it."
        return ""

    def failure(self) -> Failure:
        """Return the error as the C(failure) of a module's result."""
        return {
            "status": self.status,
            "detail": self.detail,
            "method": self.method,
            "path": self.path,
            "waited": round(self.waited, 1),
        }


class Unauthorized(LogfireError):
    """401."""

    def hint(self) -> str:
        return f" {TOKEN_HINT}"


class Forbidden(LogfireError):
    """403: a scope is missing, the token is for another project, or the project was deleted (same answer as before)."""

    def hint(self) -> str:
        scope = self.scope or "of this route"
        if "/projects/" not in self.path:
            reach = "" if scope.startswith("instance:") else ", for the whole organization"
            return f" The API token needs the scope {scope}{reach}."
        return (
            f" The API token needs the scope {scope} and access to the project."
            " The API gives the same answer if the project no longer exists."
        )


class ExchangeRefused(Forbidden):
    """The API token is valid, but cannot be exchanged for one of an organization (RFC 8693)."""

    def hint(self) -> str:
        return (
            f" The API token needs the scope {self.scope} and must have been created in the organization that has the"
            " admin panel."
        )


class NotFound(LogfireError):
    """404."""

    def hint(self) -> str:
        if not self.of_collection:
            return ""
        release = f" (release {self.since} or later)" if self.since else ""
        return f" The service at base_url has no such API. Check that it is Logfire and recent enough{release}."


class UnknownAudience(NotFound):
    """The organization is unknown (RFC 8693, C(invalid_target)): it was deleted, or the instance has another URL."""

    def hint(self) -> str:
        return (
            " Logfire lists this organization, so base_url may not be the URL that the instance is configured with:"
            " set base_url to that URL."
        )


class Conflict(LogfireError):
    """409: a name or slug is taken, or the object was edited in the meantime."""


class Invalid(LogfireError):
    """422: the API refused a value; C(detail) names the fields."""


class RateLimited(LogfireError):
    """429 for longer than retry_timeout allows."""

    def hint(self) -> str:
        return " Increase retry_timeout, or send fewer requests."


BY_STATUS: dict[int, type[LogfireError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: Invalid,
    429: RateLimited,
}


@contextmanager
def needing(scope: str, since: str = "", of_collection: bool = False) -> Iterator[None]:
    """A context that adds to the errors of requests what the requests require.

    C(scope) is the scope, C(since) is the first release of the service that has the route, and C(of_collection) says
    that a 404 can only mean that the service does not have the route.
    """
    try:
        yield
    except LogfireError as error:
        error.scope, error.since, error.of_collection = scope, since, of_collection
        raise


@contextmanager
def without_words() -> Iterator[None]:
    """A context that removes the service's own words from errors: on some routes, they may contain a secret."""
    try:
        yield
    except LogfireError as error:
        if error.status is not None:
            error.detail, error.problem = None, f"the service answered {error.status}"
            error.args = (error.problem,)
        raise


def unexpected(problem: str, method: str, path: str) -> LogfireError:
    """Return the error for an answer of success in an unexpected format. A POST has most likely been carried out."""
    return LogfireError(problem, method=method, path=path, outcome_unknown=method == "POST")


def article(noun: str) -> str:
    """Return a noun with its indefinite article. Abbreviations are spelled out: an API key, an SLO."""
    spelt_out = noun.split()[0].isupper()
    return f"{'an' if noun[0] in ('AEFHILMNORSX' if spelt_out else 'aeiou') else 'a'} {noun}"
