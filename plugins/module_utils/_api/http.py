# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests to the API with C(requests): a keep-alive session for each thread, retries, errors without secrets."""

from __future__ import annotations

import json
import threading
import traceback
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Optional
from urllib.parse import urlencode

from .._values.secrets import redact
from .._values.texts import whole
from . import bounded, progress
from .bounded import ENCODING, BoundedAdapter, read_body
from .errors import LogfireError, unexpected
from .failures import Answer, refused
from .network import unanswered
from .pace import Pace
from .waiting import Call, Clock, RateLimit, SystemClock

OLDEST_REQUESTS = (2, 22)  # as in requirements.txt; the tests run with what is in tests/oldest-requirements.txt
REQUESTS_MISSING: str | None = None
REQUESTS_TOO_OLD: str | None = None  # the installed version, if it is too old
try:
    import requests
    from urllib3 import disable_warnings

    if tuple(map(int, requests.__version__.split(".")[:2])) < OLDEST_REQUESTS:
        REQUESTS_TOO_OLD = requests.__version__
except ImportError:
    REQUESTS_MISSING = traceback.format_exc()

COLLECTION_VERSION = "1.1.0"
DEEPEST = 200  # levels of nesting in an answer; Ansible could not pass on a result with many more


@dataclass(frozen=True)
class Connection:
    """Where and how to reach the API. C(timeout) and C(retry_timeout) are seconds, C(verify) a flag or a CA file.

    C(scheme) precedes the token in the header Authorization, and C(accept) is the header Accept.
    """

    base_url: str
    token: str = field(repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    timeout: float = 30
    retry_timeout: float = 120
    verify: bool | str = True
    secrets: frozenset[str] = field(default=frozenset(), repr=False)  # replaced in errors
    scheme: str = "Bearer"
    accept: str = "application/json"


Headers = dict[str, Optional[str]]  # None removes a header that every request has


class Payload(NamedTuple):
    """What one request sends besides its method and path."""

    content: bytes | None
    headers: Headers


class Transport:
    """Sends JSON, returns JSON, raises LogfireError. Each thread that uses it has its own session.

    Requests that can be repeated are sent again after 408, 5xx and network errors, with a growing random delay. A POST
    is not, because it may have been carried out. After 429, which says that nothing was done, requests of every method
    wait as long as C(Retry-After) says. A wait is never started if it is longer than the rest of C(retry_timeout).
    """

    def __init__(self, connection: Connection, clock: Clock | None = None) -> None:
        self._connection = connection
        self._ended = threading.Event()
        self._clock = clock or SystemClock(self._ended)
        self._limit = RateLimit(self._clock, self._ended)
        self._pace = Pace()
        self._threads = threading.local()
        self._secrets = connection.secrets

    @property
    def base_url(self) -> str:
        """The address of the service, without a slash at its end."""
        return self._connection.base_url

    @property
    def token(self) -> str:
        """The API token."""
        return self._connection.token

    def monotonic(self) -> float:
        """Return the seconds of the clock that times the requests."""
        return self._clock.monotonic()

    def hide(self, secret: str) -> None:
        """Replace a secret from an answer in all later errors."""
        self._secrets |= {secret}

    def seconds_for(self, requests: int) -> float | None:
        """Estimate the seconds that so many requests take at the service's rate limit; None if the limit is unknown."""
        return self._pace.seconds_for(requests, self._clock.monotonic())

    def close(self) -> None:
        """Send no more requests: those that wait raise LogfireError. Requests that were sent are not interrupted."""
        self._ended.set()

    def request(self, method: str, path: str, body: Any = None, is_read: bool = False, token: str | None = None) -> Any:
        """Send one request and return the decoded answer, or None where there is none (204).

        C(path) starts with a slash. C(is_read) says that a POST changes nothing, and can be repeated. C(token) is sent
        instead of the API token. Unpaired surrogates in the answer, which no result of a module can contain, become
        replacement characters. Raises LogfireError, of the class for the status.
        """
        headers: Headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        if body is None:
            return self._answered(method, path, Payload(None, headers), is_read)
        content = json.dumps(body, allow_nan=False).encode()
        return self._answered(method, path, Payload(content, {**headers, "Content-Type": "application/json"}), is_read)

    def send_form(self, path: str, form: dict[str, str]) -> Any:
        """POST a form that changes nothing, without the API token in the header. Otherwise like C(request)."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": None}
        return self._answered("POST", path, Payload(urlencode(form).encode(), headers), is_read=True)

    def _answered(self, method: str, path: str, payload: Payload, is_read: bool) -> Any:
        call = Call(method, path, self._connection.retry_timeout, self._clock, is_read or method != "POST")
        answer = self._exchange(call, payload)
        if answer.status == 204:
            return None
        if len(answer.content) > bounded.LARGEST_ANSWER:
            raise unexpected(f"the answer is larger than {bounded.LARGEST_ANSWER >> 20} MiB", method, path)
        try:
            content = json.loads(answer.content, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise unexpected(f"the answer is not JSON but {answer.description}", method, path) from None
        if _is_deep(content):
            raise unexpected(f"the answer is nested more than {DEEPEST} times", method, path)
        return whole(content)

    def _exchange(self, call: Call, payload: Payload) -> Answer:
        """Return an answer of success, after several attempts if necessary. Raises the LogfireError of the last one."""
        while True:
            try:
                with self._limit.turn(call):
                    return self._attempt(call, payload)
            except LogfireError as error:
                if error.retry_in is None or error.retry_in > call.left:
                    raise
                if error.status != 429:  # RateLimit makes all requests wait for that
                    progress.current.failed(error.retry_in)
                    call.wait(error.retry_in)

    def _attempt(self, call: Call, payload: Payload) -> Answer:
        try:
            answer = self._send(call.method, call.path, payload)
        except requests.RequestException as broken:
            error = unanswered(broken, call, self._connection.base_url)
        except ValueError:  # requests before 2.27 raises it for an invalid address of a proxy
            error = unanswered(requests.exceptions.InvalidURL(), call, self._connection.base_url)
        else:
            if 200 <= answer.status < 300:
                return answer
            error = refused(answer, call, self._secrets)
        raise error

    def _send(self, method: str, path: str, payload: Payload) -> Answer:
        """Send a request once and read the whole answer. Raises requests.RequestException."""
        response = self._session().request(
            method,
            self._connection.base_url + path,
            data=payload.content,
            headers=payload.headers,
            timeout=self._connection.timeout,
            allow_redirects=False,  # another host must not get the token
            stream=True,
        )
        with response:
            content = read_body(response)
        self._pace.answered(response.status_code, response.headers, self._clock)
        content_type = response.headers.get("Content-Type", "").split(";")[0].strip()
        content_type = redact(content_type, self._secrets)  # it is shown, and the service may put anything into it
        return Answer(response.status_code, content_type, content, response.headers.get("Retry-After"))

    def _session(self) -> requests.Session:
        """The session of this thread, which keeps its connection open."""
        if not hasattr(self._threads, "session"):
            self._threads.session = self._new_session()
        session: requests.Session = self._threads.session
        return session

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        for scheme in ("http://", "https://"):
            session.mount(scheme, BoundedAdapter())
        # Proxies and CA bundle of the environment are read once, since all requests go to one host. The .netrc is not
        # read: it would replace the token.
        verify = self._connection.verify
        settings = session.merge_environment_settings(self._connection.base_url, {}, None, verify, None)
        session.proxies, session.verify, session.trust_env = settings["proxies"], settings["verify"], False
        if verify is False:  # the user's choice; urllib3 would repeat its warning on stderr
            disable_warnings()
        session.headers["Accept-Encoding"] = ENCODING
        session.headers.update(self._connection.headers)
        session.headers["Authorization"] = f"{self._connection.scheme} {self._connection.token}".lstrip()
        session.headers["Accept"] = self._connection.accept
        session.headers["User-Agent"] = f"community.logfire/{COLLECTION_VERSION}"
        return session


def _is_deep(content: Any) -> bool:
    level, depth = [content], 0
    while level and depth < DEEPEST:
        nested = [outer for outer in level if isinstance(outer, (dict, list))]
        level = [inner for outer in nested for inner in (outer.values() if isinstance(outer, dict) else outer)]
        depth += 1
    return bool(level)


def _no_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python accepts although they are not JSON; they could not be sent back."""
    raise ValueError(name)
