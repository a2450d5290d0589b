# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From an exception of C(requests), which says that no complete answer came, to a LogfireError."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator

from .errors import LogfireError
from .waiting import Call

try:
    import requests
    from urllib3.exceptions import NewConnectionError, ReadTimeoutError
except ImportError:  # no request is sent then
    pass

_PROXY_ANSWER = re.compile(r"Tunnel connection failed: ([0-9]{3})\b")


def unanswered(error: requests.RequestException, call: Call, address: str) -> LogfireError:
    """Return the error for a request to C(address), such as C(https://logfire.example.com), that got no full answer."""
    was_sent = not _never_sent(error)
    unknown = was_sent and not call.repeatable
    return LogfireError(
        _network_problem(error, address),
        method=call.method,
        path=call.path,
        waited=call.waited,
        outcome_unknown=unknown,
        retry_in=call.failed() if _may_pass(error) and not unknown else None,
    )


def _network_problem(error: requests.RequestException, address: str) -> str:
    """Say what happened, without the messages of the libraries, which may show a URL with the password of a proxy."""
    if isinstance(error, requests.exceptions.InvalidURL):
        return "the address of a proxy, or base_url, cannot be used"
    if isinstance(error, requests.exceptions.ProxyError):
        return f"the proxy could not be used{_why(error)}; check the environment variables https_proxy and no_proxy"
    if isinstance(error, requests.exceptions.SSLError):
        return f"the TLS connection to {address} failed{_why(error)}; see ca_path and validate_certs"
    if isinstance(error, requests.ConnectTimeout):
        return f"no connection to {address} could be made in time; see timeout, and check base_url and the network"
    if isinstance(error, requests.Timeout) or isinstance(_reason(error), ReadTimeoutError):
        return f"no answer came in time from {address}; see timeout"
    if _never_sent(error):
        return f"no connection to {address} could be made{_why(error)}; check base_url and the network"
    return f"the connection to {address} broke before the answer was complete"


def _why(error: BaseException) -> str:
    """Return the cause as reported by the operating system or OpenSSL, or the status with which a proxy refuses."""
    for cause in _causes(error):
        answer = _PROXY_ANSWER.search(str(cause))
        if answer:
            return f": it answered {answer[1]}"
        if isinstance(cause, ssl.SSLCertVerificationError):
            # Older releases of urllib3 compare the names themselves, without giving a reason.
            reason = getattr(cause, "verify_message", "") or "the certificate is for another host"
            return f": {reason.rstrip('.')}"
        if isinstance(cause, ssl.SSLError) and cause.reason:
            return f": {cause.reason.lower().replace('_', ' ')}"
        if isinstance(cause, socket.gaierror):
            return ": its name could not be resolved (DNS)"
        if isinstance(cause, ConnectionRefusedError):
            return ": connection refused"
        if isinstance(cause, OSError) and cause.errno and cause.strerror:
            return f": {cause.strerror.lower()}"
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all of its causes, whichever attribute the libraries keep them in."""
    waiting: list[object] = [error]
    seen: list[BaseException] = []
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and each not in seen:
            seen.append(each)
            links = [getattr(each, name, None) for name in ("reason", "original_error", "__cause__", "__context__")]
            waiting += [*each.args, *links]
    yield from seen


def _may_pass(error: requests.RequestException) -> bool:
    """Whether another attempt may help, which it does not after a bad certificate, proxy refusal or invalid request."""
    if isinstance(error, (requests.exceptions.SSLError, requests.exceptions.ProxyError)):
        return _is_unresolved_name(error)
    return isinstance(error, (requests.ConnectionError, requests.Timeout))


def _never_sent(error: requests.RequestException) -> bool:
    # Not for an SSLError: it can also mean that the connection broke after the request was sent.
    never = (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError, requests.exceptions.InvalidURL)
    return isinstance(error, never) or _is_unresolved_name(error)


def _is_unresolved_name(error: requests.RequestException) -> bool:
    """Whether no connection was made, neither to the service nor to the proxy."""
    reason = _reason(error)
    return isinstance(getattr(reason, "original_error", reason), NewConnectionError)


def _reason(error: requests.RequestException) -> object:
    """Return the error of urllib3 that made C(requests) give up."""
    cause = error.args[0] if error.args else None
    return getattr(cause, "reason", cause)
