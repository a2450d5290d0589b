# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From an answer that reports a failure to a LogfireError."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from .._values.secrets import redact
from .errors import BY_STATUS, LogfireError, UnknownAudience
from .waiting import Call

_LONGEST_DETAIL = 1000
OAUTH = "/api/oauth/"
OAUTH_WORDS = ("error", "error_description")
UNKNOWN_AUDIENCE = "invalid_target"  # the error of RFC 8693 with which a refusal to exchange a token starts


class Answer(NamedTuple):
    """An answer that was read completely."""

    status: int
    content_type: str
    content: bytes
    retry_after: str | None = None

    @property
    def description(self) -> str:
        """Describe the content without showing it."""
        return f"{self.content_type or 'content without a type'} of {len(self.content)} bytes"


def refused(answer: Answer, call: Call, secrets: frozenset[str]) -> LogfireError:
    """Return the error for an answer that reports a failure, of the class for its status.

    C(secrets) are replaced in the API's own words.
    """
    status, detail = answer.status, _detail(answer, secrets, of_oauth=call.path.startswith(OAUTH))
    if 300 <= status < 400:
        problem = (
            f"the service answered {status} and redirects to another address, which is not followed; check base_url"
        )
    else:
        problem = f"the service answered {status}: " + (detail or f"no detail, only {answer.description}")
    repeated, retry_in = call.failures > 0, None
    may_pass = status == 408 or status >= 500
    if status == 429:
        retry_in = call.refused(answer.retry_after)
        problem += f"; it asked to wait {retry_in:.0f} s" if answer.retry_after else ""
    elif may_pass and call.repeatable:
        retry_in = call.failed(answer.retry_after)
    unknown = call.path.startswith(OAUTH) and (detail or "").startswith(UNKNOWN_AUDIENCE)
    return (UnknownAudience if unknown else BY_STATUS.get(status, LogfireError))(
        problem.rstrip("."),
        method=call.method,
        path=call.path,
        status=status,
        detail=detail,
        waited=call.waited,
        outcome_unknown=may_pass and not call.repeatable,
        repeated=repeated,
        retry_in=retry_in,
    )


def _detail(answer: Answer, secrets: frozenset[str], of_oauth: bool = False) -> str | None:
    """Return the API's own words: C(detail) as text, or field by field without the values that were sent (422).

    For queries, they are also in C(error_details). For refused exchanges of tokens, they are in C(error) and
    C(error_description) (RFC 6749, 5.2).
    """
    try:
        body = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    detail, more = _words(body.get("detail")), body.get("error_details")
    more = _words(more.get("detail") if isinstance(more, dict) else more)
    if detail and more and more not in detail:
        detail = more if detail in more else f"{detail}: {more}"
    detail = detail if detail is not None else more
    if of_oauth and detail is None:
        detail = ": ".join(word for word in map(_words, map(body.get, OAUTH_WORDS)) if word) or None
    return None if detail is None else str(redact(detail, secrets))[:_LONGEST_DETAIL]


def _words(detail: Any) -> str | None:
    if isinstance(detail, list):
        return "; ".join(_field_problem(item) for item in detail if isinstance(item, dict))
    return detail if isinstance(detail, str) else None


def _field_problem(item: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in item.get("loc") or () if part != "body")
    return f"{place or 'body'}: {item.get('msg')}"
