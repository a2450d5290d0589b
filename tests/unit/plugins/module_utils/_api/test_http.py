# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests over a real socket, to a server that follows a script, with a clock that only these tests move."""

from __future__ import annotations

import json
import random
import socket
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import ceil
from time import sleep, time

import pytest
import requests

from ansible_collections.community.logfire.plugins.module_utils._api import http, progress
from ansible_collections.community.logfire.plugins.module_utils._api.errors import (
    Conflict,
    Forbidden,
    Invalid,
    LogfireError,
    NotFound,
    RateLimited,
    Unauthorized,
)
from ansible_collections.community.logfire.plugins.module_utils._api.waiting import ATTEMPTS

TOKEN = "pylf_v1_local_secretsecret"
DROP = None  # close the connection without an answer
REPEATABLE = ("GET", "PUT", "PATCH", "DELETE")
DONE = (200, {}, {"id": "1"})


class Clock:
    """In place of the module C(time): waiting takes no time, and is counted."""

    def __init__(self):
        self.now = 1000.0
        self.waits = []
        self.lock = threading.Lock()

    def monotonic(self):
        return self.now

    def time(self):
        return time()

    def sleep(self, seconds):
        with self.lock:
            self.waits.append(seconds)
            self.now += seconds


class Server:
    """Answers with the items of C(script), the last one for ever: C((status, headers, body)), a callable, or DROP."""

    def __init__(self):
        self.script = [DONE]
        self.seen = []
        self.ports = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer

            def handle_one_request(self):
                self.raw_requestline = self.rfile.readline(65537)
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.seen.append((self.command, self.path, self.headers, body))
                outer.ports.add(self.client_address)
                answer = outer.script.pop(0) if len(outer.script) > 1 else outer.script[0]
                if callable(answer):
                    answer = answer()
                if answer is DROP:
                    self.close_connection = True
                    return
                status, headers, body = answer
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                length = headers.get("Content-Length", 0 if status == 204 else len(data))
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers, "Content-Length": length}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(b"" if status == 204 else data)
                self.wfile.flush()
                self.close_connection = int(length) > len(data)

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self.http.server_port}"

    @property
    def methods(self):
        return [method for method, path, headers, body in self.seen]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def one_server():
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.http.shutdown()
    server.http.server_close()
    thread.join()


@pytest.fixture
def server(one_server, monkeypatch):
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    one_server.script = [DONE]
    one_server.seen.clear()
    one_server.ports.clear()
    return one_server


@pytest.fixture
def transport(server, clock):
    """Makes transports, and closes their connections."""
    made = []

    def make(**options):
        made.append(http.Transport(http.Connection(server.base_url, TOKEN, **{"timeout": 5, **options}), clock))
        return made[-1]

    yield make
    for transport in made:
        if hasattr(transport._threads, "session"):
            transport._threads.session.close()


def refuse(monkeypatch, times):
    """The next connections are refused."""
    connect = socket.socket.connect
    refused = []

    def refusing(self, address):
        if len(refused) < times:
            refused.append(address)
            raise ConnectionRefusedError(111, "Connection refused")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refusing)
    return refused


# What is sent


def test_what_a_request_carries(transport, server):
    headers = {"CF-Access-Client-Id": "one", "cf-access-client-id": "two"}
    assert transport(headers=headers).request("POST", "/api/v1/projects/", {"project_name": "ü"}) == {"id": "1"}
    ((method, path, sent, body),) = server.seen
    assert (method, path) == ("POST", "/api/v1/projects/")
    assert json.loads(body) == {"project_name": "ü"}
    assert sent["Authorization"] == f"Bearer {TOKEN}"
    assert sent["Accept"] == "application/json"
    assert sent["Content-Type"] == "application/json"
    assert sent["User-Agent"] == f"community.logfire/{http.COLLECTION_VERSION}"
    assert sent.get_all("CF-Access-Client-Id") == ["two"]


def test_no_body_no_content_type(transport, server):
    transport().request("GET", "/api/v1/projects/")
    assert "Content-Type" not in server.seen[0][2]
    assert server.seen[0][3] == b""


def test_an_empty_body_is_a_body(transport, server):
    transport().request("PUT", "/api/v1/projects/1/", {})
    assert server.seen[0][3] == b"{}"


