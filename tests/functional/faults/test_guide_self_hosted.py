# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service of one's own, reached as the guide says, through proxies, and what is said on the way."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests
from encryption import Authority, tunnel
from servers import Handler, TinyServer, serving

from ansible_collections.community.logfire.plugins.module_utils._tasks.connection import make_connection
from ansible_collections.community.logfire.plugins.module_utils._values.option_errors import OptionError
from playbooks import COLLECTION, Command, ansible

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from scenarios import ClearRunner

GUIDE = " ".join((COLLECTION / "docs/docsite/rst/self_hosted.rst").read_text().split())
SECRET = "the-secret-of-the-access-proxy"
KEY = "pylf_v1_local_selfhosted"


def told(message: str) -> bool:
    """Whether the guide has this message, with the host of the examples."""
    return re.sub(r"127\.0\.0\.1(:\d+)?", "logfire.example.com", message) in GUIDE


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def service(authority: Authority, emulator: "RunningEmulator") -> Iterator[TinyServer]:
    """The emulator behind an access proxy: who does not show the secret is sent to a page for people."""

    def answer(handler: Handler) -> None:
        if handler.headers["CF-Access-Client-Secret"] != SECRET:
            handler.send(b"<html>", 302, "text/html", {"Location": "https://login.example.com"})
            return
        headers = {name: handler.headers[name] for name in ("Authorization", "Content-Type") if name in handler.headers}
        url = emulator.base_url + handler.path
        given = requests.request(handler.command, url, data=handler.body, headers=headers, timeout=30)
        handler.send(given.content, given.status_code, given.headers.get("Content-Type", ""))

    with serving(answer, authority.context) as server:
        yield server


def run(folder: Path, service: TinyServer, authority: Authority, proxy: TinyServer, **more: Any) -> Command:
    """Run the playbook of the guide, with the organization of another example."""
    variables = {
        "logfire_url": service.url,
        "logfire_ca_path": str(authority.ca_path),
        "logfire_directory": str(COLLECTION / "examples/organizations/standard"),
        "logfire_on_call": "ops@example.com",
        "https_proxy": proxy.url,
        "no_proxy": "localhost",
        "access_id": "ansible",
        "access_secret": SECRET,
        **more,
    }
    (folder / "variables.json").write_text(json.dumps(variables))
    playbook = str(COLLECTION / "examples/self_hosted.yml")
    arguments = ("-vvv", "-e", "@variables.json")
    return ansible("playbook", playbook, *arguments, folder=folder, LOGFIRE_API_TOKEN=KEY)


def test_the_way_of_the_guide(
    service: TinyServer, authority: Authority, emulator: "RunningEmulator", tmp_path: Path
) -> None:
    with serving(tunnel) as proxy:
        done = run(tmp_path, service, authority, proxy)
        assert done.status == 0, done.output
        again = run(tmp_path, service, authority, proxy)
    assert "changed=0 " in again.output
    assert [project["project_name"] for project in emulator.store.snapshot()["projects"]] == ["shop"]
    assert set(proxy.calls) == {f"CONNECT {urlsplit(service.url).netloc}"}
    assert "[WARNING]" not in done.output
    for secret in (SECRET, KEY):
        assert secret not in done.output and secret not in str(proxy.seen)


def test_the_access_proxy_lets_nobody_in(service: TinyServer, authority: Authority, tmp_path: Path) -> None:
    with serving(tunnel) as proxy:
        failed = run(tmp_path, service, authority, proxy, access_secret="another")
    assert failed.status == 2
    message = "the service answered 302 and redirects to another address, which is not followed; check base_url"
    assert message in failed.output and told(message)


@pytest.mark.parametrize(
    ("url", "token"),
    [("http://logfire.example.com", KEY), ("https://logfire.example.com", "pylf_v1_us_secret")],
    ids=["not encrypted", "a token of the vendor's"],
)
def test_the_warnings(url: str, token: str) -> None:
    options = {"api_token": token, "base_url": url, "headers": {}, "timeout": 1, "retry_timeout": 1, "ca_path": None}
    _connection, (warning,) = make_connection({**options, "validate_certs": True})
    assert told(warning)


def test_no_url() -> None:
    options = {"api_token": KEY, "base_url": None}
    with pytest.raises(OptionError) as refused:
        make_connection(options)
    assert told(str(refused.value).partition(":")[0])


def test_a_release_that_does_not_keep_something(run: "ClearRunner") -> None:
    """The environments of an alert, in releases that have none."""
    run.emulator.settings.patch({"alert_environments": False})
    run.emulator.store.load({"projects": ["shop"]})
    alert = {"project": "shop", "name": "Errors", "query": "SELECT 1", "time_window": "5m", "frequency": "1m"}
    done = run("logfire_alert", **alert, environments=["production"])
    (warning,) = done.result["warnings"]
    # Since 2.19 a warning has a structure.
    assert told(warning if isinstance(warning, str) else warning["event"]["msg"])


def test_a_release_without_the_routes(run: "ClearRunner") -> None:
    with serving(lambda handler: handler.send(b'{"detail": "Not Found"}', 404)) as server:
        failed = run.fails("logfire_project", name="shop", base_url=server.url)
    assert told("The service at base_url has no such API. Check that it is Logfire and recent enough.")
    assert "Check that it is Logfire and recent enough." in failed.result["msg"]
