# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests to the API over C(requests): one keep-alive session, retries within a budget, errors that can be shown."""

from __future__ import annotations

import json
import random
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, cast

from .._values.texts import whole
from . import progress
from .errors import RateLimited, unexpected
from .failures import Answer, refused, unanswered

if TYPE_CHECKING:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import disable_warnings
    from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, ProtocolError, ResponseError
    from urllib3.util.retry import Retry

    REQUESTS_MISSING: str | None = None
else:
    try:
        import requests
        from requests.adapters import HTTPAdapter
        from urllib3 import disable_warnings
        from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, ProtocolError, ResponseError
        from urllib3.util.retry import Retry

        REQUESTS_MISSING = None
    except ImportError:
        REQUESTS_MISSING = traceback.format_exc()
        Retry = object  # so that the class below can be defined; the module fails before it uses it

COLLECTION_VERSION = "1.0.0"
ATTEMPTS = 5  # of one request that fails; a 429 does not count as a failure
LARGEST_ANSWER = 64 * 1024 * 1024  # bytes; a hundred times what a list of the API can be expected to hold
DEEPEST = 200  # levels of an answer; Ansible could not hand on a result of many more


@dataclass(frozen=True)
class Connection:
    """Where and how to reach the API. C(timeout) and C(retry_timeout) are seconds, C(verify) a flag or a CA file."""

    base_url: str
    token: str = field(repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    timeout: float = 30
    retry_timeout: float = 120
    verify: bool | str = True
    secrets: frozenset[str] = field(default=frozenset(), repr=False)  # what an error must not repeat


class Budget:
    """The seconds that one API call may spend waiting and retrying, and how many it has waited."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.waited = 0.0

    def allows(self, delay: float) -> bool:
        """Whether C(delay) more seconds fit in what is left."""
        return delay <= self._end - time.monotonic()

    def wait(self, delay: float) -> None:
        time.sleep(delay)
        self.waited += delay


class Gate:
    """Closed while the service refuses further requests (429): what all threads obey when one was told to wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opens = 0.0

    def close(self, delay: float) -> None:
        """Keep it closed for C(delay) seconds from now at least."""
        progress.current.wait(delay)
        with self._lock:
            self._opens = max(self._opens, time.monotonic() + delay)

    def delay(self) -> float:
        """The seconds until it opens."""
        return max(0.0, self._opens - time.monotonic())


class BudgetRetry(Retry):
    """urllib3's Retry with the rules of this API.

    What can be repeated is tried again after 408, 5xx and network errors, with a growing random delay. A POST is not,
    since it may have been carried out; but 429 says that nothing was, so every method waits that out, for as long as
    Retry-After says. No wait longer than what is left of the budget is begun, and none ends while the gate is closed.
    """

    budget: Budget
    gate: Gate
    await_gate: Callable[[], None]
    delay: float = 0.0

    @classmethod
    def within(cls, budget: Budget, gate: Gate, await_gate: Callable[[], None]) -> BudgetRetry:
        retry = cls(
            total=None,  # increment() counts failures of all kinds together
            redirect=0,
            other=0,
            allowed_methods=("GET", "PUT", "PATCH", "DELETE"),
            raise_on_status=False,
        )
        retry.budget, retry.gate, retry.await_gate = budget, gate, await_gate
        return retry

    def new(self, **kw: Any) -> BudgetRetry:
        retry = super().new(**kw)
        retry.budget, retry.gate, retry.await_gate = self.budget, self.gate, self.await_gate
        return retry

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        if status_code == 429:
            return True
        return method != "POST" and (status_code == 408 or status_code >= 500) and self._failures() < ATTEMPTS - 1

    def _failures(self) -> int:
        return sum(1 for past in self.history if past.status != 429)

    def increment(
        self, method: Any = None, url: Any = None, response: Any = None, *args: Any, **kw: Any
    ) -> BudgetRetry:
        retry = super().increment(method, url, response, *args, **kw)
        retry.delay = retry.delay_before_next(response)
        if response is not None and response.status == 429:
            self.gate.close(retry.delay)
        if retry._failures() >= ATTEMPTS or not self.budget.allows(retry.delay):
            raise MaxRetryError(kw["_pool"], url, kw.get("error") or ResponseError("retry_timeout is used up"))
        return retry

    def delay_before_next(self, response: Any) -> float:
        """Seconds: what Retry-After asks for (a number or a date), else half of a doubling delay, and a random rest.

        "At once" is taken at its word only once: a service that keeps saying so is not to be flooded.
        """
        if response is not None:
            try:
                asked = self.get_retry_after(response)
            except (InvalidHeader, ValueError, OverflowError):  # no number or date, or none that can be counted
                asked = None
            if asked or (asked is not None and len(self.history) == 1):
                return asked
        longest = min(15.0, 0.5 * 2 ** min(len(self.history) - 1, 5))
        return random.uniform(longest / 2, longest)

    def sleep(self, response: Any = None) -> None:
        self.budget.wait(self.delay)
        self.await_gate()  # another thread may have been told to wait longer


class Transport:
    """Sends JSON, returns JSON, raises LogfireError. Each thread that uses it has a session of its own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._gate = Gate()
        self._threads = threading.local()

    def _session(self, retry: BudgetRetry) -> requests.Session:
        """The session of this thread, which keeps its connection open, set to retry as C(retry) says."""
        if not hasattr(self._threads, "session"):
            self._threads.adapter = HTTPAdapter()
            self._threads.session = self._new_session(self._threads.adapter)
        self._threads.adapter.max_retries = retry
        session: requests.Session = self._threads.session
        return session

    def _new_session(self, adapter: HTTPAdapter) -> requests.Session:
        session = requests.Session()
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        # Proxies and CA bundle of the environment are read once, since all requests go to one host. Its .netrc is not:
        # it would take the token's place.
        verify = self._connection.verify
        settings = session.merge_environment_settings(self._connection.base_url, {}, None, verify, None)
        session.proxies, session.verify, session.trust_env = settings["proxies"], settings["verify"], False
        if verify is False:  # the user's choice; urllib3 would repeat its warning on stderr
            disable_warnings()
        session.headers.update(self._connection.headers)
        session.headers["Authorization"] = f"Bearer {self._connection.token}"
        session.headers["Accept"] = "application/json"
        session.headers["User-Agent"] = f"community.logfire/{COLLECTION_VERSION}"
        return session

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """Send one request and return the decoded answer, or None where there is none (204).

        Halves of characters, which JSON can hold and no result of a module, come as replacement characters.
        C(path) starts with a slash. Raises LogfireError, of the class that fits the status.
        """
        budget = Budget(self._connection.retry_timeout)
        await_gate = partial(self._await_gate, method, path, budget)
        await_gate()
        retry = BudgetRetry.within(budget, self._gate, await_gate)
        payload = None if body is None else json.dumps(body, allow_nan=False).encode()
        try:
            answer = self._exchange(retry, method, path, payload)
        except requests.RequestException as error:
            raise unanswered(error, method, path, budget.waited) from None
        if not 200 <= answer.status < 300:
            raise refused(answer, method, path, budget.waited, self._connection.secrets)
        if answer.status == 204:
            return None
        try:
            content = json.loads(answer.content, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise unexpected(f"the answer is not JSON but {answer.description}", method, path) from None
        if _is_deep(content):
            raise unexpected(f"the answer is nested more than {DEEPEST} times", method, path)
        return whole(content)

    def _exchange(self, retry: BudgetRetry, method: str, path: str, payload: bytes | None) -> Answer:
        """Send a request and read its answer to the end; one that breaks off is retried like a connection that does."""
        while True:
            response = self._send(self._session(retry), method, path, payload)
            retry = cast(BudgetRetry, response.raw.retries)  # it knows the attempts so far
            with response:
                try:
                    content = self._read(response)
                    return Answer(response.status_code, _content_type(response), content, bool(retry.history))
                except requests.RequestException as error:
                    broken = error
            try:
                retry = retry.increment(method, path, error=ProtocolError("the answer broke off"), _pool=None)
            except (ProtocolError, MaxRetryError):
                raise broken from None
            retry.sleep()

    def _read(self, response: requests.Response) -> bytes:
        """The body of an answer, in bounded time and memory: what is too large is cut, and then is no JSON."""
        content = bytearray()
        end = time.monotonic() + self._connection.timeout
        for chunk in _arriving(response):
            content += chunk
            if len(content) > LARGEST_ANSWER:
                break
            if time.monotonic() > end:
                raise requests.exceptions.ReadTimeout
        return bytes(content)

    def _await_gate(self, method: str, path: str, budget: Budget) -> None:
        while delay := self._gate.delay():
            if not budget.allows(delay):
                problem = f"the service asks for another {delay:.0f} s before the next request"
                raise RateLimited(problem, method=method, path=path, status=429, waited=budget.waited)
            budget.wait(delay)

    def _send(self, session: requests.Session, method: str, path: str, payload: bytes | None) -> requests.Response:
        return session.request(
            method,
            self._connection.base_url + path,
            data=payload,
            headers={"Content-Type": "application/json"} if payload is not None else {},
            timeout=self._connection.timeout,
            allow_redirects=False,  # another host must not get the token
            stream=True,
        )


def _arriving(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives, however little that is at a time: waiting for a whole block would have no end.

    Before urllib3 2 there are only blocks, so they are small.
    """
    if not hasattr(response.raw, "read1"):
        yield from response.iter_content(512)
        return
    try:
        while chunk := response.raw.read1(65536, decode_content=True):
            yield chunk
    except HTTPError as error:
        raise requests.exceptions.ConnectionError(error) from None


def _is_deep(content: Any) -> bool:
    level, depth = [content], 0
    while level and depth < DEEPEST:
        nested = [outer for outer in level if isinstance(outer, (dict, list))]
        level = [inner for outer in nested for inner in (outer.values() if isinstance(outer, dict) else outer)]
        depth += 1
    return bool(level)


def _no_constant(name: str) -> None:
    """NaN and Infinity, which Python reads and JSON does not have; they could not be sent back."""
    raise ValueError(name)


def _content_type(response: requests.Response) -> str:
    return response.headers.get("Content-Type", "").split(";")[0].strip()