def test_the_users_netrc_is_not_used(transport, server, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    transport().request("GET", "/")
    assert server.seen[0][2]["Authorization"] == f"Bearer {TOKEN}"


def test_one_connection_serves_all(transport, server):
    client = transport()
    for method in ("GET", "POST", "DELETE"):
        client.request(method, "/")
    assert len(server.ports) == 1


def test_the_secrets_of_a_connection_are_not_in_its_repr():
    connection = http.Connection("https://example.com", TOKEN, {"X-Key": "topsecret"})
    assert TOKEN not in repr(connection)
    assert "topsecret" not in repr(connection)


# What is tried again


@pytest.mark.parametrize("method", REPEATABLE)
@pytest.mark.parametrize("failure", [(408, {}, {}), (500, {}, {}), (503, {"Retry-After": "1"}, {}), DROP])
def test_what_can_be_repeated_is_tried_five_times(transport, server, clock, method, failure):
    server.script = [failure]
    with pytest.raises(LogfireError) as caught:
        transport().request(method, "/path/", None if method == "GET" else {"a": 1})
    assert server.methods == [method] * 5
    assert len({body for method, path, headers, body in server.seen}) == 1
    assert caught.value.waited == pytest.approx(sum(clock.waits))
    assert not caught.value.outcome_unknown
    assert caught.value.status == (failure and failure[0])


@pytest.mark.parametrize("failure", [(502, {}, {}), DROP])
def test_a_success_ends_the_retries(transport, server, failure):
    server.script = [failure, failure, failure, failure, DONE]
    assert transport().request("PUT", "/path/", {"a": 1}) == {"id": "1"}
    assert len(server.seen) == 5


def test_failures_of_every_kind_count_together(transport, server, monkeypatch):
    refused = refuse(monkeypatch, 2)
    server.script = [DROP, (500, {}, {}), DROP, (500, {}, {}), DONE]
    with pytest.raises(LogfireError):
        transport().request("GET", "/path/")
    assert len(refused) + len(server.seen) == ATTEMPTS


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
def test_a_refusal_is_final(transport, server, status):
    server.script = [(status, {"Retry-After": "0"}, {"detail": "no"})]
    with pytest.raises(LogfireError):
        transport().request("GET", "/path/")
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("failure", "unknown"),
    [
        ((408, {"Retry-After": "0"}, {}), True),
        ((500, {}, {}), True),
        ((503, {"Retry-After": "0"}, {"detail": "response lost after creation"}), True),
        (DROP, True),
        ((201, {"Content-Length": "100"}, b"{"), True),
        ((201, {}, b"<html>"), True),
        ((409, {}, {}), False),
        ((422, {}, {}), False),
    ],
)
def test_a_post_is_never_repeated(transport, server, clock, failure, unknown):
    server.script = [failure, DONE]
    with pytest.raises(LogfireError) as caught:
        transport().request("POST", "/path/", {"a": 1})
    assert server.methods == ["POST"]
    assert caught.value.outcome_unknown is unknown
    assert clock.waits == []


def test_a_post_that_timed_out_may_have_been_carried_out(transport, monkeypatch):
    client = transport()
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", raising(requests.exceptions.ReadTimeout("late")))
    with pytest.raises(LogfireError, match="no answer came in time") as caught:
        client.request("POST", "/path/", {})
    assert caught.value.outcome_unknown


def test_a_tls_failure_may_come_after_a_post_was_sent(transport, monkeypatch):
    client = transport()
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", raising(requests.exceptions.SSLError("EOF")))
    with pytest.raises(LogfireError, match="TLS") as caught:
        client.request("POST", "/path/", {})
    assert caught.value.outcome_unknown


WHY = {
    "no connection to ADDRESS could be made: its name could not be resolved (DNS); check base_url and the network": (
        socket,
        "getaddrinfo",
        socket.gaierror(-2, "Name or service not known"),
    ),
    "no connection to ADDRESS could be made: connection refused; check base_url and the network": (
        socket.socket,
        "connect",
        ConnectionRefusedError(111, "Connection refused"),
    ),
    "no connection to ADDRESS could be made: no route to host; check base_url and the network": (
        socket.socket,
        "connect",
        OSError(113, "No route to host"),
    ),
    "no connection to ADDRESS could be made in time; see timeout, and check base_url and the network": (
        socket.socket,
        "connect",
        socket.timeout("timed out"),
    ),
    "no answer came in time from ADDRESS; see timeout": (socket.socket, "recv_into", socket.timeout("timed out")),
    "the connection to ADDRESS broke before the answer was complete": (
        socket.socket,
        "recv_into",
        ConnectionResetError(104, "Connection reset by peer"),
    ),
}


