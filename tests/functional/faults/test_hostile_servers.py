# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that mean no good, or are none of Logfire's: nothing leaks, nothing lasts for ever, nothing breaks."""

import gzip
import json
import threading
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from organizations import dashboard
from scenarios import SEED
from servers import Answer, Handler, serving

from ansible_collections.community.logfire.plugins.module_utils._api.bounded import LARGEST_ANSWER

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run
    from scenarios import ClearRunner

MEGABYTE = 1024 * 1024
SECRET_HEADER = "header-that-nobody-else-gets"


def ask(run: "ClearRunner", answer: Answer, **options: Any) -> "Run":
    """Look for a project, on a server that gives this answer to everything."""
    with serving(answer) as server:
        ended = run("logfire_project", name="shop", base_url=server.url, **options)
        assert not [call for call in server.calls if not call.startswith("GET ")]
    return ended


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_nowhere(status: int, run: "ClearRunner") -> None:
    """The other host hears nothing at all: no API token, no header of the user, no body."""
    with serving(lambda handler: handler.send(b"[]")) as other:
        headers = {"Location": f"{other.url}/api/v1/projects/?from=here"}
        with serving(lambda handler: handler.send(b"", status, headers=headers)) as server:
            failed = run.fails(
                "logfire_channel",
                name="ops",
                config={"type": "webhook", "url": "https://hooks.example.com/secret"},
                base_url=server.url,
                headers={"X-Key": SECRET_HEADER},
            )
            assert server.calls == ["GET /api/v1/channels/"]
        assert other.seen == []
    assert failed.result["failure"]["status"] == status
    assert other.url not in failed.stdout
    assert SECRET_HEADER not in failed.stdout


