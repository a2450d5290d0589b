# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a failed request means, in words: from an answer, or an exception of C(requests), to a LogfireError."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from .._values.secrets import redact
from .errors import BY_STATUS, LogfireError
from .waiting import Call

try:
    import requests
    from urllib3.exceptions import NewConnectionError, ReadTimeoutError
except ImportError:  # then no request is sent
    pass

_LONGEST_DETAIL = 1000


class Answer(NamedTuple):
    """An answer that was read to its end."""

    status: int
    content_type: str
    content: bytes
    retry_after: str | None = None

    @property
    def description(self) -> str:
        """What it is, without showing it."""
        return f"{self.content_type or 'content without a type'} of {len(self.content)} bytes"


def refused(answer: Answer, call: Call, secrets: frozenset[str]) -> LogfireError:
    """The error for an answer that is not one of success, of the class that fits its status.

    C(secrets) are what the API's words must not repeat.
    """
    status, detail = answer.status, _detail(answer, secrets)
    if 300 <= status < 400:
        problem = f"the service answered {status} and points to another address, which is not followed; check base_url"
    else:
        problem = f"the service answered {status}: " + (detail or f"no detail, only {answer.description}")
    repeated, retry_in = call.failures > 0, None
    may_pass = status == 408 or status >= 500
    if status == 429:
        retry_in = call.refused(answer.retry_after)
    elif may_pass and call.repeatable:
        retry_in = call.failed(answer.retry_after)
    return BY_STATUS.get(status, LogfireError)(
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


def _detail(answer: Answer, secrets: frozenset[str]) -> str | None:
    """The API's own words: C(detail) as text, or field by field without the values that were sent (422).

    Problem details of queries have them, or more of them, in C(error_details).
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
    return None if detail is None else str(redact(detail, secrets))[:_LONGEST_DETAIL]


def _words(detail: Any) -> str | None:
    if isinstance(detail, list):
        return "; ".join(_field_problem(item) for item in detail if isinstance(item, dict))
    return detail if isinstance(detail, str) else None


def _field_problem(item: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in item.get("loc") or () if part != "body")
    return f"{place or 'body'}: {item.get('msg')}"


def unanswered(error: requests.RequestException, call: Call) -> LogfireError:
    """The error for a request that no whole answer came to."""
    was_sent = not _never_sent(error)
    unknown = was_sent and not call.repeatable
    return LogfireError(
        _network_problem(error),
        method=call.method,
        path=call.path,
        waited=call.waited,
        outcome_unknown=unknown,
        retry_in=call.failed() if _may_pass(error) and not unknown else None,
    )


def _network_problem(error: requests.RequestException) -> str:
    """What happened, without the texts of the libraries, which may show a URL with a proxy's password."""
    if isinstance(error, requests.exceptions.SSLError):
        return "the TLS certificate of the service could not be verified; see ca_path and validate_certs"
    if isinstance(error, requests.exceptions.InvalidURL):
        return "the address of a proxy, or base_url, cannot be used"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy could not be used"
    if isinstance(error, requests.Timeout) or isinstance(_reason(error), ReadTimeoutError):
        return "no answer came in time; see timeout"
    if _never_sent(error):
        return "no connection could be made; check base_url and the network"
    return "the connection broke before a whole answer came"


def _may_pass(error: requests.RequestException) -> bool:
    """Whether another attempt may help: not against a certificate, a proxy's refusal or a fault of the request."""
    if isinstance(error, (requests.exceptions.SSLError, requests.exceptions.ProxyError)):
        return _found_nobody(error)
    return isinstance(error, (requests.ConnectionError, requests.Timeout))


def _never_sent(error: requests.RequestException) -> bool:
    # No SSLError: it may come from the handshake, and from a connection that broke after a request was sent.
    never = (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError, requests.exceptions.InvalidURL)
    return isinstance(error, never) or _found_nobody(error)


def _found_nobody(error: requests.RequestException) -> bool:
    """Whether there was no connection, to the service or to the proxy."""
    reason = _reason(error)
    return isinstance(getattr(reason, "original_error", reason), NewConnectionError)


def _reason(error: requests.RequestException) -> object:
    """The error of urllib3 that was given up on."""
    cause = error.args[0] if error.args else None
    return getattr(cause, "reason", cause)