@pytest.mark.parametrize("problem", WHY)
def test_why_no_answer_came(transport, server, monkeypatch, problem):
    """With the address that was tried, and the reason that the operating system tells."""
    monkeypatch.setattr(*WHY[problem][:2], raising(WHY[problem][2]))
    with pytest.raises(LogfireError) as caught:
        transport(retry_timeout=0).request("GET", "/path/")
    assert str(caught.value) == f"{problem.replace('ADDRESS', server.base_url)} (GET /path/)."


def test_why_the_proxy_could_not_be_used(transport, monkeypatch):
    refusal = OSError("Tunnel connection failed: 407 Proxy Authentication Required")
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", raising(requests.exceptions.ProxyError(refusal)))
    with pytest.raises(LogfireError, match="the proxy could not be used: it answered 407; check the environment"):
        transport().request("GET", "/path/")


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "600"}])
def test_a_refusal_says_what_it_asked_for(transport, server, headers):
    server.script = [(429, headers, b"{}")] * 9
    with pytest.raises(RateLimited) as caught:
        transport(retry_timeout=0).request("GET", "/path/")
    assert ("; it asked to wait 600 s (GET /path/)" in str(caught.value)) is bool(headers)


def raising(error):
    def send(*args, **kw):
        raise error

    return send


def test_a_post_that_was_never_sent_is_tried_again(transport, server, monkeypatch):
    refuse(monkeypatch, 2)
    assert transport().request("POST", "/path/", {}) == {"id": "1"}
    assert server.methods == ["POST"]


def test_a_post_that_is_never_sent_has_no_unknown_outcome(transport, server, monkeypatch):
    refused = refuse(monkeypatch, 99)
    with pytest.raises(LogfireError, match=r"no connection to http://\S+ could be made") as caught:
        transport().request("POST", "/path/", {})
    assert len(refused) == ATTEMPTS
    assert server.seen == []
    assert not caught.value.outcome_unknown
    assert caught.value.status is None


@pytest.mark.parametrize("method", [*REPEATABLE, "POST"])
def test_a_rate_limit_is_waited_out(transport, server, clock, method):
    limited = (429, {"Retry-After": "3"}, {"detail": "slow down"})
    server.script = [limited] * 7 + [DONE]
    assert transport().request(method, "/path/", {"a": 1}) == {"id": "1"}
    assert clock.waits == [3] * 7
    assert {body for method, path, headers, body in server.seen} == {b'{"a": 1}'}


def test_rate_limits_use_up_no_attempts(transport, server):
    limited = (429, {"Retry-After": "1"}, {})
    server.script = [limited, (500, {}, {}), limited, (500, {}, {}), limited, (500, {}, {}), (500, {}, {}), DONE]
    assert transport().request("GET", "/path/") == {"id": "1"}


@pytest.mark.parametrize("retry_after", ["121", "999999999999", "9" * 400, "9" * 5000, "Tue, 31 Dec 2199 23:59:59 GMT"])
def test_a_wait_beyond_the_budget_is_not_begun(transport, server, clock, retry_after):
    server.script = [(429, {"Retry-After": retry_after}, {"detail": "slow down"}), DONE]
    with pytest.raises(RateLimited, match="slow down") as caught:
        transport(retry_timeout=120).request("GET", "/path/")
    assert len(server.seen) == 1
    assert clock.waits == []
    assert caught.value.failure()["waited"] == 0