def endless(chunk: bytes, sent: list[int], limit: int, **headers: str) -> Answer:
    """An answer of that many bytes; what the client takes of them is counted."""

    def answer(handler: Handler) -> None:
        handler.start(200, {"Content-Type": "application/json", "Content-Length": str(limit), **headers})
        for _number in range(limit // len(chunk)):
            handler.wfile.write(chunk)
            sent.append(len(chunk))

    return answer


def test_an_answer_that_is_too_large_is_not_read_to_its_end(run: "ClearRunner") -> None:
    sent: list[int] = []
    tracemalloc.start()
    failed = ask(run, endless(b" " * MEGABYTE, sent, 500 * MEGABYTE))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert failed.failed
    assert "larger than 64 MiB" in failed.result["msg"]
    assert sum(sent) <= LARGEST_ANSWER + 32 * MEGABYTE  # what lies in the buffers of the network
    assert peak <= 5 * LARGEST_ANSWER


@pytest.mark.parametrize("layers", [1, 2])
def test_an_answer_that_unpacks_to_too_much(layers: int, run: "ClearRunner") -> None:
    packed = b" " * (300 * MEGABYTE)
    for _layer in range(layers):
        packed = gzip.compress(packed)
    assert len(packed) < MEGABYTE
    encoding = ", ".join(["gzip"] * layers)
    tracemalloc.start()
    failed = ask(run, lambda handler: handler.send(packed, headers={"Content-Encoding": encoding}))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert failed.failed
    assert ("larger than 64 MiB" if layers == 1 else "not JSON") in failed.result["msg"]
    assert peak <= (5 * LARGEST_ANSWER if layers == 1 else MEGABYTE)


@pytest.mark.parametrize("members", [1, 3])
def test_a_packed_answer(members: int, run: "ClearRunner") -> None:
    """Packed as the client says that it takes it, and in several pieces too."""
    body = json.dumps([{"id": "1", "project_name": "shop"}]).encode()
    size = len(body) // members + 1
    packed = b"".join(gzip.compress(body[start : start + size]) for start in range(0, len(body), size))
    asked: list[str | None] = []

    def answer(handler: Handler) -> None:
        asked.append(handler.headers.get("Accept-Encoding"))
        handler.send(packed, headers={"Content-Encoding": "gzip"})

    assert not ask(run, answer).changed
    assert asked == ["gzip"]


@pytest.mark.parametrize("end", [-1, -9, -20, 5])
def test_a_packed_answer_that_breaks_off(end: int, run: "ClearRunner") -> None:
    packed = gzip.compress(b'[{"id": "1", "project_name": "shop"}]')[:end]
    failed = ask(run, lambda h: h.send(packed, headers={"Content-Encoding": "gzip"}), retry_timeout=0)
    assert "broke before the answer was complete" in failed.result["msg"]


def drip(start: bytes, piece: bytes) -> Answer:
    """An answer that never ends and never pauses for long."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(start)
        gone = threading.Event()
        while not gone.wait(0.02):
            handler.wfile.write(piece)

    return answer


START = b"HTTP/1.1 200 OK\r\n"
HEAD = START + b"Content-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "sized": drip(HEAD + b"Content-Length: 1000000\r\n\r\n[", b" "),
    "chunked": drip(CHUNKED, b"1\r\n \r\n"),
    "until the end": drip(HEAD + b"\r\n[", b" "),
    "status line": drip(b"HTTP/1.1 200 O", b"K"),
    "header": drip(START + b"X: ", b"a"),
    "interim answers": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "header of an interim answer": drip(b"HTTP/1.1 100 Continue\r\nX: ", b"a"),
    "size of a chunk": drip(CHUNKED + b"1;", b"a"),
    "trailers": drip(CHUNKED + b"2\r\n[]\r\n0\r\n", b"X: a\r\n"),
    "a trailer": drip(CHUNKED + b"2\r\n[]\r\n0\r\nX: ", b"a"),
}


@pytest.mark.parametrize("answer", ENDLESS.values(), ids=ENDLESS)
def test_an_answer_that_never_ends(answer: Answer, run: "ClearRunner") -> None:
    begun = time.monotonic()
    failed = ask(run, answer, timeout=0.3, retry_timeout=0)
    assert time.monotonic() - begun < 5
    assert failed.failed
    assert "timeout" in failed.result["msg"]


@pytest.mark.parametrize("part", ["status line", "header"])
def test_a_proxy_that_never_ends(part: str, run: "ClearRunner", monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.monotonic()
    with serving(ENDLESS[part]) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        failed = run.fails(
            "logfire_project", name="shop", base_url="https://logfire.example.com", timeout=0.3, retry_timeout=0
        )
        assert [method for method, _path, _headers in proxy.seen] == ["CONNECT"]
    assert time.monotonic() - begun < 5
    assert "proxy" in failed.result["msg"] or "timeout" in failed.result["msg"]


def test_each_answer_has_the_time_out_for_itself(run: "ClearRunner") -> None:
    """On one connection, of which an answer has used up most of the time."""
    ports: list[int] = []

    def answer(handler: Handler) -> None:
        ports.append(handler.client_address[1])
        time.sleep(0.9)
        made = handler.command == "POST"
        project = {"id": "1", "project_name": "shop", "visibility": "public", "description": "x" * 500_000}
        handler.send(json.dumps(project if made else []).encode(), 201 if made else 200)

    with serving(answer) as server:
        options = {"name": "shop", "description": "x" * 500_000}
        made = run.ok("logfire_project", base_url=server.url, timeout=1.5, retry_timeout=0, **options)
    assert made.changed
    assert len(set(ports)) == 1
    assert len(ports) == 2


DEEP = 100_000
BODIES: dict[str, tuple[bytes, str]] = {
    "deep lists": (b"[" * DEEP + b"]" * DEEP, "application/json"),
    "deep objects": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "application/json"),
    "a page": (b"<html>Sign in</html>", "text/html"),
    "a page that says it is JSON": (b"<html>Sign in</html>", "application/json"),
    "no bytes": (b"", "application/json"),
    "invalid UTF-8": (b'[{"id": "1", "project_name": "\xff\xfe"}]', "application/json"),
    "another encoding": ('[{"id": "1", "project_name": "shöp"}]'.encode("latin-1"), "application/json"),
    "NaN": (b'[{"id": "1", "project_name": "shop", "description": NaN}]', "application/json"),
    "a number of many digits": (b"[" + b"9" * 10_000 + b"]", "application/json"),
    "two documents": (b"[] []", "application/json"),
}


@pytest.mark.parametrize("status", [200, 400, 404, 422])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_json_of_the_api(body: tuple[bytes, str], status: int, run: "ClearRunner") -> None:
    failed = ask(run, lambda handler: handler.send(body[0], status, body[1]))
    assert failed.failed
    assert failed.result["failure"]["status"] == (None if status == 200 else status)
    assert "Sign in" not in failed.stdout


@pytest.mark.parametrize("content_type", ["text/html", "text/plain; charset=latin-1", "", "x" * 5000])
def test_the_content_type_does_not_matter(content_type: str, run: "ClearRunner") -> None:
    body = json.dumps([{"id": "1", "project_name": "shop"}]).encode()
    assert not ask(run, lambda handler: handler.send(body, content_type=content_type)).failed


@pytest.mark.parametrize("depth", [50, 150, 300])
def test_a_deep_dashboard_that_is_sent(depth: int, run: "ClearRunner", emulator: "RunningEmulator") -> None:
    """What is deeper Ansible itself cannot hand to a module."""
    emulator.store.load(SEED)
    deep: Any = "bottom"
    for _level in range(depth):
        deep = {"a": deep}
    board = dashboard("deep")
    board["definition"]["spec"]["panels"]["panel"]["spec"]["plugin"]["spec"]["more"] = deep
    sent = run("logfire_dashboard", project="shop", **board)
    assert sent.failed or not run.ok("logfire_dashboard", project="shop", **board).changed
    assert depth > 100 or not sent.failed


@pytest.mark.parametrize("depth", [50, 150, 300, 600, 900, 10_000])
def test_a_deep_dashboard_that_is_found(depth: int, run: "ClearRunner", emulator: "RunningEmulator") -> None:
    emulator.store.load(SEED)
    nested = '{"a": ' * depth + "1" + "}" * depth
    answer = {"status": 200, "body": f'{{"dashboard": {{"metadata": {{}}, "spec": {nested}}}}}'}
    rule = {"action": "status", "method": "GET", "content_type": "application/json", "count": None}
    emulator.faults.add(path="/dashboards/.+/$", **rule, **answer)
    for module, options in [
        ("logfire_dashboard", {"project": "shop", **dashboard("bystander")}),
        ("logfire_dashboard_info", {"project": "shop", "definitions": True}),
        ("logfire_stack_info", {}),
    ]:
        found = run(module, **options)
        assert depth > 100 or not found.failed


def test_a_channel_of_a_type_of_tomorrow(run: "ClearRunner", emulator: "RunningEmulator") -> None:
    """It can be found, left alone, renamed, switched off and removed; only its configuration is not understood."""
    config = {"type": "carrier-pigeon", "loft": 3, "birds": ["Ann"]}
    emulator.store.load({"channels": [{"label": "pigeon", "config": config}]})
    assert not run.ok("logfire_channel", name="pigeon").changed
    off = run.ok("logfire_channel", name="pigeon", active=False)
    assert off.changed
    assert [request.body for request in off.requests if request.method == "PUT"] == [{"active": False}]
    (shown,) = run.ok("logfire_channel_info").result["channels"]
    assert shown["config"]["type"] == "carrier-pigeon"
    described = run.ok("logfire_stack_info")
    assert "type that this version does not support" in str(described.warnings)
    assert not run.ok("logfire_stack", **described.result["stack"]).changed
    (stored,) = emulator.store.snapshot()["channels"]
    assert stored["config"] == config
    assert run.ok("logfire_channel", name="pigeon", state="absent").changed


def test_words_of_tomorrow(run: "ClearRunner", emulator: "RunningEmulator") -> None:
    """An alert and a project with values that no option allows are left as they are."""
    emulator.store.load(SEED)
    alerts = [{"id": "1", "name": "A", "query": "SELECT 1", "time_window": "PT5M", "frequency": "PT1M"}]
    alerts[0] |= {"notify_when": "at_full_moon", "watermark": "PT10S", "environments": [], "channels": []}
    emulator.faults.add(action="body", method="GET", path="/alerts/$", count=None, body=alerts)
    found = run.ok("logfire_alert", project="shop", name="A", query="SELECT 1")
    assert not found.changed
    assert found.result["alert"]["notify_when"] == "at_full_moon"
    emulator.faults.clear()
    projects = [{"id": "1", "project_name": "web", "visibility": "secret", "flavour": {"new": True}}]
    emulator.faults.add(action="body", method="GET", path="/projects/$", count=None, body=projects)
    found = run.ok("logfire_project", name="web", description="")
    assert not found.changed
    assert found.result["project"]["visibility"] == "secret"


def test_one_id_twice(run: "ClearRunner", emulator: "RunningEmulator") -> None:
    """Two objects of one id cannot be; none of them is touched."""
    twice = [{"id": "1", "label": "ops", "config": {"type": "email", "recipients": []}, "active": True}] * 2
    emulator.faults.add(action="body", method="GET", path="/channels/$", count=None, body=twice)
    failed = run.fails("logfire_channel", name="ops", active=False)
    assert "2 channels 'ops'" in failed.result["msg"]
    assert failed.writes == []
