# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes wrong on purpose, seen from the network."""

import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

CREATE = {"project_name": "shop"}


def raw(emulator: "RunningEmulator", key: str, body: bytes) -> bytes:
    """Everything that arrives on one connection until it ends, for a creation of a project."""
    address = urlsplit(emulator.base_url)
    head = [
        "POST /api/v1/projects/ HTTP/1.1",
        f"Host: {address.netloc}",
        f"Authorization: Bearer {key}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    received = b""
    with socket.create_connection((str(address.hostname), address.port or 0), timeout=10) as connection:
        connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        while chunk := connection.recv(65536):
            received += chunk
    return received


def names(emulator: "RunningEmulator") -> list[str]:
    """The projects that there are."""
    return [project.project_name for project in emulator.store.state.projects.values()]


@pytest.mark.parametrize(("action", "committed"), [("drop_before", []), ("drop_after", ["shop"])])
def test_drop(emulator: "RunningEmulator", emulator_key: str, action: str, committed: list[str]) -> None:
    """The connection ends without a byte; the change was made or was not."""
    emulator.faults.add(action=action)
    assert raw(emulator, emulator_key, b'{"project_name": "shop"}') == b""
    assert names(emulator) == committed
    assert [(entry.status, entry.fault) for entry in emulator.log] == [(None, action)]


def test_truncate(emulator: "RunningEmulator", emulator_key: str) -> None:
    """Half of the body arrives, then the connection ends; the change was made."""
    emulator.faults.add(action="truncate")
    head, separator, body = raw(emulator, emulator_key, b'{"project_name": "shop"}').partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 201")
    [length] = [int(line.split()[1]) for line in head.splitlines() if line.lower().startswith(b"content-length")]
    assert len(body) == length // 2
    assert names(emulator) == ["shop"]


def test_a_dropped_connection_is_gone(emulator: "RunningEmulator", api: Api) -> None:
    """The next request comes by another one."""
    api.ok("GET", "projects/")
    emulator.faults.add(action="drop_before")
    with pytest.raises(requests.ConnectionError):
        api.call("GET", "projects/")
    api.ok("GET", "projects/")
    first, dropped, third = [entry.client for entry in emulator.log]
    assert first == dropped
    assert dropped != third


@pytest.mark.parametrize(
    ("action", "error"),
    [
        ("drop_after", requests.ConnectionError),
        ("truncate", requests.exceptions.ChunkedEncodingError),
    ],
)
def test_clients_notice(emulator: "RunningEmulator", api: Api, action: str, error: type[Exception]) -> None:
    """A client library sees an error, and the next request works."""
    emulator.faults.add(action=action, method="POST")
    with pytest.raises(error):
        api.call("POST", "projects/", CREATE)
    assert [project["project_name"] for project in api.ok("GET", "projects/")] == ["shop"]


JSON = "application/json"
LATER = {"status": 503, "body": {"detail": "later"}}
PAGE = {"status": 502, "body": "<html>bad</html>", "content_type": "text/html"}


@pytest.mark.parametrize(
    ("rule", "status", "content_type", "text", "committed"),
    [
        ({"action": "status", **LATER}, 503, JSON, '{"detail": "later"}', False),
        ({"action": "status", **LATER, "commit": True}, 503, JSON, '{"detail": "later"}', True),
        ({"action": "status", **PAGE}, 502, "text/html", "<html>bad</html>", False),
        ({"action": "status", "status": 500}, 500, JSON, "", False),
        ({"action": "body", "body": "not json"}, 201, "text/plain", "not json", True),
        ({"action": "body", "body": {"id": 1}}, 201, JSON, '{"id": 1}', True),
        ({"action": "body", "body": "", "content_type": JSON}, 201, JSON, "", True),
        ({"action": "redirect"}, 307, JSON, "", False),
    ],
)
def test_answers(
    emulator: "RunningEmulator",
    api: Api,
    rule: dict[str, Any],
    status: int,
    content_type: str,
    text: str,
    committed: bool,
) -> None:
    """Another answer than the real one, in its place or after the change was made."""
    location = {"location": "https://elsewhere.example.com/"} if rule["action"] == "redirect" else {}
    emulator.faults.add(**rule, **location, headers={"X-Fault": "yes"})
    answer = api.call("POST", "projects/", CREATE)
    assert (answer.status_code, answer.headers["content-type"], answer.text) == (status, content_type, text)
    assert answer.headers["x-fault"] == "yes"
    assert answer.headers.get("location") == location.get("location")
    assert answer.headers["Logfire-Version"] == "v2026-10-06.01"
    assert names(emulator) == (["shop"] if committed else [])
    assert [(entry.status, entry.fault) for entry in emulator.log] == [(status, rule["action"])]


@pytest.mark.parametrize("commit", [None, True, False])
def test_delay(emulator: "RunningEmulator", api: Api, commit: bool | None) -> None:
    """The answer waits; a client that does not has made the change or not."""
    emulator.faults.add(action="delay", seconds=0.4, commit=commit, count=2)
    session = requests.Session()
    session.trust_env = False
    with pytest.raises(requests.Timeout):
        session.post(
            f"{emulator.base_url}/api/v1/projects/", json=CREATE, headers=dict(api.session.headers), timeout=0.1
        )
    assert names(emulator) == ([] if commit is False else ["shop"])
    answer = api.call("GET", "projects/")
    assert answer.status_code == 200
    assert answer.elapsed.total_seconds() >= 0.4


def test_which_requests(emulator: "RunningEmulator", api: Api) -> None:
    """By method and path; some may pass first, then some go wrong, then none; the first rule that matches decides."""
    emulator.faults.add(action="status", status=418, method="get", path="/channels/$", skip=1, count=2)
    emulator.faults.add(action="status", status=503, path="^/api/v1/proj", headers={"Retry-After": "0"}, count=None)
    assert [api.call("GET", "channels/").status_code for attempt in range(5)] == [200, 418, 418, 200, 200]
    assert [api.call("GET", "projects/").status_code for attempt in range(5)] == [503] * 5
    assert api.call("GET", "projects/").headers["Retry-After"] == "0"
    first, second = api.control("GET", "faults").json()
    assert (first["seen"], first["fired"]) == (3, 2)
    assert second["fired"] == 6
    emulator.faults.clear()
    assert api.call("GET", "projects/").status_code == 200


def test_control(emulator: "RunningEmulator", api: Api) -> None:
    """The same over HTTP; rules that make no sense are refused."""
    added = api.control("POST", "faults", {"action": "status", "status": 500, "method": "DELETE"})
    assert added.status_code == 201
    assert api.control("GET", "faults").json() == [added.json()]
    for wrong in ({}, {"action": "explode"}, {"action": "status", "path": "("}, {"action": "delay", "second": 1}):
        assert api.control("POST", "faults", wrong).status_code == 422
    assert api.control("DELETE", "faults").status_code == 204
    assert emulator.faults.rules == []