def test_the_budget_is_for_all_waits_of_a_call(transport, server, clock):
    server.script = [(429, {"Retry-After": "50"}, {"detail": "slow down"})]
    client = transport(retry_timeout=120)
    for _call in range(2):  # each call has its own
        clock.waits.clear()
        with pytest.raises(RateLimited, match=r"Gave up after waiting 100 s in all\. Increase retry_timeout") as caught:
            client.request("POST", "/path/", {})
        assert clock.waits == [50, 50]
        assert caught.value.failure() == {
            "status": 429,
            "detail": "slow down",
            "method": "POST",
            "path": "/path/",
            "waited": 100.0,
        }
        assert not caught.value.outcome_unknown


def test_no_budget_no_second_attempt(transport, server):
    for failure in ((429, {"Retry-After": "1"}, {}), (503, {}, {}), DROP):
        server.seen.clear()
        server.script = [failure, DONE]
        with pytest.raises(LogfireError):
            transport(retry_timeout=0).request("GET", "/path/")
        assert len(server.seen) == 1


def test_a_date_to_wait_for(transport, server, clock):
    server.script = [(429, {"Retry-After": formatdate(time() + 60, usegmt=True)}, {}), DONE]
    transport().request("GET", "/path/")
    assert clock.waits == [pytest.approx(59, abs=2)]


@pytest.mark.parametrize("retry_after", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_at_once(transport, server, clock, retry_after):
    server.script = [(429, {"Retry-After": retry_after}, {}), DONE]
    transport().request("GET", "/path/")
    assert len(server.seen) == 2
    assert sum(clock.waits) == 0


def test_at_once_for_ever_is_no_flood(transport, server, clock):
    """A service that always says C(Retry-After: 0) must not get requests as fast as they can be sent."""
    server.script = [(429, {"Retry-After": "0"}, {})]
    with pytest.raises(RateLimited):
        transport(retry_timeout=120).request("GET", "/path/")
    assert len(server.seen) < 30
    assert sum(clock.waits) <= 120


@pytest.mark.parametrize("retry_after", ["soon", "-5", "1.5", "", "Fri, 31 Dec 99999 23:59:59 GMT"])
def test_a_retry_after_that_says_nothing(transport, server, clock, retry_after):
    server.script = [(503, {"Retry-After": retry_after}, {}), DONE]
    transport().request("GET", "/path/")
    assert len(clock.waits) == 1
    assert 0.25 <= clock.waits[0] <= 0.5


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_delays_grow_and_are_random_in_their_upper_half(transport, server, clock, monkeypatch, chance):
    monkeypatch.setattr(random, "uniform", lambda low, high: low + (high - low) * chance)
    server.script = [(500, {}, {})]
    with pytest.raises(LogfireError):
        transport().request("GET", "/path/")
    assert clock.waits == [longest * (0.5 + chance / 2) for longest in (0.5, 1, 2, 4)]


def test_delays_are_capped(transport, server, clock):
    server.script = [(429, {}, {})] * 20 + [DONE]
    transport(retry_timeout=1000).request("GET", "/path/")
    assert max(clock.waits) <= 15
    assert min(clock.waits[5:]) >= 7.5


# Many threads, and a service that limits the rate


class OneASecond:
    """A service that takes one request a second, by the tests' clock. C(seen) is when each came, and whether it passed.

    The first ones, one of each worker, come together.
    """

    def __init__(self, clock, workers=8):
        self.clock = clock
        self.start = clock.now
        self.first = workers
        self.together = threading.Event()
        self.seen = []
        self.lock = threading.Lock()

    def __call__(self):
        with self.lock:
            self.first -= 1
            now = self.start if self.first >= 0 else self.clock.now
            passes = not any(passed and now < then + 1 for then, passed in self.seen)
            self.seen.append((now, passes))
        if self.first == 0:
            self.together.set()
        self.together.wait(5)
        return DONE if passes else (429, {"Retry-After": "1"}, {"detail": "slow down"})

    def refused(self):
        """How many were refused at each instant, in their order."""
        return list(Counter(then for then, passed in self.seen if not passed).values())


def side_by_side(transport, number, workers=8):
    """What each of so many creations returned or raised."""

    def create(_number):
        try:
            return transport.request("POST", "/path/", {})
        except LogfireError as error:
            return error

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(create, range(number)))


def test_a_wait_costs_one_refusal_and_not_one_of_each_thread(transport, server, clock):
    service = OneASecond(clock)
    server.script = [service]
    assert side_by_side(transport(), 40) == [{"id": "1"}] * 40
    under_way, *later = service.refused()
    assert under_way in (7, 8)  # who passed may have sent its next before the others heard of their refusal
    assert set(later) == {1}
    assert len(later) <= 39


