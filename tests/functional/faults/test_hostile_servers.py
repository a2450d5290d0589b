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

from ansible_collections.community.logfire.plugins.module_utils._api.http import LARGEST_ANSWER

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
    assert "not JSON" in failed.result["msg"]
    assert sum(sent) <= LARGEST_ANSWER + 32 * MEGABYTE  # what lies in the buffers of the network
    assert peak <= 5 * LARGEST_ANSWER


def test_an_answer_that_unpacks_to_too_much(run: "ClearRunner") -> None:
    packed = gzip.compress(b" " * (300 * MEGABYTE))
    assert len(packed) < MEGABYTE
    tracemalloc.start()
    failed = ask(run, lambda handler: handler.send(packed, headers={"Content-Encoding": "gzip"}))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert failed.failed
    assert "not JSON" in failed.result["msg"]
    assert peak <= 5 * LARGEST_ANSWER


def drip(start: bytes, piece: bytes) -> Answer:
    """An answer that never ends and never pauses for long."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(start)
        gone = threading.Event()
        while not gone.wait(0.02):
            handler.wfile.write(piece)

    return answer


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        drip(HEAD + b"Content-Length: 1000000\r\n\r\n[", b" "),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        drip(HEAD + b"\r\n[", b" "),
    ],
    ids=["sized", "chunked", "until the end"],
)
def test_an_answer_that_never_ends(answer: Answer, run: "ClearRunner") -> None:
    begun = time.monotonic()
    failed = ask(run, answer, timeout=0.3, retry_timeout=0)
    assert time.monotonic() - begun < 3
    assert failed.failed
    assert "timeout" in failed.result["msg"]


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
    assert "type that this version does not know" in str(described.warnings)
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
