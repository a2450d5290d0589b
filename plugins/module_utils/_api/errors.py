# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong with a request, in words that help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

TOKEN_HINT = (
    "Check that the API token is valid, active and of this organization. Write and read tokens do not work here."
)


class Failure(TypedDict):
    """A request that failed, as results have it. C(waited) is in seconds."""

    status: int | None
    detail: str | None
    method: str
    path: str
    waited: float


class LogfireError(Exception):
    """A request that failed. The text is built from status, method, path and the API's own C(detail), nothing else.

    C(status) is None where no answer came. C(outcome_unknown) says that a request which must not be repeated blindly
    (a POST) may have been carried out all the same; C(repeated), that it was sent before, with an unknown outcome.
    C(waited) is the seconds spent waiting before giving up. C(retry_in) is the seconds after which the request may be
    sent again, or None when it must not or need not.
    """

    changed = False  # whether the run had changed anything before
    object_id: str | None = None  # of what exists all the same, saved in part
    scope = ""  # that the request needs; see L(needing)
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
        self.task: str | None = None  # what was being done, such as "create alert 'x'"

    def copy(self, kind: type[LogfireError] | None = None) -> LogfireError:
        """The same error for another object, which says for itself what was being done; or as another kind of error."""
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
        """What the user can do about it, or nothing."""
        if self.outcome_unknown and not self.is_listed:
            return (
                " It may have been carried out all the same, and the API has no list in which to look: another run"
                " would create another one."
            )
        if self.outcome_unknown:
            return " It may have succeeded all the same; the next run verifies it."
        return ""

    def failure(self) -> Failure:
        """What a module's result says of it."""
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
    """403: a scope is missing, the token is for another project, or the project is gone; the last two look the same."""

    def hint(self) -> str:
        scope = self.scope or "of this route"
        if "/projects/" not in self.path:
            reach = "" if scope.startswith("instance:") else ", for the whole organization"
            return f" The API token needs the scope {scope}{reach}."
        return (
            f" The API token needs the scope {scope} and must reach the project;"
            " a project that no longer exists is refused in the same way."
        )


class ExchangeRefused(Forbidden):
    """The API token is good, and cannot be exchanged for one of an organization (RFC 8693)."""

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
        release = f" (since release {self.since})" if self.since else ""
        return f" The service at base_url has no such API: is it a Logfire, and recent enough{release}?"


class UnknownAudience(NotFound):
    """No token was given for what it is for (RFC 8693, C(invalid_target)): it is gone, or known by another address."""

    def hint(self) -> str:
        return (
            " Logfire lists it, so its address may be another: set base_url to the URL under which the instance knows"
            " itself."
        )


class Conflict(LogfireError):
    """409: a name or slug is taken, or another edit came first."""


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
    """Add to errors of the requests inside what these require.

    C(scope) is the scope, C(since) the first release of the service that has the route, and C(of_collection) says that
    a 404 can have no other reason than that it has none.
    """
    try:
        yield
    except LogfireError as error:
        error.scope, error.since, error.of_collection = scope, since, of_collection
        raise


@contextmanager
def without_words() -> Iterator[None]:
    """Leave out of errors what the service says: on some routes it may repeat a secret."""
    try:
        yield
    except LogfireError as error:
        if error.status is not None:
            error.detail, error.problem = None, f"the service answered {error.status}"
            error.args = (error.problem,)
        raise


def unexpected(problem: str, method: str, path: str) -> LogfireError:
    """An answer of success that cannot be understood: a POST has most likely been carried out."""
    return LogfireError(problem, method=method, path=path, outcome_unknown=method == "POST")


def article(noun: str) -> str:
    """A noun with its indefinite article. An abbreviation is read letter by letter: an API key, an SLO."""
    spelt_out = noun.split()[0].isupper()
    return f"{'an' if noun[0] in ('AEFHILMNORSX' if spelt_out else 'aeiou') else 'a'} {noun}"