def test_who_was_refused_goes_first(transport, server, clock):
    """In their order, all calls wait about as long: none of them fails as long as others are let through."""
    server.script = [OneASecond(clock)]
    assert side_by_side(transport(retry_timeout=17), 40) == [{"id": "1"}] * 40


def test_after_a_refusal_the_number_of_requests_grows_again(transport, server, clock):
    """One at a time until one has passed, then one more with each that passes."""
    lock, most = threading.Lock(), []
    under_way = passed = 0

    def answer():
        nonlocal under_way, passed
        with lock:
            under_way += 1
            most.append((passed, under_way))
        for _pause in range(200):  # until all that may come beside it have come, however busy the machine is
            if under_way >= min(8, passed):
                break
            sleep(0.001)
        with lock:
            under_way -= 1
            passed += 1
        return DONE

    client = transport()
    server.script = [(429, {"Retry-After": "1"}, {}), answer]
    client.request("GET", "/path/")
    side_by_side(client, 60)
    assert all(together <= max(1, before) for before, together in most)
    assert max(together for before, together in most) == 8


def test_waiting_for_a_turn_counts_as_other_waiting(server):
    released = threading.Event()

    def hold():
        released.wait(5)
        return DONE

    client = http.Transport(http.Connection(server.base_url, TOKEN, timeout=5, retry_timeout=0.2))
    server.script = [(429, {"Retry-After": "0"}, {}), hold]
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.request, "GET", "/path/")
        while len(server.seen) < 2:
            sleep(0.01)
        with pytest.raises(RateLimited, match="other requests were ahead of this one") as caught:
            client.request("GET", "/path/")
        released.set()
        assert first.result() == {"id": "1"}
    assert 0.19 < caught.value.waited < 2  # of 5 s for which the first one would be held
    assert len(server.seen) == 2


def test_whoever_waits_says_why(transport, server, clock, monkeypatch):
    """What a long task tells, at the beginning of each wait."""
    told = []

    def sleep(seconds):
        told.append((ceil(seconds), str(progress.current)))
        progress.begin()

    monkeypatch.setattr(clock, "sleep", sleep)
    progress.begin()
    refuse(monkeypatch, 1)
    server.script = [(502, {"Retry-After": "30"}, {}), DROP, DONE]
    transport().request("GET", "/path/")
    assert len(told) == 3
    assert [text for _seconds, text in told] == [f"waiting {wait} s before another attempt" for wait, _text in told]


@pytest.mark.parametrize("status", [429, 503])
def test_nothing_is_sent_after_the_end(server, status):
    """Whoever waits, for the next attempt or for a turn, ends at once."""
    client = http.Transport(http.Connection(server.base_url, TOKEN, timeout=5, retry_timeout=60))
    server.script = [(status, {"Retry-After": "30"}, {})]
    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(client.request, "GET", "/path/") for _call in range(2)]
        while not server.seen:
            sleep(0.01)
        sleep(0.2)
        seen, start = len(server.seen), time()
        client.close()
        for call in calls:
            with pytest.raises(LogfireError, match="the task has ended"):
                call.result()
    assert time() - start < 5
    assert len(server.seen) == seen


# What an error says


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, LogfireError),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (422, Invalid),
        (500, LogfireError),
    ],
)
def test_the_class_of_a_status(transport, server, status, kind):
    server.script = [(status, {}, {"detail": "The reason."})]
    with pytest.raises(LogfireError) as caught:
        transport(retry_timeout=0).request("GET", "/api/v1/channels/1/")
    assert caught.type is kind
    assert caught.value.failure() == {
        "status": status,
        "detail": "The reason.",
        "method": "GET",
        "path": "/api/v1/channels/1/",
        "waited": 0.0,
    }
    assert str(caught.value).startswith(f"the service answered {status}: The reason (GET /api/v1/channels/1/).")


UNPROCESSABLE = [
    {"type": "missing", "loc": ["body", "config", "url"], "msg": "Field required", "input": {"key": "topsecret"}},
    {"type": "x", "loc": ["body"], "msg": "Bad", "input": "topsecret", "ctx": {"error": "topsecret"}},
    {"type": "x", "loc": ["path", "project_id", 0], "msg": "Not a UUID", "input": "topsecret"},
]
FIELD_BY_FIELD = "config.url: Field required; body: Bad; path.project_id.0: Not a UUID"


@pytest.mark.parametrize(
    ("content_type", "body", "detail"),
    [
        ("application/json", {"detail": "text"}, "text"),
        ("application/problem+json", {"detail": "text", "title": "other"}, "text"),
        ("text/plain", {"detail": "text"}, "text"),
        ("application/json", {"detail": UNPROCESSABLE}, FIELD_BY_FIELD),
        ("application/json", {"detail": []}, ""),
        ("application/json", {"detail": None}, None),
        ("application/json", {"error": "topsecret"}, None),
        ("application/json", ["topsecret"], None),
        ("application/json", "topsecret", None),
        ("application/json", b"", None),
        ("application/json", b"[" * 100_000, None),
        ("text/html", b"<html>topsecret</html>", None),
        ("application/json", b"\xff\xfe", None),
        ("application/json", {"detail": {"msg": "no", "input": "topsecret"}}, None),
        ("application/json", {"detail": "x" * 5000}, "x" * 1000),
    ],
)
def test_the_detail_of_an_answer(transport, server, content_type, body, detail):
    server.script = [(422, {"Content-Type": content_type}, body)]
    with pytest.raises(Invalid) as caught:
        transport().request("PUT", "/path/", {"url": "topsecret"})
    assert caught.value.detail == detail
    assert "topsecret" not in f"{caught.value} {caught.value.failure()}"
    if not detail:
        assert f"no detail, only {content_type} of" in str(caught.value)


def test_a_redirection_is_not_followed(transport, server):
    server.script = [(307, {"Location": "/elsewhere?key=topsecret"}, {}), DONE]
    with pytest.raises(
        LogfireError, match="redirects to another address, which is not followed; check base_url"
    ) as caught:
        transport().request("GET", "/path/")
    assert server.methods == ["GET"]
    assert "topsecret" not in str(caught.value)


def test_no_content_is_none(transport, server):
    server.script = [(204, {}, {})]
    assert transport().request("DELETE", "/path/") is None


@pytest.mark.parametrize("body", [b"<html>", b"", b"[" * 100_000, b"\xff"])
def test_an_answer_that_is_not_json(transport, server, body):
    server.script = [(200, {"Content-Type": "text/html; charset=utf-8"}, body)]
    with pytest.raises(LogfireError, match=f"the answer is not JSON but text/html of {len(body)} bytes"):
        transport().request("GET", "/path/")


@pytest.mark.parametrize("status", [200, 422])
def test_a_type_of_content_that_repeats_a_secret(transport, server, status):
    server.script = [(status, {"Content-Type": "text/k3y; charset=k3y"}, b"<html>")]
    with pytest.raises(LogfireError, match="text/") as caught:
        transport(secrets=frozenset({"k3y"})).request("GET", "/path/")
    assert "k3y" not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (requests.exceptions.SSLError("topsecret"), "see ca_path and validate_certs"),
        (requests.exceptions.ProxyError("http://user:topsecret@proxy"), "the proxy could not be used"),
        (requests.exceptions.ConnectTimeout("topsecret"), "see timeout"),
        (requests.exceptions.ReadTimeout("topsecret"), "see timeout"),
        (requests.exceptions.ConnectionError("topsecret"), "broke before the answer was complete"),
        (requests.exceptions.ChunkedEncodingError("topsecret"), "broke before the answer was complete"),
        (requests.exceptions.InvalidURL("topsecret"), "the address of a proxy, or base_url, cannot be used"),
        (ValueError("topsecret"), "the address of a proxy, or base_url, cannot be used"),
    ],
)
def test_network_errors_do_not_repeat_the_libraries_texts(transport, monkeypatch, error, text):
    client = transport()
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", raising(error))
    with pytest.raises(LogfireError, match=text) as caught:
        client.request("GET", "/path/")
    assert "topsecret" not in f"{caught.value} {caught.value.failure()}"
    assert caught.value.__cause__ is None
    assert caught.value.status is None
